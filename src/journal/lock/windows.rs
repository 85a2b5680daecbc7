//! The lock on Windows: the writer opens the journal so that others may read it, but neither write, rename nor remove it.

use std::fs::OpenOptions;
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::journal::JournalError;

/// `FILE_SHARE_READ`: meanwhile others may open the file to read it.
const OTHERS_READ: u32 = 1;

/// `ERROR_SHARING_VIOLATION`: somebody has the file open and does not share it.
const NOT_SHARED: i32 = 32;

/// The open journal keeps others out, so there is nothing more to hold.
#[derive(Debug)]
pub(super) struct OpenForReaders;

#[allow(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the same shape on every system"
)]
impl OpenForReaders {
    pub(super) fn take(_: &Path) -> Result<Option<Self>, JournalError> {
        Ok(Some(Self))
    }

    pub(super) fn is_of(&self, _: &Path) -> bool {
        true
    }
}

/// While a file is open with these options, others can only read it.
pub(super) fn keep_from_others(options: &mut OpenOptions) {
    options.share_mode(OTHERS_READ);
}

/// Whether a file could not be opened because another process writes it.
pub(super) fn is_kept(error: &io::Error) -> bool {
    error.raw_os_error() == Some(NOT_SHARED)
}

/// Whether a process is writing this journal.
pub(in crate::journal) fn is_taken(journal: &Path) -> bool {
    // Opening to write changes nothing yet, and is refused if the writer does not share that.
    let opened = OpenOptions::new().write(true).open(journal);
    opened.is_err_and(|error| is_kept(&error))
}
