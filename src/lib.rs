//! sandtable: tabletop incident exercises in the terminal: scenarios that can be proved, and a reason for every point.
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

pub mod values;

pub mod check;

#[allow(
    clippy::disallowed_methods,
    reason = "the edge: it opens and writes files"
)]
pub mod files;

#[allow(clippy::disallowed_methods, reason = "the edge: it opens files")]
pub mod library;

pub mod lsp;

#[allow(
    clippy::disallowed_methods,
    reason = "the edge: it writes what must not be lost"
)]
pub mod journal;

pub mod exercise;

pub mod review;

pub mod export;

pub mod front;

#[allow(
    clippy::disallowed_methods,
    reason = "the edge: it works out accounts in a thread, and names a folder that may be written"
)]
pub mod room;

pub mod plain;

pub mod tui;

#[allow(clippy::disallowed_methods, reason = "the edge: it holds the terminal")]
pub mod local;

#[allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge: arguments, files, the terminal, and the seed that nobody chose"
)]
pub mod cli;
