//! Expressions: from text to typed code.

mod arithmetic;
mod comparisons;
mod effects;
mod functions;
mod names;
mod types;

use std::ops::Range;

pub use types::{Type, Typed, WordList};

use crate::finding::{Finding, Place};
use crate::program::code::{Arithmetic, Code, Comparison, Operation};
use crate::program::compile::Compiler;
use crate::program::expression::{Binary, Expr, ExprKind, SyntaxError, Unary, parse};
use crate::scenario::Placed;
use crate::scenario::read::{TEXT_MAX_BYTES, place_inside};

/// One expression being compiled: what the text is, and how to point into it.
struct Scope<'c, 'a> {
    compiler: &'c mut Compiler<'a>,
    source: &'c Placed<String>,
}

impl<'a> Compiler<'a> {
    /// A condition that is tested when something else happens.
    pub fn condition(&mut self, source: &Placed<String>) -> Option<Code> {
        self.typed_condition(source).map(|typed| typed.code)
    }

    /// A condition, with whether it changes as time goes by.
    pub fn typed_condition(&mut self, source: &Placed<String>) -> Option<Typed> {
        let node = self.parsed(source, parse)?;
        let mut scope = self.scope(source);
        let typed = scope.node(&node, None)?;
        if typed.kind == Type::Truth {
            return Some(typed);
        }
        let what = scope.describe(typed.kind);
        let headline = format!("a condition must be true or false, but this is {what}");
        scope.wrong(&node.range, headline);
        None
    }

    pub fn number(&mut self, source: &Placed<String>) -> Option<Typed> {
        let node = self.parsed(source, parse)?;
        let mut scope = self.scope(source);
        let typed = scope.node(&node, None)?;
        scope.bounds(&typed, &node.range)?;
        Some(typed)
    }

    fn scope<'c>(&'c mut self, source: &'c Placed<String>) -> Scope<'c, 'a> {
        Scope {
            compiler: self,
            source,
        }
    }

    /// What the text says. A mistake in it is reported, unless reading has reported it: an empty text, or one that is
    /// too long.
    fn parsed<T>(
        &mut self,
        source: &Placed<String>,
        parse: fn(&str) -> Result<T, SyntaxError>,
    ) -> Option<T> {
        if source.value.trim().is_empty() || source.value.len() > TEXT_MAX_BYTES {
            return None;
        }
        let error = match parse(&source.value) {
            Ok(parsed) => return Some(parsed),
            Err(error) => error,
        };
        let place = self.inside(source, error.range);
        let finding = self.error("expression-syntax", place, error.headline);
        finding
            .hints
            .extend(Some(error.hint).filter(|hint| !hint.is_empty()));
        None
    }

    /// The place of some bytes of an expression.
    fn inside(&self, source: &Placed<String>, range: Range<usize>) -> Place {
        place_inside(&self.scenario.sources, source, range)
    }
}

impl Scope<'_, '_> {
    fn typed(&mut self, operation: Operation, kind: Type, moves: bool) -> Typed {
        let code = self.compiler.operations.push(operation);
        Typed { code, kind, moves }
    }

    fn wrong(&mut self, range: &Range<usize>, headline: String) -> &mut Finding {
        let place = self.place(range);
        self.compiler.error("wrong-type", place, headline)
    }

    fn report(&mut self, finding: Finding) {
        self.compiler.findings.push(finding);
    }

    fn place(&self, range: &Range<usize>) -> Place {
        self.compiler.inside(self.source, range.clone())
    }

