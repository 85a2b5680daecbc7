//! A rehearsal: a scenario is edited while it is played.

use crate::front::PlaySetup;
use crate::library::WatchedFiles;

/// The files of a scenario that may be saved while it is played.
#[derive(Debug)]
pub(super) struct Rehearsal {
    /// What is played.
    pub(super) setup: PlaySetup,
    files: WatchedFiles,
    /// Whether something had changed at the last look. It is read once nothing changes any more.
    unsettled: bool,
}

impl Rehearsal {
    pub(super) fn new(setup: &PlaySetup) -> Self {
        Self {
            setup: setup.clone(),
            files: WatchedFiles::new(vec![setup.scenario.clone()]),
            unsettled: false,
        }
    }

    /// Whether the scenario was saved, and has not changed since the last look.
    pub(super) fn was_saved(&mut self) -> bool {
        let changes = !self.files.changed().is_empty();
        let before = std::mem::replace(&mut self.unsettled, changes);
        before && !changes
    }
}
