//! Countdowns: what faces hear of them, and what their end does.

use jiff::Timestamp;

use crate::engine::Move;
use crate::front::facilitate::Facilitate;
use crate::front::seats::Reason;
use crate::front::{Msg, Request};
use crate::journal::{EntryKind, RecordedCountdown};
use crate::program::ids::DecisionId;
use crate::room::ExerciseRoom;
use crate::room::eyes::SeenViews;
use crate::room::faces::{Asker, Retry};
use crate::room::table::TableUse;

impl ExerciseRoom {
    /// Tells every face how the countdowns stand, if that has changed.
    pub(super) fn tell_countdowns(&mut self) {
        let last = self.exercise().and_then(|it| it.entries().next_back());
        // In a replay the wall shows the time of the entry.
        let replay = self.table.as_ref().is_some_and(|it| it.used.is_replay());
        let now = last.filter(|_| replay).map_or(self.now, |it| it.at);
        self.tell_countdowns_at(now);
    }

    /// Tells every face how the countdowns stand at a time on the wall: those whose questions it may see.
    pub(super) fn tell_countdowns_at(&mut self, now: Timestamp) {
        let Some(table) = &mut self.table else {
            return;
        };
        let Some(exercise) = &table.exercise else {
            return;
        };
        // Somebody who follows may have looked a moment after an entry was made: no countdown runs back for that.
        table.counted_at = table.counted_at.max(now);
        let running = table.countdowns_at(table.counted_at);
        let script = &exercise.program().script;
        let named = running.iter();
        let named = named.map(|(id, seconds)| (script.decision(*id).id.clone(), *seconds));
        let named: Vec<(String, u32)> = named.collect();
        if named != table.countdowns {
            table.countdowns = named;
            let views = &mut SeenViews::default();
            self.faces.show(exercise, &table.used, views, |_, eyes| {
                vec![Msg::Countdowns(eyes.countdowns(&running))]
            });
        }
    }

    /// Takes the default of a decision whose countdown has ended.
    pub(super) fn take_default(&mut self, wanted: Move) {
        let reason = Reason {
            by: "the countdown".to_owned(),
            ..Reason::default()
        };
        let by = Asker {
            face: None,
            retry: Retry::Default(wanted),
        };
        self.submit(&by, None, wanted, reason);
    }

    /// Decisions whose countdown has ended, each with its default.
    fn due(&self) -> Vec<(DecisionId, Move)> {
        let Some(exercise) = self.exercise() else {
            return Vec::new();
        };
        let decisions = &exercise.program().decisions;
        let ended = self.running_countdowns(self.now).into_iter();
        ended
            .filter(|(_, left)| *left == 0)
            .map(|(id, _)| {
                let default = decisions[id.index()].default;
                (id, Move::Choose(id, default as u8))
            })
            .collect()
    }

    /// A countdown has run for another second.
    pub(super) fn tick(&mut self) {
        for (id, wanted) in self.due() {
            let Some(exercise) = self.exercise() else {
                return;
            };
            if !exercise.history().state.is_open(exercise.program(), id) {
                // The default before it closed this one.
                continue;
            }
            let decision = exercise.program().script.decision(id).id.clone();
            let made = exercise.moves().len();
            self.take_default(wanted);
            if self.faces.any_retry() {
                return;
            }
            if self.exercise().is_some_and(|it| it.moves().len() == made) {
                self.remove_countdown(decision);
            }
        }
        self.tell_countdowns();
    }

    /// Removes the countdown of a decision whose default cannot be taken: asking every second would not help.
    fn remove_countdown(&mut self, decision: String) {
        let (decision, seconds) = (Some(decision), 0);
        let again = Request::Facilitate(Facilitate::Countdown {
            decision: decision.clone(),
            seconds,
        });
        let by = Asker {
            face: None,
            retry: Retry::Request(again),
        };
        let removed = EntryKind::Countdown(RecordedCountdown { decision, seconds });
        self.enter(&by, &removed);
    }

    /// Whether a countdown runs at this time on the wall.
    pub(super) fn counts_down(&self, now: Timestamp) -> bool {
        let Some(exercise) = self.exercise() else {
            return false;
        };
        let latest = exercise.entries().next_back();
        let stopped = latest.is_some_and(|it| matches!(it.what, EntryKind::Stopped(_)));
        let stands_still =
            exercise.is_paused() || exercise.is_over() || stopped || self.faces.any_retry();
        !stands_still && !self.running_countdowns(now).is_empty()
    }

    /// Countdowns of an exercise that is played here, with seconds left.
    fn running_countdowns(&self, now: Timestamp) -> Vec<(DecisionId, u32)> {
        match &self.table {
            Some(table) if matches!(table.used, TableUse::Playing(_)) => table.countdowns_at(now),
            _ => Vec::new(),
        }
    }
}
