//! A comparison that always comes out the same, given what stands before it.
//!
//! One that does so by itself is found when expressions are compiled.

use std::cell::Cell;

use super::known::{Everything, Knowledge};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::program::expression::{Binary, Expr, ExprKind, Unary, parse};
use crate::scenario::Placed;
use crate::scenario::read::place_inside;

pub(super) const NAME: &str = "constant-comparison";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let all = Everything::new(subject.scenario);
    let mut texts: Vec<&Placed<String>> = subject.parts.expressions.clone();
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
    /// What is known with nothing before it.
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
        let is_list = matches!(node.kind, ExprKind::In(..));
        let headline = match (self.alone.decided(node), known.decided(node)) {
            (Some(always), _) if is_list => format!("this is always {always}"),
            (None, Some(always)) => {
                format!("this is always {always}, given what stands before it")
            }
            _ => return,
        };
        let sources = &self.subject.scenario.sources;
        let place = place_inside(sources, self.text, node.range.clone());
        let finding = Finding::warning(NAME, place, headline);
        self.found = Some(finding.hint("Correct it, or leave it out."));
    }
}
