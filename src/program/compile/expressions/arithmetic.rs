//! Arithmetic, and the numbers that it may come to.

use std::ops::Range;

use crate::program::code::{Arithmetic, Operation};
use crate::program::compile::expressions::types::NumberRange;
use crate::program::compile::expressions::{Scope, Type, Typed, both};
use crate::program::expression::Expr;

/// No expression may reach this: it is a quarter of what 64 bits hold.
const NUMBER_MAX: i64 = 1 << 61;

impl Scope<'_, '_> {
    /// The bounds of a number; what is not a number is reported.
    pub(super) fn bounds(&mut self, typed: &Typed, range: &Range<usize>) -> Option<NumberRange> {
        if let Type::Number(bounds) = typed.kind {
            return Some(bounds);
        }
        let what = self.describe(typed.kind);
        self.wrong(range, format!("this must be a number, but it is {what}"));
        None
    }

    /// Both sides of an operator on numbers, with their bounds.
    pub(super) fn numbers(
        &mut self,
        left: &Expr,
        right: &Expr,
    ) -> Option<((Typed, NumberRange), (Typed, NumberRange))> {
        let (first, second) = both(self.node(left, None), self.node(right, None))?;
        let (a, b) = both(
            self.bounds(&first, &left.range),
            self.bounds(&second, &right.range),
        )?;
        Some(((first, a), (second, b)))
    }

    /// `-x`
    pub(super) fn negated(&mut self, inner: &Expr) -> Option<Typed> {
        let typed = self.node(inner, None)?;
        let (low, high) = self.bounds(&typed, &inner.range)?;
        let kind = Type::Number((high.saturating_neg(), low.saturating_neg()));
        Some(self.typed(Operation::Negate(typed.code), kind, typed.moves))
    }

    pub(super) fn arithmetic(
        &mut self,
        how: Arithmetic,
        left: &Expr,
        right: &Expr,
    ) -> Option<Typed> {
        let ((first, a), (second, b)) = self.numbers(left, right)?;
        if matches!(how, Arithmetic::Divide | Arithmetic::Remainder) && b.0 <= 0 && b.1 >= 0 {
            let place = self.place(&right.range);
            self.compiler
                .error("division-by-zero", place, "this divisor may be zero")
                .hints
                .push("Divide by a constant, or by `max(1, x)`.".into());
            return None;
        }
        let (low, high) = result_bounds(how, a, b);
        if low <= -NUMBER_MAX || high >= NUMBER_MAX {
            let place = self.place(&(left.range.start..right.range.end));
            let headline = "this may come to more than a number can hold";
            self.compiler
                .error("limit-exceeded", place, headline)
                .hints
                .push("Use narrower bounds, or divide before multiplying.".into());
            return None;
        }
        let operation = Operation::Calculate(how, first.code, second.code);
        let moves = first.moves || second.moves;
        Some(self.typed(operation, Type::Number((low, high)), moves))
    }
}

fn result_bounds(how: Arithmetic, a: NumberRange, b: NumberRange) -> NumberRange {
    let corners = |calculate: fn(i64, i64) -> i64| {
        let all = [(a.0, b.0), (a.0, b.1), (a.1, b.0), (a.1, b.1)];
        let all = all.map(|(left, right)| calculate(left, right));
        all.iter()
            .fold((i64::MAX, i64::MIN), |(low, high), corner| {
                (low.min(*corner), high.max(*corner))
            })
    };
    match how {
        Arithmetic::Add => corners(i64::saturating_add),
        Arithmetic::Subtract => corners(i64::saturating_sub),
        Arithmetic::Multiply => corners(i64::saturating_mul),
        Arithmetic::Divide => corners(|left, right| left.checked_div(right).unwrap_or(i64::MAX)),
        Arithmetic::Remainder => {
            let divisor = b.0.saturating_abs().max(b.1.saturating_abs());
            let most = divisor.saturating_sub(1);
            ((-most).min(0).max(a.0.min(0)), most.min(a.1.max(0)))
        }
        Arithmetic::Min => (a.0.min(b.0), a.1.min(b.1)),
        Arithmetic::Max => (a.0.max(b.0), a.1.max(b.1)),
    }
}
