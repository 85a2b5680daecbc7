//! The reference scenario written by hand: plain fields, and a step function that knows this scenario only.
//!
//! It is what the engine is measured against, so it is written for speed. `tests/all/reference.rs` holds it to the engine.

use rustc_hash::{FxHashMap, FxHashSet};

/// No minute: nothing is due.
const NONE: u16 = u16::MAX;

pub const ALARM: usize = 0;
pub const CUT_CONSENT: usize = 1;
pub const LOGON: usize = 2;
pub const PRESS: usize = 3;
pub const QUEUE: usize = 4;
pub const LOG: usize = 5;
pub const RESTORE: usize = 6;
pub const RANSOM: usize = 7;
pub const PAY_CONSENT: usize = 8;
pub const REGULATOR: usize = 9;
pub const STAFF: usize = 10;
pub const REVIEW: usize = 11;
pub const LETTERS: usize = 12;
const DECISIONS: usize = 13;

/// Decisions as the scenario names them.
pub const NAMES: [&str; DECISIONS] = [
    "alarm",
    "alarm.cut.consent",
    "logon",
    "press",
    "queue",
    "log",
    "restore",
    "ransom",
    "ransom.pay.consent",
    "regulator",
    "staff",
    "review",
    "letters",
];

/// Options of each decision.
const OPTIONS: [u8; DECISIONS] = [3, 2, 3, 3, 3, 2, 3, 3, 2, 2, 2, 2, 3];

/// How long each stays open, in minutes.
const WITHIN: [u16; DECISIONS] = [60, 30, 120, 60, 120, 60, 360, 1440, 240, 720, 240, 360, 600];

pub const OVERTIME: u8 = 0;
pub const BRIEF: u8 = 1;

/// Actions as the scenario names them.
pub const ACTIONS: [&str; 2] = ["overtime", "brief"];

// What may be under way, in the order in which it happens at one moment. Rest may be twice.
const OVERTIME_ENDS: usize = 0;
const THEFT: usize = 1;
const SWEEP: usize = 2;
const RESET: usize = 3;
const DIVERT: usize = 4;
const BORROWED: usize = 5;
const LOG_KEPT: usize = 6;
const BACKUPS: usize = 7;
const SUPPLIER: usize = 8;
const TALK: usize = 9;
const REST: usize = 10;
const REVIEWED: usize = 12;
const LETTERS_SENT: usize = 13;
const DUES: usize = 14;

// Injects at a minute of their phase.
#[derive(Clone, Copy)]
enum Timed {
    Ask(usize),
    Logon,
    Nurse,
    Ransom,
}

type Times = [(u16, Timed)];

const TIMED: [&Times; 3] = [
    &[
        (0, Timed::Ask(ALARM)),
        (45, Timed::Logon),
        (60, Timed::Nurse),
        (120, Timed::Ask(PRESS)),
        (150, Timed::Nurse),
        (240, Timed::Nurse),
        (300, Timed::Ask(LOG)),
    ],
    &[
        (60, Timed::Ask(RESTORE)),
        (180, Timed::Ransom),
        (480, Timed::Ask(STAFF)),
        (720, Timed::Ask(REGULATOR)),
        (1080, Timed::Ask(STAFF)),
    ],
    &[(60, Timed::Ask(REVIEW)), (120, Timed::Ask(LETTERS))],
];

/// How long each phase lasts at the most.
const LASTS: [u16; 3] = [480, 2880, 1440];

pub const ACCESS: u8 = 0;
pub const OUTAGE: u8 = 1;
pub const AFTER: u8 = 2;

pub const INSIDE: u8 = 0;
pub const ADMIN: u8 = 1;
pub const GONE: u8 = 2;

pub const JOINED: u8 = 0;
pub const SPLIT: u8 = 1;
pub const CUT: u8 = 2;

/// The backlog counts sixtieths.
pub const PER: i32 = 60;
const BACKLOG_MAX: i32 = 90 * PER;
const CREWS_MAX: u8 = 5;
const TRUST_MAX: u8 = 6;

