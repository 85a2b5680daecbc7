//! The room on this machine: it answers a face from the library, from journals, and from an exercise of its own.
//!
//! Everything that happens in an exercise is an entry: a move, news typed on the spot, a note, a vote, a pause. It is
//! entered by the exercise, which records it first, and only then told.

mod countdowns;
mod reckoning;
mod recording;
mod seats;
mod steps;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::look::Viewer;
use crate::exercise::Exercise;
use crate::front::facilitate::Countdown;
use crate::front::seats::{Reason, SeatRequest};
use crate::front::{MoveById, Msg, PlaySetup, Request, Room};
use crate::journal::{EntryKind, RecordedNote};
use crate::local::line;
use crate::local::moves;
use crate::local::offers::{briefing, offer, unfinished};
use crate::local::recorded::{RecordedExercise, Recorder};
use crate::local::table::ExerciseTable;
use crate::local::tell;
use crate::local::transcript::Transcript;
use crate::local::watch::Rehearsal;
use crate::program::ids::RoleId;
use crate::search::Budget;
use reckoning::Work;
use recording::{Pending, unrecorded};

/// The name of the play that shows what really happened.
pub const HISTORY: &str = "history";

/// Seeds that are drawn lie below this, so that they can be read aloud and typed again.
pub const SEED_MAX: u64 = 1_000_000;

/// How often a countdown is looked at.
const TICK: Duration = Duration::from_secs(1);

/// One person's room, or a whole team's at one screen.
pub struct LocalRoom {
    /// Scenarios that the start screen offers.
    offered: Vec<String>,
    /// Where exercises lie that can be taken up again.
    shelf: Option<PathBuf>,
    /// Draws a seed where none is given.
    draw_seed: fn() -> u64,
    /// The clock on the wall.
    clock: fn() -> Timestamp,
    /// Where new exercises are recorded; none where they are not.
    pub(super) recorder: Option<Recorder>,
    /// What is being answered.
    asked: Option<Request>,
    /// What was asked for and could not be recorded.
    pending: Option<Pending>,
    /// What was recorded before the exercise on the table.
    kept: Vec<RecordedExercise>,
    pub(super) table: Option<ExerciseTable>,
    pub(super) transcript: Option<Transcript>,
    /// The countdowns as they were said last.
    counting: Vec<Countdown>,
    /// Whether scenarios are looked at while they are played.
    watches: bool,
    pub(super) rehearsal: Option<Rehearsal>,
    /// How much may be spent on the balance of an exercise that is over; none where there is to be none.
    reckons: Option<Budget>,
    /// The balance of the exercise on the table, under way or worked out.
    reckoning: Option<Work>,
}

impl LocalRoom {
    /// A room that offers some scenarios, by name or path. Its wall has no clock.
    #[must_use]
    pub fn new(offered: Vec<String>, draw_seed: fn() -> u64) -> Self {
        Self {
            offered,
            shelf: None,
            draw_seed,
            clock: || Timestamp::UNIX_EPOCH,
            recorder: None,
            asked: None,
            pending: None,
            kept: Vec::new(),
            table: None,
            transcript: None,
            counting: Vec::new(),
            watches: false,
            rehearsal: None,
            reckons: None,
            reckoning: None,
        }
    }

    /// The same room for rehearsals: a scenario that is saved while it is played is taken up. Nothing is recorded, since a
    /// journal holds one scenario.
    #[must_use]
    pub fn watching(mut self) -> Self {
        self.watches = true;
        self.recorder = None;
        self
    }

    /// The same room, which works out what moves cost and luck gave once an exercise is over, by so much.
    #[must_use]
    pub fn reckoning(mut self, budget: Budget) -> Self {
        self.reckons = Some(budget);
        self
    }

    /// The same room with a clock on its wall.
    #[must_use]
    pub fn timed_by(mut self, clock: fn() -> Timestamp) -> Self {
        self.clock = clock;
        self
    }

    /// The same room, where every exercise that is played is recorded.
    #[must_use]
    pub fn recording(mut self, recorder: Option<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }

    /// The same room, which offers to go on with the exercises of a folder.
    #[must_use]
    pub fn shelved(mut self, folder: Option<PathBuf>) -> Self {
        self.shelf = folder;
        self
    }

