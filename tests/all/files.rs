//! One way to write a file, and one to read somebody else's, seen from outside.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::thread;

use crate::journal::{run, stderr, stdout};
use crate::program::{Call, SILENT, Text, command, folder, starter};
use crate::scanner::{all_sources, bare};

/// What writes a file, or gives it a name. Journals also add to theirs, through a file that `src/journal/lock.rs` opens.
const WRITES: [&str; 10] = [
    "fs::write(",
    "fs::copy(",
    "fs::rename(",
    "fs::hard_link(",
    "File::create(",
    "File::create_new(",
    ".create(true)",
    ".create_new(true)",
    ".truncate(true)",
    ".append(true)",
];

/// The lines of a source that write a file.
fn writes(source: &str) -> Vec<usize> {
    let bare = bare(source);
    let lines = bare.lines().enumerate();
    let writes = lines.filter(|(_, line)| WRITES.iter().any(|it| line.contains(it)));
    writes.map(|(number, _)| number + 1).collect()
}

#[test]
fn nothing_else_writes_a_file() {
    for (path, source) in all_sources() {
        let mut parts = path.iter();
        let is_test = parts.any(|part| part == "tests" || part == "tests.rs");
        let may = is_test || path.starts_with("src/files");
        let found = writes(&source);
        assert!(
            may || found.is_empty(),
            "{} writes in lines {found:?}; use `files`",
            path.display()
        );
    }
    assert_eq!(
        writes("let a;\nfs::write(path, text)?;\n.truncate(true)\ntext.truncate(4);"),
        [2, 3]
    );
}

/// What must not be written through a link.
const PRECIOUS: &str = "somebody's own file\n";

fn precious(home: &Path) {
    fs::write(home.join("precious"), PRECIOUS).expect("it can be written");
}

fn is_untouched(home: &Path) {
    let text = fs::read_to_string(home.join("precious")).expect("it is there");
    assert_eq!(text, PRECIOUS);
}

/// The starter scenario in the folder `mine`.
fn new(home: &Path) {
    let made = run(home, &["new", "mine"], "");
    assert!(made.status.success(), "{}", stderr(&made));
}

fn exported(home: &Path, output: &str, more: &[&str]) -> std::process::Output {
    let arguments = ["export", "starter", "--as", "dot", "-o", output];
    run(home, &[&arguments, more].concat(), "")
}

#[test]
fn an_export_goes_to_whatever_the_user_named() {
    let folder = folder();
    let home = folder.path();
    let wanted = stdout(&run(home, &["export", "starter", "--as", "dot"], ""));
    for output in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let found = exported(home, output, &[]);
        assert_eq!(stdout(&found), wanted, "{output}");
        assert!(found.status.success());
    }
    assert!(exported(home, "/dev/null", &["--force"]).status.success());
    let fifo = home.join("fifo");
    let made = command("mkfifo", home)
        .arg(&fifo)
        .status()
        .expect("it runs");
    assert!(made.success());
    let reader = thread::spawn({
        let fifo = fifo.clone();
        move || fs::read_to_string(fifo).expect("it can be read")
    });
    assert!(exported(home, "fifo", &[]).status.success());
    assert_eq!(reader.join().expect("it reads"), wanted);
    let full = exported(home, "/dev/full", &[]);
    assert_eq!(full.status.code(), Some(2), "{}", stderr(&full));

    precious(home);
    symlink("precious", home.join("link")).expect("it can be made");
    fs::set_permissions(home.join("precious"), fs::Permissions::from_mode(0o640))
        .expect("it is ours");
    let refused = exported(home, "link", &[]);
    assert!(
        stderr(&refused).starts_with("error: link already exists\n"),
        "{}",
        stderr(&refused)
    );
    is_untouched(home);
    assert!(exported(home, "link", &["--force"]).status.success());
    assert!(
        home.join("link").is_symlink(),
        "a link that was named is followed"
    );
    assert_eq!(
        fs::read_to_string(home.join("precious")).expect("it is there"),
        wanted
    );
    let mode = fs::metadata(home.join("precious"))
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    // A process is streamed, and has its name only in the end.
    let drn = ["export", "starter", "--as", "drn", "-o", "link", "--force"];
    assert!(run(home, &drn, "").status.success());
    let text = fs::read_to_string(home.join("precious")).expect("it is there");
    assert!(text.contains("@type"), "{text}");
    let small = run(home, &[&drn[..], &["--states-max", "3"]].concat(), "");
    assert_eq!(small.status.code(), Some(2));
    assert_eq!(
        fs::read_to_string(home.join("precious")).expect("it is there"),
        text
    );
}

