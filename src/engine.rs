//! State, moves, events, chance and the step function.

pub mod view;
