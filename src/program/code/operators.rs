//! Arithmetic and comparisons.

/// Arithmetic on two numbers. It saturates at the ends of 64 bits, which no checked expression reaches.
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

    /// The same comparison with its sides swapped.
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

pub(super) fn calculate(how: Arithmetic, left: i64, right: i64) -> i64 {
    match how {
        Arithmetic::Add => left.saturating_add(right),
        Arithmetic::Subtract => left.saturating_sub(right),
        Arithmetic::Multiply => left.saturating_mul(right),
        // The compiler refuses a divisor that may be zero, so this never runs.
        Arithmetic::Divide if right == 0 => 0,
        Arithmetic::Divide => left.saturating_div(right),
        Arithmetic::Remainder => left.checked_rem(right).unwrap_or(0),
        Arithmetic::Min => left.min(right),
        Arithmetic::Max => left.max(right),
    }
}
