//! Names, and the numbers that they stand for.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::finding::{Finding, Place};
use crate::program::expression::CEL_WORDS;
use crate::program::ids::{ActionId, DecisionId, InjectId, ObjectiveId, PhaseId, RoleId, ValueId};
use crate::scenario::{self, Lost, Placed, Scenario};
use crate::words;

/// Words of the expression language, and those that people write for them, as `and` for `&&`.
const UNREADABLE: [&str; 8] = ["true", "false", "True", "False", "in", "and", "or", "not"];

/// Names with a meaning in expressions or in the grammar of plays.
#[rustfmt::skip]
const TAKEN: [&str; 17] = [
    "phase", "chosen", "taken", "came", "since", "now", "min", "max", "none", "endex",
    "inject", "no", "score", "total", "ending", "time", "agree",
];

/// Whether nothing may have this name, because it has a meaning in expressions or plays.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    is_unreadable(name) || TAKEN.contains(&name)
}

/// Whether a value may not have this word, because expressions cannot read it as a name.
#[must_use]
pub fn is_unreadable(word: &str) -> bool {
    UNREADABLE.contains(&word) || CEL_WORDS.contains(&word)
}

/// The finding for a word that no expression can contain. `none` stands for a decision without an answer.
pub fn unreadable(word: &Placed<String>, is_option: bool) -> Option<Finding> {
    let is_reserved = is_unreadable(&word.value) || is_option && word.value == "none";
    let headline = format!("`{}` is a word of the expression language", word.value);
    is_reserved
        .then(|| Finding::error("reserved-name", word.place, headline).hint("Choose another word."))
}

/// How many unknown names of one kind get a suggestion, which takes long in a large scenario.
const SUGGESTIONS_MAX: u32 = 100;

/// One kind of name and the numbers that they stand for.
#[derive(Debug)]
pub struct NameTable<'a> {
    /// What it names, as in `value`.
    pub kind: &'static str,
    suggestions: Cell<u32>,
    numbers: BTreeMap<&'a str, (usize, Place)>,
}

impl<'a> NameTable<'a> {
    fn new(kind: &'static str) -> Self {
        Self {
            kind,
            suggestions: Cell::new(0),
            numbers: BTreeMap::new(),
        }
    }

    fn add(&mut self, id: &'a Placed<String>, number: usize, findings: &mut Vec<Finding>) {
        if is_reserved(&id.value) {
            let headline = format!("`{}` is a word of the expression language", id.value);
            findings.push(
                Finding::error("reserved-name", id.place, headline).hint("Choose another name."),
            );
        }
        if let Some((_, first)) = self.numbers.get(id.value.as_str()) {
            let headline = format!("{} `{}` is defined twice", self.kind, id.value);
            findings.push(
                Finding::error("defined-twice", id.place, headline)
                    .related(*first, "first defined here"),
            );
            return;
        }
        self.numbers.insert(&id.value, (number, id.place));
    }

    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).map(|(number, _)| *number)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.numbers.keys().copied()
    }

    /// The finding for an unknown name.
    pub fn unknown(&self, name: &str, place: Place) -> Finding {
        self.unknown_among(self.kind, name, place, std::iter::empty())
    }

    /// The finding for a name that is neither known nor among some others.
    pub fn unknown_among<'n>(
        &'n self,
        kind: &str,
        name: &str,
        place: Place,
        others: impl Iterator<Item = &'n str>,
    ) -> Finding {
        let suggestions = self.suggestions.get();
        if suggestions >= SUGGESTIONS_MAX {
            return unknown(kind, name, place, std::iter::empty());
        }
        self.suggestions.set(suggestions + 1);
        unknown(kind, name, place, others.chain(self.names()))
    }
}

/// The finding for a name that is not among the candidates.
pub fn unknown<'n>(
    kind: &str,
    name: &str,
    place: Place,
    candidates: impl Iterator<Item = &'n str>,
) -> Finding {
    let finding = Finding::error("unknown-name", place, format!("unknown {kind} `{name}`"));
    match words::did_you_mean(name, candidates) {
        Some(near) => finding.label("not defined").instead(near),
        None => finding.label("not defined"),
    }
}

/// Every name of a scenario.
#[derive(Debug)]
pub struct Names<'a> {
    lost: &'a Lost,
    roles: NameTable<'a>,
    objectives: NameTable<'a>,
    pub values: NameTable<'a>,
    phases: NameTable<'a>,
    pub injects: NameTable<'a>,
    /// Decisions by the number that they will have, consents counted.
    pub decisions: NameTable<'a>,
    pub actions: NameTable<'a>,
    /// Every inject by its number, with its phase.
    inject_list: Vec<(&'a scenario::Inject, PhaseId)>,
    /// The options of every decision by its number; empty for a consent.
    options: Vec<&'a [scenario::Course]>,
}

