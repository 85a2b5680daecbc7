//! What happens in the reference scenario: answers, actions, the passing of time, injects and ends.

use super::{
    ACCESS, ADMIN, AFTER, ALARM, BACKLOG_MAX, BACKUPS, BORROWED, CARE, CONTAIN, CREWS_MAX, CUT,
    CUT_CONSENT, DECISIONS, DIVERT, DUES, GONE, INFORM, INSIDE, JOINED, LETTERS, LETTERS_SENT, LOG,
    LOG_KEPT, LOGON, Luck, NONE, OUTAGE, OVERTIME, OVERTIME_ENDS, PAY_CONSENT, PER, PRESS, QUEUE,
    RANSOM, REGULATOR, RESET, REST, RESTORE, REVIEW, REVIEWED, Run, SPLIT, STAFF, SUPPLIER, SWEEP,
    TALK, THEFT, TRUST_MAX, WITHIN,
};

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

    pub fn ask(&mut self, decision: usize) {
        if self.state.open[decision] == NONE {
            self.state.open[decision] = self.state.now + WITHIN[decision];
            self.shown = true;
        }
    }

    fn begin(&mut self, due: usize, crews: u8, minutes: u16) {
        self.state.crews -= crews;
        self.state.due[due] = self.state.now + minutes;
    }

    pub fn take(&mut self, action: u8) {
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

    pub fn choose(&mut self, decision: usize, option: u8) {
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
    pub fn settle(&mut self) {
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

    pub fn enter(&mut self, phase: u8) {
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

    pub fn wait(&mut self) {
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

    pub fn timed(&mut self) {
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
