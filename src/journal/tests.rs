//! What a disk, a hand or a crash can do to a journal.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use crate::journal::disk::Medium;
use crate::journal::line::{self, HeadLine};
use crate::journal::{
    ENDING, Entry, EntryKind, ExerciseStatus, Fault, Forced, Head, Journal, JournalError,
    RecordedBallot, RecordedCountdown, RecordedInject, RecordedMove, RecordedNote, RecordedRoll,
    RecordedSeat, Reveal, Stopped, Tail, TakeBack, find, forget, list, look, name, read,
    unfinished,
};
use crate::scenario::read::Folder;

fn head() -> Head {
    Head {
        program: "0.1.0".to_owned(),
        begun: "2022-08-02T20:00:00Z".to_owned(),
        scenario: "small".to_owned(),
        folder: Folder {
            path: "small".to_owned(),
            files: BTreeMap::from([("scenario.yaml".to_owned(), b"id: small\n".to_vec())]),
            single: false,
        },
        variant: None,
        cut: Some("first_hours".to_owned()),
        seed: 7,
        team: "Blue".to_owned(),
        seats: vec![RecordedSeat {
            roles: vec!["tech".to_owned(), "clinical".to_owned()],
            person: "Anna".to_owned(),
        }],
        minute: 30,
        rolled: Vec::new(),
    }
}

fn entry(what: EntryKind, minute: i64) -> Entry {
    let at = "2022-08-02T20:00:05Z".parse().expect("it is a time");
    Entry { at, minute, what }
}

fn step(made: &str, minute: i64) -> Entry {
    let chance = "eviction \"quoted\"".to_owned();
    let step = RecordedMove {
        made: made.to_owned(),
        rolled: vec![RecordedRoll {
            chance,
            outcome: 2,
            forced: false,
        }],
        ..RecordedMove::default()
    };
    entry(EntryKind::Move(step), minute)
}

fn stopped() -> Entry {
    entry(EntryKind::Stopped(Stopped::default()), 90)
}

/// A journal with three moves and a stop.
fn written(folder: &Path) -> PathBuf {
    let path = folder.join("a.jsonl");
    let mut journal = Journal::create(&path, &head()).expect("there is room");
    for (made, minute) in [("wait", 60), ("choose odd_logon cut", 60), ("wait", 90)] {
        journal.enter(&step(made, minute)).expect("there is room");
    }
    journal.enter(&stopped()).expect("there is room");
    path
}

fn bytes() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::read(written(folder.path())).expect("it was written")
}

/// Where each line begins, and where the last one ends.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let ends = (0..bytes.len()).filter(|at| bytes[*at] == b'\n');
    std::iter::once(0).chain(ends.map(|at| at + 1)).collect()
}

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
const KEPT: &str = include_str!("tests/version-1.jsonl");

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
    let (content, _) = line::unsealed(&bytes[..end]).expect("it fits");
    let mut head: HeadLine = line::parsed(content).expect("it is a head");
    change(&mut head);
    line::sealed(&head).0.into_bytes()
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
            broken(1, "the scenario's text is not that of its fingerprint"),
        ),
        (
            changed(|head| head.seq = 1),
            broken(1, "something should stand before it"),
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
    let (text, hash) = line::sealed(&next);
    (text.into_bytes(), hash)
}

/// A disk with room for so many bytes.
#[derive(Debug, Default)]
struct Small {
    room: usize,
    held: Vec<u8>,
    /// Cannot even cut.
    stuck: bool,
}

#[derive(Clone, Debug, Default)]
struct Shared(Arc<Mutex<Small>>);

impl Medium for Shared {
    fn append(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.0.lock().expect("one thread");
        assert_eq!(disk.held.len() as u64, at, "it is written at the end");
        let fits = bytes.len().min(disk.room.saturating_sub(disk.held.len()));
        disk.held.extend(&bytes[..fits]);
        if fits < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    fn cut(&mut self, at: u64) -> io::Result<()> {
        let mut disk = self.0.lock().expect("one thread");
        if disk.stuck {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        disk.held.truncate(at as usize);
        Ok(())
    }
}

#[test]
fn a_full_disk_refuses_the_move_and_takes_it_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    let journal = Journal::create(&path, &head()).expect("there is room");
    let begun = fs::read(&path).expect("it was written");
    for stuck in [false, true] {
        let disk = Shared::default();
        *disk.0.lock().expect("one thread") = Small {
            room: begun.len() + 40,
            held: begun.clone(),
            stuck,
        };
        fs::remove_file(&path).expect("it is there");
        let journal = Journal::create(&path, &head()).expect("there is room");
        let mut journal = journal.on(disk.clone());
        for _ in 0..3 {
            let error = journal.enter(&step("wait", 60)).expect_err("it is full");
            assert!(matches!(error, JournalError::Io { doing: "write", .. }));
        }
        {
            let mut disk = disk.0.lock().expect("one thread");
            let left = if stuck { begun.len() + 40 } else { begun.len() };
            assert_eq!(disk.held.len(), left, "half a line is cut where it can be");
            (disk.room, disk.stuck) = (1 << 20, false);
        }
        journal.enter(&step("wait", 60)).expect("there is room now");
        let held = disk.0.lock().expect("one thread").held.clone();
        assert_eq!(read(&held).expect("it is whole").recorded.moves(), 1);
    }
    drop(journal);
}

#[test]
fn a_journal_goes_on_in_another_folder_with_all_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let (journal, _) = Journal::open(&path).expect("it is whole");
    let mut journal = journal.on(Shared::default());
    let other = folder.path().join("other/place");
    journal.move_to(&other).expect("there is room");
    journal.enter(&step("wait", 120)).expect("there is room");
    assert_eq!(journal.path(), other.join("a.jsonl"));
    let moved = look(journal.path()).expect("it is whole");
    assert_eq!(moved.recorded.moves(), 4);
    let before = look(&path).expect("the old one stays");
    assert_eq!(before.recorded.moves(), 3);
    let again = journal.move_to(&other).expect_err("it is there already");
    assert!(matches!(again, JournalError::Exists(_)));
}

