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
pub use recall::{begin_recorded, enter_again, recall};
pub use seats::Seat;

use crate::engine::Move;
use crate::engine::look::{History, HistoryPlace, ImprovisedInject, Viewer, look, look_on, stamp};
use crate::engine::luck::Keyed;
use crate::engine::view::{Reason, Stamp, View};
use crate::journal::{
    Entry, EntryKind, Forced, Head, Journal, JournalError, RecordedMove, RecordedSeat, TakeBack,
};
use crate::play;
use crate::program::Program;
use crate::program::ids::{DecisionId, RoleId};
use crate::scenario::Minutes;
use crate::scenario::read::Folder;

/// One exercise. Everything in it follows from the program, the seed and the entries.
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
    /// Whether players may take back their own moves.
    take_back_allowed: bool,
    /// Entries that stand, without what was taken back. With each, how many moves stood before it.
    entries: Vec<(usize, Entry)>,
    /// Pauses and countdowns, oldest first. They stand even if moves are taken back.
    on_wall: Vec<Entry>,
    paused: bool,
    /// How much was entered, including what was taken back.
    counts: EntryCounts,
    /// When moves were last taken back, on the wall.
    rewound: Option<Timestamp>,
    /// When the latest entry was made, even if it was taken back.
    latest: Option<Timestamp>,
    /// See [`Self::away`].
    away: Vec<(Option<Timestamp>, Timestamp)>,
    journal: Option<Journal>,
}

