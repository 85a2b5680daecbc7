//! Trying again what could not be recorded.

use std::path::Path;

use crate::front::{Msg, Recording};
use crate::journal::{Journal, JournalError};
use crate::room::ExerciseRoom;
use crate::room::faces::{Asker, FaceId, Retry};
use crate::room::recorded::{JournalPlace, RecordedExercise};
use crate::room::table::TableUse;

impl ExerciseRoom {
    /// Does what could not be recorded after all.
    pub(super) fn record(&mut self, face: FaceId, how: &Recording) {
        let Some(retry) = self.faces.take_retry(face) else {
            return self.faces.refuse(face, "Nothing waits to be recorded.");
        };
        if let Err(error) = self.redirect(how) {
            let face = Some(face);
            return self.faces.unrecorded(&Asker { face, retry }, &error);
        }
        match retry {
            Retry::Request(request) => self.answer(face, request),
            Retry::Default(wanted) => self.take_default(wanted),
        }
    }

    /// Says what became of the file of the journal, and what its disk does not guarantee, once.
    pub(super) fn tell_about_journal(&mut self) {
        let playing = self.playing();
        let journal = playing.and_then(|(exercise, _)| exercise.journal_mut());
        if let Some(what) = journal.and_then(Journal::take_notice) {
            self.faces.tell_people(&[Msg::Trouble(what)]);
        }
    }

    /// Has the exercise recorded elsewhere, or no longer.
    fn redirect(&mut self, how: &Recording) -> Result<(), JournalError> {
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        let recorded = table.recorded();
        let TableUse::Playing(playing) = &mut table.used else {
            return Ok(());
        };
        match (how, &mut table.exercise) {
            (Recording::Retry, _) => {}
            (Recording::In(folder), None) => {
                if let Some(recorder) = &mut self.settings.recorder {
                    recorder.place = JournalPlace::Folder(folder.into());
                }
            }
            (Recording::In(folder), Some(exercise)) => {
                if let Some(journal) = exercise.journal_mut() {
                    journal.move_to(Path::new(folder))?;
                }
            }
            (Recording::Off, None) => playing.unrecorded = true,
            (Recording::Off, Some(exercise)) => {
                exercise.record(None);
                playing.given_up = recorded.map(|recorded| RecordedExercise {
                    in_part: true,
                    ..recorded
                });
            }
        }
        Ok(())
    }
}
