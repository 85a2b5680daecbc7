//! A scenario for people who do not read YAML: the list of its injects as a table, its paths as a graph, its techniques as
//! a layer.
//!
//! An export takes two steps. The first turns a program into plain data: [`msel`] into tables, [`graph`] into nodes and
//! edges, [`navigator`] into a layer. The second writes it: [`csv`], [`xlsx`], [`mermaid`], [`dot`]. Both work in memory,
//! and the same scenario gives the same bytes. The exception is [`drn`], the whole process for a model checker, which is
//! written while it is explored.
//!
//! *Invariant*: texts of a scenario are only data in the file. They cannot put a control character, a formula, markup or
//! syntax of the format into it.

mod attack;
mod phrase;
mod techniques;
mod walk;

pub mod csv;
pub mod dot;
pub mod drn;
pub mod graph;
pub mod mermaid;
pub mod msel;
pub mod navigator;
pub mod table;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use attack::{ATTACK_VERSION, AttackDomain};

#[cfg(test)]
mod tests;
