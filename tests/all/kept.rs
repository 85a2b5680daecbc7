//! Journals written by earlier versions, in `tests/journals`: later versions replay them to the same bytes, and resume
//! them.
//!
//! `NAME.jsonl` is the journal. What the program writes for it stands beside it: `NAME.replay.txt` (`replay --plain`),
//! `NAME.play` (`replay --as-play`), `NAME.account.txt` and `NAME.account.json` (`account`), and `NAME.resume.txt`
//! (`resume --plain` with the lines of [`GO_ON`]). `exercises.txt` lists all of them.
//!
//! A journal here never changes. When an output changes on purpose, write all of them again with
//! `SANDTABLE_KEPT=write cargo test --test all kept::`, and read the difference before you commit it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, SystemTime};

use sandtable::journal::{
    EntryKind, Forced, RecordedBallot, RecordedCountdown, RecordedInject, RecordedMove,
    RecordedNote, RecordedRoll, Reveal, Stopped, TakeBack,
};
use serde_json::Value;

use crate::program::{command, folder};

/// The journals, and how the exercise of each stands.
const JOURNALS: [(&str, Standing); 13] = [
    ("advanced-2022", Standing::Open),
    ("cut", Standing::Open),
    ("cut-and-variant", Standing::Ended),
    ("ended", Standing::Ended),
    ("every-entry", Standing::Ended),
    ("left", Standing::Open),
    ("paused", Standing::Open),
    // Played on the full screen: a countdown ran out, and notes follow ENDEX.
    ("screen", Standing::Ended),
    ("single-file", Standing::Ended),
    ("take-back", Standing::Open),
    ("torn", Standing::Torn),
    ("torn-hash", Standing::Damaged),
    ("variant", Standing::Open),
];

/// What is typed when a journal is resumed. `go on` is refused unless the exercise is paused.
const GO_ON: &str = "status\ngo on\npass\nstop Home.\n";

/// What is said of a journal whose last line was cut.
const CUT: &str =
    "\nTROUBLE The last line of the journal was not whole. It was never shown, and is\n";

/// What is said of a journal whose last line ends in a line feed and does not match its hash.
const DAMAGED: &str =
    "\nTROUBLE The last line of the journal is damaged: its hash does not match, as\n";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It can be resumed.
    Open,
    /// It can be resumed, without its last line.
    Torn,
    /// The same, and that line is damaged.
    Damaged,
    /// ENDEX has come.
    Ended,
}

fn shelf() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals")
}

fn file_name(journal: &str) -> String {
    format!("{journal}.jsonl")
}

fn bytes(journal: &str) -> Vec<u8> {
    fs::read(shelf().join(file_name(journal))).expect("it is kept")
}

/// The program's answer in a folder that holds a copy of the journal.
fn answer(home: &Path, arguments: &[&str], input: &str) -> Output {
    let lines = home.join("lines.txt");
    fs::write(&lines, input).expect("it can be written");
    command(env!("CARGO_BIN_EXE_sandtable"), home)
        .args(arguments)
        .stdin(File::open(&lines).expect("it was written"))
        .output()
        .expect("the program starts")
}

