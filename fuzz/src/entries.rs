use std::sync::Arc;

use jiff::Timestamp;
use sandtable::engine::view::Reason;
use sandtable::engine::{self, Move};
use sandtable::exercise::{Exercise, NotMade, Seat};
use sandtable::journal::{
    Entry, EntryKind, Forced, Head, RecordedBallot, RecordedCountdown, RecordedInject,
    RecordedNote, Reveal, Stopped, TakeBack, read,
};
use sandtable::library;
use sandtable::program::ids::RoleId;
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::read::Folder;

use super::choices::Choices;
use super::journals::{looked, recalled};
use super::seal::sealed;

const SCENARIO: &str = include_str!("desk.yaml");

/// What is entered at the most.
const ENTERED_MAX: usize = 60;

/// Names that the scenario has, and some that it has not.
const NAMES: [&str; 16] = [
    "rang",
    "lead",
    "tech",
    "exec",
    "contain",
    "cut",
    "watch",
    "tell",
    "nobody",
    "luck",
    "helpful",
    "stop.consent",
    "refuse",
    "all",
    "none",
    "",
];

/// Holds an exercise as an input says, and reads what is recorded of it: whole, torn, changed and spoilt.
pub fn run(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let folder = Folder::single("desk.yaml", SCENARIO.as_bytes().to_vec());
    let program = program(&folder);
    let exercise = Exercise::begin(Arc::clone(&program), choices.number());
    let seats = seats(&program, choices.below(3));
    let mut held = Held {
        exercise: exercise.played_by("Blue \"two\"".to_owned(), seats),
        choices: &mut choices,
        second: 1_660_000_000,
        entries: Vec::new(),
    };
    let begins = held.exercise.head(&folder, time(held.second));
    for _ in 0..ENTERED_MAX {
        if held.choices.is_empty() {
            break;
        }
        held.go_on();
    }
    let Held {
        exercise, entries, ..
    } = held;
    let text = written(&begins, &entries);
    whole(&text, &exercise, &entries);
    torn(&text, &entries, &mut choices);
    spoilt(&text, &mut choices);
}

fn program(folder: &Folder) -> Arc<Program> {
    thread_local! {
        static PROGRAM: std::cell::OnceCell<Arc<Program>> = const { std::cell::OnceCell::new() };
    }
    let compiled = || {
        let loaded = library::load(folder, &ProgramSetup::default());
        loaded.expect("it has no mistakes").program
    };
    PROGRAM.with(|it| Arc::clone(it.get_or_init(compiled)))
}

/// One for all roles, one each, or two of which one has a name.
fn seats(program: &Program, how: usize) -> Vec<Seat> {
    let place = |roles: &[usize], person: &str| Seat {
        roles: roles.iter().map(|it| RoleId::at(*it)).collect(),
        person: person.to_owned(),
    };
    match how {
        0 => vec![Seat::all(program)],
        1 => vec![place(&[0], ""), place(&[1], ""), place(&[2], "")],
        _ => vec![place(&[1, 0], "Anna\u{202e}"), place(&[2], "")],
    }
}

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("it is a time")
}

/// An exercise that goes on.
struct Held<'c, 'b> {
    exercise: Exercise,
    choices: &'c mut Choices<'b>,
    second: i64,
    /// All that was entered, whether or not it stands.
    entries: Vec<Entry>,
}

impl Held<'_, '_> {
    fn go_on(&mut self) {
        self.second += self.choices.below(90) as i64;
        if self.choices.below(3) > 0 {
            self.make();
        } else {
            let what = self.what();
            self.enter(what);
        }
    }

