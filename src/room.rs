//! A room: it answers the faces that are connected to it, from the library, from journals, and from the exercise on its
//! table.
//!
//! Everything that happens in an exercise is an entry: a move, an improvised inject, a note, a vote, a pause. The exercise
//! records an entry first; only then does anybody hear of it. A request comes with the time on the wall, and what a face
//! is to hear waits until it is taken: the room reads no clock and does not know what a face is.

mod account;
mod countdowns;
mod entering;
mod eyes;
mod faces;
mod facilitate;
mod follow;
mod line;
mod load;
mod moves;
mod offers;
mod recorded;
mod recording;
mod rehearsal;
mod reload;
mod seats;
mod steps;
mod stored;
mod table;
mod wall;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::exercise::Exercise;
use crate::front::seats::Reason;
use crate::front::{Msg, PlaySetup, Request};
use crate::journal::{EntryKind, Stopped};
use crate::library::OpenedScenario;
use crate::search::Budget;
use account::AccountWork;
use eyes::{Eyes, SeenViews};
use faces::{Asker, Faces, Listener, Retry};
use offers::{briefing, offer, unfinished};
use rehearsal::Rehearsal;
use table::{ExerciseTable, Playing, TableUse};

pub use faces::FaceId;
pub use recorded::{JournalPlace, RecordedExercise, Recorder, recall_journal};
pub use stored::stored_values;

/// The name of the play that shows what really happened.
pub const HISTORY: &str = "history";

/// Drawn seeds are lower than this, so that they can be read aloud and typed again.
pub const SEED_MAX: u64 = 1_000_000;

/// How often a countdown is checked.
const TICK: Duration = Duration::from_secs(1);

/// What a room offers and does by itself.
#[derive(Clone, Debug)]
pub struct RoomSettings {
    /// Scenarios that the start screen offers, by name or path.
    pub offered: Vec<String>,
    /// The folder of exercises that can be resumed.
    pub shelf: Option<PathBuf>,
    /// Draws a seed for an exercise that names none.
    pub draw_seed: fn() -> u64,
    /// Where new exercises are recorded; without it they are not.
    pub recorder: Option<Recorder>,
    /// Whether a scenario that is saved while it is played is reloaded. Nothing is recorded then: a journal holds one
    /// scenario.
    pub reloads: bool,
    /// What may be spent on the account of an exercise that is over; without it there is none.
    pub account: Option<Budget>,
}

impl RoomSettings {
    /// A room that offers some scenarios, and does nothing by itself.
    #[must_use]
    pub fn new(offered: Vec<String>, draw_seed: fn() -> u64) -> Self {
        Self {
            offered,
            shelf: None,
            draw_seed,
            recorder: None,
            reloads: false,
            account: None,
        }
    }
}

/// A room with one table, and the faces that are connected to it.
pub struct ExerciseRoom {
    settings: RoomSettings,
    faces: Faces,
    table: Option<ExerciseTable>,
    /// The account of the exercise on the table once it is over, under way or done.
    account: Option<AccountWork>,
    /// What was recorded before the exercise on the table.
    recorded: Vec<RecordedExercise>,
    /// See [`Self::take_opened`].
    opened: Option<OpenedScenario>,
    /// The time on the wall, as of the latest request.
    now: Timestamp,
}

impl ExerciseRoom {
    /// A room with nothing on its table and no face.
    #[must_use]
    pub fn new(settings: RoomSettings) -> Self {
        Self {
            settings,
            faces: Faces::default(),
            table: None,
            account: None,
            recorded: Vec::new(),
            opened: None,
            now: Timestamp::UNIX_EPOCH,
        }
    }

    /// Takes a scenario that was read already. It is not read again when it is opened for the first time.
    pub fn take_opened(&mut self, opened: OpenedScenario) {
        self.opened = Some(opened);
    }

    /// Connects a face. It looks through the first seat until it asks for another.
    pub fn connect(&mut self) -> FaceId {
        self.faces.connect(Some(0))
    }