impl<'a> Names<'a> {
    /// Numbers everything in source order.
    pub fn new(scenario: &'a Scenario, findings: &mut Vec<Finding>) -> Self {
        let mut names = Self {
            lost: &scenario.lost,
            roles: NameTable::new("role"),
            objectives: NameTable::new("objective"),
            values: NameTable::new("value"),
            phases: NameTable::new("phase"),
            injects: NameTable::new("inject"),
            decisions: NameTable::new("decision"),
            actions: NameTable::new("action"),
            inject_list: Vec::new(),
            options: Vec::new(),
        };
        for (number, role) in scenario.roles.iter().enumerate() {
            names.roles.add(&role.id, number, findings);
        }
        for (number, objective) in scenario.objectives.iter().enumerate() {
            names.objectives.add(&objective.id, number, findings);
        }
        for (number, value) in scenario.values.iter().enumerate() {
            names.values.add(&value.id, number, findings);
        }
        for (number, action) in scenario.actions.iter().enumerate() {
            names.actions.add(&action.course.id, number, findings);
        }
        for (number, phase) in scenario.phases.iter().enumerate() {
            names.phases.add(&phase.id, number, findings);
            for inject in &phase.injects {
                let injects = names.inject_list.len();
                names.injects.add(&inject.id, injects, findings);
                names.inject_list.push((inject, PhaseId(number as u16)));
                if let Some(decision) = &inject.asks {
                    // What is defined twice was reported as an inject already.
                    if names.decisions.get(&inject.id.value).is_none() {
                        let decisions = names.options.len();
                        names.decisions.add(&inject.id, decisions, findings);
                    }
                    names.options.push(&decision.options);
                    let consents = decision
                        .options
                        .iter()
                        .filter(|option| option.consent.is_some());
                    names.options.extend(consents.map(|_| [].as_slice()));
                }
            }
        }
        names.refuse_shared(findings);
        names
    }

    /// `since(x)` reads actions and injects, so both may not have the same name.
    fn refuse_shared(&self, findings: &mut Vec<Finding>) {
        for name in self.actions.names() {
            if let (Some((_, first)), Some((_, place))) = (
                self.injects.numbers.get(name),
                self.actions.numbers.get(name),
            ) {
                let headline = format!("`{name}` names an inject and an action");
                findings.push(
                    Finding::error("defined-twice", *place, headline)
                        .related(*first, "the other is here"),
                );
            }
        }
    }

    /// An inject as it is written, and its phase.
    pub fn written_inject(&self, id: InjectId) -> Option<(&'a scenario::Inject, PhaseId)> {
        self.inject_list.get(id.index()).copied()
    }

    /// The options of a decision as they are written; empty for a consent.
    pub fn options_of(&self, id: DecisionId) -> &'a [scenario::Course] {
        self.options.get(id.index()).copied().unwrap_or_default()
    }

    /// Whether a name may have been defined in a part that could not be read. Then nothing is reported about it.
    pub fn lost(&self, name: &str) -> bool {
        self.lost.holds(name)
    }

    pub fn role(&self, name: &Placed<String>, findings: &mut Vec<Finding>) -> Option<RoleId> {
        self.find(&self.roles, name, findings).map(RoleId::at)
    }

    pub fn objective(
        &self,
        name: &Placed<String>,
        findings: &mut Vec<Finding>,
    ) -> Option<ObjectiveId> {
        self.find(&self.objectives, name, findings)
            .map(ObjectiveId::at)
    }

    pub fn value(&self, name: &Placed<String>, findings: &mut Vec<Finding>) -> Option<ValueId> {
        self.find(&self.values, name, findings).map(ValueId::at)
    }

    pub fn phase(&self, name: &Placed<String>, findings: &mut Vec<Finding>) -> Option<PhaseId> {
        self.find(&self.phases, name, findings).map(PhaseId::at)
    }

    pub fn inject(&self, name: &Placed<String>, findings: &mut Vec<Finding>) -> Option<InjectId> {
        self.find(&self.injects, name, findings).map(InjectId::at)
    }

    fn find(
        &self,
        table: &NameTable,
        name: &Placed<String>,
        findings: &mut Vec<Finding>,
    ) -> Option<usize> {
        let number = table.get(&name.value);
        // If a scenario has none of a kind that it needs, that has been reported.
        let needed = ["role", "objective", "phase"].contains(&table.kind);
        let is_known = needed && table.numbers.is_empty() || self.lost(&name.value);
        if number.is_none() && !is_known {
            findings.push(table.unknown(&name.value, name.place));
        }
        number
    }

    /// The inject, decision or action of this name, for `since` and clocks.
    pub fn happening(&self, name: &str) -> Option<Happening> {
        if let Some(number) = self.decisions.get(name) {
            return Some(Happening::Decision(DecisionId::at(number)));
        }
        if let Some(number) = self.injects.get(name) {
            return Some(Happening::Inject(InjectId::at(number)));
        }
        self.actions
            .get(name)
            .map(|number| Happening::Action(ActionId::at(number)))
    }

    /// The finding for a name that [`Names::happening`] does not know.
    pub fn unknown_happening(&self, name: &str, place: Place) -> Finding {
        let kind = "inject, decision or action";
        self.injects
            .unknown_among(kind, name, place, self.actions.names())
    }
}

/// Something that `since` can read. If an inject asks a decision, the time counts from the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    Inject(InjectId),
    Decision(DecisionId),
    Action(ActionId),
}
