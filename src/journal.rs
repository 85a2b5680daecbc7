//! An exercise on disk: nothing is shown that is not there first.
//!
//! A journal is a file of JSON objects, one on a line. The first is the head; then comes one line for each move, and
//! marks where the exercise was stopped or has ended.
//!
//! | key | in | holds |
//! |---|---|---|
//! | `journal` | head | the version of the format: 1 |
//! | `seq` | all | the number of the line, from 0 |
//! | `prev` | all | the hash of the line before; of the head, 64 zeros |
//! | `program`, `begun` | head | the version that wrote it, and when (UTC) |
//! | `scenario`, `fingerprint` | head | the scenario's id, and the [`fingerprint`] of its files |
//! | `path`, `single`, `files` | head | where the scenario lay, whether as one file, and the whole text of its files |
//! | `variant`, `cut`, `seed`, `rolls` | head | how the exercise began, and the name of the way rolls are made |
//! | `move` | move | the move, as a line of a play |
//! | `minute` | all | minutes since STARTEX, after the move |
//! | `rolled` | head, move | the rolls that fell, in order: `chance` by name, `outcome` counted from 1, `forced` where a line `roll` said so against luck |
//! | `mark` | mark | `stopped` (moves may follow) or `ended` (nothing follows) |
//! | `hash` | all | the last key: SHA-256, in lower-case hexadecimal, of the bytes of the line from its `{` up to, and not with, `,"hash":` |
//!
//! A line ends with `,"hash":"…"}` and a line feed, and has no other form. A last line without its line feed, or whose
//! hash does not fit, was being written when the machine stopped: it was never shown, and is cut. Anything else that does
//! not fit is refused.

mod disk;
mod error;
mod line;
mod read;
mod shelf;
mod write;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use error::{Fault, JournalError};
pub use read::{Reading, look, read};
pub use shelf::{Entry, Standing, Summary, find, forget, list, name};
pub use write::Journal;

use crate::scenario::Minutes;
use crate::scenario::read::{FOLDER_MAX_BYTES, Folder};

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u64 = 1;

/// The ending of a journal's name.
pub const ENDING: &str = ".jsonl";

/// The longest line but the head, in bytes. A move of some hundred rolls takes a tenth of it.
pub const LINE_MAX_BYTES: usize = 1 << 20;

/// The most lines. An exercise of a year with a move an hour has 8,760.
pub const LINES_MAX: usize = 100_000;

/// The largest journal, in bytes: a scenario as large as any, with room for every quote to be escaped, and the moves.
pub const JOURNAL_MAX_BYTES: usize = 2 * FOLDER_MAX_BYTES + (32 << 20);

/// What an exercise stands on.
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
    /// The minute after STARTEX's first moment.
    pub minute: Minutes,
    /// The rolls of that moment.
    pub rolled: Vec<Roll>,
}

/// One roll that fell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    /// The chance, by name.
    pub chance: String,
    /// The outcome's number, counted from 1.
    pub outcome: usize,
    /// Whether a line `roll` said so, against what luck would have given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forced: bool,
}

/// One move, and what luck did with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The move, as a line of a play.
    pub made: String,
    /// Minutes since STARTEX, after it.
    pub minute: Minutes,
    /// The rolls that fell, in order.
    pub rolled: Vec<Roll>,
}

/// What stands in a journal besides moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// The team stopped here. It may go on later.
    Stopped,
    /// ENDEX. Nothing follows.
    Ended,
}

/// A whole journal.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What the exercise stands on.
    pub head: Head,
    /// The moves.
    pub steps: Vec<Step>,
    /// What stands after the last move.
    pub mark: Option<Mark>,
}

impl Recorded {
    /// Minutes since STARTEX, after the last move.
    #[must_use]
    pub fn minute(&self) -> Minutes {
        self.steps
            .last()
            .map_or(self.head.minute, |step| step.minute)
    }
}

/// What tells one text of a scenario from another: the SHA-256, in lower-case hexadecimal, of `sandtable scenario 1`, a
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
