//! sandtable: tabletop incident exercises that can be proved and explained.
//!
//! A [`scenario`] is read from YAML, checked and compiled to a [`program`]; the [`engine`] runs it,
//! one pure step at a time; everything else is thin around these three. `ARCHITECTURE.md` is the map.

pub mod words;

pub mod finding;

pub mod scenario;

pub mod program;

pub mod engine;

pub mod play;

pub mod search;

pub mod check;

pub mod library;

pub mod exercise;

pub mod review;

pub mod front;

pub mod plain;

pub mod tui;

pub mod local;

pub mod cli;
