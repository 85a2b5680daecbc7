//! Where things of a program stand in the files, and what they are called there.

use crate::check::prove::Proof;
use crate::finding::Place;
use crate::program::Owner;
use crate::program::ids::{ActionId, CourseId, DecisionId, InjectId};
use crate::scenario::{self, Placed};

/// An option or an action.
pub(super) struct Named<'a> {
    pub id: CourseId,
    /// `option` or `action`
    pub what: &'static str,
    pub name: &'a Placed<String>,
    /// As the name of a play has it: `note-cut`.
    pub file: String,
    /// The decision it belongs to.
    pub decision: Option<DecisionId>,
}

impl Proof<'_, '_> {
    /// A decision as it was written; none of a consent.
    pub fn written(&self, id: DecisionId) -> Option<(&scenario::Inject, &scenario::Decision)> {
        let inject = self.program.script.decision(id).inject?;
        let inject = self.program.script.inject(inject);
        Some((inject, inject.asks.as_ref()?))
    }

    /// The decisions that an author wrote, with the place of their names.
    pub fn decisions(
        &self,
    ) -> impl Iterator<Item = (DecisionId, &scenario::Inject, &scenario::Decision)> {
        let all = (0..self.program.decisions.len()).map(DecisionId::at);
        all.filter_map(|id| {
            let (inject, decision) = self.written(id)?;
            Some((id, inject, decision))
        })
    }

    /// Options and actions, in source order: actions first.
    pub fn courses(&self) -> impl Iterator<Item = Named<'_>> {
        let actions = (0..self.program.actions.len()).map(ActionId::at);
        let actions = actions.map(|id| {
            let name = &self.program.script.scenario.actions[id.index()].course.id;
            Named {
                id: self.program.actions[id.index()].course,
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
                .map(move |(at, option)| Named {
                    id: self.program.decisions[id.index()].options[at],
                    what: "option",
                    name: &option.id,
                    file: format!("{}-{}", inject.id.value, option.id.value),
                    decision: Some(id),
                })
        });
        actions.chain(options)
    }

    /// `inject`, or `decision` where it has no message.
    pub fn kind_of(&self, id: InjectId) -> &'static str {
        match self.program.script.inject(id).message {
            Some(_) => "inject",
            None => "decision",
        }
    }

    /// Where the name of an ending stands.
    pub fn ending(&self, index: usize) -> (&str, Place) {
        let ending = &self.program.script.scenario.endings[index];
        (&ending.id.value, ending.id.place)
    }

    /// The phases in which an action stands, or a decision is asked, one of which begins.
    pub fn is_somewhere(&self, owner: Owner) -> bool {
        let mut phases = (0..self.program.phases.len()).map(crate::program::ids::PhaseId::at);
        phases.any(|id| {
            let phase = &self.program.phases[id.index()];
            let there = match owner {
                Owner::Action(action) => phase.actions.contains(&action),
                Owner::Option(decision, _) | Owner::Answer(decision, _) => {
                    phase.decisions.contains(&decision)
                }
            };
            there && self.begins(id)
        })
    }
}