/// The whole state.
#[allow(
    clippy::struct_excessive_bools,
    reason = "plain fields, one for each thing"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub now: u16,
    pub began: u16,
    pub phase: u8,
    /// Counted from 1; 0 before ENDEX.
    pub ending: u8,
    pub crews: u8,
    pub intruder: u8,
    pub network: u8,
    pub told: bool,
    pub copied: bool,
    pub trust: u8,
    pub backlog: i32,
    cut_refused: bool,
    pay_refused: bool,
    queue_came: bool,
    spread_came: bool,
    thanks_came: bool,
    overflow_came: u8,
    overflow_again: u16,
    overtime_used: bool,
    brief_used: bool,
    /// When open decisions close.
    open: [u16; DECISIONS],
    /// When what is under way comes to its end.
    due: [u16; DUES],
}

/// What a team does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    Choose(u8, u8),
    Take(u8),
    Wait,
}

/// Points: contain, care, inform.
pub type Points = [i32; 3];

const CONTAIN: usize = 0;
const CARE: usize = 1;
const INFORM: usize = 2;

/// Luck: whether the first of two outcomes falls, at odds of so many in 100.
pub trait Luck {
    fn first(&mut self, odds: u32) -> bool;
}

/// A step under way.
struct Run<'a, L> {
    state: &'a mut State,
    points: &'a mut Points,
    luck: &'a mut L,
    shown: bool,
}

/// STARTEX.
pub fn start(luck: &mut impl Luck, points: &mut Points) -> State {
    let mut state = State {
        now: 0,
        began: 0,
        phase: ACCESS,
        ending: 0,
        crews: 4,
        intruder: INSIDE,
        network: JOINED,
        told: false,
        copied: false,
        trust: 4,
        backlog: 0,
        cut_refused: false,
        pay_refused: false,
        queue_came: false,
        spread_came: false,
        thanks_came: false,
        overflow_came: 0,
        overflow_again: NONE,
        overtime_used: false,
        brief_used: false,
        open: [NONE; DECISIONS],
        due: [NONE; DUES],
    };
    let mut run = Run {
        state: &mut state,
        points,
        luck,
        shown: false,
    };
    run.enter(ACCESS);
    run.settle();
    state
}

/// Makes a legal move.
pub fn step(state: &mut State, made: Move, luck: &mut impl Luck, points: &mut Points) {
    let mut run = Run {
        state,
        points,
        luck,
        shown: false,
    };
    match made {
        Move::Choose(decision, option) => {
            run.choose(usize::from(decision), option);
            run.settle();
        }
        Move::Take(action) => {
            run.take(action);
            run.settle();
        }
        Move::Wait => run.wait(),
    }
}

/// Every legal move: options, actions, and waiting; none after ENDEX.
pub fn moves(state: &State, into: &mut Vec<Move>) {
    into.clear();
    if state.ending != 0 {
        return;
    }
    for (decision, options) in OPTIONS.iter().enumerate() {
        if state.open[decision] != NONE {
            for option in 0..*options {
                if state.may_choose(decision, option) {
                    into.push(Move::Choose(decision as u8, option));
                }
            }
        }
    }
    if state.phase == ACCESS && !state.overtime_used && state.trust >= 2 && state.crews >= 1 {
        into.push(Move::Take(OVERTIME));
    }
    if state.phase == OUTAGE && !state.brief_used && state.trust < 3 {
        into.push(Move::Take(BRIEF));
    }
    into.push(Move::Wait);
}

impl State {
    fn may_choose(&self, decision: usize, option: u8) -> bool {
        match (decision, option) {
            (ALARM | LOGON | QUEUE | LOG | RANSOM | STAFF, 1) => self.crews >= 1,
            (ALARM, 2) => !self.cut_refused && self.open[CUT_CONSENT] == NONE,
            (LOGON, 2) => self.network == JOINED,
            (QUEUE, 2) => self.trust >= 3,
            (RESTORE | LETTERS, 1) => self.crews >= 2,
            (RANSOM, 2) => !self.pay_refused && self.open[PAY_CONSENT] == NONE,
            (REGULATOR, 1) => !self.told,
            (REVIEW, 1) => self.told && self.crews >= 1,
            (LETTERS, 2) => !self.copied,
            _ => true,
        }
    }