#[test]
fn stored_values_are_not_written_through_a_link() {
    let folder = folder();
    let home = folder.path();
    new(home);
    precious(home);
    // The name that values had on their way.
    symlink("../precious", home.join("mine/values.new")).expect("it can be made");
    let stored = run(home, &["explore", "mine", "--store"], "");
    assert!(stored.status.success(), "{}", stderr(&stored));
    is_untouched(home);
    fs::remove_file(home.join("mine/values.bin")).expect("it was written");
    symlink("../precious", home.join("mine/values.bin")).expect("it can be made");
    let stored = run(home, &["explore", "mine", "--store"], "");
    assert_eq!(stored.status.code(), Some(2), "{}", stderr(&stored));
    assert!(
        stderr(&stored).contains("mine/values.bin"),
        "{}",
        stderr(&stored)
    );
    is_untouched(home);
}

#[test]
fn plays_that_show_findings_are_not_written_through_a_link() {
    let folder = folder();
    let home = folder.path();
    fs::create_dir(home.join("house")).expect("it can be made");
    fs::write(home.join("house/scenario.yaml"), crate::explore::HOUSE).expect("it can be written");
    let explored = |to: &str| {
        run(
            home,
            &["explore", "house", "--plays", "100", "--plays-to", to],
            "",
        )
    };
    let first = explored("house/plays");
    assert!(home.join("house/plays").is_dir(), "{}", stderr(&first));
    let entries = fs::read_dir(home.join("house/plays")).expect("it can be read");
    let plays: Vec<_> = entries
        .map(|it| it.expect("it can be read").path())
        .collect();
    precious(home);
    for play in &plays {
        fs::remove_file(play).expect("it is there");
        symlink("../../precious", play).expect("it can be made");
    }
    let linked = explored("house/plays");
    assert_eq!(linked.status.code(), Some(2), "{}", stderr(&linked));
    is_untouched(home);
    fs::remove_dir_all(home.join("house/plays")).expect("it is there");
    fs::create_dir(home.join("elsewhere")).expect("it can be made");
    symlink("../elsewhere", home.join("house/plays")).expect("it can be made");
    let linked = explored("house/plays");
    assert!(
        stderr(&linked).contains("symbolic link"),
        "{}",
        stderr(&linked)
    );
    let outside = fs::read_dir(home.join("elsewhere")).expect("it can be read");
    assert_eq!(outside.count(), 0);
}

#[test]
fn a_transcript_goes_where_it_was_sent_and_over_nothing() {
    let folder = folder();
    let home = folder.path();
    precious(home);
    let refused = run(home, &starter(&["--transcript", "precious"]), "wait\n");
    assert_eq!(refused.status.code(), Some(2));
    is_untouched(home);
    let played = run(home, &starter(&["--transcript", "a.txt"]), "wait\n");
    assert!(played.status.success(), "{}", stderr(&played));
    let text = fs::read_to_string(home.join("a.txt")).expect("it was written");
    let both = run(home, &starter(&["--transcript", "/dev/stdout"]), "wait\n");
    assert!(stdout(&both).ends_with(&text), "{}", stdout(&both));
    let names = fs::read_dir(home).expect("it can be read").count();
    assert_eq!(names, 2, "nothing else is left");
}

