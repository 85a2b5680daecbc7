//! Nobody reads what is addressed to others: every play, and random exercises, seen by each role on both faces.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sandtable::engine::Move;
use sandtable::engine::look::Viewer;
use sandtable::engine::view::Reason;
use sandtable::exercise::Exercise;
use sandtable::front::facilitate::{Facilitate, Improvised};
use sandtable::front::{MoveById, Msg, PlaySetup, Request, Room, seats};
use sandtable::journal::{EntryKind, Journal, look};
use sandtable::library;
use sandtable::local::LocalRoom;
use sandtable::plain::Plain;
use sandtable::play;
use sandtable::program::Program;
use sandtable::program::ids::RoleId;
use sandtable::room::RoomSettings;
use sandtable::scenario::read::Folder;
use sandtable::tui::theme::Theme;
use sandtable::tui::{Key, Tui};

use crate::random::{Random, a_seat_each, loaded, offered, quick_folder};
use crate::same::plays;
use crate::secrets::{Secrets, secrets};

/// Both faces of one seat.
struct Faces<'a> {
    plain: Plain,
    tui: Tui,
    screens: [Terminal<TestBackend>; 2],
    /// What was looked at on the screens.
    seen: BTreeSet<String>,
    secrets: &'a Secrets,
    /// Where a leak would be.
    place: String,
}

impl<'a> Faces<'a> {
    fn new(secrets: &'a Secrets, place: String) -> Self {
        let screen = |(columns, rows)| Terminal::new(TestBackend::new(columns, rows));
        Self {
            plain: Plain::new(),
            tui: Tui::new(Theme::default()),
            screens: [(80, 24), (200, 60)].map(|size| screen(size).expect("it is in memory")),
            seen: BTreeSet::new(),
            secrets,
            place,
        }
    }

    fn holds_nothing(&self, face: &str, text: &str) {
        if let Some(leak) = self.secrets.found(text) {
            panic!("{}: {face} tells {leak:?}:\n{text}", self.place);
        }
    }

    /// Hears a message. The account is for the whole room, once it is over.
    fn hear(&mut self, msg: Msg) {
        match &msg {
            Msg::Scorecard(_) => return,
            Msg::Trouble(what) => panic!("{}: {what}", self.place),
            _ => {}
        }
        let said = self.plain.update(msg.clone());
        self.holds_nothing("plain", &said.text);
        let _ = self.tui.update(msg);
    }

    /// Asks for everything that either face can show, the latest messages among it.
    fn look_everywhere(&mut self, messages: usize, screens: bool) {
        for line in ["status", "decisions", "actions", "inbox", "sources", "help"] {
            let said = self.plain.line(line);
            self.holds_nothing(line, &said.text);
        }
        for message in 1..=messages {
            let said = self.plain.line(&format!("read {message}"));
            self.holds_nothing("read", &said.text);
        }
        if !screens {
            return;
        }
        let pages = [Key::PageDown; 3];
        for letter in ['d', 's', 'a', 'v', 't', 'n', 'm', '?'] {
            self.keys(&[Key::Char(letter)]);
            self.keys(&pages);
            self.tui.key(Key::Esc);
        }
        // Questions one after another, and messages from the latest to older ones.
        for key in [
            Key::Tab,
            Key::Tab,
            Key::Char('i'),
            Key::Up,
            Key::Up,
            Key::Up,
        ] {
            self.keys(&[key]);
            self.keys(&[Key::Char('v')]);
            self.keys(&pages[..1]);
            self.tui.key(Key::Esc);
        }
    }

    /// Presses keys, which ask for nothing, and looks at both screens.
    fn keys(&mut self, keys: &[Key]) {
        for key in keys {
            self.tui.key(*key);
        }
        for screen in 0..self.screens.len() {
            let tui = &self.tui;
            let drawn = self.screens[screen].draw(|frame| tui.render(frame));
            let text = shown(drawn.expect("it is in memory").buffer);
            if !self.seen.contains(&text) {
                self.holds_nothing("the screen", &text);
                self.seen.insert(text);
            }
        }
    }
}

