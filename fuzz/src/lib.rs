//! What the fuzz targets do with an input. Each target is one `run`: any bytes go in, and it panics where something that
//! must always hold does not. `tests/all/seeds.rs` calls the same functions with every seed.

/// Any bytes as the files of a scenario.
pub mod reading;

/// Scenarios in good form, and what holds in every exercise of them.
pub mod scenarios;

/// Any text as a condition, a number and an effect.
pub mod expressions;

/// Any bytes as a journal, and any text with hashes that fit.
pub mod journals;

/// Exercises with everything that may be entered, written, spoilt and read again.
pub mod entries;

/// Any text as a play.
pub mod plays;

mod author;
mod choices;
mod exercise;
mod files;
mod hold;
mod seal;
mod tree;
