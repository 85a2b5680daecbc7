//! Files that lie in a scenario's folders as if they belonged to it, but are not read: `first.play.txt`, `outage.yml`.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::listing::names_in;
use super::{LibraryError, PLAY_ENDING, PLAYS_FOLDER, ScenarioFiles, play_name};
use crate::finding::{Finding, Place, Sources};
use crate::scenario::read::{Folder, PHASES_FOLDER, RECORD_FILE, SCENARIO_FILE};
use crate::words;

/// How much of a file is read to see whether it is a phase.
const LOOKED_AT_MAX_BYTES: u64 = 1 << 20;

/// The fields by which a phase is known.
const FIELDS_OF_A_PHASE: [&str; 4] = ["injects:", "decisions:", "ends:", "begins:"];

/// Something that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Its path within the scenario's folder.
    pub relative: String,
    /// Why it is not read: one phrase.
    pub why: String,
    /// What to do about it, as a sentence.
    pub hint: String,
}

impl ScenarioFiles {
    /// The findings about what is not read. The files are added to the sources, empty.
    #[must_use]
    pub fn unused(&self, sources: &mut Sources) -> Vec<Finding> {
        let folder = self.folder.path.trim_end_matches('/');
        let finding = |it: &Leftover| {
            let file = sources.add(format!("{folder}/{}", it.relative), "");
            let finding = Finding::warning("unused-file", Place::start_of(file), it.why.clone());
            finding.hint(it.hint.clone())
        };
        self.leftovers.iter().map(finding).collect()
    }
}

/// Everything in the folder of a scenario that is not read. `names` are those in the folder itself.
pub(super) fn leftovers(path: &Path, names: &[OsString]) -> Vec<Leftover> {
    let mut all = Vec::new();
    for name in names {
        all.extend(beside(path, &name.to_string_lossy(), names));
    }
    for below in [PHASES_FOLDER.trim_end_matches('/'), PLAYS_FOLDER] {
        // A folder that cannot be read has been reported.
        for name in names_in(&path.join(below)).unwrap_or_default() {
            all.extend(inside(path, below, &name));
        }
    }
    all
}

/// A scenario's file under a name that is not looked for, in a folder without the right one.
pub(super) fn misnamed_scenario(path: &Path, names: &[OsString]) -> Option<LibraryError> {
    let mut names = names.iter().filter_map(|name| name.to_str());
    let name = names.find(|name| right_name(name) == Some(SCENARIO_FILE))?;
    Some(LibraryError::Misnamed {
        path: path.join(name),
        right: SCENARIO_FILE,
    })
}

/// The name that a file of a scenario must have, if it has another one that looks like it.
fn right_name(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let right = [SCENARIO_FILE, RECORD_FILE].into_iter();
    let mut right = right.filter(|right| *right != name);
    right.find(|right| {
        let stem = right.trim_end_matches(".yaml");
        let rest = lower.strip_prefix(stem);
        rest.is_some_and(|rest| [".yaml", ".yml", ".yaml.txt", ".yml.txt"].contains(&rest))
    })
}

/// Something beside `scenario.yaml`.
fn beside(folder: &Path, name: &str, names: &[OsString]) -> Option<Leftover> {
    let path = folder.join(name);
    let lower = name.to_lowercase();
    if name.starts_with('.') {
        return None;
    }
    if let Some(right) = right_name(name) {
        let hint = format!("Rename it to `{right}`, or remove it.");
        return Some(leftover(
            name,
            format!("this is not read: the file must be called `{right}`"),
            hint,
        ));
    }
    let below = match lower.as_str() {
        "phases" | "phase" => Some("phases"),
        "plays" | "play" => Some("plays"),
        _ => None,
    };
    if let Some(right) = below {
        if name == right {
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_dir());
            let why = format!("this is not read: `{right}` must be a folder, not a link or a file");
            let hint = "Put the files themselves into a folder of that name.".to_owned();
            return (!is_folder).then(|| leftover(name, why, hint));
        }
        // Where upper and lower case are the same, the folder has been read under the right name.
        let has_right = names.iter().any(|it| it == right);
        let is_read = lower == right && !has_right && folder.join(right).is_dir();
        let why = format!("this is not read: the folder must be called `{right}`");
        let hint = format!("Rename it to `{right}`.");
        return (path.is_dir() && !is_read).then(|| leftover(name, why, hint));
    }
    if let Some(stem) = play_stem(name) {
        let hint = format!("Move it to `{PLAYS_FOLDER}/{stem}{PLAY_ENDING}`.");
        return Some(leftover(
            name,
            format!("this play is not run: plays are in the folder `{PLAYS_FOLDER}`"),
            hint,
        ));
    }
    let is_yaml = [".yaml", ".yml"]
        .iter()
        .any(|ending| lower.ends_with(ending));
    if is_yaml && !Folder::wants(name) && looks_like_a_phase(&path) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let hint = format!(
            "Move it to `{PHASES_FOLDER}{stem}.yaml`, and list the phase in `{SCENARIO_FILE}`."
        );
        let why =
            format!("this phase is not read: files of phases are in the folder `{PHASES_FOLDER}`");
        return Some(leftover(name, why, hint));
    }
    None
}

