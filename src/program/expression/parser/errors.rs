//! The errors of the parser.

use std::ops::Range;

use super::Parser;
use crate::program::expression::lexer::{Token, TokenKind};
use crate::program::expression::{Assign, Binary, CEL_WORDS, DEPTH_MAX, SyntaxError};

impl Parser<'_> {
    /// The error for a token after the end of an expression.
    pub(super) fn unexpected(&self) -> SyntaxError {
        let token = self.peek();
        let shown = &self.text[token.range.clone()];
        let (headline, hint) = match token.kind {
            TokenKind::End | TokenKind::Close | TokenKind::CloseList => return self.unbalanced(),
            TokenKind::Assign(Assign::Set) => (
                "`=` writes, `==` compares".to_owned(),
                "Write `==` to compare.",
            ),
            TokenKind::Assign(_) => (
                format!("`{shown}` writes a value"),
                "It stands only once, after the name at the beginning of an effect.",
            ),
            TokenKind::Dot => (
                "only a name has a dot, and only one".to_owned(),
                "Write it as in `chosen.shutdown`.",
            ),
            TokenKind::Comma => (
                "a comma stands only in a list or between arguments".to_owned(),
                "Join conditions with `&&` or `||`.",
            ),
            TokenKind::Colon => (
                "this `:` has no `?`".to_owned(),
                "A choice is written `condition ? one : other`.",
            ),
            TokenKind::Question => (
                "a choice between `?` and `:` needs brackets".to_owned(),
                "Write it as in `a ? (b ? 1 : 2) : 3`.",
            ),
            TokenKind::OpenList => (
                "a list stands only after `in`".to_owned(),
                "Write it as in `citrix in [mfa, isolated]`.",
            ),
            TokenKind::Open => (
                "an operator is missing before this parenthesis".to_owned(),
                "Only a plain name is called, as in `since(x)`.",
            ),
            _ => (
                format!("an operator is missing before `{shown}`"),
                "Join the two, as in `a && b` or `a == b`.",
            ),
        };
        SyntaxError::new(headline, token.range.clone(), hint)
    }

    /// The error for a bracket without its other half.
    fn unbalanced(&self) -> SyntaxError {
        let token = self.peek();
        let Some(open) = self.open.last() else {
            let headline = format!(
                "this `{}` was never opened",
                &self.text[token.range.clone()]
            );
            return SyntaxError::new(headline, token.range.clone(), "");
        };
        let bracket = &self.text[open.clone()];
        let close = if bracket == "(" { ")" } else { "]" };
        let headline = format!("this `{bracket}` is never closed");
        SyntaxError::new(headline, open.clone(), format!("Add a `{close}`."))
    }

    /// The error for a missing value.
    pub(super) fn no_operand(&self) -> SyntaxError {
        let token = self.peek();
        let shown = &self.text[token.range.clone()];
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let (headline, hint) = match (token.kind, before) {
            (TokenKind::End, None) => (
                "the expression is empty".to_owned(),
                "Write a condition or a number, or leave the field out.",
            ),
            (TokenKind::End, Some(before)) => (
                format!(
                    "something is missing after `{}`",
                    &self.text[before.range.clone()]
                ),
                "",
            ),
            (TokenKind::OpenList, _) => (
                "a list stands only after `in`".to_owned(),
                "Write it as in `citrix in [mfa, isolated]`.",
            ),
            _ => (format!("something is missing before `{shown}`"), ""),
        };
        SyntaxError::new(headline, token.range.clone(), hint)
    }

    /// The error for an effect whose name is followed by `operator`, which does not assign.
    pub(super) fn no_assignment(&self, name: &Token, operator: &Token) -> SyntaxError {
        let shown = &self.text[name.range.clone()];
        match operator.kind {
            TokenKind::Operator(Binary::Equal) => {
                let right = &self.text[operator.range.end..];
                let right = right.split_whitespace().collect::<Vec<_>>().join(" ");
                SyntaxError::new(
                    "`==` compares, `=` writes",
                    operator.range.clone(),
                    format!("Write `{}`.", format!("{shown} = {right}").trim_end()),
                )
            }
            TokenKind::Dot => SyntaxError::new(
                "an effect writes only a value",
                name.range.start..operator.range.end,
                "What was chosen, taken or came cannot be written.",
            ),
            _ => SyntaxError::new(
                format!("`=`, `+=` or `-=` belongs after `{shown}`"),
                operator.range.clone(),
                format!("Write it as in `{shown} = 5`."),
            ),
        }
    }

    /// Refuses a name that is a word of CEL.
    pub(super) fn refuse_reserved(&self, range: &Range<usize>) -> Result<(), SyntaxError> {
        let word = &self.text[range.clone()];
        if !CEL_WORDS.contains(&word) {
            return Ok(());
        }
        Err(SyntaxError::new(
            format!("`{word}` cannot be a name"),
            range.clone(),
            "CEL reserves this word; choose another id.",
        ))
    }
}

pub(super) fn too_deep(range: Range<usize>) -> SyntaxError {
    SyntaxError::new(
        format!("the expression is nested deeper than {DEPTH_MAX}"),
        range,
        "Split it into smaller expressions; `in [a, b]` can replace `||`.",
    )
}