    /// Compiles a node. `words` is the list that a bare word belongs to, where the other side says so.
    fn node(&mut self, node: &Expr, words: Option<WordList>) -> Option<Typed> {
        match &node.kind {
            ExprKind::Number(number) => {
                let kind = Type::Number((*number, *number));
                Some(self.typed(Operation::Constant(*number), kind, false))
            }
            ExprKind::Truth(truth) => {
                Some(self.typed(Operation::Constant(i64::from(*truth)), Type::Truth, false))
            }
            ExprKind::Name(name) => self.name(name, &node.range, words),
            ExprKind::Field(of, name, range) => self.field(of, name, range, &node.range),
            ExprKind::Call(name, range, arguments) => {
                self.call(name, range, arguments, &node.range)
            }
            ExprKind::Unary(Unary::Not, inner) => {
                let truth = self.truth(inner)?;
                let code = self.compiler.operations.not(truth.code);
                Some(Typed { code, ..truth })
            }
            ExprKind::Unary(Unary::Negate, inner) => self.negated(inner),
            ExprKind::Binary(how, left, right) => self.binary(*how, left, right),
            ExprKind::In(left, list) => self.membership(left, list),
            ExprKind::If(condition, yes, no) => self.choice(condition, yes, no, words, &node.range),
        }
    }

    fn truth(&mut self, node: &Expr) -> Option<Typed> {
        let typed = self.node(node, None)?;
        if typed.kind == Type::Truth {
            let code = self.compiler.operations.condition(typed.code);
            return Some(Typed { code, ..typed });
        }
        let what = self.describe(typed.kind);
        let headline = format!("this must be true or false, but it is {what}");
        self.wrong(&node.range, headline);
        None
    }

    fn binary(&mut self, how: Binary, left: &Expr, right: &Expr) -> Option<Typed> {
        match how {
            Binary::And | Binary::Or => {
                let (left, right) = both(self.truth(left), self.truth(right))?;
                let operations = &mut self.compiler.operations;
                let code = if how == Binary::And {
                    operations.both(left.code, right.code)
                } else {
                    operations.either(left.code, right.code)
                };
                Some(Typed::truth(code, left.moves || right.moves))
            }
            Binary::Multiply => self.arithmetic(Arithmetic::Multiply, left, right),
            Binary::Divide => self.arithmetic(Arithmetic::Divide, left, right),
            Binary::Remainder => self.arithmetic(Arithmetic::Remainder, left, right),
            Binary::Add => self.arithmetic(Arithmetic::Add, left, right),
            Binary::Subtract => self.arithmetic(Arithmetic::Subtract, left, right),
            Binary::Less => self.order(Comparison::Less, left, right),
            Binary::LessOrEqual => self.order(Comparison::LessOrEqual, left, right),
            Binary::Greater => self.order(Comparison::Greater, left, right),
            Binary::GreaterOrEqual => self.order(Comparison::GreaterOrEqual, left, right),
            Binary::Equal => self.equality(true, left, right),
            Binary::NotEqual => self.equality(false, left, right),
        }
    }

    /// `c ? a : b`
    fn choice(
        &mut self,
        condition: &Expr,
        yes: &Expr,
        no: &Expr,
        words: Option<WordList>,
        range: &Range<usize>,
    ) -> Option<Typed> {
        let words = words
            .or_else(|| self.word_list(yes))
            .or_else(|| self.word_list(no));
        let condition = self.truth(condition);
        let (yes, no) = both(self.node(yes, words), self.node(no, words))?;
        let condition = condition?;
        if !self.same_type(yes.kind, no.kind) {
            let (one, other) = (self.describe(yes.kind), self.describe(no.kind));
            self.wrong(range, format!("one side is {one}, the other {other}"));
            return None;
        }
        let kind = match (yes.kind, no.kind) {
            (Type::Number(a), Type::Number(b)) => Type::Number((a.0.min(b.0), a.1.max(b.1))),
            (kind, _) => kind,
        };
        let moves = condition.moves || yes.moves || no.moves;
        let operation = Operation::If(condition.code, yes.code, no.code);
        Some(self.typed(operation, kind, moves))
    }
}

/// Both sides, if both could be compiled. They are compiled before, so that mistakes on either side are reported.
fn both<A, B>(left: Option<A>, right: Option<B>) -> Option<(A, B)> {
    Some((left?, right?))
}