/// Compares standard output with a kept file, or writes that file where `SANDTABLE_KEPT` says so.
fn is_kept(name: &str, output: &Output) {
    let path = shelf().join(name);
    let found = std::str::from_utf8(&output.stdout).expect("outputs are UTF-8");
    if std::env::var("SANDTABLE_KEPT").is_ok_and(|it| it == "write") {
        fs::write(&path, found).expect("it can be written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, wanted, "{name}");
}

/// A folder with a copy of the journal, and the name of the copy.
fn copied(journal: &str) -> (tempfile::TempDir, String) {
    let folder = folder();
    let name = file_name(journal);
    fs::write(folder.path().join(&name), bytes(journal)).expect("it can be written");
    (folder, name)
}

#[test]
fn kept_journals_replay_to_the_same_bytes() {
    for (journal, standing) in JOURNALS {
        let (home, name) = copied(journal);
        let home = home.path();
        let calls: [(&str, &[&str]); 4] = [
            ("replay.txt", &["replay", &name, "--plain"]),
            ("play", &["replay", &name, "--as-play"]),
            ("account.txt", &["account", &name]),
            ("account.json", &["account", &name, "--json"]),
        ];
        for (ending, arguments) in calls {
            let output = answer(home, arguments, "");
            let told = String::from_utf8_lossy(&output.stderr);
            let damaged = standing == Standing::Damaged && arguments[0] == "replay";
            let code = i32::from(damaged);
            assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
            is_kept(&format!("{journal}.{ending}"), &output);
            if ending == "replay.txt" {
                let found = String::from_utf8_lossy(&output.stdout);
                assert_eq!(found.contains(CUT), standing == Standing::Torn, "{found}");
                assert_eq!(found.contains(DAMAGED), damaged, "{found}");
                let ends = ["\nTOTAL ", "\nEND That was the last step."];
                assert!(
                    ends.iter().any(|end| found.contains(end)),
                    "{journal} is shown to its end"
                );
            }
        }
        let after = fs::read(home.join(&name)).expect("it is there");
        assert!(after == bytes(journal), "{journal} was only looked at");
    }
}

#[test]
fn kept_journals_that_have_not_ended_are_resumed() {
    for (journal, standing) in JOURNALS {
        let (home, name) = copied(journal);
        let home = home.path();
        let output = answer(home, &["resume", &name, "--plain"], GO_ON);
        let told = String::from_utf8_lossy(&output.stderr);
        if standing == Standing::Ended {
            assert_eq!(output.status.code(), Some(2), "{journal}: {told}");
            assert!(told.contains("has ended"), "{journal}: {told}");
            continue;
        }
        is_kept(&format!("{journal}.resume.txt"), &output);
        let found = String::from_utf8_lossy(&output.stdout);
        assert_eq!(found.contains(CUT), standing == Standing::Torn, "{found}");
        let damaged = standing == Standing::Damaged;
        assert_eq!(found.contains(DAMAGED), damaged, "{found}");
        assert_eq!(home.join(format!("{name}.damaged")).exists(), damaged);
        let code = i32::from(found.contains("\nREFUSED "));
        assert_eq!(output.status.code(), Some(code), "{journal}: {told}");
        let mut wanted = vec![
            "\"resumed\"",
            "{\"move\":{\"made\":\"wait\"",
            "{\"stopped\":",
        ];
        if journal == "paused" {
            wanted.insert(1, "\"go_on\"");
        }
        let after = fs::read(home.join(&name)).expect("it is there");
        let before = bytes(journal);
        let whole = if matches!(standing, Standing::Torn | Standing::Damaged) {
            let last = before
                .trim_ascii_end()
                .iter()
                .rposition(|byte| *byte == b'\n');
            &before[..=last.expect("a head stands before it")]
        } else {
            &before[..]
        };
        let added = after.strip_prefix(whole).expect("what stood there stands");
        let added: Vec<&str> = std::str::from_utf8(added)
            .expect("journals are UTF-8")
            .lines()
            .collect();
        assert_eq!(added.len(), wanted.len(), "{journal}: {added:?}");
        for (line, wanted) in added.into_iter().zip(wanted) {
            assert!(
                line.contains(&format!(",\"entry\":{wanted}")),
                "{journal}: {line}"
            );
        }
        // What was added can be read again.
        let replayed = answer(home, &["replay", &name, "--plain"], "");
        assert!(replayed.status.success(), "{journal}");
    }
}

#[test]
fn kept_journals_are_listed_to_the_same_bytes() {
    let home = folder();
    let home = home.path();
    let exercises = home.join(".local/state/sandtable/exercises");
    fs::create_dir_all(&exercises).expect("it can be made");
    let mut written = SystemTime::UNIX_EPOCH + Duration::from_hours(20_000 * 24);
    for (journal, _) in JOURNALS {
        let path = exercises.join(file_name(journal));
        fs::write(&path, bytes(journal)).expect("it can be written");
        let file = File::options().append(true).open(&path);
        let file = file.expect("it was written");
        file.set_modified(written).expect("it can be set");
        written -= Duration::from_mins(90);
    }
    is_kept("exercises.txt", &answer(home, &["exercises"], ""));
}

#[test]
fn every_kept_file_is_compared() {
    let outputs = ["replay.txt", "play", "account.txt", "account.json"];
    let mut wanted: BTreeSet<String> = [".gitattributes", "exercises.txt"]
        .map(str::to_owned)
        .into();
    for (journal, standing) in JOURNALS {
        wanted.insert(file_name(journal));
        wanted.extend(outputs.map(|ending| format!("{journal}.{ending}")));
        if standing != Standing::Ended {
            wanted.insert(format!("{journal}.resume.txt"));
        }
    }
    let entries = fs::read_dir(shelf()).expect("it can be read");
    let names = entries.map(|it| it.expect("it can be read").file_name());
    let found: BTreeSet<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    assert_eq!(found, wanted);
}

/// One entry of each kind, with every field set. A new field or kind does not compile until it is added to [`after`].
fn every_kind() -> Vec<EntryKind> {
    let mut all = vec![EntryKind::Move(RecordedMove {
        made: "wait".to_owned(),
        rolled: vec![RecordedRoll {
            chance: "luck".to_owned(),
            outcome: 1,
            forced: true,
        }],
        seat: Some(0),
        by: "Ada".to_owned(),
        why: "Time.".to_owned(),
        sure: Some(50),
    })];
    while let Some(next) = all.last().and_then(after) {
        all.push(next);
    }
    all
}

/// The kind that follows in the list of all kinds.
fn after(what: &EntryKind) -> Option<EntryKind> {
    let text = || "text".to_owned();
    Some(match what {
        EntryKind::Move(_) => EntryKind::Roll(Forced {
            chance: text(),
            outcome: 1,
        }),
        EntryKind::Roll(_) => EntryKind::TakeBack(TakeBack { to: 1 }),
        EntryKind::TakeBack(_) => EntryKind::Inject(RecordedInject {
            to: vec![text()],
            from: text(),
            title: text(),
            text: text(),
        }),
        EntryKind::Inject(_) => EntryKind::Note(RecordedNote {
            seat: Some(0),
            role: Some(text()),
            objective: Some(text()),
            rating: Some('P'),
            text: text(),
        }),
        EntryKind::Note(_) => EntryKind::Ballot(RecordedBallot {
            decision: text(),
            seat: 0,
            option: text(),
            sure: Some(50),
        }),
        EntryKind::Ballot(_) => EntryKind::Reveal(Reveal { decision: text() }),
        EntryKind::Reveal(_) => EntryKind::Countdown(RecordedCountdown {
            decision: Some(text()),
            seconds: 60,
        }),
        EntryKind::Countdown(_) => EntryKind::Pause,
        EntryKind::Pause => EntryKind::GoOn,
        EntryKind::GoOn => EntryKind::Resumed,
        EntryKind::Resumed => EntryKind::Stopped(Stopped { why: text() }),
        EntryKind::Stopped(_) => EntryKind::Ended,
        EntryKind::Ended => return None,
    })
}

/// The paths of all keys in an entry, such as ` move`, ` move rolled` and ` move rolled chance`. Keys with an empty text
/// are left out.
fn keys_of(entry: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    collect(entry, "", &mut all);
    all
}

fn collect(value: &Value, at: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys.iter().filter(|it| *it.1 != "") {
                let at = format!("{at} {key}");
                all.insert(at.clone());
                collect(value, &at, all);
            }
        }
        Value::Array(values) => values.iter().for_each(|it| collect(it, at, all)),
        // A kind without fields is written as its name alone.
        Value::String(kind) if at.is_empty() => {
            all.insert(format!(" {kind}"));
        }
        _ => {}
    }
}

