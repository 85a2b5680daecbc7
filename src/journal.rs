//! An exercise on disk: nothing is shown that is not there first.
//!
//! A journal is a file of JSON objects, one on a line. The first is the head; then comes one line for each [`Entry`]:
//! moves, what was said and written during play, and marks where the exercise was stopped or has ended.
//!
//! | key | in | holds |
//! |---|---|---|
//! | `journal` | head | the version of the format: 1 |
//! | `seq` | all | the number of the line, from 0 |
//! | `prev` | all | the hash of the line before; of the head, 64 zeros |
//! | `program`, `begun` | head | the version that wrote it, and when (UTC) |
//! | `scenario`, `fingerprint` | head | the id of the scenario, and the [`fingerprint`] of its files |
//! | `path`, `single`, `files` | head | where the scenario was, whether it was one file, and the whole text of its files |
//! | `variant`, `cut`, `seed`, `rolls` | head | how the exercise began, and the name of the way rolls are made |
//! | `team`, `seats` | head | the team's name; for each seat its roles, by id, and who sits there. No seats: one seat holds every role |
//! | `take_back` | head | whether players may take back their own moves; absent means no |
//! | `minute` | all | minutes since STARTEX, after the line |
//! | `rolled` | head | the rolls, in order: `chance` by name, `outcome` counted from 1, `forced` if a `roll` line changed it |
//! | `at` | entry | when it was written, by the computer's clock (UTC) |
//! | `entry` | entry | what it says: one of [`EntryKind`], by name, as in `{"move":{"made":"wait"}}` or `"pause"` |
//! | `hash` | all | the last key: SHA-256, in lower-case hexadecimal, of the bytes of the line from its `{` up to, but not including, `,"hash":` |
//!
//! A line ends with `,"hash":"…"}` and a line feed, and has no other form. A last line without its line feed was being
//! written when the machine stopped: nobody has seen it, and it is cut off. A last line with a line feed whose hash does not
//! match is damaged, as a power cut can leave it: it is cut off as well, and kept beside the journal. Any other mistake is
//! refused.
//!
//! Mail, an editor or a checkout can change what stands between the lines: a byte order mark before the head, a carriage
//! return before a line feed, and blank lines are passed over.

mod disk;
mod entry;
mod error;
mod line;
mod lock;
mod notice;
mod read;
mod shelf;
mod tail;
mod write;

#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

pub use entry::{
    Entry, EntryKind, Forced, RecordedBallot, RecordedCountdown, RecordedInject, RecordedMove,
    RecordedNote, RecordedRoll, RecordedSeat, Reveal, Stopped, TakeBack,
};
pub use error::{Fault, JournalError, JournalLoss};
pub use read::{OpenedJournal, look, read};
pub use shelf::{
    ExerciseStatus, JournalSummary, Shelved, find, forget, in_play, list, name, unfinished,
};
pub use tail::Tail;
pub use write::Journal;

use crate::scenario::Minutes;
use crate::scenario::read::{FOLDER_MAX_BYTES, Folder};

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u64 = 1;

/// The ending of a journal's name.
pub const ENDING: &str = ".jsonl";

/// The longest line after the head, in bytes. A move with some hundred rolls takes a tenth of it.
pub const LINE_MAX_BYTES: usize = 1 << 20;

/// The most lines: nine votes, notes or pauses for each of as many moves as an exercise may have.
pub const LINES_MAX: usize = 200_000;

/// The largest journal, in bytes: a scenario as large as any, with room for every quote to be escaped, and as many lines
/// as there may be, at 670 bytes each. A line with nothing to say takes about 300.
pub const JOURNAL_MAX_BYTES: usize = 2 * FOLDER_MAX_BYTES + (128 << 20);

/// How an exercise began.
#[derive(Clone, Debug)]
pub struct Head {
    /// The version of the program that wrote it.
    pub program: String,
    /// When it began, as in `2022-08-02T20:00:00Z`. Nothing in the exercise depends on it.
    pub begun: String,
    /// The scenario's id.
    pub scenario: String,
    /// The scenario's whole text.
    pub folder: Folder,
    /// The variant, by name.
    pub variant: Option<String>,
    /// The cut, by name.
    pub cut: Option<String>,
    /// The seed of all rolls.
    pub seed: u64,
    /// The team's name; may be empty.
    pub team: String,
    /// Who sits where; if empty, one seat holds every role.
    pub seats: Vec<RecordedSeat>,
    /// Whether players may take back their own moves.
    pub take_back: bool,
    /// The minute after the first moment.
    pub minute: Minutes,
    /// The rolls in that moment.
    pub rolled: Vec<RecordedRoll>,
}

/// A whole journal.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// How the exercise began.
    pub head: Head,
    /// What followed.
    pub entries: Vec<Entry>,
}

impl Recorded {
    /// Minutes since STARTEX, after the last entry.
    #[must_use]
    pub fn minute(&self) -> Minutes {
        self.entries
            .last()
            .map_or(self.head.minute, |entry| entry.minute)
    }

    /// How many moves there are, without those that were taken back.
    #[must_use]
    pub fn moves(&self) -> usize {
        self.entries
            .iter()
            .fold(0, |moves, entry| match entry.what {
                EntryKind::Move(_) => moves + 1,
                EntryKind::TakeBack(back) => back.to,
                _ => moves,
            })
    }

    /// Whether ENDEX has come.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let is_note = |entry: &&Entry| matches!(entry.what, EntryKind::Note(_));
        let last = self.entries.iter().rev().find(|entry| !is_note(entry));
        last.is_some_and(|entry| entry.what == EntryKind::Ended)
    }

    /// Whether it was stopped and not resumed.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        let last = self.entries.last();
        last.is_some_and(|entry| matches!(entry.what, EntryKind::Stopped(_)))
    }
}

/// Identifies the text of a scenario: the SHA-256, in lower-case hexadecimal, of `sandtable scenario 1`, a
/// zero byte, and for each file in the order of the paths: the path in UTF-8, a zero byte, the number of its bytes (8
/// bytes, little end first), and its bytes.
#[must_use]
pub fn fingerprint(folder: &Folder) -> String {
    let mut hash = Sha256::new();
    hash.update(b"sandtable scenario 1\0");
    for (path, bytes) in &folder.files {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    line::hexadecimal(&hash.finalize())
}
