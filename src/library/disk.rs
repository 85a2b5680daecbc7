//! Scenarios on disk.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::leftover::{leftovers, misnamed_scenario};
use super::listing::{names_in, unreadable};
use super::search::search;
use super::{
    FileStamp, LibraryError, PLAY_ENDING, PLAYS_FOLDER, ScenarioFiles, VALUES_FILE, play_name,
};
use crate::files;
use crate::scenario::read::{
    FILE_MAX_BYTES, FILES_MAX, FOLDER_MAX_BYTES, Folder, PHASES_FOLDER, RECORD_FILE, SCENARIO_FILE,
};

/// The most bytes of stored values, as `values::VALUES_MAX_BYTES` allows.
const VALUES_MAX_BYTES: u64 = 8 << 20;

/// The endings of YAML files.
const YAML_ENDINGS: [&str; 2] = ["yaml", "yml"];

/// Finds the scenario that an existing path means.
pub(super) fn find(path: &Path) -> Result<ScenarioFiles, LibraryError> {
    let kind = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if kind.is_dir() {
        return folder(path, None);
    }
    if !kind.is_file() {
        return Err(LibraryError::NotRegular(path.into()));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default();
    if name == SCENARIO_FILE {
        return folder(above(path), None);
    }
    match name.strip_suffix(PLAY_ENDING) {
        Some(play) => {
            let plays = above(path);
            // The path may be relative and too short to name its folder.
            let plays = whole_path(plays).map_err(|error| unreadable(plays, error))?;
            let is_plays = plays.file_name().is_some_and(|name| name == PLAYS_FOLDER);
            let scenario = scenario_above(path, &plays)
                .filter(|above| is_plays && above.join(SCENARIO_FILE).exists());
            folder(
                &scenario.ok_or_else(|| LibraryError::StrayPlay(path.into()))?,
                Some(play),
            )
        }
        None if let Some(scenario) = scenario_of(path, name) => folder(&scenario, None),
        None if !is_yaml(path) => Err(LibraryError::NotYaml(path.into())),
        // Any other YAML file that somebody names is meant as a scenario.
        None => Ok(ScenarioFiles::new(Folder::single(
            path.to_string_lossy(),
            bounded(path)?,
        ))),
    }
}

/// Whether a file is YAML by its ending. Schemas, notes and stored values are skipped, not reported as bad scenarios.
fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| YAML_ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The folder of the scenario that a record or a phase's file belongs to, if it belongs to one.
fn scenario_of(path: &Path, name: &str) -> Option<PathBuf> {
    let beside = above(path);
    let folder = if name == RECORD_FILE {
        beside
    } else if beside.ends_with(PHASES_FOLDER) && Folder::wants(&format!("{PHASES_FOLDER}{name}")) {
        above(beside)
    } else {
        return None;
    };
    folder
        .join(SCENARIO_FILE)
        .exists()
        .then(|| folder.to_owned())
}

/// The stamps of the files that an existing path means.
pub(super) fn look(path: &Path) -> Result<BTreeMap<PathBuf, FileStamp>, LibraryError> {
    let name = path.file_name().and_then(|name| name.to_str());
    let mut folders = Vec::new();
    if path.is_dir() {
        // Its `scenario.yaml` may be gone for a moment.
        folders.push(path.to_owned());
        if !path.join(SCENARIO_FILE).exists() {
            folders.extend(search(path)?.found);
        }
    } else if name == Some(SCENARIO_FILE) {
        folders.push(above(path).to_owned());
    } else if above(path).ends_with(PLAYS_FOLDER) {
        folders.push(above(above(path)).to_owned());
    } else {
        folders.extend(scenario_of(path, name.unwrap_or_default()));
    }
    let mut files = vec![path.to_owned()];
    for folder in folders {
        let names = contents(&folder)?.files;
        files.extend(names.into_iter().map(|name| folder.join(name)));
    }
    let stamp = |file: PathBuf| FileStamp::read(&file).map(|stamp| (file, stamp));
    Ok(files.into_iter().filter_map(stamp).collect())
}

impl FileStamp {
    /// The stamp of a path, if it is a file.
    fn read(path: &Path) -> Option<Self> {
        let seen = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&seen);
        #[cfg(not(unix))]
        let number = 0;
        Some(Self {
            written: seen.modified().ok(),
            bytes: seen.len(),
            number,
        })
    }
}

/// A path from the root.
fn whole_path(path: &Path) -> io::Result<PathBuf> {
    if cfg!(windows) {
        // The canonical path begins with `\\?\`, which nobody wants to read.
        std::path::absolute(path)
    } else {
        fs::canonicalize(path)
    }
}