    fn make(&mut self) {
        let (program, state) = (
            self.exercise.shared_program(),
            self.exercise.history().state.clone(),
        );
        let mut offered = vec![Move::Wait];
        if self.choices.below(2) > 0 {
            engine::candidates(&program, &state, &mut offered);
        }
        let made = offered[self.choices.below(offered.len())];
        let seat = self
            .choices
            .once_in(2)
            .then(|| self.choices.below(self.exercise.seats().len() + 1));
        let reason = if self.choices.once_in(4) {
            Reason {
                by: self.choices.text(6),
                why: self.choices.text(12),
                sure: Some(self.choices.below(101) as u8),
            }
        } else {
            Reason::default()
        };
        let before = self.exercise.entries().count();
        match self.exercise.submit(seat, made, reason, time(self.second)) {
            Ok(()) => self
                .entries
                .extend(self.exercise.entries().skip(before).cloned()),
            Err(why) => self.barred(&why, before),
        }
    }

    fn enter(&mut self, what: EntryKind) {
        let before = self.exercise.entries().count();
        match self.exercise.enter(what.clone(), time(self.second)) {
            Ok(()) => self.entries.push(Entry {
                at: time(self.second),
                minute: self.exercise.history().state.now(self.exercise.program()),
                what,
            }),
            Err(why) => self.barred(&why, before),
        }
    }

    /// What was not entered has changed nothing, and there is a sentence for it.
    fn barred(&self, why: &NotMade, before: usize) {
        assert_eq!(self.exercise.entries().count(), before);
        let sentence = why.sentence(self.exercise.program());
        let sentence = sentence.expect("there is no disk to blame");
        assert!(sentence.ends_with('.'), "{sentence}");
    }

    fn name(&mut self) -> String {
        self.choices.one(&NAMES).to_owned()
    }

    fn sure(&mut self) -> Option<u8> {
        self.choices
            .once_in(3)
            .then(|| self.choices.below(102) as u8)
    }

    /// The name of a decision, which is open half of the time.
    fn decision(&mut self) -> String {
        let program = self.exercise.program();
        let open = self.exercise.history().state.open(program);
        let open: Vec<String> = open
            .into_iter()
            .map(|id| program.script.decision(id).id.clone())
            .collect();
        match open.len() {
            0 => self.name(),
            total if self.choices.below(2) > 0 => open[self.choices.below(total)].clone(),
            _ => self.name(),
        }
    }

    /// Anything but a move.
    fn what(&mut self) -> EntryKind {
        match self.choices.below(13) {
            0 => EntryKind::Note(RecordedNote {
                seat: self.choices.once_in(2).then(|| self.choices.below(4)),
                role: self.choices.once_in(4).then(|| self.name()),
                objective: self.choices.once_in(3).then(|| self.name()),
                rating: self
                    .choices
                    .once_in(3)
                    .then(|| ['P', 'S', 'M', 'U', 'x'][self.choices.below(5)]),
                text: self.choices.text(20),
            }),
            1 => EntryKind::Ballot(RecordedBallot {
                decision: self.decision(),
                seat: self.choices.below(4),
                option: self.name(),
                sure: self.sure(),
            }),
            2 => EntryKind::Reveal(Reveal {
                decision: self.decision(),
            }),
            3 => EntryKind::TakeBack(TakeBack {
                to: self.choices.below(self.exercise.moves().len() + 2),
            }),
            4 => EntryKind::Inject(RecordedInject {
                to: (0..self.choices.below(3)).map(|_| self.name()).collect(),
                from: self.choices.text(5),
                title: self.choices.text(8),
                text: self.choices.text(20),
            }),
            5 => EntryKind::Roll(Forced {
                chance: self.name(),
                outcome: self.choices.below(4),
            }),
            6 => EntryKind::Countdown(RecordedCountdown {
                decision: self.choices.once_in(2).then(|| self.decision()),
                seconds: 30 * self.choices.below(5) as u32,
            }),
            7 => EntryKind::Pause,
            8 => EntryKind::GoOn,
            9 => EntryKind::Resumed,
            10 => EntryKind::Ended,
            11 => EntryKind::Stopped(Stopped {
                why: self.choices.text(6),
            }),
            _ => EntryKind::Move(sandtable::journal::RecordedMove::default()),
        }
    }
}

fn json(it: &impl serde::Serialize) -> String {
    serde_json::to_string(it).expect("texts and numbers are always JSON")
}