/// The text of a screen, piece by piece: pieces in one column belong together.
fn shown(buffer: &ratatui::buffer::Buffer) -> String {
    let mut columns: BTreeMap<u16, String> = BTreeMap::new();
    let area = buffer.area;
    for y in 0..area.height {
        let (mut begins, mut gap) = (None, 0);
        for x in 0..area.width {
            let symbol = buffer[(x, y)].symbol();
            let border = symbol.starts_with(|it| ('\u{2500}'..='\u{259f}').contains(&it));
            if border || symbol == " " {
                gap += if border { 2 } else { 1 };
                continue;
            }
            if gap > 1 || begins.is_none() {
                begins = Some(x);
            }
            let text = columns.entry(begins.unwrap_or(x)).or_default();
            if gap > 0 || text.is_empty() {
                text.push(' ');
            }
            text.push_str(symbol);
            gap = 0;
        }
        // The next line continues where this one broke.
        for text in columns.values_mut() {
            text.push(' ');
        }
    }
    // Between columns stands what is in no text.
    columns.into_values().collect::<Vec<_>>().join(" \u{1}0 ")
}

/// The roles that look at the lines, and those among them that look at the screens.
type Looks<'a> = (&'a [usize], &'a [usize]);

/// Follows a recorded exercise as each role, as if another process were playing it.
fn followed(path: &Path, program: &Program, secrets: &[Secrets], (read, drawn): Looks) {
    let roles = &program.script.scenario.roles;
    for number in read.iter().copied() {
        let (role, secrets) = (&roles[number], &secrets[number]);
        let id = &role.id.value;
        let mut faces = Faces::new(secrets, format!("{} by {id}", path.display()));
        let mut room = LocalRoom::new(RoomSettings::new(Vec::new(), || 0));
        let told = room.ask(Request::Follow {
            exercise: path.to_str().expect("a path of text").to_owned(),
            roles: vec![id.clone()],
        });
        let mut views = 0;
        let mut messages = 0;
        let last = told.iter().rposition(|it| matches!(it, Msg::View(_)));
        for (place, msg) in told.into_iter().enumerate() {
            if let Msg::View(view) = &msg {
                messages = view.since.messages + view.inbox.len();
                views += 1;
            }
            faces.hear(msg);
            if Some(place) == last {
                faces.look_everywhere(messages, drawn.contains(&number));
            }
        }
        assert!(views > 0, "{id} saw nothing");
    }
}

fn by_id(made: &str) -> MoveById {
    match made.split_whitespace().collect::<Vec<_>>()[..] {
        ["take", action] => MoveById::Take(action.to_owned()),
        ["choose", decision, option] => MoveById::Choose(decision.to_owned(), option.to_owned()),
        _ => MoveById::Wait,
    }
}

/// The requests with which people who take turns at one screen would have caused this entry.
pub fn asked(what: &EntryKind) -> Vec<Request> {
    let facilitate = |it| vec![Request::Facilitate(it)];
    match what {
        EntryKind::Move(step) => match step.seat {
            Some(seat) => vec![
                Request::Seat(seat),
                Request::Reasoned(
                    by_id(&step.made),
                    Reason {
                        by: step.by.clone(),
                        why: step.why.clone(),
                        sure: step.sure,
                    },
                ),
            ],
            None => facilitate(Facilitate::Wait),
        },
        EntryKind::TakeBack(back) => facilitate(Facilitate::TakeBack(back.to)),
        EntryKind::Inject(it) => facilitate(Facilitate::Inject(Improvised {
            to: it.to.clone(),
            from: it.from.clone(),
            title: it.title.clone(),
            text: it.text.clone(),
        })),
        EntryKind::Note(note) => match note.seat {
            Some(seat) => vec![Request::Seat(seat), Request::Note(note.text.clone())],
            None => Vec::new(),
        },
        EntryKind::Ballot(it) => vec![
            Request::Seat(it.seat),
            Request::Vote {
                decision: it.decision.clone(),
                option: it.option.clone(),
                sure: it.sure,
            },
        ],
        EntryKind::Reveal(it) => vec![Request::Reveal(it.decision.clone())],
        EntryKind::Countdown(it) => facilitate(Facilitate::Countdown {
            decision: it.decision.clone(),
            seconds: it.seconds,
        }),
        EntryKind::Pause => facilitate(Facilitate::Pause),
        EntryKind::GoOn => facilitate(Facilitate::GoOn),
        EntryKind::Roll(it) => vec![Request::Line(format!("roll {} {}", it.chance, it.outcome))],
        EntryKind::Resumed | EntryKind::Stopped(_) | EntryKind::Ended => Vec::new(),
    }
}

