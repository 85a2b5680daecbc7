//! What happened: everything that a step tells its observer.

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
    /// An option was taken.
    Chosen {
        /// Of which decision.
        decision: DecisionId,
        /// Which, by position.
        option: u8,
        /// Nobody answered in time.
        by_default: bool,
    },
    /// A consent is not needed any more, or can no longer be given.
    Withdrawn(DecisionId),
    /// An action was used.
    Taken(ActionId),
    /// A course began: its feedback is read now.
    Began(CourseId),
    /// A course that takes time came to its end.
    Finished(CourseId),
    /// Luck fell.
    Rolled {
        /// Which chance.
        chance: ChanceId,
        /// Which outcome, by position.
        outcome: u8,
        /// The block of that outcome.
        block: BlockId,
    },
    /// The team reads something.
    Told {
        /// What.
        text: TextId,
        /// What it came from.
        cause: Cause,
    },
    /// Points were given.
    Scored {
        /// For which objective.
        objective: ObjectiveId,
        /// How many.
        points: i64,
        /// Why.
        because: Option<TextId>,
        /// What they came from.
        cause: Cause,
        /// Whether luck had a part in it.
        lucky: bool,
    },
    /// A value was written, by an effect, a hold or a band; growth is not told.
    Wrote {
        /// Which.
        value: ValueId,
        /// What it held, in wholes.
        before: i64,
        /// What it holds, in wholes.
        after: i64,
    },
    /// A value that is not said to saturate was to leave its bounds, and stopped there.
    Saturated {
        /// Which.
        value: ValueId,
        /// What it would have held.
        wanted: i64,
    },
    /// ENDEX.
    Ended(EndingId),
}

/// Sees every event of a step, with the minute at which it happened.
pub trait Observer {
    /// Takes one event.
    fn see(&mut self, at: Minutes, event: Event);
}

/// Nobody looks: costs nothing.
impl Observer for () {
    #[inline]
    fn see(&mut self, _at: Minutes, _event: Event) {}
}

impl Observer for Vec<(Minutes, Event)> {
    fn see(&mut self, at: Minutes, event: Event) {
        self.push((at, event));
    }
}
