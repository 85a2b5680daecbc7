//! Exercises from journals: taken up again, shown again, or looked at while another process plays them.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use crate::engine::look::Viewer;
use crate::exercise::{Exercise, Seat};
use crate::front::Msg;
use crate::journal::{EntryKind, RecordedSeat};
use crate::local::offers::briefing;
use crate::local::recorded::{Reopened, followed, reopen};
use crate::local::room::LocalRoom;
use crate::local::table::{ExerciseTable, ShownSteps};
use crate::local::tell;

/// How often a journal that another process writes is looked at.
const LOOK: Duration = Duration::from_millis(300);

impl LocalRoom {
    /// Takes up a journal: the exercise stands where it was left, and a face hears all that came before.
    pub(super) fn reopen(&mut self, path: &str, replay: bool) -> Vec<Msg> {
        self.clear();
        let reopened = match reopen(Path::new(path), replay) {
            Ok(reopened) => reopened,
            Err(why) => return self.both(vec![Msg::Trouble(why)]),
        };
        let torn = reopened.reading.torn;
        let mut told = if replay {
            self.show_again(reopened)
        } else {
            self.go_on(reopened)
        };
        if torn {
            let what =
                "The last line of the journal was not whole. It was never shown, and is left out.";
            told.push(Msg::Trouble(what.to_owned()));
        }
        told
    }

    fn show_again(&mut self, reopened: Reopened) -> Vec<Msg> {
        let mut table = table(&reopened);
        // Whoever looks back may see everything that was addressed to anybody.
        table.watching = Some(Viewer::all(&table.program));
        table.steps = Some(ShownSteps::Replay(reopened.reading.recorded.entries, 0));
        let briefing = briefing(&table);
        self.table = Some(table);
        self.both(vec![Msg::Briefing(briefing)])
    }

    fn go_on(&mut self, reopened: Reopened) -> Vec<Msg> {
        let mut table = table(&reopened);
        let briefing = briefing(&table);
        let exercise = table.startex();
        table.ready = vec![false; exercise.seats().len()];
        table.exercise = Some(exercise);
        self.table = Some(table);
        let mut told = self.both(vec![Msg::Briefing(briefing)]);
        told.extend(self.begun());
        let entries = reopened.reading.recorded.entries;
        told.extend(self.enter_again(&entries));
        let now = self.now();
        if let Some(exercise) = self.running() {
            exercise.record(reopened.journal);
            let what = if exercise.is_over() {
                // It follows from the moves; only the entry was not written then.
                EntryKind::Ended
            } else {
                EntryKind::Resumed
            };
            // Nothing was lost where this cannot be written; the next move says so.
            let _ = exercise.enter(what, now);
        }
        // Less a time that nobody was there.
        told.extend(self.countdowns());
        if let Some(table) = &self.table
            && let Some(exercise) = &table.exercise
        {
            told.extend(tell::votes(exercise, &table.eyes()));
        }
        told
    }

    /// Looks at a journal, whoever writes it.
    pub(super) fn follow(&mut self, path: &str, roles: &[String]) -> Vec<Msg> {
        self.clear();
        let laid = followed(Path::new(path)).and_then(|(program, tail)| {
            let head = tail.head().clone();
            let mut table = ExerciseTable::new(program, head.seed, head.folder);
            table.team = head.team;
            table.seats = head.seats;
            table.begun = begun(&head.begun);
            table.watching = Some(watching(&table, roles)?);
            table.watched = roles.to_vec();
            table.exercise = Some(table.startex());
            table.tail = Some(tail);
            Ok(table)
        });
        let table = match laid {
            Ok(table) => table,
            Err(why) => return self.both(vec![Msg::Trouble(why)]),
        };
        let briefing = briefing(&table);
        self.table = Some(table);
        let mut told = self.both(vec![Msg::Briefing(briefing)]);
        told.extend(self.begun());
        told.extend(self.catch_up(0));
        told
    }

    /// How long until a journal is looked at again.
    pub(super) fn follows(&self) -> Option<Duration> {
        let table = self.table.as_ref()?;
        let over = table.exercise.as_ref().is_none_or(Exercise::is_over);
        (table.tail.is_some() && !over).then_some(LOOK)
    }

    /// What was written since.
    pub(super) fn look_again(&mut self) -> Vec<Msg> {
        let Some(tail) = self.table.as_mut().and_then(|it| it.tail.as_mut()) else {
            return Vec::new();
        };
        let known = tail.entries().len();
        match tail.more() {
            Ok(true) => self.catch_up(known),
            Ok(false) => {
                // What was read last was never safe, and is gone: everything is looked at anew.
                let path = tail.path().display().to_string();
                let roles = self.table.take().map_or_else(Vec::new, |it| it.watched);
                self.follow(&path, &roles)
            }
            Err(error) => {
                if let Some(table) = &mut self.table {
                    table.tail = None;
                }
                let why = format!("{error}. {}", error.hint());
                self.both(vec![Msg::Trouble(why.trim_end().to_owned())])
            }
        }
    }

    /// Tells what stands in the journal from an entry on; while a countdown runs, how it stands now.
    fn catch_up(&mut self, known: usize) -> Vec<Msg> {
        let Some(tail) = self.table.as_ref().and_then(|it| it.tail.as_ref()) else {
            return Vec::new();
        };
        let entries = tail.entries()[known..].to_vec();
        let mut told = self.enter_again(&entries);
        told.extend(self.countdowns());
        told
    }
}

/// A table for what a journal holds.
fn table(reopened: &Reopened) -> ExerciseTable {
    let head = &reopened.reading.recorded.head;
    let program = std::sync::Arc::clone(&reopened.program);
    let mut table = ExerciseTable::new(program, head.seed, head.folder.clone());
    table.team.clone_from(&head.team);
    table.seats.clone_from(&head.seats);
    table.begun = begun(&head.begun);
    table
}

/// A moment of the wall as a head says it.
fn begun(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Whose view is shown: that of some roles, else what every seat may see.
fn watching(table: &ExerciseTable, roles: &[String]) -> Result<Viewer, String> {
    let program = &table.program;
    if !roles.is_empty() {
        let sitting = RecordedSeat {
            roles: roles.to_vec(),
            person: String::new(),
        };
        let place = Seat::of(program, &sitting);
        return place
            .map(|it| it.seat())
            .map_err(|barred| barred.sentence(program));
    }
    let exercise = table.startex();
    let seats: Vec<Viewer> = exercise.seats().iter().map(Seat::seat).collect();
    Ok(Viewer::shared(&seats))
}
