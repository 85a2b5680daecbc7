//! A rehearsal: the scenario on disk is looked at while it is played, and taken up whenever it is saved.

use std::sync::Arc;
use std::time::Duration;

use crate::exercise::Exercise;
use crate::front::seats::SeatRequest;
use crate::front::{Msg, PlaySetup, TakenBack};
use crate::journal::EntryKind;
use crate::library::WatchedFiles;
use crate::local::offers::briefing;
use crate::local::room::LocalRoom;
use crate::local::table::ExerciseTable;
use crate::local::tell;
use crate::play;
use crate::program::Program;
use crate::words;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(300);

/// A scenario that may be saved while it is played.
#[derive(Debug)]
pub(super) struct Rehearsal {
    setup: PlaySetup,
    watched: WatchedFiles,
    /// Something changed when it was looked at last. It is read once nothing changes any more.
    unsettled: bool,
}

impl Rehearsal {
    pub(super) fn new(setup: &PlaySetup) -> Self {
        Self {
            setup: setup.clone(),
            watched: WatchedFiles::new(vec![setup.scenario.clone()]),
            unsettled: false,
        }
    }

    /// Whether the scenario was saved, and rests since.
    fn was_saved(&mut self) -> bool {
        let changes = !self.watched.changed().is_empty();
        let before = std::mem::replace(&mut self.unsettled, changes);
        before && !changes
    }
}

impl LocalRoom {
    /// How long until the scenario is looked at again.
    pub(super) fn rehearses(&self) -> Option<Duration> {
        self.rehearsal.as_ref().map(|_| LOOK)
    }

    /// Takes up the scenario where it was saved: the moves so far are made again in it, and where all of them hold, the
    /// exercise goes on there. Otherwise it goes on in the old one, and the face hears why.
    pub(super) fn look_at_scenario(&mut self) -> Vec<Msg> {
        let Some(rehearsal) = &mut self.rehearsal else {
            return Vec::new();
        };
        if !rehearsal.was_saved() {
            return Vec::new();
        }
        let Some(old) = &self.table else {
            return Vec::new();
        };
        let seat = |it: &crate::journal::RecordedSeat| SeatRequest {
            roles: it.roles.clone(),
            person: it.person.clone(),
        };
        let setup = PlaySetup {
            seed: Some(old.seed),
            seats: old.seats.iter().map(seat).collect(),
            ..rehearsal.setup.clone()
        };
        let mut fresh = match ExerciseTable::lay(&setup, || 0) {
            Ok(fresh) => fresh,
            Err(why) => return self.stays(&why),
        };
        let Some(exercise) = &old.exercise else {
            let briefing = briefing(&fresh);
            self.table = Some(fresh);
            return self.both(vec![Msg::Briefing(briefing)]);
        };
        let again = match made_again(&fresh, exercise) {
            Ok(again) => again,
            Err(why) => return self.stays(&why),
        };
        fresh.begun = old.begun;
        fresh.ready = vec![false; again.seats().len()];
        fresh.current = old.current.min(again.seats().len().saturating_sub(1));
        fresh.exercise = Some(again);
        self.table = Some(fresh);
        self.taken_up()
    }

    /// What a face must know of an exercise that goes on in another scenario.
    fn taken_up(&mut self) -> Vec<Msg> {
        let moves = self.exercise().map_or(0, |it| it.moves().len());
        let anew = TakenBack {
            to: moves,
            moves: Vec::new(),
        };
        let mut told = self.both(vec![Msg::TakenBack(anew)]);
        told.extend(self.seats_where_several());
        told.extend(self.tell(|exercise, seat, _| tell::standing(exercise, seat), true));
        told.extend(self.countdowns());
        let hold = match moves {
            0 => "No move was made yet.".to_owned(),
            1 => "The move so far holds in it.".to_owned(),
            many => format!(
                "All {} moves so far hold in it.",
                words::number(many as i64)
            ),
        };
        let what =
            format!("The scenario was saved, and the exercise goes on in the new one. {hold}");
        told.extend(self.both(vec![Msg::Saved(what)]));
        told
    }

    /// The scenario that was saved is not taken up.
    fn stays(&mut self, why: &str) -> Vec<Msg> {
        let what = format!(
            "The scenario was saved, and the exercise goes on in the old one: {}",
            why.trim_end()
        );
        self.both(vec![Msg::Trouble(what)])
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
                let reason = crate::engine::view::Reason {
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
fn meant(program: &Arc<Program>, line: &str) -> Result<crate::engine::Move, String> {
    let sentence = |error: play::LineError| format!("There is an {}.", error.headline);
    let line = play::parse_line(line).map_err(sentence)?;
    let made = line.map_or(Ok(None), |line| line.to_move(program));
    made.map_err(sentence)?
        .ok_or_else(|| "It is no move.".to_owned())
}
