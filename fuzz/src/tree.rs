//! What an expression comes to, worked out from its tree as plainly as it can be.

use sandtable::program::expression::{Binary, Expr, ExprKind, Unary};

/// The number, or 1 and 0 for a truth; none where it names a word, a field or what has happened, or leaves 64 bits.
pub fn value(node: &Expr, named: &impl Fn(&str) -> Option<i64>, now: i64) -> Option<i64> {
    let of = |node: &Expr| value(node, named, now);
    match &node.kind {
        ExprKind::Number(number) => Some(*number),
        ExprKind::Truth(truth) => Some(i64::from(*truth)),
        ExprKind::Name(name) => named(name),
        ExprKind::Field(..) => None,
        ExprKind::Call(name, _, parts) => match (name.as_str(), parts.as_slice()) {
            ("now", []) => Some(now),
            ("min", [left, right]) => Some(of(left)?.min(of(right)?)),
            ("max", [left, right]) => Some(of(left)?.max(of(right)?)),
            _ => None,
        },
        ExprKind::Unary(Unary::Not, inner) => Some(i64::from(of(inner)? == 0)),
        ExprKind::Unary(Unary::Negate, inner) => of(inner)?.checked_neg(),
        ExprKind::Binary(Binary::And, left, right) => match of(left)? {
            0 => Some(0),
            _ => of(right),
        },
        ExprKind::Binary(Binary::Or, left, right) => match of(left)? {
            0 => of(right),
            _ => Some(1),
        },
        ExprKind::Binary(how, left, right) => binary(*how, of(left)?, of(right)?),
        ExprKind::In(left, list) => {
            let left = of(left)?;
            let all: Option<Vec<i64>> = list.iter().map(of).collect();
            Some(i64::from(all?.contains(&left)))
        }
        ExprKind::If(condition, yes, no) => of(if of(condition)? == 0 { no } else { yes }),
    }
}

fn binary(how: Binary, left: i64, right: i64) -> Option<i64> {
    Some(match how {
        Binary::Multiply => left.checked_mul(right)?,
        Binary::Divide => left.checked_div(right)?,
        Binary::Remainder => left.checked_rem(right)?,
        Binary::Add => left.checked_add(right)?,
        Binary::Subtract => left.checked_sub(right)?,
        Binary::Less => i64::from(left < right),
        Binary::LessOrEqual => i64::from(left <= right),
        Binary::Greater => i64::from(left > right),
        Binary::GreaterOrEqual => i64::from(left >= right),
        Binary::Equal => i64::from(left == right),
        Binary::NotEqual => i64::from(left != right),
        Binary::And | Binary::Or => return None,
    })
}
