//! A player who makes any legal move, each as likely as another.

use crate::engine::luck::Stream;
use crate::engine::{Move, Observer, State, candidates, restart, start, step};
use crate::program::Program;

/// Plays whole exercises at random, one after another, in the same memory.
#[derive(Debug)]
pub struct RandomPlayer<'p> {
    program: &'p Program,
    state: State,
    candidates: Vec<Move>,
    choices: Stream,
    luck: Stream,
}

impl<'p> RandomPlayer<'p> {
    /// A player whose moves and luck follow from a seed.
    #[must_use]
    pub fn new(program: &'p Program, seed: u64) -> Self {
        let mut choices = Stream(seed);
        let mut luck = Stream(choices.number());
        let state = start(program, &mut luck, &mut ());
        Self {
            program,
            state,
            candidates: Vec::new(),
            choices,
            luck,
        }
    }

    /// Goes on as a player of another seed, in the same memory.
    pub fn reseed(&mut self, seed: u64) {
        self.choices = Stream(seed);
        self.luck = Stream(self.choices.number());
    }

    /// Plays one exercise from STARTEX to ENDEX; how many moves it took.
    pub fn play(&mut self, observer: &mut impl Observer) -> usize {
        restart(self.program, &mut self.state, &mut self.luck, observer);
        self.go_on(observer)
    }

    /// Plays on from a state to ENDEX; how many moves it took.
    pub fn play_on(&mut self, from: &State, observer: &mut impl Observer) -> usize {
        self.state.copy_from(from.words());
        self.go_on(observer)
    }

    #[inline]
    fn go_on(&mut self, observer: &mut impl Observer) -> usize {
        let mut made = 0;
        while self.state.ended(self.program).is_none() {
            candidates(self.program, &self.state, &mut self.candidates);
            // What turns out not to be legal is drawn again: so every legal move is equally likely. Waiting always is.
            loop {
                let drawn = self.choices.below(self.candidates.len() as u64);
                let wanted = self.candidates[drawn as usize];
                if step(
                    self.program,
                    &mut self.state,
                    wanted,
                    &mut self.luck,
                    observer,
                )
                .is_ok()
                {
                    break;
                }
            }
            made += 1;
        }
        made
    }

    /// The state that the latest exercise came to.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }
}