#[test]
fn kept_journals_hold_every_kind_of_entry_with_every_field() {
    let wanted: BTreeSet<String> = every_kind()
        .iter()
        .flat_map(|what| keys_of(&serde_json::to_value(what).expect("it can be written")))
        .collect();
    let mut found = BTreeSet::new();
    let mut heads = BTreeSet::new();
    for (journal, standing) in JOURNALS {
        let bytes = bytes(journal);
        let text = std::str::from_utf8(&bytes).expect("journals are UTF-8");
        let mut lines = text.lines();
        let head = lines.next().expect("it has a head");
        let head: Value = serde_json::from_str(head).expect("it is JSON");
        let keys = head.as_object().expect("it is an object").iter();
        let said = keys.filter(|it| !it.1.is_null() && *it.1 != false && *it.1 != "");
        heads.extend(said.map(|it| it.0.clone()));
        for line in lines {
            match serde_json::from_str::<Value>(line) {
                Ok(line) => found.extend(keys_of(&line["entry"])),
                Err(_) => assert!(
                    matches!(standing, Standing::Torn | Standing::Damaged),
                    "{journal}: {line}"
                ),
            }
        }
    }
    assert_eq!(found, wanted);
    // The optional keys of a head.
    for key in ["cut", "rolled", "seats", "single", "team", "variant"] {
        assert!(heads.contains(key), "{key}");
    }
}
