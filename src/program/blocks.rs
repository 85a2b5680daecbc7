//! What happens: blocks, their effects, points and luck.

use std::ops::Range;

use crate::program::code::Code;
use crate::program::expression::Assign;
use crate::program::ids::{
    BlockId, ChanceId, CourseId, InjectId, ObjectiveId, PhaseId, TextId, ValueId,
};
use crate::scenario::Minutes;

/// What a block belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// A phase's beginning.
    Phase(PhaseId),
    /// An inject.
    Inject(InjectId),
    /// An option or an action.
    Course(CourseId),
    /// The end.
    #[default]
    Endex,
}

/// Something that happens.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// What it belongs to.
    pub cause: Cause,
    /// Whether it is, or lies within, an outcome of chance.
    pub lucky: bool,
    /// It happens only if this holds.
    pub when: Option<Code>,
    /// The delay in minutes; 0 is at once.
    pub after: Minutes,
    /// If it is delayed: its entries in the agenda.
    pub dues: Range<u16>,
    /// A range of `effects`.
    pub effects: Range<u16>,
    /// A range of `scores`.
    pub scores: Range<u16>,
    /// The reason.
    pub because: Option<TextId>,
    /// What the team reads.
    pub text: Option<TextId>,
    /// A range of `brings`.
    pub brings: Range<u16>,
    /// The chance that is rolled, and the block of its first outcome; those of the others follow it.
    pub chance: Option<(ChanceId, BlockId)>,
    /// Whether nothing happens in it, as at once in most options.
    pub is_bare: bool,
}

/// A write to a value.
#[derive(Clone, Copy, Debug)]
pub struct Effect {
    /// The value.
    pub value: ValueId,
    /// How it is written.
    pub assign: Assign,
    /// The right side.
    pub code: Code,
}

/// Points.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// The objective they count for.
    pub objective: ObjectiveId,
    /// How many; may be negative.
    pub points: i64,
}

/// A named point of chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Its name, which is part of the key of each roll.
    pub name: String,
    /// The weights of its outcomes.
    pub odds: Vec<u32>,
    /// Their sum.
    pub total: u64,
}