#[test]
fn what_waits_for_its_other_end_or_never_ends_is_not_read() {
    let folder = folder();
    let home = folder.path();
    for name in [
        "scenario.yaml",
        "record.yaml",
        "values.bin",
        "phases/a.yaml",
        "plays/a.play",
    ] {
        for kind in ["pipe", "zero"] {
            new(home);
            let path = home.join("mine").join(name);
            let _ = fs::remove_file(&path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            if kind == "pipe" {
                let made = command("mkfifo", home)
                    .arg(&path)
                    .status()
                    .expect("it runs");
                assert!(made.success());
            } else {
                symlink("/dev/zero", &path).expect("it can be made");
            }
            for arguments in [&["check", "mine"][..], &["test", "mine"], &["play", "mine"]] {
                let output = run(home, arguments, "");
                let told = stderr(&output) + &stdout(&output);
                assert_eq!(output.status.code(), Some(2), "{name} {kind}: {told}");
                let told = told.replace("\n  ", " ");
                assert!(
                    told.contains("is not a regular file"),
                    "{name} {kind}: {told}"
                );
            }
            fs::remove_dir_all(home.join("mine")).expect("it is there");
        }
    }
}

#[test]
fn a_damaged_journal_is_said_with_exit_code_1_and_an_ordinary_tear_is_not() {
    let folder = folder();
    let home = folder.path();
    let shelf = home.join(".local/state/sandtable/exercises");
    fs::create_dir_all(&shelf).expect("it can be made");
    let whole = shelf.join("whole.jsonl");
    let path = whole.to_str().expect("a path of text");
    run(home, &starter(&["--journal", path]), "wait\nwait\n");
    let text = fs::read_to_string(&whole).expect("it was written");
    let exercises = Call {
        arguments: &["exercises"],
        stdout: Text::Holds(&["whole "]),
        ..SILENT
    };
    exercises.run(home);
    fs::write(shelf.join("torn.jsonl"), &text[..text.len() - 4]).expect("there is room");
    exercises.run(home);
    let replayed = run(home, &["replay", "torn", "--plain"], "");
    assert_eq!(replayed.status.code(), Some(0), "{}", stderr(&replayed));
    let shown = stdout(&replayed);
    assert_eq!(shown.matches("\nMOVE wait\n").count(), 2, "{shown}");

    let mut damaged = text.clone();
    damaged.replace_range(damaged.len() - 20..damaged.len() - 4, "0000000000000000");
    fs::write(shelf.join("damaged.jsonl"), &damaged).expect("there is room");
    Call {
        code: 1,
        stdout: Text::Holds(&["damaged ", "; the last line is damaged\n"]),
        ..exercises
    }
    .run(home);
    let replayed = run(home, &["replay", "damaged", "--plain"], "");
    assert_eq!(replayed.status.code(), Some(1), "{}", stderr(&replayed));
    let shown = stdout(&replayed).replace("\n  ", " ");
    assert_eq!(shown.matches("\nMOVE wait\n").count(), 2, "{shown}");
    assert!(
        shown.contains("TROUBLE The last line of the journal is damaged"),
        "{shown}"
    );
    let play = run(home, &["replay", "damaged", "--as-play"], "");
    assert_eq!(play.status.code(), Some(1));
    assert_eq!(
        stdout(&play).matches("\nwait").count(),
        2,
        "{}",
        stdout(&play)
    );
    assert!(stderr(&play).starts_with("note: The last line of the journal is damaged"));
    assert!(
        !shelf.join("damaged.jsonl.damaged").exists(),
        "it was only looked at"
    );
    let resumed = run(home, &["resume", "damaged", "--plain"], "wait\n");
    assert_eq!(resumed.status.code(), Some(0), "{}", stdout(&resumed));
    assert!(shelf.join("damaged.jsonl.damaged").exists());
    fs::remove_file(shelf.join("torn.jsonl")).expect("it is there");
    exercises.run(home);
}
