//! Random exercises with everything that may be entered, drawn from a seeded stream; and that each comes out of its
//! journal as it went in.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use sandtable::engine::luck::Stream;
use sandtable::engine::view::{Reason, View};
use sandtable::engine::{self, Move};
use sandtable::exercise::{Exercise, Seat, begin_recorded, enter_again};
use sandtable::journal::{
    Entry, EntryKind, Forced, Journal, Recorded, RecordedBallot, RecordedCountdown, RecordedInject,
    RecordedNote, Reveal, TakeBack, look,
};
use sandtable::library;
use sandtable::program::ids::RoleId;
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::read::Folder;
use tempfile::TempDir;

/// Take-backs of one exercise, so that each comes to an end.
const TAKE_BACKS_MAX: usize = 3;

/// A scenario that is in the binary.
pub fn loaded(scenario: &str) -> (Arc<Program>, Folder) {
    let found = library::find(scenario).expect("it is in the binary");
    let loaded =
        library::load(&found.folder, &ProgramSetup::default()).expect("it has no mistakes");
    (loaded.program, found.folder)
}

/// An empty folder in memory, where there is one.
pub fn quick_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.expect("a temporary folder can be made")
}

/// A seat for every role.
pub fn a_seat_each(program: &Program) -> Vec<Seat> {
    let roles = 0..program.script.scenario.roles.len();
    let place = |role: usize| Seat {
        roles: vec![RoleId::at(role)],
        person: if role == 1 {
            "Anna".to_owned()
        } else {
            String::new()
        },
    };
    roles.map(place).collect()
}

/// The moves that may be made now, with the seat that makes them: of this seat, or of the room.
type Offers = fn(&Exercise, usize) -> Vec<(Option<usize>, Move)>;

/// Every move of the rules, made by the room.
pub fn legal(exercise: &Exercise, _: usize) -> Vec<(Option<usize>, Move)> {
    let mut moves = Vec::new();
    engine::moves(exercise.program(), &exercise.history().state, &mut moves);
    moves.into_iter().map(|it| (None, it)).collect()
}

/// What the view of a seat offers.
pub fn offered(exercise: &Exercise, seat: usize) -> Vec<(Option<usize>, Move)> {
    let view = exercise.view(&exercise.seats()[seat].viewer());
    let moves = of_view(exercise.program(), &view).map(|it| (Some(seat), it));
    std::iter::once((None, Move::Wait)).chain(moves).collect()
}

fn of_view(program: &Program, view: &View) -> impl Iterator<Item = Move> {
    let mut moves = Vec::new();
    for asked in &view.decisions {
        let id = program.decision_named(&asked.id).expect("it is open");
        let free = asked.options.iter().filter(|it| it.barred.is_none());
        moves.extend(free.map(|it| {
            let option = program.option_named(id, &it.id);
            Move::Choose(id, option.expect("it is an option"))
        }));
    }
    let free = view.actions.iter().filter(|it| it.barred.is_none());
    moves.extend(free.map(|it| Move::Take(program.action_named(&it.id).expect("it stands"))));
    moves.into_iter()
}

/// A random exercise as it goes on.
pub struct Random {
    pub exercise: Exercise,
    pick: Stream,
    offers: Offers,
    second: i64,
    taken_back: usize,
}

impl Random {
    /// STARTEX of the exercise of a number, recorded in a new file.
    pub fn begin(
        program: &Arc<Program>,
        folder: &Folder,
        (number, offers): (u64, Offers),
        seats: Vec<Seat>,
        path: &Path,
    ) -> Self {
        let mut exercise =
            Exercise::begin(Arc::clone(program), number).played_by("Blue".to_owned(), seats);
        let begun = Timestamp::from_second(1_660_000_000).expect("it is a time");
        let journal = Journal::create(path, &exercise.head(folder, begun));
        exercise.record(Some(journal.expect("there is room")));
        Self {
            exercise,
            pick: Stream(number),
            offers,
            second: 1_660_000_000,
            taken_back: 0,
        }
    }

    /// Plays to ENDEX, or to where it is left. The exercise is closed then.
    pub fn play(mut self) -> Exercise {
        let leaves = self.pick.below(8) == 0;
        while !self.exercise.is_over() {
            if leaves && self.pick.below(60) == 0 {
                break;
            }
            if self.pick.below(3) == 0 {
                self.speak();
            } else {
                self.make();
            }
        }
        if self.exercise.is_over() {
            self.enter(EntryKind::Note(RecordedNote {
                seat: Some(0),
                text: "It is over, and we talk.".to_owned(),
                ..RecordedNote::default()
            }));
        }
        self.exercise.record(None);
        self.exercise
    }

    fn at(&mut self) -> Timestamp {
        self.second += self.pick.below(90) as i64;
        Timestamp::from_second(self.second).expect("it is a time")
    }

