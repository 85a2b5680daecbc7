//! Where exercises are recorded, and how a journal becomes an exercise again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::exercise::{Exercise, recall};
use crate::finding::Finding;
use crate::journal::{self, ENDING, Journal, JournalError, OpenedJournal, Recorded, Tail};
use crate::library;
use crate::program::{Program, ProgramSetup};
use crate::scenario::read::Folder;

/// Where a new journal is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalPlace {
    /// In this folder, under a name of its own.
    Folder(PathBuf),
    /// As this file, which must not exist yet.
    File(PathBuf),
}

/// Where and under which names a room records.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// Where.
    pub place: JournalPlace,
    /// Draws a number, for the letters of a name.
    pub number: fn() -> u64,
}

impl Recorder {
    /// Begins the journal of an exercise that is at STARTEX.
    pub(super) fn begin(
        &self,
        exercise: &Exercise,
        folder: &Folder,
        now: Timestamp,
    ) -> Result<Journal, JournalError> {
        let head = exercise.head(folder, now);
        let path = match &self.place {
            JournalPlace::File(path) => path.clone(),
            JournalPlace::Folder(folder) => {
                let date = now.strftime("%Y-%m-%d").to_string();
                let name = journal::name(&head.scenario, &date, (self.number)());
                folder.join(name + ENDING)
            }
        };
        Journal::create(&path, &head)
    }
}

/// An exercise that was recorded in this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedExercise {
    /// The journal.
    pub path: PathBuf,
    /// Whether ENDEX has come.
    pub ended: bool,
    /// Whether moves were made after recording was given up.
    pub in_part: bool,
}

/// A journal that was opened once more.
pub(super) struct ReopenedJournal {
    pub(super) program: Arc<Program>,
    pub(super) reading: OpenedJournal,
    /// To write on; none if the exercise is only shown.
    pub(super) journal: Option<Journal>,
}

/// Opens a journal and checks that everything in it comes out as it was recorded.
pub(super) fn reopen(path: &Path, replay: bool) -> Result<ReopenedJournal, String> {
    let (journal, reading) = if replay {
        (None, journal::look(path).map_err(|error| sentence(&error))?)
    } else {
        let (journal, reading) = Journal::open(path).map_err(|error| sentence(&error))?;
        (Some(journal), reading)
    };
    if !replay && reading.recorded.has_ended() {
        return Err("this exercise has ended. `sandtable replay` shows it again".to_owned());
    }
    let program = recall_journal(&reading.recorded)?.shared_program();
    Ok(ReopenedJournal {
        program,
        reading,
        journal,
    })
}

/// Opens a journal that another process may be writing.
pub(super) fn followed(path: &Path) -> Result<(Arc<Program>, Tail), String> {
    let tail = Tail::open(path).map_err(|error| sentence(&error))?;
    let program = recall_journal(tail.recorded())?.shared_program();
    Ok((program, tail))
}

/// What is wrong with a journal, and what to do about it.
pub(super) fn sentence(error: &JournalError) -> String {
    format!("{error}. {}", error.hint()).trim_end().to_owned()
}

/// The exercise of a journal as it last stood, in the scenario that the journal holds. It is not recorded any further.
///
/// # Errors
/// A phrase that says why it does not come out as it was recorded.
pub fn recall_journal(recorded: &Recorded) -> Result<Exercise, String> {
    let head = &recorded.head;
    let setup = ProgramSetup {
        variant: head.variant.clone(),
        cut: head.cut.clone(),
    };
    let older = format!(
        "It was written by sandtable {}; this is {}",
        head.program,
        env!("CARGO_PKG_VERSION")
    );
    let loaded = library::load(&head.folder, &setup).map_err(|rejected| {
        let first = rejected.findings.first();
        let first = first.map(|it: &Finding| it.short(&rejected.sources));
        format!(
            "the scenario in the journal cannot be read: {}. {older}",
            first.unwrap_or_default()
        )
    })?;
    recall(&loaded.program, recorded)
        .map_err(|why| format!("the exercise does not come out as it was recorded: {why} {older}"))
}
