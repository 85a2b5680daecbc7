//! Between which bounds an expression lies.

use std::collections::BTreeMap;

use crate::program::expression::{Binary, Node, NodeKind, Unary};

/// The least and the most, both included.
pub(super) type Bounds = (i64, i64);

/// Beyond this nothing is followed: sums of it stay far from where 64 bits end.
const FOLLOWED_MAX: i64 = 1 << 60;

/// What is known of the numbers of a scenario at one point of it.
pub(super) struct Known<'a> {
    all: &'a BTreeMap<&'a str, Bounds>,
    here: BTreeMap<String, Bounds>,
}

impl<'a> Known<'a> {
    pub fn new(all: &'a BTreeMap<&'a str, Bounds>) -> Self {
        Self {
            all,
            here: BTreeMap::new(),
        }
    }

    pub fn of(&self, name: &str) -> Option<Bounds> {
        self.here.get(name).or_else(|| self.all.get(name)).copied()
    }

    pub fn set(&mut self, name: &str, bounds: Bounds) {
        self.here.insert(name.to_owned(), bounds);
    }

    /// Takes a condition to hold.
    pub fn narrow(&mut self, condition: &Node) {
        let NodeKind::Binary(how, left, right) = &condition.kind else {
            return;
        };
        match how {
            Binary::And => {
                self.narrow(left);
                self.narrow(right);
            }
            Binary::Less => self.order(left, right, 1),
            Binary::LessOrEqual => self.order(left, right, 0),
            Binary::Greater => self.order(right, left, 1),
            Binary::GreaterOrEqual => self.order(right, left, 0),
            Binary::Equal => {
                self.order(left, right, 0);
                self.order(right, left, 0);
            }
            Binary::NotEqual => {
                self.differs(left, right);
                self.differs(right, left);
            }
            _ => {}
        }
    }

    /// `less` is less than `more`, by at least `gap`.
    fn order(&mut self, less: &Node, more: &Node, gap: i64) {
        let (Some(low), Some(high)) = (self.bounds(less), self.bounds(more)) else {
            return;
        };
        if let NodeKind::Name(name) = &less.kind {
            self.set(name, (low.0, low.1.min(high.1 - gap).max(low.0)));
        }
        if let NodeKind::Name(name) = &more.kind {
            self.set(name, (high.0.max(low.0 + gap).min(high.1), high.1));
        }
    }

    /// A value that is not at its bound is within it.
    fn differs(&mut self, of: &Node, from: &Node) {
        let (NodeKind::Name(name), Some((low, high))) = (&of.kind, self.bounds(of)) else {
            return;
        };
        match self.bounds(from) {
            Some((a, b)) if a == b && a == low && low < high => self.set(name, (low + 1, high)),
            Some((a, b)) if a == b && a == high && low < high => self.set(name, (low, high - 1)),
            _ => {}
        }
    }

    /// None where it is no number, or one of which nothing is known.
    pub fn bounds(&self, node: &Node) -> Option<Bounds> {
        let found = match &node.kind {
            NodeKind::Number(number) => (*number, *number),
            NodeKind::Name(name) => self.of(name)?,
            NodeKind::Unary(Unary::Negate, inner) => {
                let (low, high) = self.bounds(inner)?;
                (-high, -low)
            }
            NodeKind::If(_, yes, no) => {
                let (a, b) = (self.bounds(yes)?, self.bounds(no)?);
                (a.0.min(b.0), a.1.max(b.1))
            }
            NodeKind::Call(name, _, arguments) => {
                let [a, b] = &arguments[..] else { return None };
                let (a, b) = (self.bounds(a)?, self.bounds(b)?);
                match name.as_str() {
                    "min" => (a.0.min(b.0), a.1.min(b.1)),
                    "max" => (a.0.max(b.0), a.1.max(b.1)),
                    _ => return None,
                }
            }
            NodeKind::Binary(how, left, right) => {
                calculated(*how, self.bounds(left)?, self.bounds(right)?)?
            }
            _ => return None,
        };
        (found.0.abs() < FOLLOWED_MAX && found.1.abs() < FOLLOWED_MAX).then_some(found)
    }
}

fn calculated(how: Binary, a: Bounds, b: Bounds) -> Option<Bounds> {
    let of: fn(i64, i64) -> Option<i64> = match how {
        Binary::Add => i64::checked_add,
        Binary::Subtract => i64::checked_sub,
        Binary::Multiply => i64::checked_mul,
        Binary::Divide if b.0 > 0 || b.1 < 0 => i64::checked_div,
        Binary::Remainder if b.0 == b.1 && b.0 > 0 && a.0 >= 0 => {
            return Some((0, a.1.min(b.0 - 1)));
        }
        _ => return None,
    };
    let corners = [of(a.0, b.0)?, of(a.0, b.1)?, of(a.1, b.0)?, of(a.1, b.1)?];
    Some((*corners.iter().min()?, *corners.iter().max()?))
}
