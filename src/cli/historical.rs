//! What really happened: the scenario's historical play, run to its end.

use std::sync::Arc;

use crate::finding::FileId;
use crate::library::{self, ScenarioFiles};
use crate::play::{self, PlayOutcome};
use crate::program::Program;
use crate::room::HISTORY;
use crate::search::pricing::PlayedExercise;

pub(super) struct Historical {
    /// The scenario with the variant or cut of the play.
    pub program: Arc<Program>,
    outcome: PlayOutcome,
}

impl Historical {
    /// Runs the historical play, if there is one and the scenario has no mistakes.
    pub fn load(found: &ScenarioFiles) -> Option<Self> {
        let text = found.plays.iter().find(|play| play.name == HISTORY)?;
        let (play, _) = play::parse(&text.text, FileId(0));
        let program = library::load(&found.folder, &play.setup()).ok()?.program;
        let outcome = play::run(&program, &play);
        Some(Self { program, outcome })
    }

    pub fn played(&self) -> PlayedExercise<'_> {
        PlayedExercise {
            luck: &self.outcome.luck,
            moves: &self.outcome.moves,
        }
    }
}
