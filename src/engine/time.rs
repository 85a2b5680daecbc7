//! How time passes: from moment to moment, and what happens at each, in an order that `docs/format.md` fixes:
//! delayed effects, deadlines, timed injects, conditions, the end of the phase.

use crate::engine::agenda::{self, SetBits};
use crate::engine::event::{Event, Observer};
use crate::engine::luck::Luck;
use crate::engine::run::Run;
use crate::program::code::Comparison;
use crate::program::ids::DueId;
use crate::program::layout::TIME_MARK;
use crate::program::{Crossing, DueKind, Growing, Moving, TimedInject, Value};
use crate::scenario::Minutes;

/// The next minute at which something may happen.
struct Next<'p> {
    minute: Minutes,
    /// Whether anything on the agenda falls due by then.
    is_due: bool,
    /// What the phase's lists of timed injects hold for it, at a date and after so long.
    dated: &'p [(Minutes, u16)],
    relative: &'p [(Minutes, u16)],
}

impl<'a, L: Luck, O: Observer> Run<'a, L, O> {
    /// Waits until something shows, or the exercise ends.
    pub fn wait(&mut self) {
        self.shown = false;
        while !self.shown && !self.is_over {
            self.refresh_rates();
            let next = self.next_moment();
            self.pass(next.minute);
            self.moment(&next);
        }
    }

    /// Waits until a minute, whatever shows.
    pub fn wait_until(&mut self, to: Minutes) {
        while !self.is_over {
            self.refresh_rates();
            let next = self.next_moment();
            if next.minute > to {
                self.pass(to.max(self.now));
                return;
            }
            self.pass(next.minute);
            self.moment(&next);
        }
    }

    /// The next minute at which something may happen; always after now. Rates must have been refreshed.
    fn next_moment(&self) -> Next<'a> {
        let mut due = Minutes::MAX;
        for (index, word) in self.program.agenda.clone().enumerate() {
            for bit in SetBits(self.words[word]) {
                let id = DueId::at(index * 64 + bit);
                if let Some(minute) = agenda::minute(self.program, self.words, id) {
                    due = due.min(minute);
                }
            }
        }
        let mut next = self.program.lasts.min(due).max(self.now + 1);
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
        let dated = after(&phase.dated, now);
        let relative = after(&phase.relative, now - began);
        next = self.first_to_come(dated, 0, next);
        next = self.first_to_come(relative, began, next);
        let matters = |crossing: &&Crossing| crossing.brings.is_none_or(|id| self.may_come(id));
        for crossing in phase.crossings.iter().filter(matters) {
            next = self.crosses(crossing, next);
        }
        Next {
            minute: next,
            is_due: due <= next,
            dated: at(dated, next),
            relative: at(relative, next - began),
        }
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

