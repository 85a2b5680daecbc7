//! Exercises from journals: resumed, shown again, or followed while another process plays them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::engine::look::Viewer;
use crate::exercise::{Exercise, Seat};
use crate::front::Msg;
use crate::journal::{EntryKind, Head, RecordedSeat};
use crate::program::Program;
use crate::room::ExerciseRoom;
use crate::room::eyes::SeenViews;
use crate::room::recorded::{ReopenedJournal, followed, reopen, sentence};
use crate::room::table::{ExerciseTable, Following, ShownSteps, TableUse};

/// How often a journal that another process writes is looked at.
const LOOK: Duration = Duration::from_millis(300);

impl ExerciseRoom {
    /// Opens a journal: to resume the exercise where it was left, or to show it again. Every face hears all that came
    /// before.
    pub(super) fn reopen(&mut self, path: &str, replay: bool) {
        self.clear();
        let reopened = match reopen(Path::new(path), replay) {
            Ok(reopened) => reopened,
            Err(why) => return self.faces.tell_all(&[Msg::Trouble(why)]),
        };
        let trouble = reopened.reading.end_trouble();
        let recorded = &reopened.reading.recorded;
        let mut table = table(Arc::clone(&reopened.program), &recorded.head);
        if replay {
            table.used = TableUse::Showing(ShownSteps::Replay(recorded.entries.clone(), 0));
            self.lay(table);
        } else {
            self.resume(table, reopened);
        }
        if let Some(what) = trouble {
            self.faces.tell_people(&[Msg::Trouble(what.to_owned())]);
        }
    }

    fn resume(&mut self, table: ExerciseTable, reopened: ReopenedJournal) {
        let exercise = table.startex();
        self.lay(table);
        self.start(exercise);
        self.enter_recorded(&reopened.reading.recorded.entries);
        let now = self.now;
        if let Some((exercise, _)) = self.playing() {
            exercise.record(reopened.journal);
            let what = if exercise.is_over() {
                // ENDEX follows from the moves; only the entry is missing.
                EntryKind::Ended
            } else {
                EntryKind::Resumed
            };
            // Nothing is lost if this cannot be written; the next move says so.
            let _ = exercise.enter(what, now);
        }
        // Without the time that nobody was there.
        self.tell_countdowns();
        // A record has every vote already.
        self.show(&mut SeenViews::default(), |listener, eyes| {
            listener.seat.map_or_else(Vec::new, |_| eyes.votes())
        });
    }

    /// Follows a journal, whichever process writes it.
    pub(super) fn follow(&mut self, path: &str, roles: &[String]) {
        self.clear();
        let opened = followed(Path::new(path)).and_then(|(program, tail)| {
            let mut table = table(program, tail.head());
            let exercise = table.startex();
            table.used = TableUse::Following(Following {
                viewer: viewer(&exercise, roles)?,
                roles: roles.to_vec(),
                tail: Some(tail),
            });
            Ok((table, exercise))
        });
        match opened {
            Ok((table, exercise)) => {
                self.lay(table);
                self.start(exercise);
                self.catch_up(0);
            }
            Err(why) => self.faces.tell_all(&[Msg::Trouble(why)]),
        }
    }

    fn following(&mut self) -> Option<&mut Following> {
        match &mut self.table.as_mut()?.used {
            TableUse::Following(following) => Some(following),
            _ => None,
        }
    }

    /// How long until a followed journal is looked at again.
    pub(super) fn next_look_at_journal(&self) -> Option<Duration> {
        let table = self.table.as_ref()?;
        let TableUse::Following(following) = &table.used else {
            return None;
        };
        let over = table.exercise.as_ref().is_none_or(Exercise::is_over);
        (following.tail.is_some() && !over).then_some(LOOK)
    }

    /// Shows what was written since.
    pub(super) fn look_at_journal(&mut self) {
        let Some(following) = self.following() else {
            return;
        };
        let Some(tail) = &mut following.tail else {
            return;
        };
        let known = tail.entries().len();
        match tail.more() {
            Ok(true) => self.catch_up(known),
            Ok(false) => {
                // The last line was not safe on disk, and is gone: begin anew.
                let path = tail.path().display().to_string();
                let roles = std::mem::take(&mut following.roles);
                self.follow(&path, &roles);
            }
            Err(error) => {
                following.tail = None;
                self.faces.tell_all(&[Msg::Trouble(sentence(&error))]);
            }
        }
    }

    /// Shows what the journal holds from an entry on, and how countdowns stand now.
    fn catch_up(&mut self, known: usize) {
        let Some(tail) = self.following().and_then(|it| it.tail.as_ref()) else {
            return;
        };
        let entries = tail.entries()[known..].to_vec();
        self.enter_recorded(&entries);
        self.tell_countdowns();
    }
}

/// A table for what a journal holds.
fn table(program: Arc<Program>, head: &Head) -> ExerciseTable {
    let mut table = ExerciseTable::new(program, head.seed, head.folder.clone());
    table.team.clone_from(&head.team);
    table.seats.clone_from(&head.seats);
    table.take_back_allowed = head.take_back;
    table.begun = head.begun.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    table
}

/// Who looks on: somebody with these roles, or if there are none, what every seat may see.
fn viewer(exercise: &Exercise, roles: &[String]) -> Result<Viewer, String> {
    if roles.is_empty() {
        let seats: Vec<Viewer> = exercise.seats().iter().map(Seat::viewer).collect();
        return Ok(Viewer::shared(&seats));
    }
    let seat = RecordedSeat {
        roles: roles.to_vec(),
        person: String::new(),
    };
    let program = exercise.program();
    let seat = Seat::from_recorded(program, &seat).map_err(|barred| barred.sentence(program))?;
    Ok(seat.viewer())
}
