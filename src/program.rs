//! A checked scenario compiled to numbered slots: everything the engine needs, and nothing it has to look up.
//!
//! [`compile()`] checks names, types and expressions, and reports everything wrong at once. What comes
//! out is a [`Program`]: plain lists, indexed by the numbers of [`ids`]. What a person reads (titles, texts,
//! record marks) stands apart in its [`Script`].

pub mod calendar;
pub mod code;
pub mod compile;
pub mod expression;
pub mod ids;
pub mod layout;
pub mod live;
pub mod rules;
pub mod script;

use std::ops::Range;

pub use compile::{ProgramSetup, compile, is_reserved, is_unreadable};

use crate::program::calendar::Calendar;
use crate::program::code::{Code, Comparison, Operations};
use crate::program::ids::{
    ActionId, BlockId, ChanceId, CourseId, DecisionId, DueId, EndingId, InjectId, ObjectiveId,
    PhaseId, TextId, ValueId,
};
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
    /// How it ended, counted from 1; 0 before ENDEX.
    pub ending: Slot,
    /// When play starts: 0 but for a cut.
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
    /// Where in `dues` the deadlines stand: decision number 0 first.
    pub first_deadline: usize,
    /// The words of the agenda in which they stand.
    pub deadlines: Vec<Deadlines>,
    /// What is scored at ENDEX.
    pub endex: Range<u16>,
    /// Endings, in source order.
    pub endings: Vec<Option<Code>>,
    /// What must hold, however it is played, in source order.
    pub rules: Vec<CompiledRule>,
    /// How many points a thoughtless player must stay behind best play.
    pub margin: i64,
}

/// A value of the scenario.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// Where it is kept; a growing value counts fractions.
    pub slot: Slot,
    /// How many fractions make a whole: 1 unless it grows.
    pub per: i64,
    /// The least, in wholes.
    pub min: i64,
    /// The most, in wholes.
    pub max: i64,
    /// Stopping at a bound is meant.
    pub saturates: bool,
}

impl Value {
    /// How many wholes so many fractions are: the floor. Few values grow, and a division is slow.
    #[inline]
    #[must_use]
    pub fn wholes(&self, units: i64) -> i64 {
        if self.per == 1 {
            units
        } else {
            units.div_euclid(self.per)
        }
    }
}

/// How a value grows.
#[derive(Clone, Debug)]
pub struct Growing {
    /// Which value.
    pub value: ValueId,
    /// What adds to it.
    pub rates: Vec<Rate>,
    /// The marks of what the rates read.
    pub reads: u64,
}

/// One rate of growth.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Only while this holds.
    pub when: Option<Code>,
    /// How much for every period, in wholes.
    pub add: Code,
    /// Fractions of the value's whole for one of `add` in one minute.
    pub share: i64,
}

/// A stretch of the exercise.
#[derive(Clone, Debug)]
pub struct Phase {
    /// What happens when it begins.
    pub begins: Range<u16>,
    /// Injects that come at a moment, in source order.
    pub timed: Vec<TimedInject>,
    /// The same by time: minutes after STARTEX and positions in `timed`, for those at a date.
    pub dated: Vec<(Minutes, u16)>,
    /// Positions in `timed` of those that repeat a date: the phase's beginning moves them.
    pub shifted: Vec<u16>,
    /// The same by time: minutes after the phase began and positions in `timed`, for the others.
    pub relative: Vec<(Minutes, u16)>,
    /// Injects that come as soon as a condition holds, in source order.
    pub watched: Vec<WatchedInject>,
    /// What ends it, in source order.
    pub ends: Vec<PhaseExit>,
    /// The marks of everything that conditions of `watched` and `ends` read.
    pub reads: u64,
    /// Comparisons with what moves with time, in `watched` and `ends`.
    pub crossings: Vec<Crossing>,
    /// Decisions asked in it: those that its end closes.
    pub decisions: Vec<DecisionId>,
    /// Actions that stand in it.
    pub actions: Vec<ActionId>,
    /// Whether anything in it counts from its beginning.
    pub remembers_beginning: bool,
    /// What its end makes coarse.
    pub bands: Vec<Banding>,
    /// What nothing reads any more after its end.
    pub forgets: Vec<Slot>,
}

/// A moment within a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Minutes after the phase began.
    After(Minutes),
    /// Minutes after STARTEX; the phase's beginning where that is later.
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
    /// When it comes first.
    pub at: Moment,
    /// How many minutes later this is, for an inject that repeats.
    pub later: Minutes,
    /// If this then holds.
    pub when: Option<Code>,
    /// Whether the condition may change as time goes by, with nothing else happening.
    pub moves: bool,
    /// What.
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

