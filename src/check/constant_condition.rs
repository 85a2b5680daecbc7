//! A comparison that comes out one way, given what stands before it or what effects ever set.
//!
//! One that does so by itself is found where expressions are compiled.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::intervals::Intervals;
use super::known::{Everything, Known};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::program::expression::{Assign, Binary, Node, NodeKind, Unary, parse, parse_effect};
use crate::scenario::read::place_inside;
use crate::scenario::{Kind, Placed};

pub(super) const NAME: &str = "constant-comparison";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let all = Everything::of(subject.scenario);
    let reached = reached(subject);
    let mut texts: Vec<&Placed<String>> = subject.walk.expressions.clone();
    texts.sort_by_key(|text| text.place);
    texts.dedup_by_key(|text| text.place);
    // That a value is never set to something is one mistake, in however many conditions it shows.
    let mut told = BTreeSet::new();
    for text in texts {
        let Ok(node) = parse(&text.value) else {
            continue;
        };
        let steps = Cell::new(0);
        let mut search = Search {
            subject,
            text,
            alone: Known::new(&all, &steps),
            reached: &reached,
            told: &mut told,
            found: None,
        };
        search.condition(&node, &Known::new(&all, &steps));
        if let Some(finding) = search.found {
            findings.push(finding);
        }
    }
}

struct Search<'s, 'a> {
    subject: &'s Subject<'a>,
    text: &'s Placed<String>,
    /// With nothing before it.
    alone: Known<'s>,
    reached: &'s Reached,
    told: &'s mut BTreeSet<String>,
    found: Option<Finding>,
}

impl Search<'_, '_> {
    /// Looks at a condition where something is known.
    fn condition(&mut self, node: &Node, known: &Known) {
        if self.found.is_some() || known.is_impossible() {
            return;
        }
        match &node.kind {
            NodeKind::Binary(how @ (Binary::And | Binary::Or), left, right) => {
                self.condition(left, known);
                self.condition(right, &known.with(left, *how == Binary::And));
            }
            NodeKind::Unary(Unary::Not, inner) => self.condition(inner, known),
            NodeKind::If(condition, yes, no) => {
                self.condition(condition, known);
                self.condition(yes, &known.with(condition, true));
                self.condition(no, &known.with(condition, false));
            }
            NodeKind::Binary(_, left, right) => {
                self.leaf(node, known);
                self.number(left, known);
                self.number(right, known);
            }
            NodeKind::Name(_) | NodeKind::Field(..) | NodeKind::In(..) => self.leaf(node, known),
            _ => {}
        }
    }

    /// Conditions within a number.
    fn number(&mut self, node: &Node, known: &Known) {
        match &node.kind {
            NodeKind::If(..) => self.condition(node, known),
            NodeKind::Binary(_, left, right) => {
                self.number(left, known);
                self.number(right, known);
            }
            _ => {}
        }
    }

    fn leaf(&mut self, node: &Node, known: &Known) {
        if self.found.is_some() {
            return;
        }
        let by_itself = self.alone.decided(node);
        let is_list = matches!(node.kind, NodeKind::In(..));
        if by_itself.is_some() && !is_list {
            return;
        }
        if let Some(always) = by_itself {
            self.report(node, format!("this is always {always}"), None);
        } else if let Some(always) = known.decided(node) {
            let headline = format!("this is always {always}, given what stands before it");
            self.report(node, headline, None);
        } else if let Some((name, headline, hint)) = self.reached.never(node) {
            if self.told.insert(format!("{name} {headline}")) {
                self.report(node, headline, Some(hint));
            }
        }
    }

    fn report(&mut self, node: &Node, headline: String, hint: Option<String>) {
        let sources = &self.subject.scenario.sources;
        let place = place_inside(sources, self.text, node.range.clone());
        let hint = hint.unwrap_or_else(|| "Correct it, or leave it out.".into());
        self.found = Some(Finding::warning(NAME, place, headline).hint(hint));
    }
}

/// What truths and words ever hold.
struct Reached {
    all: Everything,
    holds: BTreeMap<String, Intervals>,
    words: BTreeMap<String, Vec<String>>,
}

