//! The entries of the agenda: everything that may be due.

use crate::program::ids::{BlockId, CourseId, DecisionId, InjectId};
use crate::program::layout::Slot;
use crate::scenario::Minutes;

/// An entry of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// What is due.
    pub kind: DueKind,
    /// Holds its minute; `None` if that never differs or there is none.
    pub slot: Option<Slot>,
    /// Its minute, if that never differs.
    pub minute: Option<Minutes>,
}

impl Due {
    /// An entry whose minute is not planned yet.
    pub(crate) const fn new(kind: DueKind) -> Self {
        let (slot, minute) = (None, None);
        Self { kind, slot, minute }
    }
}

/// What may be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// A course is finished.
    Finish(CourseId),
    /// A delayed block happens.
    Later(BlockId),
    /// A decision closes.
    Deadline(DecisionId),
    /// A repeating inject may come again.
    Again(InjectId),
}

/// The deadlines in one word of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// The word of the state.
    pub word: usize,
    /// The bits that stand for deadlines.
    pub mask: u64,
    /// The position of the lowest of them.
    pub shift: usize,
    /// The decision of that bit; each next bit is the next decision's.
    pub first: usize,
}
