//! Exploration: every state that moves and chance can reach, and what each is worth.
//!
//! Every roll is tried, states with the same future are merged, and the engine's one step function makes every step.

pub(crate) mod branches;
pub mod narrow;
pub mod notes;
pub mod random;
pub mod table;
pub mod walk;
pub mod worth;
