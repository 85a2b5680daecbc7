//! Nothing is lost: kills, other processes, and what a resumed or replayed exercise shows.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::program::{Call, SILENT, Text, command, folder, starter};
use crate::same::{Scripted, plays};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_sandtable");

/// The program with lines as its input.
pub fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = piped(command(PROGRAM, folder).args(arguments));
    let mut stdin = child.stdin.take().expect("it was asked for");
    // A program that has seen enough may have closed it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

pub fn piped(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("outputs are UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("outputs are UTF-8")
}

/// The arguments of a play, recorded in a file.
fn recorded<'a>(scripted: &'a Scripted, journal: &'a str) -> Vec<&'a str> {
    let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
    arguments.extend(["--plain", "--journal", journal]);
    arguments
}

/// The output after the line that says how to play, which is different in a replay.
pub fn since_startex(text: &str) -> &str {
    let at = text.find("\nSTARTEX ").expect("it began");
    let rest = &text[at + 1..];
    &rest[rest.find("\n\n").expect("a gap follows")..]
}

#[test]
fn live_resumed_and_replayed_are_the_same() {
    let exercises: Vec<Scripted> = ["starter", "advanced-2022"]
        .into_iter()
        .flat_map(plays)
        .collect();
    for scripted in exercises {
        let folder = folder();
        let home = folder.path();
        let live = run(home, &recorded(&scripted, "live.jsonl"), &scripted.lines);
        assert!(live.status.success(), "{}", stderr(&live));
        assert!(stderr(&live).contains("sandtable replay live.jsonl\n"));
        let live = stdout(&live);
        assert!(live.contains("\nENDEX "), "{live}");

        let lines: Vec<&str> = scripted.lines.split_inclusive('\n').collect();
        let (first, rest) = lines.split_at(lines.len() / 2);
        let begun = run(home, &recorded(&scripted, "left.jsonl"), &first.concat());
        assert!(stderr(&begun).contains("sandtable resume left.jsonl\n"));
        let resumed = run(home, &["resume", "left.jsonl", "--plain"], &rest.concat());
        assert!(resumed.status.success(), "{}", stderr(&resumed));
        assert_eq!(stdout(&resumed), live, "{}", scripted.name);

        let replayed = run(home, &["replay", "left.jsonl", "--plain"], "");
        assert!(replayed.status.success(), "{}", stderr(&replayed));
        let replayed = stdout(&replayed);
        assert_eq!(since_startex(&replayed), since_startex(&live));
        let over = run(home, &["resume", "left.jsonl"], "");
        assert_eq!(over.status.code(), Some(2));
        assert!(stderr(&over).contains("has ended"), "{}", stderr(&over));
    }
}

/// Plays until this many lines were read, kills the program, and returns everything that it ever showed.
fn killed_after(lines: usize, scripted: &Scripted, home: &Path) -> String {
    let mut child = piped(command(PROGRAM, home).args(recorded(scripted, "a.jsonl")));
    let mut stdin = child.stdin.take().expect("it was asked for");
    stdin
        .write_all(scripted.lines.as_bytes())
        .expect("it reads");
    // The lines lead to ENDEX, so it never stops for want of more.
    drop(stdin);
    let mut output = BufReader::new(child.stdout.take().expect("it was asked for"));
    let mut shown = Vec::new();
    for _ in 0..lines {
        output.read_until(b'\n', &mut shown).expect("it writes");
    }
    // SIGKILL: nobody is asked, nothing is put in order.
    child.kill().expect("it runs");
    child.wait().expect("it is gone");
    output.read_to_end(&mut shown).expect("what was written");
    String::from_utf8(shown).expect("whole characters were written")
}

#[test]
fn a_kill_at_any_instant_loses_nothing_that_was_shown() {
    let scripted = plays("starter")
        .into_iter()
        .chain(plays("advanced-2022").into_iter().take(1));
    for scripted in scripted {
        // Waits that are still to come keep it from ending by itself.
        for lines in (0..40).chain((40..200).step_by(20)) {
            let folder = folder();
            let home = folder.path();
            let shown = killed_after(lines, &scripted, home);
            if shown.is_empty() {
                // It may have been killed before it had begun.
                continue;
            }
            let replayed = run(home, &["replay", "a.jsonl", "--plain"], "");
            assert!(replayed.status.success(), "{}", stderr(&replayed));
            if shown.contains("\nENDEX ") {
                assert!(since_startex(&stdout(&replayed)).starts_with(since_startex(&shown)));
                continue;
            }
            let resumed = run(home, &["resume", "a.jsonl", "--plain"], "");
            if stderr(&resumed).contains("has ended") {
                // The end lay on disk and was not shown yet.
                continue;
            }
            assert!(resumed.status.success(), "{}", stderr(&resumed));
            let resumed = stdout(&resumed);
            assert!(
                resumed.starts_with(&shown),
                "after {lines} lines of {}:\n{shown}\n\nand resumed:\n{resumed}",
                scripted.name
            );
        }
    }
}

#[test]
fn two_processes_cannot_write_one_journal() {
    let folder = folder();
    let home = folder.path();
    let mut first = piped(command(PROGRAM, home).args(starter(&["--journal", "a.jsonl"])));
    let mut output = BufReader::new(first.stdout.take().expect("it was asked for"));
    output.read_line(&mut String::new()).expect("it began");
    let second = run(home, &["resume", "a.jsonl", "--plain"], "wait\n");
    assert_eq!(second.status.code(), Some(2));
    assert!(stdout(&second).contains("nother process is writing a.jsonl"));
    drop(first.stdin.take());
    output.read_to_end(&mut Vec::new()).expect("it writes");
    assert!(first.wait().expect("it ends").success());
    assert!(run(home, &["resume", "a.jsonl"], "wait\n").status.success());
}

#[test]
fn exercises_are_listed_found_and_forgotten() {
    let folder = folder();
    let home = folder.path();
    let shelf = home.join(".local/state/sandtable/exercises");
    let none = Call {
        arguments: &["exercises"],
        stdout: Text::Is("No exercises are recorded yet. `sandtable play` starts one.\n"),
        ..SILENT
    };
    none.run(home);
    let path = shelf.join("starter-2022-08-02-abcdef.jsonl");
    let path = path.to_str().expect("a path of text");
    let played = run(home, &starter(&["--journal", path]), "wait\n");
    assert!(stderr(&played).ends_with("sandtable resume starter-2022-08-02-abcdef\n"));
    let listed = Call {
        stdout: Text::Holds(&[
            "EXERCISE",
            "SCENARIO",
            "WRITTEN (UTC)",
            "TIME",
            "MOVES",
            "STATE\n",
            "starter-2022-08-02-abcdef  starter ",
            " 1 h ",
            " 1 ",
            " stopped\n",
        ]),
        ..none
    };
    listed.run(home);
    let resumed = Call {
        arguments: &["resume"],
        input: "wait\n",
        stdout: Text::Holds(&["EXERCISE", "MOVE wait", "MOVE wait", "STOP at "]),
        stderr: Text::Holds(&["Go on with: sandtable resume starter-2022-08-02-abcdef\n"]),
        ..SILENT
    };
    resumed.run(home);
    let replayed = Call {
        arguments: &["replay", "starter"],
        stdout: Text::Holds(&["MOVE wait", "MOVE wait", "STOP at ", "TOTAL "]),
        ..SILENT
    };
    replayed.run(home);
    let unknown = Call {
        arguments: &["replay", "starter-2022-08-02-abcdeg"],
        code: 2,
        stderr: Text::Is(
            "error: there is no exercise `starter-2022-08-02-abcdeg`\n\
             hint: Did you mean `starter-2022-08-02-abcdef`?\n",
        ),
        ..SILENT
    };
    unknown.run(home);
    let forgotten = Call {
        arguments: &["exercises", "--forget", "starter-2022-08-02-abcdef"],
        stdout: Text::Holds(&["Removed ", "starter-2022-08-02-abcdef.jsonl.\n"]),
        ..SILENT
    };
    forgotten.run(home);
    none.run(home);
    let nothing = Call {
        arguments: &["resume"],
        code: 2,
        stderr: Text::Holds(&["error: there is no unfinished exercise\nhint: "]),
        ..SILENT
    };
    nothing.run(home);
}

#[test]
fn an_exercise_that_comes_out_differently_is_told() {
    use sandtable::journal::{Entry, EntryKind, Journal, RecordedMove, RecordedRoll, look};
    let folder = folder();
    let home = folder.path();
    run(home, &starter(&["--journal", "a.jsonl"]), "");
    let head = look(&home.join("a.jsonl"))
        .expect("it is whole")
        .recorded
        .head;
    let roll = RecordedRoll {
        chance: "eviction".to_owned(),
        outcome: 2,
        forced: false,
    };
    let cases = [
        (
            "wait",
            60,
            vec![roll],
            "move 1, `wait`, rolled eviction 2 when it was recorded",
        ),
        (
            "wait",
            61,
            Vec::new(),
            "led to minute 61 when it was recorded, and leads to 60 now",
        ),
        (
            "take nothing",
            0,
            Vec::new(),
            "cannot be read: unknown action",
        ),
        ("wait for note", 60, Vec::new(), "is not a move"),
        (
            "choose note.all_off.consent agree",
            0,
            Vec::new(),
            "is refused",
        ),
    ];
    for (place, (made, minute, rolled, told)) in cases.into_iter().enumerate() {
        let name = format!("{place}.jsonl");
        let mut journal = Journal::create(&home.join(&name), &head).expect("there is room");
        let step = RecordedMove {
            made: made.to_owned(),
            rolled,
            ..RecordedMove::default()
        };
        let entry = Entry {
            at: jiff::Timestamp::UNIX_EPOCH,
            minute,
            what: EntryKind::Move(step),
        };
        journal.enter(&entry).expect("there is room");
        drop(journal);
        for command in ["resume", "replay"] {
            let output = run(home, &[command, &name], "");
            assert_eq!(output.status.code(), Some(2), "{made}");
            let text = stdout(&output).replace("\n  ", " ");
            assert!(text.contains(told), "{made}: {text}");
        }
    }
}

#[test]
fn a_pipe_records_nothing_unless_told() {
    let folder = folder();
    let output = run(folder.path(), &starter(&[]), "wait\n");
    assert!(output.status.success());
    assert_eq!(stderr(&output), "");
    assert!(!folder.path().join(".local").exists());
    let both = run(
        folder.path(),
        &starter(&["--no-journal", "--journal", "a.jsonl"]),
        "",
    );
    assert_eq!(both.status.code(), Some(2));
    std::fs::write(folder.path().join("a.jsonl"), "").expect("it can be written");
    let there = run(folder.path(), &starter(&["--journal", "a.jsonl"]), "");
    assert_eq!(there.status.code(), Some(2));
    assert!(stderr(&there).contains("a.jsonl already exists"));
}

#[test]
fn the_full_screen_records_and_is_resumed_where_it_stood() {
    use crate::pty::Terminal;
    let folder = folder();
    let home = folder.path();
    let play = [PROGRAM, "play", "starter", "--seed", "7"];
    let mut terminal = Terminal::start(&play, home, (80, 24), &[]);
    terminal.shows("briefing");
    terminal.send("\r");
    terminal.shows("08:00");
    terminal.send("w");
    terminal.shows("Press w again");
    terminal.send("w");
    terminal.shows("09:00 GMT");
    terminal.send("q");
    terminal.shows("leave the program");
    terminal.send("q");
    terminal.shows("Go on with: sandtable resume starter-");
    assert_eq!(terminal.ends(), 0);

    let mut terminal = Terminal::start(&[PROGRAM, "resume"], home, (80, 24), &[]);
    terminal.shows("09:00 GMT");
    terminal.send("w");
    terminal.shows("10:00 GMT");
    terminal.send("qq");
    terminal.shows("Go on with: sandtable resume starter-");
    assert_eq!(terminal.ends(), 0);
    let replayed = run(home, &["replay", "starter", "--plain"], "");
    assert_eq!(stdout(&replayed).matches("\nMOVE wait\n").count(), 2);
}

#[test]
fn a_roll_that_was_forced_falls_again() {
    let folder = folder();
    let home = folder.path();
    let mut forced = 0;
    for outcome in ["1", "2"] {
        let name = format!("{outcome}.jsonl");
        let lines = format!("roll only_desk {outcome}\nchoose note desk_off\nwait\nwait\n");
        let live = run(home, &starter(&["--journal", &name]), &lines);
        let text = std::fs::read_to_string(home.join(&name)).expect("it was written");
        forced += text.matches("\"forced\":true").count();
        let resumed = run(home, &["resume", &name], "");
        assert!(resumed.status.success(), "{}", stdout(&resumed));
        assert_eq!(stdout(&resumed), stdout(&live), "{}", stderr(&live));
    }
    assert_eq!(forced, 1, "luck gives one of the two by itself");
}
