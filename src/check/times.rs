//! When phases begin and end, as far as their dates and durations say.

use std::collections::BTreeMap;

use crate::program::calendar::Calendar;
use crate::scenario::{Minutes, Phase, PhaseEnd, Scenario, TimePoint};

/// From the earliest to the latest minute since STARTEX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub earliest: Minutes,
    pub latest: Minutes,
}

/// When each phase may begin; `None` for one that nothing leads to.
pub(super) struct PhaseTimes {
    pub calendar: Calendar,
    lasts: Minutes,
    pub begins: Vec<Option<Span>>,
}

impl PhaseTimes {
    /// `None` if STARTEX or the zone is not known.
    pub fn new(scenario: &Scenario) -> Option<Self> {
        let phases = &scenario.phases;
        let mut times = Self {
            calendar: Calendar::new(scenario.startex.value, &scenario.zone.value)?,
            lasts: scenario.lasts.value,
            begins: vec![None; phases.len()],
        };
        let numbers = phases.iter().map(|phase| phase.id.value.as_str()).zip(0..);
        let numbers: BTreeMap<&str, usize> = numbers.collect();
        let number = |name: &str| numbers.get(name).copied();
        let at_once = |at| Span {
            earliest: at,
            latest: at,
        };
        times.widen(Some(0), at_once(0));
        for cut in &scenario.cuts {
            if let Some(at) = times.calendar.minutes(cut.at.value) {
                times.widen(number(&cut.from.value), at_once(at));
            }
        }
        for (index, phase) in phases.iter().enumerate() {
            let Some(begins) = times.begins[index] else {
                continue;
            };
            let latest = times.latest_end(phase, begins);
            for end in &phase.ends {
                let next = number(&end.to.value).filter(|next| *next > index);
                times.widen(next, times.end(end, begins, latest));
            }
        }
        Some(times)
    }

    fn widen(&mut self, phase: Option<usize>, span: Span) {
        if let Some(begins) = phase.and_then(|phase| self.begins.get_mut(phase)) {
            *begins = Some(begins.map_or(span, |begins| Span {
                earliest: begins.earliest.min(span.earliest),
                latest: begins.latest.max(span.latest),
            }));
        }
    }

    /// When one of a phase's ends may come.
    fn end(&self, end: &PhaseEnd, begins: Span, latest: Minutes) -> Span {
        let at = end.at.as_ref().and_then(|at| {
            let earliest = self.minute(at.value, begins.earliest)?;
            Some((earliest, self.minute(at.value, begins.latest)?))
        });
        let (earliest, last) = at.unwrap_or((begins.earliest, latest));
        Span {
            earliest: earliest.min(latest),
            latest: last.min(latest),
        }
    }

    /// When a phase that began within a span ends at the latest.
    fn latest_end(&self, phase: &Phase, begins: Span) -> Minutes {
        let minutes = sure_ends(phase).filter_map(|end| self.minute(end, begins.latest));
        minutes.min().unwrap_or(self.lasts).min(self.lasts)
    }

    /// The minute of a moment in a phase that began at a minute; `None` for a date before STARTEX, which is a finding of
    /// its own.
    pub fn minute(&self, moment: TimePoint, began: Minutes) -> Option<Minutes> {
        match moment {
            TimePoint::After(minutes) => Some(began + minutes),
            TimePoint::On(date) => {
                let minute = self.calendar.minutes(date).filter(|minute| *minute >= 0);
                minute.map(|minute| minute.max(began))
            }
        }
    }

    /// By how many minutes a moment at least comes after the end of its phase, whenever that began; `None` if it may come.
    pub fn too_late(&self, phase: &Phase, begins: Span, at: TimePoint) -> Option<Minutes> {
        let ends = sure_ends(phase).chain([TimePoint::After(self.lasts)]);
        let late = |end: TimePoint, began: Minutes| {
            let end = self.minute(end, began)?.min(self.lasts);
            Some(self.minute(at, began)? - end)
        };
        // Both minutes rise with the beginning, with one bend each, so they are nearest at an end of the span.
        let least =
            |end: TimePoint| Some(late(end, begins.earliest)?.min(late(end, begins.latest)?));
        ends.filter_map(least).max().filter(|late| *late > 0)
    }
}

/// When a phase ends, whatever else holds.
fn sure_ends(phase: &Phase) -> impl Iterator<Item = TimePoint> {
    let sure = phase.ends.iter().filter(|end| end.when.is_none());
    sure.filter_map(|end| Some(end.at.as_ref()?.value))
}