    /// Whether a decision waits for an answer.
    pub fn is_open(&self, decision: usize) -> bool {
        self.open[decision] != NONE
    }

    /// What the future depends on, and nothing else.
    pub fn packed(&self) -> Packed {
        let mut packed = [0; 8];
        // Nobody looks at the backlog any more in the last phase.
        let backlog = if self.phase == AFTER { 0 } else { self.backlog };
        packed[0] = u64::from(self.now)
            | u64::from(self.began) << 16
            | (backlog as u64) << 32
            | u64::from(self.crews) << 48
            | u64::from(self.trust) << 52
            | u64::from(self.intruder) << 56
            | u64::from(self.network) << 58
            | u64::from(self.phase) << 60
            | u64::from(self.told) << 62
            | u64::from(self.copied) << 63;
        packed[1] = u64::from(self.overflow_again)
            | u64::from(self.ending) << 16
            | u64::from(self.overflow_came) << 18
            | u64::from(self.overtime_used) << 20
            | u64::from(self.brief_used) << 21
            | u64::from(self.cut_refused) << 24
            | u64::from(self.pay_refused) << 25
            | u64::from(self.queue_came) << 26
            | u64::from(self.spread_came) << 27
            | u64::from(self.thanks_came) << 28;
        let times = self.open.iter().chain(&self.due);
        // No more than a day ahead, so 12 bits hold each: five to a word.
        for (index, time) in times.enumerate() {
            let ahead = if *time == NONE { 0 } else { *time - self.now };
            let time = u64::from(ahead);
            packed[2 + index / 5] |= time << (index % 5 * 12);
        }
        packed
    }
}

/// A state in a table.
pub type Packed = [u64; 8];

