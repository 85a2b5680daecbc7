//! How time passes from moment to moment, and what happens at each, in the order that `docs/format.md` promises:
//! delayed effects, deadlines, timed injects, conditions, the end of the phase.

use crate::engine::agenda::{self, SetBits};
use crate::engine::event::{Event, Observer};
use crate::engine::luck::Luck;
use crate::engine::run::Run;
use crate::program::code::Comparison;
use crate::program::ids::{DecisionId, DueId};
use crate::program::layout::TIME_MARK;
use crate::program::{Crossing, DueKind, Growing, Moving, TimedInject, Value};
use crate::scenario::Minutes;

/// The next minute at which something may happen.
struct NextMoment<'p> {
    minute: Minutes,
    /// Whether anything on the agenda falls due by then.
    is_due: bool,
    /// The timed injects of the phase for it: by date, and by time since the phase began.
    dated: &'p [(Minutes, u16)],
    relative: &'p [(Minutes, u16)],
}

impl<'a, L: Luck, O: Observer> Run<'a, L, O> {
    /// Waits until something happens that a seat sees, or the exercise ends.
    pub fn wait(&mut self) {
        self.shown = false;
        while !self.shown && !self.is_over {
            self.refresh_rates();
            let next = self.next_moment();
            self.pass(next.minute);
            self.run_moment(&next);
        }
    }

    /// Waits until a minute, whatever happens.
    pub fn wait_until(&mut self, to: Minutes) {
        while !self.is_over {
            self.refresh_rates();
            let next = self.next_moment();
            if next.minute > to {
                self.pass(to.max(self.now));
                return;
            }
            self.pass(next.minute);
            self.run_moment(&next);
        }
    }

