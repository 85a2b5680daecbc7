//! A view carries what is new since the view before. What a face puts together is the whole view at every moment, whatever
//! was entered, taken back or looked at meanwhile.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use sandtable::engine::Move;
use sandtable::engine::look::Viewer;
use sandtable::engine::luck::Stream;
use sandtable::engine::view::{Since, View};
use sandtable::exercise::{Exercise, Seat};
use sandtable::front::facilitate::Facilitate;
use sandtable::front::seats::SeatRequest;
use sandtable::front::{Msg, PlaySetup, Request, Room};
use sandtable::journal::{EntryKind, Journal, look};
use sandtable::local::LocalRoom;
use sandtable::program::Program;
use sandtable::program::ids::RoleId;
use sandtable::room::{ExerciseRoom, FaceId, RoomSettings};

use crate::leaks::asked;
use crate::random::{Random, a_seat_each, loaded, offered, quick_folder};

/// What two seats may see, with everything that changes a message after it was shown: texts that come long after an option
/// or an action that says nothing at once, defaults, and trends of one phase.
const LATE: &str = "\
format: 1
id: late
title: Late
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 4d
roles: {guard: {title: Guard}, boss: {title: Boss}}
objectives: {calm: {title: Calm, worth: 3}}
values:
  door: {one_of: [open, shut], initial: open, title: Door}
  trust: {min: 0, max: 100, initial: 50, title: Trust, saturates: true}
  noise: {min: 0, max: 100, initial: 5, title: Noise, saturates: true}
board:
  - {trend: trust, in: [one]}
  - {trend: noise, in: [two], to: [guard]}
  - {trend: noise, to: [boss]}
  - {clock: knock}
  - {clock: rattle}
actions:
  knock:
    label: Knock
    to: [guard]
    repeats: 16
    do: [noise += 7]
    then: [{after: 2h, text: Somebody comes to the door.}]
  call:
    label: Call the town
    to: [boss]
    repeats: 16
    takes: 3h
    do: [trust += 3]
    then: [{after: 20m, text: The town rings back.}]
phases:
  one:
    title: One
    injects:
      rattle:
        at: 1h
        repeats: 16
        every: 90m
        to: [guard]
        by: The dog
        via: meeting
        title: A rattle
        text: Something moves.
        do: [trust -= 2]
        asks:
          question: What do you do?
          within: 2h
          default: nothing
          options:
            nothing: {label: Nothing, then: [{after: 10m, text: It was the wind.}]}
            look:
              label: Look
              then:
                - chance: luck
                  outcomes:
                    - {odds: 1, do: [door = shut], because: It was the wind.}
                    - {odds: 1, text: Nobody is there., because: Nobody was there.}
    ends: [{at: 30h, to: two}]
  two:
    title: Two
    injects:
      silent: {at: 2h, repeats: 9, every: 3h, do: [noise += 1]}
      word: {at: 4h, repeats: 9, every: 5h, to: [boss], by: Town, via: phone, title: A word, text: How is it?}
    ends: [{at: 40h, to: endex}]
endings:
  over: {title: Over, text: It is over.}
";

/// Something comes every hour for weeks.
const LONG: &str = "\
format: 1
id: long
title: Long
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 60d
roles: {guard: {title: Guard}}
objectives: {calm: {title: Calm, worth: 3}}
values:
  trust: {min: 0, max: 1000, initial: 0, title: Trust, saturates: true}
board: [{trend: trust}]
phases:
  only:
    title: Only
    injects:
      hour:
        at: 1h
        repeats: 1000
        every: 1h
        to: [guard]
        by: The clock
        via: alert
        title: An hour
        text: Another hour.
        do: [trust += 1]
    ends: [{at: 50d, to: endex}]
endings:
  over: {title: Over, text: It is over.}
";

/// What a face knows: the views that it was sent, put together.
#[derive(Default)]
struct Reader {
    view: Option<View>,
    /// How many views came, and how many of them were not whole.
    views: [usize; 2],
    /// How many messages, moves and points of trends were in them.
    carried: usize,
}

impl Reader {
    fn hear(&mut self, told: Vec<Msg>) {
        for msg in told {
            if let Msg::View(mut view) = msg {
                self.views[0] += 1;
                self.views[1] += usize::from(view.since != Since::default());
                let courses = view.board.iter().map(|it| it.course.len());
                self.carried += view.inbox.len() + view.moves.len() + courses.sum::<usize>();
                if let Some(before) = &mut self.view {
                    view.follow(before);
                }
                self.view = Some(*view);
            }
        }
    }

