//! The folder of journals, and their names.

use std::fs;
use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::SystemTime;

use crate::journal::lock::{self, JournalLock};
use crate::journal::read::skim;
use crate::journal::{ENDING, Fault, JournalError};
use crate::scenario::Minutes;

/// The most journals read to find unfinished ones: the start screen waits for that.
const LOOKED_AT_MAX: usize = 20;

/// The number of letters at the end of a name.
const LETTERS: u32 = 6;

/// How an exercise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExerciseStatus {
    /// A process is writing it.
    InPlay,
    /// It was left, and can be continued.
    Left,
    /// The team stopped it. It can still be continued.
    Stopped,
    /// ENDEX has come.
    Ended,
}

/// A journal in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalSummary {
    /// The scenario's id.
    pub scenario: String,
    /// The team's name; may be empty.
    pub team: String,
    /// Minutes since STARTEX.
    pub minute: Minutes,
    /// How many moves.
    pub moves: usize,
    /// How it stands.
    pub status: ExerciseStatus,
    /// Whether its last line is damaged, and left out.
    pub damaged: bool,
}

/// A file of the folder.
#[derive(Debug)]
pub struct Shelved {
    /// Its name, without the ending.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// When it was last written.
    pub written: SystemTime,
    /// What it holds, or why it cannot be read.
    pub summary: Result<JournalSummary, JournalError>,
}

impl Shelved {
    /// Whether something in the file is not as it was written. A last line that a crash tore is not meant: nobody has seen it.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        match &self.summary {
            Ok(summary) => summary.damaged,
            Err(JournalError::Fault { fault, .. }) => {
                matches!(fault, Fault::Broken { .. } | Fault::NoText)
            }
            Err(_) => false,
        }
    }

    fn is_unfinished(&self) -> bool {
        let summary = self.summary.as_ref();
        summary.is_ok_and(|it| matches!(it.status, ExerciseStatus::Left | ExerciseStatus::Stopped))
    }
}

/// The name of a new journal: the scenario, the date (`2022-08-02`), and six letters from a random number.
#[must_use]
pub fn name(scenario: &str, date: &str, number: u64) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    let scenario: String = scenario.chars().map(safe).collect();
    let letter = |place: u32| char::from(b'a' + (number / 26_u64.pow(place) % 26) as u8);
    let letters: String = (0..LETTERS).map(letter).collect();
    format!("{scenario}-{date}-{letters}")
}

