//! The authority that runs one exercise: it takes moves from seats, records them, and hands out views.

mod as_play;
mod barred;
mod recall;
mod seats;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;

pub use barred::{Barred, NotMade};
pub use recall::{again, recall, recalled};
pub use seats::Seat;

use crate::engine::look::{History, ImprovisedInject, MadeMove, Viewer, look, stamp};
use crate::engine::luck::Keyed;
use crate::engine::view::{Reason, Stamp, View};
use crate::engine::{Event, Move};
use crate::journal::{
    Entry, EntryKind, Forced, Head, Journal, JournalError, RecordedMove, RecordedSeat, TakeBack,
};
use crate::play;
use crate::program::Program;
use crate::program::ids::{DecisionId, RoleId};
use crate::scenario::Minutes;
use crate::scenario::read::Folder;

/// One exercise. Everything that it does follows from the program, the seed and what was entered.
#[derive(Debug)]
pub struct Exercise {
    program: Arc<Program>,
    seed: u64,
    /// The luck before STARTEX.
    begun: Keyed,
    luck: Keyed,
    history: History,
    team: String,
    /// At least one.
    seats: Vec<Seat>,
    /// What was entered and stands: nothing that was taken back. With each, how many moves stood before it.
    entries: Vec<(usize, Entry)>,
    paused: bool,
    /// How much was entered, whether or not it stands.
    counts: EntryCounts,
    /// When moves were taken back last, on the wall.
    rewound: Option<Timestamp>,
    /// When the latest entry was made, whether or not it stands.
    latest: Option<Timestamp>,
    away: Vec<(Option<Timestamp>, Timestamp)>,
    journal: Option<Journal>,
}

/// How much of each was entered so far.
#[derive(Clone, Copy, Debug, Default)]
struct EntryCounts {
    moves: usize,
    injects: usize,
    take_backs: usize,
}

impl EntryCounts {
    fn add(&mut self, what: &EntryKind) {
        match what {
            EntryKind::Move(_) => self.moves += 1,
            EntryKind::Inject(_) => self.injects += 1,
            EntryKind::TakeBack(_) => self.take_backs += 1,
            _ => {}
        }
    }
}

impl Exercise {
    /// An exercise at STARTEX, with one seat that holds every role.
    #[must_use]
    pub fn begin(program: Arc<Program>, seed: u64) -> Self {
        Self::begin_with(program, seed, Keyed::new(seed))
    }

    /// An exercise at STARTEX, with some rolls forced.
    #[must_use]
    pub fn begin_with(program: Arc<Program>, seed: u64, mut luck: Keyed) -> Self {
        let begun = luck.clone();
        let history = History::begin(&program, &mut luck);
        Self {
            seed,
            begun,
            luck,
            history,
            team: String::new(),
            seats: vec![Seat::all(&program)],
            entries: Vec::new(),
            paused: false,
            counts: EntryCounts::default(),
            rewound: None,
            latest: None,
            away: Vec::new(),
            journal: None,
            program,
        }
    }

    /// The same, played by a team whose people sit in these seats; one that holds every role where none is named.
    #[must_use]
    pub fn played_by(mut self, team: String, seats: Vec<Seat>) -> Self {
        self.team = team;
        if !seats.is_empty() {
            self.seats = seats;
        }
        self
    }

    /// What a journal of this exercise begins with, before anything was entered. `begun` is the time of day, in UTC.
    #[must_use]
    pub fn head(&self, folder: &Folder, begun: Timestamp) -> Head {
        let script = &self.program.script;
        let scenario = &script.scenario;
        Head {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            begun: begun.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            scenario: scenario.id.value.clone(),
            folder: folder.clone(),
            variant: script.variant.clone(),
            cut: script.cut.map(|at| scenario.cuts[at].id.value.clone()),
            seed: self.seed,
            team: self.team.clone(),
            seats: self.sittings(),
            minute: self.minute(),
            rolled: recall::rolls(
                &self.program,
                self.seed,
                &self.begun.again(),
                &self.history.events,
            ),
        }
    }

    /// Who sits where, as a journal says it; nobody where one seat holds every role and has no name.
    fn sittings(&self) -> Vec<RecordedSeat> {
        match self.seats.as_slice() {
            [only] if *only == Seat::all(&self.program) => Vec::new(),
            seats => seats.iter().map(|it| it.sitting(&self.program)).collect(),
        }
    }

    /// From here on everything is recorded in this journal, which must hold what was entered so far; or in none.
    pub fn record(&mut self, journal: Option<Journal>) {
        self.journal = journal;
    }

    /// Where it is recorded.
    #[must_use]
    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// As [`Self::journal`], to go on in another place.
    pub fn journal_mut(&mut self) -> Option<&mut Journal> {
        self.journal.as_mut()
    }

