//! Countdowns of a room, by a clock on its wall that the tests turn.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use sandtable::engine::view::Reason;
use sandtable::front::facilitate::Facilitate;
use sandtable::front::{MoveById, Msg, Request, Room};
use sandtable::local::LocalRoom;
use sandtable::room::{JournalPlace, Recorder, RoomSettings};

use crate::program::folder;
use crate::room::two;

/// Where the hands of a clock on the wall stand, in seconds: one for each test that moves them.
static FIRST: AtomicI64 = AtomicI64::new(1_000_000);
static SECOND: AtomicI64 = AtomicI64::new(1_000_000);

fn shown_by(clock: &AtomicI64) -> Timestamp {
    Timestamp::from_second(clock.load(Ordering::SeqCst)).expect("it is a time")
}

fn counted(told: &[Msg]) -> Option<Vec<(String, u32)>> {
    told.iter().rev().find_map(|msg| match msg {
        Msg::Countdowns(them) => {
            let them = them.iter();
            Some(them.map(|it| (it.decision.clone(), it.seconds)).collect())
        }
        _ => None,
    })
}

fn countdown(room: &mut LocalRoom, seconds: u32) -> Vec<Msg> {
    room.ask(Request::Facilitate(Facilitate::Countdown {
        decision: None,
        seconds,
    }))
}

#[test]
fn the_end_of_a_countdown_takes_the_default_and_a_pause_stops_it() {
    let room = LocalRoom::new(RoomSettings::new(Vec::new(), || 0)).timed_by(|| shown_by(&FIRST));
    let mut room = two(room);
    assert!(room.wakes().is_none(), "nothing happens by itself");
    let told = countdown(&mut room, 60);
    assert_eq!(counted(&told), Some(vec![("note".to_owned(), 60)]));
    assert!(room.wakes().is_some());
    FIRST.fetch_add(20, Ordering::SeqCst);
    assert_eq!(counted(&room.wake()), Some(vec![("note".to_owned(), 40)]));
    room.ask(Request::Facilitate(Facilitate::Pause));
    FIRST.fetch_add(500, Ordering::SeqCst);
    assert!(room.wakes().is_none() && room.wake().is_empty());
    room.ask(Request::Facilitate(Facilitate::GoOn));
    FIRST.fetch_add(39, Ordering::SeqCst);
    assert_eq!(counted(&room.wake()), Some(vec![("note".to_owned(), 1)]));
    FIRST.fetch_add(1, Ordering::SeqCst);
    let told = room.wake();
    let made = MoveById::Choose("note".to_owned(), "look".to_owned());
    let by = Reason {
        by: "the countdown".to_owned(),
        ..Reason::default()
    };
    let is_it = |msg: &Msg| matches!(msg, Msg::Made(it, reason) if *it == made && *reason == by);
    assert!(told.iter().any(is_it), "{told:?}");
    assert_eq!(counted(&told), Some(Vec::new()));
    assert!(room.wakes().is_none());
}

#[test]
fn a_countdown_is_told_to_those_who_hear_the_question() {
    let mut room = two(LocalRoom::new(RoomSettings::new(Vec::new(), || 0)));
    countdown(&mut room, 60);
    // The next question, after two hours, is the manager's.
    room.ask(Request::Facilitate(Facilitate::Wait));
    let told = room.ask(Request::Facilitate(Facilitate::Wait));
    assert_eq!(counted(&told), Some(vec![("waiting_words".to_owned(), 60)]));
    assert_eq!(counted(&room.ask(Request::Seat(1))), Some(Vec::new()));
    let back = room.ask(Request::Seat(0));
    assert_eq!(counted(&back), Some(vec![("waiting_words".to_owned(), 60)]));
}

#[test]
fn a_countdown_does_not_run_while_nobody_is_there() {
    let folder = folder();
    let path = folder.path().join("a.jsonl");
    let recorder = Recorder {
        place: JournalPlace::File(path.clone()),
        number: || 0,
    };
    let room = LocalRoom::new(RoomSettings {
        recorder: Some(recorder),
        ..RoomSettings::new(Vec::new(), || 0)
    })
    .timed_by(|| shown_by(&SECOND));
    let mut room = two(room);
    countdown(&mut room, 600);
    SECOND.fetch_add(100, Ordering::SeqCst);
    room.ask(Request::Note("Fire alarm.".to_owned()));
    drop(room);
    SECOND.fetch_add(5_000, Ordering::SeqCst);
    let mut room =
        LocalRoom::new(RoomSettings::new(Vec::new(), || 0)).timed_by(|| shown_by(&SECOND));
    let mut told = room.ask(Request::Reopen {
        exercise: path.to_str().expect("a path of text").to_owned(),
        replay: false,
    });
    // After its briefing a face asks for STARTEX, which has come.
    told.extend(room.ask(Request::Begin));
    let all = |msg: &Msg| match msg {
        Msg::Countdowns(them) => them.first().map(|it| it.seconds),
        _ => None,
    };
    let all: Vec<u32> = told.iter().filter_map(all).collect();
    assert_eq!(all, [600, 500], "as it was said then, and as it stands now");
    SECOND.fetch_add(499, Ordering::SeqCst);
    assert_eq!(counted(&room.wake()), Some(vec![("note".to_owned(), 1)]));
}

#[test]
fn no_countdown_runs_back_for_somebody_who_follows() {
    let folder = folder();
    let path = folder.path().join("a.jsonl");
    let recorder = Recorder {
        place: JournalPlace::File(path.clone()),
        number: || 0,
    };
    let mut player = two(LocalRoom::new(RoomSettings {
        recorder: Some(recorder),
        ..RoomSettings::new(Vec::new(), || 0)
    }));
    countdown(&mut player, 300);
    // It looks a moment after the entries were made.
    let later = || Timestamp::from_second(2).expect("it is a time");
    let mut follower = LocalRoom::new(RoomSettings::new(Vec::new(), || 0)).timed_by(later);
    let told = follower.ask(Request::Follow {
        exercise: path.to_str().expect("a path of text").to_owned(),
        roles: Vec::new(),
    });
    assert_eq!(counted(&told), Some(vec![("note".to_owned(), 298)]));
    player.ask(Request::Note("Tea.".to_owned()));
    let told = follower.wake();
    assert!(told.iter().any(|it| matches!(it, Msg::Note(_))), "{told:?}");
    assert_eq!(counted(&told), None);
}
