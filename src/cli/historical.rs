//! What really happened: the play of that name beside a scenario, run to its end.

use std::sync::Arc;

use crate::finding::FileId;
use crate::library::{self, ScenarioFiles};
use crate::local::HISTORY;
use crate::play::{self, PlayOutcome};
use crate::program::Program;
use crate::search::pricing::PlayedExercise;

/// What really happened.
pub(super) struct Historical {
    /// The scenario as the play has it: its variant, or a part.
    pub program: Arc<Program>,
    outcome: PlayOutcome,
}

impl Historical {
    /// None where there is no such play, or the scenario has mistakes.
    pub fn of(found: &ScenarioFiles) -> Option<Self> {
        let text = found.plays.iter().find(|play| play.name == HISTORY)?;
        let (play, _) = play::parse(&text.text, FileId(0));
        let program = library::load(&found.folder, &play.setup()).ok()?.program;
        let outcome = play::run(&program, &play);
        Some(Self { program, outcome })
    }

    /// Its moves, and the luck under which they were made.
    pub fn played(&self) -> PlayedExercise<'_> {
        PlayedExercise {
            luck: &self.outcome.luck,
            moves: &self.outcome.moves,
        }
    }
}