    /// The same room, which keeps the lines that the plain face would write for somebody who holds every role.
    #[must_use]
    pub fn transcribed(mut self) -> Self {
        self.transcript = Some(Transcript::default());
        self
    }

    /// Those lines so far.
    #[must_use]
    pub fn transcript(&self) -> &str {
        self.transcript.as_ref().map_or("", Transcript::text)
    }

    /// What was recorded in this room, the exercise on the table among it.
    #[must_use]
    pub fn kept(&self) -> Vec<RecordedExercise> {
        let mut kept = self.kept.clone();
        if let Some(latest) = self.table.as_ref().and_then(ExerciseTable::kept) {
            kept.retain(|it| it.path != latest.path);
            kept.push(latest);
        }
        kept
    }

    /// The exercise that is being played.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.table.as_ref()?.exercise.as_ref()
    }

    pub(super) fn now(&self) -> Timestamp {
        // Whole seconds: nobody decides by less, and a journal is read by people.
        let now = (self.clock)();
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }

    /// Leaves the table. The journal is closed.
    pub(super) fn clear(&mut self) {
        self.kept = self.kept();
        self.table = None;
        self.pending = None;
        self.counting = Vec::new();
        self.rehearsal = None;
        self.reckoning = None;
    }

    pub(super) fn running(&mut self) -> Option<&mut Exercise> {
        self.table.as_mut()?.exercise.as_mut()
    }

    /// Says the same to the face and to the transcript.
    pub(super) fn both(&mut self, told: Vec<Msg>) -> Vec<Msg> {
        if let Some(transcript) = &mut self.transcript {
            transcript.hear(told.iter().cloned());
        }
        told
    }

    /// Says something of the exercise: to the face through the eyes of its seat, to the transcript through all.
    pub(super) fn tell(
        &mut self,
        tell: impl Fn(&Exercise, &Viewer, bool) -> Vec<Msg>,
        announced: bool,
    ) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        if let Some(transcript) = &mut self.transcript {
            let all = Viewer::all(&table.program);
            transcript.hear(tell(exercise, &all, false));
        }
        tell(exercise, &table.eyes(), announced)
    }

    fn open(&mut self, setup: &PlaySetup) -> Vec<Msg> {
        self.clear();
        // Looked at before it is read: what is saved meanwhile is seen.
        let rehearsal = (self.watches && !setup.history).then(|| Rehearsal::new(setup));
        match ExerciseTable::lay(setup, self.draw_seed) {
            Ok(table) => {
                let briefing = briefing(&table);
                self.table = Some(table);
                self.rehearsal = rehearsal;
                self.both(vec![Msg::Briefing(briefing)])
            }
            Err(why) => self.both(vec![Msg::Trouble(why)]),
        }
    }

    fn sit(&mut self, wanted: &[SeatRequest]) -> Vec<Msg> {
        let Some(table) = self.table.as_mut().filter(|it| it.exercise.is_none()) else {
            return refused("Who sits where is settled before STARTEX.");
        };
        match table.sit(wanted) {
            Ok(()) => {
                // The transcript has its briefing.
                vec![Msg::Briefing(briefing(table))]
            }
            Err(why) => vec![Msg::Refused(why)],
        }
    }

    fn begin(&mut self) -> Vec<Msg> {
        let now = self.now();
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        if table.exercise.is_some() {
            // It stands where it was left.
            return Vec::new();
        }
        let mut exercise = table.startex();
        table.begun = now;
        if table.steps.is_none()
            && !table.unrecorded
            && let Some(recorder) = &self.recorder
        {
            match recorder.begin(&exercise, &table.folder, now) {
                Ok(journal) => exercise.record(Some(journal)),
                Err(error) => {
                    self.pending = Some(Pending::Begin);
                    return self.both(vec![unrecorded(&error)]);
                }
            }
        }
        table.ready = vec![false; exercise.seats().len()];
        table.exercise = Some(exercise);
        self.begun()
    }

    /// What a face must know at STARTEX.
    pub(super) fn begun(&mut self) -> Vec<Msg> {
        let mut told = self.seats_where_several();
        told.extend(self.tell(|exercise, seat, _| tell::standing(exercise, seat), false));
        let next = self.next();
        told.extend(self.both(next));
        told
    }

    fn make(&mut self, wanted: &MoveById, reason: &Reason) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let wanted = match moves::by_number(&table.program, wanted) {
            Ok(wanted) => wanted,
            Err(why) => return self.both(refused(&why)),
        };
        let several = table.ready.len() > 1;
        if several
            && wanted == Move::Wait
            && !table.exercise.as_ref().is_some_and(Exercise::is_paused)
        {
            return self.get_ready();
        }
        let seat = table.current;
        self.submit(Some(seat), wanted, reason.clone(), true)
    }

    /// The table, where something is played on it.
    fn played(&mut self) -> Option<&mut ExerciseTable> {
        let table = self.table.as_mut()?;
        (table.steps.is_none() && table.tail.is_none() && table.exercise.is_some()).then_some(table)
    }

    /// Makes a move for a seat, or for the room. `announced` is whether the face has said so already.
    pub(super) fn submit(
        &mut self,
        seat: Option<usize>,
        wanted: Move,
        reason: Reason,
        announced: bool,
    ) -> Vec<Msg> {
        let (now, before) = (self.now(), self.news());
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        match exercise.submit(seat, wanted, reason, now) {
            Ok(()) => {
                if wanted == Move::Wait
                    && let Some(table) = &mut self.table
                {
                    table.ready.fill(false);
                }
                let mut told = self.entered(announced, &[]);
                told.extend(self.readiness(&before));
                told
            }
            Err(why) => self.not_made(why),
        }
    }

    /// Enters anything but a move.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "it is made on the spot by everybody who calls this"
    )]
    pub(super) fn enter(&mut self, what: EntryKind) -> Vec<Msg> {
        let (now, news) = (self.now(), self.news());
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        let before = match what {
            EntryKind::TakeBack(_) => tell::lines(exercise),
            _ => Vec::new(),
        };
        match exercise.enter(what.clone(), now) {
            Ok(()) => {
                let entered = |exercise: &Exercise, seat: &Viewer, announced| {
                    tell::entered(exercise, seat, &what, (announced, &before))
                };
                let mut told = self.tell(entered, false);
                told.extend(self.countdowns());
                told.extend(self.readiness(&news));
                told
            }
            Err(why) => self.not_made(why),
        }
    }

    /// What the latest entry that stands brought.
    fn entered(&mut self, announced: bool, before: &[(Vec<RoleId>, String)]) -> Vec<Msg> {
        let entered = |exercise: &Exercise, seat: &Viewer, announced| {
            let latest = exercise.entries().rev();
            let latest = latest.into_iter().find(|it| it.what != EntryKind::Ended);
            latest.map_or_else(Vec::new, |it| {
                tell::entered(exercise, seat, &it.what, (announced, before))
            })
        };
        let mut told = self.tell(entered, announced);
        told.extend(self.countdowns());
        told
    }

    /// Ends the exercise here, and says why.
    pub(super) fn stop(&mut self, why: &str) -> Vec<Msg> {
        let now = self.now();
        if self.played().is_none() {
            return Vec::new();
        }
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        let marked = exercise.stop(why.to_owned(), now);
        let what = EntryKind::Stopped(crate::journal::Stopped {
            why: why.to_owned(),
        });
        let stopped = |exercise: &Exercise, seat: &Viewer, announced| {
            tell::entered(exercise, seat, &what, (announced, &[]))
        };
        let mut told = self.tell(stopped, false);
        if let Err(error) = marked {
            told.extend(self.both(vec![Msg::Trouble(format!(
                "That the exercise was stopped here could not be recorded: {error}. Every move is."
            ))]));
        }
        told
    }

    /// Does what a line of the play grammar says; every move is told as if it had been made alone.
    fn line(&mut self, text: &str) -> Vec<Msg> {
        let line = match line::read(text) {
            Ok(Some(line)) => line,
            Ok(None) => return Vec::new(),
            Err(why) => return self.both(refused(&why)),
        };
        let now = self.now();
        let Some(table) = self.played() else {
            return Vec::new();
        };
        if table.ready.len() > 1 {
            let why = if line.moves() {
                "Several seats play: `wait` alone says that this one is ready."
            } else {
                "That is for plays and for one seat alone: it may show what others do not know."
            };
            return self.both(refused(why));
        }
        let Some(mut exercise) = table.exercise.take() else {
            return Vec::new();
        };
        let (program, eyes) = (Arc::clone(&table.program), table.eyes());
        let mut told = Vec::new();
        let mut heard = Vec::new();
        let all = Viewer::all(&program);
        let walked = line::walk(&mut exercise, line, now, |exercise| {
            told.extend(tell::standing(exercise, &eyes));
            heard.push(Msg::Made(MoveById::Wait, Reason::default()));
            heard.extend(tell::standing(exercise, &all));
        });
        if let Some(table) = &mut self.table {
            table.exercise = Some(exercise);
        }
        if let Some(transcript) = &mut self.transcript {
            transcript.hear(heard);
        }
        let refused = walked.refused.into_iter().map(Msg::Refused).collect();
        told.extend(self.both(refused));
        if let Some((wanted, error)) = walked.unrecorded {
            let wanted = wanted.map(|it| Request::Move(moves::by_id(&program, it)));
            let again = wanted.unwrap_or_else(|| Request::Line(text.to_owned()));
            self.pending = Some(Pending::Again(again));
            told.extend(self.both(vec![unrecorded(&error)]));
        }
        told
    }

    fn note(&mut self, text: &str) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let seat = Some(table.current);
        self.enter(EntryKind::Note(RecordedNote {
            seat,
            text: text.to_owned(),
            ..RecordedNote::default()
        }))
    }

    fn home(&mut self) -> Vec<Msg> {
        self.clear();
        let mut told = Vec::new();
        if let Some(folder) = &self.shelf {
            told.push(Msg::Unfinished(unfinished(folder)));
        }
        let offers = self.offered.iter().filter_map(|name| offer(name));
        told.push(Msg::Offers(offers.collect()));
        self.both(told)
    }

    /// The screen closes without the account; the lines never end without it.
    fn leave(&mut self) {
        let Some(ExerciseTable {
            exercise: Some(exercise),
            ..
        }) = self.played()
        else {
            return;
        };
        if exercise.is_over() {
            return;
        }
        let scorecard = Msg::Scorecard(tell::scorecard(exercise));
        if let Some(transcript) = &mut self.transcript {
            transcript.hear([Msg::Stopped(String::new()), scorecard]);
        }
    }
}

