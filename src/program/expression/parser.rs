//! Tokens to a tree: a Pratt parser. [`Parser::expression`] reads `? :`, [`Parser::binary`] the operators by their strength,
//! [`Parser::prefix`] `!` and `-`, [`Parser::operand`] the rest.

use std::ops::Range;

use super::lexer::{Token, TokenKind, tokens};
use super::{Binary, DEPTH_MAX, EffectExpr, Expr, ExprKind, SyntaxError, Unary};

mod errors;

use errors::too_deep;

/// The deepest nesting of brackets. With every bracket written, a node needs at most two (`(a in [b])`), so a tree of
/// [`DEPTH_MAX`] stays within this.
const NESTING_MAX: usize = 2 * DEPTH_MAX;

/// How strongly relations bind; see [`strength_of`].
const RELATION: u8 = 3;

/// Reads a condition or a number, as in `engineers >= 2 && citrix in [mfa, isolated]`.
///
/// Bounds: [`super::LENGTH_BYTES_MAX`], [`DEPTH_MAX`], [`super::NUMBER_MAX`]. Names and types are not checked.
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser::new(text)?;
    let part = parser.expression()?;
    parser.end()?;
    Ok(part.node)
}

/// Reads an effect: `NAME = EXPR`, `NAME += EXPR` or `NAME -= EXPR`. Bounds as in [`parse`].
pub fn parse_effect(text: &str) -> Result<EffectExpr, SyntaxError> {
    let mut parser = Parser::new(text)?;
    let name = parser.next();
    if name.kind != TokenKind::Name {
        return Err(SyntaxError::new(
            "an effect begins with the name of the value it writes",
            name.range,
            "Write it as in `engineers = 5`, `engineers += 1` or `engineers -= 1`.",
        ));
    }
    parser.refuse_reserved(&name.range)?;
    let operator = parser.next();
    let TokenKind::Assign(assign) = operator.kind else {
        return Err(parser.no_assignment(&name, &operator));
    };
    let part = parser.expression()?;
    parser.end()?;
    Ok(EffectExpr {
        name: parser.word(&name.range),
        name_range: name.range,
        assign,
        expression: part.node,
    })
}

