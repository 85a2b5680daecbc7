//! Luck that falls every possible way, one after another.

use crate::engine::luck::Luck;
use crate::program::Chance;
use crate::program::ids::ChanceId;

/// Enumerates the ways in which the rolls of a step may fall: repeat the step until [`Branches::turn`] returns false.
#[derive(Debug, Default)]
pub struct Branches {
    /// The rolls of the step, as they fall in the current run.
    path: Vec<RollBranch>,
    /// How many rolls the current run has made.
    made: usize,
}

/// A roll of the current run.
#[derive(Clone, Copy, Debug)]
struct RollBranch {
    outcome: usize,
    outcomes: usize,
    /// How likely this outcome is.
    odds: f64,
}

impl Branches {
    /// Goes on to the next way. After the last it returns false, and is ready for another step.
    pub fn turn(&mut self) -> bool {
        self.made = 0;
        while let Some(roll) = self.path.last_mut() {
            if roll.outcome + 1 < roll.outcomes {
                roll.outcome += 1;
                return true;
            }
            self.path.pop();
        }
        false
    }

    /// How likely the rolls are to fall as they did in the last run: from 0 to 1.
    #[must_use]
    pub fn odds(&self) -> f64 {
        self.path.iter().map(|roll| roll.odds).product()
    }

    /// The outcomes of the last run, in order.
    pub fn outcomes(&self) -> impl Iterator<Item = usize> {
        self.path.iter().map(|roll| roll.outcome)
    }
}

impl Luck for Branches {
    fn roll(&mut self, _id: ChanceId, chance: &Chance) -> usize {
        if self.made == self.path.len() {
            self.path.push(RollBranch {
                outcome: 0,
                outcomes: chance.odds.len(),
                odds: 0.0,
            });
        }
        let roll = &mut self.path[self.made];
        roll.odds = f64::from(chance.odds[roll.outcome]) / chance.total as f64;
        self.made += 1;
        roll.outcome
    }
}
