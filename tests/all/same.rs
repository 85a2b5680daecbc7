//! The same scenario, seed and moves give the same bytes: again, elsewhere, and on every face.

use std::fmt::Write as _;
use std::path::Path;

use sandtable::engine::Move;
use sandtable::exercise::Exercise;
use sandtable::finding::Sources;
use sandtable::library;
use sandtable::play;

use crate::program::{Call, SILENT, Text, command, folder, starter};

/// One exercise: how it is opened, and its moves as lines.
pub struct Scripted {
    pub name: String,
    /// What follows `sandtable`.
    pub arguments: Vec<String>,
    pub lines: String,
    /// The play as it was written.
    pub play: String,
}

/// Every play beside a scenario as lines of moves, then waits to ENDEX. Without the rolls that the play forces a move
/// may be refused; such moves are left out.
pub fn plays(scenario: &str) -> Vec<Scripted> {
    let found = library::find(scenario).expect("it is in the binary");
    let mut plays = Vec::new();
    for text in &found.plays {
        let mut sources = Sources::default();
        let (parsed, findings) = play::parse(&text.text, sources.add(&text.path, &text.text));
        assert!(findings.is_empty(), "{}", text.path);
        let loaded = library::load(&found.folder, &parsed.setup()).expect("it has no mistakes");
        let wanted = play::run(&loaded.program, &parsed).moves;
        let mut exercise = Exercise::begin(loaded.program, parsed.seed());
        let mut lines = String::new();
        for wanted in wanted {
            if exercise.make(wanted).is_ok() {
                let _ = writeln!(lines, "{}", play::line_of(exercise.program(), wanted));
            }
        }
        while !exercise.is_over() {
            exercise
                .make(Move::Wait)
                .expect("waiting is always possible");
            lines.push_str("wait\n");
        }
        let mut arguments: Vec<String> = ["play", scenario, "--seed"].map(str::to_owned).into();
        arguments.push(parsed.seed().to_string());
        let setup = parsed.setup();
        for (option, value) in [("--variant", setup.variant), ("--cut", setup.cut)] {
            if let Some(value) = value {
                arguments.extend([option.to_owned(), value]);
            }
        }
        plays.push(Scripted {
            name: text.path.clone(),
            arguments,
            lines,
            play: text.text.clone(),
        });
    }
    plays
}

/// Standard output of the plain face for these moves, with other settings of the environment.
fn plain(scripted: &Scripted, home: &Path, environment: &[(&str, &str)]) -> String {
    let input = home.join("moves.txt");
    std::fs::write(&input, &scripted.lines).expect("it can be written");
    let output = command(env!("CARGO_BIN_EXE_sandtable"), home)
        .args(&scripted.arguments)
        .arg("--plain")
        .envs(environment.iter().copied())
        .stdin(std::fs::File::open(&input).expect("it was written"))
        .output()
        .expect("the program starts");
    let stdout = String::from_utf8(output.stdout).expect("outputs are UTF-8");
    assert!(output.status.success(), "{}: {stdout}", scripted.name);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(stdout.contains("\nENDEX "), "{}: {stdout}", scripted.name);
    stdout
}

#[test]
fn every_shipped_play_can_be_piped_in() {
    let folder = folder();
    for scripted in ["starter", "advanced-2022"].into_iter().flat_map(plays) {
        let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
        arguments.push("--plain");
        let holds = Call {
            arguments: &arguments,
            input: &scripted.play,
            stdout: Text::Holds(&["EXERCISE", "NOW"]),
            ..SILENT
        };
        holds.run(folder.path());
        let input = format!("{}\nexpect total 9999\n", scripted.play);
        let fails = Call {
            arguments: &arguments,
            input: &input,
            code: 1,
            stdout: Text::Holds(&["REFUSED Expected total 9999, found "]),
            ..SILENT
        };
        fails.run(folder.path());
    }
}

