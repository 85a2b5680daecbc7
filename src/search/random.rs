//! A player who makes any legal move, each as likely as another.

use crate::engine::luck::{Luck, Stream};
use crate::engine::{Move, Observer, State, candidates, restart, start, step};
use crate::program::ids::ChanceId;
use crate::program::{Chance, Program};
use crate::search::evidence::Roll;

/// Goes along with an exercise, from state to state.
pub trait Follow {
    /// The team is about to move.
    fn before(&mut self, state: &State) {
        let _ = state;
    }

    /// A roll fell.
    fn rolled(&mut self, roll: Roll) {
        let _ = roll;
    }

    /// A move was made, or STARTEX came where there is none; it led here.
    fn after(&mut self, made: Option<Move>, state: &State) {
        let _ = (made, state);
    }
}

/// Nobody goes along.
impl Follow for () {}

/// Luck, and somebody who is told how it falls.
struct Told<'a, F> {
    luck: &'a mut Stream,
    follow: &'a mut F,
}

impl<F: Follow> Luck for Told<'_, F> {
    #[inline]
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let outcome = self.luck.roll(id, chance);
        self.follow.rolled(Roll {
            chance: id,
            outcome,
        });
        outcome
    }
}

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
        self.play_with(observer, &mut ())
    }

    /// The same, with somebody who goes along.
    pub fn play_with(&mut self, observer: &mut impl Observer, follow: &mut impl Follow) -> usize {
        let luck = &mut Told {
            luck: &mut self.luck,
            follow,
        };
        restart(self.program, &mut self.state, luck, observer);
        follow.after(None, &self.state);
        self.go_on(observer, follow)
    }

    /// Plays on from a state to ENDEX; how many moves it took.
    pub fn play_on(&mut self, from: &State, observer: &mut impl Observer) -> usize {
        self.state.copy_from(from.words());
        self.go_on(observer, &mut ())
    }

    #[inline]
    fn go_on(&mut self, observer: &mut impl Observer, follow: &mut impl Follow) -> usize {
        let mut moves = 0;
        while self.state.ended(self.program).is_none() {
            candidates(self.program, &self.state, &mut self.candidates);
            follow.before(&self.state);
            // What turns out not to be legal is drawn again: so every legal move is equally likely. Waiting always is.
            let made = loop {
                let drawn = self.choices.below(self.candidates.len() as u64);
                let wanted = self.candidates[drawn as usize];
                let luck = &mut Told {
                    luck: &mut self.luck,
                    follow,
                };
                if step(self.program, &mut self.state, wanted, luck, observer).is_ok() {
                    break wanted;
                }
            };
            follow.after(Some(made), &self.state);
            moves += 1;
        }
        moves
    }

    /// The state that the latest exercise came to.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }
}
