//! From a journal back to an exercise: everything is entered again, and must come out as it was recorded.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::luck::{self, Keyed, keyed_roll};
use crate::engine::view::Reason;
use crate::engine::{Event, Move};
use crate::exercise::{Exercise, Seat};
use crate::journal::{Entry, EntryKind, Head, Recorded, RecordedMove, RecordedRoll};
use crate::play;
use crate::program::Program;
use crate::scenario::Minutes;

/// The rolls among some events, which began with this luck.
pub(super) fn rolls(
    program: &Program,
    seed: u64,
    before: &Keyed,
    events: &[(Minutes, Event)],
) -> Vec<RecordedRoll> {
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
            Some(RecordedRoll {
                chance: chance.name.clone(),
                outcome: fell + 1,
                forced: luck::outcome(chance, number) != fell,
            })
        }
        _ => None,
    });
    rolls.collect()
}

/// The exercise of a journal at STARTEX, in the program compiled from the journal's own text.
///
/// # Errors
/// The sentence that says what came out differently.
pub fn begin_recorded(program: &Arc<Program>, head: &Head) -> Result<Exercise, String> {
    let seats =
        Seat::from_all_recorded(program, &head.seats).map_err(|barred| barred.sentence(program))?;
    let exercise = Exercise::begin(Arc::clone(program), head.seed);
    let exercise = exercise
        .played_by(head.team.clone(), seats)
        .allowing_take_back(head.take_back);
    let luck = exercise.begun.clone();
    exercise.compare("STARTEX", (0, &luck), head.minute, &head.rolled)?;
    Ok(exercise)
}

/// The exercise of a journal as it last stood.
///
/// # Errors
/// The sentence that says what came out differently.
pub fn recall(program: &Arc<Program>, recorded: &Recorded) -> Result<Exercise, String> {
    let mut exercise = begin_recorded(program, &recorded.head)?;
    for entry in &recorded.entries {
        enter_again(&mut exercise, entry)?;
    }
    Ok(exercise)
}

/// Enters again what was recorded. It is not recorded a second time.
///
/// # Errors
/// The sentence that says that a move is unknown or refused, or comes out with another minute or roll.
pub fn enter_again(exercise: &mut Exercise, entry: &Entry) -> Result<(), String> {
    if let EntryKind::Move(recorded) = &entry.what {
        return exercise.make_again(entry, recorded);
    }
    exercise
        .check(&entry.what)
        .map_err(|barred| barred.sentence(&exercise.program))?;
    exercise.apply(entry.clone());
    let (then, now) = (entry.minute, exercise.minute());
    if then == now {
        return Ok(());
    }
    Err(format!(
        "an entry was made in minute {then}, and now stands in minute {now}."
    ))
}

fn read_move(program: &Program, recorded: &RecordedMove) -> Result<Move, String> {
    let nothing = |why: String| format!("cannot be read: {why}");
    let line = play::parse_line(&recorded.made).map_err(|error| nothing(error.headline))?;
    let made = line.map_or(Ok(None), |line| line.to_move(program));
    made.map_err(|error| nothing(error.headline))?
        .ok_or_else(|| "is not a move".to_owned())
}

impl Exercise {
    /// Makes a recorded move again; it must take the same time and roll the same.
    fn make_again(&mut self, entry: &Entry, recorded: &RecordedMove) -> Result<(), String> {
        let program = Arc::clone(&self.program);
        let name = format!("move {}, `{}`,", self.moves().len() + 1, recorded.made);
        let refused = |why: String| format!("{name} is refused. {why}");
        Self::check_sure(recorded.sure).map_err(|barred| refused(barred.sentence(&program)))?;
        self.check_count(&entry.what)
            .map_err(|barred| barred.sentence(&program))?;
        let wanted = read_move(&program, recorded).map_err(|why| format!("{name} {why}."))?;
        let known = self.history.events.len();
        let luck = self.luck.clone();
        self.history
            .step(&program, wanted, &mut self.luck)
            .map_err(|refusal| refused(refusal.sentence(&program)))?;
        self.compare(&name, (known, &luck), entry.minute, &recorded.rolled)?;
        let reason = Reason {
            by: recorded.by.clone(),
            why: recorded.why.clone(),
            sure: recorded.sure,
        };
        let reason = self.reason_shown(recorded.seat, reason);
        if let Some(latest) = self.history.moves.last_mut() {
            latest.reason = reason;
        }
        self.latest = Some(entry.at);
        self.counts.add(&entry.what);
        let before = self.moves().len() - 1;
        self.entries.push((before, entry.clone()));
        Ok(())
    }

    /// Compares the rolls since an event, and the minute now, with what was recorded.
    fn compare(
        &self,
        name: &str,
        (since, luck): (usize, &Keyed),
        minute: Minutes,
        rolled: &[RecordedRoll],
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

fn in_words(rolls: &[RecordedRoll]) -> String {
    if rolls.is_empty() {
        return "nothing".to_owned();
    }
    let rolls: Vec<String> = rolls
        .iter()
        .map(|roll| format!("{} {}", roll.chance, roll.outcome))
        .collect();
    crate::words::list(&rolls)
}