#[test]
fn one_journal_has_one_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let (journal, _) = Journal::open(&path).expect("nobody holds it");
    assert!(matches!(Journal::open(&path), Err(JournalError::Busy(_))));
    look(&path).expect("it can be read all the same");
    drop(journal);
    Journal::open(&path).expect("nobody holds it any more");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_journal() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("state/exercises");
    fs::create_dir(folder.path().join("state")).expect("it can be made");
    Journal::create(&inside.join("a.jsonl"), &head()).expect("there is room");
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(&inside.join("a.jsonl")), 0o600);
    assert_eq!(mode(&inside), 0o700);
}

#[test]
fn names_say_what_and_when() {
    assert_eq!(name("a b/c", "2022-08-02", 0), "a-b-c-2022-08-02-aaaaaa");
    let other = name("advanced-2022", "2022-08-02", 27);
    assert_eq!(other, "advanced-2022-2022-08-02-bbaaaa");
}

#[test]
fn an_exercise_is_found_by_as_much_of_its_name_as_no_other_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = folder.path();
    for name in ["alpha-1", "alpha-2", "beta-1"] {
        let path = shelf.join(format!("{name}{ENDING}"));
        let mut journal = Journal::create(&path, &head()).expect("there is room");
        if name == "beta-1" {
            journal
                .enter(&entry(EntryKind::Ended, 30))
                .expect("there is room");
        }
    }
    fs::write(shelf.join("notes.txt"), "").expect("it can be written");
    fs::write(shelf.join("broken.jsonl"), "x\n").expect("it can be written");
    let found = |wanted| find(Some(shelf), wanted);
    let stem = |path: PathBuf| path.file_stem().map(|it| it.to_string_lossy().into_owned());
    assert_eq!(stem(found(Some("b-")).unwrap_or_default()), None);
    assert_eq!(
        stem(found(Some("beta")).expect("one")).as_deref(),
        Some("beta-1")
    );
    assert_eq!(
        stem(found(Some("alpha-2.jsonl")).expect("one")).as_deref(),
        Some("alpha-2")
    );
    assert!(matches!(
        found(Some("alpha")),
        Err(JournalError::Several { .. })
    ));
    assert!(matches!(found(Some("")), Err(JournalError::Unknown { .. })));
    let newest = stem(found(None).expect("two are unfinished")).expect("it has a name");
    assert!(newest.starts_with("alpha"), "{newest}");

    let open = unfinished(shelf, 1).expect("it can be read");
    assert_eq!(open.len(), 1);
    assert!(open[0].name.starts_with("alpha"), "{}", open[0].name);
    let open = unfinished(shelf, 9).expect("it can be read");
    assert_eq!(open.len(), 2);

    let states: Vec<_> = list(shelf)
        .expect("it can be read")
        .into_iter()
        .map(|it| (it.name, it.summary.ok().map(|it| it.standing)))
        .collect();
    assert_eq!(states.len(), 4);
    assert!(states.contains(&("beta-1".to_owned(), Some(ExerciseStatus::Ended))));
    assert!(states.contains(&("broken".to_owned(), None)));
    assert!(states.contains(&("alpha-1".to_owned(), Some(ExerciseStatus::Left))));

    let held = Journal::open(&shelf.join("alpha-1.jsonl")).expect("nobody holds it");
    assert!(matches!(
        forget(Some(shelf), "alpha-1"),
        Err(JournalError::Busy(_))
    ));
    assert!(matches!(
        forget(Some(shelf), "alpha"),
        Err(JournalError::Unknown { .. })
    ));
    drop(held);
    forget(Some(shelf), "alpha-1").expect("it can go");
    forget(Some(shelf), "alpha-2").expect("it can go");
    assert!(matches!(found(None), Err(JournalError::NoneLeft)));
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
        let (_, prev) = line::unsealed(&journal[..journal.len() - 1]).expect("it fits");
        let next = serde_json::json!({
            "seq": 1, "prev": prev, "at": "2022-08-02T20:00:05Z", "minute": minute,
            "entry": {"move": {"made": text, "rolled": [{"chance": made, "outcome": outcome}]}},
        });
        journal.extend(line::sealed(&next).0.bytes());
        let recorded = read(&journal).expect("it is a journal").recorded;
        let EntryKind::Move(step) = &recorded.entries[0].what else {
            panic!("it is a move");
        };
        prop_assert_eq!(&step.made, &made);
        journal.extend(line::sealed(&serde_json::Value::String(content)).0.bytes());
        prop_assert!(read(&journal).is_err());
    }
}
