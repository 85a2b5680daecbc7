//! What a value of a scenario may hold where some conditions hold.
//!
//! Nothing is followed from one moment to another: at each place a value may hold whatever its definition allows, unless
//! the conditions around the place say otherwise.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::intervals::{Extent, Intervals};
use super::parts::injects;
use crate::program::expression::{Binary, Expr, ExprKind, Unary};
use crate::scenario::{Scenario, ValueKind};

/// Larger numbers are not followed: sums of these stay far below the limit of 64 bits.
const FOLLOWED_MAX: i64 = 1 << 60;

/// The most steps for one expression: nested conditions could take very long.
const STEPS_MAX: u32 = 5_000;

/// Whatever an expression can ask about, as it is written: a value, `phase`, `chosen.x`, `came.x`, `since(x)`.
#[derive(Default)]
pub(super) struct Everything {
    may_hold: BTreeMap<String, Intervals>,
    /// The words of those that are words, in order.
    words: BTreeMap<String, Vec<String>>,
}

impl Everything {
    /// What the definitions allow, without what could not be read.
    pub fn new(scenario: &Scenario) -> Self {
        let mut all = Self::default();
        let lasts = scenario.lasts.value;
        for value in &scenario.values {
            let name = &value.id.value;
            if scenario.lost.holds(name) {
                continue;
            }
            match &value.kind {
                ValueKind::Truth { .. } => all.add(name, Intervals::between(0, 1)),
                ValueKind::Number { min, max, .. } => {
                    all.add(name, Intervals::between(min.value, max.value));
                }
                ValueKind::Word { words, .. } => {
                    all.add_words(name, words.iter().map(|word| word.value.clone()).collect());
                }
            }
        }
        let phases = scenario.phases.iter().map(|phase| phase.id.value.clone());
        all.add_words("phase", phases.collect());
        all.add("now()", Intervals::between(0, lasts));
        for action in &scenario.actions {
            all.add_event("taken", &action.course.id.value, lasts);
        }
        for inject in injects(scenario) {
            all.add_event("came", &inject.id.value, lasts);
            if let Some(decision) = &inject.asks {
                let options = decision.options.iter().map(|it| it.id.value.clone());
                let words = std::iter::once("none".to_owned()).chain(options);
                all.add_words(&format!("chosen.{}", inject.id.value), words.collect());
            }
        }
        all
    }

    /// Something that happens: whether it has, and how long ago.
    fn add_event(&mut self, verb: &str, name: &str, lasts: i64) {
        self.add(&format!("{verb}.{name}"), Intervals::between(0, 1));
        self.add(&format!("since({name})"), Intervals::between(-1, lasts));
    }

    fn add(&mut self, name: &str, may_hold: Intervals) {
        self.may_hold.insert(name.to_owned(), may_hold);
    }

    fn add_words(&mut self, name: &str, words: Vec<String>) {
        self.add(name, Intervals::between(0, words.len() as i64 - 1));
        self.words.insert(name.to_owned(), words);
    }

    /// The position of a word among those of something.
    fn position(&self, name: &str, word: &str) -> Option<i64> {
        let position = self.words.get(name)?.iter().position(|it| it == word)?;
        Some(position as i64)
    }

    /// How something is written, if it can be asked about.
    fn key(&self, node: &Expr) -> Option<String> {
        let key = match &node.kind {
            ExprKind::Name(name) => name.clone(),
            ExprKind::Field(of, name, _) => format!("{of}.{name}"),
            ExprKind::Call(name, _, arguments) => match &arguments[..] {
                [] => format!("{name}()"),
                [
                    Expr {
                        kind: ExprKind::Name(of),
                        ..
                    },
                ] => format!("{name}({of})"),
                _ => return None,
            },
            _ => return None,
        };
        self.may_hold.contains_key(&key).then_some(key)
    }
}

/// What is known at one place in a scenario.
#[derive(Clone)]
pub(super) struct Knowledge<'a> {
    all: &'a Everything,
    here: BTreeMap<String, Intervals>,
    /// Whether the conditions cannot hold together.
    impossible: bool,
    steps: &'a Cell<u32>,
}

impl<'a> Knowledge<'a> {
    /// Nothing is known yet. `steps` counts the work of this and all its copies.
    pub fn new(all: &'a Everything, steps: &'a Cell<u32>) -> Self {
        steps.set(0);
        Self {
            all,
            here: BTreeMap::new(),
            impossible: false,
            steps,
        }
    }

    pub fn is_impossible(&self) -> bool {
        self.impossible
    }

