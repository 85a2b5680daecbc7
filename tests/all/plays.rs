//! Plays as tests: what a failure shows, what is accepted, and exercises that become plays.

use std::fs;
use std::path::Path;

use crate::formats::mine;
use crate::program::{Call, SILENT, Text, command, folder};
use crate::same::plays;

/// A play with expectations of every kind, some of which fail; spaces, ends of lines and comments as people leave them.
const HOPEFUL: &str = "\u{feff}seed 7\r
# What we hope for.
wait
  expect  total   >=  1000  # all of it\r
expect score care 1
expect score   care   9
expect inject note
expect no  inject note
expect chosen note all_off\t# never
expect phase week
expect helpers < 0
expect network cut
expect time 2024-03-04 08:30
expect ending on_file
expect helpers <= 1
end";

/// The same, with what was found.
const ACCEPTED: &str = "\u{feff}seed 7\r
# What we hope for.
wait
  expect  total   >=  1  # all of it\r
expect score care 1
expect score   care   1
expect inject note
expect inject note
expect chosen note look\t# never
expect phase morning
expect helpers 2
expect network joined
expect time 2024-03-04 09:00
expect ending on_file
expect helpers <= 2
end";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join("mine/plays").join(name);
    fs::write(path, text).expect("it can be written");
}

#[test]
fn what_was_found_is_accepted_and_nothing_else_is_changed() {
    let folder = folder();
    mine(folder.path());
    write(folder.path(), "hopeful.play", HOPEFUL);
    let path = "mine/plays/hopeful.play";
    let call = Call {
        arguments: &["test", path, "--accept", "--format", "short"],
        code: 1,
        stdout: Text::Holds(&[
            "FAILED mine/plays/hopeful.play\n",
            "  accepted, line 4: `expect  total   >=  1000` is now `expect total >= 1`\n",
            "  accepted, line 6: ",
            "mine/plays/hopeful.play:14:1: error[unmet-expectation] expected ending on_file, found not ENDEX yet\n",
            "mine/plays/hopeful.play:16:1: error[unmet-expectation] expected ENDEX",
            "1 play, 1 failed\n",
        ]),
        ..SILENT
    };
    call.run(folder.path());
    let text = fs::read_to_string(folder.path().join(path)).expect("it is there");
    assert_eq!(text, ACCEPTED);
    let names = fs::read_dir(folder.path().join("mine/plays")).expect("it is there");
    assert_eq!(names.count(), 3, "nothing else was left there");
}

#[test]
fn what_proves_nothing_or_is_not_run_is_said() {
    let folder = folder();
    mine(folder.path());
    write(folder.path(), "empty.play", "");
    write(folder.path(), "idle.play", "\n# Later.\nwait\n");
    write(folder.path(), "first.play.txt", "wait\n");
    let mine = ["mine"];
    let test = Call {
        arguments: &["test", mine[0], "--format", "short"],
        stdout: Text::Holds(&[
            "ok mine/plays/empty.play (0 points)\n",
            "mine/plays/empty.play:1:1: warning[no-expectation] the play is empty, so it proves nothing\n",
            "ok mine/plays/idle.play",
            "mine/plays/idle.play:3:1: warning[no-expectation] the play expects nothing",
        ]),
        stderr: Text::Is(
            "skipped: mine/plays/first.play.txt: this is not run: the name of a play ends in `.play`\n",
        ),
        ..SILENT
    };
    test.run(folder.path());
    let check = Call {
        arguments: &["check", mine[0], "--format", "short"],
        stdout: Text::Is(
            "mine/plays/first.play.txt:1:1: warning[unused-file] this is not run: the name of a play ends in `.play`\n",
        ),
        stderr: Text::Is("1 scenario checked, 1 finding\n"),
        ..SILENT
    };
    check.run(folder.path());
}

#[test]
fn a_move_that_fails_is_never_accepted() {
    let folder = folder();
    mine(folder.path());
    let text = "seed 7\nwait for noise\nexpect total 99\n";
    let refused = "seed 7\nexpect total 0\nchoose note nothing\nexpect total 99\n";
    for text in [text, refused] {
        write(folder.path(), "wrong.play", text);
        let call = Call {
            arguments: &["test", "mine/plays/wrong.play", "--accept"],
            code: 1,
            stdout: Text::Holds(&["FAILED mine/plays/wrong.play\n", "error[bad-line]"]),
            ..SILENT
        };
        call.run(folder.path());
        let after = fs::read_to_string(folder.path().join("mine/plays/wrong.play"));
        assert_eq!(after.expect("it is there"), text);
    }
}

#[test]
fn accepting_everything_gives_0_and_the_play_holds_from_then_on() {
    let folder = folder();
    mine(folder.path());
    write(folder.path(), "a.play", "seed 7\nwait\nexpect total 99\n");
    for said in [
        "ok mine/plays/a.play (1 point)\n  accepted, line 3: `expect total 99` is now `expect total 1`\n1 play, 0 failed\n",
        "ok mine/plays/a.play (1 point)\n1 play, 0 failed\n",
    ] {
        let call = Call {
            arguments: &["test", "mine/plays/a.play", "--accept"],
            stdout: Text::Is(said),
            ..SILENT
        };
        call.run(folder.path());
    }
}

