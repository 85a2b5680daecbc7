//! One journal, one writer.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use crate::files;

/// What came of an attempt to lock a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    /// It is ours until it is released.
    Ours,
    /// Another process has it.
    Taken,
    /// The disk knows no locks.
    Unknown,
}

/// How a journal is opened to be written.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}

/// Locks a file against other writers, but not against readers.
pub(super) fn take(file: &File) -> io::Result<Lock> {
    match file.try_lock() {
        Ok(()) => Ok(Lock::Ours),
        Err(TryLockError::WouldBlock) => Ok(Lock::Taken),
        Err(TryLockError::Error(error)) if files::is_unsupported(&error) => Ok(Lock::Unknown),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Gives the lock back. Closing the file is not enough: a process that is just starting may have a copy of the descriptor.
pub(super) fn release(file: &File) {
    let _ = file.unlock();
}

/// Whether a process is writing this journal.
pub(super) fn is_taken(path: &Path) -> bool {
    let Ok(Some(file)) = files::open_regular(path, OpenOptions::new().read(true)) else {
        return false;
    };
    let tried = file.try_lock_shared();
    release(&file);
    matches!(tried, Err(TryLockError::WouldBlock))
}
