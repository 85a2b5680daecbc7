//! A comparison that comes out one way, given what stands before it.
//!
//! One that does so by itself is found where expressions are compiled.

use std::cell::Cell;

use super::known::{Everything, Knowledge};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::program::expression::{Binary, Expr, ExprKind, Unary, parse};
use crate::scenario::Placed;
use crate::scenario::read::place_inside;

pub(super) const NAME: &str = "constant-comparison";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let all = Everything::of(subject.scenario);
    let mut texts: Vec<&Placed<String>> = subject.walk.expressions.clone();
    texts.sort_by_key(|text| text.place);
    texts.dedup_by_key(|text| text.place);
    for text in texts {
        let Ok(node) = parse(&text.value) else {
            continue;
        };
        let steps = Cell::new(0);
        let mut search = ConditionSearch {
            subject,
            text,
            alone: Knowledge::new(&all, &steps),
            found: None,
        };
        search.condition(&node, &Knowledge::new(&all, &steps));
        if let Some(finding) = search.found {
            findings.push(finding);
        }
    }
}

struct ConditionSearch<'s, 'a> {
    subject: &'s Subject<'a>,
    text: &'s Placed<String>,
    /// With nothing before it.
    alone: Knowledge<'s>,
    found: Option<Finding>,
}

impl ConditionSearch<'_, '_> {
    /// Looks at a condition where something is known.
    fn condition(&mut self, node: &Expr, known: &Knowledge) {
        if self.found.is_some() || known.is_impossible() {
            return;
        }
        match &node.kind {
            ExprKind::Binary(how @ (Binary::And | Binary::Or), left, right) => {
                self.condition(left, known);
                self.condition(right, &known.with(left, *how == Binary::And));
            }
            ExprKind::Unary(Unary::Not, inner) => self.condition(inner, known),
            ExprKind::If(condition, yes, no) => {
                self.condition(condition, known);
                self.condition(yes, &known.with(condition, true));
                self.condition(no, &known.with(condition, false));
            }
            ExprKind::Binary(_, left, right) => {
                self.leaf(node, known);
                self.number(left, known);
                self.number(right, known);
            }
            ExprKind::Name(_) | ExprKind::Field(..) | ExprKind::In(..) => self.leaf(node, known),
            _ => {}
        }
    }

    /// Conditions within a number.
    fn number(&mut self, node: &Expr, known: &Knowledge) {
        match &node.kind {
            ExprKind::If(..) => self.condition(node, known),
            ExprKind::Binary(_, left, right) => {
                self.number(left, known);
                self.number(right, known);
            }
            _ => {}
        }
    }

    fn leaf(&mut self, node: &Expr, known: &Knowledge) {
        if self.found.is_some() {
            return;
        }
        let by_itself = self.alone.decided(node);
        let is_list = matches!(node.kind, ExprKind::In(..));
        if by_itself.is_some() && !is_list {
            return;
        }
        if let Some(always) = by_itself {
            self.report(node, format!("this is always {always}"));
        } else if let Some(always) = known.decided(node) {
            let headline = format!("this is always {always}, given what stands before it");
            self.report(node, headline);
        }
    }

    fn report(&mut self, node: &Expr, headline: String) {
        let sources = &self.subject.scenario.sources;
        let place = place_inside(sources, self.text, node.range.clone());
        let hint = "Correct it, or leave it out.";
        self.found = Some(Finding::warning(NAME, place, headline).hint(hint));
    }
}