/// An inject that comes by condition.
#[derive(Clone, Copy, Debug)]
pub struct WatchedInject {
    /// The condition.
    pub when: Code,
    /// The marks of what it reads.
    pub reads: u64,
    /// What.
    pub inject: InjectId,
}

/// What keeps a repeating inject away for a while.
#[derive(Clone, Copy, Debug)]
pub struct RepeatPause {
    /// Its entry in the agenda.
    pub due: DueId,
    /// How long, in minutes.
    pub every: Minutes,
}

/// One way a phase ends.
#[derive(Clone, Copy, Debug)]
pub struct PhaseExit {
    /// At a moment.
    pub at: Option<Moment>,
    /// If this holds.
    pub when: Option<Code>,
    /// The marks of what the condition reads.
    pub reads: u64,
    /// The next phase; none is ENDEX.
    pub to: Option<PhaseId>,
}

/// A comparison of something that moves with time against something that does not.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    /// What moves.
    pub moving: Moving,
    /// How they are compared, the moving side on the left.
    pub how: Comparison,
    /// The other side.
    pub against: Code,
    /// The inject that it brings; none where it ends the phase. It matters only while that may come.
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

/// How a number is made coarse.
#[derive(Clone, Debug)]
pub struct Banding {
    /// Which value.
    pub value: ValueId,
    /// To what.
    pub marks: crate::scenario::Bands,
}

/// News, or the moment of a question.
#[derive(Clone, Copy, Debug)]
pub struct Inject {
    /// The phase it belongs to.
    pub phase: PhaseId,
    /// How often it came, where that matters.
    pub came: Option<Slot>,
    /// How often it may come.
    pub repeats: u32,
    /// Where a condition brings it more than once: what keeps it away until it may come again.
    pub again: Option<RepeatPause>,
    /// When it came last, counted from 1, where that is asked.
    pub when: Option<Slot>,
    /// Whether a team sees it.
    pub shows: bool,
    /// What happens with it.
    pub block: BlockId,
    /// The question it puts.
    pub asks: Option<DecisionId>,
}

/// A question with options.
#[derive(Clone, Debug)]
pub struct Decision {
    /// When it closes by itself.
    pub closes: Closes,
    /// What happens if nobody answers: a position in `options`.
    pub default: usize,
    /// The option taken, counted from 1, where that is read.
    pub chosen: Option<Slot>,
    /// When it was taken, counted from 1, where that is asked.
    pub when: Option<Slot>,
    /// Its options.
    pub options: Vec<CourseId>,
    /// Those of its options that somebody must agree to.
    pub consented: Vec<CourseId>,
    /// Of a consent: the course that waits for it.
    pub consent_to: Option<CourseId>,
}

/// When a decision closes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closes {
    /// When its phase ends.
    WithPhase,
    /// At this minute.
    On(Minutes),
    /// So many minutes after it was asked; the slot of its agenda entry holds the minute.
    After(Minutes),
}

/// A standing action.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does.
    pub course: CourseId,
    /// Whether it stands, by phase.
    pub stands: Vec<bool>,
    /// How often it was used.
    pub used: Slot,
    /// How often it may be used.
    pub repeats: u32,
    /// When it was used last, counted from 1, where that is asked.
    pub when: Option<Slot>,
}

/// What belongs to a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It is an option.
    Option(DecisionId, u8),
    /// It is what an action does.
    Action(ActionId),
    /// It is an answer to a consent.
    Answer(DecisionId, u8),
}

/// An option of a decision, or what an action does.
#[derive(Clone, Debug)]
pub struct Course {
    /// Whose it is.
    pub owner: Owner,
    /// What must hold for it.
    pub needs: Option<Code>,
    /// What it holds while it takes time: a range of `uses`.
    pub uses: Range<u16>,
    /// How long it takes, in minutes.
    pub takes: Minutes,
    /// Where it takes time: its entries in the agenda, as many as can be under way at once.
    pub dues: Range<u16>,
    /// What happens at once.
    pub block: BlockId,
    /// What happens when its time is over.
    pub then: Range<u16>,
    /// Who must agree first.
    pub consent: Option<Consent>,
}

/// The consent that a course needs.
#[derive(Clone, Debug)]
pub struct Consent {
    /// The question: its options are to agree and to refuse, in this order.
    pub decision: DecisionId,
    /// Set when it was refused.
    pub refused: Slot,
    /// What a refusal brings.
    pub then: Range<u16>,
}

