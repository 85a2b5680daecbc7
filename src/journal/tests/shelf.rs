//! Journals by name.

use std::fs;
use std::path::PathBuf;

use crate::journal::tests::{entry, head};
use crate::journal::{
    ENDING, EntryKind, ExerciseStatus, Journal, JournalError, find, forget, in_play, list, name,
    unfinished,
};

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
        .map(|it| (it.name, it.summary.ok().map(|it| it.status)))
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

#[cfg(unix)]
#[test]
fn links_and_pipes_in_the_folder_are_neither_followed_nor_waited_for() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = folder.path().join("shelf");
    let elsewhere = folder.path().join("elsewhere.jsonl");
    Journal::create(&elsewhere, &head()).expect("there is room");
    fs::create_dir(&shelf).expect("it can be made");
    symlink(&elsewhere, shelf.join("link.jsonl")).expect("it can be made");
    let fifo = shelf.join("pipe.jsonl");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.expect("it runs").success());
    for wanted in ["link", "li", "link.jsonl"] {
        let error = find(Some(&shelf), Some(wanted)).expect_err("it is a link");
        assert!(matches!(error, JournalError::Link(_)), "{error}");
        assert!(!error.hint().is_empty());
    }
    // A path is the user's own word.
    let path = shelf.join("link.jsonl");
    let found = find(Some(&shelf), path.to_str()).expect("it was named");
    Journal::open(&found).expect("it is followed");
    for listed in list(&shelf).expect("it can be read") {
        let error = listed.summary.expect_err("no journal");
        let is_told = matches!(error, JournalError::Link(_) | JournalError::NotRegular(_));
        assert!(is_told, "{error}");
    }
    assert!(matches!(
        in_play(Some(&shelf)),
        Err(JournalError::NoneInPlay)
    ));
    assert_eq!(unfinished(&shelf, 9).expect("it can be read").len(), 0);
    forget(Some(&shelf), "link").expect("only the link");
    assert!(elsewhere.exists());
}