    fn below(&mut self, total: usize) -> usize {
        self.pick.below(total as u64) as usize
    }

    fn make(&mut self) {
        let (seat, wanted) = if self.pick.below(2) == 0 {
            (None, Move::Wait)
        } else {
            let seat = self.below(self.exercise.seats().len());
            let offers = (self.offers)(&self.exercise, seat);
            offers[self.below(offers.len())]
        };
        let reason = match self.pick.below(6) {
            0 => Reason {
                by: "Bo".to_owned(),
                why: "It can wait no longer: “now”, they say.".to_owned(),
                sure: Some(self.pick.below(101) as u8),
            },
            _ => Reason::default(),
        };
        let at = self.at();
        let made = self.exercise.submit(seat, wanted, reason, at);
        made.expect("what is offered may be done");
    }

    fn enter(&mut self, what: EntryKind) {
        let at = self.at();
        let said = format!("{what:?}");
        let entered = self.exercise.enter(what, at);
        entered.unwrap_or_else(|why| panic!("{said}: {why:?}"));
    }

    /// Anything but a move.
    fn speak(&mut self) {
        let what = match self.pick.below(15) {
            0 | 1 => Some(self.note()),
            2..=5 => self.ballot(),
            6..=8 => self.reveal(),
            9 => Some(self.inject()),
            10 => self.take_back(),
            11 => Some(self.roll()),
            12 => Some(EntryKind::Countdown(RecordedCountdown {
                decision: None,
                seconds: 60 * self.below(4) as u32,
            })),
            13 => Some(EntryKind::Resumed),
            _ => {
                self.enter(EntryKind::Pause);
                let note = self.note();
                self.enter(note);
                Some(EntryKind::GoOn)
            }
        };
        if let Some(what) = what {
            let voted = matches!(what, EntryKind::Ballot(_));
            self.enter(what);
            if voted && self.pick.below(2) == 0 {
                // Most questions are closed before a room comes round to it.
                let reveal = self.reveal().expect("somebody has voted");
                self.enter(reveal);
            }
        }
    }

    fn note(&mut self) -> EntryKind {
        let seats = self.exercise.seats().len();
        let rating = [None, Some('P'), Some('U')][self.below(3)];
        EntryKind::Note(if rating.is_some() {
            let objectives = &self.exercise.program().script.scenario.objectives;
            RecordedNote {
                objective: Some(objectives[0].id.value.clone()),
                rating,
                ..RecordedNote::default()
            }
        } else {
            RecordedNote {
                seat: Some(self.below(seats)),
                text: "Who rings the clinic? \u{1b}[31m".to_owned(),
                ..RecordedNote::default()
            }
        })
    }

    fn ballot(&mut self) -> Option<EntryKind> {
        let seat = self.below(self.exercise.seats().len());
        let view = self.exercise.view(&self.exercise.seats()[seat].viewer());
        let open = view.decisions.iter();
        let open: Vec<_> = open
            .filter(|it| !self.exercise.is_revealed(&it.id))
            .collect();
        let decision = open.first()?;
        let option = self.pick.below(decision.options.len() as u64) as usize;
        Some(EntryKind::Ballot(RecordedBallot {
            decision: decision.id.clone(),
            seat,
            option: decision.options[option].id.clone(),
            sure: (option == 0).then_some(70),
        }))
    }

    fn reveal(&mut self) -> Option<EntryKind> {
        let (program, state) = (self.exercise.program(), &self.exercise.history().state);
        let open = state.open(program).into_iter();
        let mut open = open.map(|id| program.script.decision(id).id.clone());
        let voted = open.find(|id| {
            self.exercise.ballots(id).next().is_some() && !self.exercise.is_revealed(id)
        });
        voted.map(|decision| EntryKind::Reveal(Reveal { decision }))
    }

    /// News for one role. Its text says for whom.
    fn inject(&mut self) -> EntryKind {
        let roles = &self.exercise.program().script.scenario.roles;
        let ids: Vec<String> = roles.iter().map(|it| it.id.value.clone()).collect();
        let to = &ids[self.below(ids.len())];
        EntryKind::Inject(RecordedInject {
            to: vec![to.clone()],
            from: "A voice".to_owned(),
            title: whispered(to),
            text: format!("Somebody says: {}.", whispered(to)),
        })
    }

    fn take_back(&mut self) -> Option<EntryKind> {
        let moves = self.exercise.moves().len();
        if moves == 0 || self.taken_back == TAKE_BACKS_MAX {
            return None;
        }
        self.taken_back += 1;
        let back = 1 + self.below(moves.min(6));
        Some(EntryKind::TakeBack(TakeBack { to: moves - back }))
    }

    fn roll(&mut self) -> EntryKind {
        let chances = self.exercise.program().chances.len();
        let place = self.below(chances);
        let chance = &self.exercise.program().chances[place];
        let (name, outcomes) = (chance.name.clone(), chance.odds.len());
        EntryKind::Roll(Forced {
            chance: name,
            outcome: 1 + self.below(outcomes),
        })
    }
}

