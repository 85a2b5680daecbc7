//! The scenarios in the binary.

use include_dir::{Dir, include_dir};

use super::ScenarioFiles;
use crate::scenario::read::Folder;

static SCENARIOS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// What everybody should see first.
const FIRST: &str = "advanced-2022";

/// What only an author starts from.
const LAST: &str = "starter";

/// The ids of the scenarios in the binary, in the order in which to show them.
#[must_use]
pub fn embedded() -> Vec<&'static str> {
    let ids = SCENARIOS.dirs().filter_map(|dir| dir.path().to_str());
    in_order(ids.collect())
}

/// `advanced-2022` first, `starter` last, the others by name.
pub(super) fn in_order(mut ids: Vec<&str>) -> Vec<&str> {
    ids.sort_by_key(|id| (*id != FIRST, *id == LAST, *id));
    ids
}

/// The scenario in the binary with this id.
pub(super) fn find(id: &str) -> Option<ScenarioFiles> {
    let dir = SCENARIOS
        .dirs()
        .find(|dir| dir.path().to_str() == Some(id))?;
    let mut found = ScenarioFiles {
        folder: Folder {
            path: id.to_owned(),
            ..Folder::default()
        },
        plays: Vec::new(),
        values: None,
    };
    for entry in dir.files().chain(dir.dirs().flat_map(Dir::files)) {
        let relative = entry
            .path()
            .strip_prefix(dir.path())
            .ok()
            .and_then(|path| path.to_str());
        if let Some(relative) = relative {
            found.add(&relative.replace('\\', "/"), entry.contents().to_vec());
        }
    }
    found
        .plays
        .sort_by(|left, right| left.name.cmp(&right.name));
    Some(found)
}
