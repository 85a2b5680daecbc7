//! What stands between the lines, and a last line that is damaged.

use std::fs;
use std::path::Path;

use crate::journal::tests::{bytes, starts, step};
use crate::journal::{ExerciseStatus, Fault, Journal, list, look, read};

/// The journal of the tests as mail, an editor or a checkout hands it on.
fn handed_on() -> Vec<(&'static str, Vec<u8>)> {
    let text = String::from_utf8(bytes()).expect("it is text");
    let returns = text.replace('\n', "\r\n");
    vec![
        ("CR LF", returns.clone().into_bytes()),
        ("a byte order mark", format!("\u{feff}{text}").into_bytes()),
        ("both", format!("\u{feff}{returns}").into_bytes()),
        ("blank lines at the end", format!("{text}\n\n").into_bytes()),
        ("a line of spaces", format!("{text}  \n").into_bytes()),
        (
            "blank lines with CR LF",
            format!("{returns}\r\n\r\n").into_bytes(),
        ),
        (
            "blank lines between",
            text.replace('\n', "\n\n").into_bytes(),
        ),
    ]
}

#[test]
fn what_stands_between_the_lines_changes_nothing() {
    let wanted = read(&bytes()).expect("it is whole").recorded;
    let folder = tempfile::tempdir().expect("a folder");
    for (what, handed_on) in handed_on() {
        let reading = read(&handed_on).unwrap_or_else(|fault| panic!("{what}: {fault}"));
        assert!(!reading.torn && !reading.damaged, "{what}");
        assert_eq!(reading.recorded.entries, wanted.entries, "{what}");
        assert_eq!(reading.whole_bytes, handed_on.len(), "{what}");
        let path = folder.path().join("a.jsonl");
        fs::write(&path, &handed_on).expect("it can be written");
        let (mut journal, _) = Journal::open(&path).expect(what);
        journal.enter(&step("wait", 120)).expect("there is room");
        assert_eq!(journal.take_notice(), None, "{what}");
        let after = fs::read(&path).expect("it is there");
        assert!(
            after.starts_with(&handed_on),
            "{what}: nothing was written over"
        );
        assert_eq!(read(&after).expect(what).recorded.moves(), 4, "{what}");
    }
}

#[test]
fn an_altered_line_is_still_seen() {
    for (what, handed_on) in handed_on() {
        for at in 0..handed_on.len() {
            let mut wrong = handed_on.clone();
            wrong[at] ^= 1;
            let is_between = |byte: u8| byte.is_ascii_whitespace();
            match read(&wrong) {
                Ok(reading) if reading.torn => {}
                // Only what does not belong to a line may change unseen.
                Ok(_) => assert!(is_between(handed_on[at]), "{what}: byte {at}"),
                Err(_) => {}
            }
        }
    }
}

#[test]
fn a_wrong_line_is_counted_with_the_blank_ones() {
    let text = String::from_utf8(bytes()).expect("it is text");
    let wrong = text
        .replace('\n', "\n\n")
        .replacen("\"minute\":60", "\"minute\":61", 1);
    match read(wrong.as_bytes()) {
        Err(Fault::Broken { line, .. }) => assert_eq!(line, 3),
        other => panic!("{other:?}"),
    }
}

/// A journal whose last line ends in a line feed and does not match its hash.
fn damaged() -> (Vec<u8>, usize) {
    let mut bytes = bytes();
    let last = starts(&bytes)[starts(&bytes).len() - 2];
    // As a disk leaves it whose last block was never written.
    let end = bytes.len() - 3;
    bytes[end - 40..end].fill(0);
    (bytes, last)
}

fn beside(path: &Path, number: usize) -> std::path::PathBuf {
    let ending = if number == 1 {
        String::new()
    } else {
        format!("-{number}")
    };
    path.with_file_name(format!("a.jsonl.damaged{ending}"))
}

#[test]
fn a_damaged_last_line_is_said_and_kept_beside_before_anything_is_written() {
    let (damaged, last) = damaged();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    for (number, after) in [(1, ""), (2, "\n\n"), (3, "\r\n")] {
        let text = [&damaged, after.as_bytes()].concat();
        fs::write(&path, &text).expect("it can be written");
        let looked = look(&path).expect("it opens");
        assert!(looked.torn && looked.damaged);
        assert!(
            looked
                .end_trouble()
                .is_some_and(|it| it.contains("damaged"))
        );
        assert_eq!(
            fs::read(&path).expect("it is there"),
            text,
            "it was only looked at"
        );
        let listed = list(folder.path()).expect("it can be read");
        assert!(listed[0].is_damaged());
        let summary = listed[0].summary.as_ref().expect("it opens");
        assert_eq!((summary.moves, summary.status), (3, ExerciseStatus::Left));

        let (mut journal, reading) = Journal::open(&path).expect("it opens");
        assert_eq!(reading.recorded.moves(), 3);
        let notice = journal.take_notice().expect("it is said");
        assert!(
            notice.contains(&beside(&path, number).display().to_string()),
            "{notice}"
        );
        let kept = fs::read(beside(&path, number)).expect("it is kept");
        assert_eq!(kept, text[last..]);
        journal.enter(&step("wait", 120)).expect("there is room");
        drop(journal);
        let again = look(&path).expect("it is whole again");
        assert!(!again.torn && again.recorded.moves() == 4);
        assert!(!list(folder.path()).expect("it can be read")[0].is_damaged());
    }
}

#[test]
fn a_damaged_last_line_that_cannot_be_kept_is_not_cut() {
    let (damaged, _) = damaged();
    let folder = tempfile::tempdir().expect("a folder");
    // Its name is too long for something behind it.
    let path = folder.path().join(format!("{}.jsonl", "a".repeat(245)));
    fs::write(&path, &damaged).expect("it can be written");
    Journal::open(&path).expect_err("it cannot be kept");
    assert_eq!(fs::read(&path).expect("it is there"), damaged);
}

#[test]
fn an_ordinary_tear_leaves_nothing_beside() {
    let bytes = bytes();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    fs::write(&path, &bytes[..bytes.len() - 5]).expect("it can be written");
    let (mut journal, reading) = Journal::open(&path).expect("only the end is torn");
    assert!(reading.torn && !reading.damaged);
    assert_eq!(journal.take_notice(), None);
    assert!(!beside(&path, 1).exists());
}

#[test]
fn a_skimmed_journal_says_what_a_read_one_says() {
    use crate::journal::read::skim;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    let bytes = bytes();
    let lines = starts(&bytes);
    for at in (0..lines[1]).step_by(3).chain(lines[1]..bytes.len()) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 1;
        fs::write(&path, &wrong).expect("it can be written");
        match (look(&path), skim(&path)) {
            (Ok(read), Ok(skimmed)) => {
                assert_eq!(read.recorded.entries, skimmed.recorded.entries);
                assert_eq!(read.recorded.head.team, skimmed.recorded.head.team);
                assert_eq!((read.torn, read.damaged), (skimmed.torn, skimmed.damaged));
            }
            (Err(read), Err(skimmed)) => assert_eq!(read.to_string(), skimmed.to_string()),
            other => panic!("byte {at}: {other:?}"),
        }
    }
}
