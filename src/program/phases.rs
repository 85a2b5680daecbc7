//! Phases: what happens in them, and what ends them.

use std::ops::Range;

use crate::program::code::{Code, Comparison};
use crate::program::ids::{ActionId, BlockId, DecisionId, DueId, InjectId, PhaseId, ValueId};
use crate::program::layout::Slot;
use crate::scenario::{Bands, Minutes};

/// A stretch of the exercise.
#[derive(Clone, Debug, Default)]
pub struct Phase {
    /// What happens when it begins.
    pub begins: Range<u16>,
    /// Injects that come at a moment, in source order.
    pub timed: Vec<TimedInject>,
    /// Those of `timed` that come on a date: the minute since STARTEX and the position in `timed`, sorted by minute.
    pub dated: Vec<(Minutes, u16)>,
    /// Positions in `timed` of repeats of a date: they move with the beginning of the phase.
    pub shifted: Vec<u16>,
    /// The rest of `timed`: minutes after the phase began and the position in `timed`, sorted by minute.
    pub relative: Vec<(Minutes, u16)>,
    /// Injects that come as soon as a condition holds, in source order.
    pub watched: Vec<WatchedInject>,
    /// What ends it, in source order.
    pub ends: Vec<PhaseExit>,
    /// The marks of everything that conditions of `watched` and `ends` read.
    pub reads: u64,
    /// Comparisons with what moves with time, in `watched` and `ends`.
    pub crossings: Vec<Crossing>,
    /// The decisions that are asked in it: its end closes them.
    pub decisions: Vec<DecisionId>,
    /// The actions that can be used in it.
    pub actions: Vec<ActionId>,
    /// Whether anything in it counts from its beginning.
    pub remembers_beginning: bool,
    /// The values that are rounded to a band when it ends.
    pub bands: Vec<Banding>,
    /// Slots that nothing reads after its end.
    pub forgets: Vec<Slot>,
}

/// A moment within a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Minutes after the phase began.
    After(Minutes),
    /// Minutes after STARTEX, or the beginning of the phase if that is later.
    On(Minutes),
}

impl Moment {
    /// The minute since STARTEX, in a phase that began at `began`.
    #[inline]
    #[must_use]
    pub fn minute(self, began: Minutes) -> Minutes {
        match self {
            Self::After(minutes) => began + minutes,
            Self::On(minute) => minute.max(began),
        }
    }
}

/// An inject that comes at a moment.
#[derive(Clone, Copy, Debug)]
pub struct TimedInject {
    /// When it comes for the first time.
    pub at: Moment,
    /// How many minutes after the first time this is.
    pub later: Minutes,
    /// It comes only if this holds then.
    pub when: Option<Code>,
    /// Whether the condition may change with time alone.
    pub moves: bool,
    /// The inject.
    pub inject: InjectId,
}

impl TimedInject {
    /// The minute since STARTEX, in a phase that began at `began`.
    #[inline]
    #[must_use]
    pub fn minute(&self, began: Minutes) -> Minutes {
        self.at.minute(began) + self.later
    }
}

/// An inject that comes when a condition becomes true.
#[derive(Clone, Copy, Debug)]
pub struct WatchedInject {
    /// The condition.
    pub when: Code,
    /// The marks of what it reads.
    pub reads: u64,
    /// The inject.
    pub inject: InjectId,
}

/// One way a phase ends.
#[derive(Clone, Copy, Debug)]
pub struct PhaseExit {
    /// The moment at which it is tested.
    pub at: Option<Moment>,
    /// The condition.
    pub when: Option<Code>,
    /// The marks of what the condition reads.
    pub reads: u64,
    /// The next phase; `None` is ENDEX.
    pub to: Option<PhaseId>,
}

/// A comparison of something that moves with time against something that does not.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    /// The moving side.
    pub moving: Moving,
    /// The comparison, with the moving side on the left.
    pub how: Comparison,
    /// The other side.
    pub against: Code,
    /// The inject that the condition brings, or `None` if it ends the phase. The comparison matters only while the
    /// inject may come.
    pub brings: Option<InjectId>,
}

/// What moves with time.
#[derive(Clone, Copy, Debug)]
pub enum Moving {
    /// A growing value, by its position in `growing`.
    Grown(usize),
    /// The minutes since what a slot remembers.
    Since(Slot),
    /// The clock.
    Clock,
}

/// A value that is rounded to a band when a phase ends.
#[derive(Clone, Debug)]
pub struct Banding {
    /// The value.
    pub value: ValueId,
    /// Its bands.
    pub marks: Bands,
}

/// News, or the moment of a question.
#[derive(Clone, Copy, Debug)]
pub struct Inject {
    /// The phase it belongs to.
    pub phase: PhaseId,
    /// Counts how often it came, if anything reads that.
    pub came: Option<Slot>,
    /// How often it may come.
    pub repeats: u32,
    /// The pause after it came, if a condition may bring it more than once.
    pub again: Option<RepeatPause>,
    /// Remembers when it came last (the minute plus 1), if anything reads that.
    pub came_at: Option<Slot>,
    /// Whether a team sees it.
    pub shows: bool,
    /// What happens with it.
    pub block: BlockId,
    /// The decision that it asks.
    pub asks: Option<DecisionId>,
}

/// The pause before a repeating inject may come again.
#[derive(Clone, Copy, Debug)]
pub struct RepeatPause {
    /// Its entry in the agenda.
    pub due: DueId,
    /// Its length in minutes.
    pub every: Minutes,
}
