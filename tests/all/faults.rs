//! Disks that know no locks or no syncs, disks that fail at any call, and the power that fails at any call.
//!
//! `tests/faults/shim.c` stands between the program and the system. Without a C compiler nothing here is tried.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use sandtable::journal::look;

use crate::journal::{PROGRAM, piped, run, since_startex, stderr, stdout};
use crate::program::{command, folder, starter};

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// What a disk without locks answers: EBADF, EINVAL, ENOLCK, ENOSYS, EOPNOTSUPP.
const UNKNOWN: [i32; 5] = [9, 22, 37, 38, 95];

/// The shim, compiled once; none if there is no compiler.
fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<Option<(tempfile::TempDir, PathBuf)>> = OnceLock::new();
    let made = SHIM.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let shim = folder.path().join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-o"]);
        let made = compiler.arg(&shim).arg(source).arg("-ldl").status();
        made.is_ok_and(|it| it.success()).then_some((folder, shim))
    });
    made.as_ref().map(|it| it.1.as_path())
}

/// The program on a disk with faults.
fn faulty(shim: &Path, home: &Path, arguments: &[&str], faults: &[(&str, String)]) -> Command {
    let mut program = command(PROGRAM, home);
    program.args(arguments).env("LD_PRELOAD", shim);
    program.envs(faults.iter().map(|(name, value)| (*name, value.as_str())));
    program
}

/// The same with lines as its input, to its end.
fn run_on(mut program: Command, input: &str) -> Output {
    let mut child = piped(&mut program);
    let mut stdin = child.stdin.take().expect("it was asked for");
    // It may have been killed already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

/// What lies in a folder, with its text.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("it can be read");
    let files = entries.map(|it| it.expect("it can be read")).map(|it| {
        let name = it.file_name().to_string_lossy().into_owned();
        (name, fs::read(it.path()).unwrap_or_default())
    });
    files.collect()
}

fn fault(call: &str, number: i32) -> Vec<(&'static str, String)> {
    vec![
        ("FAULT_CALL", call.to_owned()),
        ("FAULT_ERRNO", number.to_string()),
    ]
}

/// How many calls a whole run makes.
fn calls(shim: &Path, home: &Path, arguments: &[&str], input: &str) -> u32 {
    let count = home.join("count");
    let faults = [("FAULT_COUNT", count.display().to_string())];
    run_on(faulty(shim, home, arguments, &faults), input);
    let calls = fs::read_to_string(&count).expect("it was counted");
    calls.trim().parse().expect("a number")
}

#[test]
fn a_disk_without_locks_or_syncs_is_played_on_and_said_to_be_one() {
    let Some(shim) = shim() else { return };
    for call in ["flock", "fsync_folder", "fsync_file"] {
        for number in UNKNOWN {
            let folder = folder();
            let home = folder.path();
            let arguments = starter(&["--journal", "new/deep/a.jsonl"]);
            let played = run_on(
                faulty(shim, home, &arguments, &fault(call, number)),
                "wait\nwait\nquit\n",
            );
            let shown = stdout(&played);
            assert_eq!(played.status.code(), Some(0), "{call} {number}: {shown}");
            assert_eq!(
                shown.matches("\nTROUBLE ").count(),
                1,
                "{call} {number}: {shown}"
            );
            let told = shown.replace("\n  ", " ");
            assert!(
                told.contains("The exercise is recorded, but the disk of"),
                "{told}"
            );
            assert_eq!(told.contains("locks"), call == "flock", "{told}");
            assert!(stderr(&played).starts_with("Recorded in new/deep/a.jsonl\n"));
            let kept = look(&home.join("new/deep/a.jsonl")).expect("it is whole");
            assert_eq!(kept.recorded.moves(), 2, "{call} {number}");
            assert_eq!(
                files(&home.join("new/deep")).len(),
                1,
                "nothing is left behind"
            );
            let resumed = faulty(
                shim,
                home,
                &["resume", "new/deep/a.jsonl"],
                &fault(call, number),
            );
            let resumed = run_on(resumed, "wait\n");
            assert_eq!(resumed.status.code(), Some(0), "{}", stdout(&resumed));
            let kept = look(&home.join("new/deep/a.jsonl")).expect("it is whole");
            assert_eq!(kept.recorded.moves(), 3, "{call} {number}");
        }
    }
}

#[test]
fn a_disk_that_fails_or_is_full_records_nothing_and_keeps_no_half_file() {
    let Some(shim) = shim() else { return };
    for call in [
        "flock",
        "fsync_folder",
        "fsync_file",
        "write",
        "open",
        "mkdir",
    ] {
        for number in [EIO, ENOSPC] {
            let folder = folder();
            let home = folder.path();
            let arguments = starter(&["--journal", "new/a.jsonl"]);
            let played = run_on(
                faulty(shim, home, &arguments, &fault(call, number)),
                "wait\nquit\n",
            );
            let shown = stdout(&played);
            assert!(shown.contains("\nUNRECORDED "), "{call} {number}: {shown}");
            let left = home.join("new");
            let left = if left.exists() {
                files(&left)
            } else {
                BTreeMap::new()
            };
            assert!(left.is_empty(), "{call} {number}: {:?}", left.keys());
            // So the same name can be taken once the disk is well.
            let again = run(home, &arguments, "wait\nquit\n");
            assert_eq!(again.status.code(), Some(0), "{}", stdout(&again));
        }
    }
}