#[test]
fn a_line_that_starts_another_exercise_is_refused() {
    for (line, answer) in [
        ("seed 8", "This exercise runs with seed 7."),
        ("variant none", "This exercise runs with variant alone."),
        ("cut the_week", "This exercise runs with no cut."),
        ("roll nothing 1", "Unknown chance `nothing`."),
        ("wait until tomorrow", "`tomorrow` is not a date."),
        ("end", "Expected ENDEX, but the exercise is still under way"),
    ] {
        let call = Call {
            arguments: &starter(&[]),
            input: line,
            code: 1,
            stdout: Text::Holds(&["REFUSED ", answer]),
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn the_zone_the_home_and_the_time_of_the_machine_change_nothing() {
    let exercises: Vec<Scripted> = ["starter", "advanced-2022"]
        .into_iter()
        .flat_map(plays)
        .collect();
    assert!(exercises.len() >= 9);
    for scripted in exercises {
        let (here, there) = (folder(), folder());
        let first = plain(&scripted, here.path(), &[]);
        for (home, environment) in [
            (&here, &[][..]),
            (&here, &[("TZ", "America/New_York")]),
            (&here, &[("TZ", "Asia/Tokyo"), ("LC_ALL", "tr_TR.UTF-8")]),
            (&there, &[("COLUMNS", "200"), ("TERM", "xterm-256color")]),
        ] {
            let again = plain(&scripted, home.path(), environment);
            assert_eq!(again, first, "{} with {environment:?}", scripted.name);
        }
    }
}

#[cfg(unix)]
mod faces {
    use std::path::Path;

    use sandtable::front::{MoveById, PlaySetup};
    use sandtable::tui::Key;

    use super::{Scripted, plain, plays};
    use crate::program::{command, folder};
    use crate::twin::Twin;

    /// A line of the play grammar as a move.
    fn wanted(line: &str) -> MoveById {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["wait"] => MoveById::Wait,
            ["take", action] => MoveById::Take(action.to_owned()),
            ["choose", decision, option] => {
                MoveById::Choose(decision.to_owned(), option.to_owned())
            }
            _ => panic!("{line} is no move"),
        }
    }

    /// The option after a name, among arguments.
    fn value(arguments: &[String], name: &str) -> Option<String> {
        let place = arguments.iter().position(|it| it == name)?;
        arguments.get(place + 1).cloned()
    }

    /// The transcript that the full screen writes, with every move made by keys.
    fn by_keys(scripted: &Scripted, folder: &Path) -> String {
        let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
        arguments.extend(["--transcript", "screen.txt"]);
        let setup = PlaySetup {
            scenario: scripted.arguments[1].clone(),
            variant: value(&scripted.arguments, "--variant"),
            cut: value(&scripted.arguments, "--cut"),
            seed: value(&scripted.arguments, "--seed").and_then(|seed| seed.parse().ok()),
            history: false,
            seats: Vec::new(),
            team: String::new(),
            allow_take_back: false,
        };
        let mut twin = Twin::start(&arguments, setup, folder, (120, 40));
        twin.press(Key::Enter);
        for line in scripted.lines.lines() {
            twin.make(&wanted(line));
        }
        assert!(twin.room.exercise().expect("it began").is_over());
        left(twin, folder)
    }

    fn left(mut twin: Twin, folder: &Path) -> String {
        twin.press(Key::Char('q'));
        twin.press(Key::Char('q'));
        assert_eq!(twin.terminal.ends(), 0);
        let path = folder.join("screen.txt");
        let text = std::fs::read_to_string(&path).expect("it was written");
        // A transcript is never written over: the next one needs the name.
        std::fs::remove_file(path).expect("it can be removed");
        text
    }

    #[test]
    fn a_transcript_of_the_screen_is_what_the_lines_say() {
        for scripted in ["starter", "advanced-2022"].into_iter().flat_map(plays) {
            let folder = folder();
            let transcript = by_keys(&scripted, folder.path());
            let lines = plain(&scripted, folder.path(), &[]);
            assert_eq!(transcript, lines, "{}", scripted.name);
        }
    }

    #[test]
    fn a_transcript_of_an_exercise_that_is_left_ends_with_the_points_so_far() {
        let folder = folder();
        let scripted = Scripted {
            name: "left".to_owned(),
            arguments: ["play", "starter", "--seed", "7"].map(str::to_owned).into(),
            lines: "take call_round\nwait\nquit\n".to_owned(),
            play: String::new(),
        };
        let setup = PlaySetup {
            scenario: "starter".to_owned(),
            seed: Some(7),
            ..PlaySetup::default()
        };
        let arguments = [
            "play",
            "starter",
            "--seed",
            "7",
            "--transcript",
            "screen.txt",
        ];
        let mut twin = Twin::start(&arguments, setup, folder.path(), (120, 40));
        twin.press(Key::Enter);
        twin.make(&MoveById::Take("call_round".to_owned()));
        twin.make(&MoveById::Wait);
        let transcript = left(twin, folder.path());
        let output = command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
            .args(&scripted.arguments)
            .args(["--plain"])
            .stdin({
                std::fs::write(folder.path().join("moves.txt"), &scripted.lines)
                    .expect("it can be written");
                std::fs::File::open(folder.path().join("moves.txt")).expect("it was written")
            })
            .output()
            .expect("the program starts");
        assert_eq!(transcript, String::from_utf8_lossy(&output.stdout));
        assert!(transcript.contains("\nSTOP at "), "{transcript}");
        assert!(transcript.contains("\nTOTAL 2 of 17\n"), "{transcript}");
    }

    #[test]
    fn a_transcript_of_the_record_is_what_the_lines_say() {
        let folder = folder();
        let setup = PlaySetup {
            scenario: "advanced-2022".to_owned(),
            history: true,
            ..PlaySetup::default()
        };
        let arguments = ["history", "advanced-2022", "--transcript", "screen.txt"];
        let mut twin = Twin::start(&arguments, setup, folder.path(), (120, 40));
        twin.press(Key::Enter);
        while !twin.room.exercise().expect("it began").is_over() {
            twin.press(Key::Enter);
        }
        let transcript = left(twin, folder.path());
        let output = command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
            .args(["history", "advanced-2022", "--plain"])
            .output()
            .expect("the program starts");
        assert_eq!(transcript, String::from_utf8_lossy(&output.stdout));
    }
}
