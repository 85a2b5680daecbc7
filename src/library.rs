//! The scenarios in the binary and on disk, and what makes a program of one.
//!
//! This is one of the few modules that touch the disk. They read only the files that belong to a scenario, only
//! regular ones, and none that is larger than reading allows.

mod disk;
mod embedded;
mod error;
mod load;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use embedded::embedded;
pub use error::LibraryError;
pub use load::{Loaded, Rejected, load};

use crate::scenario::read::Folder;

/// A scenario's texts, not read yet.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is read from.
    pub folder: Folder,
    /// Its plays by name; only the one that was named, where a play was.
    pub plays: Vec<PlayText>,
}

/// The text of a play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayText {
    /// Its name: that of the file without the ending.
    pub name: String,
    /// Where it lies, as the reader of a finding should see it.
    pub path: String,
    /// What it says. Bytes that are no UTF-8 have become U+FFFD.
    pub text: String,
}

/// The folder of a scenario's plays.
const PLAYS_FOLDER: &str = "plays";

/// The ending of a play's name.
const PLAY_ENDING: &str = ".play";

/// Finds a scenario by the name of an embedded one, or by the path of its folder, of its `scenario.yaml`, of a
/// single YAML file, or of one of its plays. A name without a slash that is no existing path means an embedded one.
pub fn find(name_or_path: &str) -> Result<Found, LibraryError> {
    let path = Path::new(name_or_path);
    if path.exists() {
        return disk::find(path);
    }
    if name_or_path.contains(std::path::is_separator) {
        return Err(LibraryError::NoSuchPath(path.into()));
    }
    embedded::find(name_or_path).ok_or_else(|| LibraryError::UnknownName(name_or_path.into()))
}

/// As [`find`], but a folder of scenarios means all of them.
pub fn find_all(name_or_path: &str) -> Result<Vec<Found>, LibraryError> {
    let path = Path::new(name_or_path);
    if path.exists() {
        return disk::find_all(path);
    }
    find(name_or_path).map(|found| vec![found])
}

/// The name of a play in `plays/`, from its path within the scenario's folder.
fn play_name(relative: &str) -> Option<&str> {
    let file = relative.strip_prefix(PLAYS_FOLDER)?.strip_prefix('/')?;
    file.strip_suffix(PLAY_ENDING)
        .filter(|name| !name.is_empty() && !name.contains('/'))
}

impl Found {
    /// Takes a file of the folder, if it belongs to the scenario.
    fn add(&mut self, relative: &str, bytes: Vec<u8>) {
        if let Some(name) = play_name(relative) {
            let text = String::from_utf8(bytes);
            self.plays.push(PlayText {
                name: name.to_owned(),
                path: format!("{}/{relative}", self.folder.path.trim_end_matches('/')),
                text: text
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
            });
        } else if Folder::wants(relative) {
            self.folder.files.insert(relative.to_owned(), bytes);
        }
    }
}