/// The journals of a folder, the one written last first; none if there is no such folder.
pub fn list(folder: &Path) -> Result<Vec<Shelved>, JournalError> {
    let names = names(folder)?;
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = names.len().div_ceil(threads).max(1);
    let mut entries: Vec<Shelved> = thread::scope(|scope| {
        let shelve = |names: &[(String, PathBuf)]| names.iter().map(shelved).collect();
        let begun: Vec<_> = names
            .chunks(share)
            .map(|names| scope.spawn(move || -> Vec<Shelved> { shelve(names) }))
            .collect();
        begun
            .into_iter()
            .flat_map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    entries.sort_by(|a, b| b.written.cmp(&a.written).then(a.name.cmp(&b.name)));
    Ok(entries)
}

fn shelved((name, path): &(String, PathBuf)) -> Shelved {
    let written = fs::metadata(path).and_then(|it| it.modified());
    Shelved {
        name: name.clone(),
        path: path.clone(),
        written: written.unwrap_or(SystemTime::UNIX_EPOCH),
        summary: summary(path),
    }
}

/// At most `most` journals of a folder that can be continued, the one written last first. The files after them are not
/// opened.
pub fn unfinished(folder: &Path, most: usize) -> Result<Vec<Shelved>, JournalError> {
    let written = |path: &Path| fs::metadata(path).and_then(|it| it.modified());
    let mut files: Vec<(SystemTime, String, PathBuf)> = names(folder)?
        .into_iter()
        .filter_map(|(name, path)| Some((written(&path).ok()?, name, path)))
        .collect();
    files.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let shelved = files
        .into_iter()
        .take(LOOKED_AT_MAX)
        .map(|(written, name, path)| Shelved {
            name,
            written,
            summary: summary(&path),
            path,
        });
    Ok(shelved.filter(Shelved::is_unfinished).take(most).collect())
}

/// The journal that `wanted` names: by path, by name, or by how only one name begins. If nothing is wanted, the unfinished
/// one that was written last.
pub fn find(folder: Option<&Path>, wanted: Option<&str>) -> Result<PathBuf, JournalError> {
    let Some(wanted) = wanted else {
        let entries = folder.map_or(Ok(Vec::new()), list)?;
        let newest = entries.into_iter().find(Shelved::is_unfinished);
        return newest.map(|entry| entry.path).ok_or(JournalError::NoneLeft);
    };
    let path = Path::new(wanted);
    let is_path = wanted.contains(std::path::is_separator) || wanted.ends_with(ENDING);
    if is_path && path.exists() {
        return Ok(path.into());
    }
    let plain = wanted.strip_suffix(ENDING).unwrap_or(wanted);
    let names = folder.map_or(Ok(Vec::new()), names)?;
    if let Some((_, path)) = names.iter().find(|(name, _)| name == plain) {
        return not_a_link(path.clone());
    }
    let mut like: Vec<&(String, PathBuf)> = names
        .iter()
        .filter(|(name, _)| !plain.is_empty() && name.starts_with(plain))
        .collect();
    let listed = |names: &[&(String, PathBuf)]| names.iter().map(|it| it.0.clone()).collect();
    match (like.pop(), like.is_empty()) {
        (Some((_, path)), true) => not_a_link(path.clone()),
        (Some(last), false) => {
            like.push(last);
            Err(JournalError::Several {
                name: wanted.into(),
                names: listed(&like),
            })
        }
        (None, _) => Err(JournalError::Unknown {
            name: wanted.into(),
            names: names.into_iter().map(|it| it.0).collect(),
        }),
    }
}

/// The journal of the folder that a process is writing.
pub fn in_play(folder: Option<&Path>) -> Result<PathBuf, JournalError> {
    let mut names = folder.map_or(Ok(Vec::new()), names)?;
    names.retain(|(_, path)| !path.is_symlink() && lock::is_taken(path));
    match names.len() {
        0 => Err(JournalError::NoneInPlay),
        1 => Ok(names.remove(0).1),
        _ => Err(JournalError::SeveralInPlay(
            names.into_iter().map(|it| it.0).collect(),
        )),
    }
}

/// Removes a journal of the folder by its whole name, and returns its path. One that is in play is not removed.
pub fn forget(folder: Option<&Path>, name: &str) -> Result<PathBuf, JournalError> {
    let plain = name.strip_suffix(ENDING).unwrap_or(name);
    let names = folder.map_or(Ok(Vec::new()), names)?;
    let Some((_, path)) = names.iter().find(|(name, _)| name == plain) else {
        return Err(JournalError::Unknown {
            name: name.into(),
            names: names.into_iter().map(|it| it.0).collect(),
        });
    };
    let _lock = JournalLock::take(path)?;
    fs::remove_file(path).map_err(|error| match error {
        error if lock::is_refused(&error) => JournalError::Busy(path.clone()),
        error => JournalError::io("remove", path, error),
    })?;
    Ok(path.clone())
}

fn names(folder: &Path) -> Result<Vec<(String, PathBuf)>, JournalError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(JournalError::io("read", folder, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| JournalError::io("read", folder, error))?;
        let Ok(file) = entry.file_name().into_string() else {
            continue;
        };
        if let Some(name) = file.strip_suffix(ENDING) {
            names.push((name.to_owned(), entry.path()));
        }
    }
    names.sort();
    Ok(names)
}

fn summary(path: &Path) -> Result<JournalSummary, JournalError> {
    let reading = skim(&not_a_link(path.to_owned())?)?;
    let recorded = &reading.recorded;
    let status = if lock::is_taken(path) {
        ExerciseStatus::InPlay
    } else if recorded.has_ended() {
        ExerciseStatus::Ended
    } else if recorded.is_stopped() {
        ExerciseStatus::Stopped
    } else {
        ExerciseStatus::Left
    };
    Ok(JournalSummary {
        minute: recorded.minute(),
        moves: recorded.moves(),
        scenario: recorded.head.scenario.clone(),
        team: recorded.head.team.clone(),
        status,
        damaged: reading.damaged,
    })
}

/// Refuses a link: what lies in the folder of journals is written to, and a link may lead anywhere.
fn not_a_link(path: PathBuf) -> Result<PathBuf, JournalError> {
    if path.is_symlink() {
        return Err(JournalError::Link(path));
    }
    Ok(path)
}
