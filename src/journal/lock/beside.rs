//! The file that is locked.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::files;
use crate::journal::JournalError;

/// How often a file is opened if its last owner removes it at the same moment.
const ATTEMPTS: usize = 3;

/// The file, locked. It is removed when this is dropped.
#[derive(Debug)]
pub(super) struct LockFile {
    file: File,
    path: PathBuf,
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // Removed first: afterwards it may be somebody else's.
        if files::is_same(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
        // Closing the file is not enough: a process that is just starting may have a copy of the descriptor.
        let _ = self.file.unlock();
    }
}

impl LockFile {
    /// None if the disk knows no locks, or has no place for a file beside the journal.
    pub(super) fn take(journal: &Path) -> Result<Option<Self>, JournalError> {
        let failed = |error| JournalError::io("write", journal, error);
        let path = beside(journal);
        for attempt in 1..=ATTEMPTS {
            let file = match files::open_private(&path) {
                Ok(file) => file,
                Err(error) if has_no_place(&error) => return Ok(None),
                Err(error) => return Err(failed(error)),
            };
            let tried = file.try_lock();
            if matches!(tried, Err(TryLockError::WouldBlock)) {
                break;
            }
            let stays = files::is_same(&file, &path);
            let path = path.clone();
            let lock = Self { file, path };
            match tried {
                Err(TryLockError::Error(error)) if files::is_unsupported(&error) => {
                    return Ok(None);
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                // Numbers of files can change on network disks, so the last attempt counts in any case.
                _ if stays || attempt == ATTEMPTS => return Ok(Some(lock)),
                _ => {}
            }
        }
        Err(JournalError::Busy(journal.into()))
    }

    pub(super) fn is_of(&self, journal: &Path) -> bool {
        files::is_same(&self.file, &beside(journal))
    }
}

/// Whether a process is writing this journal.
pub(in crate::journal) fn is_taken(journal: &Path) -> bool {
    let opened = files::open_regular(&beside(journal), OpenOptions::new().read(true));
    let Ok(Some(file)) = opened else {
        return false;
    };
    let tried = file.try_lock_shared();
    let _ = file.unlock();
    matches!(tried, Err(TryLockError::WouldBlock))
}

/// The file that is locked for a journal: beside the journal itself, not beside a link to it.
fn beside(journal: &Path) -> PathBuf {
    let link = journal.is_symlink();
    let real = link.then(|| journal.canonicalize().ok()).flatten();
    let journal = real.as_deref().unwrap_or(journal);
    let mut name = OsString::from(".");
    name.push(journal.file_name().unwrap_or_default());
    name.push(".lock");
    journal.with_file_name(name)
}

/// Whether there is no place for a file beside the journal. What is in the journal can be continued all the same.
fn has_no_place(error: &io::Error) -> bool {
    use io::ErrorKind::{
        InvalidFilename, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    matches!(
        error.kind(),
        PermissionDenied | ReadOnlyFilesystem | StorageFull | QuotaExceeded | InvalidFilename
    )
}
