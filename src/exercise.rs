//! The authority that runs one exercise: it takes moves, records them, and hands out views.

mod recall;

use std::sync::Arc;

pub use recall::recall;

use crate::engine::look::{History, Seat, look, stamp};
use crate::engine::luck::Keyed;
use crate::engine::view::{Stamp, View};
use crate::engine::{Move, Refusal};
use crate::journal::{Head, Journal, JournalError, Mark, Step};
use crate::play;
use crate::program::Program;
use crate::scenario::read::Folder;

/// Why a move was not made. Nothing has changed.
#[derive(Debug)]
pub enum NotMade {
    /// The rules do not allow it.
    Refused(Refusal),
    /// It could not be recorded.
    Unrecorded(JournalError),
}

/// One exercise. Everything that it does follows from the program, the seed and the moves.
#[derive(Debug)]
pub struct Exercise {
    program: Arc<Program>,
    seed: u64,
    luck: Keyed,
    history: History,
    moves: Vec<Move>,
    journal: Option<Journal>,
}

impl Exercise {
    /// An exercise at STARTEX.
    #[must_use]
    pub fn begin(program: Arc<Program>, seed: u64) -> Self {
        Self::begin_with(program, seed, Keyed::new(seed))
    }

    /// An exercise at STARTEX, with some rolls forced.
    #[must_use]
    pub fn begin_with(program: Arc<Program>, seed: u64, mut luck: Keyed) -> Self {
        let history = History::begin(&program, &mut luck);
        Self {
            program,
            seed,
            luck,
            history,
            moves: Vec::new(),
            journal: None,
        }
    }

    /// What a journal of this exercise begins with, before the first move. `begun` is the time of day, in UTC.
    #[must_use]
    pub fn head(&self, folder: &Folder, begun: String) -> Head {
        let script = &self.program.script;
        let scenario = &script.scenario;
        Head {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            begun,
            scenario: scenario.id.value.clone(),
            folder: folder.clone(),
            variant: script.variant.clone(),
            cut: script.cut.map(|at| scenario.cuts[at].id.value.clone()),
            seed: self.seed,
            minute: self.history.state.now(&self.program),
            rolled: recall::rolls(
                &self.program,
                self.seed,
                &self.luck.again(),
                &self.history.events,
            ),
        }
    }

    /// From here on every move is recorded in this journal, which must hold those made so far; or in none.
    pub fn record(&mut self, journal: Option<Journal>) {
        self.journal = journal;
    }

    /// Where moves are recorded.
    #[must_use]
    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// As [`Self::journal`], to go on in another place.
    pub fn journal_mut(&mut self) -> Option<&mut Journal> {
        self.journal.as_mut()
    }

    /// What is played.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The seed of all rolls.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The moves so far.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The state and the events so far.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether ENDEX has come.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.history.state.ended(&self.program).is_some()
    }

    /// Now, as a reader sees it.
    #[must_use]
    pub fn now(&self) -> Stamp {
        stamp(&self.program, self.history.state.now(&self.program))
    }

    /// Makes a move. It is worked out on a copy, recorded, and only then taken over: nothing can be seen of a move
    /// that does not lie on disk. A move that was not made changes nothing.
    pub fn submit(&mut self, wanted: Move) -> Result<(), NotMade> {
        let (mut history, mut luck) = (self.history.clone(), self.luck.clone());
        history
            .step(&self.program, wanted, &mut luck)
            .map_err(NotMade::Refused)?;
        if let Some(journal) = &mut self.journal {
            let fresh = &history.events[self.history.events.len()..];
            let step = Step {
                made: play::line_of(&self.program, wanted),
                minute: history.state.now(&self.program),
                rolled: recall::rolls(&self.program, self.seed, &self.luck, fresh),
            };
            journal.step(&step).map_err(NotMade::Unrecorded)?;
        }
        (self.history, self.luck) = (history, luck);
        self.moves.push(wanted);
        if self.is_over() {
            // That ENDEX has come follows from the moves. A mark that cannot be written loses nothing.
            let _ = self.mark(Mark::Ended);
        }
        Ok(())
    }

    /// Records that the team stops here.
    pub fn stop(&mut self) -> Result<(), JournalError> {
        if self.is_over() {
            return Ok(());
        }
        self.mark(Mark::Stopped)
    }

    /// Records a mark, where anything is recorded.
    pub fn mark(&mut self, mark: Mark) -> Result<(), JournalError> {
        match &mut self.journal {
            Some(journal) => journal.mark(mark),
            None => Ok(()),
        }
    }

    /// What is played, how it stands, and the luck of what is to come: what a play needs to go on.
    pub fn standing(&mut self) -> (&Program, &History, &mut Keyed) {
        (&self.program, &self.history, &mut self.luck)
    }

    /// What a seat may know now.
    #[must_use]
    pub fn view(&self, seat: &Seat) -> View {
        look(&self.program, &self.history, seat)
    }
}
