//! Several seats at one screen: who is at it, who is ready, and what they vote.

use crate::engine::Move;
use crate::front::Msg;
use crate::front::seats::Reason;
use crate::journal::{EntryKind, RecordedBallot, Reveal};
use crate::local::room::{LocalRoom, refused};
use crate::local::tell;

impl LocalRoom {
    /// Who sits where, where that says anything.
    pub(in crate::local) fn seats_where_several(&self) -> Vec<Msg> {
        let Some(table) = self.table.as_ref().filter(|it| it.watching.is_none()) else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        if exercise.seats().len() < 2 && exercise.absent().is_empty() {
            return Vec::new();
        }
        let seats = tell::seats(exercise, table.current, &table.ready);
        vec![Msg::Seats(seats)]
    }

    /// The seat at the screen has nothing more to do. When nobody has, time passes.
    pub(super) fn get_ready(&mut self) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let current = table.current;
        if let Some(ready) = table.ready.get_mut(current) {
            *ready = true;
        }
        if table.ready.iter().all(|ready| *ready) {
            return self.submit(None, Move::Wait, Reason::default(), true);
        }
        self.seats_where_several()
    }

    /// How much each seat knows, to see who has something new.
    pub(super) fn news(&self) -> Vec<(usize, usize)> {
        let Some(exercise) = self.exercise().filter(|it| it.seats().len() > 1) else {
            return Vec::new();
        };
        let known = |place: &crate::exercise::Seat| {
            let view = exercise.view(&place.seat());
            (view.inbox.len(), view.decisions.len())
        };
        exercise.seats().iter().map(known).collect()
    }

    /// A seat that has something new is no longer ready.
    pub(super) fn readiness(&mut self, before: &[(usize, usize)]) -> Vec<Msg> {
        let after = self.news();
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        for ((ready, before), after) in table.ready.iter_mut().zip(before).zip(&after) {
            *ready &= before == after;
        }
        if after.is_empty() {
            return Vec::new();
        }
        self.seats_where_several()
    }

    pub(super) fn take_seat(&mut self, seat: usize) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        if seat >= table.ready.len() {
            return refused("There is no such seat.");
        }
        table.current = seat;
        let mut told = self.seats_where_several();
        let now = self.now();
        if let Some(table) = &self.table
            && let Some(exercise) = &table.exercise
        {
            told.extend(tell::standing(exercise, &table.eyes()));
            if !self.counting.is_empty() {
                // Each seat hears of its own questions only.
                let seen = tell::countdowns(exercise, &table.eyes(), table.begun, now);
                told.push(Msg::Countdowns(seen));
            }
            told.extend(tell::votes(exercise, &table.eyes()));
        }
        told
    }

    pub(super) fn vote(&mut self, decision: &str, option: &str, sure: Option<u8>) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let seat = table.current;
        self.enter(EntryKind::Ballot(RecordedBallot {
            decision: decision.to_owned(),
            seat,
            option: option.to_owned(),
            sure,
        }))
    }

    pub(super) fn reveal(&mut self, decision: String) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let script = &table.program.script;
        let asked = script.decisions.iter().find(|it| it.id == decision);
        if asked.is_some_and(|it| !table.eyes().hears(&it.to)) {
            return refused("That question is not for this seat.");
        }
        self.enter(EntryKind::Reveal(Reveal { decision }))
    }
}
