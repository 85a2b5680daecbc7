//! Everything in a scenario that rules look at, in lists.

use std::collections::BTreeSet;

use crate::program::expression::{Expr, ExprKind, parse, parse_effect};
use crate::scenario::{
    Block, Course, Decision, Demand, Inject, Mark, Phase, Placed, Scenario, Text, ValueKind,
};

/// A block with what must hold whenever it happens.
pub(super) struct Guarded<'a> {
    pub block: &'a Block,
    pub guards: Vec<&'a Placed<String>>,
}

/// A text, and the marks beside it.
#[derive(Clone, Copy)]
pub(super) struct MarkedText<'a> {
    pub text: &'a Placed<String>,
    pub marks: &'a [Mark],
}

/// The parts of a scenario.
#[derive(Default)]
pub(super) struct ScenarioParts<'a> {
    /// With the outcomes of chances.
    pub blocks: Vec<Guarded<'a>>,
    pub courses: Vec<&'a Course>,
    /// With the inject that asks and its phase.
    pub decisions: Vec<(&'a Phase, &'a Inject, &'a Decision)>,
    /// Conditions, and what growth adds.
    pub expressions: Vec<&'a Placed<String>>,
    /// Every text that must keep to the record, in source order: prose, labels and titles. Titles of the scenario, of
    /// roles, objectives and values (and so of the board) are names, not statements.
    pub texts: Vec<MarkedText<'a>>,
}

impl<'a> ScenarioParts<'a> {
    pub fn new(scenario: &'a Scenario) -> Self {
        let mut parts = Self::default();
        let briefs = scenario.roles.iter().filter_map(|role| role.brief.as_ref());
        let whole = scenario.summary.iter().chain(&scenario.briefing);
        whole.chain(briefs).for_each(|text| parts.text(text));
        for growth in scenario.values.iter().flat_map(|value| &value.grows) {
            parts.expressions.push(&growth.add);
            parts.expressions.extend(&growth.when);
        }
        for action in &scenario.actions {
            parts.course(&action.course);
        }
        for phase in &scenario.phases {
            parts.phase(phase);
        }
        parts.blocks(&scenario.endex, &[]);
        for ending in &scenario.endings {
            parts.expressions.extend(&ending.when);
            parts.titled(&ending.title, Some(&ending.text));
        }
        for variant in &scenario.variants {
            parts.titled(&variant.title, variant.text.as_ref());
        }
        for cut in &scenario.cuts {
            parts.titled(&cut.title, cut.text.as_ref());
        }
        for rule in &scenario.rules {
            parts.rule(&rule.demand);
        }
        parts.texts.sort_by_key(|marked| marked.text.place);
        parts
    }