/// What is typed on the spot for one role, and for nobody else.
pub fn whispered(role: &str) -> String {
    format!("for {role} alone whispered {role} and nobody beside {role} may hear it")
}

/// The exercise of a number from its journal, and back: everything about it must be the same.
fn replays(program: &Arc<Program>, folder: &Folder, number: u64, (home, views): (&Path, bool)) {
    let path = home.join(format!("{number}.jsonl"));
    let mut seats = a_seat_each(program);
    match number % 4 {
        0 => seats = vec![Seat::all(program)],
        // A role that nobody plays.
        1 => drop(seats.pop()),
        _ => {}
    }
    let live = Random::begin(program, folder, (number, legal), seats, &path).play();
    let reading = look(&path).expect("it is whole");
    std::fs::remove_file(&path).expect("it is there");
    assert!(!reading.torn, "exercise {number}");
    same(program, &reading.recorded, &live, views)
        .unwrap_or_else(|what| panic!("exercise {number}: {what}"));
}

/// Whether what is entered again is what was played; what differs, where it is not.
fn same(
    program: &Arc<Program>,
    recorded: &Recorded,
    live: &Exercise,
    views: bool,
) -> Result<(), String> {
    let mut back = begin_recorded(program, &recorded.head)?;
    for entry in &recorded.entries {
        enter_again(&mut back, entry)?;
    }
    let (one, other) = (live.history(), back.history());
    let equal: BTreeMap<&str, bool> = [
        ("state", one.state == other.state),
        ("events", one.events == other.events),
        ("moves", one.moves == other.moves),
        ("what was typed", one.interjections == other.interjections),
        ("the board", one.samples == other.samples),
        ("seats", live.seats() == back.seats()),
        ("team", live.team() == back.team()),
        ("the pause", live.is_paused() == back.is_paused()),
        ("what stands", live.entries().eq(back.entries())),
        (
            "the forced rolls to come",
            live.luck().pending().eq(back.luck().pending()),
        ),
    ]
    .into();
    if let Some((what, _)) = equal.iter().find(|(_, same)| !**same) {
        return Err(format!("{what} came out differently"));
    }
    let stands = |entry: &&Entry| matches!(entry.what, EntryKind::Move(_));
    if live.entries().filter(stands).count() != recorded.moves() {
        return Err("another number of moves stands".to_owned());
    }
    let seats = live.seats().iter().filter(|_| views);
    for seat in seats.map(Seat::viewer) {
        if live.view(&seat) != back.view(&seat) {
            return Err("a view came out differently".to_owned());
        }
    }
    Ok(())
}

/// Of so many exercises of a scenario the views of every fifth are compared, and then of every hundredth.
const VIEWS_OFTEN: u64 = 300;

/// So many random exercises of both scenarios.
#[test]
fn any_exercise_comes_out_of_its_journal_as_it_was() {
    let wanted = std::env::var("SANDTABLE_REPLAYS").ok();
    let wanted = wanted.map(|it| it.parse().expect("SANDTABLE_REPLAYS is a number"));
    let each = wanted.map_or(VIEWS_OFTEN, |all: u64| all / 2);
    let threads = thread::available_parallelism().map_or(1, NonZero::get) as u64;
    for scenario in ["starter", "advanced-2022"] {
        let (program, folder) = loaded(scenario);
        let home = quick_folder();
        thread::scope(|scope| {
            for first in 0..threads {
                let (program, folder, home) = (&program, &folder, home.path());
                scope.spawn(move || {
                    for number in (first..each).step_by(threads as usize) {
                        let every = if number < VIEWS_OFTEN { 5 } else { 100 };
                        replays(program, folder, number, (home, number % every == 0));
                    }
                });
            }
        });
    }
}

/// What is drawn is not always the same, and holds everything that may be entered.
#[test]
fn random_exercises_hold_every_kind_of_entry() {
    let (program, folder) = loaded("starter");
    let home = quick_folder();
    let mut kinds = BTreeMap::new();
    for number in 0..40 {
        let path = home.path().join(format!("{number}.jsonl"));
        let seats = a_seat_each(&program);
        Random::begin(&program, &folder, (number, offered), seats, &path).play();
        for entry in look(&path).expect("it is whole").recorded.entries {
            let kind = format!("{:?}", entry.what);
            let kind = kind.split(['(', ' ']).next().unwrap_or_default().to_owned();
            *kinds.entry(kind).or_insert(0) += 1;
        }
    }
    let kinds: Vec<&str> = kinds.keys().map(String::as_str).collect();
    let all = "Ballot Countdown Ended GoOn Inject Move Note Pause Resumed Reveal Roll TakeBack";
    assert_eq!(kinds.join(" "), all);
}
