//! What a step changes, and how a move is made.

use crate::engine::event::{Event, Observer};
use crate::engine::luck::Luck;
use crate::engine::{Move, Refusal, State, agenda, each_group, legal};
use crate::program::ids::{CourseId, DecisionId, InjectId, PhaseId};
use crate::program::layout::Slot;
use crate::program::{Closes, Owner, Phase, Program};
use crate::scenario::Minutes;

/// One step or several: the state that they change, and what they need to know meanwhile.
///
/// Between steps, every watched condition that has not fired is false. So a step tests only those conditions that
/// read something it changed.
pub struct Run<'a, L, O> {
    pub program: &'a Program,
    pub words: &'a mut [u64],
    /// How fast values grow, and what changed since that was computed.
    pub rates: &'a mut [i64],
    pub stale: &'a mut u64,
    pub luck: &'a mut L,
    pub observer: &'a mut O,
    /// Copies of the clock, the phase, when it began, and whether the exercise is over.
    pub now: Minutes,
    pub phase_id: PhaseId,
    pub phase: &'a Phase,
    pub began: Minutes,
    pub is_over: bool,
    /// The marks of everything that changed since all conditions were last known to be false.
    pub changed: u64,
    /// Whether anything happened that a seat sees.
    pub shown: bool,
    /// Whether time has just reached this minute. What is tested at a moment is tested then, and not after a move.
    pub on_time: bool,
}

impl<'a, L: Luck, O: Observer> Run<'a, L, O> {
    #[inline]
    pub fn new(
        program: &'a Program,
        state: &'a mut State,
        luck: &'a mut L,
        observer: &'a mut O,
    ) -> Self {
        let now = program.clock.get(&state.words);
        let phase_id = state.phase(program);
        Self {
            program,
            phase_id,
            phase: &program.phases[phase_id.index()],
            began: program.began.get(&state.words),
            is_over: state.ended(program).is_some(),
            words: &mut state.words,
            rates: &mut state.rates.units,
            stale: &mut state.rates.stale,
            luck,
            observer,
            now,
            changed: 0,
            shown: false,
            on_time: false,
        }
    }

    /// Notes that something with these marks changed.
    #[inline]
    pub fn mark(&mut self, marks: u64) {
        self.changed |= marks;
        *self.stale |= marks;
    }

    /// STARTEX.
    pub fn begin(&mut self) {
        self.now = self.program.starts;
        self.program.clock.set(self.words, self.now);
        self.enter(self.program.first);
        self.settle();
        self.close_at_last();
    }

    /// Makes a move. A refused move leaves the state as it was.
    pub fn step(&mut self, chosen: Move) -> Result<(), Refusal> {
        if self.is_over {
            return Err(Refusal::Over);
        }
        legal::check_under_way(self.program, self.words, chosen)?;
        self.make(chosen);
        Ok(())
    }

    /// How many moves might be possible now.
    #[inline]
    pub fn candidates(&self) -> u64 {
        let mut count = 0;
        each_group(self.program, self.phase, self.words, |group| {
            count += u64::from(group.count);
        });
        count
    }

    /// One of these moves, by its position.
    #[inline]
    pub fn candidate(&self, position: u64) -> Move {
        let mut candidate = Move::Wait;
        let mut left = Some(position);
        each_group(self.program, self.phase, self.words, |group| {
            if let Some(here) = left {
                left = here.checked_sub(u64::from(group.count));
                if left.is_none() {
                    candidate = group.nth(here as u8);
                }
            }
        });
        candidate
    }

    /// Makes a legal move.
    pub fn make(&mut self, chosen: Move) {
        debug_assert_eq!(self.changed, 0, "everything has settled between steps");
        self.on_time = false;
        match chosen {
            Move::Choose(decision, option) => {
                self.answer(decision, option, false);
                self.settle();
            }
            Move::Take(action) => {
                let course = self.program.actions[action.index()].course;
                match &self.program.courses[course.index()].consent {
                    Some(consent) => self.ask(consent.decision),
                    None => self.proceed(course),
                }
                self.settle();
            }
            Move::Wait => self.wait(),
        }
    }

    pub fn see(&mut self, event: Event) {
        self.observer.see(self.now, event);
    }

    /// Delivers an inject, unless its phase is over or it has come as often as it may.
    pub fn deliver(&mut self, id: InjectId) {
        let program = self.program;
        let inject = &program.injects[id.index()];
        if self.phase_id != inject.phase {
            return;
        }
        let mut came = 0;
        if let Some(slot) = inject.came {
            came = slot.get(self.words) + 1;
            if came > i64::from(inject.repeats) {
                return;
            }
            slot.set(self.words, came);
            self.mark(slot.mark());
        }
        if let Some(again) = inject.again.filter(|_| came < i64::from(inject.repeats)) {
            agenda::set(program, self.words, again.due, self.now + again.every);
        }
        self.remember(inject.came_at, self.now + 1);
        self.see(Event::Came(id));
        self.shown |= inject.shows;
        self.block(inject.block);
        if let Some(decision) = inject.asks {
            self.ask(decision);
        }
    }

