//! What an exercise shows, as plain data: the account of its points.

use crate::engine::view::Stamp;

/// Every point of an exercise with its reason, by objective.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Account {
    /// In the scenario's order.
    pub objectives: Vec<ObjectiveAccount>,
    /// The sum of all points.
    pub total: i64,
    /// The sum of all worths.
    pub worth: i64,
}

/// The points of one objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveAccount {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub title: String,
    /// What best play should be able to win.
    pub worth: i64,
    /// What was won and lost, summed.
    pub points: i64,
    /// In the order they were given.
    pub lines: Vec<AccountLine>,
}

/// Points given at one moment for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// When.
    pub at: Stamp,
    /// How many; may be negative.
    pub points: i64,
    /// Why.
    pub because: String,
    /// What it came from: the label of the option or action, the title of the inject, or `ENDEX`.
    pub from: String,
    /// Whether luck had a part in it: it was given by an outcome of a chance.
    pub luck: bool,
}
