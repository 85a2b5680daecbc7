//! One journal, one writer.
//!
//! The lock is on an empty file beside the journal, `.a.jsonl.lock` for `a.jsonl`, because on some disks, such as a share of
//! Windows, a lock stops readers too: then nobody could follow the exercise.

#[cfg(not(windows))]
mod beside;
#[cfg(windows)]
mod windows;

use std::fs::OpenOptions;
use std::io;
use std::path::Path;

use crate::journal::JournalError;

#[cfg(not(windows))]
use beside::LockFile as Held;
#[cfg(windows)]
use windows::OpenForReaders as Held;

#[cfg(not(windows))]
pub(super) use beside::is_taken;
#[cfg(windows)]
pub(super) use windows::is_taken;

/// While this is held, no other process can write the journal. Without anything to hold, the disk knows no locks.
#[derive(Debug)]
pub(super) struct JournalLock(Option<Held>);

impl JournalLock {
    /// Locks a journal against other writers, but not against readers.
    pub(super) fn take(journal: &Path) -> Result<Self, JournalError> {
        Held::take(journal).map(Self)
    }

    /// Whether it is the lock of this journal.
    pub(super) fn is_of(&self, journal: &Path) -> bool {
        self.0.as_ref().is_some_and(|it| it.is_of(journal))
    }

    /// Whether the disk keeps other writers out.
    pub(super) fn is_known(&self) -> bool {
        self.0.is_some()
    }
}

/// How a journal is opened to be written.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(windows)]
    windows::keep_from_others(&mut options);
    options
}

/// Whether a file could not even be opened with these options, because another process writes it.
pub(super) fn is_refused(error: &io::Error) -> bool {
    #[cfg(windows)]
    return windows::is_kept(error);
    #[cfg(not(windows))]
    {
        let _ = error;
        false
    }
}
