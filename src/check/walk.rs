//! Everything of a scenario that rules look at, in lists.

use std::collections::BTreeSet;

use crate::program::expression::{Expr, ExprKind, parse, parse_effect};
use crate::scenario::{Block, Course, Decision, Demand, Inject, Phase, Placed, Scenario};

/// A block with what must hold whenever it happens.
pub(super) struct Guarded<'a> {
    pub block: &'a Block,
    pub guards: Vec<&'a Placed<String>>,
}

/// The parts of a scenario, in the order of the files.
#[derive(Default)]
pub(super) struct ScenarioParts<'a> {
    /// Outcomes of chance among them.
    pub blocks: Vec<Guarded<'a>>,
    pub courses: Vec<&'a Course>,
    /// With the inject that asks and its phase.
    pub decisions: Vec<(&'a Phase, &'a Inject, &'a Decision)>,
    /// Conditions, and what growth adds.
    pub expressions: Vec<&'a Placed<String>>,
}

impl<'a> ScenarioParts<'a> {
    pub fn of(scenario: &'a Scenario) -> Self {
        let mut walk = Self::default();
        for growth in scenario.values.iter().flat_map(|value| &value.grows) {
            walk.expressions.push(&growth.add);
            walk.expressions.extend(&growth.when);
        }
        for action in &scenario.actions {
            walk.course(&action.course);
        }
        for phase in &scenario.phases {
            walk.phase(phase);
        }
        walk.blocks(&scenario.endex, &[]);
        for ending in &scenario.endings {
            walk.expressions.extend(&ending.when);
        }
        for rule in &scenario.rules {
            walk.rule(&rule.demand);
        }
        walk
    }

    fn rule(&mut self, demand: &'a Demand) {
        match demand {
            Demand::Always(source) | Demand::Never(source) | Demand::Eventually(source) => {
                self.expressions.push(source);
            }
            Demand::Within { after, holds, .. } => self.expressions.extend([after, holds]),
        }
    }

    fn phase(&mut self, phase: &'a Phase) {
        self.blocks(&phase.begins, &[]);
        for inject in &phase.injects {
            self.expressions.extend(&inject.trigger.when);
            let guards: Vec<_> = inject.trigger.when.iter().collect();
            self.block(&inject.block, &guards);
            if let Some(decision) = &inject.asks {
                self.decisions.push((phase, inject, decision));
                for option in &decision.options {
                    self.course(option);
                }
            }
        }
        for end in &phase.ends {
            self.expressions.extend(&end.when);
        }
    }

    fn course(&mut self, course: &'a Course) {
        self.courses.push(course);
        self.expressions.extend(&course.needs);
        // What is used up is held already when the block happens, so a condition on it says nothing more.
        let guards: Vec<_> = course
            .needs
            .iter()
            .filter(|_| course.uses.is_empty())
            .collect();
        self.block(&course.block, &guards);
        // What the course itself does comes before.
        let is_later = course.takes.is_some() || !course.block.effects.is_empty();
        self.blocks(&course.then, if is_later { &[] } else { &guards });
        if let Some(consent) = &course.consent {
            self.blocks(&consent.refused, &[]);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], guards: &[&'a Placed<String>]) {
        for block in blocks {
            self.block(block, guards);
        }
    }

    fn block(&mut self, block: &'a Block, guards: &[&'a Placed<String>]) {
        self.expressions.extend(&block.when);
        let outer = if block.after.is_some() { &[] } else { guards };
        let guards: Vec<_> = outer.iter().copied().chain(&block.when).collect();
        for outcome in block.chance.iter().flat_map(|chance| &chance.outcomes) {
            // What the block itself does comes first.
            let inner = if block.effects.is_empty() {
                &guards[..]
            } else {
                &[]
            };
            self.block(&outcome.block, inner);
        }
        self.blocks.push(Guarded { block, guards });
    }
}

/// What expressions read: names of values, and of what they ask about with `chosen.x`, `taken.x`, `came.x` or `since(x)`.
#[derive(Default)]
pub(super) struct Reads {
    pub names: BTreeSet<String>,
}

impl Reads {
    pub fn of(walk: &ScenarioParts) -> Self {
        let mut reads = Self::default();
        for source in &walk.expressions {
            match parse(&source.value) {
                Ok(node) => reads.node(&node, None),
                Err(_) => reads.words(&source.value),
            }
        }
        for effect in walk
            .blocks
            .iter()
            .flat_map(|guarded| &guarded.block.effects)
        {
            match parse_effect(&effect.value) {
                Ok(effect) => reads.node(&effect.expression, Some(&effect.name)),
                Err(_) => reads.words(&effect.value),
            }
        }
        reads
    }

    /// All names of a node but one: a value that only its own effects read is not read.
    fn node(&mut self, node: &Expr, but: Option<&str>) {
        each_name(node, &mut |name| {
            if Some(name) != but && !self.names.contains(name) {
                self.names.insert(name.to_owned());
            }
        });
    }

    /// Where the text does not parse, every word of it may be a name.
    fn words(&mut self, text: &str) {
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        self.names.extend(words.map(str::to_owned));
    }
}

/// Calls `take` for every name in an expression, words among them.
pub(super) fn each_name(node: &Expr, take: &mut impl FnMut(&str)) {
    match &node.kind {
        ExprKind::Number(_) | ExprKind::Truth(_) => {}
        ExprKind::Name(name) | ExprKind::Field(_, name, _) => take(name),
        ExprKind::Call(_, _, nodes) => {
            for node in nodes {
                each_name(node, take);
            }
        }
        ExprKind::Unary(_, inner) => each_name(inner, take),
        ExprKind::Binary(_, left, right) => {
            each_name(left, take);
            each_name(right, take);
        }
        ExprKind::In(left, list) => {
            each_name(left, take);
            for node in list {
                each_name(node, take);
            }
        }
        ExprKind::If(condition, yes, no) => {
            each_name(condition, take);
            each_name(yes, take);
            each_name(no, take);
        }
    }
}
