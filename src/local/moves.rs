//! Moves by id, by number, and in words.

use crate::engine::Move;
use crate::front::MoveById;
use crate::journal::EntryKind;
use crate::play;
use crate::program::Program;

/// A move by its ids, or the sentence that says which of them is unknown.
pub(super) fn by_number(program: &Program, wanted: &MoveById) -> Result<Move, String> {
    match wanted {
        MoveById::Wait => Ok(Move::Wait),
        MoveById::Take(name) => program
            .action_named(name)
            .map(Move::Take)
            .ok_or_else(|| format!("There is no action `{name}`.")),
        MoveById::Choose(decision, option) => {
            let id = program
                .decision_named(decision)
                .ok_or_else(|| format!("There is no decision `{decision}`."))?;
            let option = program
                .option_named(id, option)
                .ok_or_else(|| format!("`{decision}` has no option `{option}`."))?;
            Ok(Move::Choose(id, option))
        }
    }
}

/// A move by its ids.
pub(super) fn by_id(program: &Program, made: Move) -> MoveById {
    match made {
        Move::Wait => MoveById::Wait,
        Move::Take(id) => {
            let course = program.actions[id.index()].course;
            MoveById::Take(program.script.course(course).id.clone())
        }
        Move::Choose(id, option) => {
            let course = program.decisions[id.index()].options[usize::from(option)];
            MoveById::Choose(
                program.script.decision(id).id.clone(),
                program.script.course(course).id.clone(),
            )
        }
    }
}

/// A move in the words in which a face announces it.
fn announced(program: &Program, next: Move) -> String {
    let course = match next {
        Move::Wait => return play::line_of(program, next),
        Move::Take(id) => program.actions[id.index()].course,
        Move::Choose(id, option) => program.decisions[id.index()].options[usize::from(option)],
    };
    let label = &program.script.course(course).label;
    format!("{}: {label}", play::line_of(program, next))
}

/// A move in words. Of an answer to a request for consent it says to what.
pub(super) fn described(program: &Program, next: Move) -> String {
    let label = |course| program.script.course(course).label.as_str();
    match next {
        Move::Wait => "Wait".into(),
        Move::Take(id) => label(program.actions[id.index()].course).to_owned(),
        Move::Choose(id, option) => {
            let decision = &program.decisions[id.index()];
            let chosen = label(decision.options[usize::from(option)]);
            match decision.consent_to {
                Some(of) => format!("{chosen}: “{}”", label(of)),
                None => chosen.to_owned(),
            }
        }
    }
}

/// An entry in the words in which a face announces it.
pub(super) fn entry(program: &Program, what: &EntryKind) -> String {
    match what {
        EntryKind::Move(step) => {
            let line = play::parse_line(&step.made).ok().flatten();
            let made = line.and_then(|line| line.to_move(program).ok().flatten());
            made.map_or_else(|| step.made.clone(), |made| announced(program, made))
        }
        EntryKind::TakeBack(_) => "moves are taken back".to_owned(),
        EntryKind::Inject(_) => "news typed on the spot".to_owned(),
        EntryKind::Note(_) => "a note".to_owned(),
        EntryKind::Ballot(_) => "a vote".to_owned(),
        EntryKind::Reveal(_) => "what was voted".to_owned(),
        EntryKind::Countdown(_) => "a countdown".to_owned(),
        EntryKind::Pause => "a pause".to_owned(),
        EntryKind::GoOn => "the end of the pause".to_owned(),
        EntryKind::Stopped(_) => "the stop".to_owned(),
        EntryKind::Roll(_) | EntryKind::Resumed | EntryKind::Ended => String::new(),
    }
}
