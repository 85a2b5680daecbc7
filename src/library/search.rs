//! The scenarios below a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::leftover::misnamed_scenario;
use super::listing::{is_absent, names_in, unreadable};
use super::{LibraryError, ScenarioList};
use crate::scenario::read::SCENARIO_FILE;

/// The most names looked at in all when folders are searched for scenarios.
const SEARCHED_MAX: usize = 100_000;

/// How deep folders are searched for scenarios. A repository of many exercises may sort them by year and theme.
const DEPTH_MAX: usize = 6;

/// Folders of build output and dependencies: large, and never a place for scenarios.
const BUILT: [&str; 2] = ["target", "node_modules"];

/// The scenarios that an existing path means: the path itself, or the scenarios in the folders below it.
pub(super) fn scenarios(path: &Path) -> Result<ScenarioList, LibraryError> {
    let has_scenario = fs::symlink_metadata(path.join(SCENARIO_FILE)).is_ok();
    let search = if !path.is_dir() || has_scenario {
        ScenarioSearch {
            found: vec![path.to_owned()],
            ..ScenarioSearch::default()
        }
    } else {
        search(path)?
    };
    let ScenarioSearch {
        found,
        mut skipped,
        mut troubles,
        ..
    } = search;
    if found.is_empty() && troubles.is_empty() {
        let misnamed = skipped
            .iter()
            .position(|it| matches!(it, LibraryError::Misnamed { .. }));
        troubles.push(misnamed.map_or_else(
            || LibraryError::NoScenario(path.into()),
            |at| skipped.remove(at),
        ));
    }
    // They come from text arguments and from names that were read as text.
    let names = found
        .into_iter()
        .map(|path| path.to_string_lossy().into_owned());
    Ok(ScenarioList {
        names: names.collect(),
        troubles,
        skipped,
    })
}

/// Looks for the folders below a path that hold a scenario, in the order of their names. Hidden folders, links and folders
/// inside a scenario are not looked into, and a folder that cannot be read does not stop it.
#[derive(Default)]
pub(super) struct ScenarioSearch {
    looked: usize,
    pub found: Vec<PathBuf>,
    troubles: Vec<LibraryError>,
    skipped: Vec<LibraryError>,
}

/// Searches below a folder.
pub(super) fn search(path: &Path) -> Result<ScenarioSearch, LibraryError> {
    let mut search = ScenarioSearch::default();
    search.folder(path, 0)?;
    Ok(search)
}

impl ScenarioSearch {
    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), LibraryError> {
        // The folder that was named may be a link; links below it are not followed.
        let listed = if depth == 0 {
            path.join("")
        } else {
            path.to_owned()
        };
        let names = match names_in(&listed) {
            Ok(names) => names,
            Err(error @ LibraryError::TooMuch(_)) => return Err(error),
            Err(error) => {
                self.troubles.push(error);
                return Ok(());
            }
        };
        self.skipped.extend(misnamed_scenario(path, &names));
        for name in names {
            self.looked += 1;
            if self.looked > SEARCHED_MAX {
                return Err(LibraryError::TooMuch(path.into()));
            }
            self.entry(&path.join(&name), &name.to_string_lossy(), depth + 1)?;
        }
        Ok(())
    }

    /// Looks at something in a folder, which may be a folder itself.
    fn entry(&mut self, path: &Path, name: &str, depth: usize) -> Result<(), LibraryError> {
        let skipped = name.starts_with('.') || BUILT.contains(&name);
        let kind = fs::symlink_metadata(path);
        let is_link = kind.as_ref().is_ok_and(fs::Metadata::is_symlink);
        let target = fs::metadata(path);
        match fs::symlink_metadata(path.join(SCENARIO_FILE)) {
            Err(_) if is_link && target.is_err() => {
                self.skipped.push(LibraryError::LooseLink(path.into()));
            }
            Ok(_) if path.to_str().is_none() => {
                self.skipped.push(LibraryError::OddName(path.into()));
            }
            Ok(_) => self.found.push(path.to_owned()),
            Err(error) if is_absent(&error) => match kind {
                Ok(kind) if !kind.is_dir() || skipped => {}
                Ok(_) if depth >= DEPTH_MAX => self.too_deep(path),
                Ok(_) => return self.folder(path, depth),
                Err(error) => self.troubles.push(unreadable(path, error)),
            },
            // What is hidden is nobody's exercise.
            Err(_) if skipped => {}
            Err(error) => self.troubles.push(unreadable(path, error)),
        }
        Ok(())
    }

    /// Notes the first folder that lies too deep: one stands for all.
    fn too_deep(&mut self, path: &Path) {
        let is_known = self
            .skipped
            .iter()
            .any(|it| matches!(it, LibraryError::TooDeep(_)));
        if !is_known {
            self.skipped.push(LibraryError::TooDeep(path.into()));
        }
    }
}
