//! Blocks: what happens.

use crate::scenario::{Minutes, Placed, Text};

/// What happens, in the order of the fields. All of it is optional.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Only if this holds.
    pub when: Option<Placed<String>>,
    /// Only after so many minutes (the condition is tested then).
    pub after: Option<Placed<Minutes>>,
    /// Effects: `NAME = EXPR`, `NAME += EXPR`, `NAME -= EXPR`.
    pub effects: Vec<Placed<String>>,
    /// Points by objective; each needs `because`.
    pub score: Vec<(Placed<String>, Placed<i64>)>,
    /// The reason of the points.
    pub because: Option<Text>,
    /// What the team reads.
    pub text: Option<Text>,
    /// Injects that it brings.
    pub injects: Vec<Placed<String>>,
    /// Luck.
    pub chance: Option<Chance>,
}

/// A named point of luck with ordered outcomes.
#[derive(Clone, Debug)]
pub struct Chance {
    /// Its name: rolls are keyed by it.
    pub name: Placed<String>,
    /// In order.
    pub outcomes: Vec<ChanceOutcome>,
}

/// One way that luck can fall.
#[derive(Clone, Debug)]
pub struct ChanceOutcome {
    /// Its weight, at least 1; the odds of all need not add up to 100.
    pub odds: Placed<i64>,
    /// What happens. No `when`, no `after`.
    pub block: Block,
}
