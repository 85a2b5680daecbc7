//! What one line of a play says.

use std::ops::Range;

use jiff::civil::DateTime;

use crate::engine::Move;
use crate::program::Program;
use crate::program::code::Comparison;

/// A name, or a value's content, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenName {
    /// What was written.
    pub text: String,
    /// Its bytes within the line.
    pub range: Range<usize>,
}

/// A date in the scenario's zone, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// The date.
    pub date: DateTime,
    /// The zone, if it is written with it: which of two that a change of clocks makes look the same.
    pub zone: Option<WrittenName>,
    /// Its bytes within the line.
    pub range: Range<usize>,
}

/// One line, not blank. Its names are not checked yet: that needs a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayLine {
    /// The seed of all rolls.
    Seed(u64),
    /// The variant played.
    Variant(WrittenName),
    /// The cut played.
    Cut(WrittenName),
    /// Choose an option.
    Choose {
        /// The decision.
        decision: WrittenName,
        /// The option.
        option: WrittenName,
    },
    /// Use a standing action.
    Take(WrittenName),
    /// Wait once.
    Wait,
    /// Wait until the clock is at or past a date.
    WaitUntil(WrittenDate),
    /// Wait until an inject has come or a decision is open.
    WaitFor(WrittenName),
    /// Force a roll.
    Roll {
        /// The chance.
        chance: WrittenName,
        /// The outcome's number, counted from 1.
        outcome: usize,
        /// The bytes of that number within the line.
        range: Range<usize>,
    },
    /// Something must hold now.
    Expect(Expectation),
    /// ENDEX must have come.
    End,
}

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// A value compares like this.
    Value {
        /// The value.
        value: WrittenName,
        /// The comparison.
        how: Comparison,
        /// The other side: a word, a truth or a number.
        with: WrittenName,
    },
    /// An inject has come.
    Came(WrittenName),
    /// An inject has not come.
    NotCame(WrittenName),
    /// This option was the last one taken.
    Chosen {
        /// The decision.
        decision: WrittenName,
        /// The option.
        option: WrittenName,
    },
    /// The points of an objective so far compare like this.
    Score {
        /// The objective.
        objective: WrittenName,
        /// The comparison.
        how: Comparison,
        /// The other side.
        points: i64,
    },
    /// All points so far compare like this.
    Total {
        /// The comparison.
        how: Comparison,
        /// The other side.
        points: i64,
    },
    /// This is the phase; after ENDEX, the one in which it came.
    Phase(WrittenName),
    /// ENDEX has come with this ending.
    Ending(WrittenName),
    /// The clock shows this.
    Time(WrittenDate),
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// One phrase: lower case, no full stop.
    pub headline: String,
    /// The bytes within the line that are wrong.
    pub range: Range<usize>,
    /// What to do, as a sentence; may be empty.
    pub hint: String,
    /// The text that was probably meant.
    pub instead: Option<String>,
}

impl LineError {
    pub(super) fn new(
        headline: impl Into<String>,
        range: Range<usize>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            headline: headline.into(),
            range,
            hint: hint.into(),
            instead: None,
        }
    }
}

impl PlayLine {
    /// Whether it makes moves.
    #[must_use]
    pub fn moves(&self) -> bool {
        matches!(
            self,
            Self::Choose { .. }
                | Self::Take(_)
                | Self::Wait
                | Self::WaitUntil(_)
                | Self::WaitFor(_)
        )
    }
}

/// The line that makes a move of this program.
#[must_use]
pub fn line_of(program: &Program, made: Move) -> String {
    match made {
        Move::Wait => "wait".into(),
        Move::Take(id) => {
            let course = program.actions[id.index()].course;
            format!("take {}", program.script.course(course).id)
        }
        Move::Choose(id, option) => {
            let course = program.decisions[id.index()].options[usize::from(option)];
            let option = &program.script.course(course).id;
            format!("choose {} {option}", program.script.decision(id).id)
        }
    }
}
