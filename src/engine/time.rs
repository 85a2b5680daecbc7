//! How time passes: from moment to moment, and what happens at each, in an order that `docs/format.md` fixes:
//! delayed effects, deadlines, timed injects, conditions, the end of the phase.

use crate::engine::agenda::{self, Bits};
use crate::engine::event::{Event, Observer};
use crate::engine::luck::Luck;
use crate::engine::run::Run;
use crate::program::code::Comparison;
use crate::program::ids::DueId;
use crate::program::layout::TIME_MARK;
use crate::program::{Crossing, DueWhat, Growing, Moving, Timed};
use crate::scenario::Minutes;

impl<L: Luck, O: Observer> Run<'_, L, O> {
    /// Waits until something shows, or the exercise ends.
    pub fn wait(&mut self) {
        self.shown = false;
        while !self.shown && !self.is_over {
            self.refresh_rates();
            let next = self.next_moment();
            self.pass(next);
            self.moment();
        }
    }

    /// Waits until a minute, whatever shows.
    pub fn wait_until(&mut self, to: Minutes) {
        while !self.is_over {
            self.refresh_rates();
            let next = self.next_moment();
            if next > to {
                self.pass(to.max(self.now));
                return;
            }
            self.pass(next);
            self.moment();
        }
    }

    /// The next minute at which something may happen; always after now. Rates must have been refreshed.
    fn next_moment(&mut self) -> Minutes {
        self.due = Minutes::MAX;
        for (index, word) in self.program.agenda.clone().enumerate() {
            for bit in Bits(self.words[word]) {
                let id = DueId::at(index * 64 + bit);
                if let Some(minute) = agenda::minute(self.program, self.words, id) {
                    self.due = self.due.min(minute);
                }
            }
        }
        let mut next = self.program.lasts.min(self.due).max(self.now + 1);
        let (now, phase, began) = (self.now, self.phase, self.began);
        let mut may_be = |minute| {
            if minute > now && minute < next {
                next = minute;
            }
        };
        for end in phase.ends.iter().filter_map(|end| end.at) {
            may_be(end.minute(began));
        }
        for position in &phase.shifted {
            may_be(phase.timed[usize::from(*position)].minute(began));
        }
        self.dated = after(&phase.dated, now);
        self.relative = after(&phase.relative, now - began);
        let (dated, relative) = (&phase.dated[self.dated..], &phase.relative[self.relative..]);
        let first =
            |list: &[(Minutes, u16)], from| list.first().map_or(Minutes::MAX, |it| from + it.0);
        self.listed = first(dated, 0).min(first(relative, began));
        next = self.first_to_come(dated, 0, next);
        next = self.first_to_come(relative, began, next);
        let matters = |crossing: &&Crossing| crossing.brings.is_none_or(|id| self.may_come(id));
        for crossing in phase.crossings.iter().filter(matters) {
            if let Some(minute) = self.crosses(crossing) {
                next = next.min(minute);
            }
        }
        next
    }

    /// The first time of a list, which is sorted by the time since `from`, at which an inject will come before `next`, if
    /// nothing else happens before: one whose condition does not hold, and does not move with time, will not.
    fn first_to_come(&self, list: &[(Minutes, u16)], from: Minutes, next: Minutes) -> Minutes {
        for (minute, position) in list {
            if from + minute >= next {
                break;
            }
            let timed = &self.phase.timed[usize::from(*position)];
            let holds = |when| self.program.operations.holds(when, self.words);
            if timed.moves || timed.when.is_none_or(holds) {
                return from + minute;
            }
        }
        next
    }

    /// The next minute at which a comparison changes, if nothing else does.
    fn crosses(&self, crossing: &Crossing) -> Option<Minutes> {
        let program = self.program;
        let (units, rate, per, min, max) = match crossing.moving {
            Moving::Grown(index) => {
                let growing = &program.growing[index];
                let value = &program.values[growing.value.index()];
                (
                    value.slot.get(self.words),
                    self.rates[index],
                    value.per,
                    value.min,
                    value.max,
                )
            }
            Moving::Since(slot) => match slot.get(self.words) {
                0 => return None,
                happened => (self.now - (happened - 1), 1, 1, 0, Minutes::MAX),
            },
            Moving::Clock => (self.now, 1, 1, 0, Minutes::MAX),
        };
        let against = program.operations.value(crossing.against, self.words);
        let minute = |threshold: i64| {
            // The value is at or above the threshold from so many units on; it must be able to get there.
            // A threshold too large to count in units lies beyond the bounds.
            let edge = threshold.checked_mul(per)?;
            let (distance, pace) = (edge.abs_diff(units), rate.unsigned_abs());
            let minutes = if rate > 0 && units < edge && threshold <= max {
                distance.div_ceil(pace)
            } else if rate < 0 && units >= edge && threshold > min {
                (distance / pace).saturating_add(1)
            } else {
                return None;
            };
            Some(
                Minutes::try_from(minutes)
                    .map_or(Minutes::MAX, |minutes| self.now.saturating_add(minutes)),
            )
        };
        let above = against.saturating_add(1);
        match crossing.how {
            Comparison::Less | Comparison::GreaterOrEqual => minute(against),
            Comparison::Greater | Comparison::LessOrEqual => minute(above),
            Comparison::Equal | Comparison::NotEqual => {
                minute(against).into_iter().chain(minute(above)).min()
            }
        }
    }

    /// Works out again how fast values grow, where something changed that this depends on.
    fn refresh_rates(&mut self) {
        if *self.stale == 0 {
            return;
        }
        for (index, growing) in self.program.growing.iter().enumerate() {
            if *self.stale & growing.reads != 0 {
                self.rates[index] = self.rate(growing);
            }
        }
        *self.stale = 0;
    }

    /// Fractions that a value gains in one minute.
    fn rate(&self, growing: &Growing) -> i64 {
        let operations = &self.program.operations;
        let mut sum: i64 = 0;
        for rate in &growing.rates {
            if rate
                .when
                .is_none_or(|when| operations.holds(when, self.words))
            {
                let add = operations.value(rate.add, self.words);
                sum = sum.saturating_add(add.saturating_mul(rate.share));
            }
        }
        sum
    }

    /// Lets time pass, with nothing happening on the way.
    fn pass(&mut self, to: Minutes) {
        let program = self.program;
        let minutes = to - self.now;
        let mut stopped = Vec::new();
        for (growing, rate) in program.growing.iter().zip(self.rates.iter()) {
            if *rate == 0 {
                continue;
            }
            let value = &program.values[growing.value.index()];
            let before = value.slot.get(self.words);
            let grown = before.saturating_add(rate.saturating_mul(minutes));
            let bound = if *rate > 0 { value.max } else { value.min } * value.per;
            let after = if *rate > 0 {
                grown.min(bound)
            } else {
                grown.max(bound)
            };
            if after == before {
                continue;
            }
            value.slot.set(self.words, after);
            self.changed |= value.slot.mark();
            if after == bound && !value.saturates {
                // Told for the minute at which it got there, however the wait is cut.
                let at = self.now
                    + (bound - before)
                        .unsigned_abs()
                        .div_ceil(rate.unsigned_abs()) as i64;
                let wanted = bound.div_euclid(value.per);
                let value = growing.value;
                stopped.push((at, Event::Saturated { value, wanted }));
            }
        }
        if !stopped.is_empty() {
            // Several may stop on the way, and not in the order in which they stand.
            stopped.sort_by_key(|(at, _)| *at);
            for (at, event) in stopped {
                self.observer.see(at, event);
            }
        }
        self.now = to;
        program.clock.set(self.words, to);
        self.changed |= TIME_MARK;
    }

    /// Everything that is due now.
    fn moment(&mut self) {
        self.on_time = true;
        if self.due <= self.now {
            self.dues();
        }
        self.timed();
        self.settle();
        self.close_at_last();
    }

    /// ENDEX at the last minute, whatever else happened in it.
    pub fn close_at_last(&mut self) {
        if !self.is_over && self.now >= self.program.lasts {
            self.leave();
            self.endex();
        }
    }

    /// Delayed effects, returning people and expired deadlines.
    fn dues(&mut self) {
        for (index, word) in self.program.agenda.clone().enumerate() {
            for bit in Bits(self.words[word]) {
                let id = DueId::at(index * 64 + bit);
                while self.is_due(id) {
                    self.fall_due(id);
                }
            }
        }
    }

    fn is_due(&self, id: DueId) -> bool {
        agenda::is_set(self.program, self.words, id)
            && agenda::minute(self.program, self.words, id).is_some_and(|minute| minute <= self.now)
    }

    fn fall_due(&mut self, id: DueId) {
        let program = self.program;
        match program.dues[id.index()].what {
            DueWhat::Finish(course) => {
                self.shift(id, program.courses[course.index()].dues.end);
                self.hold(course, 1);
                self.shown = true;
                self.see(Event::Finished(course));
                let then = program.courses[course.index()].then.clone();
                self.blocks(then);
            }
            DueWhat::Later(block) => {
                self.shift(id, program.block(block).dues.end);
                self.happen(block);
            }
            DueWhat::Deadline(decision) => {
                let default = program.decisions[decision.index()].default as u8;
                // What happened because nobody answered is news: a wait stops here.
                self.shown = true;
                self.answer(decision, default, true);
            }
            DueWhat::Again(inject) => {
                agenda::clear(program, self.words, id);
                let watched = self
                    .phase
                    .watched
                    .iter()
                    .find(|watched| watched.inject == inject);
                self.changed |= watched.map_or(0, |watched| watched.reads);
            }
        }
    }

    /// Takes away the first of several entries of one thing: the later ones move up, so that equal agendas are equal bytes.
    fn shift(&mut self, first: DueId, end: u16) {
        let mut id = first;
        loop {
            let next = DueId(id.0 + 1);
            if next.0 >= end || !agenda::is_set(self.program, self.words, next) {
                agenda::clear(self.program, self.words, id);
                return;
            }
            let minute = agenda::minute(self.program, self.words, next).unwrap_or(0);
            agenda::set(self.program, self.words, id, minute);
            id = next;
        }
    }

    /// Injects whose moment is now, in source order.
    fn timed(&mut self) {
        let (phase, began) = (self.phase, self.began);
        if self.listed > self.now && phase.shifted.is_empty() {
            return;
        }
        let dated = at(&phase.dated[self.dated..], self.now);
        let relative = at(&phase.relative[self.relative..], self.now - began);
        let mut from = 0;
        loop {
            let next = |list: &[(Minutes, u16)]| {
                let later = list.iter().find(|(_, position)| *position >= from);
                later.map(|(_, position)| *position)
            };
            let is_now = |position: &&u16| {
                **position >= from && phase.timed[usize::from(**position)].minute(began) == self.now
            };
            let shifted = phase.shifted.iter().find(is_now).copied();
            let Some(position) = [next(dated), next(relative), shifted]
                .into_iter()
                .flatten()
                .min()
            else {
                return;
            };
            self.come(&phase.timed[usize::from(position)]);
            from = position + 1;
        }
    }

    /// Injects whose moment is the beginning of the phase, or was before it.
    pub fn timed_at_beginning(&mut self) {
        for timed in &self.phase.timed {
            if timed.minute(self.now) == self.now {
                self.come(timed);
            }
        }
    }

    fn come(&mut self, timed: &Timed) {
        if timed
            .when
            .is_none_or(|when| self.program.operations.holds(when, self.words))
        {
            self.deliver(timed.inject);
        }
    }
}

/// The position of the first time after `now` in a list that is sorted by time.
fn after(list: &[(Minutes, u16)], now: Minutes) -> usize {
    list.partition_point(|(minute, _)| *minute <= now)
}

/// What the rest of a list that is sorted by time holds for `now`; what was passed over stands before it.
fn at(rest: &[(Minutes, u16)], now: Minutes) -> &[(Minutes, u16)] {
    let passed = rest.iter().take_while(|(minute, _)| *minute < now).count();
    let rest = &rest[passed..];
    &rest[..rest.iter().take_while(|(minute, _)| *minute == now).count()]
}
