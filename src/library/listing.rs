//! The names in a folder.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::LibraryError;

/// The most names looked at in one folder: enough for any scenario, and quickly done.
const NAMES_MAX: usize = 10_000;

/// The sorted names in a folder; empty if there is no such folder.
pub(super) fn names_in(path: &Path) -> Result<Vec<OsString>, LibraryError> {
    match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_dir() => {}
        Ok(_) => return Ok(Vec::new()),
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(path, error)),
    }
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, error))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(path, error))?;
        names.push(entry.file_name());
        if names.len() > NAMES_MAX {
            return Err(LibraryError::TooMuch(path.into()));
        }
    }
    names.sort();
    Ok(names)
}

/// Whether an error only says that there is no such file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The error for something that the system could not read.
pub(super) fn unreadable(path: &Path, error: io::Error) -> LibraryError {
    LibraryError::Unreadable {
        path: path.into(),
        error,
    }
}
