//! Values, and how they grow.

use crate::program::code::Code;
use crate::program::ids::ValueId;
use crate::program::layout::Slot;

/// A value of the scenario.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// Where it is stored; a growing value counts fractions.
    pub slot: Slot,
    /// How many fractions make a whole: 1 unless the value grows.
    pub per: i64,
    /// The lower bound, in wholes.
    pub min: i64,
    /// The upper bound, in wholes.
    pub max: i64,
    /// The author expects it to stop at a bound.
    pub saturates: bool,
}

impl Value {
    /// Fractions as wholes, rounded down. Few values grow, and a division is slow.
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
    /// The value.
    pub value: ValueId,
    /// What adds to it.
    pub rates: Vec<Rate>,
    /// The marks of what the rates read.
    pub reads: u64,
}

/// One rate of growth.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// It counts only while this holds.
    pub when: Option<Code>,
    /// The growth in each period, in wholes.
    pub add: Code,
    /// How many fractions of the value one of `add` gives in one minute.
    pub share: i64,
}