/// Something in the folder of phases or plays.
fn inside(folder: &Path, below: &str, name: &OsString) -> Option<Leftover> {
    let shown = name.to_string_lossy();
    let relative = format!("{below}/{shown}");
    let is_read =
        name.to_str().is_some() && (Folder::wants(&relative) || play_name(&relative).is_some());
    // Hidden files belong to editors and systems; a README explains the folder.
    if is_read || shown.starts_with('.') || shown.to_lowercase().starts_with("readme") {
        return None;
    }
    let is_plays = below == PLAYS_FOLDER;
    let (ending, what) = if is_plays {
        (PLAY_ENDING, "play")
    } else {
        (".yaml", "phase")
    };
    let done = if is_plays { "run" } else { "read" };
    let stem = if is_plays {
        play_stem(&shown)
    } else {
        phase_stem(&shown)
    };
    let (why, hint) = if name.to_str().is_none() {
        (
            format!("this is not {done}: its name is not UTF-8"),
            "Rename it.".to_owned(),
        )
    } else if folder.join(&relative).is_dir() {
        let why =
            format!("this folder is not looked into: only files of `{below}` itself are {done}");
        (why, format!("Move what should be {done} to `{below}`."))
    } else if let Some(stem) = stem {
        let why = format!("this is not {done}: the name of a {what} ends in `{ending}`");
        (
            why,
            format!("Rename it to `{below}/{stem}{ending}`, or move it elsewhere."),
        )
    } else {
        let why = format!("this is not a {what}, so it is not {done}");
        (why, format!("Move it out of `{below}`."))
    };
    Some(leftover(&relative, why, hint))
}

/// The name of a play whose file was given another ending: `first.play.txt`, `first.PLAY`, `first.play.bak`.
fn play_stem(name: &str) -> Option<&str> {
    let at = name.to_ascii_lowercase().find(PLAY_ENDING)?;
    let rest = &name[at + PLAY_ENDING.len()..];
    let is_ending = !rest.starts_with(|next: char| next.is_alphanumeric());
    (at > 0 && is_ending).then(|| &name[..at])
}

/// The same for a phase: `outage.yml`, `outage.yaml.txt`.
fn phase_stem(name: &str) -> Option<&str> {
    let lower = name.to_ascii_lowercase();
    let at = [".yaml", ".yml"]
        .iter()
        .find_map(|ending| lower.find(ending))?;
    (at > 0).then(|| &name[..at])
}

fn looks_like_a_phase(path: &Path) -> bool {
    let is_small =
        fs::metadata(path).is_ok_and(|kind| kind.is_file() && kind.len() <= LOOKED_AT_MAX_BYTES);
    let text = is_small.then(|| fs::read_to_string(path).ok()).flatten();
    let text = text.unwrap_or_default();
    let has = |field: &str| text.lines().any(|line| line.starts_with(field));
    FIELDS_OF_A_PHASE.into_iter().any(has) && !has("startex:")
}

fn leftover(relative: &str, why: String, hint: String) -> Leftover {
    Leftover {
        relative: words::one_line(relative).into_owned(),
        why,
        hint,
    }
}
