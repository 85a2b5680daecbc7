//! What a team can do: decisions with their options, standing actions, and what both set going.

use std::ops::Range;

use crate::program::code::Code;
use crate::program::ids::{ActionId, BlockId, CourseId, DecisionId, ValueId};
use crate::program::layout::Slot;
use crate::scenario::Minutes;

/// A question with options.
#[derive(Clone, Debug)]
pub struct Decision {
    /// When it closes without an answer.
    pub closes: Closes,
    /// What happens if nobody answers: a position in `options`.
    pub default: usize,
    /// Remembers the option taken (its position plus 1), if anything reads that.
    pub chosen: Option<Slot>,
    /// Remembers when it was taken (the minute plus 1), if anything reads that.
    pub chosen_at: Option<Slot>,
    /// Its options.
    pub options: Vec<CourseId>,
    /// Those of its options that need consent.
    pub consented: Vec<CourseId>,
    /// Of a consent: the course that waits for it.
    pub consent_to: Option<CourseId>,
}

/// When a decision closes without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closes {
    /// When its phase ends.
    WithPhase,
    /// At this minute.
    On(Minutes),
    /// This many minutes after it was asked; its entry in the agenda holds the minute.
    After(Minutes),
}

/// A standing action.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does.
    pub course: CourseId,
    /// Whether it can be used, by phase.
    pub stands: Vec<bool>,
    /// Counts how often it was used.
    pub used: Slot,
    /// How often it may be used.
    pub repeats: u32,
    /// Remembers when it was used last (the minute plus 1), if anything reads that.
    pub used_at: Option<Slot>,
}

/// What a course belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It is an option of a decision, by position.
    Option(DecisionId, u8),
    /// It is what an action does.
    Action(ActionId),
    /// It is an answer to a consent, by position.
    Answer(DecisionId, u8),
}

/// What an option or an action sets going.
#[derive(Clone, Debug)]
pub struct Course {
    /// What it belongs to.
    pub owner: Owner,
    /// What must hold before it can begin.
    pub needs: Option<Code>,
    /// What it holds while it takes time: a range of `uses`.
    pub uses: Range<u16>,
    /// How long it takes, in minutes.
    pub takes: Minutes,
    /// If it takes time: its entries in the agenda, one for each that can be under way at once.
    pub dues: Range<u16>,
    /// What happens at once.
    pub block: BlockId,
    /// What happens when it is finished.
    pub then: Range<u16>,
    /// The consent that it needs.
    pub consent: Option<Consent>,
}

/// The consent that a course needs.
#[derive(Clone, Debug)]
pub struct Consent {
    /// The question. Its options are to agree and to refuse, in this order.
    pub decision: DecisionId,
    /// Set when consent was refused.
    pub refused: Slot,
    /// What happens when it is refused.
    pub then: Range<u16>,
}

/// A number that a course holds while it takes time.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// The value it is taken from.
    pub value: ValueId,
    /// How much.
    pub number: i64,
}