/// A number held by a course.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// Of which value.
    pub value: ValueId,
    /// How many.
    pub number: i64,
}

/// What brings something about.
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
    /// Only if this holds.
    pub when: Option<Code>,
    /// How long after, in minutes; 0 is at once.
    pub after: Minutes,
    /// Where it comes later: its entries in the agenda.
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
    /// Luck: which chance, and the first of its outcomes' blocks, which follow one another.
    pub chance: Option<(ChanceId, BlockId)>,
    /// Whether nothing happens in it: most options do nothing at once.
    pub is_bare: bool,
}

/// A write to a value.
#[derive(Clone, Copy, Debug)]
pub struct Effect {
    /// Which.
    pub value: ValueId,
    /// How.
    pub assign: expression::Assign,
    /// What.
    pub code: Code,
}

/// Points.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// Of which objective.
    pub objective: ObjectiveId,
    /// How many.
    pub points: i64,
}

/// A named point of chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Its name: rolls are keyed by it.
    pub name: String,
    /// The weights of its outcomes.
    pub odds: Vec<u32>,
    /// Their sum.
    pub total: u64,
}

/// An entry of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// What is due.
    pub what: DueWhat,
    /// Where its minute is kept; none where that is the same every time, or there is none.
    pub at: Option<Slot>,
    /// The minute that is the same every time.
    pub on: Option<Minutes>,
}

/// The deadlines in one word of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// The word of the state.
    pub word: usize,
    /// Its bits that stand for deadlines.
    pub mask: u64,
    /// The position of the lowest of them.
    pub shift: usize,
    /// The decision of that bit; the next bit is the next decision's.
    pub first: usize,
}

/// What may be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueWhat {
    /// A course comes to its end.
    Finish(CourseId),
    /// A block comes.
    Later(BlockId),
    /// A decision closes.
    Deadline(DecisionId),
    /// A repeating inject may come again.
    Again(InjectId),
}

impl Due {
    /// One whose minute is not planned yet.
    pub(crate) const fn new(what: DueWhat) -> Self {
        let (at, on) = (None, None);
        Self { what, at, on }
    }
}

impl Program {
    /// A decision by its name in the play grammar.
    #[must_use]
    pub fn decision_named(&self, name: &str) -> Option<DecisionId> {
        self.script
            .decisions
            .iter()
            .position(|decision| decision.id == name)
            .map(DecisionId::at)
    }

    /// An option of a decision by its name, as a position.
    #[must_use]
    pub fn option_named(&self, decision: DecisionId, name: &str) -> Option<u8> {
        let options = &self.decisions[decision.index()].options;
        options
            .iter()
            .position(|course| self.script.course(*course).id == name)
            .map(|position| position as u8)
    }

    /// An action by its name.
    #[must_use]
    pub fn action_named(&self, name: &str) -> Option<ActionId> {
        let is_named = |action: &Action| self.script.course(action.course).id == name;
        self.actions.iter().position(is_named).map(ActionId::at)
    }

    /// An inject by its name.
    #[must_use]
    pub fn inject_named(&self, name: &str) -> Option<InjectId> {
        self.script
            .injects
            .iter()
            .position(|inject| inject.id == name)
            .map(InjectId::at)
    }

    /// A value by its name.
    #[must_use]
    pub fn value_named(&self, name: &str) -> Option<ValueId> {
        self.script
            .values
            .iter()
            .position(|value| value.id == name)
            .map(ValueId::at)
    }

    /// A chance by its name.
    #[must_use]
    pub fn chance_named(&self, name: &str) -> Option<ChanceId> {
        self.chances
            .iter()
            .position(|chance| chance.name == name)
            .map(ChanceId::at)
    }

    /// An objective by its name.
    #[must_use]
    pub fn objective_named(&self, name: &str) -> Option<ObjectiveId> {
        let objectives = &self.script.scenario.objectives;
        objectives
            .iter()
            .position(|objective| objective.id.value == name)
            .map(ObjectiveId::at)
    }

    /// A phase by its name.
    #[must_use]
    pub fn phase_named(&self, name: &str) -> Option<PhaseId> {
        self.script
            .scenario
            .phases
            .iter()
            .position(|phase| phase.id.value == name)
            .map(PhaseId::at)
    }

    /// An ending by its name.
    #[must_use]
    pub fn ending_named(&self, name: &str) -> Option<EndingId> {
        self.script
            .scenario
            .endings
            .iter()
            .position(|ending| ending.id.value == name)
            .map(EndingId::at)
    }

    /// The block's number as a position in `blocks`.
    #[inline]
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The agenda's entry for a decision: there while the decision is open.
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