/// Plays a recording again in a room where every role has a seat, and looks through each seat.
fn seated(path: &Path, program: &Program, secrets: &[Secrets], (read, drawn): Looks) {
    let recorded = look(path).expect("it is whole").recorded;
    let roles = &program.script.scenario.roles;
    let sitting = |role: &sandtable::scenario::Role| seats::SeatRequest {
        roles: vec![role.id.value.clone()],
        person: String::new(),
    };
    let mut room = LocalRoom::new(RoomSettings::new(Vec::new(), || 0));
    let mut told = room.ask(Request::Open(PlaySetup {
        scenario: recorded.head.scenario.clone(),
        variant: recorded.head.variant.clone(),
        cut: recorded.head.cut.clone(),
        seed: Some(recorded.head.seed),
        seats: roles.iter().map(sitting).collect(),
        ..PlaySetup::default()
    }));
    let faces = roles.iter().zip(secrets);
    let mut faces: Vec<Faces> = faces
        .map(|(role, secrets)| {
            let place = format!("{} at the seat of {}", path.display(), role.id.value);
            Faces::new(secrets, place)
        })
        .collect();
    for faces in &mut faces {
        for msg in &told {
            faces.hear(msg.clone());
        }
    }
    told = room.ask(Request::Begin);
    for msg in told.drain(..) {
        faces[0].hear(msg);
    }
    let mut current = 0;
    for (place, entry) in recorded.entries.iter().enumerate() {
        for request in asked(&entry.what) {
            if let Request::Seat(seat) = request {
                current = seat;
            }
            for msg in room.ask(request) {
                faces[current].hear(msg);
            }
        }
        let half = recorded.entries.len() / 2;
        for seat in read.iter().copied() {
            current = seat;
            let faces = &mut faces[seat];
            for msg in room.ask(Request::Seat(seat)) {
                faces.hear(msg);
            }
            if place == half || place + 1 == recorded.entries.len() {
                faces.look_everywhere(3, drawn.contains(&seat));
            }
        }
    }
}

/// A shipped play in a room where every role has a seat, recorded.
fn shipped(scripted: &crate::same::Scripted, path: &Path) -> (Arc<Program>, Exercise) {
    let (_, mut folder) = loaded(&scripted.arguments[1]);
    let value = |name: &str| {
        let place = scripted.arguments.iter().position(|it| it == name)?;
        scripted.arguments.get(place + 1).cloned()
    };
    let setup = sandtable::program::ProgramSetup {
        variant: value("--variant"),
        cut: value("--cut"),
    };
    let program = library::load(&folder, &setup)
        .expect("it has no mistakes")
        .program;
    let seed = value("--seed")
        .and_then(|it| it.parse().ok())
        .expect("a seed");
    let exercise = Exercise::begin(Arc::clone(&program), seed);
    let mut exercise = exercise.played_by(String::new(), a_seat_each(&program));
    let at = jiff::Timestamp::UNIX_EPOCH;
    let journal = Journal::create(path, &exercise.head(&folder, at));
    folder.files.clear();
    exercise.record(Some(journal.expect("there is room")));
    for line in scripted.lines.lines() {
        let line = play::parse_line(line).expect("it is of the grammar");
        let made = line.expect("it says something").to_move(&program);
        let made = made.expect("its names are known").expect("it is a move");
        let seat = match made {
            Move::Wait => None,
            made => Some(exercise.roles_of(made).first().map_or(0, |it| it.index())),
        };
        let made = exercise.submit(seat, made, Reason::default(), at);
        made.expect("it was made before");
    }
    exercise.record(None);
    (program, exercise)
}

