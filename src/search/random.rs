//! A player who makes any legal move, each as likely as another.

use crate::engine::luck::{Luck, Stream};
use crate::engine::{Move, Observer, Run, State, restart, start};
use crate::program::ids::ChanceId;
use crate::program::{Chance, Program};
use crate::search::evidence::ForcedRoll;

/// Follows an exercise from state to state.
pub trait StateObserver {
    /// The team is about to move. States are given as words.
    fn before(&mut self, words: &[u64]) {
        let _ = words;
    }

    /// A roll fell.
    fn rolled(&mut self, roll: ForcedRoll) {
        let _ = roll;
    }

    /// A move led here, or STARTEX if there is none.
    fn after(&mut self, made: Option<Move>, words: &[u64]) {
        let _ = (made, words);
    }
}

/// Follows nothing.
impl StateObserver for () {}

/// Luck, and an observer of how it falls.
struct ObservedLuck<'a, F> {
    luck: &'a mut Stream,
    follow: &'a mut F,
}

impl<F: StateObserver> Luck for ObservedLuck<'_, F> {
    #[inline]
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let outcome = self.luck.roll(id, chance);
        self.follow.rolled(ForcedRoll {
            chance: id,
            outcome,
        });
        outcome
    }
}

/// Plays exercises at random, one after another, in the same memory.
#[derive(Debug)]
pub struct RandomPlayer<'p> {
    program: &'p Program,
    state: State,
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
            choices,
            luck,
        }
    }

    /// Becomes the player of another seed.
    pub fn reseed(&mut self, seed: u64) {
        self.choices = Stream(seed);
        self.luck = Stream(self.choices.number());
    }

    /// Plays from STARTEX to ENDEX, and returns the number of moves.
    pub fn play(&mut self, observer: &mut impl Observer) -> usize {
        self.play_with(observer, &mut ())
    }

    /// The same, while somebody follows.
    pub fn play_with(
        &mut self,
        observer: &mut impl Observer,
        follow: &mut impl StateObserver,
    ) -> usize {
        let luck = &mut ObservedLuck {
            luck: &mut self.luck,
            follow,
        };
        restart(self.program, &mut self.state, luck, observer);
        follow.after(None, self.state.words());
        self.go_on(observer, follow)
    }

    /// Plays on from a state to ENDEX, and returns the number of moves.
    pub fn play_on(&mut self, from: &State, observer: &mut impl Observer) -> usize {
        self.state.copy_from(from.words());
        self.go_on(observer, &mut ())
    }

    #[inline]
    fn go_on(&mut self, observer: &mut impl Observer, follow: &mut impl StateObserver) -> usize {
        let luck = &mut ObservedLuck {
            luck: &mut self.luck,
            follow,
        };
        let mut run = Run::new(self.program, &mut self.state, luck, observer);
        let mut moves = 0;
        while !run.is_over {
            let count = run.candidates();
            run.luck.follow.before(run.words);
            // A move that is not legal is drawn again, so every legal one is equally likely. Waiting always is legal.
            let made = loop {
                let wanted = run.candidate(self.choices.below(count));
                if run.step(wanted).is_ok() {
                    break wanted;
                }
            };
            run.luck.follow.after(Some(made), run.words);
            moves += 1;
        }
        moves
    }

    /// Where the latest exercise ended.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }
}