    /// The marks of the texts. Several texts share those that stand beside them all; each is given once.
    pub fn marks(&self) -> Vec<&'a Mark> {
        let mut seen = BTreeSet::new();
        let marks = self.texts.iter().flat_map(|text| text.marks);
        marks.filter(|mark| seen.insert(mark.says.place)).collect()
    }

    /// Everything that blocks write.
    pub fn effects(&self) -> impl Iterator<Item = &'a Placed<String>> {
        self.blocks
            .iter()
            .flat_map(|guarded| &guarded.block.effects)
    }

    fn text(&mut self, text: &'a Text) {
        let (text, marks) = (&text.text, &text.marks);
        self.texts.push(MarkedText { text, marks });
    }

    /// A title has the marks of the text beside it.
    fn titled(&mut self, title: &'a Placed<String>, text: Option<&'a Text>) {
        let marks = text.map_or(&[][..], |text| &text.marks);
        self.texts.push(MarkedText { text: title, marks });
        if let Some(text) = text {
            self.text(text);
        }
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
        self.titled(&phase.title, phase.text.as_ref());
        self.blocks(&phase.begins, &[]);
        for inject in &phase.injects {
            if let Some(message) = &inject.message {
                self.titled(&message.title, Some(&message.text));
            }
            self.expressions.extend(&inject.trigger.when);
            let guards: Vec<_> = inject.trigger.when.iter().collect();
            self.block(&inject.block, &guards);
            if let Some(decision) = &inject.asks {
                self.text(&decision.question);
                self.decisions.push((phase, inject, decision));
                decision.options.iter().for_each(|it| self.course(it));
            }
        }
        for end in &phase.ends {
            self.expressions.extend(&end.when);
        }
    }

    fn course(&mut self, course: &'a Course) {
        self.courses.push(course);
        let (text, marks) = (&course.label, &course.marks);
        self.texts.push(MarkedText { text, marks });
        course.feedback.iter().for_each(|text| self.text(text));
        self.expressions.extend(&course.needs);
        // What a course uses is taken before its block happens, so a condition on it says nothing more.
        let needs = course.needs.iter();
        let guards: Vec<_> = needs.filter(|_| course.uses.is_empty()).collect();
        self.block(&course.block, &guards);
        // What the course itself does comes before.
        let is_later = course.takes.is_some() || !course.block.effects.is_empty();
        self.blocks(&course.then, if is_later { &[] } else { &guards });
        if let Some(consent) = &course.consent {
            self.text(&consent.question);
            self.blocks(&consent.refused, &[]);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], guards: &[&'a Placed<String>]) {
        for block in blocks {
            self.block(block, guards);
        }
    }

    fn block(&mut self, block: &'a Block, guards: &[&'a Placed<String>]) {
        let texts = block.because.iter().chain(&block.text);
        texts.for_each(|text| self.text(text));
        self.expressions.extend(&block.when);
        let outer = if block.after.is_some() { &[] } else { guards };
        let guards: Vec<_> = outer.iter().copied().chain(&block.when).collect();
        // What the block itself does comes first.
        let inner = if block.effects.is_empty() {
            &guards[..]
        } else {
            &[]
        };
        for outcome in block.chance.iter().flat_map(|chance| &chance.outcomes) {
            self.block(&outcome.block, inner);
        }
        self.blocks.push(Guarded { block, guards });
    }
}

/// The injects of all phases.
pub(super) fn injects(scenario: &Scenario) -> impl Iterator<Item = &Inject> {
    scenario.phases.iter().flat_map(|phase| &phase.injects)
}

/// The ids that an author gives, but for those of options, and the words of values.
pub(super) fn ids(scenario: &Scenario) -> Vec<&Placed<String>> {
    let mut ids: Vec<&Placed<String>> = Vec::new();
    for value in &scenario.values {
        ids.push(&value.id);
        if let ValueKind::Word { words, .. } = &value.kind {
            ids.extend(words);
        }
    }
    ids.extend(scenario.roles.iter().map(|role| &role.id));
    ids.extend(scenario.objectives.iter().map(|objective| &objective.id));
    ids.extend(scenario.actions.iter().map(|action| &action.course.id));
    ids.extend(scenario.phases.iter().map(|phase| &phase.id));
    ids.extend(injects(scenario).map(|inject| &inject.id));
    ids
}

/// The names that expressions read: values, and what `chosen.x`, `taken.x`, `came.x` and `since(x)` ask about.
pub(super) fn names_read(parts: &ScenarioParts) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in &parts.expressions {
        match parse(&source.value) {
            Ok(node) => each_name(&node, &mut |name| {
                names.insert(name.to_owned());
            }),
            Err(_) => names.extend(words_of(&source.value)),
        }
    }
    for effect in parts.effects() {
        match parse_effect(&effect.value) {
            // A value that only its own effects read is not read.
            Ok(effect) => each_name(&effect.expression, &mut |name| {
                if name != effect.name {
                    names.insert(name.to_owned());
                }
            }),
            Err(_) => names.extend(words_of(&effect.value)),
        }
    }
    names
}

/// The words of an expression that does not parse: each may be a name.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.map(str::to_owned)
}

/// Calls `take` for every name in an expression, words among them.
fn each_name(node: &Expr, take: &mut impl FnMut(&str)) {
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
            for node in [condition, yes, no] {
                each_name(node, take);
            }
        }
    }
}