#[test]
fn no_seat_reads_what_is_for_others_in_any_shipped_play() {
    let home = quick_folder();
    for scenario in ["starter", "advanced-2022"] {
        for (number, scripted) in plays(scenario).iter().enumerate() {
            let path = home.path().join(format!("{scenario}-{number}.jsonl"));
            let (program, exercise) = shipped(scripted, &path);
            assert!(exercise.is_over());
            let secrets = secrets(&program);
            let all: Vec<usize> = (0..secrets.len()).collect();
            let two = [number % all.len(), (number + all.len() / 2) % all.len()];
            let (read, drawn) = if is_thorough() {
                (&all[..], &all[..])
            } else {
                (&two[..], &two[..1])
            };
            followed(&path, &program, &secrets, (read, drawn));
            if is_thorough() || number % 4 == 0 {
                seated(&path, &program, &secrets, (&all, drawn));
            }
        }
    }
}

/// Whether every role looks at every exercise on both faces. Without optimisation that takes minutes.
fn is_thorough() -> bool {
    std::env::var("SANDTABLE_LEAKS").is_ok_and(|it| it == "all")
}

/// A hundred random exercises; by default forty, with the roles taking turns to look.
fn at_random(scenario: &str) {
    let home = quick_folder();
    let (program, folder): (Arc<Program>, Folder) = loaded(scenario);
    let secrets = secrets(&program);
    let all: Vec<usize> = (0..secrets.len()).collect();
    let count = if is_thorough() { 100 } else { 40 };
    for number in 0..count {
        let path = home.path().join(format!("{scenario}-{number}.jsonl"));
        let seats = a_seat_each(&program);
        Random::begin(&program, &folder, (number, offered), seats, &path).play();
        let one = [number as usize % all.len()];
        let (read, drawn) = if is_thorough() {
            (&all[..], &all[..])
        } else {
            // A screen takes milliseconds to draw.
            (&one[..], &one[..usize::from(number % 4 < 2)])
        };
        followed(&path, &program, &secrets, (read, drawn));
        if is_thorough() || number % 20 < 2 {
            seated(&path, &program, &secrets, (read, drawn));
        }
    }
}

#[test]
fn no_seat_reads_what_is_for_others_in_a_random_exercise_of_two() {
    at_random("starter");
}

#[test]
fn no_seat_reads_what_is_for_others_in_a_random_exercise_of_six() {
    at_random("advanced-2022");
}

/// A leak that is there is found; otherwise the tests above would prove nothing.
#[test]
fn a_leak_is_found_on_both_faces() {
    let (program, _) = loaded("starter");
    let secrets = secrets(&program);
    let exercise = Exercise::begin(Arc::clone(&program), 7);
    let mine = exercise.view(&Viewer::with_roles(vec![RoleId::at(1)]));
    let all = exercise.view(&Viewer::all(&program));
    for (view, leaks) in [(mine, false), (all, true)] {
        let msg = Msg::View(Box::new(view));
        let said = Plain::new().update(msg.clone());
        assert_eq!(secrets[1].found(&said.text).is_some(), leaks);
        let mut tui = Tui::new(Theme::default());
        let _ = tui.update(msg);
        tui.key(Key::Char('a'));
        for (columns, rows) in [(80, 24), (200, 60)] {
            let backend = TestBackend::new(columns, rows);
            let mut screen = Terminal::new(backend).expect("it is in memory");
            let drawn = screen.draw(|frame| tui.render(frame));
            let text = shown(drawn.expect("it is in memory").buffer);
            assert_eq!(secrets[1].found(&text).is_some(), leaks, "{text}");
        }
    }
}
