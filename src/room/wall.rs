//! Time on the wall: countdowns, pauses, and how long people have played.

use jiff::Timestamp;

use crate::exercise::Exercise;
use crate::journal::EntryKind;
use crate::program::ids::DecisionId;

/// An exercise at a time on the wall, with when it stood still until then: paused, or left until it was resumed. All in
/// seconds since 1970.
pub(super) struct Wall<'a> {
    exercise: &'a Exercise,
    begun: Timestamp,
    still: Vec<(i64, i64)>,
    now: i64,
}

/// What a countdown is set to, and since when it runs.
#[derive(Clone, Copy)]
struct CountdownStart {
    since: i64,
    seconds: u32,
}

impl<'a> Wall<'a> {
    /// The wall of an exercise that began then, at this time.
    pub(super) fn new(exercise: &'a Exercise, begun: Timestamp, now: Timestamp) -> Self {
        let mut still = Vec::new();
        let mut since = None;
        for entry in exercise.on_wall() {
            let at = entry.at.as_second();
            match entry.what {
                EntryKind::Pause => since = since.or(Some(at)),
                EntryKind::GoOn => still.extend(since.take().map(|since| (since, at))),
                _ => {}
            }
        }
        let now = now.as_second();
        still.extend(since.map(|since| (since, now)));
        for (from, to) in exercise.away() {
            let (from, to) = (from.unwrap_or(begun).as_second(), to.as_second());
            // A room that was left in a pause is resumed in it.
            let within = |it: &(i64, i64)| it.0 <= from && to <= it.1;
            if !still.iter().any(within) {
                still.push((from, to));
            }
        }
        Self {
            exercise,
            begun,
            still,
            now,
        }
    }

    /// Seconds since then in which the exercise did not stand still.
    pub(super) fn passed(&self, since: i64) -> i64 {
        let still = self.still.iter();
        let stood: i64 = still
            .map(|(from, to)| (*to.min(&self.now) - *from.max(&since)).max(0))
            .sum();
        (self.now - since - stood).max(0)
    }

    /// Seconds left for each open decision that has a countdown, in the order in which they are asked; 0 once it has ended.
    pub(super) fn countdowns(&self) -> Vec<(DecisionId, u32)> {
        let open = self.exercise.history().state.open(self.exercise.program());
        let left = open.into_iter().filter_map(|id| {
            let set = self.countdown_start(id)?;
            let passed = u32::try_from(self.passed(set.since)).unwrap_or(u32::MAX);
            (set.seconds > 0).then(|| (id, set.seconds.saturating_sub(passed)))
        });
        left.collect()
    }

    /// The countdown of a decision: the one that was set last, for it or for all.
    fn countdown_start(&self, id: DecisionId) -> Option<CountdownStart> {
        let exercise = self.exercise;
        let name = &exercise.program().script.decision(id).id;
        let asked = exercise.asked_at(id).unwrap_or(self.begun).as_second();
        let latest = exercise
            .on_wall()
            .iter()
            .rev()
            .find_map(|entry| match &entry.what {
                EntryKind::Countdown(it) => match &it.decision {
                    // One that was set when the same question was asked earlier has ended.
                    Some(one) => {
                        (one == name && entry.at.as_second() >= asked).then_some((entry, it))
                    }
                    None => Some((entry, it)),
                },
                _ => None,
            });
        let (entry, it) = latest?;
        let rewound = exercise.rewound_at().map_or(asked, Timestamp::as_second);
        Some(CountdownStart {
            since: entry.at.as_second().max(asked).max(rewound),
            seconds: it.seconds,
        })
    }
}