    /// The next minute at which something may happen; always after now. Rates must be up to date.
    fn next_moment(&self) -> NextMoment<'a> {
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
        let mut consider = |minute| {
            if minute > now && minute < next {
                next = minute;
            }
        };
        for end in phase.ends.iter().filter_map(|end| end.at) {
            consider(end.minute(began));
        }
        for position in &phase.shifted {
            consider(phase.timed[usize::from(*position)].minute(began));
        }
        let dated = entries_after(&phase.dated, now);
        let relative = entries_after(&phase.relative, now - began);
        next = self.first_to_come(dated, 0, next);
        next = self.first_to_come(relative, began, next);
        let matters = |crossing: &&Crossing| crossing.brings.is_none_or(|id| self.may_come(id));
        for crossing in phase.crossings.iter().filter(matters) {
            next = self.next_crossing(crossing, next);
        }
        NextMoment {
            minute: next,
            is_due: due <= next,
            dated: entries_on(dated, next),
            relative: entries_on(relative, next - began),
        }
    }

    /// The first time before `next` at which an inject of a list will come if nothing else happens. The list is sorted by the
    /// time since `from`. An inject whose condition is false, and does not move with time, will not come.
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

    /// The first minute before `next` at which a comparison changes if nothing else does, or `next`.
    fn next_crossing(&self, crossing: &Crossing, next: Minutes) -> Minutes {
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
            // The value is at or above the threshold from `edge` units on, if it can get there.
            // A threshold too large to count in units is out of bounds.
            let Some(edge) = threshold.checked_mul(per) else {
                return next;
            };
            let (distance, pace) = (edge.abs_diff(units), rate.unsigned_abs());
            // Most are still far away at `next`, and need no division.
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
            // At most `next`.
            self.now + minutes as Minutes
        };
        let above = against.saturating_add(1);
        match crossing.how {
            Comparison::Less | Comparison::GreaterOrEqual => minute(against, next),
            Comparison::Greater | Comparison::LessOrEqual => minute(above, next),
            Comparison::Equal | Comparison::NotEqual => minute(above, minute(against, next)),
        }
    }

    /// Computes again how fast values grow, where that depends on something that changed.
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

    /// The fractions that a value gains in one minute.
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

    /// Lets time pass while nothing happens.
    fn pass(&mut self, to: Minutes) {
        let program = self.program;
        let minutes = to - self.now;
        let mut reported = false;
        for (index, growing) in program.growing.iter().enumerate() {
            let rate = self.rates[index];
            if rate == 0 {
                continue;
            }
            let value = &program.values[growing.value.index()];
            let before = value.slot.get(self.words);
            let (after, bound) = grow(value, before, rate, minutes);
            if after == before {
                continue;
            }
            if after == bound && !value.saturates && !reported {
                self.report_saturated(index, minutes);
                reported = true;
            }
            value.slot.set(self.words, after);
            self.changed |= value.slot.mark();
        }
        self.now = to;
        program.clock.set(self.words, to);
        self.changed |= TIME_MARK;
    }

    /// Reports which growing values from `first` on reach a bound, each for the minute at which it does, however the wait is
    /// divided. Several may do so, in any order.
    #[cold]
    fn report_saturated(&mut self, first: usize, minutes: Minutes) {
        let program = self.program;
        let mut stopped = Vec::new();
        for (growing, rate) in program.growing[first..].iter().zip(&self.rates[first..]) {
            let value = &program.values[growing.value.index()];
            let before = value.slot.get(self.words);
            let (after, bound) = grow(value, before, *rate, minutes);
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

    /// Lets everything happen that is due now.
    fn run_moment(&mut self, next: &NextMoment) {
        self.on_time = true;
        if next.is_due {
            self.run_agenda();
        }
        if !(next.dated.is_empty() && next.relative.is_empty() && self.phase.shifted.is_empty()) {
            self.deliver_timed(next);
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

    /// Runs everything on the agenda that is due: delayed effects, finished courses and expired deadlines.
    fn run_agenda(&mut self) {
        for (index, word) in self.program.agenda.clone().enumerate() {
            for bit in SetBits(self.words[word]) {
                let id = DueId::at(index * 64 + bit);
                while self.is_due(id) {
                    self.run_due(id);
                }
            }
        }
    }

    fn is_due(&self, id: DueId) -> bool {
        agenda::is_set(self.program, self.words, id)
            && agenda::minute(self.program, self.words, id).is_some_and(|minute| minute <= self.now)
    }

    fn run_due(&mut self, id: DueId) {
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
            DueKind::Deadline(decision) => self.pass_deadline(decision),
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

    /// Nobody answered: the question takes its default. That is news, so a wait stops here.
    fn pass_deadline(&mut self, decision: DecisionId) {
        self.shown = true;
        self.take_default(decision);
    }

    /// Removes the first of several entries for one thing. The later ones move up, so that equal agendas are equal words.
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

    /// Delivers the injects whose moment is now, in source order.
    fn deliver_timed(&mut self, next: &NextMoment) {
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
            self.deliver_if_due(timed);
        }
    }

    /// Delivers the injects whose moment is the beginning of the phase, or was before it.
    pub fn deliver_timed_at_beginning(&mut self) {
        for timed in &self.phase.timed {
            if timed.minute(self.now) == self.now {
                self.deliver_if_due(timed);
            }
        }
    }

    /// Delivers a timed inject, if its condition holds.
    fn deliver_if_due(&mut self, timed: &TimedInject) {
        if timed
            .when
            .is_none_or(|when| self.program.operations.holds(when, self.words))
        {
            self.deliver(timed.inject);
        }
    }
}

/// What a value holds after some minutes, in fractions, and the bound that it moves towards.
#[inline]
fn grow(value: &Value, before: i64, rate: i64, minutes: Minutes) -> (i64, i64) {
    let unbounded = before.saturating_add(rate.saturating_mul(minutes));
    if rate > 0 {
        let bound = value.max * value.per;
        (unbounded.min(bound), bound)
    } else {
        let bound = value.min * value.per;
        (unbounded.max(bound), bound)
    }
}

/// The entries after `now` of a list sorted by time.
#[inline]
fn entries_after(list: &[(Minutes, u16)], now: Minutes) -> &[(Minutes, u16)] {
    &list[list.partition_point(|(minute, _)| *minute <= now)..]
}

/// The entries for one minute of a list sorted by time.
#[inline]
fn entries_on(list: &[(Minutes, u16)], minute: Minutes) -> &[(Minutes, u16)] {
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
