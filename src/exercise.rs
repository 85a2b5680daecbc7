//! The authority that runs one exercise: it takes moves, and hands out views.

use std::sync::Arc;

use crate::engine::look::{History, Seat, look, stamp};
use crate::engine::luck::Keyed;
use crate::engine::view::{Stamp, View};
use crate::engine::{Move, Refusal};
use crate::program::Program;

/// One exercise. Everything that it does follows from the program, the seed and the moves.
#[derive(Clone, Debug)]
pub struct Exercise {
    program: Arc<Program>,
    seed: u64,
    luck: Keyed,
    history: History,
    moves: Vec<Move>,
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
        }
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

    /// Makes a move. A refused move changes nothing.
    pub fn submit(&mut self, wanted: Move) -> Result<(), Refusal> {
        self.history.step(&self.program, wanted, &mut self.luck)?;
        self.moves.push(wanted);
        Ok(())
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
