//! When phases begin and end, as far as their dates and durations tell.

use crate::program::calendar::Calendar;
use crate::scenario::{Minutes, Phase, PhaseEnd, Scenario, TimePoint};

/// From the earliest to the latest, in minutes since STARTEX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub earliest: Minutes,
    pub latest: Minutes,
}

/// When each phase may begin; none for one that nothing leads to.
pub(super) struct Times {
    calendar: Calendar,
    lasts: Minutes,
    pub begins: Vec<Option<Span>>,
}

impl Times {
    /// None where STARTEX or the zone is not known.
    pub fn of(scenario: &Scenario) -> Option<Self> {
        let calendar = Calendar::new(scenario.startex.value, &scenario.zone.value)?;
        let mut times = Self {
            calendar,
            lasts: scenario.lasts.value,
            begins: vec![None; scenario.phases.len()],
        };
        let number = |name: &str| {
            scenario
                .phases
                .iter()
                .position(|phase| phase.id.value == name)
        };
        times.widen(
            Some(0),
            Span {
                earliest: 0,
                latest: 0,
            },
        );
        for cut in &scenario.cuts {
            if let Some(at) = times.calendar.minutes(cut.at.value) {
                times.widen(
                    number(&cut.from.value),
                    Span {
                        earliest: at,
                        latest: at,
                    },
                );
            }
        }
        let by_name: std::collections::BTreeMap<&str, usize> = scenario
            .phases
            .iter()
            .enumerate()
            .map(|(index, phase)| (phase.id.value.as_str(), index))
            .collect();
        for (index, phase) in scenario.phases.iter().enumerate() {
            let Some(begins) = times.begins[index] else {
                continue;
            };
            let latest = times.latest_end(phase, begins);
            for end in &phase.ends {
                let to = by_name.get(end.to.value.as_str()).copied();
                times.widen(to.filter(|to| *to > index), times.end(end, begins, latest));
            }
        }
        Some(times)
    }

    fn widen(&mut self, phase: Option<usize>, span: Span) {
        let Some(begins) = phase.and_then(|phase| self.begins.get_mut(phase)) else {
            return;
        };
        *begins = Some(begins.map_or(span, |begins| Span {
            earliest: begins.earliest.min(span.earliest),
            latest: begins.latest.max(span.latest),
        }));
    }

    fn end(&self, end: &PhaseEnd, begins: Span, latest: Minutes) -> Span {
        let at = end.at.as_ref().and_then(|at| {
            Some(Span {
                earliest: self.minute(at.value, begins.earliest)?,
                latest: self.minute(at.value, begins.latest)?,
            })
        });
        let any = Span {
            earliest: begins.earliest,
            latest,
        };
        at.map_or(any, |at| Span {
            earliest: at.earliest.min(latest),
            latest: at.latest.min(latest),
        })
    }

    /// When a phase that began within a span ends at the latest.
    pub fn latest_end(&self, phase: &Phase, begins: Span) -> Minutes {
        let sure = phase.ends.iter().filter(|end| end.when.is_none());
        let moments = sure.filter_map(|end| self.minute(end.at.as_ref()?.value, begins.latest));
        moments.min().unwrap_or(self.lasts).min(self.lasts)
    }

    /// The minute of a moment in a phase that began at a minute; none for a date before STARTEX, which has been told.
    pub fn minute(&self, moment: TimePoint, began: Minutes) -> Option<Minutes> {
        match moment {
            TimePoint::After(minutes) => Some(began + minutes),
            TimePoint::On(date) => {
                let minute = self.calendar.minutes(date).filter(|minute| *minute >= 0);
                minute.map(|minute| minute.max(began))
            }
        }
    }

    /// By how many minutes something at a moment comes after the phase has ended, whenever it began; none if it may come.
    pub fn too_late(&self, phase: &Phase, begins: Span, at: TimePoint) -> Option<Minutes> {
        let sure = phase.ends.iter().filter(|end| end.when.is_none());
        let mut ends: Vec<TimePoint> = sure
            .filter_map(|end| Some(end.at.as_ref()?.value))
            .collect();
        ends.push(TimePoint::After(self.lasts));
        let late = |end: TimePoint, began: Minutes| {
            let end = self.minute(end, began)?.min(self.lasts);
            Some(self.minute(at, began)? - end)
        };
        // Both are monotone in the beginning, and straight but for one bend each: the least lateness is at an end of the span.
        let least =
            |end: TimePoint| Some(late(end, begins.earliest)?.min(late(end, begins.latest)?));
        ends.into_iter()
            .filter_map(least)
            .max()
            .filter(|late| *late > 0)
    }
}
