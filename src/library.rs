//! The scenarios in the binary and on disk, and the short way from one to its program.
//!
//! This is one of the few modules that touch the disk. It reads only the files that belong to a scenario, only regular
//! ones, and none that is larger than the format allows.

mod disk;
mod embedded;
mod error;
mod leftover;
mod listing;
mod load;
mod search;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use embedded::embedded;
pub use error::LibraryError;
pub use leftover::Leftover;
pub use load::{Loaded, OpenedScenario, ReadScenario, Rejected, load, open};

use crate::scenario::read::Folder;

/// The files of a scenario, before they are read.
#[derive(Debug)]
pub struct ScenarioFiles {
    /// The YAML files.
    pub folder: Folder,
    /// Its plays by name. If a play was named, only that one.
    pub plays: Vec<PlayText>,
    /// The bytes of its stored values, not checked yet, if there is such a file.
    pub values: Option<Vec<u8>>,
    /// What lies in its folders as if it belonged to it, but is not read.
    pub leftovers: Vec<Leftover>,
    /// Plays that could not be read, or their folder. The scenario is whole without them.
    pub unread: Vec<LibraryError>,
}

/// The text of a play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayText {
    /// The file's name without its ending.
    pub name: String,
    /// The path, as findings show it.
    pub path: String,
    /// What it says. Bytes that are not UTF-8 have become U+FFFD.
    pub text: String,
}

/// The file of a scenario's stored values. It is computed from the other files, and reading the scenario ignores it.
pub const VALUES_FILE: &str = "values.bin";

/// The folder of a scenario's plays.
const PLAYS_FOLDER: &str = "plays";

/// The ending of a play's name.
const PLAY_ENDING: &str = ".play";

/// Finds a scenario by the name of an embedded one, or by the path of its folder, of one of its files (`scenario.yaml`,
/// `record.yaml`, a phase or a play), or of a single YAML file that is a whole scenario. A name without a slash that is
/// not an existing path means an embedded one.
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

/// The scenarios that a name or path means.
#[derive(Debug, Default)]
pub struct ScenarioList {
    /// Their names or paths, for [`find`].
    pub names: Vec<String>,
    /// Folders that could not be looked at, so there may be more scenarios in them; or that there is none.
    pub troubles: Vec<LibraryError>,
    /// What was passed over although somebody may take it for a scenario.
    pub skipped: Vec<LibraryError>,
}

/// All scenarios that a name or path means. A folder that is not a scenario itself means all scenarios below it.
pub fn scenarios(name_or_path: &str) -> Result<ScenarioList, LibraryError> {
    let path = Path::new(name_or_path);
    if path.exists() {
        return search::scenarios(path);
    }
    Ok(ScenarioList {
        names: vec![name_or_path.to_owned()],
        ..ScenarioList::default()
    })
}

/// Reads a scenario of one file from a stream. Findings show it under `name`.
///
/// # Errors
/// The stream has more bytes than a file may have, or cannot be read.
pub fn single(name: &str, input: impl std::io::Read) -> Result<ScenarioFiles, LibraryError> {
    let bytes = disk::bounded_from(Path::new(name), input)?;
    Ok(ScenarioFiles::new(Folder::single(name, bytes)))
}

/// Whether a name means something on disk rather than a scenario in the binary.
#[must_use]
pub fn is_on_disk(name_or_path: &str) -> bool {
    Path::new(name_or_path).exists()
}

/// What can be seen of a file without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileStamp {
    written: Option<SystemTime>,
    bytes: u64,
    /// The inode: an editor may put another file in its place.
    number: u64,
}

/// The files that some paths mean, as they last looked. Looking does not open them.
#[derive(Clone, Debug)]
pub struct WatchedFiles {
    paths: Vec<String>,
    stamps: BTreeMap<PathBuf, FileStamp>,
}

impl WatchedFiles {
    /// Starts from how the files look now.
    #[must_use]
    pub fn new(paths: Vec<String>) -> Self {
        let mut watched = Self {
            paths,
            stamps: BTreeMap::new(),
        };
        watched.stamps = watched.look();
        watched
    }

    /// The files that were written, added or removed since the last look.
    pub fn changed(&mut self) -> Vec<PathBuf> {
        let stamps = self.look();
        let before = std::mem::replace(&mut self.stamps, stamps);
        let both = before.keys().chain(self.stamps.keys());
        let both: BTreeSet<&PathBuf> = both.collect();
        let differs = |path: &&PathBuf| before.get(*path) != self.stamps.get(*path);
        both.into_iter().filter(differs).cloned().collect()
    }

    fn look(&self) -> BTreeMap<PathBuf, FileStamp> {
        // A path that cannot be looked at is reported when it is read.
        let looks = self.paths.iter().map(Path::new).map(disk::look);
        looks.filter_map(Result::ok).flatten().collect()
    }
}

/// The name of a play, from its path within the scenario's folder.
#[must_use]
pub fn play_name(relative: &str) -> Option<&str> {
    let file = relative.strip_prefix(PLAYS_FOLDER)?.strip_prefix('/')?;
    file.strip_suffix(PLAY_ENDING)
        .filter(|name| !name.is_empty() && !name.contains('/'))
}

impl ScenarioFiles {
    /// A scenario without plays and stored values.
    #[must_use]
    pub fn new(folder: Folder) -> Self {
        Self {
            folder,
            plays: Vec::new(),
            values: None,
            leftovers: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// The names of its plays.
    #[must_use]
    pub fn play_names(&self) -> Vec<&str> {
        self.plays.iter().map(|play| play.name.as_str()).collect()
    }

    /// Adds a file of the folder, if it belongs to the scenario.
    pub fn add(&mut self, relative: &str, bytes: Vec<u8>) {
        if let Some(name) = play_name(relative) {
            self.plays.push(PlayText {
                name: name.to_owned(),
                path: format!(
                    "{}/{relative}",
                    self.folder.path.trim_end_matches(std::path::is_separator)
                ),
                text: String::from_utf8_lossy(&bytes).into_owned(),
            });
        } else if relative == VALUES_FILE {
            self.values = Some(bytes);
        } else if Folder::wants(relative) {
            self.folder.files.insert(relative.to_owned(), bytes);
        }
    }
}
