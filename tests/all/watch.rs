//! Files that are saved while somebody looks: `check --watch` and `play --watch`.

use std::fs;

use sandtable::front::{MoveById, Msg, PlaySetup, Request, Room};
use sandtable::local::LocalRoom;
use sandtable::room::RoomSettings;

use crate::formats::{change, mine};
use crate::program::{Call, SILENT, Text, folder};
use crate::pty::Terminal;

#[test]
fn a_scenario_is_checked_again_when_it_is_saved_until_control_c() {
    let folder = folder();
    mine(folder.path());
    let program = [
        env!("CARGO_BIN_EXE_sandtable"),
        "check",
        "mine",
        "--watch",
        "--format",
        "short",
    ];
    let mut terminal = Terminal::start(&program, folder.path(), (100, 40), &[]);
    terminal.shows("Watching for changes; Ctrl-C stops.");
    change(folder.path(), "\nsummary:", "\nsummry:");
    terminal.shows("2: mine/scenario.yaml changed");
    terminal.shows("mine/scenario.yaml:6:1: error[unknown-field] ");
    terminal.shows("1 scenario checked, 1 finding");
    // As many editors save: another file takes the name.
    let path = folder.path().join("mine/scenario.yaml");
    let text = fs::read_to_string(&path).expect("it is there");
    let new = folder.path().join("mine/.scenario.yaml.new");
    fs::write(&new, text.replace("\nsummry:", "\nsummary:")).expect("it can be written");
    fs::rename(&new, &path).expect("it can be renamed");
    terminal.shows("3: mine/scenario.yaml changed");
    let twice = |screen: &vt100::Screen| screen.contents().matches(", 0 findings").count() == 2;
    terminal.until("the third check", twice);
    fs::remove_file(&path).expect("it was there");
    terminal.shows("4: mine/scenario.yaml changed");
    terminal.shows("error: there is no `scenario.yaml` in mine");
    terminal.send("\u{3}");
    assert_eq!(terminal.ends(), 130);
}

#[test]
fn what_cannot_be_watched_is_trouble() {
    let cases: [(&[&str], &str); 3] = [
        (
            &["check", "-", "--watch"],
            "error: standard input cannot be watched\nhint: Name the file instead of `-`.\n",
        ),
        (
            &["check", "starter", "--watch", "--format", "json"],
            "error: with `--watch`, findings can only be written for people\n\
             hint: Use `--format full` or `--format short`.\n",
        ),
        (
            &["play", "starter", "--watch", "--plain"],
            "error: `starter` is built in, so it never changes\n\
             hint: With `--watch`, name the folder of a scenario.\n",
        ),
    ];
    let piped = folder();
    mine(piped.path());
    let watched = Call {
        arguments: &["play", "mine", "--watch", "--plain"],
        code: 2,
        stderr: Text::Is(
            "error: with `--watch`, somebody must be at a terminal\n\
             hint: Start it without a pipe; with `--plain` too, it shows lines of text.\n",
        ),
        ..SILENT
    };
    watched.run(piped.path());
    for (arguments, stderr) in cases {
        let call = Call {
            arguments,
            code: 2,
            stderr: Text::Is(stderr),
            ..SILENT
        };
        call.run(folder().path());
    }
    let both = Call {
        arguments: &["play", "starter", "--watch", "--journal", "a.jsonl"],
        code: 2,
        stderr: Text::Holds(&["cannot be used with"]),
        ..SILENT
    };
    both.run(folder().path());
}

/// What a rehearsal says when its files were looked at until they rest.
fn looked(room: &mut LocalRoom) -> Vec<Msg> {
    assert!(room.wakes().is_some());
    let mut told = room.wake();
    told.extend(room.wake());
    told
}

/// The notes among messages. Taking up a saved scenario is a note; failing to is an error.
fn notes(told: &[Msg]) -> Vec<&str> {
    let is_new = |what: &str| what.contains("goes on in the new one.");
    let notes = told.iter().filter_map(|msg| match msg {
        Msg::Saved(what) if is_new(what) => Some(what.as_str()),
        Msg::Trouble(what) if !is_new(what) => Some(what.as_str()),
        _ => None,
    });
    notes.collect()
}