/// The moves that were shown as made: each leads to a new moment.
fn moves_shown(shown: &str) -> usize {
    shown.matches("\nNOW ").count().saturating_sub(1)
}

#[test]
fn a_call_that_fails_loses_no_move_that_was_shown() {
    let Some(shim) = shim() else { return };
    let arguments = starter(&["--journal", "a.jsonl"]);
    let input = "wait\nretry\nwait\nretry\nwait\nquit\n";
    let all = calls(shim, folder().path(), &arguments, input);
    assert!(all > 10, "{all} calls");
    for at in 1..=all {
        for number in [EIO, ENOSPC] {
            let folder = folder();
            let home = folder.path();
            let faults = [
                ("FAULT_AT", at.to_string()),
                ("FAULT_ERRNO", number.to_string()),
            ];
            let played = run_on(faulty(shim, home, &arguments, &faults), input);
            let shown = stdout(&played);
            let made = moves_shown(&shown);
            assert!(made >= 2, "{at} {number}: {shown}");
            let kept = look(&home.join("a.jsonl"));
            let kept = kept.unwrap_or_else(|error| panic!("{at} {number}: {error}\n{shown}"));
            assert_eq!(kept.recorded.moves(), made, "{at} {number}: {shown}");
            // A temporary file stays if even removing it fails, and only then.
            let left = files(home);
            assert!(
                left.len() == 1 || left.len() == 2 && made == 3,
                "{:?}",
                left.keys()
            );
        }
    }
}

#[test]
fn the_power_may_fail_at_any_call() {
    let Some(shim) = shim() else { return };
    let arguments = starter(&["--journal", "new/a.jsonl"]);
    let input = "wait\nnote Hello.\nwait\nquit\n";
    let all = calls(shim, folder().path(), &arguments, input);
    for at in 1..=all {
        for lose in [false, true] {
            let folder = folder();
            let home = folder.path();
            let mut faults = vec![("FAULT_AT", at.to_string())];
            faults.extend(lose.then(|| ("FAULT_LOSE", "1".to_owned())));
            let killed = stdout(&run_on(faulty(shim, home, &arguments, &faults), input));
            let resumed = run(home, &["resume", "new/a.jsonl", "--plain"], "");
            if !home.join("new/a.jsonl").exists() {
                assert_eq!(
                    killed, "",
                    "at {at}: nothing was shown before it had its name"
                );
                continue;
            }
            let told = stdout(&resumed);
            assert!(
                resumed.status.success(),
                "at {at}: {told}{}",
                stderr(&resumed)
            );
            assert!(
                told.starts_with(&killed),
                "at {at}:\n{killed}\n\nand resumed:\n{told}"
            );
        }
    }
}

/// Plays a line, lets something happen to the folder, plays the other lines, and returns everything that was shown.
fn while_playing(mut program: Command, meanwhile: impl FnOnce(), rest: &str) -> (String, Output) {
    let mut child = piped(&mut program);
    let mut stdin = child.stdin.take().expect("it was asked for");
    let mut output = BufReader::new(child.stdout.take().expect("it was asked for"));
    let _ = stdin.write_all(b"wait\n");
    let mut shown = String::new();
    while !shown.contains("\nNOW 09:00 ") {
        if output.read_line(&mut shown).expect("it writes") == 0 {
            break;
        }
    }
    meanwhile();
    let _ = stdin.write_all(rest.as_bytes());
    drop(stdin);
    output.read_to_string(&mut shown).expect("it writes");
    (shown, child.wait_with_output().expect("it ends"))
}

#[test]
fn a_journal_that_is_lost_while_it_is_played_is_written_again_and_said() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 4] = [
        ("a.jsonl", |it| fs::remove_file(it).expect("it is there")),
        ("a.jsonl", |it| {
            fs::rename(it, it.with_extension("bak")).expect("it is there");
        }),
        ("a-2.jsonl", |it| fs::write(it, "").expect("it is there")),
        ("a-2.jsonl", |it| {
            fs::remove_file(it).expect("it is there");
            fs::write(it, "shopping list\n").expect("there is room");
        }),
    ];
    let whole = folder();
    let whole = stdout(&run(
        whole.path(),
        &starter(&["--journal", "a.jsonl"]),
        "wait\nwait\nquit\n",
    ));
    for (name, harm) in harms {
        let folder = folder();
        let home = folder.path();
        let mut program = command(PROGRAM, home);
        program.args(starter(&["--journal", "a.jsonl"]));
        let (shown, ended) = while_playing(program, || harm(&home.join("a.jsonl")), "wait\nquit\n");
        assert_eq!(ended.status.code(), Some(0), "{shown}");
        assert!(
            stderr(&ended).starts_with(&format!("Recorded in {name}\n")),
            "{}",
            stderr(&ended)
        );
        let told = shown.replace("\n  ", " ");
        assert_eq!(
            told.matches("\nTROUBLE The journal a.jsonl was ").count(),
            1,
            "{told}"
        );
        assert!(
            told.contains(&format!("was written again in {name}, and the exercise")),
            "{told}"
        );
        let replayed = run(home, &["replay", name, "--plain"], "");
        assert_eq!(since_startex(&stdout(&replayed)), since_startex(&whole));
    }
}

