//! Scenarios on disk.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Found, LibraryError, PLAY_ENDING, PLAYS_FOLDER, play_name};
use crate::scenario::read::{
    FILE_MAX_BYTES, FILES_MAX, FOLDER_MAX_BYTES, Folder, PHASES_FOLDER, RECORD_FILE, SCENARIO_FILE,
};

/// Names looked at in one folder, wanted or not: enough for any scenario, and soon over.
const NAMES_MAX: usize = 10_000;

/// Finds the scenario that an existing path means.
pub(super) fn find(path: &Path) -> Result<Found, LibraryError> {
    let kind = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if kind.is_dir() {
        return folder(path, None);
    }
    if !kind.is_file() {
        return Err(LibraryError::NotRegular(path.into()));
    }
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    if name == SCENARIO_FILE {
        return folder(above(path), None);
    }
    match name.strip_suffix(PLAY_ENDING) {
        Some(play) => {
            let plays = above(path);
            // The path may be relative and short, so that the folder has no name to look at.
            let plays = fs::canonicalize(plays).map_err(|error| unreadable(plays, error))?;
            let is_plays = plays.file_name().is_some_and(|name| name == PLAYS_FOLDER);
            let scenario = scenario_above(path, &plays)
                .filter(|above| is_plays && above.join(SCENARIO_FILE).exists());
            folder(
                &scenario.ok_or_else(|| LibraryError::StrayPlay(path.into()))?,
                Some(play),
            )
        }
        // Whatever else it is called, whoever names one file means that it is a scenario.
        None => Ok(Found {
            folder: Folder::single(path.to_string_lossy(), bounded(path)?),
            plays: Vec::new(),
        }),
    }
}

/// The scenarios that an existing path means: those in the folders below it, where it is no scenario itself.
pub(super) fn find_all(path: &Path) -> Result<Vec<Found>, LibraryError> {
    if !path.is_dir() || path.join(SCENARIO_FILE).exists() {
        return find(path).map(|found| vec![found]);
    }
    let below = names_in(path)?.into_iter().map(|name| path.join(name));
    let scenarios: Vec<PathBuf> = below
        .filter(|below| below.join(SCENARIO_FILE).exists())
        .collect();
    if scenarios.is_empty() {
        return Err(LibraryError::NoScenario(path.into()));
    }
    scenarios.iter().map(|scenario| find(scenario)).collect()
}

/// The folder of a file; `.` where the path is only a name.
fn above(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The folder above the plays: as it was written where the path says enough, else in full.
fn scenario_above(play: &Path, plays: &Path) -> Option<PathBuf> {
    let written = play
        .parent()
        .filter(|parent| parent.file_name().is_some_and(|name| name == PLAYS_FOLDER));
    match written {
        Some(written) => Some(above(written).to_owned()),
        None => plays.parent().map(Path::to_owned),
    }
}

/// Reads what belongs to a scenario; of its plays only the named one, where one is named.
fn folder(path: &Path, play: Option<&str>) -> Result<Found, LibraryError> {
    let shown = path.to_string_lossy().into_owned();
    let mut found = Found {
        folder: Folder {
            path: shown,
            ..Folder::default()
        },
        plays: Vec::new(),
    };
    let mut wanted = vec![SCENARIO_FILE.to_owned(), RECORD_FILE.to_owned()];
    for below in [PHASES_FOLDER.trim_end_matches('/'), PLAYS_FOLDER] {
        wanted.extend(
            names_in(&path.join(below))?
                .iter()
                .map(|name| format!("{below}/{name}")),
        );
    }
    wanted.retain(|relative| match play_name(relative) {
        Some(name) => play.is_none_or(|play| play == name),
        None => Folder::wants(relative),
    });
    if wanted.len() > FILES_MAX {
        return Err(LibraryError::TooMuch(path.into()));
    }
    let mut bytes_read = 0;
    for relative in wanted {
        let file = path.join(&relative);
        // A link is not followed: only what lies in the folder belongs to the scenario.
        match fs::symlink_metadata(&file) {
            Ok(kind) if !kind.is_file() => return Err(LibraryError::NotRegular(file)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(unreadable(&file, error)),
        }
        let bytes = bounded(&file)?;
        bytes_read += bytes.len();
        if bytes_read > FOLDER_MAX_BYTES {
            return Err(LibraryError::TooMuch(path.into()));
        }
        found.add(&relative, bytes);
    }
    if !found.folder.files.contains_key(SCENARIO_FILE) {
        return Err(LibraryError::NoScenario(path.into()));
    }
    Ok(found)
}

/// The names in a folder, sorted; none where there is no such folder.
fn names_in(path: &Path) -> Result<Vec<String>, LibraryError> {
    match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_dir() => {}
        _ => return Ok(Vec::new()),
    }
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, error))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(path, error))?;
        names.extend(entry.file_name().into_string().ok());
        if names.len() > NAMES_MAX {
            return Err(LibraryError::TooMuch(path.into()));
        }
    }
    names.sort();
    Ok(names)
}

/// Reads a file that is not too large. Its size is asked first, and a file that grows meanwhile is cut off.
fn bounded(path: &Path) -> Result<Vec<u8>, LibraryError> {
    let too_large = || LibraryError::TooLarge {
        path: path.into(),
        bytes_max: FILE_MAX_BYTES,
    };
    let file = File::open(path).map_err(|error| unreadable(path, error))?;
    let size = file
        .metadata()
        .map_err(|error| unreadable(path, error))?
        .len();
    let most = FILE_MAX_BYTES as u64;
    if size > most {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(path, error))?;
    if bytes.len() > FILE_MAX_BYTES {
        Err(too_large())
    } else {
        Ok(bytes)
    }
}

fn unreadable(path: &Path, error: io::Error) -> LibraryError {
    LibraryError::Unreadable {
        path: path.into(),
        error,
    }
}
