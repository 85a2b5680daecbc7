//! Every kind of entry, torn anywhere.

use std::fs;

use crate::journal::tests::{entry, written};
use crate::journal::{
    EntryKind, Forced, Journal, RecordedBallot, RecordedCountdown, RecordedInject, RecordedMove,
    RecordedNote, RecordedRoll, Reveal, Stopped, TakeBack, read,
};

/// One of every kind, with nothing in it left out.
fn every_kind() -> Vec<EntryKind> {
    let text = || "Who rings “whom”? \u{1b}[31m é".to_owned();
    vec![
        EntryKind::Move(RecordedMove {
            made: "choose odd_logon cut".to_owned(),
            rolled: vec![RecordedRoll {
                chance: "eviction".to_owned(),
                outcome: 2,
                forced: true,
            }],
            seat: Some(1),
            by: text(),
            why: text(),
            sure: Some(100),
        }),
        EntryKind::Roll(Forced {
            chance: "eviction".to_owned(),
            outcome: 1,
        }),
        EntryKind::TakeBack(TakeBack { to: 2 }),
        EntryKind::Inject(RecordedInject {
            to: vec!["tech".to_owned()],
            from: text(),
            title: text(),
            text: text(),
        }),
        EntryKind::Note(RecordedNote {
            seat: Some(0),
            role: Some("tech".to_owned()),
            objective: Some("calm".to_owned()),
            rating: Some('S'),
            text: text(),
        }),
        EntryKind::Ballot(RecordedBallot {
            decision: "odd_logon".to_owned(),
            seat: 0,
            option: "cut".to_owned(),
            sure: Some(0),
        }),
        EntryKind::Reveal(Reveal {
            decision: "odd_logon".to_owned(),
        }),
        EntryKind::Countdown(RecordedCountdown {
            decision: Some("odd_logon".to_owned()),
            seconds: 300,
        }),
        EntryKind::Pause,
        EntryKind::GoOn,
        EntryKind::Resumed,
        EntryKind::Stopped(Stopped { why: text() }),
        EntryKind::Ended,
    ]
}

/// Whether there is a case for it above: another kind does not compile here until it has one.
fn has_a_case(what: &EntryKind) -> usize {
    match what {
        EntryKind::Move(_) => 0,
        EntryKind::Roll(_) => 1,
        EntryKind::TakeBack(_) => 2,
        EntryKind::Inject(_) => 3,
        EntryKind::Note(_) => 4,
        EntryKind::Ballot(_) => 5,
        EntryKind::Reveal(_) => 6,
        EntryKind::Countdown(_) => 7,
        EntryKind::Pause => 8,
        EntryKind::GoOn => 9,
        EntryKind::Resumed => 10,
        EntryKind::Stopped(_) => 11,
        EntryKind::Ended => 12,
    }
}

#[test]
fn torn_at_any_byte_of_an_entry_of_any_kind_it_goes_on_without_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("torn.jsonl");
    for (place, what) in every_kind().into_iter().enumerate() {
        assert_eq!(has_a_case(&what), place);
        let before = fs::read(written(folder.path())).expect("it was written");
        let (mut journal, _) = Journal::open(&folder.path().join("a.jsonl")).expect("it is whole");
        let last = entry(what, 90);
        journal.enter(&last).expect("there is room");
        drop(journal);
        let whole = fs::read(folder.path().join("a.jsonl")).expect("it was written");
        fs::remove_file(folder.path().join("a.jsonl")).expect("it is there");
        let reading = read(&whole).expect("it is whole");
        assert_eq!(reading.recorded.entries.last(), Some(&last));
        for end in before.len()..whole.len() {
            fs::write(&path, &whole[..end]).expect("it can be written");
            let (mut journal, reading) = Journal::open(&path).expect("only the end is torn");
            assert_eq!(reading.recorded.entries.len(), 4, "{last:?} cut at {end}");
            assert_eq!(reading.torn, end > before.len(), "{last:?} cut at {end}");
            // What was cut is entered once more, and the file is as if nothing had happened.
            journal.enter(&last).expect("there is room");
            drop(journal);
            assert_eq!(fs::read(&path).expect("it is there"), whole, "cut at {end}");
        }
    }
}
