//! Conditions, and how one phase follows another.

use crate::engine::agenda;
use crate::engine::event::{Event, Observer};
use crate::engine::luck::Luck;
use crate::engine::run::Run;
use crate::program::ids::{EndingId, InjectId, PhaseId};
use crate::program::{PhaseExit, WatchedInject};
use crate::scenario::Bands;

impl<L: Luck, O: Observer> Run<'_, L, O> {
    /// Fires every true condition, then ends the phase if an end is true, and so on until nothing more happens.
    #[inline]
    pub fn settle(&mut self) {
        if !self.is_settled() {
            self.settle_now();
        }
        self.changed = 0;
    }

    /// Whether nothing can have become true.
    #[inline]
    fn is_settled(&self) -> bool {
        self.is_over || self.changed & self.phase.reads == 0 && !self.on_time
    }

    fn settle_now(&mut self) {
        while !self.is_settled() {
            self.fire_conditions();
            let Some(end) = self.true_end() else { break };
            let before = self.phase_id;
            self.leave();
            match end.to {
                // A cut ends with its last phase, even if that is skipped.
                Some(phase) if phase <= self.program.last => {
                    self.skip_phases(before, phase);
                    self.enter(phase);
                }
                _ => self.endex(),
            }
        }
    }

    /// The first true condition that has not fired brings its inject; then the scan starts again from the top.
    fn fire_conditions(&mut self) {
        let phase = self.phase;
        while let Some(watched) = phase.watched.iter().find(|watched| self.fires(watched)) {
            self.deliver(watched.inject);
        }
    }

    fn fires(&self, watched: &WatchedInject) -> bool {
        self.changed & watched.reads != 0
            && self.program.operations.holds(watched.when, self.words)
            && self.may_come(watched.inject)
    }

    /// Whether an inject may come again, and is not in the pause between two times.
    #[inline]
    pub fn may_come(&self, id: InjectId) -> bool {
        let inject = &self.program.injects[id.index()];
        let came = inject.came.map_or(0, |slot| slot.get(self.words));
        let waits = inject
            .again
            .is_some_and(|again| agenda::is_set(self.program, self.words, again.due));
        came < i64::from(inject.repeats) && !waits
    }

    /// The first end of the phase that is true now.
    fn true_end(&self) -> Option<PhaseExit> {
        let program = self.program;
        let holds = |end: &PhaseExit| {
            end.when
                .is_none_or(|when| program.operations.holds(when, self.words))
        };
        let is_true = |end: &&PhaseExit| match end.at.map(|at| at.minute(self.began)) {
            Some(_) if !self.on_time => false,
            Some(minute) if end.when.is_none() => self.now >= minute,
            Some(minute) => self.now == minute && holds(end),
            None => self.changed & end.reads != 0 && holds(end),
        };
        self.phase.ends.iter().find(is_true).copied()
    }

    /// Forgets what the phases between two would have forgotten at their ends.
    fn skip_phases(&mut self, before: PhaseId, next: PhaseId) {
        for phase in &self.program.phases[before.index() + 1..next.index()] {
            for slot in &phase.forgets {
                slot.set_raw(self.words, 0);
            }
        }
    }

    /// Begins a phase.
    pub fn enter(&mut self, id: PhaseId) {
        let program = self.program;
        program.phase.set(self.words, i64::from(id.0));
        (self.phase_id, self.phase) = (id, &program.phases[id.index()]);
        // A phase in which nothing counts from its beginning forgets it, so that its states do not differ in it.
        self.began = if self.phase.remembers_beginning {
            self.now
        } else {
            0
        };
        program.began.set(self.words, self.began);
        self.mark(u64::MAX);
        self.shown = true;
        self.on_time = true;
        self.see(Event::PhaseBegan(id));
        self.blocks(self.phase.begins.clone());
        self.deliver_timed_at_beginning();
    }

    /// Ends the current phase: open decisions take their defaults, undelivered injects are dropped.
    pub fn leave(&mut self) {
        let program = self.program;
        let phase = self.phase;
        // A default may bring an inject that asks again, so the list is searched until nothing is open.
        let is_open = |run: &Self, id| agenda::is_set(program, run.words, program.deadline(id));
        while let Some(decision) = phase.decisions.iter().find(|id| is_open(self, **id)) {
            self.take_default(*decision);
        }
        for band in &phase.bands {
            let value = &program.values[band.value.index()];
            let before = value.slot.get(self.words);
            let coarse = band_start(before.div_euclid(value.per), &band.marks);
            // The lowest band may begin below the lower bound.
            let coarse = coarse.clamp(value.min, value.max);
            self.write(band.value, before, coarse * value.per);
        }
        for watched in &phase.watched {
            if let Some(again) = program.injects[watched.inject.index()].again {
                agenda::clear(program, self.words, again.due);
            }
        }
        for slot in &phase.forgets {
            slot.set_raw(self.words, 0);
        }
        self.see(Event::PhaseEnded(self.phase_id));
    }

    /// ENDEX: the agenda is cleared, the end is scored, and the first ending whose condition holds is the ending.
    pub fn endex(&mut self) {
        let program = self.program;
        agenda::clear_all(program, self.words);
        self.blocks(program.endex.clone());
        let holds = |ending: &Option<_>| {
            ending.is_none_or(|when| program.operations.holds(when, self.words))
        };
        let ending = program
            .endings
            .iter()
            .position(holds)
            .unwrap_or(program.endings.len() - 1);
        program.ending.set(self.words, ending as i64 + 1);
        self.is_over = true;
        self.shown = true;
        self.see(Event::Ended(EndingId::at(ending)));
    }
}

/// Where the band of a number begins.
fn band_start(number: i64, marks: &Bands) -> i64 {
    match marks {
        Bands::Step(step) => number - number.rem_euclid((*step).max(1)),
        Bands::List(list) => {
            let below = list.iter().rev().find(|mark| **mark <= number);
            below.or(list.first()).copied().unwrap_or(number)
        }
    }
}
