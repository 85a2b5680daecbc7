//! What could not be recorded, and what is done about it.

use std::path::Path;

use crate::engine::Move;
use crate::exercise::NotMade;
use crate::front::{Msg, Recording, Request, Room, Unrecorded};
use crate::journal::JournalError;
use crate::local::recorded::{JournalPlace, RecordedExercise};
use crate::local::room::{LocalRoom, refused};

/// What waits until it can be recorded.
#[derive(Clone, Debug)]
pub(super) enum Pending {
    Begin,
    Again(Request),
    /// The default of a decision whose countdown is over.
    Default(Move),
}

impl LocalRoom {
    pub(super) fn not_made(&mut self, why: NotMade) -> Vec<Msg> {
        let told = match (why, self.exercise()) {
            (NotMade::Unrecorded(error), _) => {
                let asked = self.asked.clone();
                self.pending = asked.map(Pending::Again).or(self.pending.take());
                vec![unrecorded(&error)]
            }
            (why, Some(exercise)) => {
                let sentence = why.sentence(exercise.program());
                sentence.into_iter().map(Msg::Refused).collect()
            }
            (_, None) => Vec::new(),
        };
        self.both(told)
    }

    /// Makes what could not be recorded after all.
    pub(super) fn record(&mut self, how: &Recording) -> Vec<Msg> {
        self.asked = None;
        let Some(pending) = self.pending.take() else {
            return refused("Nothing waits to be recorded.");
        };
        if let Pending::Begin = pending {
            match how {
                Recording::Retry => {}
                Recording::In(folder) => {
                    if let Some(recorder) = &mut self.recorder {
                        recorder.place = JournalPlace::Folder(folder.into());
                    }
                }
                Recording::Off => {
                    if let Some(table) = &mut self.table {
                        table.unrecorded = true;
                    }
                }
            }
            return self.begin();
        }
        if let Err(error) = self.redirect(how) {
            self.pending = Some(pending);
            return self.both(vec![unrecorded(&error)]);
        }
        match pending {
            Pending::Again(request) => self.ask(request),
            Pending::Default(wanted) => self.default(wanted),
            Pending::Begin => Vec::new(),
        }
    }

    /// Lets the running exercise be recorded elsewhere, or no more.
    pub(super) fn redirect(&mut self, how: &Recording) -> Result<(), JournalError> {
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        let given_up = table.kept();
        let Some(exercise) = &mut table.exercise else {
            return Ok(());
        };
        match how {
            Recording::Retry => {}
            Recording::In(folder) => {
                if let Some(journal) = exercise.journal_mut() {
                    journal.move_to(Path::new(folder))?;
                }
            }
            Recording::Off => {
                exercise.record(None);
                table.given_up = given_up.map(|kept| RecordedExercise {
                    in_part: true,
                    ..kept
                });
            }
        }
        Ok(())
    }
}

pub(super) fn unrecorded(error: &JournalError) -> Msg {
    let why = format!("{error}. {}", error.hint());
    Msg::Unrecorded(Unrecorded {
        why: capital(why.trim_end()),
        folder: std::env::temp_dir().display().to_string(),
    })
}

/// A phrase as the beginning of a text.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}