impl<L: Luck> Run<'_, L> {
    fn score(&mut self, objective: usize, points: i32) {
        self.points[objective] += points;
    }

    fn trust(&mut self, add: i8) {
        let trust = self.state.trust.saturating_add_signed(add);
        self.state.trust = trust.min(TRUST_MAX);
    }

    fn give_back(&mut self, crews: u8) {
        self.state.crews = (self.state.crews + crews).min(CREWS_MAX);
    }

    fn ask(&mut self, decision: usize) {
        if self.state.open[decision] == NONE {
            self.state.open[decision] = self.state.now + WITHIN[decision];
            self.shown = true;
        }
    }

    fn begin(&mut self, due: usize, crews: u8, minutes: u16) {
        self.state.crews -= crews;
        self.state.due[due] = self.state.now + minutes;
    }

    fn take(&mut self, action: u8) {
        if action == OVERTIME {
            self.state.overtime_used = true;
            self.begin(OVERTIME_ENDS, 1, 240);
            self.trust(-1);
        } else {
            self.state.brief_used = true;
            self.trust(1);
            self.score(INFORM, 1);
        }
    }

    fn choose(&mut self, decision: usize, option: u8) {
        match (decision, option) {
            (ALARM, 2) => return self.ask(CUT_CONSENT),
            (RANSOM, 2) => return self.ask(PAY_CONSENT),
            _ => self.close(decision),
        }
        match (decision, option) {
            (ALARM, 1) => self.begin(SWEEP, 1, 30),
            (CUT_CONSENT, 0) => {
                self.close(ALARM);
                self.state.network = CUT;
                self.state.intruder = GONE;
                self.score(CONTAIN, 4);
                self.score(CARE, -1);
            }
            (CUT_CONSENT, 1) => {
                self.state.cut_refused = true;
                self.trust(-1);
            }
            (LOGON, 1) => self.begin(RESET, 1, 60),
            (LOGON, 2) => {
                self.state.network = SPLIT;
                self.score(CONTAIN, 1);
            }
            (PRESS, 1) | (LETTERS, 2) => self.score(INFORM, 1),
            (PRESS, 2) => {
                self.state.told = true;
                self.trust(1);
                self.score(INFORM, 2);
            }
            (QUEUE, 0) => self.trust(-1),
            (QUEUE, 1) => self.begin(DIVERT, 1, 120),
            (QUEUE, 2) => {
                self.trust(-1);
                self.begin(BORROWED, 0, 180);
            }
            (LOG, 1) => self.begin(LOG_KEPT, 1, 180),
            (RESTORE, 0) => self.score(CARE, -1),
            (RESTORE, 1) => self.begin(BACKUPS, 2, 360),
            (RESTORE, 2) => self.begin(SUPPLIER, 0, 720),
            (RANSOM, 1) => self.begin(TALK, 1, 480),
            (PAY_CONSENT, 0) => {
                self.close(RANSOM);
                self.state.copied = false;
                self.score(CONTAIN, 1);
                self.score(INFORM, -3);
            }
            (PAY_CONSENT, 1) => self.state.pay_refused = true,
            (REGULATOR, 1) => {
                self.state.told = true;
                self.score(INFORM, 3);
            }
            (STAFF, 0) => {
                self.trust(-1);
                self.score(CARE, 1);
            }
            (STAFF, 1) => {
                let free = REST + usize::from(self.state.due[REST] != NONE);
                self.begin(free, 1, 480);
            }
            (REVIEW, 1) => self.begin(REVIEWED, 1, 360),
            (LETTERS, 1) => self.begin(LETTERS_SENT, 2, 720),
            _ => {}
        }
    }

    fn close(&mut self, decision: usize) {
        self.state.open[decision] = NONE;
        if decision == ALARM {
            self.state.open[CUT_CONSENT] = NONE;
            self.state.cut_refused = false;
        } else if decision == RANSOM {
            self.state.open[PAY_CONSENT] = NONE;
            self.state.pay_refused = false;
        }
    }

    /// What happens if nobody answers.
    fn default(&mut self, decision: usize) {
        let refuse = decision == CUT_CONSENT || decision == PAY_CONSENT;
        self.choose(decision, u8::from(refuse));
    }

    /// Lets conditions take their effect, then the end of the phase, until nothing more happens.
    fn settle(&mut self) {
        while self.state.ending == 0 {
            self.conditions();
            let state = &*self.state;
            let ends = match state.phase {
                ACCESS => state.network == CUT && state.told,
                OUTAGE => state.network == JOINED && state.backlog < 10 * PER,
                _ => false,
            };
            let last = state.began + LASTS[usize::from(state.phase)];
            if !ends && state.now < last {
                return;
            }
            self.leave();
            if self.state.phase == AFTER {
                self.endex();
            } else {
                self.enter(self.state.phase + 1);
            }
        }
    }

    fn conditions(&mut self) {
        let state = &*self.state;
        match state.phase {
            ACCESS => {
                if !state.queue_came && state.backlog >= 15 * PER {
                    self.state.queue_came = true;
                    self.shown = true;
                    self.ask(QUEUE);
                }
                let state = &*self.state;
                if !state.spread_came && state.intruder == ADMIN && state.network == JOINED {
                    self.state.spread_came = true;
                    if self.luck.first(50) {
                        self.state.copied = true;
                        self.score(CONTAIN, -2);
                    }
                }
            }
            OUTAGE => {
                if state.overflow_came < 3
                    && state.overflow_again == NONE
                    && state.backlog >= 60 * PER
                {
                    self.state.overflow_came += 1;
                    if self.state.overflow_came < 3 {
                        self.state.overflow_again = self.state.now + 360;
                    }
                    self.shown = true;
                    self.trust(-1);
                    self.score(CARE, -1);
                }
            }
            _ => {
                if !state.thanks_came && state.trust >= 5 {
                    self.state.thanks_came = true;
                    self.score(CARE, 1);
                }
            }
        }
    }

    fn enter(&mut self, phase: u8) {
        self.state.phase = phase;
        self.state.began = self.state.now;
        self.shown = true;
        if phase == ACCESS {
            self.state.due[THEFT] = self.state.now + 180;
            self.ask(ALARM);
        } else if phase == OUTAGE {
            if self.state.intruder != GONE {
                self.state.network = CUT;
                self.state.copied = true;
            }
            self.state.intruder = GONE;
        }
    }

    fn leave(&mut self) {
        let (first, last) = match self.state.phase {
            ACCESS => (ALARM, LOG),
            OUTAGE => (RESTORE, STAFF),
            _ => (REVIEW, LETTERS),
        };
        for decision in first..=last {
            if self.state.open[decision] != NONE {
                self.default(decision);
            }
        }
        let wholes = self.state.backlog / PER;
        match self.state.phase {
            ACCESS => {
                self.state.backlog = wholes / 15 * 15 * PER;
                self.state.overtime_used = false;
                self.state.queue_came = false;
                self.state.spread_came = false;
            }
            OUTAGE => {
                self.state.backlog = 0;
                self.state.overflow_came = 0;
                self.state.overflow_again = NONE;
                self.state.brief_used = false;
            }
            _ => self.state.thanks_came = false,
        }
    }

    fn endex(&mut self) {
        self.state.open = [NONE; DECISIONS];
        self.state.due = [NONE; DUES];
        let papers = self.state.copied && !self.state.told;
        if papers {
            self.score(INFORM, -4);
        }
        let trust = self.state.trust;
        if trust >= 4 {
            self.score(CARE, 2);
        } else if trust < 2 {
            self.score(CARE, -2);
        }
        self.state.ending = match (papers, trust >= 4) {
            (true, _) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        self.shown = true;
    }

    fn wait(&mut self) {
        self.shown = false;
        while !self.shown && self.state.ending == 0 {
            let next = self.next_moment();
            self.pass(next);
            self.dues();
            self.timed();
            self.settle();
        }
    }

    fn rate(&self) -> i32 {
        match self.state.network {
            CUT => 6,
            SPLIT => 2,
            _ => -2,
        }
    }

    fn next_moment(&self) -> u16 {
        let state = &*self.state;
        let earliest = |times: &[u16]| times.iter().copied().fold(NONE, u16::min);
        let mut next = earliest(&state.due).min(earliest(&state.open));
        next = next.min(state.overflow_again);
        next = next.min(state.began + LASTS[usize::from(state.phase)]);
        let since = state.now - state.began;
        let timed = TIMED[usize::from(state.phase)];
        if let Some((minute, _)) = timed.iter().find(|(minute, _)| *minute > since) {
            next = next.min(state.began + minute);
        }
        let crosses = match state.phase {
            ACCESS if !state.queue_came => self.rises_to(15 * PER),
            OUTAGE if state.network == JOINED => self.falls_below(10 * PER),
            OUTAGE => self.rises_to(60 * PER),
            _ => NONE,
        };
        next.min(crosses)
    }

    fn rises_to(&self, threshold: i32) -> u16 {
        let (rate, left) = (self.rate(), threshold - self.state.backlog);
        if rate > 0 && left > 0 {
            self.state.now + (left as u32).div_ceil(rate as u32) as u16
        } else {
            NONE
        }
    }

    fn falls_below(&self, threshold: i32) -> u16 {
        let (rate, above) = (self.rate(), self.state.backlog - threshold);
        if rate < 0 && above >= 0 {
            self.state.now + (above / -rate + 1) as u16
        } else {
            NONE
        }
    }

    fn pass(&mut self, to: u16) {
        let minutes = i32::from(to - self.state.now);
        let grown = self.state.backlog + self.rate() * minutes;
        self.state.backlog = grown.clamp(0, BACKLOG_MAX);
        self.state.now = to;
    }

    fn dues(&mut self) {
        let now = self.state.now;
        for due in 0..DUES {
            while self.state.due[due] <= now {
                self.finish(due);
            }
        }
        for decision in 0..DECISIONS {
            if self.state.open[decision] <= now {
                self.shown = true;
                self.default(decision);
            }
        }
        if self.state.overflow_again <= now {
            self.state.overflow_again = NONE;
        }
    }

    fn finish(&mut self, due: usize) {
        self.state.due[due] = NONE;
        if due == REST {
            self.state.due.swap(REST, REST + 1);
        }
        // What nobody hears of.
        match due {
            THEFT => {
                let there = self.state.intruder != GONE && self.state.network == JOINED;
                if there && self.luck.first(50) {
                    self.state.copied = true;
                    self.score(CONTAIN, -2);
                }
                return;
            }
            BORROWED => return self.give_back(1),
            _ => self.shown = true,
        }
        match due {
            OVERTIME_ENDS => {
                self.give_back(1);
                self.state.backlog = (self.state.backlog - 20 * PER).max(0);
                self.score(CARE, 1);
            }
            SWEEP => {
                self.give_back(1);
                if self.luck.first(60) {
                    self.state.intruder = GONE;
                    self.score(CONTAIN, 3);
                } else {
                    self.state.intruder = ADMIN;
                }
            }
            RESET => {
                self.give_back(1);
                if self.state.intruder == INSIDE {
                    self.state.intruder = GONE;
                    self.score(CONTAIN, 2);
                }
            }
            DIVERT => {
                self.give_back(1);
                self.state.backlog = (self.state.backlog - 12 * PER).max(0);
                self.score(CARE, 2);
            }
            LOG_KEPT => {
                self.give_back(1);
                self.score(INFORM, 1);
            }
            BACKUPS => {
                self.give_back(2);
                if self.luck.first(70) {
                    self.state.network = JOINED;
                    self.score(CARE, 3);
                } else {
                    self.trust(-1);
                }
            }
            SUPPLIER => {
                self.state.network = JOINED;
                self.score(CARE, 1);
            }
            TALK => {
                self.give_back(1);
                if self.luck.first(50) {
                    self.state.copied = false;
                    self.score(CONTAIN, 2);
                } else {
                    self.score(CONTAIN, -1);
                }
            }
            REST => {
                self.give_back(1);
                self.trust(1);
            }
            REVIEWED => {
                self.give_back(1);
                self.score(CONTAIN, 1);
            }
            _ => {
                self.give_back(2);
                self.score(INFORM, 2);
            }
        }
    }

    fn timed(&mut self) {
        let since = self.state.now - self.state.began;
        for (minute, timed) in TIMED[usize::from(self.state.phase)] {
            if *minute < since {
                continue;
            }
            if *minute > since {
                return;
            }
            match timed {
                Timed::Ask(decision) => {
                    self.shown = true;
                    self.ask(*decision);
                }
                Timed::Logon if self.state.intruder != GONE => self.ask(LOGON),
                Timed::Nurse if self.state.network != JOINED => {
                    self.shown = true;
                    self.trust(-1);
                    self.score(CARE, -1);
                }
                Timed::Ransom if self.state.copied => self.ask(RANSOM),
                Timed::Logon | Timed::Nurse | Timed::Ransom => {}
            }
        }
    }
}

