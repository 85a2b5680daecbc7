//! One journal has one writer and any number of readers.

use std::fs::{self, File};
use std::path::Path;

use super::{step, written};
use crate::journal::{ExerciseStatus, Journal, JournalError, forget, list, look};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it can be read");
    let mut names: Vec<String> = entries
        .map(|it| it.expect("it can be read").file_name())
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn status(folder: &Path) -> ExerciseStatus {
    let listed = list(folder).expect("it can be read");
    listed[0].summary.as_ref().expect("it is whole").status
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

/// On a share of Windows and some other disks a lock stops readers too.
#[cfg(unix)]
#[test]
fn a_journal_that_is_played_is_not_locked_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let (journal, _) = Journal::open(&path).expect("nobody holds it");
    let reader = File::open(&path).expect("it is there");
    reader.try_lock_shared().expect("nobody keeps readers out");
    reader.unlock().expect("it was ours");
    assert_eq!(names(folder.path()), [".a.jsonl.lock", "a.jsonl"]);
    drop(journal);
    assert_eq!(names(folder.path()), ["a.jsonl"], "nothing is left behind");
}

#[cfg(unix)]
#[test]
fn what_a_killed_process_left_locks_nothing_and_goes_with_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let left = folder.path().join(".a.jsonl.lock");
    fs::write(&left, "").expect("there is room");
    assert_eq!(status(folder.path()), ExerciseStatus::Stopped);
    let (journal, _) = Journal::open(&path).expect("nobody holds it");
    assert_eq!(status(folder.path()), ExerciseStatus::InPlay);
    let busy = forget(Some(folder.path()), "a");
    assert!(matches!(busy, Err(JournalError::Busy(_))));
    drop(journal);
    fs::write(&left, "").expect("there is room");
    forget(Some(folder.path()), "a").expect("nobody holds it");
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_journal_is_locked_where_the_journal_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let link = folder.path().join("link.jsonl");
    std::os::unix::fs::symlink(&path, &link).expect("it can be made");
    let (journal, _) = Journal::open(&link).expect("nobody holds it");
    assert!(matches!(Journal::open(&path), Err(JournalError::Busy(_))));
    drop(journal);
    let _journal = Journal::open(&path).expect("nobody holds it");
    assert!(matches!(Journal::open(&link), Err(JournalError::Busy(_))));
}

/// Somebody else's link would lead the lock to any file.
#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_lock_is_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let (mine, link) = (
        folder.path().join("mine"),
        folder.path().join(".a.jsonl.lock"),
    );
    std::os::unix::fs::symlink(&mine, link).expect("it can be made");
    let refused = Journal::open(&path).map(|_| ());
    assert!(matches!(refused, Err(JournalError::Io { .. })));
    assert!(!mine.exists());
}

/// As on a full disk, or in a folder that may not be written.
#[cfg(unix)]
#[test]
fn a_journal_without_a_place_for_the_lock_is_continued_and_that_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let longest = format!("{}.jsonl", "a".repeat(249));
    let path = folder.path().join(longest);
    fs::rename(written(folder.path()), &path).expect("it can be renamed");
    let (mut journal, _) = Journal::open(&path).expect("it is whole");
    let notice = journal.take_notice().expect("it is said");
    assert!(notice.contains("no file locks"), "{notice}");
    journal.enter(&step("wait", 120)).expect("there is room");
}
