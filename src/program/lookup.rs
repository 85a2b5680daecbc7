//! Things of a program by their names.

use crate::program::Program;
use crate::program::ids::{
    ActionId, ChanceId, DecisionId, EndingId, InjectId, ObjectiveId, PhaseId, ValueId,
};

impl Program {
    /// A decision by its name in the play grammar.
    #[must_use]
    pub fn decision_named(&self, name: &str) -> Option<DecisionId> {
        let mut decisions = self.script.decisions.iter();
        decisions.position(|it| it.id == name).map(DecisionId::at)
    }

    /// The position of an option by its name.
    #[must_use]
    pub fn option_named(&self, decision: DecisionId, name: &str) -> Option<u8> {
        let mut options = self.decisions[decision.index()].options.iter();
        let position = options.position(|it| self.script.course(*it).id == name);
        position.map(|position| position as u8)
    }

    /// An action by its name.
    #[must_use]
    pub fn action_named(&self, name: &str) -> Option<ActionId> {
        let mut actions = self.actions.iter();
        let position = actions.position(|it| self.script.course(it.course).id == name);
        position.map(ActionId::at)
    }

    /// An inject by its name.
    #[must_use]
    pub fn inject_named(&self, name: &str) -> Option<InjectId> {
        let mut injects = self.script.injects.iter();
        injects.position(|it| it.id == name).map(InjectId::at)
    }

    /// A value by its name.
    #[must_use]
    pub fn value_named(&self, name: &str) -> Option<ValueId> {
        let mut values = self.script.values.iter();
        values.position(|it| it.id == name).map(ValueId::at)
    }

    /// A chance by its name.
    #[must_use]
    pub fn chance_named(&self, name: &str) -> Option<ChanceId> {
        let mut chances = self.chances.iter();
        chances.position(|it| it.name == name).map(ChanceId::at)
    }

    /// An objective by its name.
    #[must_use]
    pub fn objective_named(&self, name: &str) -> Option<ObjectiveId> {
        let mut objectives = self.script.scenario.objectives.iter();
        let position = objectives.position(|it| it.id.value == name);
        position.map(ObjectiveId::at)
    }

    /// A phase by its name.
    #[must_use]
    pub fn phase_named(&self, name: &str) -> Option<PhaseId> {
        let mut phases = self.script.scenario.phases.iter();
        phases.position(|it| it.id.value == name).map(PhaseId::at)
    }

    /// An ending by its name.
    #[must_use]
    pub fn ending_named(&self, name: &str) -> Option<EndingId> {
        let mut endings = self.script.scenario.endings.iter();
        let position = endings.position(|it| it.id.value == name);
        position.map(EndingId::at)
    }
}
