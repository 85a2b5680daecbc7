//! What lies on the table of a room: an exercise, from its briefing on, and what it is there for.

use std::sync::Arc;

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::look::Viewer;
use crate::engine::luck::Keyed;
use crate::exercise::{Exercise, Seat};
use crate::front::seats::SeatRequest;
use crate::journal::{Entry, EntryKind, RecordedSeat, Tail};
use crate::program::Program;
use crate::program::ids::DecisionId;
use crate::room::eyes::{Reading, SeenCounts};
use crate::room::recorded::RecordedExercise;
use crate::room::rehearsal::Rehearsal;
use crate::room::wall::Wall;
use crate::scenario::read::Folder;
use crate::words;

/// An exercise, from its briefing on.
pub(super) struct ExerciseTable {
    pub(super) program: Arc<Program>,
    pub(super) seed: u64,
    /// The luck before STARTEX.
    pub(super) luck: Keyed,
    /// The text that the program was compiled from.
    pub(super) folder: Folder,
    pub(super) team: String,
    /// Who sits where; empty if one seat holds every role.
    pub(super) seats: Vec<RecordedSeat>,
    /// Whether players may take back their own moves.
    pub(super) take_back_allowed: bool,
    /// When it began, on the wall.
    pub(super) begun: Timestamp,
    /// None before STARTEX.
    pub(super) exercise: Option<Exercise>,
    pub(super) used: TableUse,
    /// All countdowns as the faces heard of them last: decisions by id, and seconds left.
    pub(super) countdowns: Vec<(String, u32)>,
    /// When that was, on the wall.
    pub(super) counted_at: Timestamp,
}

/// What the exercise on the table is there for.
pub(super) enum TableUse {
    /// It is played here.
    Playing(Playing),
    /// It is shown step by step.
    Showing(ShownSteps),
    /// It is played elsewhere and followed here.
    Following(Following),
}

/// What is known of an exercise that is played here.
#[derive(Default)]
pub(super) struct Playing {
    /// For each seat that has nothing more to do before time passes, what it saw when it said so.
    pub(super) ready: Vec<Option<SeenCounts>>,
    /// For each seat, what was counted for that.
    pub(super) readings: Vec<Reading>,
    /// Whether recording was given up before STARTEX.
    pub(super) unrecorded: bool,
    /// What was recorded before recording was given up.
    pub(super) given_up: Option<RecordedExercise>,
    /// Of a scenario that is reloaded when it is saved.
    pub(super) rehearsal: Option<Rehearsal>,
}

/// What is shown step by step.
pub(super) enum ShownSteps {
    /// What really happened.
    History(Vec<Move>),
    /// What was recorded, and how many entries of it were shown.
    Replay(Vec<Entry>, usize),
}

/// The journal of an exercise that another process plays.
pub(super) struct Following {
    /// None once it can no longer be read.
    pub(super) tail: Option<Tail>,
    /// The roles whose view was asked for, by id.
    pub(super) roles: Vec<String>,
    /// Whose view is shown.
    pub(super) viewer: Viewer,
}

impl ExerciseTable {
    /// A table to play at, before STARTEX.
    pub(super) fn new(program: Arc<Program>, seed: u64, folder: Folder) -> Self {
        Self {
            program,
            seed,
            luck: Keyed::new(seed),
            folder,
            team: String::new(),
            seats: Vec::new(),
            take_back_allowed: false,
            begun: Timestamp::UNIX_EPOCH,
            exercise: None,
            used: TableUse::Playing(Playing::default()),
            countdowns: Vec::new(),
            counted_at: Timestamp::UNIX_EPOCH,
        }
    }