    /// Opens a decision, unless it is open. If its date has passed, it takes its default at once.
    pub fn ask(&mut self, id: DecisionId) {
        let due = self.program.deadline(id);
        if agenda::is_set(self.program, self.words, due) {
            return;
        }
        let decision = &self.program.decisions[id.index()];
        let minute = match decision.closes {
            Closes::After(minutes) => self.now + minutes,
            Closes::On(minute) => minute,
            Closes::WithPhase => Minutes::MAX,
        };
        let stored = if matches!(decision.closes, Closes::After(_)) {
            minute
        } else {
            0
        };
        agenda::set(self.program, self.words, due, stored);
        self.shown = true;
        self.see(Event::Asked(id));
        if minute <= self.now {
            self.take_default(id);
        }
    }

    /// Takes the default of an open decision.
    pub fn take_default(&mut self, id: DecisionId) {
        let default = self.program.decisions[id.index()].default as u8;
        self.answer(id, default, true);
    }

    /// Takes an option of an open decision.
    pub fn answer(&mut self, id: DecisionId, option: u8, by_default: bool) {
        let program = self.program;
        let course = program.decisions[id.index()].options[usize::from(option)];
        if let Some(consent) = &program.courses[course.index()].consent {
            self.ask(consent.decision);
            return;
        }
        let chosen = Event::Chosen {
            decision: id,
            option,
            by_default,
        };
        let Some(waiting) = program.decisions[id.index()].consent_to else {
            self.see(chosen);
            self.proceed(course);
            return;
        };
        self.close(id);
        if option != 0 {
            self.see(chosen);
            self.refuse(waiting);
        } else if legal::check_course(program, self.words, waiting).is_ok() {
            self.see(chosen);
            self.proceed(waiting);
        } else {
            // The default is to agree, but the course has become impossible.
            self.see(Event::Withdrawn(id));
        }
    }

    /// Takes a course that needs no more consent: an option closes its decision, an action is counted.
    fn proceed(&mut self, id: CourseId) {
        let program = self.program;
        match program.courses[id.index()].owner {
            Owner::Option(decision, option) => {
                if program.courses[id.index()].consent.is_some() {
                    self.see(Event::Chosen {
                        decision,
                        option,
                        by_default: false,
                    });
                }
                self.close(decision);
                let decision = &program.decisions[decision.index()];
                self.remember(decision.chosen, i64::from(option) + 1);
                self.remember(decision.chosen_at, self.now + 1);
            }
            Owner::Action(action) => {
                self.see(Event::Taken(action));
                let action = &program.actions[action.index()];
                let used = action.used.get(self.words);
                self.remember(Some(action.used), used + 1);
                self.remember(action.used_at, self.now + 1);
            }
            Owner::Answer(..) => {}
        }
        self.begin_course(id);
    }

    fn begin_course(&mut self, id: CourseId) {
        let course = &self.program.courses[id.index()];
        self.see(Event::Began(id));
        self.hold(id, -1);
        self.block(course.block);
        if course.takes > 0 {
            self.schedule(course.dues.clone(), self.now + course.takes);
        } else {
            self.blocks(course.then.clone());
        }
    }

    fn refuse(&mut self, id: CourseId) {
        let program = self.program;
        let Some(consent) = &program.courses[id.index()].consent else {
            return;
        };
        self.remember(Some(consent.refused), 1);
        self.blocks(consent.then.clone());
    }

    /// Closes a decision, and withdraws the consents that its options were waiting for.
    pub fn close(&mut self, id: DecisionId) {
        let program = self.program;
        agenda::clear(program, self.words, program.deadline(id));
        let consented = program.decisions[id.index()].consented.iter();
        for consent in consented.filter_map(|id| program.courses[id.index()].consent.as_ref()) {
            let due = program.deadline(consent.decision);
            if agenda::is_set(program, self.words, due) {
                agenda::clear(program, self.words, due);
                self.see(Event::Withdrawn(consent.decision));
            }
            consent.refused.set(self.words, 0);
        }
    }

    /// Writes to a slot that remembers the past, if there is one.
    fn remember(&mut self, slot: Option<Slot>, value: i64) {
        if let Some(slot) = slot {
            slot.set(self.words, value);
            self.mark(slot.mark());
        }
    }
}
