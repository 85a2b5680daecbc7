//! The file of a journal: readable only by its owner, locked by one process, written in one call and synced.

use std::fmt;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::journal::JournalError;

/// What a journal is written to. Tests use one that fills up.
pub(super) trait Medium: fmt::Debug + Send + Sync {
    /// Writes at the end, which is at this byte, in one call, and returns once it is on the disk.
    fn append(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts off everything after this byte.
    fn cut(&mut self, at: u64) -> io::Result<()>;
}

/// A file that no other process can write until this is dropped.
#[derive(Debug)]
pub(super) struct LockedFile(pub(super) File);

impl Drop for LockedFile {
    fn drop(&mut self) {
        // Closing is not enough: a process that is just starting may have a copy of the descriptor.
        let _ = self.0.unlock();
    }
}

impl Medium for LockedFile {
    fn append(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(at))?;
        let written = self.0.write(bytes)?;
        if written < bytes.len() {
            let what = format!("only {written} of {} bytes could be written", bytes.len());
            return Err(io::Error::new(io::ErrorKind::StorageFull, what));
        }
        self.0.sync_data()
    }

    fn cut(&mut self, at: u64) -> io::Result<()> {
        self.0.set_len(at)
    }
}

/// Creates a file that did not exist, and the folders above it. Only its owner may read it.
pub(super) fn create(path: &Path) -> Result<LockedFile, JournalError> {
    let folder = parent(path);
    if !folder.is_dir() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .recursive(true)
            .create(folder)
            .map_err(|error| JournalError::io("create", folder, error))?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => JournalError::Exists(path.into()),
        _ => JournalError::io("create", path, error),
    })?;
    lock(file, path)
}

/// Opens a file to read and write it.
pub(super) fn open(path: &Path) -> Result<LockedFile, JournalError> {
    // Checked before opening: a pipe would wait for its other end.
    let kind = path
        .metadata()
        .map_err(|error| JournalError::io("read", path, error))?;
    if !kind.is_file() {
        return Err(JournalError::NotRegular(path.into()));
    }
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .map_err(|error| JournalError::io("write", path, error))?;
    lock(file, path)
}

fn lock(file: File, path: &Path) -> Result<LockedFile, JournalError> {
    match file.try_lock() {
        Ok(()) => Ok(LockedFile(file)),
        Err(TryLockError::WouldBlock) => Err(JournalError::Busy(path.into())),
        // A disk without locks can still be written to.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            Ok(LockedFile(file))
        }
        Err(TryLockError::Error(error)) => Err(JournalError::io("write", path, error)),
    }
}

/// Puts the name of a new file on the disk too.
pub(super) fn sync_folder(path: &Path) -> Result<(), JournalError> {
    let folder = parent(path);
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| JournalError::io("write", folder, error))?;
    }
    Ok(())
}

fn parent(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
