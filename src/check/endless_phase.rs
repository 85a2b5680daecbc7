//! A phase that nothing ends, or that may never end although another should follow.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::known::{Everything, Knowledge};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::program::expression::{Assign, Binary, Expr, ExprKind, parse, parse_effect};
use crate::scenario::{Block, Inject, Phase, PhaseEnd, Scenario, TimePoint, ValueKind};

pub(super) const NAME: &str = "endless-phase";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let phases = &subject.scenario.phases;
    for (index, phase) in phases.iter().enumerate() {
        // What could not be read of the phase may have been its end.
        let next = phases.get(index + 1).map(|next| next.title.place);
        let broken = subject.has_error_between(phase.title.place, next);
        if broken || phase.title.place == phase.id.place {
            continue;
        }
        if phase.ends.is_empty() {
            let headline = format!("nothing ends the phase `{}`", phase.id.value);
            let hint = "Add `ends`, as in `ends: [{at: 4h, to: endex}]`. Without it the phase goes on until `lasts` is over.";
            findings.push(Finding::warning(NAME, phase.id.place, headline).hint(hint));
        } else if index + 1 < phases.len() && !ends_surely(subject.scenario, phase) {
            // The last phase needs no end: `lasts` ends it.
            let headline = format!("nothing surely ends the phase `{}`", phase.id.value);
            let hint = format!(
                "Every one of its `ends` needs a condition that may never hold. Add one by time as the last, as in `{{at: 2d, to: {}}}`, or the phase may go on until `lasts` is over.",
                phase.ends[0].to.value
            );
            findings.push(Finding::warning(NAME, phase.id.place, headline).hint(hint));
        }
    }
}

/// Whether one of the ends comes whatever the team does, as far as a look at the text shows.
fn ends_surely(scenario: &Scenario, phase: &Phase) -> bool {
    if phase.ends.iter().any(|end| end.when.is_none()) {
        return true;
    }
    let sure = SureEvents::new(scenario, phase);
    let ends = phase.ends.iter().filter(|end| end.at.is_none());
    let mut conditions = ends.filter_map(|end| parse(&end.when.as_ref()?.value).ok());
    conditions.any(|condition| sure.comes(&condition)) || covers(scenario, phase)
}

/// Whether one of the conditions holds whatever the values are, among those that are tested all the time or at one moment.
fn covers(scenario: &Scenario, phase: &Phase) -> bool {
    let all = Everything::new(scenario);
    let steps = Cell::new(0);
    let moment = |end: &PhaseEnd| end.at.as_ref().map(|at| at.value);
    let mut moments: Vec<Option<TimePoint>> = Vec::new();
    for end in &phase.ends {
        if !moments.contains(&moment(end)) {
            moments.push(moment(end));
        }
    }
    moments.into_iter().any(|at| {
        let tested = |end: &&PhaseEnd| end.at.is_none() || moment(end) == at;
        let mut none = Knowledge::new(&all, &steps);
        for end in phase.ends.iter().filter(tested) {
            let condition = end.when.as_ref().and_then(|when| parse(&when.value).ok());
            if let Some(condition) = condition {
                none.assume(&condition, false);
            }
        }
        none.is_impossible()
    })
}

/// What surely happens in a phase sooner or later.
struct SureEvents<'a> {
    scenario: &'a Scenario,
    /// Injects that come by time.
    comes: BTreeSet<&'a str>,
    /// Questions that are asked by time and have a deadline.
    answered: BTreeSet<&'a str>,
    /// What is set, as `name = value`.
    set: BTreeSet<String>,
}

impl<'a> SureEvents<'a> {
    fn new(scenario: &'a Scenario, phase: &'a Phase) -> Self {
        let mut sure = Self {
            scenario,
            comes: BTreeSet::new(),
            answered: BTreeSet::new(),
            set: BTreeSet::new(),
        };
        for block in phase.begins.iter().filter(|block| block.when.is_none()) {
            sure.block(block);
        }
        for inject in phase.injects.iter().filter(|inject| comes_by_time(inject)) {
            sure.comes.insert(&inject.id.value);
            sure.block(&inject.block);
            let mut asks = inject.asks.iter();
            if asks.any(|asks| asks.within.is_some()) {
                sure.answered.insert(&inject.id.value);
            }
        }
        sure
    }

    fn block(&mut self, block: &'a Block) {
        for effect in &block.effects {
            if let Ok(effect) = parse_effect(&effect.value)
                && effect.assign == Assign::Set
            {
                self.set
                    .insert(format!("{} = {}", effect.name, effect.expression));
            }
        }
        self.comes
            .extend(block.injects.iter().map(|name| name.value.as_str()));
    }

    fn comes(&self, condition: &Expr) -> bool {
        match &condition.kind {
            ExprKind::Truth(truth) => *truth,
            ExprKind::Name(name) => self.set.contains(&format!("{name} = true")),
            ExprKind::Field(of, name, _) => of == "came" && self.comes.contains(name.as_str()),
            ExprKind::Binary(Binary::And, left, right) => self.comes(left) && self.comes(right),
            ExprKind::Binary(Binary::Or, left, right) => self.comes(left) || self.comes(right),
            ExprKind::Binary(Binary::Greater | Binary::GreaterOrEqual, left, _) => self.moves(left),
            ExprKind::Binary(Binary::Less | Binary::LessOrEqual, left, right) => {
                self.moves(right) || self.grows(left)
            }
            ExprKind::Binary(Binary::Equal, left, right) => {
                let is_set = self.set.contains(&format!("{left} = {right}"));
                is_set || self.grows(left)
            }
            ExprKind::Binary(Binary::NotEqual, left, right) => {
                let is_answer = matches!(&right.kind, ExprKind::Name(none) if none == "none");
                matches!(&left.kind, ExprKind::Field(of, name, _)
                    if is_answer && of == "chosen" && self.answered.contains(name.as_str()))
            }
            _ => false,
        }
    }

    /// Whether something rises as time goes by.
    fn moves(&self, node: &Expr) -> bool {
        match &node.kind {
            ExprKind::Call(name, _, arguments) => match (name.as_str(), &arguments[..]) {
                ("now", []) => true,
                ("since", [of]) => matches!(&of.kind, ExprKind::Name(of)
                    if self.answered.contains(of.as_str()) || self.comes.contains(of.as_str())),
                _ => false,
            },
            _ => self.grows(node),
        }
    }

    fn grows(&self, node: &Expr) -> bool {
        let values = &self.scenario.values;
        matches!(&node.kind, ExprKind::Name(name) if values.iter().any(|value| {
            value.id.value == *name && matches!(value.kind, ValueKind::Number { .. }) && !value.grows.is_empty()
        }))
    }
}

fn comes_by_time(inject: &Inject) -> bool {
    inject.trigger.at.is_some() && inject.trigger.when.is_none()
}
