//! What the parts of a program are called in the files, and where.

use crate::check::prove::Proof;
use crate::finding::Place;
use crate::program::ids::{ActionId, CourseId, DecisionId, InjectId, PhaseId};
use crate::program::{Owner, Program};
use crate::scenario::{self, Placed};

/// An option or an action.
pub(super) struct CourseName<'a> {
    pub id: CourseId,
    /// `option` or `action`
    pub what: &'static str,
    pub name: &'a Placed<String>,
    /// What it is called in the name of a play: `note-cut`.
    pub file: String,
    /// The decision it belongs to.
    pub decision: Option<DecisionId>,
}

/// The parts of a program as an author wrote them.
#[derive(Clone, Copy)]
pub(super) struct WrittenNames<'p>(pub &'p Program);

impl<'p> WrittenNames<'p> {
    /// A decision as an author wrote it; `None` for a consent.
    pub fn authored(
        self,
        id: DecisionId,
    ) -> Option<(&'p scenario::Inject, &'p scenario::Decision)> {
        let inject = self.0.script.decision(id).inject?;
        let inject = self.0.script.inject(inject);
        Some((inject, inject.asks.as_ref()?))
    }

    /// The decisions that an author wrote, with the injects that ask them.
    pub fn decisions(
        self,
    ) -> impl Iterator<Item = (DecisionId, &'p scenario::Inject, &'p scenario::Decision)> {
        let all = (0..self.0.decisions.len()).map(DecisionId::at);
        all.filter_map(move |id| {
            let (inject, decision) = self.authored(id)?;
            Some((id, inject, decision))
        })
    }

    /// Actions, then options, each in source order.
    pub fn courses(self) -> impl Iterator<Item = CourseName<'p>> {
        let actions = (0..self.0.actions.len()).map(ActionId::at);
        let actions = actions.map(move |id| {
            let name = &self.0.script.scenario.actions[id.index()].course.id;
            CourseName {
                id: self.0.actions[id.index()].course,
                what: "action",
                name,
                file: name.value.clone(),
                decision: None,
            }
        });
        let options = self.decisions().flat_map(move |(id, inject, decision)| {
            decision
                .options
                .iter()
                .enumerate()
                .map(move |(at, option)| CourseName {
                    id: self.0.decisions[id.index()].options[at],
                    what: "option",
                    name: &option.id,
                    file: format!("{}-{}", inject.id.value, option.id.value),
                    decision: Some(id),
                })
        });
        actions.chain(options)
    }

    /// `inject`, or `decision` for one without a message.
    pub fn kind_of(self, id: InjectId) -> &'static str {
        let inject = self.0.script.inject(id);
        match (&inject.message, &inject.asks) {
            (None, Some(_)) => "decision",
            _ => "inject",
        }
    }

    /// The name of an ending, and its place.
    pub fn ending(self, index: usize) -> (&'p str, Place) {
        let ending = &self.0.script.scenario.endings[index];
        (&ending.id.value, ending.id.place)
    }

    /// Whether an action is offered, or a decision asked, in a phase.
    pub fn is_in(self, owner: Owner, phase: PhaseId) -> bool {
        let phase = &self.0.phases[phase.index()];
        match owner {
            Owner::Action(action) => phase.actions.contains(&action),
            Owner::Option(decision, _) | Owner::Answer(decision, _) => {
                phase.decisions.contains(&decision)
            }
        }
    }
}

impl Proof<'_, '_> {
    /// Whether an action is offered, or a decision asked, in a phase that begins.
    pub fn is_somewhere(&self, owner: Owner) -> bool {
        let mut phases = (0..self.program.phases.len()).map(PhaseId::at);
        phases.any(|id| self.names.is_in(owner, id) && self.begins(id))
    }
}
