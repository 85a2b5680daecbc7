//! What is entered once more: the steps of a history and of a replay, and a journal that is resumed.

use crate::exercise::enter_again;
use crate::front::Msg;
use crate::journal::{Entry, EntryKind};
use crate::review::account::describe;
use crate::room::eyes::{SeenViews, lines_before};
use crate::room::table::{ShownSteps, TableUse};
use crate::room::{ExerciseRoom, moves};

impl ExerciseRoom {
    /// In history and in a replay: tells every face what comes next.
    pub(super) fn tell_next(&mut self) {
        let Some(table) = &self.table else {
            return;
        };
        let (TableUse::Showing(steps), Some(exercise)) = (&table.used, &table.exercise) else {
            return;
        };
        let next = match steps {
            ShownSteps::History(moves) => {
                let next = moves.get(exercise.moves().len());
                next.map(|next| describe(&table.program, *next))
            }
            ShownSteps::Replay(entries, shown) => {
                let mut rest = *shown..entries.len();
                let next = rest.find(|place| !ShownSteps::is_silent(entries, *place));
                next.map(|place| moves::announced_entry(&table.program, &entries[place].what))
            }
        };
        self.faces.tell_all(&[Msg::Next(next)]);
    }

    /// In history and in a replay: makes the next step.
    pub(super) fn step(&mut self) {
        let Some(table) = &mut self.table else {
            return;
        };
        let (TableUse::Showing(steps), Some(exercise)) = (&mut table.used, &mut table.exercise)
        else {
            return;
        };
        match steps {
            ShownSteps::History(moves) => {
                let Some(next) = moves.get(exercise.moves().len()).copied() else {
                    return;
                };
                // Its moves were all made once when it was opened.
                let _ = exercise.make(next);
                self.show(&mut SeenViews::default(), |_, eyes| eyes.standing());
            }
            ShownSteps::Replay(entries, shown) => {
                let rest = *shown..entries.len();
                let is_shown = |place: &usize| !ShownSteps::is_silent(entries, *place);
                let end = rest.clone().find(is_shown).map_or(rest.end, |it| it + 1);
                let passed = entries[*shown..end].to_vec();
                *shown = end;
                self.enter_recorded(&passed);
            }
        }
        self.tell_next();
    }

    /// Enters what was recorded and read a moment ago, and shows what it brings.
    pub(super) fn enter_recorded(&mut self, entries: &[Entry]) {
        for (place, entry) in entries.iter().enumerate() {
            let Some(table) = &mut self.table else {
                return;
            };
            let Some(exercise) = &mut table.exercise else {
                return;
            };
            let before = lines_before(exercise, &entry.what);
            if let Err(why) = enter_again(exercise, entry) {
                if let TableUse::Following(following) = &mut table.used {
                    // What follows belongs to an exercise other than the one on the table.
                    following.tail = None;
                }
                return self.faces.tell_all(&[Msg::Trouble(why)]);
            }
            self.go_back_after(&entry.what);
            let Some(table) = &self.table else {
                return;
            };
            let hidden = match (&table.used, &entry.what) {
                // A facilitator's observation: those who follow may be the team.
                (TableUse::Following(_), EntryKind::Note(note)) => note.seat.is_none(),
                // The exercise is resumed, so it is no longer stopped.
                (TableUse::Playing(_), EntryKind::Stopped(_)) => true,
                _ => false,
            };
            if hidden || ShownSteps::is_silent(entries, place) {
                continue;
            }
            self.show(&mut SeenViews::default(), |_, eyes| {
                eyes.entered(&entry.what, &before)
            });
            // As they stood then, however long ago that is.
            self.tell_countdowns_at(entry.at);
        }
    }
}