/// A quick stream of numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Stream(pub u64);

impl Stream {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `total`. Totals are small: what bias is left is never seen.
    fn below(&mut self, total: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(total)) >> 64) as u64
    }
}

impl Luck for Stream {
    fn first(&mut self, odds: u32) -> bool {
        self.below(100) < u64::from(odds)
    }
}

/// Plays whole exercises, any legal move as likely as another; how many moves they took together.
pub fn play(exercises: u64, seed: u64) -> usize {
    let mut choices = Stream(seed);
    let mut luck = Stream(choices.number());
    let mut legal = Vec::new();
    let mut made = 0;
    for _ in 0..exercises {
        let mut points = Points::default();
        let mut state = start(&mut luck, &mut points);
        while state.ending == 0 {
            moves(&state, &mut legal);
            let drawn = choices.below(legal.len() as u64) as usize;
            step(&mut state, legal[drawn], &mut luck, &mut points);
            made += 1;
        }
    }
    made
}

/// Luck that falls every way, one after another.
#[derive(Default)]
struct Every {
    /// One bit for each roll: whether the second outcome falls.
    path: u32,
    known: u32,
    made: u32,
    odds: f64,
}

impl Luck for Every {
    fn first(&mut self, odds: u32) -> bool {
        self.known = self.known.max(self.made + 1);
        let first = self.path >> self.made & 1 == 0;
        self.made += 1;
        let odds = if first { odds } else { 100 - odds };
        self.odds *= f64::from(odds) / 100.0;
        first
    }
}