#[test]
fn a_failure_shows_the_moments_around_it() {
    let folder = folder();
    mine(folder.path());
    write(
        folder.path(),
        "a.play",
        "seed 7\nwait\nwait\nwait\nexpect network cut\n",
    );
    let expected = "\
FAILED mine/plays/a.play
mine/plays/a.play:5:1: error[unmet-expectation] expected network cut, found joined
  compared  network
  expected  cut
  found     joined
  move 2  wait
";
    let call = Call {
        arguments: &["test", "mine/plays/a.play", "--format", "short"],
        code: 1,
        stdout: Text::Holds(&[
            expected,
            "  move 3  wait\n",
            // No line is wider than the screen.
            "    2024-03-04 11:00  inject ransom: “We have your patients” Your files are with\n",
            "        us. You have until the weekend.\n",
            "  here  2024-03-04 ",
            "  no effect has changed it since STARTEX\n1 play, 1 failed\n",
        ]),
        ..SILENT
    };
    call.run(folder.path());
    let junit = Call {
        arguments: &["test", "mine", "--format", "junit"],
        stdout: Text::Holds(&[
            "<testsuite name=\"mine\" tests=\"3\" skipped=\"0\" errors=\"0\" failures=\"1\">",
            "<testcase name=\"mine/plays/a.play\" classname=\"mine\">",
            "<failure message=\"expected network cut, found joined\" type=\"unmet-expectation\">",
            "move 3  wait\n",
            "<testcase name=\"mine/plays/first.play\" classname=\"mine\"/>",
        ]),
        ..call
    };
    junit.run(folder.path());
}

/// The exercise of a journal as a play.
fn as_play(folder: &Path, journal: &str) -> String {
    let output = command(env!("CARGO_BIN_EXE_sandtable"), folder)
        .args(["replay", journal, "--as-play"])
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("outputs are UTF-8")
}

#[test]
fn every_shipped_play_is_recorded_and_becomes_a_play_that_holds() {
    let mut forced = 0;
    for scenario in ["starter", "advanced-2022"] {
        let folder = folder();
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("scenarios")
            .join(scenario);
        let copied = command("cp", folder.path())
            .arg("-r")
            .arg(from)
            .arg("copy")
            .status();
        assert!(copied.expect("it starts").success());
        let all = plays(scenario);
        for (number, scripted) in all.iter().enumerate() {
            let journal = format!("{number}.jsonl");
            let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
            arguments.extend(["--plain", "--journal", &journal]);
            let call = Call {
                arguments: &arguments,
                input: &scripted.play,
                stdout: Text::Holds(&["EXERCISE"]),
                stderr: Text::Holds(&["Recorded in "]),
                ..SILENT
            };
            call.run(folder.path());
            let text = as_play(folder.path(), &journal);
            forced += text.matches("\nroll ").count();
            assert!(text.contains("\nexpect total "), "{text}");
            fs::write(
                folder
                    .path()
                    .join(format!("copy/plays/again_{number}.play")),
                text,
            )
            .expect("it can be written");
        }
        let tested = format!("{} plays, 0 failed\n", 2 * all.len());
        let call = Call {
            arguments: &["test", "copy"],
            stdout: Text::Holds(&["ok copy/plays/again_0.play (", &tested]),
            ..SILENT
        };
        call.run(folder.path());
    }
    assert!(forced > 0, "the plays force no rolls");
}

#[test]
fn an_exercise_with_moves_taken_back_and_words_becomes_a_play() {
    let folder = folder();
    mine(folder.path());
    let input = "because It is \u{1b}[31mthe safest\nby Anna\nsure 80\nchoose note all_off\nwait\ntake back to 1\nwait\nwait\n";
    let output = command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
        .args([
            "play",
            "mine",
            "--plain",
            "--seed",
            "7",
            "--journal",
            "a.jsonl",
        ])
        .stdin({
            fs::write(folder.path().join("lines"), input).expect("it can be written");
            fs::File::open(folder.path().join("lines")).expect("it was written")
        })
        .output()
        .expect("the program starts");
    let shown = String::from_utf8_lossy(&output.stdout);
    let text = as_play(folder.path(), "a.jsonl");
    assert!(!text.contains('\u{1b}'), "{text}");
    assert!(shown.contains("TAKEN BACK"), "{shown}");
    assert!(
        text.contains(
            "\n# Anna, 80 % sure: It is \u{241b}[31mthe safest\nchoose note all_off\nwait\nwait\n\n"
        ),
        "{text}"
    );
    write(folder.path(), "a.play", &text);
    let call = Call {
        arguments: &["test", "mine/plays/a.play"],
        stdout: Text::Holds(&["ok mine/plays/a.play (", "1 play, 0 failed\n"]),
        ..SILENT
    };
    call.run(folder.path());
}
