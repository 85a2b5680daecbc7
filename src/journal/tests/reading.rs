//! What is read again, and what is refused.

use std::fs;
use std::io;
use std::path::Path;

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use crate::journal::line::{self, HeadLine};
use crate::journal::tests::{bytes, entry, head, starts, step, written};
use crate::journal::{
    EntryKind, Fault, Journal, JournalError, RecordedNote, Tail, TakeBack, look, read,
};

#[test]
fn what_is_written_is_read_again() {
    let reading = read(&bytes()).expect("it is whole");
    let recorded = reading.recorded;
    assert!(!reading.torn);
    assert_eq!(recorded.moves(), 3);
    assert_eq!(recorded.entries[1], step("choose odd_logon cut", 60));
    assert!(recorded.is_stopped() && !recorded.has_ended());
    assert_eq!(recorded.minute(), 90);
    assert_eq!(recorded.head.cut.as_deref(), Some("first_hours"));
    assert_eq!(recorded.head.folder.files, head().folder.files);
}

/// A file as version 1 wrote it: it must stay readable.
const KEPT: &str = include_str!("version-1.jsonl");

#[test]
fn a_journal_of_version_1_stays_as_it_is() {
    assert_eq!(String::from_utf8_lossy(&bytes()), KEPT);
}

#[test]
fn torn_at_any_byte_of_the_last_two_lines_it_goes_on() {
    let bytes = bytes();
    let starts = starts(&bytes);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("torn.jsonl");
    for end in starts[starts.len() - 3]..bytes.len() {
        let whole = starts.iter().filter(|start| **start <= end).count() - 1;
        let steps = (whole - 1).min(3);
        fs::write(&path, &bytes[..end]).expect("it can be written");
        let (mut journal, reading) = Journal::open(&path).expect("only the end is torn");
        assert_eq!(reading.recorded.moves(), steps, "cut at {end}");
        assert_eq!(reading.torn, !starts.contains(&end), "cut at {end}");
        journal.enter(&step("wait", 120)).expect("there is room");
        drop(journal);
        let again = look(&path).expect("it is whole again");
        assert_eq!(again.recorded.moves(), steps + 1);
        assert!(!again.torn);
    }
}

#[test]
fn a_wrong_byte_is_cut_in_the_last_line_and_refused_anywhere_else() {
    let bytes = bytes();
    let starts = starts(&bytes);
    let last = starts[starts.len() - 2];
    for at in 0..bytes.len() - 1 {
        let mut wrong = bytes.clone();
        wrong[at] ^= 1;
        match read(&wrong) {
            Ok(reading) => assert!(at >= last && reading.torn, "byte {at}"),
            Err(fault) => assert!(at < last, "byte {at}: {fault:?}"),
        }
    }
}

#[test]
fn lines_that_are_missing_moved_or_doubled_are_refused() {
    let text = String::from_utf8(bytes()).expect("it is text");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let cases: &[(&[usize], usize)] = &[
        (&[0, 2, 3, 4], 2),
        (&[0, 1, 3, 2, 4], 3),
        (&[0, 1, 1, 2], 3),
        (&[0, 1, 2, 3, 4, 4], 6),
        (&[0, 0], 2),
    ];
    for (order, line) in cases {
        let text: String = order.iter().map(|place| lines[*place]).collect();
        match read(text.as_bytes()) {
            Err(Fault::Broken { line: found, .. }) => assert_eq!(found, *line, "{order:?}"),
            other => panic!("{order:?}: {other:?}"),
        }
    }
}

/// The head with something changed, and its hash made to fit.
fn changed(change: impl FnOnce(&mut HeadLine)) -> Vec<u8> {
    let bytes = bytes();
    let end = starts(&bytes)[1] - 1;
    let (content, _) = line::unseal(&bytes[..end]).expect("it fits");
    let mut head: HeadLine = line::parse(content).expect("it is a head");
    change(&mut head);
    line::seal(&head).0.into_bytes()
}

#[test]
fn what_cannot_be_gone_on_with_is_refused_by_its_name() {
    let broken = |line, what: &str| Fault::Broken {
        line,
        what: what.to_owned(),
    };
    let cases: Vec<(Vec<u8>, Fault)> = vec![
        (b"".to_vec(), Fault::HeadTorn),
        (bytes()[..100].to_vec(), Fault::HeadTorn),
        (b"shopping list\n".to_vec(), Fault::Foreign),
        (b"shopping list".to_vec(), Fault::Foreign),
        (b"{\"name\": 1}\n".to_vec(), Fault::Foreign),
        (b"\xff\xfe\n".to_vec(), Fault::Foreign),
        (b"{\"journal\":2,\"new\":true}\n".to_vec(), Fault::Newer(2)),
        (changed(|head| head.journal = 7), Fault::Newer(7)),
        (
            changed(|head| head.rolls = "dice".to_owned()),
            Fault::Algorithm("dice".to_owned()),
        ),
        (changed(|head| head.files.clear()), Fault::NoText),
        (
            changed(|head| {
                head.files
                    .insert("scenario.yaml".to_owned(), "id: other\n".to_owned());
            }),
            broken(1, "the scenario's text does not match its fingerprint"),
        ),
        (
            changed(|head| head.seq = 1),
            broken(1, "the lines before it are missing"),
        ),
    ];
    for (bytes, expected) in cases {
        let fault = read(&bytes).expect_err("it is no journal of ours");
        assert_eq!(fault, expected, "{}", String::from_utf8_lossy(&bytes));
        let error = JournalError::fault(Path::new("a.jsonl"), fault);
        assert!(!error.hint().is_empty(), "{error} says not what to do");
    }
}

