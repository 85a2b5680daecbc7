//! A scenario for people who do not read YAML: the list of its injects as a table, its paths as a graph, its techniques as
//! a layer.
//!
//! What is written is made in two steps. The first turns a program into plain data: [`msel`] into tables, [`graph`] into
//! nodes and edges, [`navigator`] into a layer. The second writes it: [`csv`], [`xlsx`], [`mermaid`], [`dot`]. All of it is
//! text or bytes in memory; the same scenario gives the same bytes. The exception is [`drn`], the whole process for a model
//! checker, which is written while it is explored.
//!
//! *Invariant*: a text of a scenario is data to whoever opens the file. No control character, no formula, no markup and no
//! syntax of the format comes out of it.

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

#[cfg(test)]
mod tests;
