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
    /// Whether slots of one word hold certain values: the commonest condition, and several of them at once.
    Bits(WordMask),
    /// Whether a slot holds a number of a range, the end included: what a comparison with a constant comes to.
    Within(Within),
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

/// Values that slots of one word are to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordMask {
    word: u16,
    mask: u64,
    pattern: u64,
    marks: u64,
}

impl WordMask {
    /// A slot holds this value, counted from its least.
    #[must_use]
    pub fn of(slot: Slot, raw: u64) -> Self {
        let (word, mask, pattern) = slot.pattern(raw);
        Self {
            word,
            mask,
            pattern,
            marks: slot.mark(),
        }
    }

    /// Both at once; none where they lie in different words, or contradict each other.
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
    fn hold(&self, words: &[u64]) -> bool {
        words[usize::from(self.word)] & self.mask == self.pattern
    }
}

/// A range of what a slot may hold. It may go round the end of 64 bits: so everything but a range is one as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    slot: Slot,
    first: u64,
    span: u64,
    /// Whether what the slot holds moves with time.
    moves: bool,
}

impl Within {
    /// Where a comparison of what the slot holds, so many fractions to the whole, with a constant number of wholes holds.
    /// None where it holds always or never, or where the number is too large to count in fractions.
    fn of(how: Comparison, (slot, per, moves): (Slot, i64, bool), against: i64) -> Option<Self> {
        let begins = against.checked_mul(per)?;
        let after = begins.checked_add(per)?;
        // From the first of the range to the first behind it.
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
    fn holds(&self, words: &[u64]) -> bool {
        (self.slot.get(words) as u64).wrapping_sub(self.first) <= self.span
    }
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

    /// Adds an operation; arithmetic on numbers that are known already is done at once.
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

    /// Makes one operation of every comparison of a slot with a constant. Done last: what moves with time is found by the
    /// comparisons.
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
                    slot(left).and_then(|slot| Within::of(how, slot, against))
                }
                (Operation::Constant(against), _) => {
                    slot(right).and_then(|slot| Within::of(how.mirrored(), slot, against))
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

    /// Both conditions: one operation where both ask for values of slots in one word.
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

    /// A truth as a condition: that its slot holds 1.
    pub fn condition(&mut self, truth: Code) -> Code {
        match self.root(truth) {
            Operation::Slot(slot) => self.push(Operation::Bits(WordMask::of(slot, 1))),
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
            Operation::Bits(bits) => i64::from(bits.hold(words)),
            Operation::Within(within) => i64::from(within.holds(words)),
            _ => self.compound(code, words),
        }
    }

    /// Whether a condition holds in a state.
    #[inline]
    #[must_use]
    pub fn holds(&self, code: Code, words: &[u64]) -> bool {
        match &self.list[code.0 as usize] {
            // Most conditions are one of these.
            Operation::Bits(bits) => bits.hold(words),
            Operation::Within(within) => within.holds(words),
            _ => self.compound(code, words) != 0,
        }
    }

    fn compound(&self, mut code: Code, words: &[u64]) -> i64 {
        // The right side is the next turn of the loop; the left side nests, as deep as the parser allows.
        loop {
            return match &self.list[code.0 as usize] {
                Operation::Constant(number) => *number,
                Operation::Slot(slot) => slot.get(words),
                Operation::Bits(bits) => i64::from(bits.hold(words)),
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
                    // A list of phases may hold more words than a set has bits; those are not in it.
                    let bits = set.checked_shr(self.value(*inner, words) as u32);
                    i64::from(bits.unwrap_or(0) & 1 != 0)
                }
            };
        }
    }

    /// Calls for each word that an expression reads, with the bits that it reads of it.
    pub fn each_read(&self, code: Code, call: &mut impl FnMut(usize, u64)) {
        let mut slot = |slot: Slot| {
            let (word, mask, _) = slot.pattern(0);
            call(usize::from(word), mask);
        };
        match self.root(code) {
            Operation::Constant(_) => {}
            Operation::Slot(read)
            | Operation::Grown(read, _)
            | Operation::Within(Within { slot: read, .. }) => slot(read),
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
            | Operation::Within(Within {
                slot, moves: false, ..
            }) => slot.mark(),
            Operation::Bits(bits) => bits.marks,
            Operation::Grown(slot, _)
            | Operation::Since(slot)
            | Operation::Within(Within { slot, .. }) => slot.mark() | TIME_MARK,
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

#[cfg(test)]
mod tests {
    use super::{Comparison, Operation, Operations};
    use crate::program::layout::Layout;

    #[test]
    fn a_shortened_comparison_comes_to_the_same() {
        let hows = [
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
            Comparison::Equal,
            Comparison::NotEqual,
        ];
        let mut layout = Layout::default();
        let slot = layout.slot(-130, 130);
        let read = [Operation::Slot(slot), Operation::Grown(slot, 60)];
        for against in [i64::MIN, -131, -3, -2, -1, 0, 1, 2, 3, 131, i64::MAX] {
            for (how, read) in hows.iter().flat_map(|how| read.map(|read| (*how, read))) {
                for mirrored in [false, true] {
                    let mut long = Operations::new(slot);
                    let (value, constant) =
                        (long.push(read), long.push(Operation::Constant(against)));
                    let sides = if mirrored {
                        (constant, value)
                    } else {
                        (value, constant)
                    };
                    let code = long.push(Operation::Compare(how, sides.0, sides.1));
                    let mut short = long.clone();
                    short.shorten();
                    assert_eq!(long.reads(code), short.reads(code));
                    if against.abs_diff(0) <= 3 {
                        assert!(matches!(short.root(code), Operation::Within(_)));
                    }
                    for number in -130..=130 {
                        let mut words = vec![0; layout.words()];
                        slot.set(&mut words, number);
                        assert_eq!(
                            long.holds(code, &words),
                            short.holds(code, &words),
                            "{read:?} {number} {how:?} {against}, mirrored: {mirrored}"
                        );
                    }
                }
            }
        }
    }
}
