//! Reloading a scenario that was saved while it is played.

use std::time::Duration;

use crate::engine::Move;
use crate::engine::view::Reason;
use crate::exercise::Exercise;
use crate::front::{Msg, PlaySetup, TakenBack};
use crate::journal::EntryKind;
use crate::play;
use crate::program::Program;
use crate::room::ExerciseRoom;
use crate::room::eyes::SeenViews;
use crate::room::table::{ExerciseTable, TableUse};
use crate::words;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(300);

impl ExerciseRoom {
    /// How long until the scenario is looked at again.
    pub(super) fn next_look_at_scenario(&self) -> Option<Duration> {
        match &self.table.as_ref()?.used {
            TableUse::Playing(playing) => playing.rehearsal.as_ref().map(|_| LOOK),
            _ => None,
        }
    }

    /// Reloads the scenario if it was saved: the moves so far are made again in it, and if all of them hold, the exercise
    /// goes on there. Otherwise it goes on in the old one, and every face hears why.
    pub(super) fn look_at_scenario(&mut self) {
        let Some(TableUse::Playing(playing)) = self.table.as_mut().map(|it| &mut it.used) else {
            return;
        };
        let Some(rehearsal) = &mut playing.rehearsal else {
            return;
        };
        if !rehearsal.was_saved() {
            return;
        }
        let setup = rehearsal.setup.clone();
        if let Err(why) = self.reload(setup) {
            let what = format!(
                "The scenario was saved, and the exercise goes on in the old one: {}",
                why.trim_end()
            );
            self.faces.tell_all(&[Msg::Trouble(what)]);
        }
    }

    fn reload(&mut self, setup: PlaySetup) -> Result<(), String> {
        let Some(old) = &mut self.table else {
            return Ok(());
        };
        let setup = PlaySetup {
            seed: Some(old.seed),
            seats: old.seat_requests(),
            ..setup
        };
        let mut fresh = ExerciseTable::open(&setup, None, || 0)?;
        fresh.exercise = match &old.exercise {
            Some(exercise) => Some(made_again(&fresh, exercise)?),
            None => None,
        };
        // It holds in the new scenario, so from here on nothing fails.
        let seats = fresh.exercise.as_ref().map_or(0, |it| it.seats().len());
        if let (TableUse::Playing(fresh), TableUse::Playing(old)) = (&mut fresh.used, &mut old.used)
        {
            fresh.seat(seats);
            fresh.rehearsal = old.rehearsal.take();
        }
        fresh.begun = old.begun;
        fresh.countdowns = std::mem::take(&mut old.countdowns);
        if fresh.exercise.is_none() {
            self.lay(fresh);
            return Ok(());
        }
        self.faces.seat_within(seats);
        self.faces.read_anew();
        self.table = Some(fresh);
        self.show_reloaded();
        Ok(())
    }

    /// Tells every face that the exercise goes on in another scenario, and shows it there.
    fn show_reloaded(&mut self) {
        let moves = self.exercise().map_or(0, |it| it.moves().len());
        self.faces.tell_all(&[Msg::TakenBack(TakenBack {
            to: moves,
            moves: Vec::new(),
        })]);
        self.tell_seats();
        self.show(&mut SeenViews::default(), |_, eyes| eyes.standing());
        self.tell_countdowns();
        let hold = match moves {
            0 => "No move has been made yet.".to_owned(),
            1 => "The move so far holds in it.".to_owned(),
            many => format!(
                "All {} moves so far hold in it.",
                words::number(many as i64)
            ),
        };
        let what =
            format!("The scenario was saved, and the exercise goes on in the new one. {hold}");
        self.faces.tell_all(&[Msg::Saved(what)]);
    }
}

/// The exercise of another table, made again at this one.
///
/// # Errors
/// The phrase that says which move no longer holds.
fn made_again(table: &ExerciseTable, old: &Exercise) -> Result<Exercise, String> {
    let mut exercise = table.startex();
    let mut moves = 0;
    for entry in old.entries() {
        match &entry.what {
            EntryKind::Move(step) => {
                moves += 1;
                let fails =
                    |why: String| format!("move {moves}, `{}`, no longer holds. {why}", step.made);
                let made = meant(&table.program, &step.made).map_err(fails)?;
                let reason = Reason {
                    by: step.by.clone(),
                    why: step.why.clone(),
                    sure: step.sure,
                };
                exercise
                    .submit(step.seat, made, reason, entry.at)
                    .map_err(|why| fails(why.sentence(&table.program).unwrap_or_default()))?;
            }
            // They follow from the moves, or are over.
            EntryKind::Ended
            | EntryKind::Resumed
            | EntryKind::Stopped(_)
            | EntryKind::TakeBack(_) => {}
            other => {
                // A vote on a question that is gone is gone with it.
                let _ = exercise.enter(other.clone(), entry.at);
            }
        }
    }
    Ok(exercise)
}

/// The move of a line in this program, or the sentence that says why there is none.
fn meant(program: &Program, line: &str) -> Result<Move, String> {
    let sentence = |error: play::LineError| format!("There is an {}.", error.headline);
    let line = play::parse_line(line).map_err(sentence)?;
    let made = line.map_or(Ok(None), |line| line.to_move(program));
    made.map_err(sentence)?
        .ok_or_else(|| "It is not a move.".to_owned())
}
