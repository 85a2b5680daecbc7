//! Luck that falls every way, one after another.

use crate::engine::luck::Luck;
use crate::program::Chance;
use crate::program::ids::ChanceId;

/// Enumerates the rolls of a step: run it again and again until [`Branches::next`] says that all were seen.
#[derive(Debug, Default)]
pub struct Branches {
    /// For each roll of the step: the outcome now, and how many there are.
    path: Vec<(usize, usize)>,
    /// How many rolls the current run has made.
    made: usize,
}

impl Branches {
    /// Goes on to the next combination; false after the last, and ready for another step.
    pub fn next(&mut self) -> bool {
        self.made = 0;
        while let Some((outcome, count)) = self.path.last_mut() {
            if *outcome + 1 < *count {
                *outcome += 1;
                return true;
            }
            self.path.pop();
        }
        false
    }
}

impl Luck for Branches {
    fn roll(&mut self, _id: ChanceId, chance: &Chance) -> usize {
        if self.made == self.path.len() {
            self.path.push((0, chance.odds.len()));
        }
        self.made += 1;
        self.path[self.made - 1].0
    }
}
