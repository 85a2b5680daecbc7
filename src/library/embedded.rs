//! The scenarios in the binary.

use include_dir::{Dir, include_dir};

use super::ScenarioFiles;
use crate::scenario::read::Folder;

static SCENARIOS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The first scenario in lists.
const FIRST: &str = "advanced-2022";

/// The last one: only authors start from it.
const LAST: &str = "starter";

/// The ids of the scenarios in the binary, in the order of lists.
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
    let mut found = ScenarioFiles::new(Folder {
        path: id.to_owned(),
        ..Folder::default()
    });
    for entry in dir.files().chain(dir.dirs().flat_map(Dir::files)) {
        let relative = entry.path().strip_prefix(dir.path());
        if let Some(relative) = relative.ok().and_then(|path| path.to_str()) {
            found.add(&relative.replace('\\', "/"), entry.contents().to_vec());
        }
    }
    found.plays.sort_by(|a, b| a.name.cmp(&b.name));
    Some(found)
}
