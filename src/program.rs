//! A checked scenario compiled to numbered slots: everything the engine needs, and nothing it has to look up.
//!
//! [`compile()`] checks names, types and expressions, and reports everything wrong at once. The result is a [`Program`]:
//! plain lists, indexed by the numbers of [`ids`]. What a person reads (titles, texts, record marks) is kept apart, in its
//! [`Script`].

mod agenda;
mod blocks;
pub mod calendar;
pub mod code;
pub mod compile;
mod courses;
pub mod expression;
pub mod ids;
pub mod layout;
pub mod live;
mod lookup;
mod phases;
pub mod rules;
pub mod script;
mod values;

use std::ops::Range;

pub use agenda::{Deadlines, Due, DueKind};
pub use blocks::{Block, Cause, Chance, Effect, Score};
pub use compile::{ProgramSetup, compile, is_reserved, is_unreadable};
pub use courses::{Action, Closes, Consent, Course, Decision, Owner, Use};
pub use phases::{
    Banding, Crossing, Inject, Moment, Moving, Phase, PhaseExit, RepeatPause, TimedInject,
    WatchedInject,
};
pub use values::{Growing, Rate, Value};

use crate::program::calendar::Calendar;
use crate::program::code::{Code, Operations};
use crate::program::ids::{BlockId, DecisionId, DueId, EndingId, InjectId, PhaseId, ValueId};
use crate::program::layout::Slot;
use crate::program::rules::CompiledRule;
use crate::program::script::Script;
use crate::scenario::Minutes;

/// A compiled scenario, for one variant and one cut.
#[derive(Clone, Debug)]
pub struct Program {
    /// What a person reads.
    pub script: Script,
    /// Dates.
    pub calendar: Calendar,
    /// Every expression.
    pub operations: Operations,
    /// The words of a state before STARTEX.
    pub initial: Box<[u64]>,
    /// The words of a state that hold one bit for each entry of the agenda.
    pub agenda: Range<usize>,
    /// Minutes since STARTEX.
    pub clock: Slot,
    /// The phase; after ENDEX the one in which it came.
    pub phase: Slot,
    /// When the phase began.
    pub began: Slot,
    /// The ending, counted from 1; 0 before ENDEX.
    pub ending: Slot,
    /// When play starts: 0, unless a cut is played.
    pub starts: Minutes,
    /// ENDEX at the latest.
    pub lasts: Minutes,
    /// The first phase played.
    pub first: PhaseId,
    /// The last phase played: ENDEX comes when it ends.
    pub last: PhaseId,
    /// Values, in source order.
    pub values: Vec<Value>,
    /// The values that grow.
    pub growing: Vec<Growing>,
    /// Phases, in source order.
    pub phases: Vec<Phase>,
    /// Injects, in source order.
    pub injects: Vec<Inject>,
    /// Decisions, in source order, each followed by the consents of its options; then those of actions.
    pub decisions: Vec<Decision>,
    /// Standing actions, in source order.
    pub actions: Vec<Action>,
    /// What options and actions do.
    pub courses: Vec<Course>,
    /// Everything that happens.
    pub blocks: Vec<Block>,
    /// Effects of blocks.
    pub effects: Vec<Effect>,
    /// Points of blocks.
    pub scores: Vec<Score>,
    /// Injects that blocks bring.
    pub brings: Vec<InjectId>,
    /// Numbers that courses hold.
    pub uses: Vec<Use>,
    /// Named points of chance.
    pub chances: Vec<Chance>,
    /// Everything that may be due, in the order in which it happens at one moment.
    pub dues: Vec<Due>,
    /// The position in `dues` of the deadline of decision number 0; those of the others follow it.
    pub first_deadline: usize,
    /// The words of the agenda that hold deadlines.
    pub deadlines: Vec<Deadlines>,
    /// What is scored at ENDEX.
    pub endex: Range<u16>,
    /// The conditions of the endings, in source order.
    pub endings: Vec<Option<Code>>,
    /// What must hold, however it is played, in source order.
    pub rules: Vec<CompiledRule>,
    /// How many points a thoughtless player must stay behind best play.
    pub margin: i64,
}

impl Program {
    /// A block by its number.
    #[inline]
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    #[inline]
    pub(crate) fn effects_of(&self, block: &Block) -> &[Effect] {
        part(&self.effects, &block.effects)
    }

    #[inline]
    pub(crate) fn scores_of(&self, block: &Block) -> &[Score] {
        part(&self.scores, &block.scores)
    }

    /// The injects that a block brings.
    #[inline]
    pub(crate) fn brought_by(&self, block: &Block) -> &[InjectId] {
        part(&self.brings, &block.brings)
    }

    #[inline]
    pub(crate) fn uses_of(&self, course: &Course) -> &[Use] {
        part(&self.uses, &course.uses)
    }

    /// The agenda's entry for a decision: it is set while the decision is open.
    #[inline]
    #[must_use]
    pub fn deadline(&self, id: DecisionId) -> DueId {
        DueId::at(self.first_deadline + id.index())
    }

    /// The ending that a state has reached.
    #[must_use]
    pub fn ended(&self, words: &[u64]) -> Option<EndingId> {
        match self.ending.get(words) {
            0 => None,
            number => Some(EndingId::at(number as usize - 1)),
        }
    }

    /// What a value holds, in wholes.
    #[must_use]
    pub fn value(&self, id: ValueId, words: &[u64]) -> i64 {
        let value = &self.values[id.index()];
        value.wholes(value.slot.get(words))
    }
}

#[inline]
fn part<'a, T>(list: &'a [T], range: &Range<u16>) -> &'a [T] {
    &list[usize::from(range.start)..usize::from(range.end)]
}
