//! Expressions as trees of small operations over numbered slots. Evaluating looks up no names and allocates nothing.

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
    /// Whether a slot holds this, counted from its least value. The commonest condition.
    SlotIs(Slot, u64),
    /// A growing value: the slot counts fractions, so many to the whole.
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
    /// Whether the bit with the left side's number is set: membership in a list of words.
    AnyOf(Code, u64),
    /// Both; the right side only if the left is true.
    And(Code, Code),
    /// Either; the right side only if the left is false.
    Or(Code, Code),
    /// One or the other.
    If(Code, Code, Code),
}

/// Arithmetic on two numbers. It stops at the ends of 64 bits, which no checked expression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, towards zero
    Divide,
    /// `%`
    Remainder,
    /// `min(a, b)`
    Min,
    /// `max(a, b)`
    Max,
}

/// A comparison of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Comparison {
    /// Whether it holds.
    #[inline]
    #[must_use]
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
        }
    }

    /// The same comparison with its sides changed over.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
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

    /// Adds an operation.
    pub fn push(&mut self, operation: Operation) -> Code {
        self.list.push(operation);
        Code(self.list.len() as u32 - 1)
    }

    /// The operation at the root of an expression.
    #[inline]
    #[must_use]
    pub fn root(&self, code: Code) -> Operation {
        self.list[code.0 as usize]
    }

    /// What an expression comes to in a state.
    #[inline]
    #[must_use]
    pub fn value(&self, code: Code, words: &[u64]) -> i64 {
        match self.root(code) {
            Operation::Constant(number) => number,
            Operation::Slot(slot) => slot.get(words),
            Operation::SlotIs(slot, raw) => i64::from(slot.raw(words) == raw),
            operation => self.compound(operation, words),
        }
    }

    /// Whether a condition holds in a state.
    #[inline]
    #[must_use]
    pub fn holds(&self, code: Code, words: &[u64]) -> bool {
        self.value(code, words) != 0
    }

    fn compound(&self, operation: Operation, words: &[u64]) -> i64 {
        match operation {
            Operation::Constant(_) | Operation::Slot(_) | Operation::SlotIs(..) => {
                unreachable!("`value` answers these")
            }
            Operation::Grown(slot, per) => slot.get(words).div_euclid(per),
            Operation::Since(slot) => match slot.get(words) {
                0 => -1,
                happened => self.now(words) - (happened - 1),
            },
            Operation::Now => self.now(words),
            Operation::Not(code) => i64::from(!self.holds(code, words)),
            Operation::Negate(code) => self.value(code, words).saturating_neg(),
            Operation::Calculate(how, left, right) => {
                calculate(how, self.value(left, words), self.value(right, words))
            }
            Operation::Compare(how, left, right) => {
                i64::from(how.holds(self.value(left, words), self.value(right, words)))
            }
            Operation::AnyOf(code, set) => {
                // A list of phases or options may hold more words than a set has bits; those are not in it.
                let bit = set.checked_shr(self.value(code, words) as u32).unwrap_or(0) & 1;
                bit as i64
            }
            Operation::And(left, right) => {
                i64::from(self.holds(left, words) && self.holds(right, words))
            }
            Operation::Or(left, right) => {
                i64::from(self.holds(left, words) || self.holds(right, words))
            }
            Operation::If(condition, yes, no) => self.value(
                if self.holds(condition, words) {
                    yes
                } else {
                    no
                },
                words,
            ),
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
            Operation::Slot(slot) | Operation::SlotIs(slot, _) => slot.mark(),
            Operation::Grown(slot, _) | Operation::Since(slot) => slot.mark() | TIME_MARK,
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

fn calculate(how: Arithmetic, left: i64, right: i64) -> i64 {
    match how {
        Arithmetic::Add => left.saturating_add(right),
        Arithmetic::Subtract => left.saturating_sub(right),
        Arithmetic::Multiply => left.saturating_mul(right),
        // The checker refuses a divisor that may be zero; what never runs costs nothing.
        Arithmetic::Divide if right == 0 => 0,
        Arithmetic::Divide => left.saturating_div(right),
        Arithmetic::Remainder => left.checked_rem(right).unwrap_or(0),
        Arithmetic::Min => left.min(right),
        Arithmetic::Max => left.max(right),
    }
}
