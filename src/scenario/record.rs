//! The record, `record.yaml`.

use crate::scenario::Placed;

/// `record.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Names that only a marked text may use.
    pub organisations: Vec<Placed<String>>,
    /// Source codes and what they stand for.
    pub sources: Vec<(Placed<String>, Placed<String>)>,
    /// The facts.
    pub entries: Vec<Fact>,
}

/// One fact of the record.
#[derive(Clone, Debug)]
pub struct Fact {
    /// As in `T-10`.
    pub id: Placed<String>,
    /// As a reader writes it.
    pub date: Option<Placed<String>>,
    /// The statement.
    pub says: Placed<String>,
    /// The numbers in it.
    pub figures: Vec<Placed<String>>,
    /// Codes of its sources.
    pub source: Vec<Placed<String>>,
    /// Other facts it was worked out from.
    pub rests_on: Vec<Placed<String>>,
    /// V, V-, S, D or B.
    pub confidence: Placed<String>,
}
