//! A journal that somebody removes, replaces or changes while it is played.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::journal::tests::{step, written};
use crate::journal::{Journal, JournalError, JournalLoss, Tail, look};

/// A journal that is open, with three moves, and its path.
fn open(folder: &Path) -> (Journal, PathBuf) {
    let path = written(folder);
    let (journal, _) = Journal::open(&path).expect("nobody holds it");
    (journal, path)
}

fn enter(journal: &mut Journal, minute: i64) {
    let entered = journal.enter(&step("wait", minute));
    entered.unwrap_or_else(|error| panic!("there is room: {error}"));
}

fn moves(path: &Path) -> usize {
    let reading = look(path).unwrap_or_else(|error| panic!("it is whole: {error}"));
    assert!(!reading.torn);
    reading.recorded.moves()
}

/// Writes into the file itself, as some editors do, and not in the same instant.
fn write_at(path: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new()
        .write(true)
        .open(path)
        .expect("it is there");
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(at)).expect("a place");
    file.write_all(bytes).expect("there is room");
    let later = SystemTime::now() + Duration::from_secs(5);
    file.set_modified(later).expect("it is ours");
}

#[test]
fn whatever_becomes_of_the_file_everything_is_written_again() {
    type Harm = fn(&Path);
    let cases: [(&str, Harm, JournalLoss); 8] = [
        (
            "removed",
            |path| fs::remove_file(path).expect("it is there"),
            JournalLoss::Removed,
        ),
        (
            "moved",
            |path| fs::rename(path, path.with_extension("old")).expect("it is there"),
            JournalLoss::Removed,
        ),
        (
            "its folder removed",
            |path| {
                let folder = path.parent().expect("it lies in one");
                fs::remove_dir_all(folder).expect("it is there");
            },
            JournalLoss::Removed,
        ),
        (
            "replaced",
            |path| {
                fs::remove_file(path).expect("it is there");
                fs::write(path, "milk\n").expect("there is room");
            },
            JournalLoss::Replaced,
        ),
        (
            "replaced by a copy of itself",
            |path| {
                let text = fs::read(path).expect("it is there");
                fs::remove_file(path).expect("it is there");
                fs::write(path, text).expect("there is room");
            },
            JournalLoss::Replaced,
        ),
        (
            "cut short",
            |path| {
                let file = OpenOptions::new()
                    .write(true)
                    .open(path)
                    .expect("it is there");
                file.set_len(100).expect("it is shorter");
            },
            JournalLoss::Shortened,
        ),
        (
            "changed",
            |path| write_at(path, 20, b"?"),
            JournalLoss::Changed,
        ),
        (
            "added to",
            |path| {
                let end = fs::metadata(path).expect("it is there").len();
                write_at(path, end, b"milk\n");
            },
            JournalLoss::Changed,
        ),
    ];
    for (what, harm, loss) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("inside");
        fs::create_dir(&inside).expect("it can be made");
        let (mut journal, path) = open(&inside);
        enter(&mut journal, 120);
        assert_eq!(journal.take_notice(), None, "{what}");
        harm(&path);
        let theirs = fs::read(&path).ok();
        enter(&mut journal, 150);
        let notice = journal.take_notice().expect("it is said");
        assert!(notice.contains(&loss.to_string()), "{what}: {notice}");
        assert!(
            notice.contains(&journal.path().display().to_string()),
            "{notice}"
        );
        assert_eq!(moves(journal.path()), 5, "{what}");
        // What somebody put there stays.
        if theirs.is_some() {
            assert_eq!(journal.path(), inside.join("a-2.jsonl"), "{what}");
            assert!(fs::read(&path).ok() == theirs, "{what}");
        } else {
            assert_eq!(journal.path(), path, "{what}");
        }
        // It goes on there, and is said once.
        enter(&mut journal, 180);
        assert_eq!(journal.take_notice(), None, "{what}");
        assert_eq!(moves(journal.path()), 6, "{what}");
        assert!(
            matches!(Journal::open(journal.path()), Err(JournalError::Busy(_))),
            "{what}"
        );
    }
}

#[test]
fn it_can_be_lost_more_than_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut journal, _) = open(folder.path());
    for (number, name) in ["a-2.jsonl", "a-3.jsonl", "a-4.jsonl"]
        .into_iter()
        .enumerate()
    {
        let path = journal.path().to_owned();
        let file = OpenOptions::new()
            .write(true)
            .open(&path)
            .expect("it is there");
        file.set_len(0).expect("it is shorter");
        enter(&mut journal, 120);
        assert_eq!(journal.path(), folder.path().join(name));
        assert_eq!(moves(journal.path()), 4 + number);
    }
}

#[test]
fn touching_or_reading_it_is_no_loss() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut journal, path) = open(folder.path());
    let touched = File::options()
        .append(true)
        .open(&path)
        .expect("it is there");
    touched
        .set_modified(SystemTime::UNIX_EPOCH)
        .expect("it is ours");
    fs::read(&path).expect("it is there");
    fs::hard_link(&path, folder.path().join("second")).expect("it can have two names");
    enter(&mut journal, 120);
    assert_eq!(
        (journal.take_notice(), journal.path()),
        (None, path.as_path())
    );
}

#[test]
fn where_it_cannot_be_written_again_nothing_is_made_until_somebody_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).expect("it can be made");
    let (mut journal, path) = open(&inside);
    fs::remove_dir_all(&inside).expect("it is there");
    fs::write(&inside, "a file").expect("it can be written");
    for _ in 0..2 {
        let error = journal
            .enter(&step("wait", 120))
            .expect_err("there is no folder");
        let loss = JournalLoss::Removed;
        assert!(
            matches!(&error, JournalError::Lost { loss: it, .. } if *it == loss),
            "{error}"
        );
        assert!(!error.hint().is_empty());
    }
    assert_eq!(journal.path(), path);
    journal
        .move_to(&folder.path().join("other"))
        .expect("there is room");
    enter(&mut journal, 120);
    assert_eq!(moves(&folder.path().join("other/a.jsonl")), 4);
    assert_eq!(journal.take_notice(), None);
}

#[test]
fn whoever_follows_it_begins_anew_where_it_was_written_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut journal, path) = open(folder.path());
    let mut tail = Tail::open(&path).expect("it is whole");
    assert!(tail.more().expect("it can be read"));
    fs::remove_file(&path).expect("it is there");
    assert!(tail.more().expect("it is still open"));
    enter(&mut journal, 120);
    assert!(!tail.more().expect("it can be read"));
    assert_eq!(
        Tail::open(&path).expect("it is whole").recorded().moves(),
        4
    );
}
