//! Phases and their ends.

use crate::scenario::{Block, Inject, Placed, Text, TimePoint};

/// A stretch of the exercise with its own injects and its own end.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// Shown when it begins.
    pub text: Option<Text>,
    /// Effects when it begins.
    pub begins: Vec<Block>,
    /// News, in order; a decision that a moment asks is one without a message.
    pub injects: Vec<Inject>,
    /// The first true one ends the phase.
    pub ends: Vec<PhaseEnd>,
    /// What is coarsened when the phase ends.
    pub bands: Vec<Band>,
}

/// One way a phase ends.
#[derive(Clone, Debug)]
pub struct PhaseEnd {
    /// By condition.
    pub when: Option<Placed<String>>,
    /// By moment. With `when` too: at that moment if the condition then holds.
    pub at: Option<Placed<TimePoint>>,
    /// The next phase, or `endex`.
    pub to: Placed<String>,
}

/// How a number is coarsened at the end of a phase: down to the next mark.
#[derive(Clone, Debug)]
pub struct Band {
    /// The value.
    pub of: Placed<String>,
    /// Multiples of a step, or listed marks.
    pub marks: Placed<Bands>,
}

/// The marks of a [`Band`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bands {
    /// Down to a multiple of this.
    Step(i64),
    /// Down to the greatest of these that is not above it, or to the first if all are.
    List(Vec<i64>),
}