#[test]
fn a_journal_that_was_moved_survives_a_kill_while_it_is_written_again() {
    let Some(shim) = shim() else { return };
    let arguments = starter(&["--journal", "a.jsonl"]);
    let input = "wait\nwait\nwait\nquit\n";
    // Writing it again takes as many calls as beginning it, and some more.
    let all = calls(shim, folder().path(), &arguments, input) * 2;
    let mut moved_twice = 0;
    for at in 1..=all {
        let folder = folder();
        let home = folder.path();
        let faults = [("FAULT_AT", at.to_string()), ("FAULT_LOSE", "1".to_owned())];
        let program = faulty(shim, home, &arguments, &faults);
        let (old, new) = (home.join("a.jsonl"), home.join("old.jsonl"));
        let away = || {
            let _ = fs::rename(&old, &new);
        };
        let (shown, _) = while_playing(program, away, "wait\nwait\nquit\n");
        let kept = |path: &Path| look(path).map_or(0, |it| it.recorded.moves());
        moved_twice += usize::from(old.exists());
        let most = kept(&old).max(kept(&new));
        assert!(most >= moves_shown(&shown), "at {at}: {shown}");
        for path in [&old, &new].into_iter().filter(|it| it.exists()) {
            look(path).unwrap_or_else(|error| panic!("at {at}: {error}"));
        }
    }
    assert!(moved_twice > 2, "it was written again {moved_twice} times");
}

#[test]
fn a_damaged_last_line_survives_a_kill_while_it_is_cut() {
    let Some(shim) = shim() else { return };
    let whole = folder();
    run(
        whole.path(),
        &starter(&["--journal", "a.jsonl"]),
        "wait\nwait\n",
    );
    let mut damaged = fs::read(whole.path().join("a.jsonl")).expect("it was written");
    let end = damaged.len() - 3;
    damaged[end - 30..end].fill(b'0');
    let arguments = ["resume", "a.jsonl", "--plain"];
    let put = |home: &Path| fs::write(home.join("a.jsonl"), &damaged).expect("there is room");
    let counted = folder();
    put(counted.path());
    let all = calls(shim, counted.path(), &arguments, "wait\nquit\n");
    let last = damaged[..end]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .expect("lines")
        + 1;
    for at in 1..=all {
        for number in [0, EIO, ENOSPC] {
            let folder = folder();
            let home = folder.path();
            put(home);
            let mut faults = vec![
                ("FAULT_AT", at.to_string()),
                ("FAULT_ERRNO", number.to_string()),
            ];
            faults.extend((number == 0).then(|| ("FAULT_LOSE", "1".to_owned())));
            run_on(faulty(shim, home, &arguments, &faults), "wait\nquit\n");
            let there = fs::read(home.join("a.jsonl")).expect("it is there");
            let kept = files(home);
            let kept = kept.iter().find(|(name, _)| name.ends_with(".damaged"));
            let is_kept = kept.is_some_and(|(_, text)| *text == damaged[last..]);
            assert!(
                there == damaged || is_kept,
                "at {at}, {number}: cut and not kept"
            );
            look(&home.join("a.jsonl")).unwrap_or_else(|error| panic!("at {at}: {error}"));
        }
    }
}

#[test]
fn what_is_written_beside_a_scenario_is_whole_or_as_before() {
    let Some(shim) = shim() else { return };
    let arguments = [
        "export", "starter", "--as", "msel-csv", "-o", "it.csv", "--force",
    ];
    let counted = folder();
    let all = calls(shim, counted.path(), &arguments, "");
    let whole = fs::read(counted.path().join("it.csv")).expect("it was written");
    for at in 1..=all {
        for number in [0, EIO, ENOSPC] {
            let folder = folder();
            let home = folder.path();
            fs::write(home.join("it.csv"), "old").expect("there is room");
            let faults = [
                ("FAULT_AT", at.to_string()),
                ("FAULT_ERRNO", number.to_string()),
            ];
            let ended = run_on(faulty(shim, home, &arguments, &faults), "");
            let there = fs::read(home.join("it.csv")).expect("it is there");
            assert!(there == b"old" || there == whole, "at {at}, {number}");
            if number != 0 && !ended.status.success() {
                assert_eq!(ended.status.code(), Some(2), "at {at}, {number}");
                assert_eq!(
                    files(home).len(),
                    1,
                    "at {at}, {number}: nothing is left behind"
                );
            }
        }
    }
}
