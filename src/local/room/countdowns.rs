//! Countdowns on the wall: what is said of them, and what their end does.

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::look::Viewer;
use crate::front::facilitate::Facilitate;
use crate::front::seats::Reason;
use crate::front::{Msg, Request, Room};
use crate::journal::EntryKind;
use crate::local::room::LocalRoom;
use crate::local::room::recording::Pending;
use crate::local::table::ExerciseTable;
use crate::local::tell;
use crate::local::wall::Wall;

impl LocalRoom {
    /// The countdowns that run, where they are not what was said last.
    pub(in crate::local) fn countdowns(&mut self) -> Vec<Msg> {
        let now = self.now();
        // In a replay the wall stands where it stood.
        let last = self.exercise().and_then(|it| it.entries().next_back());
        let replay = self.table.as_ref().is_some_and(ExerciseTable::is_replay);
        let now = last.filter(|_| replay).map_or(now, |it| it.at);
        self.countdowns_at(now)
    }

    /// The countdowns that run at this time on the wall, where they are not what was said last: to the face those of the
    /// questions that its seat hears, to the transcript all.
    pub(in crate::local) fn countdowns_at(&mut self, now: Timestamp) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        let running = tell::countdowns(exercise, &Viewer::all(&table.program), table.begun, now);
        if running == self.counting {
            return Vec::new();
        }
        let seen = tell::countdowns(exercise, &table.eyes(), table.begun, now);
        self.counting.clone_from(&running);
        if let Some(transcript) = &mut self.transcript {
            transcript.hear([Msg::Countdowns(running)]);
        }
        vec![Msg::Countdowns(seen)]
    }

    /// Takes the default of a decision whose countdown is over.
    pub(in crate::local) fn default(&mut self, wanted: Move) -> Vec<Msg> {
        let reason = Reason {
            by: "the countdown".to_owned(),
            ..Reason::default()
        };
        self.pending = Some(Pending::Default(wanted));
        let told = self.submit(None, wanted, reason, false);
        if !told.iter().any(|msg| matches!(msg, Msg::Unrecorded(_))) {
            self.pending = None;
        }
        told
    }

    /// Decisions whose countdown is over, with their defaults.
    pub(super) fn due(&self) -> Vec<Move> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        let wall = Wall::of(exercise, table.begun, self.now());
        let over = wall.countdowns(exercise, table.begun).into_iter();
        let default = |id: crate::program::ids::DecisionId| {
            let default = table.program.decisions[id.index()].default;
            Move::Choose(id, default as u8)
        };
        over.filter(|(_, left)| *left == 0)
            .map(|(id, _)| default(id))
            .collect()
    }

    /// A countdown went on by a second.
    pub(super) fn tick(&mut self) -> Vec<Msg> {
        self.asked = None;
        let mut told = Vec::new();
        for wanted in self.due() {
            let Move::Choose(id, _) = wanted else {
                continue;
            };
            let open = self
                .exercise()
                .map(|it| (it.history().state.is_open(it.program(), id), it));
            let Some((true, exercise)) = open else {
                // The default before it closed this one.
                continue;
            };
            let decision = exercise.program().script.decision(id).id.clone();
            let made = exercise.moves().len();
            told.extend(self.default(wanted));
            if self.pending.is_some() {
                return told;
            }
            if self.exercise().is_some_and(|it| it.moves().len() == made) {
                // It cannot be taken. Asking again every second would not help.
                let none = Facilitate::Countdown {
                    decision: Some(decision),
                    seconds: 0,
                };
                told.extend(self.ask(Request::Facilitate(none)));
                self.asked = None;
            }
        }
        told.extend(self.countdowns());
        told
    }

    /// Whether a countdown runs.
    pub(super) fn counts_down(&self) -> bool {
        let Some(table) = &self.table else {
            return false;
        };
        let Some(exercise) = &table.exercise else {
            return false;
        };
        let stands = exercise.is_paused() || exercise.is_over() || self.pending.is_some();
        let stopped = exercise
            .entries()
            .next_back()
            .is_some_and(|it| matches!(it.what, EntryKind::Stopped(_)));
        if stands || stopped || table.steps.is_some() {
            return false;
        }
        let wall = Wall::of(exercise, table.begun, self.now());
        !wall.countdowns(exercise, table.begun).is_empty()
    }
}
