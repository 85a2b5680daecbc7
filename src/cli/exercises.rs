//! Recorded exercises: where they lie, and the list of them.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::arguments::ExercisesArgs;
use super::quote::quoted;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, folders};
use crate::exercise::Exercise;
use crate::journal::{self, ENDING, ExerciseStatus, Recorded, Shelved};
use crate::room::recall_journal;
use crate::words;

/// The folder of journals: `sandtable/exercises` in the user's state folder, if the environment names one.
pub(super) fn folder() -> Option<PathBuf> {
    folders::state().map(|state| state.join("exercises"))
}

/// Restores a recorded exercise.
pub(super) fn restored(recorded: &Recorded) -> Result<Exercise, Trouble> {
    recall_journal(recorded).map_err(|why| {
        let hint =
            "Read a journal with the version of sandtable that wrote it, or with a newer one.";
        Trouble::new(why, hint)
    })
}

/// What to type for an exercise: its name if it lies in the folder, else its path.
pub(super) fn typed(path: &Path) -> String {
    let name = path.file_stem().and_then(|name| name.to_str());
    if let Some(name) = name
        && path.parent() == folder().as_deref()
    {
        return name.to_owned();
    }
    quoted(path)
}

/// `sandtable exercises`
pub fn exercises(chosen: &ExercisesArgs) -> Result<u8, Trouble> {
    let folder = folder();
    let mut output = super::output();
    if let Some(name) = &chosen.forget {
        let path = journal::forget(folder.as_deref(), name)?;
        writeln!(
            output,
            "Removed {}.",
            words::one_line(&path.display().to_string())
        )?;
        return Ok(EXIT_FINE);
    }
    let entries = match &folder {
        Some(folder) => journal::list(folder)?,
        None => Vec::new(),
    };
    if entries.is_empty() {
        writeln!(
            output,
            "No exercises are recorded yet. `sandtable play` starts one."
        )?;
        return Ok(EXIT_FINE);
    }
    let heads = [
        "EXERCISE",
        "SCENARIO",
        "TEAM",
        "WRITTEN (UTC)",
        "TIME",
        "MOVES",
        "STATE",
    ];
    let mut rows = vec![heads.map(str::to_owned)];
    rows.extend(entries.iter().map(row));
    for line in table(&rows) {
        writeln!(output, "{line}")?;
    }
    let damaged = entries.iter().any(Shelved::is_damaged);
    Ok(if damaged { EXIT_FINDINGS } else { EXIT_FINE })
}

fn row(entry: &Shelved) -> [String; 7] {
    let written = jiff::Timestamp::try_from(entry.written).map_or_else(
        |_| String::new(),
        |at| at.strftime("%Y-%m-%d %H:%M").to_string(),
    );
    let name = words::one_line(&entry.name).into_owned();
    match &entry.summary {
        Ok(it) => {
            let state = match it.status {
                ExerciseStatus::InPlay => "in play",
                ExerciseStatus::Left => "left",
                ExerciseStatus::Stopped => "stopped",
                ExerciseStatus::Ended => "ended",
            };
            let damage = if it.damaged {
                "; the last line is damaged"
            } else {
                ""
            };
            let scenario = words::one_line(&it.scenario).into_owned();
            let moves = it.moves.to_string();
            let team = words::one_line(&it.team).into_owned();
            [
                name,
                scenario,
                if team.is_empty() {
                    "-".to_owned()
                } else {
                    team
                },
                written,
                words::duration(it.minute),
                moves,
                format!("{state}{damage}"),
            ]
        }
        Err(error) => {
            let nothing = || "-".to_owned();
            let path = entry.path.display().to_string();
            // The first column already has the name.
            let why = error
                .to_string()
                .replace(words::one_line(&path).as_ref(), "it");
            [
                name,
                nothing(),
                nothing(),
                written,
                nothing(),
                nothing(),
                why,
            ]
        }
    }
}

/// Rows as lines, with aligned columns.
pub(super) fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> Vec<String> {
    let widths: [usize; COLUMNS] = std::array::from_fn(|column| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    });
    let line = |row: &[String; COLUMNS]| {
        let cells = row.iter().zip(widths);
        let cells: Vec<String> = cells.map(|(cell, wide)| format!("{cell:<wide$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// Refuses a path that cannot be that of a new journal.
pub(super) fn check_new(path: &Path) -> Result<(), Trouble> {
    if path.exists() {
        return Err(journal::JournalError::Exists(path.into()).into());
    }
    let ends = path.to_str().is_some_and(|path| path.ends_with(ENDING));
    if path.file_name().is_none() || !ends {
        return Err(Trouble::new(
            format!("the name of a journal must end in `{ENDING}`"),
            format!("Write `--journal NAME{ENDING}`."),
        ));
    }
    Ok(())
}
