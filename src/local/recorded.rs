//! Where exercises are recorded, and how one is taken up again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::Move;
use crate::engine::luck::Keyed;
use crate::exercise::{Exercise, recall};
use crate::finding::Finding;
use crate::journal::{self, ENDING, Journal, JournalError, Mark, Reading};
use crate::library;
use crate::program::{Program, Setup};
use crate::scenario::read::Folder;

/// Where a new journal is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this folder, under a name of its own.
    Folder(PathBuf),
    /// As this file, which must not be there yet.
    File(PathBuf),
}

/// What the room needs to record: a place, and what it cannot know by itself.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// Where.
    pub place: Place,
    /// What time it is, in UTC, as in `2022-08-02T20:00:00Z`.
    pub instant: fn() -> String,
    /// A number that nobody chose, for the letters of a name.
    pub number: fn() -> u64,
}

impl Recorder {
    /// Begins the journal of an exercise before its first move.
    pub(super) fn begin(
        &self,
        exercise: &Exercise,
        folder: &Folder,
    ) -> Result<Journal, JournalError> {
        let begun = (self.instant)();
        let head = exercise.head(folder, begun.clone());
        let path = match &self.place {
            Place::File(path) => path.clone(),
            Place::Folder(folder) => {
                let date = begun.split('T').next().unwrap_or_default();
                let name = journal::name(&head.scenario, date, (self.number)());
                folder.join(name + ENDING)
            }
        };
        Journal::create(&path, &head)
    }
}

/// An exercise that was recorded in this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The journal.
    pub path: PathBuf,
    /// Whether ENDEX has come.
    pub ended: bool,
    /// Whether moves were made after recording was given up.
    pub in_part: bool,
}

/// What a journal gives back.
pub(super) struct Reopened {
    pub(super) program: Arc<Program>,
    pub(super) reading: Reading,
    pub(super) moves: Vec<Move>,
    /// The luck of STARTEX under which the moves come out as they did.
    pub(super) luck: Keyed,
    /// To go on with it; none where it is only shown.
    pub(super) journal: Option<Journal>,
}

/// Opens a journal and makes its moves again, in the scenario that it holds.
pub(super) fn reopen(path: &Path, replay: bool) -> Result<Reopened, String> {
    let said = |error: JournalError| format!("{error}. {}", error.hint()).trim_end().to_owned();
    let (journal, reading) = if replay {
        (None, journal::look(path).map_err(said)?)
    } else {
        let (journal, reading) = Journal::open(path).map_err(said)?;
        (Some(journal), reading)
    };
    let head = &reading.recorded.head;
    if !replay && reading.recorded.mark == Some(Mark::Ended) {
        return Err("this exercise has ended. `sandtable replay` shows it again".to_owned());
    }
    let setup = Setup {
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
    let (moves, luck) = recall(&loaded.program, &reading.recorded).map_err(|why| {
        format!("the exercise does not come out as it was recorded: {why} {older}")
    })?;
    Ok(Reopened {
        program: loaded.program,
        moves,
        luck,
        reading,
        journal,
    })
}