/// A node on its way into the tree.
struct PartialExpr {
    node: Expr,
    /// The node's bytes with the brackets around it.
    span: Range<usize>,
    /// How many nodes deep the tree is from here.
    depth: usize,
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The index of the current token; never past [`TokenKind::End`].
    at: usize,
    nesting: usize,
    /// The open brackets, outermost first.
    open: Vec<Range<usize>>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Result<Parser<'t>, SyntaxError> {
        Ok(Parser {
            text,
            tokens: tokens(text)?,
            at: 0,
            nesting: 0,
            open: Vec::new(),
        })
    }

    /// `c ? a : b` and everything that binds tighter.
    fn expression(&mut self) -> Result<PartialExpr, SyntaxError> {
        self.nesting += 1;
        if self.nesting > NESTING_MAX {
            return Err(too_deep(self.peek().range.clone()));
        }
        let condition = self.binary(0)?;
        let part = if self.peek().kind == TokenKind::Question {
            self.choice(condition)?
        } else {
            condition
        };
        self.nesting -= 1;
        Ok(part)
    }

    fn choice(&mut self, condition: PartialExpr) -> Result<PartialExpr, SyntaxError> {
        let question = self.next();
        // As in CEL, only the last of the three may hold another `? :` without brackets.
        let yes = self.binary(0)?;
        match self.peek().kind {
            TokenKind::Colon => self.next(),
            TokenKind::End => {
                return Err(SyntaxError::new(
                    "this `?` has no `:`",
                    question.range,
                    "A choice is written `condition ? one : other`.",
                ));
            }
            _ => return Err(self.unexpected()),
        };
        let no = self.expression()?;
        let span = condition.span.start..no.span.end;
        let depth = condition.depth.max(yes.depth).max(no.depth);
        let kind = ExprKind::If(condition.boxed(), yes.boxed(), no.boxed());
        PartialExpr::over(kind, span, depth)
    }

    /// Operators that bind at least as strongly as `least`.
    fn binary(&mut self, least: u8) -> Result<PartialExpr, SyntaxError> {
        let mut left = self.prefix()?;
        loop {
            let kind = self.peek().kind;
            let Some(strength) = strength_of(kind).filter(|strength| *strength >= least) else {
                return Ok(left);
            };
            self.next();
            left = if let TokenKind::Operator(operator) = kind {
                let right = self.binary(strength + 1)?;
                let span = left.span.start..right.span.end;
                let depth = left.depth.max(right.depth);
                let kind = ExprKind::Binary(operator, left.boxed(), right.boxed());
                PartialExpr::over(kind, span, depth)?
            } else {
                self.membership(left)?
            };
            if strength == RELATION && strength_of(self.peek().kind) == Some(RELATION) {
                return Err(SyntaxError::new(
                    "comparisons cannot follow one another",
                    self.peek().range.clone(),
                    "Join them with `&&`, as in `1 < a && a < 5`, or put brackets around the one that comes first.",
                ));
            }
        }
    }

    /// What follows `in`.
    fn membership(&mut self, element: PartialExpr) -> Result<PartialExpr, SyntaxError> {
        let open = self.next();
        if open.kind != TokenKind::OpenList {
            return Err(SyntaxError::new(
                "a list in square brackets belongs after `in`",
                open.range,
                "Write it as in `citrix in [mfa, isolated]`.",
            ));
        }
        if self.peek().kind == TokenKind::CloseList {
            return Err(SyntaxError::new(
                "this list is empty",
                open.range.start..self.peek().range.end,
                "Nothing is ever in an empty list.",
            ));
        }
        let (list, end, depth) = self.list(open.range, TokenKind::CloseList)?;
        let span = element.span.start..end;
        let depth = depth.max(element.depth);
        PartialExpr::over(ExprKind::In(element.boxed(), list), span, depth)
    }

    /// Signs, all of one kind, and an operand.
    fn prefix(&mut self) -> Result<PartialExpr, SyntaxError> {
        let Some(sign) = sign(self.peek().kind) else {
            return self.operand();
        };
        let mut starts = Vec::new();
        while self::sign(self.peek().kind) == Some(sign) {
            starts.push(self.next().range.start);
        }
        if let Some(other) = self::sign(self.peek().kind) {
            return Err(SyntaxError::new(
                format!("`{}` cannot follow `{}`", other.symbol(), sign.symbol()),
                self.peek().range.clone(),
                "`!` is for truths and `-` for numbers.",
            ));
        }
        let mut part = self.operand()?;
        for start in starts.into_iter().rev() {
            let span = start..part.span.end;
            let depth = part.depth;
            part = PartialExpr::over(ExprKind::Unary(sign, part.boxed()), span, depth)?;
        }
        Ok(part)
    }

    fn operand(&mut self) -> Result<PartialExpr, SyntaxError> {
        let token = self.peek().clone();
        let kind = match token.kind {
            TokenKind::Number(number) => ExprKind::Number(number),
            TokenKind::Truth(truth) => ExprKind::Truth(truth),
            TokenKind::Name => return self.name(),
            TokenKind::Open => {
                self.next();
                self.open.push(token.range.clone());
                let inner = self.expression()?;
                let end = self.close(TokenKind::Close)?;
                let span = token.range.start..end;
                return Ok(PartialExpr { span, ..inner });
            }
            _ => return Err(self.no_operand()),
        };
        self.next();
        PartialExpr::over(kind, token.range, 0)
    }

    /// A name, alone or with `.field` or `(arguments)`.
    fn name(&mut self) -> Result<PartialExpr, SyntaxError> {
        let range = self.next().range;
        self.refuse_reserved(&range)?;
        let name = self.word(&range);
        match self.peek().kind {
            TokenKind::Dot => {
                self.next();
                let field = self.next();
                if field.kind != TokenKind::Name {
                    return Err(SyntaxError::new(
                        "a name belongs after the dot",
                        field.range,
                        "Write it as in `chosen.shutdown`.",
                    ));
                }
                let span = range.start..field.range.end;
                let kind = ExprKind::Field(name, self.word(&field.range), field.range);
                PartialExpr::over(kind, span, 0)
            }
            TokenKind::Open => {
                let open = self.next().range;
                let (arguments, end, depth) = self.list(open, TokenKind::Close)?;
                let span = range.start..end;
                PartialExpr::over(ExprKind::Call(name, range, arguments), span, depth)
            }
            _ => PartialExpr::over(ExprKind::Name(name), range, 0),
        }
    }

    /// The expressions between commas up to `close`, the end of `close`, and the depth of the deepest expression.
    fn list(
        &mut self,
        open: Range<usize>,
        close: TokenKind,
    ) -> Result<(Vec<Expr>, usize, usize), SyntaxError> {
        self.open.push(open);
        let mut nodes = Vec::new();
        let mut depth = 0;
        if self.peek().kind != close {
            loop {
                let part = self.expression()?;
                depth = depth.max(part.depth);
                nodes.push(part.node);
                if self.peek().kind != TokenKind::Comma {
                    break;
                }
                self.next();
            }
        }
        let end = self.close(close)?;
        Ok((nodes, end, depth))
    }

    /// Takes the closing bracket and returns its end.
    fn close(&mut self, close: TokenKind) -> Result<usize, SyntaxError> {
        if self.peek().kind != close {
            return Err(self.unexpected());
        }
        self.open.pop();
        Ok(self.next().range.end)
    }

    fn end(&self) -> Result<(), SyntaxError> {
        match self.peek().kind {
            TokenKind::End => Ok(()),
            _ => Err(self.unexpected()),
        }
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.at]
    }

    /// Takes the current token, unless it is [`TokenKind::End`].
    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        token
    }

    fn word(&self, range: &Range<usize>) -> String {
        self.text[range.clone()].to_owned()
    }
}

impl PartialExpr {
    /// A node over parts with at most this depth; 0 for a leaf.
    fn over(kind: ExprKind, range: Range<usize>, depth: usize) -> Result<PartialExpr, SyntaxError> {
        if depth >= DEPTH_MAX {
            return Err(too_deep(range));
        }
        Ok(PartialExpr {
            span: range.clone(),
            node: Expr { kind, range },
            depth: depth + 1,
        })
    }

    fn boxed(self) -> Box<Expr> {
        Box::new(self.node)
    }
}

/// How strongly an operator binds, weakest first, as in CEL.
fn strength_of(kind: TokenKind) -> Option<u8> {
    let TokenKind::Operator(operator) = kind else {
        return (kind == TokenKind::In).then_some(RELATION);
    };
    Some(match operator {
        Binary::Or => 1,
        Binary::And => 2,
        Binary::Less
        | Binary::LessOrEqual
        | Binary::Greater
        | Binary::GreaterOrEqual
        | Binary::Equal
        | Binary::NotEqual => RELATION,
        Binary::Add | Binary::Subtract => 4,
        Binary::Multiply | Binary::Divide | Binary::Remainder => 5,
    })
}

fn sign(kind: TokenKind) -> Option<Unary> {
    match kind {
        TokenKind::Not => Some(Unary::Not),
        TokenKind::Operator(Binary::Subtract) => Some(Unary::Negate),
        _ => None,
    }
}