    /// Connects a face that sees everything and hears what every other face is refused, to keep a record.
    pub fn connect_record(&mut self) -> FaceId {
        self.faces.connect(None)
    }

    /// Takes what a face has not heard yet, oldest first.
    pub fn take_messages(&mut self, face: FaceId) -> Vec<Msg> {
        self.faces.take_messages(face)
    }

    /// What was recorded in this room, including the exercise on the table.
    #[must_use]
    pub fn recorded(&self) -> Vec<RecordedExercise> {
        let mut recorded = self.recorded.clone();
        if let Some(latest) = self.table.as_ref().and_then(ExerciseTable::recorded) {
            recorded.retain(|it| it.path != latest.path);
            recorded.push(latest);
        }
        recorded
    }

    /// The exercise on the table, from STARTEX on.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.table.as_ref()?.exercise.as_ref()
    }

    /// The exercise on the table, if it is played here and has begun.
    fn playing(&mut self) -> Option<(&mut Exercise, &mut Playing)> {
        self.table.as_mut().and_then(ExerciseTable::playing_mut)
    }

    /// Does what a face asks for, at this time on the wall.
    pub fn ask(&mut self, face: FaceId, request: Request, now: Timestamp) {
        self.now = whole_seconds(now);
        let leaves = request == Request::Quit;
        self.answer(face, request);
        self.tell_about_journal();
        if !leaves {
            self.start_or_drop_account();
        }
    }

    /// How long after this time the room wants to be woken; none if nothing happens by itself.
    #[must_use]
    pub fn wakes(&self, now: Timestamp) -> Option<Duration> {
        self.next_look_at_journal()
            .or_else(|| self.next_look_at_scenario())
            .or_else(|| self.next_look_at_account())
            .or_else(|| self.counts_down(whole_seconds(now)).then_some(TICK))
    }

    /// Does what happens by itself: a countdown runs, a journal grows.
    pub fn wake(&mut self, now: Timestamp) {
        self.now = whole_seconds(now);
        if self.next_look_at_journal().is_some() {
            return self.look_at_journal();
        }
        self.look_at_scenario();
        if self.counts_down(self.now) {
            self.tick();
            self.tell_about_journal();
        }
        self.start_or_drop_account();
        self.look_at_account();
    }

    fn answer(&mut self, face: FaceId, request: Request) {
        if !matches!(request, Request::Record(_)) {
            // A request that could not be recorded is given up when something else is asked for.
            self.faces.give_up_retry(face);
        }
        let by = &Asker {
            face: Some(face),
            retry: Retry::Request(request.clone()),
        };
        match request {
            Request::Open(setup) => self.open(&setup),
            Request::Sit(seats) => self.sit(face, &seats),
            Request::Begin => self.begin(by),
            Request::Seat(seat) => self.take_seat(face, seat),
            Request::Move(wanted) => self.make(by, &wanted, Reason::default()),
            Request::Reasoned(wanted, reason) => self.make(by, &wanted, reason),
            Request::Line(line) => self.line(by, &line),
            Request::Vote {
                decision,
                option,
                sure,
            } => self.vote(by, decision, option, sure),
            Request::Reveal(decision) => self.reveal(by, decision),
            Request::Note(text) => self.note(by, text),
            Request::TakeBack => self.take_back(by),
            Request::Facilitate(it) => self.facilitate(by, it),
            Request::Step => self.step(),
            Request::Record(how) => self.record(face, &how),
            Request::Reopen { exercise, replay } => self.reopen(&exercise, replay),
            Request::Follow { exercise, roles } => self.follow(&exercise, &roles),
            Request::Stop => self.stop(String::new()),
            Request::Home => self.home(),
            Request::Quit => self.close_records(),
        }
    }

    /// Clears the table. The journal is closed.
    fn clear(&mut self) {
        self.recorded = self.recorded();
        self.table = None;
        self.account = None;
        self.faces.start_anew();
    }

    /// Puts an exercise on the table, and lets everybody read its briefing.
    fn lay(&mut self, table: ExerciseTable) {
        self.faces.tell_all(&[Msg::Briefing(briefing(&table))]);
        self.table = Some(table);
    }

    fn open(&mut self, setup: &PlaySetup) {
        self.clear();
        // The files are noted before they are read, so that nothing that is saved meanwhile is missed.
        let rehearses = self.settings.reloads && !setup.history;
        let started = rehearses.then(|| Rehearsal::new(setup));
        let opened = self.opened.take_if(|it| it.name == setup.scenario);
        match ExerciseTable::open(setup, opened, self.settings.draw_seed) {
            Ok(mut table) => {
                if let TableUse::Playing(playing) = &mut table.used {
                    playing.rehearsal = started;
                }
                self.lay(table);
            }
            Err(why) => self.faces.tell_all(&[Msg::Trouble(why)]),
        }
    }

    fn begin(&mut self, by: &Asker) {
        // After STARTEX the exercise stands where it was left.
        let Some(table) = self.table.as_mut().filter(|it| it.exercise.is_none()) else {
            return;
        };
        table.begun = self.now;
        let mut exercise = table.startex();
        if let TableUse::Playing(playing) = &table.used
            && !playing.unrecorded
            && let Some(recorder) = &self.settings.recorder
        {
            match recorder.begin(&exercise, &table.folder, self.now) {
                Ok(journal) => exercise.record(Some(journal)),
                Err(error) => return self.faces.unrecorded(by, &error),
            }
        }
        self.start(exercise);
    }

    /// STARTEX: the exercise begins, and every face hears how it stands.
    fn start(&mut self, exercise: Exercise) {
        let Some(table) = &mut self.table else {
            return;
        };
        if let TableUse::Playing(playing) = &mut table.used {
            playing.seat(exercise.seats().len());
        }
        table.exercise = Some(exercise);
        self.tell_seats();
        self.show(&mut SeenViews::default(), |_, eyes| eyes.standing());
        self.tell_next();
    }

    /// Tells every face something about the exercise, as its own eyes see it.
    fn show(&mut self, views: &mut SeenViews, tell: impl Fn(Listener, &mut Eyes) -> Vec<Msg>) {
        if let Some(table) = &self.table
            && let Some(exercise) = &table.exercise
        {
            self.faces.show(exercise, &table.used, views, tell);
        }
    }

    /// Ends the exercise here, and says why.
    fn stop(&mut self, why: String) {
        let now = self.now;
        let Some((exercise, _)) = self.playing() else {
            return;
        };
        let marked = exercise.stop(why.clone(), now);
        let stopped = EntryKind::Stopped(Stopped { why });
        self.show(&mut SeenViews::default(), |_, eyes| {
            eyes.entered(&stopped, &[])
        });
        if let Err(error) = marked {
            let what = format!("The stop could not be recorded: {error}. Every move was.");
            self.faces.tell_all(&[Msg::Trouble(what)]);
        }
    }

    fn home(&mut self) {
        self.clear();
        if let Some(folder) = &self.settings.shelf {
            self.faces.tell_all(&[Msg::Unfinished(unfinished(folder))]);
        }
        let offers = self.settings.offered.iter().filter_map(|name| offer(name));
        self.faces.tell_all(&[Msg::Offers(offers.collect())]);
    }

    /// A face may leave without the points so far; a record never ends without them.
    fn close_records(&mut self) {
        if let Some((exercise, _)) = self.playing()
            && !exercise.is_over()
        {
            let scorecard = Msg::Scorecard(eyes::scorecard(exercise));
            let stopped = Msg::Stopped(String::new());
            let records = |it: Listener| it.seat.is_none();
            self.faces.tell_those(records, &[stopped, scorecard]);
        }
    }
}

/// Nobody decides within a fraction of a second, and journals are read by people.
fn whole_seconds(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
