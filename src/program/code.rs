//! Expressions as trees of small operations over numbered slots. Evaluating looks up no names and allocates nothing.

mod masks;
mod operators;

pub use masks::{SlotRange, WordMask};
pub use operators::{Arithmetic, Comparison};

use crate::program::code::operators::calculate;
use crate::program::layout::{Slot, TIME_MARK};

/// A compiled expression: the number of its root among the [`Operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code(u32);

/// One operation. Truths are 0 and 1; words are their position in their list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// A number.
    Constant(i64),
    /// What a slot holds.
    Slot(Slot),
    /// Whether slots of one word hold certain values: the commonest condition, or several of them at once.
    Bits(WordMask),
    /// Whether what a slot holds lies in a range: a comparison with a constant.
    Within(SlotRange),
    /// A growing value: what the slot counts, and how many of those make a whole.
    Grown(Slot, i64),
    /// Minutes since what the slot remembers; -1 if it has not happened.
    Since(Slot),
    /// Minutes since STARTEX.
    Now,
    /// Not.
    Not(Code),
    /// Minus.
    Negate(Code),
    /// Arithmetic.
    Calculate(Arithmetic, Code, Code),
    /// A comparison.
    Compare(Comparison, Code, Code),
    /// Whether the bit with this number is set: membership in a list of words.
    AnyOf(Code, u64),
    /// Both; the right side only if the left is true.
    And(Code, Code),
    /// Either; the right side only if the left is false.
    Or(Code, Code),
    /// One or the other.
    If(Code, Code, Code),
}

/// All operations of a program, children before parents.
#[derive(Clone, Debug, Default)]
pub struct Operations {
    list: Vec<Operation>,
    clock: Option<Slot>,
}

impl Operations {
    /// An empty list over a state whose clock is this slot.
    #[must_use]
    pub fn new(clock: Slot) -> Self {
        Self {
            list: Vec::new(),
            clock: Some(clock),
        }
    }

    /// Adds an operation. Arithmetic on constants is done at once.
    pub fn push(&mut self, operation: Operation) -> Code {
        let known = |code: Code| match self.root(code) {
            Operation::Constant(number) => Some(number),
            _ => None,
        };
        let operation = match operation {
            Operation::Negate(inner) => known(inner).map(i64::saturating_neg),
            Operation::Calculate(how, left, right) => known(left)
                .zip(known(right))
                .map(|(left, right)| calculate(how, left, right)),
            _ => None,
        }
        .map_or(operation, Operation::Constant);
        self.list.push(operation);
        Code(self.list.len() as u32 - 1)
    }

    /// Turns every comparison of a slot with a constant into one operation. This comes last, because the comparisons show
    /// what moves with time.
    pub fn shorten(&mut self) {
        for index in 0..self.list.len() {
            let Operation::Compare(how, left, right) = self.list[index] else {
                continue;
            };
            let slot = |code: Code| match self.root(code) {
                Operation::Slot(slot) => Some((slot, 1, false)),
                Operation::Grown(slot, per) => Some((slot, per, true)),
                _ => None,
            };
            let within = match (self.root(left), self.root(right)) {
                (_, Operation::Constant(against)) => {
                    slot(left).and_then(|slot| SlotRange::new(how, slot, against))
                }
                (Operation::Constant(against), _) => {
                    slot(right).and_then(|slot| SlotRange::new(how.mirrored(), slot, against))
                }
                _ => None,
            };
            if let Some(within) = within {
                self.list[index] = Operation::Within(within);
            }
        }
    }

    /// The operation at the root of an expression.
    #[inline]
    #[must_use]
    pub fn root(&self, code: Code) -> Operation {
        self.list[code.0 as usize]
    }

    /// Both conditions: one operation if both are about slots of one word.
    pub fn both(&mut self, left: Code, right: Code) -> Code {
        let merged = match (self.root(left), self.root(right)) {
            (Operation::Bits(left), Operation::Bits(right)) => left.and(right),
            _ => None,
        };
        self.push(merged.map_or(Operation::And(left, right), Operation::Bits))
    }

    /// Either condition; two opposites are the opposite of both, which may be one operation.
    pub fn either(&mut self, left: Code, right: Code) -> Code {
        match (self.root(left), self.root(right)) {
            (Operation::Not(left), Operation::Not(right)) => {
                let both = self.both(left, right);
                self.push(Operation::Not(both))
            }
            _ => self.push(Operation::Or(left, right)),
        }
    }

    /// The opposite of a condition.
    pub fn not(&mut self, code: Code) -> Code {
        match self.root(code) {
            Operation::Bits(bits) if bits.mask.is_power_of_two() => {
                self.push(Operation::Bits(WordMask {
                    pattern: bits.pattern ^ bits.mask,
                    ..bits
                }))
            }
            _ => self.push(Operation::Not(code)),
        }
    }

    /// A truth as a condition: its slot holds 1.
    pub fn condition(&mut self, truth: Code) -> Code {
        match self.root(truth) {
            Operation::Slot(slot) => self.push(Operation::Bits(WordMask::new(slot, 1))),
            _ => truth,
        }
    }

