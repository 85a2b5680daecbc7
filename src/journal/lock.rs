//! One journal, one writer.

#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
use std::fs::TryLockError;
use std::fs::{File, OpenOptions};
use std::io;
#[cfg(not(windows))]
use std::path::Path;

#[cfg(not(windows))]
use crate::files;

#[cfg(windows)]
pub(super) use windows::is_taken;

/// What came of an attempt to lock a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    windows,
    allow(dead_code, reason = "there a file that is open is ours")
)]
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

/// A file that was opened with these options is ours.
#[cfg(windows)]
#[allow(clippy::unnecessary_wraps, reason = "the same shape on every system")]
pub(super) fn take(_: &File) -> io::Result<Lock> {
    Ok(Lock::Ours)
}

/// Locks a file against other writers, but not against readers.
#[cfg(not(windows))]
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
#[cfg(not(windows))]
pub(super) fn is_taken(path: &Path) -> bool {
    let Ok(Some(file)) = files::open_regular(path, OpenOptions::new().read(true)) else {
        return false;
    };
    let tried = file.try_lock_shared();
    release(&file);
    matches!(tried, Err(TryLockError::WouldBlock))
}
