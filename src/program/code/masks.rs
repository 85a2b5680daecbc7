//! The commonest conditions, each as one operation on a word.

use crate::program::code::Comparison;
use crate::program::layout::Slot;

/// What slots of one word must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordMask {
    pub(super) word: u16,
    pub(super) mask: u64,
    pub(super) pattern: u64,
    pub(super) marks: u64,
}

impl WordMask {
    /// That a slot holds this, counted from its least value.
    #[must_use]
    pub fn new(slot: Slot, raw: u64) -> Self {
        let (word, mask, pattern) = slot.pattern(raw);
        Self {
            word,
            mask,
            pattern,
            marks: slot.mark(),
        }
    }

    /// Both at once; `None` if they are about different words or contradict each other.
    #[must_use]
    pub fn and(self, other: Self) -> Option<Self> {
        let common = self.mask & other.mask;
        let fits = self.word == other.word && self.pattern & common == other.pattern & common;
        fits.then_some(Self {
            word: self.word,
            mask: self.mask | other.mask,
            pattern: self.pattern | other.pattern,
            marks: self.marks | other.marks,
        })
    }

    #[inline]
    pub(super) fn holds(&self, words: &[u64]) -> bool {
        words[usize::from(self.word)] & self.mask == self.pattern
    }
}

/// A range of what a slot may hold. It may wrap round the end of 64 bits, so everything except a range is a range too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotRange {
    pub(super) slot: Slot,
    first: u64,
    span: u64,
    /// Whether what the slot holds moves with time.
    pub(super) moves: bool,
}

impl SlotRange {
    /// Where a slot compares like this with a constant in wholes; `per` fractions make a whole. `None` if that is always
    /// or never, or if the constant is too large to count in fractions.
    pub(super) fn new(
        how: Comparison,
        (slot, per, moves): (Slot, i64, bool),
        against: i64,
    ) -> Option<Self> {
        let begins = against.checked_mul(per)?;
        let after = begins.checked_add(per)?;
        // From the first number of the range to the first one past it.
        let (first, end) = match how {
            Comparison::Less => (i64::MIN, begins),
            Comparison::LessOrEqual => (i64::MIN, after),
            Comparison::Greater => (after, i64::MIN),
            Comparison::GreaterOrEqual => (begins, i64::MIN),
            Comparison::Equal => (begins, after),
            Comparison::NotEqual => (after, begins),
        };
        (first != end).then(|| Self {
            slot,
            first: first as u64,
            span: (end as u64).wrapping_sub(first as u64) - 1,
            moves,
        })
    }

    #[inline]
    pub(super) fn holds(&self, words: &[u64]) -> bool {
        (self.slot.get(words) as u64).wrapping_sub(self.first) <= self.span
    }
}
