//! From a journal back to the exercise: the moves are made again, and must come out as they were recorded.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::luck::{self, Keyed, keyed_roll};
use crate::engine::{Event, Move};
use crate::exercise::Exercise;
use crate::journal::{Recorded, Roll};
use crate::play;
use crate::program::Program;
use crate::scenario::Minutes;

/// The rolls among some events, which fell from this luck on.
pub(super) fn rolls(
    program: &Program,
    seed: u64,
    before: &Keyed,
    events: &[(Minutes, Event)],
) -> Vec<Roll> {
    let mut counts = BTreeMap::new();
    let rolls = events.iter().filter_map(|(_, event)| match event {
        Event::Rolled {
            chance: id,
            outcome,
            ..
        } => {
            let count = counts.entry(*id).or_insert_with(|| before.count(*id));
            let chance = &program.chances[id.index()];
            let number = keyed_roll(seed, &chance.name, *count, chance.total);
            *count += 1;
            let fell = usize::from(*outcome);
            Some(Roll {
                chance: chance.name.clone(),
                outcome: fell + 1,
                forced: luck::outcome(chance, number) != fell,
            })
        }
        _ => None,
    });
    rolls.collect()
}

/// Forces what was forced. Of a chance that was, every roll of the step is given, so that each falls in its place.
fn force(program: &Program, rolled: &[Roll], luck: &mut Keyed) {
    for roll in rolled {
        let forced = rolled
            .iter()
            .any(|it| it.forced && it.chance == roll.chance);
        let Some(id) = program.chance_named(&roll.chance).filter(|_| forced) else {
            continue;
        };
        let odds = program.chances[id.index()].odds.len();
        if (1..=odds).contains(&roll.outcome) {
            luck.force(id, roll.outcome - 1);
        }
    }
}

/// The moves of a journal, after they were all made again in a program of its own text, and the luck under which they
/// come out as they did. The sentence says where something came out differently.
///
/// # Errors
/// A move that is unknown or refused, another minute, or another roll.
pub fn recall(program: &Arc<Program>, recorded: &Recorded) -> Result<(Vec<Move>, Keyed), String> {
    let mut exercise = Exercise::begin(Arc::clone(program), recorded.head.seed);
    let head = &recorded.head;
    let luck = exercise.luck.again();
    exercise.compare("STARTEX", (0, &luck), head.minute, &head.rolled)?;
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
        force(program, &step.rolled, &mut exercise.luck);
        let luck = exercise.luck.clone();
        exercise
            .history
            .step(program, made, &mut exercise.luck)
            .map_err(|refusal| format!("{name} is refused. {}", refusal.sentence(program)))?;
        exercise.compare(&name, (known, &luck), step.minute, &step.rolled)?;
        moves.push(made);
    }
    Ok((moves, exercise.luck.again()))
}

impl Exercise {
    /// Holds what happened since an event against what was recorded of it.
    fn compare(
        &self,
        name: &str,
        (since, luck): (usize, &Keyed),
        minute: Minutes,
        rolled: &[Roll],
    ) -> Result<(), String> {
        let fell = rolls(
            &self.program,
            self.seed,
            luck,
            &self.history.events[since..],
        );
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
