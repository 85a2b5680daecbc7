//! The reference scenario written by hand: plain fields, and a step function that knows this scenario only.
//!
//! It is what the engine is measured against, so it is written for speed. `tests/all/reference.rs` holds it to the engine.

#[path = "twin/rules.rs"]
mod rules;
#[path = "twin/search.rs"]
pub mod search;

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