    /// What an expression comes to in a state.
    #[inline]
    #[must_use]
    pub fn value(&self, code: Code, words: &[u64]) -> i64 {
        match &self.list[code.0 as usize] {
            Operation::Constant(number) => *number,
            Operation::Slot(slot) => slot.get(words),
            Operation::Bits(bits) => i64::from(bits.holds(words)),
            Operation::Within(within) => i64::from(within.holds(words)),
            _ => self.compound(code, words),
        }
    }

    /// Whether a condition holds in a state.
    #[inline]
    #[must_use]
    pub fn holds(&self, code: Code, words: &[u64]) -> bool {
        match &self.list[code.0 as usize] {
            // Most conditions are one of these two.
            Operation::Bits(bits) => bits.holds(words),
            Operation::Within(within) => within.holds(words),
            _ => self.compound(code, words) != 0,
        }
    }

    fn compound(&self, mut code: Code, words: &[u64]) -> i64 {
        // The right side is the next turn of the loop; the left side recurses, as deep as the parser allows.
        loop {
            return match &self.list[code.0 as usize] {
                Operation::Constant(number) => *number,
                Operation::Slot(slot) => slot.get(words),
                Operation::Bits(bits) => i64::from(bits.holds(words)),
                Operation::Within(within) => i64::from(within.holds(words)),
                Operation::And(left, right) => {
                    if !self.holds(*left, words) {
                        return 0;
                    }
                    code = *right;
                    continue;
                }
                Operation::Or(left, right) => {
                    if self.holds(*left, words) {
                        return 1;
                    }
                    code = *right;
                    continue;
                }
                Operation::If(condition, yes, no) => {
                    code = if self.holds(*condition, words) {
                        *yes
                    } else {
                        *no
                    };
                    continue;
                }
                Operation::Grown(slot, per) => slot.get(words).div_euclid(*per),
                Operation::Since(slot) => match slot.get(words) {
                    0 => -1,
                    happened => self.now(words) - (happened - 1),
                },
                Operation::Now => self.now(words),
                Operation::Not(inner) => i64::from(!self.holds(*inner, words)),
                Operation::Negate(inner) => self.value(*inner, words).saturating_neg(),
                Operation::Calculate(how, left, right) => {
                    calculate(*how, self.value(*left, words), self.value(*right, words))
                }
                Operation::Compare(how, left, right) => {
                    i64::from(how.holds(self.value(*left, words), self.value(*right, words)))
                }
                Operation::AnyOf(inner, set) => {
                    // A list of phases may hold more words than the set has bits; those are not in the set.
                    let bits = set.checked_shr(self.value(*inner, words) as u32);
                    i64::from(bits.unwrap_or(0) & 1 != 0)
                }
            };
        }
    }

    /// Calls `call` for each word that an expression reads, with the bits that it reads.
    pub fn each_read(&self, code: Code, call: &mut impl FnMut(usize, u64)) {
        let mut slot = |slot: Slot| {
            let (word, mask, _) = slot.pattern(0);
            call(usize::from(word), mask);
        };
        match self.root(code) {
            Operation::Constant(_) => {}
            Operation::Slot(read)
            | Operation::Grown(read, _)
            | Operation::Within(SlotRange { slot: read, .. }) => slot(read),
            Operation::Since(read) => {
                slot(read);
                self.clock.into_iter().for_each(slot);
            }
            Operation::Now => self.clock.into_iter().for_each(slot),
            Operation::Bits(bits) => call(usize::from(bits.word), bits.mask),
            Operation::Not(inner) | Operation::Negate(inner) | Operation::AnyOf(inner, _) => {
                self.each_read(inner, call);
            }
            Operation::Calculate(_, left, right)
            | Operation::Compare(_, left, right)
            | Operation::And(left, right)
            | Operation::Or(left, right) => {
                self.each_read(left, call);
                self.each_read(right, call);
            }
            Operation::If(condition, yes, no) => {
                self.each_read(condition, call);
                self.each_read(yes, call);
                self.each_read(no, call);
            }
        }
    }

    fn now(&self, words: &[u64]) -> i64 {
        self.clock.map_or(0, |clock| clock.get(words))
    }

    /// The marks of everything that an expression reads.
    #[must_use]
    pub fn reads(&self, code: Code) -> u64 {
        match self.root(code) {
            Operation::Constant(_) => 0,
            Operation::Slot(slot)
            | Operation::Within(SlotRange {
                slot, moves: false, ..
            }) => slot.mark(),
            Operation::Bits(bits) => bits.marks,
            Operation::Grown(slot, _)
            | Operation::Since(slot)
            | Operation::Within(SlotRange { slot, .. }) => slot.mark() | TIME_MARK,
            Operation::Now => TIME_MARK,
            Operation::Not(code) | Operation::Negate(code) | Operation::AnyOf(code, _) => {
                self.reads(code)
            }
            Operation::Calculate(_, left, right)
            | Operation::Compare(_, left, right)
            | Operation::And(left, right)
            | Operation::Or(left, right) => self.reads(left) | self.reads(right),
            Operation::If(condition, yes, no) => {
                self.reads(condition) | self.reads(yes) | self.reads(no)
            }
        }
    }
}

#[cfg(test)]
mod tests;
