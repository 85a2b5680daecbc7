//! The expression language: a subset of CEL with a place for every node.
//!
//! [`parse`] reads a condition or a number, [`parse_effect`] a line that writes. What they accept CEL accepts too, but for
//! durations (`90m`) and effects. They refuse on purpose what CEL allows and nobody reads alike: comparisons in a row
//! (`a < b < c`), an empty list, and a comma before a closing bracket.

use std::fmt;
use std::ops::Range;

mod lexer;
mod parser;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use parser::{parse, parse_effect};

/// The longest text of an expression, in bytes: more than anybody reads at once.
pub const LENGTH_BYTES_MAX: usize = 2_000;

/// The deepest tree, in nodes from the root to a leaf, both counted; brackets are no nodes. Whoever walks a tree may recurse.
pub const DEPTH_MAX: usize = 32;

/// The largest number, either sign: 2^53, up to which every reader of JSON is exact.
pub const NUMBER_MAX: i64 = 1 << 53;

/// A node of an expression, with the bytes of the text it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From the first byte of its first token to the last of its last. Brackets around the whole node are left out, brackets
    /// around its parts are in: in `((a) + b)` the sum is `(a) + b`, and its left side `a`.
    pub range: Range<usize>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// A whole number, or a duration in minutes.
    Number(i64),
    /// `true` or `false`.
    Truth(bool),
    /// A name: a value, a word of a value, `phase`, `none`.
    Name(String),
    /// `chosen.x`: the name before the dot, the name after it, and where that stands.
    Field(String, String, Range<usize>),
    /// A call by name, with the place of the name.
    Call(String, Range<usize>, Vec<Expr>),
    /// `!` or `-`.
    Unary(Unary, Box<Expr>),
    /// Two sides.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `x in [a, b]`
    In(Box<Expr>, Vec<Expr>),
    /// `c ? a : b`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
}

/// Operators with one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// Operators with two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `+`
    Add,
    /// `-`
    Subtract,
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
    /// `&&`
    And,
    /// `||`
    Or,
}

/// An effect: what is written, how, and what with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectExpr {
    /// The value's name.
    pub name: String,
    /// Where the name stands.
    pub name_range: Range<usize>,
    /// `=`, `+=` or `-=`.
    pub assign: Assign,
    /// The right side.
    pub expression: Expr,
}

/// How an effect writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assign {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `-=`
    Subtract,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// One phrase: lower case, no full stop.
    pub headline: String,
    /// The bytes it points at.
    pub range: Range<usize>,
    /// What to do, as a sentence; may be empty.
    pub hint: String,
}

impl SyntaxError {
    fn new(
        headline: impl Into<String>,
        range: Range<usize>,
        hint: impl Into<String>,
    ) -> SyntaxError {
        SyntaxError {
            headline: headline.into(),
            range,
            hint: hint.into(),
        }
    }
}

impl Unary {
    /// As it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Unary::Not => "!",
            Unary::Negate => "-",
        }
    }
}

impl Binary {
    /// As it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Binary::Multiply => "*",
            Binary::Divide => "/",
            Binary::Remainder => "%",
            Binary::Add => "+",
            Binary::Subtract => "-",
            Binary::Less => "<",
            Binary::LessOrEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterOrEqual => ">=",
            Binary::Equal => "==",
            Binary::NotEqual => "!=",
            Binary::And => "&&",
            Binary::Or => "||",
        }
    }
}

impl Assign {
    /// As it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Assign::Set => "=",
            Assign::Add => "+=",
            Assign::Subtract => "-=",
        }
    }
}

/// With every bracket written and durations in minutes. A tree that came from [`parse`] parses back to the same tree, ranges
/// aside, unless the brackets make it longer than [`LENGTH_BYTES_MAX`].
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(number) => write!(f, "{number}"),
            ExprKind::Truth(truth) => write!(f, "{truth}"),
            ExprKind::Name(name) => f.write_str(name),
            ExprKind::Field(name, field, _) => write!(f, "{name}.{field}"),
            ExprKind::Call(name, _, arguments) => {
                write!(f, "{name}(")?;
                write_list(f, arguments)?;
                f.write_str(")")
            }
            ExprKind::Unary(unary, operand) => write!(f, "({}{operand})", unary.symbol()),
            ExprKind::Binary(binary, left, right) => {
                write!(f, "({left} {} {right})", binary.symbol())
            }
            ExprKind::In(element, list) => {
                write!(f, "({element} in [")?;
                write_list(f, list)?;
                f.write_str("])")
            }
            ExprKind::If(condition, yes, no) => write!(f, "({condition} ? {yes} : {no})"),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, nodes: &[Expr]) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{node}")?;
    }
    Ok(())
}