    /// What something may hold here.
    pub fn may_hold(&self, name: &str) -> Option<&Intervals> {
        self.here.get(name).or_else(|| self.all.may_hold.get(name))
    }

    pub fn set(&mut self, name: &str, may_hold: Intervals) {
        self.here.insert(name.to_owned(), may_hold);
    }

    /// How a condition must come out here; `None` if it may come out either way or is not understood.
    pub fn decided(&self, condition: &Expr) -> Option<bool> {
        match (self.with(condition, true), self.with(condition, false)) {
            (yes, no) if yes.impossible && no.impossible => None,
            (yes, _) if yes.impossible => Some(false),
            (_, no) if no.impossible => Some(true),
            _ => None,
        }
    }

    /// The same where a condition holds, or does not hold.
    pub fn with(&self, condition: &Expr, holds: bool) -> Self {
        let mut with = self.clone();
        with.assume(condition, holds);
        with
    }

    /// Assumes that a condition holds, or does not hold.
    pub fn assume(&mut self, condition: &Expr, holds: bool) {
        self.steps.set(self.steps.get() + 1);
        if self.impossible || self.steps.get() > STEPS_MAX {
            return;
        }
        match &condition.kind {
            ExprKind::Truth(truth) if *truth != holds => self.impossible = true,
            ExprKind::Unary(Unary::Not, inner) => self.assume(inner, !holds),
            ExprKind::Binary(Binary::And, left, right) if holds => {
                self.assume(left, true);
                self.assume(right, true);
            }
            ExprKind::Binary(Binary::Or, left, right) if !holds => {
                self.assume(left, false);
                self.assume(right, false);
            }
            // The right side matters only if the left one has not decided.
            ExprKind::Binary(Binary::And | Binary::Or, left, right) => {
                let first = self.with(left, holds);
                let mut second = self.with(left, !holds);
                second.assume(right, holds);
                *self = first.or(second);
            }
            ExprKind::Binary(how, left, right) => self.compare(*how, left, right, holds),
            ExprKind::In(left, list) => self.membership(left, list, holds),
            ExprKind::If(condition, yes, no) => {
                let mut first = self.with(condition, true);
                first.assume(yes, holds);
                let mut second = self.with(condition, false);
                second.assume(no, holds);
                *self = first.or(second);
            }
            ExprKind::Name(_) | ExprKind::Field(..) => {
                if let Some(key) = self.all.key(condition) {
                    self.narrow(&key, &Intervals::only(i64::from(holds)));
                }
            }
            _ => {}
        }
    }

    /// What may hold on either of two ways.
    fn or(self, other: Self) -> Self {
        if self.impossible {
            return other;
        }
        if other.impossible {
            return self;
        }
        let here = self.here.iter().filter_map(|(name, one)| {
            let other = other.here.get(name)?;
            Some((name.clone(), one.or(other)))
        });
        Self {
            here: here.collect(),
            ..self
        }
    }

    /// Narrows what something may hold to a set.
    fn narrow(&mut self, key: &str, within: &Intervals) {
        let Some(before) = self.may_hold(key) else {
            return;
        };
        let after = before.and(within);
        self.impossible |= after.is_empty();
        self.here.insert(key.to_owned(), after);
    }

    fn compare(&mut self, how: Binary, left: &Expr, right: &Expr, holds: bool) {
        let how = if holds { how } else { opposite(how) };
        let (Some(one), Some(other)) = (self.side(left, right), self.side(right, left)) else {
            return;
        };
        let (Some(a), Some(b)) = (one.hull(), other.hull()) else {
            return;
        };
        let (first, second) = match how {
            Binary::Less => (below(b.1 - 1), above(a.0 + 1)),
            Binary::LessOrEqual => (below(b.1), above(a.0)),
            Binary::Greater => (above(b.0 + 1), below(a.1 - 1)),
            Binary::GreaterOrEqual => (above(b.0), below(a.1)),
            Binary::Equal => (other.clone(), one.clone()),
            Binary::NotEqual => {
                let but = |set: &Intervals, it: &Intervals| {
                    it.single()
                        .map_or_else(|| set.clone(), |it| set.without(it))
                };
                (but(&one, &other), but(&other, &one))
            }
            _ => return,
        };
        self.impossible |= one.and(&first).is_empty() || other.and(&second).is_empty();
        if let Some(key) = self.all.key(left) {
            self.narrow(&key, &first);
        }
        if let Some(key) = self.all.key(right) {
            self.narrow(&key, &second);
        }
    }