/// The labels of the open options in the last view among messages.
fn labels(told: &[Msg]) -> Vec<String> {
    let views = told.iter().rev().filter_map(|msg| match msg {
        Msg::View(view) => Some(view),
        _ => None,
    });
    let view = views.into_iter().next().expect("a view came");
    let options = view.decisions.iter().flat_map(|it| &it.options);
    options.map(|it| it.label.clone()).collect()
}

#[test]
fn a_rehearsal_goes_on_in_the_scenario_that_was_saved() {
    let folder = folder();
    mine(folder.path());
    let mut room = LocalRoom::new(RoomSettings {
        reloads: true,
        ..RoomSettings::new(Vec::new(), || 7)
    });
    let setup = PlaySetup {
        scenario: folder
            .path()
            .join("mine")
            .to_str()
            .expect("a readable path")
            .to_owned(),
        ..PlaySetup::default()
    };
    room.ask(Request::Open(setup));
    change(folder.path(), "title: The note", "title: A note");
    let told = looked(&mut room);
    assert!(
        matches!(&told[..], [Msg::Briefing(it)] if it.title.starts_with("A note") && it.seed == 7),
        "{told:?}"
    );
    room.ask(Request::Begin);
    assert!(looked(&mut room).is_empty());

    change(
        folder.path(),
        "Photograph it and touch nothing",
        "Photograph both sides",
    );
    let told = looked(&mut room);
    assert!(matches!(&told[0], Msg::TakenBack(it) if it.to == 0 && it.moves.is_empty()));
    assert!(
        labels(&told).contains(&"Photograph both sides".to_owned()),
        "{told:?}"
    );
    assert_eq!(
        notes(&told),
        [
            "The scenario was saved, and the exercise goes on in the new one. No move has been made yet."
        ]
    );

    let chosen = MoveById::Choose("note".to_owned(), "look".to_owned());
    room.ask(Request::Move(chosen));
    room.ask(Request::Move(MoveById::Wait));
    change(folder.path(), "It is a sharp photograph.", "It's blurred.");
    let told = looked(&mut room);
    assert_eq!(
        notes(&told),
        [
            "The scenario was saved, and the exercise goes on in the new one. All 2 moves so far hold in it."
        ]
    );
    let exercise = room.exercise().expect("it goes on");
    assert_eq!(exercise.moves().len(), 2);

    // A scenario with a mistake, and one in which the first move is gone.
    change(folder.path(), "\nsummary:", "\nsummry:");
    let told = looked(&mut room);
    let note = notes(&told)[0];
    assert!(
        note.contains("goes on in the old one: ")
            && note.contains("scenario.yaml:6:1: error[unknown-field]"),
        "{note}"
    );
    change(folder.path(), "\nsummry:", "\nsummary:");
    change(folder.path(), "look: {label", "look_at_it: {label");
    change(folder.path(), "default: look", "default: look_at_it");
    let told = looked(&mut room);
    let note = notes(&told)[0];
    assert!(
        note.ends_with("the old one: move 1, `choose note look`, no longer holds. There is an unknown option `look`."),
        "{note}"
    );
    assert_eq!(room.exercise().expect("it goes on").moves().len(), 2);
    // It is reported once.
    assert!(looked(&mut room).is_empty());
}

#[test]
fn a_rehearsal_says_on_screen_that_it_goes_on() {
    let folder = folder();
    mine(folder.path());
    let program = [
        env!("CARGO_BIN_EXE_sandtable"),
        "play",
        "mine",
        "--watch",
        "--seed",
        "7",
    ];
    let mut terminal = Terminal::start(&program, folder.path(), (100, 40), &[]);
    terminal.shows("STARTEX");
    terminal.send("\r");
    terminal.shows("Photograph it and touch nothing");
    change(
        folder.path(),
        "Photograph it and touch nothing",
        "Photograph both sides",
    );
    terminal.shows("The scenario was saved");
    assert!(!terminal.text().contains("Trouble"), "{}", terminal.text());
    terminal.send("\r");
    terminal.shows("Photograph both sides");
    terminal.send("\u{3}");
    assert_eq!(terminal.ends(), 130);
    let kept = folder.path().join(".local/state/sandtable");
    assert!(!kept.exists(), "a rehearsal is not recorded");
}