/// How many entries of the kinds that are limited there were.
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
            take_back_allowed: false,
            entries: Vec::new(),
            on_wall: Vec::new(),
            paused: false,
            counts: EntryCounts::default(),
            rewound: None,
            latest: None,
            away: Vec::new(),
            journal: None,
            program,
        }
    }

    /// The same, played by a team in these seats; without any, one seat holds every role.
    #[must_use]
    pub fn played_by(mut self, team: String, seats: Vec<Seat>) -> Self {
        self.team = team;
        if !seats.is_empty() {
            self.seats = seats;
        }
        self
    }

    /// The same, in which players may take back their own moves, or may not.
    #[must_use]
    pub fn allowing_take_back(mut self, allowed: bool) -> Self {
        self.take_back_allowed = allowed;
        self
    }

    /// The head of a journal of this exercise, before the first entry. `begun` is the time on the wall.
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
            seats: self.recorded_seats(),
            take_back: self.take_back_allowed,
            minute: self.minute(),
            rolled: recall::rolls(
                &self.program,
                self.seed,
                &self.begun.again(),
                &self.history.events,
            ),
        }
    }

    /// The seats as a journal records them; none if one seat holds every role and has no name.
    fn recorded_seats(&self) -> Vec<RecordedSeat> {
        match self.seats.as_slice() {
            [only] if *only == Seat::all(&self.program) => Vec::new(),
            seats => seats.iter().map(|it| it.recorded(&self.program)).collect(),
        }
    }

    /// From here on everything is recorded in this journal, which must hold all entries so far; or nothing is recorded.
    pub fn record(&mut self, journal: Option<Journal>) {
        self.journal = journal;
    }

    /// The journal in which it is recorded.
    #[must_use]
    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// As [`Self::journal`], to move it.
    pub fn journal_mut(&mut self) -> Option<&mut Journal> {
        self.journal.as_mut()
    }

    /// The program that is played.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// As [`Self::program`], to keep.
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

    /// The entries that stand, oldest first.
    #[must_use]
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    /// Pauses and countdowns, oldest first. They are among the entries; there may be few of them among many moves.
    #[must_use]
    pub fn on_wall(&self) -> &[Entry] {
        &self.on_wall
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

    /// Whether it is paused.
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

    /// The time in the exercise, as a reader sees it.
    #[must_use]
    pub fn now(&self) -> Stamp {
        stamp(&self.program, self.minute())
    }

    /// What a viewer may know now.
    #[must_use]
    pub fn view(&self, viewer: &Viewer) -> View {
        look(&self.program, &self.history, viewer)
    }

    /// The same for a viewer who knows what came before a place, and the place from which to look on.
    #[must_use]
    pub fn view_since(&self, viewer: &Viewer, from: HistoryPlace) -> (View, HistoryPlace) {
        look_on(&self.program, &self.history, viewer, from)
    }

    /// Makes a move: for a seat, by its place, or for the room, which may do everything. It is undone if it cannot be
    /// recorded, so that nobody sees a move that is not on disk. An error changes nothing. `at` is the time on the wall.
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
        let (state, mut luck) = (self.history.state.clone(), self.luck.clone());
        let (moves, events) = (self.history.moves.len(), self.history.events.len());
        self.history
            .step(&self.program, wanted, &mut luck)
            .map_err(NotMade::Refused)?;
        let reason_shown = self.reason_shown(seat, reason.clone());
        if let Some(made) = self.history.moves.last_mut() {
            made.reason = reason_shown;
        }
        let fresh = &self.history.events[events..];
        let recorded = RecordedMove {
            made: play::line_of(&self.program, wanted),
            rolled: recall::rolls(&self.program, self.seed, &self.luck, fresh),
            seat,
            by: reason.by,
            why: reason.why,
            sure: reason.sure,
        };
        let entry = Entry {
            at,
            minute: self.minute(),
            what: EntryKind::Move(recorded),
        };
        let checked = self.check_count(&entry.what).map_err(NotMade::from);
        if let Err(why) = checked.and_then(|()| self.write(&entry)) {
            self.history.undo(state);
            return Err(why);
        }
        self.luck = luck;
        self.latest = Some(entry.at);
        self.counts.add(&entry.what);
        self.entries.push((moves, entry));
        if self.is_over() {
            // ENDEX follows from the moves, so nothing is lost if this cannot be recorded.
            let _ = self.enter(EntryKind::Ended, at);
        }
        Ok(())
    }

    /// The reason with a name: if several seats play and nobody says who decided, it was the seat.
    fn reason_shown(&self, seat: Option<usize>, mut reason: Reason) -> Reason {
        if self.seats.len() > 1
            && reason.by.is_empty()
            && let Some(seat) = seat.and_then(|seat| self.seats.get(seat))
        {
            reason.by = seat.name(&self.program);
        }
        reason
    }

    /// Makes a move for the room, without a reason and without a time on the wall: in a history or a test.
    pub fn make(&mut self, wanted: Move) -> Result<(), NotMade> {
        self.submit(None, wanted, Reason::default(), Timestamp::UNIX_EPOCH)
    }

    /// Enters anything but a move. An error changes nothing.
    pub fn enter(&mut self, what: EntryKind, at: Timestamp) -> Result<(), NotMade> {
        self.check(&what)?;
        let minute = match &what {
            EntryKind::TakeBack(back) => self.history.moves[back.to].at,
            _ => self.minute(),
        };
        let entry = Entry { at, minute, what };
        self.write(&entry)?;
        self.apply(entry);
        Ok(())
    }

    fn write(&mut self, entry: &Entry) -> Result<(), NotMade> {
        match &mut self.journal {
            Some(journal) => journal.enter(entry).map_err(NotMade::Unrecorded),
            None => Ok(()),
        }
    }

    /// Carries out an entry that was checked and recorded.
    fn apply(&mut self, entry: Entry) {
        let before = self.latest.replace(entry.at);
        self.counts.add(&entry.what);
        match entry.what {
            EntryKind::Resumed => self.away.push((before, entry.at)),
            EntryKind::TakeBack(_) => self.rewound = Some(entry.at),
            EntryKind::Pause | EntryKind::GoOn | EntryKind::Countdown(_) => {
                self.on_wall.push(entry.clone());
            }
            _ => {}
        }
        self.apply_again(entry);
    }

    /// What an entry does each time that the exercise is made from its entries.
    fn apply_again(&mut self, entry: Entry) {
        let moves = self.history.moves.len();
        match &entry.what {
            EntryKind::TakeBack(back) => return self.take_back(*back),
            EntryKind::Pause => self.paused = true,
            EntryKind::GoOn => self.paused = false,
            EntryKind::Roll(forced) => self.force(forced),
            EntryKind::Inject(inject) => {
                let role = |id: &String| role_named(&self.program, id).ok();
                let inject = ImprovisedInject {
                    to: inject.to.iter().filter_map(role).collect(),
                    from: inject.from.clone(),
                    title: inject.title.clone(),
                    text: inject.text.clone(),
                };
                self.history.interject(&self.program, inject);
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

    /// Makes the exercise anew from the entries that stand.
    fn take_back(&mut self, back: TakeBack) {
        let stands = |(moves, entry): &(usize, Entry)| match entry.what {
            // What happened on the wall and what was written down stays.
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
                self.apply_again(entry);
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

    /// When, on the wall, an open decision was last asked; none if that was at STARTEX.
    #[must_use]
    pub fn asked_at(&self, id: DecisionId) -> Option<Timestamp> {
        let last = self.history.moves_before_asked(id).checked_sub(1)?;
        // It is the last entry before which so many moves stood.
        let after = self.entries.partition_point(|(moves, _)| *moves <= last);
        Some(self.entries[after.checked_sub(1)?].1.at)
    }

    /// When moves were last taken back, on the wall. Decisions that are open again have been open since then.
    #[must_use]
    pub fn rewound_at(&self) -> Option<Timestamp> {
        self.rewound
    }

    /// When nobody was there: from the last entry before the exercise was resumed until then.
    #[must_use]
    pub fn away(&self) -> &[(Option<Timestamp>, Timestamp)] {
        &self.away
    }

    /// The roles that a move belongs to; if there are none, it is everybody's.
    #[must_use]
    pub fn roles_of(&self, wanted: Move) -> &[RoleId] {
        let script = &self.program.script;
        match wanted {
            Move::Wait => &[],
            Move::Take(id) => script.actions.get(id.index()).map_or(&[], |it| &it.to),
            Move::Choose(id, _) => script.decisions.get(id.index()).map_or(&[], |it| &it.to),
        }
    }

    /// Records that the team stops here, unless the latest entry says so already.
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

/// The role with this id.
fn role_named(program: &Program, id: &str) -> Result<RoleId, Barred> {
    let mut roles = program.script.scenario.roles.iter();
    let place = roles.position(|it| it.id.value == id);
    place
        .map(RoleId::at)
        .ok_or_else(|| Barred::unknown("role", id))
}