    fn membership(&mut self, left: &Expr, list: &[Expr], holds: bool) {
        let items: Option<Vec<Intervals>> = list.iter().map(|item| self.side(item, left)).collect();
        let (Some(of), Some(items)) = (self.side(left, left), items) else {
            return;
        };
        let within = if holds {
            let all = items
                .iter()
                .fold(Intervals::default(), |all, it| all.or(it));
            of.and(&all)
        } else {
            let singles = items.iter().filter_map(Intervals::single);
            singles.fold(of, |of, it| of.without(it))
        };
        self.impossible |= within.is_empty();
        if let Some(key) = self.all.key(left) {
            self.narrow(&key, &within);
        }
    }

    /// What one side of a comparison may be; the other side says which list a word belongs to.
    fn side(&self, node: &Expr, other: &Expr) -> Option<Intervals> {
        if let Some(key) = self.all.key(node) {
            return self.may_hold(&key).cloned();
        }
        match &node.kind {
            ExprKind::Truth(truth) => Some(Intervals::only(i64::from(*truth))),
            ExprKind::Name(word) => {
                let key = self.all.key(other)?;
                self.all.position(&key, word).map(Intervals::only)
            }
            _ => self.number(node),
        }
    }

    /// What a number may be; `None` if it is not a number, or nothing is known of it.
    pub fn number(&self, node: &Expr) -> Option<Intervals> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > STEPS_MAX {
            return None;
        }
        if let Some(key) = self.all.key(node) {
            return self.may_hold(&key).cloned();
        }
        if let ExprKind::If(condition, yes, no) = &node.kind {
            let side = |side, holds| {
                let there = self.with(condition, holds);
                if there.impossible {
                    return Some(Intervals::default());
                }
                there.number(side)
            };
            return Some(side(yes, true)?.or(&side(no, false)?));
        }
        let (low, high) = self.extent(node)?;
        let is_followed = low.abs() < FOLLOWED_MAX && high.abs() < FOLLOWED_MAX;
        is_followed.then(|| Intervals::between(low, high))
    }

    /// The least and the most that a number may be, worked out from its parts.
    fn extent(&self, node: &Expr) -> Option<Extent> {
        let extent_of = |part| self.number(part)?.hull();
        match &node.kind {
            ExprKind::Number(number) => Some((*number, *number)),
            ExprKind::Unary(Unary::Negate, inner) => {
                let (low, high) = extent_of(inner)?;
                Some((-high, -low))
            }
            ExprKind::Call(name, _, arguments) => {
                let [a, b] = &arguments[..] else { return None };
                let (a, b) = (extent_of(a)?, extent_of(b)?);
                match name.as_str() {
                    "min" => Some((a.0.min(b.0), a.1.min(b.1))),
                    "max" => Some((a.0.max(b.0), a.1.max(b.1))),
                    _ => None,
                }
            }
            ExprKind::Binary(how, left, right) => {
                calculate(*how, extent_of(left)?, extent_of(right)?)
            }
            _ => None,
        }
    }
}

fn below(most: i64) -> Intervals {
    Intervals::between(i64::MIN, most)
}

fn above(least: i64) -> Intervals {
    Intervals::between(least, i64::MAX)
}

fn opposite(how: Binary) -> Binary {
    match how {
        Binary::Less => Binary::GreaterOrEqual,
        Binary::LessOrEqual => Binary::Greater,
        Binary::Greater => Binary::LessOrEqual,
        Binary::GreaterOrEqual => Binary::Less,
        Binary::Equal => Binary::NotEqual,
        Binary::NotEqual => Binary::Equal,
        other => other,
    }
}

fn calculate(how: Binary, a: Extent, b: Extent) -> Option<Extent> {
    let apply: fn(i64, i64) -> Option<i64> = match how {
        Binary::Add => i64::checked_add,
        Binary::Subtract => i64::checked_sub,
        Binary::Multiply => i64::checked_mul,
        Binary::Divide if b.0 > 0 || b.1 < 0 => i64::checked_div,
        Binary::Remainder if b.0 == b.1 && b.0 > 0 && a.0 >= 0 => {
            return Some((0, a.1.min(b.0 - 1)));
        }
        _ => return None,
    };
    let corners = [
        apply(a.0, b.0)?,
        apply(a.0, b.1)?,
        apply(a.1, b.0)?,
        apply(a.1, b.1)?,
    ];
    Some((*corners.iter().min()?, *corners.iter().max()?))
}
