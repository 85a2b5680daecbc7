//! The expression language: a subset of CEL with a place for every node.

use std::ops::Range;

/// A node of an expression, with the bytes of the text it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// From the first byte of its first token to the last of its last.
    pub range: Range<usize>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A whole number, or a duration in minutes.
    Number(i64),
    /// `true` or `false`.
    Truth(bool),
    /// A name: a value, a word of a value, `phase`, `none`.
    Name(String),
    /// `chosen.x`: the name before the dot, the name after it, and where that stands.
    Field(String, String, Range<usize>),
    /// A call by name, with the place of the name.
    Call(String, Range<usize>, Vec<Node>),
    /// `!` or `-`.
    Unary(Unary, Box<Node>),
    /// Two sides.
    Binary(Binary, Box<Node>, Box<Node>),
    /// `x in [a, b]`
    In(Box<Node>, Vec<Node>),
    /// `c ? a : b`
    If(Box<Node>, Box<Node>, Box<Node>),
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
pub struct Effect {
    /// The value's name.
    pub name: String,
    /// Where the name stands.
    pub name_range: Range<usize>,
    /// `=`, `+=` or `-=`.
    pub assign: Assign,
    /// The right side.
    pub expression: Node,
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