/// The folder of a file; `.` if the path is only a name.
fn above(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The folder above the plays: as it was written if the path names it, else in full.
fn scenario_above(play: &Path, plays: &Path) -> Option<PathBuf> {
    let written = play
        .parent()
        .filter(|parent| parent.file_name().is_some_and(|name| name == PLAYS_FOLDER));
    match written {
        Some(written) => Some(above(written).to_owned()),
        None => plays.parent().map(Path::to_owned),
    }
}

/// Reads the files of a scenario. If a play is named, only that one of its plays.
fn folder(path: &Path, play: Option<&str>) -> Result<ScenarioFiles, LibraryError> {
    let mut found = ScenarioFiles::new(Folder {
        path: path.to_string_lossy().into_owned(),
        ..Folder::default()
    });
    let Contents {
        files: mut wanted,
        names,
        unread,
    } = contents(path)?;
    found.unread.extend(unread);
    if play.is_none() {
        found.leftovers = leftovers(path, &names);
    }
    wanted.retain(|relative| match play_name(relative) {
        Some(name) => play.is_none_or(|play| play == name),
        None => Folder::wants(relative) || relative == VALUES_FILE,
    });
    if wanted.len() > FILES_MAX {
        return Err(LibraryError::TooMuch(path.into()));
    }
    let mut bytes_read = 0;
    for relative in wanted {
        let file = path.join(&relative);
        // Links are not followed: only files inside the folder belong to the scenario.
        match fs::symlink_metadata(&file) {
            Ok(kind) if !kind.is_file() => return Err(LibraryError::NotRegular(file)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(unreadable(&file, error)),
        }
        if relative == VALUES_FILE {
            // Not part of the scenario's text, so it does not count towards the limit.
            found.add(&relative, stored(&file)?);
            continue;
        }
        let bytes = match bounded(&file) {
            // A play that was named is wanted.
            Err(error @ LibraryError::Unreadable { .. })
                if play.is_none() && play_name(&relative).is_some() =>
            {
                found.unread.push(error);
                continue;
            }
            bytes => bytes?,
        };
        bytes_read += bytes.len();
        if bytes_read > FOLDER_MAX_BYTES {
            return Err(LibraryError::TooMuch(path.into()));
        }
        found.add(&relative, bytes);
    }
    if !found.folder.files.contains_key(SCENARIO_FILE) {
        let misnamed = misnamed_scenario(path, &names);
        return Err(misnamed.unwrap_or_else(|| LibraryError::NoScenario(path.into())));
    }
    Ok(found)
}

/// What lies in a scenario's folder.
struct Contents {
    /// The relative paths that may belong to the scenario.
    files: Vec<String>,
    /// Every name in the folder itself.
    names: Vec<OsString>,
    /// Why the plays cannot be listed, if so.
    unread: Option<LibraryError>,
}

fn contents(path: &Path) -> Result<Contents, LibraryError> {
    let mut files = [SCENARIO_FILE, RECORD_FILE, VALUES_FILE]
        .map(str::to_owned)
        .to_vec();
    let mut unread = None;
    for below in [PHASES_FOLDER.trim_end_matches('/'), PLAYS_FOLDER] {
        let inside = match names_in(&path.join(below)) {
            Err(error @ LibraryError::Unreadable { .. }) if below == PLAYS_FOLDER => {
                unread = Some(error);
                continue;
            }
            inside => inside?,
        };
        let inside = inside.iter().filter_map(|name| name.to_str());
        files.extend(inside.map(|name| format!("{below}/{name}")));
    }
    // A folder whose names cannot be listed may still have files that can be read.
    let names = names_in(&path.join("")).unwrap_or_default();
    Ok(Contents {
        files,
        names,
        unread,
    })
}

/// Reads stored values. One byte beyond the limit is enough to show that they are too large.
fn stored(path: &Path) -> Result<Vec<u8>, LibraryError> {
    let file = opened(path)?;
    let mut bytes = Vec::new();
    let read = file.take(VALUES_MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, error))?;
    Ok(bytes)
}

/// Reads a file within the limit. Its size is checked first, and a file that grows meanwhile is cut off.
fn bounded(path: &Path) -> Result<Vec<u8>, LibraryError> {
    let file = opened(path)?;
    let kind = file.metadata().map_err(|error| unreadable(path, error))?;
    if kind.len() > FILE_MAX_BYTES as u64 {
        return Err(too_large(path));
    }
    bounded_from(path, file)
}

/// Opens a file, but nothing that a reader could wait for.
fn opened(path: &Path) -> Result<File, LibraryError> {
    let opened = files::open_regular(path, OpenOptions::new().read(true));
    let opened = opened.map_err(|error| unreadable(path, error))?;
    opened.ok_or_else(|| LibraryError::NotRegular(path.into()))
}

/// Reads a stream within the limit.
pub(super) fn bounded_from(path: &Path, input: impl Read) -> Result<Vec<u8>, LibraryError> {
    let mut bytes = Vec::new();
    let read = input
        .take(FILE_MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, error))?;
    if bytes.len() > FILE_MAX_BYTES {
        return Err(too_large(path));
    }
    Ok(bytes)
}

fn too_large(path: &Path) -> LibraryError {
    LibraryError::TooLarge {
        path: path.into(),
        bytes_max: FILE_MAX_BYTES,
    }
}
