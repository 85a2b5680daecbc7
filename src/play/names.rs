//! From the names in a line to the numbers of a program.

use super::line::{LineError, PlayLine, WrittenName};
use super::read_line::shown;
use crate::engine::Move;
use crate::program::Program;
use crate::program::ids::{
    ActionId, ChanceId, DecisionId, EndingId, InjectId, ObjectiveId, PhaseId,
};
use crate::words;

/// The error for an unknown name.
pub(super) fn unknown<'n>(
    kind: &str,
    name: &WrittenName,
    known: impl IntoIterator<Item = &'n str>,
) -> LineError {
    let headline = format!("unknown {kind} `{}`", shown(&name.text));
    LineError {
        instead: words::did_you_mean(&name.text, known).map(Into::into),
        ..LineError::new(headline, name.range.clone(), "")
    }
}

/// The number of a name, or an error that suggests one of the known names.
fn find<'n, T>(
    kind: &str,
    name: &WrittenName,
    number: Option<T>,
    known: impl IntoIterator<Item = &'n str>,
) -> Result<T, LineError> {
    number.ok_or_else(|| unknown(kind, name, known))
}

pub(super) fn decision(program: &Program, name: &WrittenName) -> Result<DecisionId, LineError> {
    let known = program.script.decisions.iter().map(|it| it.id.as_str());
    find("decision", name, program.decision_named(&name.text), known)
}

pub(super) fn option(
    program: &Program,
    decision: DecisionId,
    name: &WrittenName,
) -> Result<u8, LineError> {
    let options = program.decisions[decision.index()].options.iter();
    let known: Vec<&str> = options
        .map(|course| program.script.course(*course).id.as_str())
        .collect();
    let hint = format!("The options are {}.", words::list(&known));
    let number = program.option_named(decision, &name.text);
    find("option", name, number, known).map_err(|error| LineError { hint, ..error })
}

pub(super) fn action(program: &Program, name: &WrittenName) -> Result<ActionId, LineError> {
    let courses = program.actions.iter().map(|action| action.course);
    let known = courses.map(|course| program.script.course(course).id.as_str());
    find("action", name, program.action_named(&name.text), known)
}

pub(super) fn inject(program: &Program, name: &WrittenName) -> Result<InjectId, LineError> {
    let known = program.script.injects.iter().map(|it| it.id.as_str());
    find("inject", name, program.inject_named(&name.text), known)
}

pub(super) fn chance(program: &Program, name: &WrittenName) -> Result<ChanceId, LineError> {
    let known = program.chances.iter().map(|it| it.name.as_str());
    find("chance", name, program.chance_named(&name.text), known)
}

pub(super) fn objective(program: &Program, name: &WrittenName) -> Result<ObjectiveId, LineError> {
    let objectives = program.script.scenario.objectives.iter();
    let known = objectives.map(|it| it.id.value.as_str());
    find(
        "objective",
        name,
        program.objective_named(&name.text),
        known,
    )
}

pub(super) fn phase(program: &Program, name: &WrittenName) -> Result<PhaseId, LineError> {
    let phases = program.script.scenario.phases.iter();
    let known = phases.map(|it| it.id.value.as_str());
    find("phase", name, program.phase_named(&name.text), known)
}

pub(super) fn ending(program: &Program, name: &WrittenName) -> Result<EndingId, LineError> {
    let endings = program.script.scenario.endings.iter();
    let known = endings.map(|it| it.id.value.as_str());
    find("ending", name, program.ending_named(&name.text), known)
}

impl PlayLine {
    /// The move that the line makes; `None` if it makes no move, or several.
    pub fn to_move(&self, program: &Program) -> Result<Option<Move>, LineError> {
        Ok(match self {
            Self::Choose {
                decision: name,
                option: chosen,
            } => {
                let decision = decision(program, name)?;
                Some(Move::Choose(decision, option(program, decision, chosen)?))
            }
            Self::Take(name) => Some(Move::Take(action(program, name)?)),
            Self::Wait => Some(Move::Wait),
            _ => None,
        })
    }
}