/// A refusal of the room itself.
pub(super) fn refused(why: &str) -> Vec<Msg> {
    vec![Msg::Refused(why.to_owned())]
}

impl Room for LocalRoom {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        if !matches!(request, Request::Record(_)) {
            // What waited is given up when something else is asked for.
            self.pending = None;
        }
        self.asked = Some(request.clone());
        let leaves = request == Request::Quit;
        let mut told = self.answer(request);
        if !leaves {
            told.extend(self.reckon());
        }
        told
    }

    fn wakes(&self) -> Option<Duration> {
        self.follows()
            .or_else(|| self.rehearses())
            .or_else(|| self.reckons_on())
            .or_else(|| self.counts_down().then_some(TICK))
    }

    fn wake(&mut self) -> Vec<Msg> {
        if self.follows().is_some() {
            return self.look_again();
        }
        let mut told = self.look_at_scenario();
        if self.counts_down() {
            told.extend(self.tick());
        }
        told.extend(self.reckon());
        told.extend(self.reckoned());
        told
    }
}

impl LocalRoom {
    fn answer(&mut self, request: Request) -> Vec<Msg> {
        match request {
            Request::Open(setup) => self.open(&setup),
            Request::Sit(seats) => self.sit(&seats),
            Request::Begin => self.begin(),
            Request::Seat(seat) => self.take_seat(seat),
            Request::Move(wanted) => self.make(&wanted, &Reason::default()),
            Request::Reasoned(wanted, reason) => self.make(&wanted, &reason),
            Request::Line(line) => self.line(&line),
            Request::Vote {
                decision,
                option,
                sure,
            } => self.vote(&decision, &option, sure),
            Request::Reveal(decision) => self.reveal(decision),
            Request::Note(text) => self.note(&text),
            Request::Facilitate(it) => self.facilitate(it),
            Request::Step => self.step(),
            Request::Record(how) => self.record(&how),
            Request::Reopen { exercise, replay } => self.reopen(&exercise, replay),
            Request::Follow { exercise, roles } => self.follow(&exercise, &roles),
            Request::Stop => self.stop(""),
            Request::Home => self.home(),
            Request::Quit => {
                self.leave();
                Vec::new()
            }
        }
    }
}
