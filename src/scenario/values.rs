//! Values, and the situation board that shows them.

use crate::scenario::{Minutes, Placed};

/// A named piece of the state.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its name in the files and in expressions.
    pub id: Placed<String>,
    /// Its name on screen; its id if left out.
    pub title: Option<Placed<String>>,
    /// What it may hold, and holds at STARTEX.
    pub kind: ValueKind,
    /// Shown in no view.
    pub hidden: bool,
    /// Leaving the bounds is intended.
    pub saturates: bool,
    /// Growth; the rates add up.
    pub grows: Vec<Growth>,
}

/// What a value may hold, and what it holds at STARTEX.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// True or false.
    Truth {
        /// At STARTEX.
        initial: Placed<bool>,
    },
    /// A whole number with bounds, both included.
    Number {
        /// The least.
        min: Placed<i64>,
        /// The most.
        max: Placed<i64>,
        /// At STARTEX.
        initial: Placed<i64>,
        /// What is counted, as in `calls`; shown after the number.
        unit: Option<Placed<String>>,
    },
    /// One of a list of words.
    Word {
        /// The words, in order.
        words: Vec<Placed<String>>,
        /// At STARTEX.
        initial: Placed<String>,
    },
}

/// `add` for every `every` minutes while `when` holds.
#[derive(Clone, Debug)]
pub struct Growth {
    /// How much; an expression.
    pub add: Placed<String>,
    /// The period, in minutes.
    pub every: Placed<Minutes>,
    /// A condition.
    pub when: Option<Placed<String>>,
}

/// One entry of the situation board.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// How it looks.
    pub form: IndicatorForm,
    /// The value (for a clock: the inject, decision or action) it shows.
    pub of: Placed<String>,
    /// Its name on screen; the value's title if left out.
    pub title: Option<Placed<String>>,
    /// Words of a lamp that are good.
    pub good: Vec<Placed<String>>,
    /// Words of a lamp that are bad. All others are in between.
    pub bad: Vec<Placed<String>>,
    /// The phases in which it is shown; empty means all.
    pub phases: Vec<Placed<String>>,
    /// The roles it is shown to; empty means all.
    pub to: Vec<Placed<String>>,
}

/// How an indicator looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorForm {
    /// A word or truth, good, bad or neither.
    Lamp,
    /// A number against its maximum.
    Gauge,
    /// A number with its recent course.
    Trend,
    /// The time since something happened.
    Clock,
}