    /// The next minute before `next` at which a comparison changes, if nothing else does; `next` where there is none.
    fn crosses(&self, crossing: &Crossing, next: Minutes) -> Minutes {
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
                0 => return next,
                happened => (self.now - (happened - 1), 1, 1, 0, Minutes::MAX),
            },
            Moving::Clock => (self.now, 1, 1, 0, Minutes::MAX),
        };
        let against = program.operations.value(crossing.against, self.words);
        let minute = |threshold: i64, next: Minutes| {
            // The value is at or above the threshold from so many units on; it must be able to get there.
            // A threshold too large to count in units lies beyond the bounds.
            let Some(edge) = threshold.checked_mul(per) else {
                return next;
            };
            let (distance, pace) = (edge.abs_diff(units), rate.unsigned_abs());
            // Most are still far away by then, and need no division.
            let within = pace.saturating_mul((next - self.now).unsigned_abs());
            let minutes = if rate > 0 && units < edge && threshold <= max {
                if within < distance {
                    return next;
                }
                distance.div_ceil(pace)
            } else if rate < 0 && units >= edge && threshold > min {
                if within <= distance {
                    return next;
                }
                distance / pace + 1
            } else {
                return next;
            };
            // It is not beyond `next`.
            self.now + minutes as Minutes
        };
        let above = against.saturating_add(1);
        match crossing.how {
            Comparison::Less | Comparison::GreaterOrEqual => minute(against, next),
            Comparison::Greater | Comparison::LessOrEqual => minute(above, next),
            Comparison::Equal | Comparison::NotEqual => minute(above, minute(against, next)),
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
        let mut told = false;
        for (index, growing) in program.growing.iter().enumerate() {
            let rate = self.rates[index];
            if rate == 0 {
                continue;
            }
            let value = &program.values[growing.value.index()];
            let before = value.slot.get(self.words);
            let (after, bound) = grown(value, before, rate, minutes);
            if after == before {
                continue;
            }
            if after == bound && !value.saturates && !told {
                self.tell_stopped(index, minutes);
                told = true;
            }
            value.slot.set(self.words, after);
            self.changed |= value.slot.mark();
        }
        self.now = to;
        program.clock.set(self.words, to);
        self.changed |= TIME_MARK;
    }

    /// Tells which growing values will stop at a bound, of those from `first` on: each for the minute at which it gets there,
    /// however the wait is cut. Several may stop on the way, and not in the order in which they stand.
    #[cold]
    fn tell_stopped(&mut self, first: usize, minutes: Minutes) {
        let program = self.program;
        let mut stopped = Vec::new();
        for (growing, rate) in program.growing[first..].iter().zip(&self.rates[first..]) {
            let value = &program.values[growing.value.index()];
            let before = value.slot.get(self.words);
            let (after, bound) = grown(value, before, *rate, minutes);
            if *rate != 0 && after != before && after == bound && !value.saturates {
                let pace = rate.unsigned_abs();
                let at = self.now + (bound - before).unsigned_abs().div_ceil(pace) as Minutes;
                let wanted = bound.div_euclid(value.per);
                let value = growing.value;
                stopped.push((at, Event::Saturated { value, wanted }));
            }
        }
        stopped.sort_by_key(|(at, _)| *at);
        for (at, event) in stopped {
            self.observer.see(at, event);
        }
    }

    /// Everything that is due now.
    fn moment(&mut self, next: &Next) {
        self.on_time = true;
        if next.is_due {
            self.dues();
        }
        if !(next.dated.is_empty() && next.relative.is_empty() && self.phase.shifted.is_empty()) {
            self.timed(next);
        }
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
            for bit in SetBits(self.words[word]) {
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
        match program.dues[id.index()].kind {
            DueKind::Finish(course) => {
                self.shift(id, program.courses[course.index()].dues.end);
                self.hold(course, 1);
                self.shown = true;
                self.see(Event::Finished(course));
                let then = program.courses[course.index()].then.clone();
                self.blocks(then);
            }
            DueKind::Later(block) => {
                self.shift(id, program.block(block).dues.end);
                self.happen(block);
            }
            DueKind::Deadline(decision) => {
                let default = program.decisions[decision.index()].default as u8;
                // What happened because nobody answered is news: a wait stops here.
                self.shown = true;
                self.answer(decision, default, true);
            }
            DueKind::Again(inject) => {
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
    fn timed(&mut self, next: &Next) {
        let (phase, began) = (self.phase, self.began);
        // Each list holds the injects of one minute in source order.
        let (mut dated, mut relative) = (next.dated, next.relative);
        let mut shifted = phase.shifted.as_slice();
        let first = |list: &[(Minutes, u16)]| list.first().map_or(usize::MAX, |it| it.1.into());
        loop {
            while let [other, rest @ ..] = shifted
                && phase.timed[usize::from(*other)].minute(began) != self.now
            {
                shifted = rest;
            }
            let moved = shifted.first().map_or(usize::MAX, |it| (*it).into());
            let position = first(dated).min(first(relative)).min(moved);
            let Some(timed) = phase.timed.get(position) else {
                return;
            };
            if first(dated) == position {
                dated = &dated[1..];
            } else if first(relative) == position {
                relative = &relative[1..];
            } else {
                shifted = &shifted[1..];
            }
            self.come(timed);
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

    fn come(&mut self, timed: &TimedInject) {
        if timed
            .when
            .is_none_or(|when| self.program.operations.holds(when, self.words))
        {
            self.deliver(timed.inject);
        }
    }
}

/// What a value holds so many minutes later, in fractions, and the bound that it goes towards.
#[inline]
fn grown(value: &Value, before: i64, rate: i64, minutes: Minutes) -> (i64, i64) {
    let unbounded = before.saturating_add(rate.saturating_mul(minutes));
    if rate > 0 {
        let bound = value.max * value.per;
        (unbounded.min(bound), bound)
    } else {
        let bound = value.min * value.per;
        (unbounded.max(bound), bound)
    }
}

/// What a list that is sorted by time holds for the time after `now`.
#[inline]
fn after(list: &[(Minutes, u16)], now: Minutes) -> &[(Minutes, u16)] {
    &list[list.partition_point(|(minute, _)| *minute <= now)..]
}

/// What a list that is sorted by time holds for one minute.
#[inline]
fn at(list: &[(Minutes, u16)], minute: Minutes) -> &[(Minutes, u16)] {
    let mut rest = list;
    loop {
        match rest {
            [(first, _), more @ ..] if *first < minute => rest = more,
            [(first, _), ..] if *first == minute => break,
            _ => return &[],
        }
    }
    let count = rest.iter().take_while(|it| it.0 == minute).count();
    &rest[..count]
}