impl Every {
    fn new() -> Self {
        Self {
            odds: 1.0,
            ..Self::default()
        }
    }

    fn next(&mut self) -> bool {
        (self.made, self.odds) = (0, 1.0);
        while self.known > 0 {
            let bit = 1 << (self.known - 1);
            if self.path & bit == 0 {
                self.path |= bit;
                return true;
            }
            self.path &= !bit;
            self.known -= 1;
        }
        false
    }
}

/// Calls for every step from a state, rolls apart: how likely its rolls fall so, what it gives, and where it leads.
pub fn each_step(
    state: &State,
    legal: &mut Vec<Move>,
    mut call: impl FnMut(Move, f64, i32, &State),
) {
    moves(state, legal);
    for made in &*legal {
        let mut luck = Every::new();
        loop {
            let mut next = *state;
            let mut points = Points::default();
            step(&mut next, *made, &mut luck, &mut points);
            call(*made, luck.odds, points.iter().sum(), &next);
            if !luck.next() {
                break;
            }
        }
    }
}

/// How many states there are before ENDEX.
pub fn explore() -> usize {
    let mut seen = FxHashSet::default();
    let mut points = Points::default();
    // Nothing is rolled at STARTEX.
    let first = start(&mut Every::new(), &mut points);
    seen.insert(first.packed());
    let (mut stack, mut legal) = (vec![first], Vec::new());
    while let Some(state) = stack.pop() {
        each_step(&state, &mut legal, |_, _, _, next| {
            if next.ending == 0 && seen.insert(next.packed()) {
                stack.push(*next);
            }
        });
    }
    seen.len()
}

