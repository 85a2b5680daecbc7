//! From a journal back to the exercise: the moves are made again, and must come out as they were recorded.

use std::sync::Arc;

use crate::engine::{Event, Move};
use crate::exercise::Exercise;
use crate::journal::{Recorded, Roll};
use crate::play;
use crate::program::Program;
use crate::scenario::Minutes;

/// The rolls among some events.
pub(super) fn rolls(program: &Program, events: &[(Minutes, Event)]) -> Vec<Roll> {
    let rolls = events.iter().filter_map(|(_, event)| match event {
        Event::Rolled {
            chance, outcome, ..
        } => Some(Roll {
            chance: program.chances[chance.index()].name.clone(),
            outcome: usize::from(*outcome) + 1,
        }),
        _ => None,
    });
    rolls.collect()
}

/// The moves of a journal, after they were all made again in a program of its own text. The sentence says where
/// something came out differently.
///
/// # Errors
/// A move that is unknown or refused, another minute, or another roll.
pub fn recall(program: &Arc<Program>, recorded: &Recorded) -> Result<Vec<Move>, String> {
    let mut exercise = Exercise::begin(Arc::clone(program), recorded.head.seed);
    let head = &recorded.head;
    exercise.compare("STARTEX", 0, head.minute, &head.rolled)?;
    let mut moves = Vec::with_capacity(recorded.steps.len());
    for (place, step) in recorded.steps.iter().enumerate() {
        let name = format!("move {}, `{}`,", place + 1, step.made);
        let line = play::parse_line(&step.made).map_err(|error| error.headline);
        let made = match line {
            Ok(Some(line)) => line.to_move(program).map_err(|error| error.headline),
            Ok(None) => Ok(None),
            Err(why) => Err(why),
        };
        let made = made.map_err(|why| format!("{name} means nothing: {why}."))?;
        let made = made.ok_or_else(|| format!("{name} is no move."))?;
        let known = exercise.history.events.len();
        exercise
            .history
            .step(program, made, &mut exercise.luck)
            .map_err(|refusal| format!("{name} is refused. {}", refusal.sentence(program)))?;
        exercise.compare(&name, known, step.minute, &step.rolled)?;
        moves.push(made);
    }
    Ok(moves)
}

impl Exercise {
    /// Holds what happened since an event against what was recorded of it.
    fn compare(
        &self,
        name: &str,
        since: usize,
        minute: Minutes,
        rolled: &[Roll],
    ) -> Result<(), String> {
        let fell = rolls(&self.program, &self.history.events[since..]);
        if fell != rolled {
            let (fell, rolled) = (in_words(&fell), in_words(rolled));
            return Err(format!(
                "{name} rolled {rolled} when it was recorded, and rolls {fell} now."
            ));
        }
        let now = self.history.state.now(&self.program);
        if now != minute {
            return Err(format!(
                "{name} led to minute {minute} when it was recorded, and leads to {now} now."
            ));
        }
        Ok(())
    }
}

fn in_words(rolls: &[Roll]) -> String {
    if rolls.is_empty() {
        return "nothing".to_owned();
    }
    let rolls: Vec<String> = rolls
        .iter()
        .map(|roll| format!("{} {}", roll.chance, roll.outcome))
        .collect();
    crate::words::list(&rolls)
}