#[test]
fn nothing_follows_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    let mut journal = Journal::create(&path, &head()).expect("there is room");
    journal
        .enter(&entry(EntryKind::Ended, 30))
        .expect("there is room");
    let note = RecordedNote {
        text: "Well done.".to_owned(),
        ..RecordedNote::default()
    };
    let note = entry(EntryKind::Note(note), 30);
    journal.enter(&note).expect("there is room");
    let bytes = fs::read(&path).expect("it was written");
    let reading = read(&bytes).expect("a room talks after the end");
    assert!(reading.recorded.has_ended());
    journal.enter(&step("wait", 60)).expect("there is room");
    let bytes = fs::read(&path).expect("it was written");
    assert!(matches!(read(&bytes), Err(Fault::Broken { line: 4, .. })));
}

#[test]
fn moves_that_were_taken_back_are_not_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let (mut journal, _) = Journal::open(&path).expect("it is whole");
    let back = |to| entry(EntryKind::TakeBack(TakeBack { to }), 60);
    journal.enter(&back(1)).expect("there is room");
    journal.enter(&step("wait", 90)).expect("there is room");
    assert_eq!(look(&path).expect("it is whole").recorded.moves(), 2);
    journal.enter(&back(3)).expect("there is room");
    let bytes = fs::read(&path).expect("it was written");
    assert!(matches!(read(&bytes), Err(Fault::Broken { line: 8, .. })));
}

#[test]
fn a_journal_that_grows_is_read_as_far_as_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let mut tail = Tail::open(&path).expect("it is whole");
    assert_eq!(tail.entries().len(), 4);
    let (mut journal, _) = Journal::open(&path).expect("nobody holds it");
    journal.enter(&step("wait", 120)).expect("there is room");
    tail.more().expect("it grew");
    assert_eq!(tail.entries().len(), 5);
    let whole = fs::read(&path).expect("it is there");
    let (last, _) = line_after(&whole, "wait");
    // Half a line is being written: it is read once it is whole.
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .expect("it is there");
    let (first, second) = last.split_at(last.len() / 2);
    for (part, entries) in [(first, 5), (second, 6)] {
        io::Write::write_all(&mut file, part).expect("there is room");
        tail.more().expect("only the end is torn");
        assert_eq!(tail.entries().len(), entries);
    }
    io::Write::write_all(&mut file, b"shopping list\nmilk\n").expect("there is room");
    assert!(tail.more().is_err());
}

/// The next line of a journal, without writing it.
fn line_after(whole: &[u8], made: &str) -> (Vec<u8>, String) {
    let reading = read(whole).expect("it is whole");
    let next = line::NextLine {
        seq: reading.seq,
        prev: reading.prev,
        at: "2022-08-02T20:00:05Z".parse().expect("it is a time"),
        minute: 150,
        entry: step(made, 150).what,
    };
    let (text, hash) = line::seal(&next);
    (text.into_bytes(), hash)
}

proptest! {
    #[test]
    fn any_bytes_end_in_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes);
        let mut begun = line::HEAD_BEGINS.as_bytes().to_vec();
        begun.extend(&bytes);
        prop_assert!(read(&begun).is_err());
    }

    #[test]
    fn any_content_with_a_hash_that_fits_ends_in_a_value_or_an_error(
        content in "[{}\\[\\]\",:a-z0-9\\\\-]{0,60}",
        made in ".{0,40}",
        minute in any::<i64>(),
        outcome in any::<usize>(),
    ) {
        let mut journal = changed(|head| head.minute = minute);
        let text = serde_json::Value::String(made.clone());
        let (_, prev) = line::unseal(&journal[..journal.len() - 1]).expect("it fits");
        let next = serde_json::json!({
            "seq": 1, "prev": prev, "at": "2022-08-02T20:00:05Z", "minute": minute,
            "entry": {"move": {"made": text, "rolled": [{"chance": made, "outcome": outcome}]}},
        });
        journal.extend(line::seal(&next).0.bytes());
        let recorded = read(&journal).expect("it is a journal").recorded;
        let EntryKind::Move(step) = &recorded.entries[0].what else {
            panic!("it is a move");
        };
        prop_assert_eq!(&step.made, &made);
        journal.extend(line::seal(&serde_json::Value::String(content)).0.bytes());
        prop_assert!(read(&journal).is_err());
    }
}