    fn holds(&self, exercise: &Exercise, viewer: &Viewer, when: &str) {
        let whole = exercise.view(viewer);
        let view = self.view.as_ref().expect("a view came");
        assert!(
            *view == whole,
            "{when}: what was put together is {view:#?}\nbut it is {whole:#?}"
        );
    }
}

/// A face in a room: of a seat, which may change, or a record. It keeps what each seat saw at its screen.
struct SeatedReader {
    face: FaceId,
    seat: Option<usize>,
    readers: BTreeMap<Option<usize>, Reader>,
}

/// A room in which an exercise is played, and every face in it.
struct ReadRoom {
    room: ExerciseRoom,
    /// A face that moves about, one at each seat, and a record.
    readers: Vec<SeatedReader>,
    pick: Stream,
}

impl ReadRoom {
    /// STARTEX of a scenario in these seats.
    fn new(scenario: &str, seed: u64, seats: &[Vec<String>]) -> Self {
        let mut room = ExerciseRoom::new(RoomSettings::new(Vec::new(), || 0));
        let about = std::iter::once((room.connect(), Some(0)));
        let fixed: Vec<_> = (0..seats.len())
            .map(|seat| (room.connect(), Some(seat)))
            .collect();
        let record = (room.connect_record(), None);
        let all = about.chain(fixed).chain([record]);
        let readers = all.map(|(face, seat)| SeatedReader {
            face,
            seat,
            readers: BTreeMap::new(),
        });
        let mut it = Self {
            readers: readers.collect(),
            room,
            pick: Stream(seed),
        };
        let seats = seats.iter().map(|roles| SeatRequest {
            roles: roles.clone(),
            person: String::new(),
        });
        it.ask(
            0,
            Request::Open(PlaySetup {
                scenario: scenario.to_owned(),
                seed: Some(seed),
                seats: seats.collect(),
                ..PlaySetup::default()
            }),
        );
        it.ask(0, Request::Begin);
        for seat in 1..it.readers.len() - 1 {
            it.ask(seat, Request::Seat(seat - 1));
        }
        it
    }

    fn exercise(&self) -> &Exercise {
        self.room.exercise().expect("it has begun")
    }

    fn ask(&mut self, reader: usize, request: Request) {
        let asked = &mut self.readers[reader];
        if let Request::Seat(seat) = request {
            asked.seat = Some(seat);
        }
        self.room.ask(asked.face, request, Timestamp::UNIX_EPOCH);
        for it in &mut self.readers {
            let reader = it.readers.entry(it.seat).or_default();
            reader.hear(self.room.take_messages(it.face));
        }
    }

    /// The first face does what caused an entry; now and then it also takes back moves or looks through another seat.
    fn enter(&mut self, what: &EntryKind) {
        for request in asked(what) {
            self.ask(0, request);
            self.hold();
        }
        let made = self.exercise().moves().len();
        if made > 0 && self.pick.below(15) == 0 {
            let back = 1 + self.pick.below(made.min(5) as u64) as usize;
            self.ask(0, Request::Facilitate(Facilitate::TakeBack(made - back)));
            self.hold();
            for _ in 0..self.pick.below(7) {
                self.ask(0, Request::Facilitate(Facilitate::Wait));
            }
            self.hold();
        }
        if self.pick.below(5) == 0 {
            let seats = self.exercise().seats().len() as u64;
            let seat = self.pick.below(seats) as usize;
            self.ask(0, Request::Seat(seat));
            self.hold();
        }
    }

    fn hold(&self) {
        let exercise = self.exercise();
        let when = format!("after {} moves", exercise.moves().len());
        for it in &self.readers {
            let viewer = match it.seat {
                Some(seat) => exercise.seats()[seat].viewer(),
                None => Viewer::all(exercise.program()),
            };
            it.readers[&it.seat].holds(exercise, &viewer, &when);
        }
    }
}

/// The roles of each seat, by id.
fn ids(program: &Program, seats: &[Seat]) -> Vec<Vec<String>> {
    let roles = &program.script.scenario.roles;
    let id = |role: &RoleId| roles[role.index()].id.value.clone();
    seats
        .iter()
        .map(|it| it.roles.iter().map(id).collect())
        .collect()
}

