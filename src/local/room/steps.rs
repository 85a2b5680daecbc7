//! What is entered again: the steps of a history and of a replay, and a journal that is taken up.

use crate::engine::look::Viewer;
use crate::exercise::{Exercise, again};
use crate::front::Msg;
use crate::journal::EntryKind;
use crate::local::moves;
use crate::local::room::LocalRoom;
use crate::local::table::ShownSteps;
use crate::local::tell;

impl LocalRoom {
    /// In history and in a replay: what comes next.
    pub(super) fn next(&self) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let next = match (&table.steps, &table.exercise) {
            (Some(ShownSteps::History(moves)), Some(exercise)) => {
                let next = moves.get(exercise.moves().len());
                next.map(|next| moves::described(&table.program, *next))
            }
            (Some(ShownSteps::Replay(entries, shown)), Some(_)) => {
                let mut rest = *shown..entries.len();
                let next = rest.find(|place| !ShownSteps::is_silent(entries, *place));
                next.map(|place| moves::entry(&table.program, &entries[place].what))
            }
            _ => return Vec::new(),
        };
        vec![Msg::Next(next)]
    }

    /// In history and in a replay: makes the next step.
    pub(super) fn step(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let Some(exercise) = &mut table.exercise else {
            return Vec::new();
        };
        let mut told = match &mut table.steps {
            Some(ShownSteps::History(moves)) => {
                let Some(next) = moves.get(exercise.moves().len()).copied() else {
                    return Vec::new();
                };
                // Its moves were made when it was laid on the table.
                let _ = exercise.make(next);
                if let Some(transcript) = &mut self.transcript {
                    transcript.step();
                }
                self.tell(|exercise, seat, _| tell::standing(exercise, seat), true)
            }
            Some(ShownSteps::Replay(..)) => self.step_again(),
            None => return Vec::new(),
        };
        let next = self.next();
        told.extend(self.both(next));
        told
    }

    pub(super) fn step_again(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let Some(ShownSteps::Replay(entries, shown)) = &mut table.steps else {
            return Vec::new();
        };
        let mut passed = Vec::new();
        while let Some(entry) = entries.get(*shown) {
            let silent = ShownSteps::is_silent(entries, *shown);
            passed.push(entry.clone());
            *shown += 1;
            if !silent {
                break;
            }
        }
        self.enter_again(&passed)
    }

    /// Enters what was recorded and read a moment ago, and tells what it brings.
    pub(in crate::local) fn enter_again(&mut self, entries: &[crate::journal::Entry]) -> Vec<Msg> {
        let mut told = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let Some(exercise) = self.running() else {
                break;
            };
            let before = match entry.what {
                EntryKind::TakeBack(_) => tell::lines(exercise),
                _ => Vec::new(),
            };
            if let Err(why) = again(exercise, entry) {
                if let Some(table) = &mut self.table {
                    // What follows would be told of another exercise than the one that is played.
                    table.tail = None;
                }
                told.extend(self.both(vec![Msg::Trouble(why)]));
                break;
            }
            // That it was stopped is over where it goes on.
            let goes_on = matches!(entry.what, EntryKind::Stopped(_)) && self.played().is_some();
            let silent = goes_on || ShownSteps::is_silent(entries, place);
            if silent || self.is_for_no_team(&entry.what) {
                continue;
            }
            let entered = |exercise: &Exercise, seat: &Viewer, announced| {
                tell::entered(exercise, seat, &entry.what, (announced, &before))
            };
            told.extend(self.tell(entered, false));
            // As it was said then, however long ago that is.
            told.extend(self.countdowns_at(entry.at));
        }
        told
    }

    /// Whether an entry is the facilitator's own, and whoever looks on may be the team.
    pub(super) fn is_for_no_team(&self, what: &EntryKind) -> bool {
        let follows = self.table.as_ref().is_some_and(|it| it.tail.is_some());
        follows && matches!(what, EntryKind::Note(note) if note.seat.is_none())
    }
}