/// The journal as its format says: one object a line.
fn written(head: &Head, entries: &[Entry]) -> String {
    let files = head.folder.files.iter();
    let files: std::collections::BTreeMap<&str, &str> = files
        .map(|(path, bytes)| {
            (
                path.as_str(),
                std::str::from_utf8(bytes).expect("it is text"),
            )
        })
        .collect();
    let mut lines = vec![format!(
        r#"{{"journal":1,"seq":0,"prev":"","program":{},"begun":{},"scenario":{},"fingerprint":"","variant":null,"cut":null,"seed":{},"team":{},"seats":{},"rolls":{},"minute":{},"rolled":{},"path":{},"single":{},"files":{}"#,
        json(&head.program),
        json(&head.begun),
        json(&head.scenario),
        head.seed,
        json(&head.team),
        json(&head.seats),
        json(&sandtable::engine::luck::ALGORITHM),
        head.minute,
        json(&head.rolled),
        json(&head.folder.path),
        head.folder.single,
        json(&files),
    )];
    lines.extend(entries.iter().map(|it| {
        let (at, minute, what) = (json(&it.at), it.minute, json(&it.what));
        format!(r#"{{"seq":0,"prev":"","at":{at},"minute":{minute},"entry":{what}"#)
    }));
    sealed(&lines.join("\n"))
}

/// What was written comes back, and with it the exercise.
fn whole(text: &str, live: &Exercise, entries: &[Entry]) {
    let reading = read(text.as_bytes()).expect("what was written can be read");
    assert!(!reading.torn);
    assert_eq!(reading.recorded.entries, entries);
    let back = recalled(&reading.recorded).expect("what was played can be played again");
    let (one, other) = (live.history(), back.history());
    assert!(one.state == other.state, "another state");
    assert_eq!(one.events, other.events);
    assert_eq!(one.moves, other.moves);
    assert_eq!(one.interjections, other.interjections);
    assert_eq!(one.samples, other.samples);
    assert_eq!(live.seats(), back.seats());
    assert_eq!(live.is_paused(), back.is_paused());
    assert!(live.entries().eq(back.entries()));
    assert!(live.luck().pending().eq(back.luck().pending()));
}

/// A journal that was cut off holds the first of its entries. One in which a bit has changed holds no others.
fn torn(text: &str, entries: &[Entry], choices: &mut Choices) {
    let cut = choices.number() as usize % (text.len() + 1);
    if let Some(reading) = looked(&text.as_bytes()[..cut]) {
        assert!(entries.starts_with(&reading.recorded.entries));
    }
    let mut changed = text.as_bytes().to_vec();
    changed[choices.number() as usize % text.len()] ^= 1 << choices.below(8);
    if let Some(reading) = looked(&changed) {
        assert!(
            entries.starts_with(&reading.recorded.entries),
            "a change was not seen"
        );
    }
}

/// Lines and pieces of them lost, doubled, moved or replaced, with hashes that fit: a sentence, or another exercise.
fn spoilt(text: &str, choices: &mut Choices) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=choices.below(3) {
        let (at, other) = (choices.below(lines.len()), choices.below(lines.len()));
        match choices.below(6) {
            0 if lines.len() > 1 => drop(lines.remove(at)),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            _ => {
                let mut pieces: Vec<String> = lines[at]
                    .split_inclusive([',', ':', ' ', '}', '{', ']', '['])
                    .map(str::to_owned)
                    .collect();
                let piece = choices.below(pieces.len());
                let (from, new) = (choices.below(pieces.len()), choices.below(4));
                match new {
                    0 => drop(pieces.remove(piece)),
                    1 => {
                        let other = pieces[from].clone();
                        pieces[piece] = other;
                    }
                    2 => pieces.insert(piece, pieces[from].clone()),
                    _ => {
                        let other = ["0", "-1", "7", "99999999999", "null"][from % 5];
                        pieces[piece] = format!("{other},");
                    }
                }
                lines[at] = pieces.concat();
            }
        }
    }
    if let Some(reading) = looked(sealed(&lines.join("\n")).as_bytes()) {
        recalled(&reading.recorded);
    }
}