/// What a state is worth under best, worst and random play.
pub type Worth = [f64; 3];

/// How many states there are before ENDEX, and what STARTEX is worth.
pub fn solve() -> (usize, Worth) {
    let mut points = Points::default();
    let first = start(&mut Every::new(), &mut points);
    let mut known = FxHashMap::default();
    let mut worth = worth(&first, &mut known);
    for of in &mut worth {
        *of += f64::from(points.iter().sum::<i32>());
    }
    (known.len(), worth)
}

fn worth(state: &State, known: &mut FxHashMap<Packed, Worth>) -> Worth {
    if state.ending != 0 {
        return [0.0; 3];
    }
    let packed = state.packed();
    if let Some(worth) = known.get(&packed) {
        return *worth;
    }
    let mut worths: Worth = [f64::NEG_INFINITY, f64::INFINITY, 0.0];
    let mut legal = Vec::new();
    let (mut count, mut last, mut of): (f64, Option<Move>, Worth) = (0.0, None, [0.0; 3]);
    let mut close = |of: &Worth| {
        worths[0] = worths[0].max(of[0]);
        worths[1] = worths[1].min(of[1]);
        worths[2] += of[2];
    };
    each_step(state, &mut legal, |made, odds, points, next| {
        if last != Some(made) {
            if last.is_some() {
                close(&of);
            }
            (last, of, count) = (Some(made), [0.0; 3], count + 1.0);
        }
        let then = worth(next, known);
        for (of, then) in of.iter_mut().zip(then) {
            *of += odds * (f64::from(points) + then);
        }
    });
    close(&of);
    worths[2] /= count;
    known.insert(packed, worths);
    worths
}
