//! Moves by id, by number, and in words.

use crate::engine::Move;
use crate::front::MoveById;
use crate::journal::EntryKind;
use crate::play;
use crate::program::Program;
use crate::program::script::CourseScript;
use crate::review::account::describe;

/// A move by the numbers of a program, or a sentence that says which id is unknown.
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

/// What a move chooses; none if it waits.
fn course(program: &Program, made: Move) -> Option<&CourseScript> {
    let course = match made {
        Move::Wait => return None,
        Move::Take(id) => program.actions[id.index()].course,
        Move::Choose(id, option) => program.decisions[id.index()].options[usize::from(option)],
    };
    Some(program.script.course(course))
}

/// A move by its ids.
pub(super) fn by_id(program: &Program, made: Move) -> MoveById {
    let course = course(program, made).map(|it| it.id.clone());
    match (made, course) {
        (Move::Choose(id, _), Some(option)) => {
            MoveById::Choose(program.script.decision(id).id.clone(), option)
        }
        (_, Some(action)) => MoveById::Take(action),
        (_, None) => MoveById::Wait,
    }
}

/// An entry in the words in which a face announces it.
pub(super) fn announced_entry(program: &Program, what: &EntryKind) -> String {
    match what {
        EntryKind::Move(step) => {
            let line = play::parse_line(&step.made).ok().flatten();
            let made = line.and_then(|line| line.to_move(program).ok().flatten());
            made.map_or_else(|| step.made.clone(), |made| describe(program, made))
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