    /// Seats people, before STARTEX.
    pub(super) fn sit(&mut self, wanted: &[SeatRequest]) -> Result<(), String> {
        let recorded = wanted.iter().map(|it| RecordedSeat {
            roles: it.roles.clone(),
            person: it.person.clone(),
        });
        let seats: Vec<RecordedSeat> = recorded.collect();
        Seat::from_all_recorded(&self.program, &seats).map_err(|barred| {
            let roles = self.program.script.scenario.roles.iter();
            let known: Vec<&str> = roles.map(|it| it.id.value.as_str()).collect();
            format!(
                "{} Roles are {}.",
                barred.sentence(&self.program),
                words::list(&known)
            )
        })?;
        self.seats = seats;
        Ok(())
    }

    /// Who sits where, as it was asked for.
    pub(super) fn seat_requests(&self) -> Vec<SeatRequest> {
        let requests = self.seats.iter().map(|it| SeatRequest {
            roles: it.roles.clone(),
            person: it.person.clone(),
        });
        requests.collect()
    }

    /// The exercise at STARTEX.
    pub(super) fn startex(&self) -> Exercise {
        // They were checked when people sat down.
        let seats = Seat::from_all_recorded(&self.program, &self.seats).unwrap_or_default();
        Exercise::begin_with(Arc::clone(&self.program), self.seed, self.luck.clone())
            .played_by(self.team.clone(), seats)
            .allowing_take_back(self.take_back_allowed)
    }

    /// The exercise, if it is played here and has begun.
    pub(super) fn playing(&self) -> Option<(&Exercise, &Playing)> {
        match (&self.exercise, &self.used) {
            (Some(exercise), TableUse::Playing(playing)) => Some((exercise, playing)),
            _ => None,
        }
    }

    /// As [`Self::playing`], to change it.
    pub(super) fn playing_mut(&mut self) -> Option<(&mut Exercise, &mut Playing)> {
        match (&mut self.exercise, &mut self.used) {
            (Some(exercise), TableUse::Playing(playing)) => Some((exercise, playing)),
            _ => None,
        }
    }

    /// What is recorded of this exercise.
    pub(super) fn recorded(&self) -> Option<RecordedExercise> {
        let (exercise, playing) = self.playing()?;
        let recorded = || {
            Some(RecordedExercise {
                path: exercise.journal()?.path().to_owned(),
                ended: exercise.is_over(),
                in_part: false,
            })
        };
        playing.given_up.clone().or_else(recorded)
    }

    /// Every countdown that runs at a time on the wall, with seconds left.
    pub(super) fn countdowns_at(&self, now: Timestamp) -> Vec<(DecisionId, u32)> {
        let exercise = self.exercise.as_ref();
        exercise.map_or_else(Vec::new, |exercise| {
            Wall::new(exercise, self.begun, now).countdowns()
        })
    }
}

impl Playing {
    /// So many seats play, and none is ready.
    pub(super) fn seat(&mut self, seats: usize) {
        self.ready = vec![None; seats];
        self.readings = vec![Reading::default(); seats];
    }
}

impl TableUse {
    pub(super) fn is_replay(&self) -> bool {
        matches!(self, TableUse::Showing(ShownSteps::Replay(..)))
    }

    /// Through whose eyes a face looks: those of its seat while the exercise is played here. A face without a seat sees
    /// everything.
    pub(super) fn viewer(&self, exercise: &Exercise, seat: Option<usize>) -> Viewer {
        match (self, seat.and_then(|seat| exercise.seats().get(seat))) {
            (TableUse::Playing(_), Some(seat)) => seat.viewer(),
            (TableUse::Following(following), Some(_)) => following.viewer.clone(),
            _ => Viewer::all(exercise.program()),
        }
    }
}

impl ShownSteps {
    /// Whether an entry shows nothing, so that it is passed together with what follows.
    pub(super) fn is_silent(entries: &[Entry], place: usize) -> bool {
        match entries[place].what {
            EntryKind::Roll(_) | EntryKind::Resumed | EntryKind::Ended => true,
            // It went on after this.
            EntryKind::Stopped(_) => place + 1 < entries.len(),
            _ => false,
        }
    }
}
