//! From the names of a line to the numbers of a program.

use super::line::{LineError, PlayLine, WrittenName};
use super::read_line::shown;
use crate::engine::Move;
use crate::program::Program;
use crate::program::ids::{
    ActionId, ChanceId, DecisionId, EndingId, InjectId, ObjectiveId, PhaseId,
};
use crate::words;

/// A name that is not there.
pub(super) fn unknown<'n>(
    kind: &str,
    name: &WrittenName,
    known: impl IntoIterator<Item = &'n str>,
) -> LineError {
    LineError {
        headline: format!("unknown {kind} `{}`", shown(&name.text)),
        range: name.range.clone(),
        hint: String::new(),
        instead: words::did_you_mean(&name.text, known).map(Into::into),
    }
}

pub(super) fn decision(program: &Program, name: &WrittenName) -> Result<DecisionId, LineError> {
    let known = program
        .script
        .decisions
        .iter()
        .map(|decision| decision.id.as_str());
    program
        .decision_named(&name.text)
        .ok_or_else(|| unknown("decision", name, known))
}

pub(super) fn option(
    program: &Program,
    decision: DecisionId,
    name: &WrittenName,
) -> Result<u8, LineError> {
    let options = &program.decisions[decision.index()].options;
    let known: Vec<&str> = options
        .iter()
        .map(|course| program.script.course(*course).id.as_str())
        .collect();
    program.option_named(decision, &name.text).ok_or_else(|| {
        let hint = format!("The options are {}.", words::list(&known));
        LineError {
            hint,
            ..unknown("option", name, known)
        }
    })
}

pub(super) fn action(program: &Program, name: &WrittenName) -> Result<ActionId, LineError> {
    let known = program
        .actions
        .iter()
        .map(|action| program.script.course(action.course).id.as_str());
    program
        .action_named(&name.text)
        .ok_or_else(|| unknown("action", name, known))
}

pub(super) fn inject(program: &Program, name: &WrittenName) -> Result<InjectId, LineError> {
    let known = program
        .script
        .injects
        .iter()
        .map(|inject| inject.id.as_str());
    program
        .inject_named(&name.text)
        .ok_or_else(|| unknown("inject", name, known))
}

pub(super) fn chance(program: &Program, name: &WrittenName) -> Result<ChanceId, LineError> {
    let known = program.chances.iter().map(|chance| chance.name.as_str());
    program
        .chance_named(&name.text)
        .ok_or_else(|| unknown("chance", name, known))
}

pub(super) fn objective(program: &Program, name: &WrittenName) -> Result<ObjectiveId, LineError> {
    let known = program
        .script
        .scenario
        .objectives
        .iter()
        .map(|objective| objective.id.value.as_str());
    program
        .objective_named(&name.text)
        .ok_or_else(|| unknown("objective", name, known))
}

pub(super) fn phase(program: &Program, name: &WrittenName) -> Result<PhaseId, LineError> {
    let known = program
        .script
        .scenario
        .phases
        .iter()
        .map(|phase| phase.id.value.as_str());
    program
        .phase_named(&name.text)
        .ok_or_else(|| unknown("phase", name, known))
}

pub(super) fn ending(program: &Program, name: &WrittenName) -> Result<EndingId, LineError> {
    let known = program
        .script
        .scenario
        .endings
        .iter()
        .map(|ending| ending.id.value.as_str());
    program
        .ending_named(&name.text)
        .ok_or_else(|| unknown("ending", name, known))
}

impl PlayLine {
    /// The one move that the line makes: none for a line that makes no move, or several.
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