    /// What is played.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The same, to keep.
    #[must_use]
    pub fn shared_program(&self) -> Arc<Program> {
        Arc::clone(&self.program)
    }

    /// The seed of all rolls.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The moves that stand.
    #[must_use]
    pub fn moves(&self) -> impl DoubleEndedIterator<Item = Move> + ExactSizeIterator {
        self.history.moves.iter().map(|it| it.what)
    }

    /// The state and the events so far.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The luck of what is to come.
    #[must_use]
    pub fn luck(&self) -> &Keyed {
        &self.luck
    }

    /// What was entered and stands, oldest first.
    #[must_use]
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    /// The team's name; may be empty.
    #[must_use]
    pub fn team(&self) -> &str {
        &self.team
    }

    /// The seats, at least one.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Whether it stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Whether ENDEX has come.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.history.state.ended(&self.program).is_some()
    }

    /// Minutes since STARTEX.
    fn minute(&self) -> Minutes {
        self.history.state.now(&self.program)
    }

    /// Now, as a reader sees it.
    #[must_use]
    pub fn now(&self) -> Stamp {
        stamp(&self.program, self.minute())
    }

    /// What a seat may know now.
    #[must_use]
    pub fn view(&self, seat: &Viewer) -> View {
        look(&self.program, &self.history, seat)
    }

    /// Makes a move: for a seat, by its place, or for the room, which may do everything. It is worked out on a copy,
    /// recorded, and only then taken over: nothing can be seen of a move that does not lie on disk. A move that was not
    /// made changes nothing. `at` is the time on the wall.
    pub fn submit(
        &mut self,
        seat: Option<usize>,
        wanted: Move,
        reason: Reason,
        at: Timestamp,
    ) -> Result<(), NotMade> {
        if self.paused {
            return Err(Barred::Paused.into());
        }
        if let Some(seat) = seat {
            self.may(seat, wanted)?;
        }
        Self::check_sure(reason.sure)?;
        let (mut history, mut luck) = (self.history.clone(), self.luck.clone());
        history
            .step(&self.program, wanted, &mut luck)
            .map_err(NotMade::Refused)?;
        if let Some(made) = history.moves.last_mut() {
            made.reason = self.said_of(seat, reason.clone());
        }
        let fresh = &history.events[self.history.events.len()..];
        let step = RecordedMove {
            made: play::line_of(&self.program, wanted),
            rolled: recall::rolls(&self.program, self.seed, &self.luck, fresh),
            seat,
            by: reason.by,
            why: reason.why,
            sure: reason.sure,
        };
        let entry = Entry {
            at,
            minute: history.state.now(&self.program),
            what: EntryKind::Move(step),
        };
        self.count(&entry.what)?;
        self.write(&entry)?;
        let moves = self.history.moves.len();
        (self.history, self.luck) = (history, luck);
        self.latest = Some(entry.at);
        self.counts.add(&entry.what);
        self.entries.push((moves, entry));
        if self.is_over() {
            // That ENDEX has come follows from the moves. An entry that cannot be written loses nothing.
            let _ = self.enter(EntryKind::Ended, at);
        }
        Ok(())
    }

    /// What is shown of a reason: where several sit, and nobody says who, it was the seat.
    fn said_of(&self, seat: Option<usize>, mut reason: Reason) -> Reason {
        if self.seats.len() > 1
            && reason.by.is_empty()
            && let Some(place) = seat.and_then(|seat| self.seats.get(seat))
        {
            reason.by = place.name(&self.program);
        }
        reason
    }

    /// Makes a move for the room where there is no wall and nothing was said: a play, a test, a record.
    pub fn make(&mut self, wanted: Move) -> Result<(), NotMade> {
        self.submit(None, wanted, Reason::default(), Timestamp::UNIX_EPOCH)
    }

    /// Enters anything but a move. What was not entered changes nothing.
    pub fn enter(&mut self, what: EntryKind, at: Timestamp) -> Result<(), NotMade> {
        self.check(&what)?;
        // Taking back changes the minute, so it is done on the side first.
        let minute = match &what {
            EntryKind::TakeBack(back) => self.history.moves[back.to].at,
            _ => self.minute(),
        };
        let entry = Entry { at, minute, what };
        self.write(&entry)?;
        self.take_over(entry);
        Ok(())
    }

    fn write(&mut self, entry: &Entry) -> Result<(), NotMade> {
        match &mut self.journal {
            Some(journal) => journal.enter(entry).map_err(NotMade::Unrecorded),
            None => Ok(()),
        }
    }

    /// Does what an entry says that was checked and recorded.
    fn take_over(&mut self, entry: Entry) {
        let before = self.latest.replace(entry.at);
        self.counts.add(&entry.what);
        match entry.what {
            EntryKind::Resumed => self.away.push((before, entry.at)),
            EntryKind::TakeBack(_) => self.rewound = Some(entry.at),
            _ => {}
        }
        self.take_effect(entry);
    }

    /// What an entry does to the exercise itself.
    fn take_effect(&mut self, entry: Entry) {
        let moves = self.history.moves.len();
        match &entry.what {
            EntryKind::TakeBack(back) => return self.take_back(*back),
            EntryKind::Pause => self.paused = true,
            EntryKind::GoOn => self.paused = false,
            EntryKind::Roll(forced) => self.force(forced),
            EntryKind::Inject(said) => {
                let roles = |id: &String| seats::role(&self.program, id);
                let said = ImprovisedInject {
                    to: said.to.iter().filter_map(roles).collect(),
                    from: said.from.clone(),
                    title: said.title.clone(),
                    text: said.text.clone(),
                };
                self.history.interject(&self.program, said);
            }
            _ => {}
        }
        self.entries.push((moves, entry));
    }

    fn force(&mut self, forced: &Forced) {
        if let Some(id) = self.program.chance_named(&forced.chance) {
            self.luck.force(id, forced.outcome - 1);
        }
    }

    /// Folds again what stands before a move.
    fn take_back(&mut self, back: TakeBack) {
        let stands = |(moves, entry): &(usize, Entry)| match entry.what {
            // The wall went on, and what was written down was written down.
            EntryKind::Note(_)
            | EntryKind::Pause
            | EntryKind::GoOn
            | EntryKind::Resumed
            | EntryKind::Countdown(_) => true,
            EntryKind::Move(_) => *moves < back.to,
            _ => *moves <= back.to,
        };
        let mut entries = std::mem::take(&mut self.entries);
        entries.retain(stands);
        let mut made = std::mem::take(&mut self.history.moves);
        made.truncate(back.to);
        self.luck = self.begun.clone();
        self.history = History::begin(&self.program, &mut self.luck);
        let mut made = made.into_iter();
        for (moves, entry) in entries {
            if !matches!(entry.what, EntryKind::Move(_)) {
                self.take_effect(entry);
                continue;
            }
            if let Some(it) = made.next() {
                // It was made before, from the same state and under the same luck.
                let _ = self.history.step(&self.program, it.what, &mut self.luck);
                if let Some(again) = self.history.moves.last_mut() {
                    again.reason = it.reason;
                }
            }
            self.entries.push((moves, entry));
        }
    }

    /// When, on the wall, a decision that is open was asked last; none where that was at STARTEX.
    #[must_use]
    pub fn asked_at(&self, id: DecisionId) -> Option<Timestamp> {
        let moves = self.moves_before_asked(id);
        let mut made = self
            .entries()
            .filter(|it| matches!(it.what, EntryKind::Move(_)));
        let brought = moves.checked_sub(1).and_then(|last| made.nth(last));
        brought.map(|entry| entry.at)
    }

    /// When moves were taken back last, on the wall. What stands again has stood since then.
    #[must_use]
    pub fn rewound_at(&self) -> Option<Timestamp> {
        self.rewound
    }

    /// When nobody was there: from the last entry before the exercise was taken up again until then.
    #[must_use]
    pub fn away(&self) -> &[(Option<Timestamp>, Timestamp)] {
        &self.away
    }

    /// How many moves had been made when a decision was asked last: the last of them brought it.
    fn moves_before_asked(&self, id: DecisionId) -> usize {
        let events = self.history.events.iter();
        let asked = events.enumerate().rev().find_map(|(place, (_, event))| {
            let is_it = matches!(event, Event::Asked(it) if *it == id);
            is_it.then_some(place)
        });
        let before = |it: &&MadeMove| asked.is_some_and(|asked| it.events <= asked);
        self.history.moves.iter().filter(before).count()
    }

    /// The roles that a move belongs to; none means everybody.
    #[must_use]
    pub fn roles_of(&self, wanted: Move) -> &[RoleId] {
        let script = &self.program.script;
        match wanted {
            Move::Wait => &[],
            Move::Take(id) => script.actions.get(id.index()).map_or(&[], |it| &it.to),
            Move::Choose(id, _) => script.decisions.get(id.index()).map_or(&[], |it| &it.to),
        }
    }

    /// Records that the team stops here, where it does not stand there already.
    pub fn stop(&mut self, why: String, at: Timestamp) -> Result<(), JournalError> {
        let stopped = EntryKind::Stopped(crate::journal::Stopped { why });
        let last = self.entries.last().map(|(_, entry)| &entry.what);
        if self.is_over() || last == Some(&stopped) {
            return Ok(());
        }
        match self.enter(stopped, at) {
            Err(NotMade::Unrecorded(error)) => Err(error),
            _ => Ok(()),
        }
    }
}