/// Resumed, replayed step by step, and followed.
fn reopened(path: &Path) {
    let exercise = path.to_str().expect("a path of text").to_owned();
    let open = |request| {
        let mut room = LocalRoom::new(RoomSettings::new(Vec::new(), || 0));
        let mut reader = Reader::default();
        reader.hear(room.ask(request));
        (room, reader)
    };
    let reopen = |replay| Request::Reopen {
        exercise: exercise.clone(),
        replay,
    };
    let (mut replayed, mut reader) = open(reopen(true));
    reader.hear(replayed.ask(Request::Begin));
    loop {
        let exercise = replayed.exercise().expect("it has begun");
        reader.holds(exercise, &Viewer::all(exercise.program()), "replayed");
        let told = replayed.ask(Request::Step);
        let is_last = told.iter().any(|it| matches!(it, Msg::Next(None)));
        reader.hear(told);
        if is_last {
            break;
        }
    }
    let (followed, reader) = open(Request::Follow {
        exercise: exercise.clone(),
        roles: Vec::new(),
    });
    let played = followed.exercise().expect("it is followed");
    let seats: Vec<Viewer> = played.seats().iter().map(Seat::viewer).collect();
    reader.holds(played, &Viewer::shared(&seats), "followed");
    if !played.is_over() {
        let (resumed, reader) = open(reopen(false));
        let played = resumed.exercise().expect("it is resumed");
        reader.holds(played, &seats[0], "resumed");
    }
}

fn at_random(scenario: &str, numbers: u64) {
    let home = quick_folder();
    let (program, folder) = loaded(scenario);
    let mut views = [0; 2];
    for number in 0..numbers {
        let path = home.path().join(format!("{number}.jsonl"));
        let seats = match number % 3 {
            0 => vec![Seat::all(&program)],
            _ => a_seat_each(&program),
        };
        let mut room = ReadRoom::new(scenario, number, &ids(&program, &seats));
        Random::begin(&program, &folder, (number, offered), seats, &path).play();
        for entry in look(&path).expect("it is whole").recorded.entries {
            room.enter(&entry.what);
        }
        for it in room.readers.iter().flat_map(|it| it.readers.values()) {
            views[0] += it.views[0];
            views[1] += it.views[1];
        }
        reopened(&path);
    }
    let [all, parts] = views;
    assert!(
        parts > all / 2,
        "{parts} of {all} views carried only what is new"
    );
}

#[test]
fn what_a_face_puts_together_is_the_whole_view_if_messages_change_later() {
    let home = quick_folder();
    let path = home.path().join("late.yaml");
    std::fs::write(&path, LATE).expect("there is room");
    at_random(path.to_str().expect("a path of text"), 8);
}

#[test]
fn what_a_face_puts_together_is_the_whole_view_of_two_seats() {
    at_random("starter", 12);
}

#[test]
fn what_a_face_puts_together_is_the_whole_view_of_six_seats() {
    at_random("advanced-2022", 4);
}

/// A message, a move and a point of the trend are new after each move. The latest message is sent again as long as it may
/// change, and so is a move that nothing has followed.
#[test]
fn what_views_carry_does_not_grow_with_the_square_of_the_moves() {
    const MOVES: usize = 300;
    const CARRIED_EACH_MAX: usize = 5;
    let home = quick_folder();
    let [scenario, path] = ["long.yaml", "long.jsonl"].map(|name| home.path().join(name));
    std::fs::write(&scenario, LONG).expect("there is room");
    let (program, folder) = loaded(scenario.to_str().expect("a path of text"));
    let mut exercise = Exercise::begin(program, 7);
    let journal = Journal::create(&path, &exercise.head(&folder, Timestamp::UNIX_EPOCH));
    exercise.record(Some(journal.expect("there is room")));
    for _ in 0..MOVES {
        exercise.make(Move::Wait).expect("it goes on");
    }
    exercise.record(None);
    let mut room = LocalRoom::new(RoomSettings::new(Vec::new(), || 0));
    let mut reader = Reader::default();
    reader.hear(room.ask(Request::Reopen {
        exercise: path.to_str().expect("a path of text").to_owned(),
        replay: false,
    }));
    let view = reader.view.as_ref().expect("it is resumed");
    assert_eq!((view.moves.len(), view.inbox.len()), (MOVES, MOVES + 1));
    assert!(
        reader.carried <= CARRIED_EACH_MAX * MOVES,
        "{MOVES} moves: views carry {}",
        reader.carried
    );
}
