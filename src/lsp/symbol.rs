//! A name in a scenario's files: what it stands for, and where it stands.

use std::ops::Range;

use crate::scenario::schema::{NameKind, Shape};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol {
    pub kind: NameKind,
    /// The value that a word belongs to, or the decision of an option.
    pub within: Option<String>,
    pub name: String,
}

impl Symbol {
    /// A name that belongs to nothing else.
    pub fn new(kind: NameKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            within: None,
            name: name.into(),
        }
    }

    /// A word of a value, or an option of a decision.
    pub fn inside(kind: NameKind, within: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            within: Some(within.into()),
            ..Self::new(kind, name)
        }
    }
}

/// A place where a name stands.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Index of the file in [`super::names::NameIndex::files`].
    pub file: usize,
    /// The bytes of the name.
    pub range: Range<usize>,
    pub symbol: Symbol,
    /// Whether this place defines the name. The fields below are set only if it does.
    pub defines: bool,
    /// The bytes of the whole definition.
    pub whole: Range<usize>,
    pub title: String,
    /// What kind of value it is, where there are several: a truth, a number.
    pub shape: Option<&'static Shape>,
}

/// A mention whose name may stand for several things. The first that the scenario defines counts.
#[derive(Debug)]
pub struct Candidate {
    /// The mention, with what it stands for if none of the others is defined.
    pub mention: Mention,
    /// What it may stand for instead, tried first.
    pub others: Vec<Symbol>,
}

impl Candidate {
    /// A use of a name.
    pub fn used(file: usize, range: Range<usize>, others: Vec<Symbol>, symbol: Symbol) -> Self {
        let mention = Mention {
            file,
            whole: range.clone(),
            range,
            symbol,
            defines: false,
            title: String::new(),
            shape: None,
        };
        Self { mention, others }
    }
}