impl Reached {
    /// A comparison with what a value never holds: its name, a headline and a hint.
    fn never(&self, node: &Node) -> Option<(String, String, String)> {
        let (name, wanted, shown) = match &node.kind {
            NodeKind::Name(name) => (name, 1, "true".to_owned()),
            NodeKind::Binary(Binary::Equal | Binary::NotEqual, left, right) => {
                let (name, other) = match (&left.kind, &right.kind) {
                    (NodeKind::Name(name), other) if self.holds.contains_key(name) => (name, other),
                    (other, NodeKind::Name(name)) => (name, other),
                    _ => return None,
                };
                let (wanted, shown) = match other {
                    NodeKind::Truth(truth) => (i64::from(*truth), truth.to_string()),
                    NodeKind::Name(word) => (self.all.position(name, word)?, word.clone()),
                    _ => return None,
                };
                (name, wanted, shown)
            }
            _ => return None,
        };
        let holds = self.holds.get(name)?;
        if !holds.and(&Intervals::only(wanted)).is_empty() {
            return None;
        }
        let headline = format!("nothing sets `{name}` to `{shown}`");
        let words = self.words.get(name).map(|words| {
            let held = words.iter().enumerate();
            let held = held.filter(|(at, _)| !holds.and(&Intervals::only(*at as i64)).is_empty());
            held.map(|(_, word)| format!("`{word}`"))
                .collect::<Vec<_>>()
        });
        let hint = match words {
            Some(words) if !words.is_empty() => {
                let words = crate::words::choice(&words);
                format!(
                    "It is only ever {words}. Let an effect set it, or compare with another word."
                )
            }
            _ => format!(
                "Let an effect set it, as in `do: [{name} = {shown}]`, or leave the condition out."
            ),
        };
        Some((name.clone(), headline, hint))
    }
}

fn reached(subject: &Subject) -> Reached {
    let scenario = subject.scenario;
    let mut reached = Reached {
        all: Everything::of(scenario),
        holds: BTreeMap::new(),
        words: BTreeMap::new(),
    };
    for value in &scenario.values {
        let name = &value.id.value;
        if subject.is_shaky(name) {
            continue;
        }
        let initial = match &value.kind {
            Kind::Truth { initial } => i64::from(initial.value),
            Kind::Word { words, initial } => {
                let words: Vec<String> = words.iter().map(|word| word.value.clone()).collect();
                let at = words.iter().position(|word| *word == initial.value);
                // A misspelt word is one mistake, and what was meant is not known.
                let Some(at) = at.filter(|_| !words.iter().any(|it| subject.is_shaky(it))) else {
                    continue;
                };
                reached.words.insert(name.clone(), words);
                at as i64
            }
            Kind::Number { .. } => continue,
        };
        reached.holds.insert(name.clone(), Intervals::only(initial));
    }
    let others = scenario
        .variants
        .iter()
        .flat_map(|variant| &variant.initial);
    let others = others.chain(scenario.cuts.iter().flat_map(|cut| &cut.initial));
    for (name, text) in others {
        reached.add_text(&name.value, &text.value);
    }
    let effects = subject.walk.blocks.iter().flat_map(|it| &it.block.effects);
    for effect in effects {
        match parse_effect(&effect.value) {
            Ok(effect) if effect.assign == Assign::Set => {
                reached.add(&effect.name, &effect.expression);
            }
            Ok(effect) => reached.forget(&effect.name),
            // What it was to set is not known.
            Err(_) => reached.holds.clear(),
        }
    }
    reached
}

impl Reached {
    /// The value may hold anything.
    fn forget(&mut self, name: &str) {
        self.holds.remove(name);
    }

    fn add_text(&mut self, name: &str, text: &str) {
        let at = match text {
            "true" => Some(1),
            "false" => Some(0),
            word => self.all.position(name, word),
        };
        match (at, self.holds.get_mut(name)) {
            (Some(at), Some(holds)) => *holds = holds.or(&Intervals::only(at)),
            _ => self.forget(name),
        }
    }

    fn add(&mut self, name: &str, expression: &Node) {
        match &expression.kind {
            NodeKind::Truth(truth) => self.add_text(name, if *truth { "true" } else { "false" }),
            NodeKind::Name(word) => self.add_text(name, word),
            NodeKind::If(_, yes, no) => {
                self.add(name, yes);
                self.add(name, no);
            }
            _ => self.forget(name),
        }
    }
}
