//! The room on this machine: it answers a face from the library, from journals, and from an exercise of its own.
//!
//! Everything that happens in an exercise is an entry: a move, news typed on the spot, a note, a vote, a pause. It is
//! entered by the exercise, which records it first, and only then told.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::look::Seat;
use crate::exercise::{Exercise, NotMade, again};
use crate::front::facilitate::{Countdown, Facilitate};
use crate::front::seats::{Reason, Sitting};
use crate::front::{MoveById, Msg, Recording, Request, Room, Setup, Unrecorded};
use crate::journal::{Ballot, JournalError, Note, Reveal, What};
use crate::local::line;
use crate::local::moves;
use crate::local::offers::{briefing, offer, unfinished};
use crate::local::recorded::{Kept, Place, Recorder};
use crate::local::table::{Steps, Table};
use crate::local::tell;
use crate::local::transcript::Transcript;
use crate::local::wall::Wall;
use crate::local::watch::Rehearsal;
use crate::program::ids::RoleId;

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
    kept: Vec<Kept>,
    pub(super) table: Option<Table>,
    pub(super) transcript: Option<Transcript>,
    /// The countdowns as they were said last.
    counting: Vec<Countdown>,
    /// Whether scenarios are looked at while they are played.
    watches: bool,
    pub(super) rehearsal: Option<Rehearsal>,
}

/// What waits until it can be recorded.
#[derive(Clone, Debug)]
enum Pending {
    Begin,
    Again(Request),
    /// The default of a decision whose countdown is over.
    Default(Move),
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
    pub fn kept(&self) -> Vec<Kept> {
        let mut kept = self.kept.clone();
        if let Some(latest) = self.table.as_ref().and_then(Table::kept) {
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
        tell: impl Fn(&Exercise, &Seat, bool) -> Vec<Msg>,
        announced: bool,
    ) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        if let Some(transcript) = &mut self.transcript {
            let all = Seat::all(&table.program);
            transcript.hear(tell(exercise, &all, false));
        }
        tell(exercise, &table.eyes(), announced)
    }

    fn open(&mut self, setup: &Setup) -> Vec<Msg> {
        self.clear();
        // Looked at before it is read: what is saved meanwhile is seen.
        let rehearsal = (self.watches && !setup.history).then(|| Rehearsal::new(setup));
        match Table::lay(setup, self.draw_seed) {
            Ok(table) => {
                let briefing = briefing(&table);
                self.table = Some(table);
                self.rehearsal = rehearsal;
                self.both(vec![Msg::Briefing(briefing)])
            }
            Err(why) => self.both(vec![Msg::Trouble(why)]),
        }
    }

