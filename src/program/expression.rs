//! The expression language: a subset of CEL with a place for every node.
//!
//! [`parse`] reads a condition or a number, [`parse_effect`] an effect. CEL accepts everything that they accept, except
//! durations (`90m`) and effects. They refuse what CEL allows but readers may misunderstand: several comparisons in a row
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

/// The longest text of an expression, in bytes.
pub const LENGTH_BYTES_MAX: usize = 2_000;

/// The deepest tree, in nodes from the root to a leaf, so that a tree can be walked by recursion. Brackets are not nodes.
pub const DEPTH_MAX: usize = 32;

/// The largest number of either sign: 2^53, up to which JSON is exact.
pub const NUMBER_MAX: i64 = 1 << 53;

/// Words that CEL reserves: with one of them as a name, an expression would not be CEL.
#[rustfmt::skip]
pub(crate) const CEL_WORDS: [&str; 18] = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "namespace", "null", "package",
    "return", "var", "void", "while",
];

/// A node of an expression, with its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first token to its last. Brackets around the node are left out, brackets around its parts are not: in
    /// `((a) + b)` the sum is `(a) + b`, and its left side is `a`.
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
    /// `chosen.x`: the name before the dot, the name after it, and the place of the latter.
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

/// An effect: which value is written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectExpr {
    /// The value's name.
    pub name: String,
    /// The place of the name.
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

/// Why a text is not an expression.
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

/// With all brackets, and durations in minutes. A tree from [`parse`] parses to the same tree again, except its ranges,
/// unless the brackets make it longer than [`LENGTH_BYTES_MAX`].
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
