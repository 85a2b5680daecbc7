//! What happened: everything that a step reports to its observer.

use crate::program::Cause;
use crate::program::ids::{
    ActionId, BlockId, ChanceId, CourseId, DecisionId, EndingId, InjectId, ObjectiveId, PhaseId,
    TextId, ValueId,
};
use crate::scenario::Minutes;

/// One thing that happened, at a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A phase began.
    PhaseBegan(PhaseId),
    /// A phase ended.
    PhaseEnded(PhaseId),
    /// An inject came.
    Came(InjectId),
    /// A decision, or a consent, was asked.
    Asked(DecisionId),
    /// An option was chosen.
    Chosen {
        /// The decision.
        decision: DecisionId,
        /// The option, by position.
        option: u8,
        /// Whether nobody answered in time.
        by_default: bool,
    },
    /// A consent is no longer needed, or can no longer be given.
    Withdrawn(DecisionId),
    /// An action was used.
    Taken(ActionId),
    /// A course began; its feedback is read now.
    Began(CourseId),
    /// A course that takes time was finished.
    Finished(CourseId),
    /// A chance was rolled.
    Rolled {
        /// The chance.
        chance: ChanceId,
        /// The outcome, by position.
        outcome: u8,
        /// The block of that outcome.
        block: BlockId,
    },
    /// The team read something.
    Read {
        /// The text.
        text: TextId,
        /// What the text belongs to.
        cause: Cause,
    },
    /// Points were given.
    Scored {
        /// The objective.
        objective: ObjectiveId,
        /// How many.
        points: i64,
        /// The reason.
        because: Option<TextId>,
        /// What they belong to.
        cause: Cause,
        /// Whether they depend on luck.
        lucky: bool,
    },
    /// A value was written by an effect, a use or a band. Growth is not reported.
    Wrote {
        /// The value.
        value: ValueId,
        /// What it held, in wholes.
        before: i64,
        /// What it holds, in wholes.
        after: i64,
    },
    /// A value stopped at a bound although the author does not expect that.
    Saturated {
        /// The value.
        value: ValueId,
        /// What it would have held.
        wanted: i64,
    },
    /// ENDEX.
    Ended(EndingId),
}

/// Receives every event of a step, with its minute.
pub trait Observer {
    /// Receives one event.
    fn see(&mut self, at: Minutes, event: Event);
}

/// Nobody watches, which costs nothing.
impl Observer for () {
    #[inline]
    fn see(&mut self, _at: Minutes, _event: Event) {}
}

impl Observer for Vec<(Minutes, Event)> {
    fn see(&mut self, at: Minutes, event: Event) {
        self.push((at, event));
    }
}
