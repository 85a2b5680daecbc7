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

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use embedded::embedded;
pub use error::LibraryError;
pub use load::{Loaded, Rejected, load};

use crate::scenario::read::Folder;

/// A scenario's texts, not read yet.
#[derive(Clone, Debug)]
pub struct ScenarioFiles {
    /// What it is read from.
    pub folder: Folder,
    /// Its plays by name; only the one that was named, where a play was.
    pub plays: Vec<PlayText>,
    /// The bytes of its stored values, whatever they are worth; none where there is no such file.
    pub values: Option<Vec<u8>>,
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

/// The file of a scenario's stored values. It is made from the others, and reading the scenario does not look at it.
pub const VALUES_FILE: &str = "values.bin";

/// The folder of a scenario's plays.
const PLAYS_FOLDER: &str = "plays";

/// The ending of a play's name.
const PLAY_ENDING: &str = ".play";

/// Finds a scenario by the name of an embedded one, or by the path of its folder, of one of its files
/// (`scenario.yaml`, `record.yaml`, a phase or a play), or of a single YAML file that is a whole scenario. A name without a slash that is no existing path means an embedded one.
pub fn find(name_or_path: &str) -> Result<ScenarioFiles, LibraryError> {
    let path = Path::new(name_or_path);
    if path.exists() {
        return disk::find(path);
    }
    if name_or_path.contains(std::path::is_separator) {
        return Err(LibraryError::NoSuchPath(path.into()));
    }
    embedded::find(name_or_path).ok_or_else(|| LibraryError::UnknownName(name_or_path.into()))
}

/// What [`find`] finds each of the scenarios by that a name or path means: of a folder that is none itself, all below it.
pub fn scenarios(name_or_path: &str) -> Result<Vec<String>, LibraryError> {
    let path = Path::new(name_or_path);
    if !path.exists() {
        return Ok(vec![name_or_path.to_owned()]);
    }
    let scenarios = disk::scenarios(path)?.into_iter();
    // They were names in a text, or read as such.
    let names = scenarios.map(|path| path.to_string_lossy().into_owned());
    Ok(names.collect())
}

/// As [`find`], for each of the [`scenarios`].
pub fn find_all(name_or_path: &str) -> Result<Vec<ScenarioFiles>, LibraryError> {
    let names = scenarios(name_or_path)?;
    names.iter().map(|name| find(name)).collect()
}

/// A scenario from a stream that holds one file, under a name for findings.
///
/// # Errors
/// More bytes than a file may have, or what reading gives.
pub fn single(name: &str, input: impl std::io::Read) -> Result<ScenarioFiles, LibraryError> {
    Ok(ScenarioFiles {
        folder: Folder::single(name, disk::bounded_from(Path::new(name), input)?),
        plays: Vec::new(),
        values: None,
    })
}

/// Whether a name means something on disk, and not a scenario in the binary.
#[must_use]
pub fn is_on_disk(name_or_path: &str) -> bool {
    Path::new(name_or_path).exists()
}

/// What can be seen of a file from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileStamp {
    written: Option<SystemTime>,
    bytes: u64,
    /// Which file it is: an editor may put another one in its place.
    number: u64,
}

/// The files that some paths mean, as they looked last. Looking opens none of them.
#[derive(Clone, Debug)]
pub struct WatchedFiles {
    paths: Vec<String>,
    looks: BTreeMap<PathBuf, FileStamp>,
}

impl WatchedFiles {
    /// As they look now.
    #[must_use]
    pub fn new(paths: Vec<String>) -> Self {
        let mut watched = Self {
            paths,
            looks: BTreeMap::new(),
        };
        watched.looks = watched.look();
        watched
    }

    /// The files that were written, came or went since the last time; none where all is as it was.
    pub fn changed(&mut self) -> Vec<PathBuf> {
        let looks = self.look();
        let before = std::mem::replace(&mut self.looks, looks);
        let both = before.keys().chain(self.looks.keys());
        let both: BTreeSet<&PathBuf> = both.collect();
        let differs = |path: &&PathBuf| before.get(*path) != self.looks.get(*path);
        both.into_iter().filter(differs).cloned().collect()
    }

    fn look(&self) -> BTreeMap<PathBuf, FileStamp> {
        let looks = self.paths.iter();
        // What cannot be looked at is told by whoever reads it.
        let looks = looks.filter_map(|path| disk::look(Path::new(path)).ok());
        looks.flatten().collect()
    }
}

/// The name of a play in `plays/`, from its path within the scenario's folder.
fn play_name(relative: &str) -> Option<&str> {
    let file = relative.strip_prefix(PLAYS_FOLDER)?.strip_prefix('/')?;
    file.strip_suffix(PLAY_ENDING)
        .filter(|name| !name.is_empty() && !name.contains('/'))
}

impl ScenarioFiles {
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
        } else if relative == VALUES_FILE {
            self.values = Some(bytes);
        } else if Folder::wants(relative) {
            self.folder.files.insert(relative.to_owned(), bytes);
        }
    }
}