    fn sit(&mut self, wanted: &[Sitting]) -> Vec<Msg> {
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

    /// Who sits where, where that says anything.
    pub(super) fn seats_where_several(&self) -> Vec<Msg> {
        let Some(table) = self.table.as_ref().filter(|it| it.watching.is_none()) else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        if exercise.seats().len() < 2 && exercise.absent().is_empty() {
            return Vec::new();
        }
        let seats = tell::seats(exercise, table.current, &table.ready);
        vec![Msg::Seats(seats)]
    }

    /// In history and in a replay: what comes next.
    fn next(&self) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let next = match (&table.steps, &table.exercise) {
            (Some(Steps::History(moves)), Some(exercise)) => {
                let next = moves.get(exercise.moves().len());
                next.map(|next| moves::described(&table.program, *next))
            }
            (Some(Steps::Replay(entries, shown)), Some(_)) => {
                let mut rest = *shown..entries.len();
                let next = rest.find(|place| !Steps::is_silent(entries, *place));
                next.map(|place| moves::entry(&table.program, &entries[place].what))
            }
            _ => return Vec::new(),
        };
        vec![Msg::Next(next)]
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
    fn played(&mut self) -> Option<&mut Table> {
        let table = self.table.as_mut()?;
        (table.steps.is_none() && table.tail.is_none() && table.exercise.is_some()).then_some(table)
    }

    /// The seat at the screen has nothing more to do. When nobody has, time passes.
    fn get_ready(&mut self) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let current = table.current;
        if let Some(ready) = table.ready.get_mut(current) {
            *ready = true;
        }
        if table.ready.iter().all(|ready| *ready) {
            return self.submit(None, Move::Wait, Reason::default(), true);
        }
        self.seats_where_several()
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
    pub(super) fn enter(&mut self, what: What) -> Vec<Msg> {
        let (now, news) = (self.now(), self.news());
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        let before = match what {
            What::TakeBack(_) => tell::lines(exercise),
            _ => Vec::new(),
        };
        match exercise.enter(what.clone(), now) {
            Ok(()) => {
                let entered = |exercise: &Exercise, seat: &Seat, announced| {
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
        let entered = |exercise: &Exercise, seat: &Seat, announced| {
            let latest = exercise.entries().rev();
            let latest = latest.into_iter().find(|it| it.what != What::Ended);
            latest.map_or_else(Vec::new, |it| {
                tell::entered(exercise, seat, &it.what, (announced, before))
            })
        };
        let mut told = self.tell(entered, announced);
        told.extend(self.countdowns());
        told
    }

    /// How much each seat knows, to see who has something new.
    fn news(&self) -> Vec<(usize, usize)> {
        let Some(exercise) = self.exercise().filter(|it| it.seats().len() > 1) else {
            return Vec::new();
        };
        let known = |place: &crate::exercise::Place| {
            let view = exercise.view(&place.seat());
            (view.inbox.len(), view.decisions.len())
        };
        exercise.seats().iter().map(known).collect()
    }

    /// A seat that has something new is no longer ready.
    fn readiness(&mut self, before: &[(usize, usize)]) -> Vec<Msg> {
        let after = self.news();
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        for ((ready, before), after) in table.ready.iter_mut().zip(before).zip(&after) {
            *ready &= before == after;
        }
        if after.is_empty() {
            return Vec::new();
        }
        self.seats_where_several()
    }

    /// The countdowns that run, where they are not what was said last.
    pub(super) fn countdowns(&mut self) -> Vec<Msg> {
        let now = self.now();
        // In a replay the wall stands where it stood.
        let last = self.exercise().and_then(|it| it.entries().next_back());
        let replay = self.table.as_ref().is_some_and(Table::is_replay);
        let now = last.filter(|_| replay).map_or(now, |it| it.at);
        self.countdowns_at(now)
    }

    /// The countdowns that run at this time on the wall, where they are not what was said last: to the face those of the
    /// questions that its seat hears, to the transcript all.
    pub(super) fn countdowns_at(&mut self, now: Timestamp) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        let running = tell::countdowns(exercise, &Seat::all(&table.program), table.begun, now);
        if running == self.counting {
            return Vec::new();
        }
        let seen = tell::countdowns(exercise, &table.eyes(), table.begun, now);
        self.counting.clone_from(&running);
        if let Some(transcript) = &mut self.transcript {
            transcript.hear([Msg::Countdowns(running)]);
        }
        vec![Msg::Countdowns(seen)]
    }

    fn not_made(&mut self, why: NotMade) -> Vec<Msg> {
        let told = match (why, self.exercise()) {
            (NotMade::Unrecorded(error), _) => {
                let asked = self.asked.clone();
                self.pending = asked.map(Pending::Again).or(self.pending.take());
                vec![unrecorded(&error)]
            }
            (why, Some(exercise)) => {
                let sentence = why.sentence(exercise.program());
                sentence.into_iter().map(Msg::Refused).collect()
            }
            (_, None) => Vec::new(),
        };
        self.both(told)
    }

    /// Makes what could not be recorded after all.
    fn record(&mut self, how: &Recording) -> Vec<Msg> {
        self.asked = None;
        let Some(pending) = self.pending.take() else {
            return refused("Nothing waits to be recorded.");
        };
        if let Pending::Begin = pending {
            match how {
                Recording::Retry => {}
                Recording::In(folder) => {
                    if let Some(recorder) = &mut self.recorder {
                        recorder.place = Place::Folder(folder.into());
                    }
                }
                Recording::Off => {
                    if let Some(table) = &mut self.table {
                        table.unrecorded = true;
                    }
                }
            }
            return self.begin();
        }
        if let Err(error) = self.redirect(how) {
            self.pending = Some(pending);
            return self.both(vec![unrecorded(&error)]);
        }
        match pending {
            Pending::Again(request) => self.ask(request),
            Pending::Default(wanted) => self.default(wanted),
            Pending::Begin => Vec::new(),
        }
    }

    /// Lets the running exercise be recorded elsewhere, or no more.
    fn redirect(&mut self, how: &Recording) -> Result<(), JournalError> {
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        let given_up = table.kept();
        let Some(exercise) = &mut table.exercise else {
            return Ok(());
        };
        match how {
            Recording::Retry => {}
            Recording::In(folder) => {
                if let Some(journal) = exercise.journal_mut() {
                    journal.move_to(Path::new(folder))?;
                }
            }
            Recording::Off => {
                exercise.record(None);
                table.given_up = given_up.map(|kept| Kept {
                    in_part: true,
                    ..kept
                });
            }
        }
        Ok(())
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
        let what = What::Stopped(crate::journal::Stopped {
            why: why.to_owned(),
        });
        let stopped = |exercise: &Exercise, seat: &Seat, announced| {
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
        let all = Seat::all(&program);
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

    /// In history and in a replay: makes the next step.
    fn step(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let Some(exercise) = &mut table.exercise else {
            return Vec::new();
        };
        let mut told = match &mut table.steps {
            Some(Steps::History(moves)) => {
                let Some(next) = moves.get(exercise.moves().len()).copied() else {
                    return Vec::new();
                };
                // Its moves were made when it was laid on the table.
                let _ = exercise.make(next);
                if let Some(transcript) = &mut self.transcript {
                    transcript.step();
                }
                self.tell(|exercise, seat, _| tell::standing(exercise, seat), true)
            }
            Some(Steps::Replay(..)) => self.step_again(),
            None => return Vec::new(),
        };
        let next = self.next();
        told.extend(self.both(next));
        told
    }

    fn step_again(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let Some(Steps::Replay(entries, shown)) = &mut table.steps else {
            return Vec::new();
        };
        let mut passed = Vec::new();
        while let Some(entry) = entries.get(*shown) {
            let silent = Steps::is_silent(entries, *shown);
            passed.push(entry.clone());
            *shown += 1;
            if !silent {
                break;
            }
        }
        self.enter_again(&passed)
    }

    /// Enters what was recorded and read a moment ago, and tells what it brings.
    pub(super) fn enter_again(&mut self, entries: &[crate::journal::Entry]) -> Vec<Msg> {
        let mut told = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let Some(exercise) = self.running() else {
                break;
            };
            let before = match entry.what {
                What::TakeBack(_) => tell::lines(exercise),
                _ => Vec::new(),
            };
            if let Err(why) = again(exercise, entry) {
                if let Some(table) = &mut self.table {
                    // What follows would be told of another exercise than the one that is played.
                    table.tail = None;
                }
                told.extend(self.both(vec![Msg::Trouble(why)]));
                break;
            }
            // That it was stopped is over where it goes on.
            let goes_on = matches!(entry.what, What::Stopped(_)) && self.played().is_some();
            let silent = goes_on || Steps::is_silent(entries, place);
            if silent || self.is_for_no_team(&entry.what) {
                continue;
            }
            let entered = |exercise: &Exercise, seat: &Seat, announced| {
                tell::entered(exercise, seat, &entry.what, (announced, &before))
            };
            told.extend(self.tell(entered, false));
            // As it was said then, however long ago that is.
            told.extend(self.countdowns_at(entry.at));
        }
        told
    }

    /// Whether an entry is the facilitator's own, and whoever looks on may be the team.
    fn is_for_no_team(&self, what: &What) -> bool {
        let follows = self.table.as_ref().is_some_and(|it| it.tail.is_some());
        follows && matches!(what, What::Note(note) if note.seat.is_none())
    }

    fn take_seat(&mut self, seat: usize) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        if seat >= table.ready.len() {
            return refused("There is no such seat.");
        }
        table.current = seat;
        let mut told = self.seats_where_several();
        let now = self.now();
        if let Some(table) = &self.table
            && let Some(exercise) = &table.exercise
        {
            told.extend(tell::standing(exercise, &table.eyes()));
            if !self.counting.is_empty() {
                // Each seat hears of its own questions only.
                let seen = tell::countdowns(exercise, &table.eyes(), table.begun, now);
                told.push(Msg::Countdowns(seen));
            }
            told.extend(tell::votes(exercise, &table.eyes()));
        }
        told
    }

    fn vote(&mut self, decision: &str, option: &str, sure: Option<u8>) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let seat = table.current;
        self.enter(What::Ballot(Ballot {
            decision: decision.to_owned(),
            seat,
            option: option.to_owned(),
            sure,
        }))
    }

    fn reveal(&mut self, decision: String) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let script = &table.program.script;
        let asked = script.decisions.iter().find(|it| it.id == decision);
        if asked.is_some_and(|it| !table.eyes().hears(&it.to)) {
            return refused("That question is not for this seat.");
        }
        self.enter(What::Reveal(Reveal { decision }))
    }

    fn note(&mut self, text: &str) -> Vec<Msg> {
        let Some(table) = self.played() else {
            return Vec::new();
        };
        let seat = Some(table.current);
        self.enter(What::Note(Note {
            seat,
            text: text.to_owned(),
            ..Note::default()
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
        let Some(Table {
            exercise: Some(exercise),
            ..
        }) = self.played()
        else {
            return;
        };
        if exercise.is_over() {
            return;
        }
        let account = Msg::Account(tell::account(exercise));
        if let Some(transcript) = &mut self.transcript {
            transcript.hear([Msg::Stopped(String::new()), account]);
        }
    }

    /// Takes the default of a decision whose countdown is over.
    pub(super) fn default(&mut self, wanted: Move) -> Vec<Msg> {
        let reason = Reason {
            by: "the countdown".to_owned(),
            ..Reason::default()
        };
        self.pending = Some(Pending::Default(wanted));
        let told = self.submit(None, wanted, reason, false);
        if !told.iter().any(|msg| matches!(msg, Msg::Unrecorded(_))) {
            self.pending = None;
        }
        told
    }

    /// Decisions whose countdown is over, with their defaults.
    fn due(&self) -> Vec<Move> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        let wall = Wall::of(exercise, table.begun, self.now());
        let over = wall.countdowns(exercise, table.begun).into_iter();
        let default = |id: crate::program::ids::DecisionId| {
            let default = table.program.decisions[id.index()].default;
            Move::Choose(id, default as u8)
        };
        over.filter(|(_, left)| *left == 0)
            .map(|(id, _)| default(id))
            .collect()
    }

    /// A countdown went on by a second.
    fn tick(&mut self) -> Vec<Msg> {
        self.asked = None;
        let mut told = Vec::new();
        for wanted in self.due() {
            let Move::Choose(id, _) = wanted else {
                continue;
            };
            let open = self
                .exercise()
                .map(|it| (it.history().state.is_open(it.program(), id), it));
            let Some((true, exercise)) = open else {
                // The default before it closed this one.
                continue;
            };
            let decision = exercise.program().script.decision(id).id.clone();
            let made = exercise.moves().len();
            told.extend(self.default(wanted));
            if self.pending.is_some() {
                return told;
            }
            if self.exercise().is_some_and(|it| it.moves().len() == made) {
                // It cannot be taken. Asking again every second would not help.
                let none = Facilitate::Countdown {
                    decision: Some(decision),
                    seconds: 0,
                };
                told.extend(self.ask(Request::Facilitate(none)));
                self.asked = None;
            }
        }
        told.extend(self.countdowns());
        told
    }

    /// Whether a countdown runs.
    fn counts_down(&self) -> bool {
        let Some(table) = &self.table else {
            return false;
        };
        let Some(exercise) = &table.exercise else {
            return false;
        };
        let stands = exercise.is_paused() || exercise.is_over() || self.pending.is_some();
        let stopped = exercise
            .entries()
            .next_back()
            .is_some_and(|it| matches!(it.what, What::Stopped(_)));
        if stands || stopped || table.steps.is_some() {
            return false;
        }
        let wall = Wall::of(exercise, table.begun, self.now());
        !wall.countdowns(exercise, table.begun).is_empty()
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

    fn wakes(&self) -> Option<Duration> {
        self.follows()
            .or_else(|| self.rehearses())
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
        told
    }
}

fn unrecorded(error: &JournalError) -> Msg {
    let why = format!("{error}. {}", error.hint());
    Msg::Unrecorded(Unrecorded {
        why: capital(why.trim_end()),
        folder: std::env::temp_dir().display().to_string(),
    })
}

/// A phrase as the beginning of a text.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}
