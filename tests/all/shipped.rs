//! The scenarios in the binary, through the whole program.

use crate::program::{Call, SILENT, Text, folder, starter};

#[test]
fn a_new_scenario_passes_everything_and_is_never_overwritten() {
    let folder = folder();
    let calls = [
        Call {
            arguments: &["new", "my-exercise"],
            stdout: Text::Holds(&["Wrote my-exercise.", "sandtable check my-exercise\n"]),
            ..SILENT
        },
        Call {
            arguments: &["check", "my-exercise"],
            stderr: Text::Is("1 scenario checked, 0 findings\n"),
            ..SILENT
        },
        Call {
            arguments: &["test", "my-exercise"],
            stdout: Text::Holds(&["ok my-exercise/plays/", ", 0 failed\n"]),
            ..SILENT
        },
        Call {
            arguments: &["explore", "my-exercise", "--sample", "100"],
            stdout: Text::Holds(&["phase", "ending", "best", "random exercises"]),
            ..SILENT
        },
        Call {
            arguments: &["new", "my-exercise"],
            code: 2,
            stderr: Text::Is(
                "error: my-exercise already exists\n\
                 hint: Nothing was changed. Name a folder that does not exist.\n",
            ),
            ..SILENT
        },
    ];
    for call in calls {
        call.run(folder.path());
    }
    let text = std::fs::read_to_string(folder.path().join("my-exercise/scenario.yaml"));
    assert!(text.expect("it was written").contains("\nid: my-exercise "));
}

#[test]
fn a_play_that_expects_too_much_fails_with_its_line() {
    let folder = folder();
    Call {
        arguments: &["new", "mine"],
        stdout: Text::Holds(&[]),
        ..SILENT
    }
    .run(folder.path());
    let play = folder.path().join("mine/plays/hopeful.play");
    std::fs::write(play, "seed 7\nwait\nexpect total 100000\n").expect("it can be written");
    let call = Call {
        arguments: &["test", "mine/plays/hopeful.play", "--format", "short"],
        code: 1,
        stdout: Text::Holds(&[
            "FAILED mine/plays/hopeful.play\n",
            "mine/plays/hopeful.play:3:",
            "1 failed\n",
        ]),
        ..SILENT
    };
    call.run(folder.path());
}

#[test]
fn the_same_seed_and_moves_give_the_same_bytes() {
    let folder = folder();
    for file in ["one.txt", "two.txt"] {
        let call = Call {
            arguments: &starter(&["--transcript", file]),
            input: "wait\nwait\nstatus\nquit\n",
            stdout: Text::Holds(&["EXERCISE", "SITUATION", "STOP"]),
            ..SILENT
        };
        call.run(folder.path());
    }
    let read = |file| std::fs::read_to_string(folder.path().join(file)).expect("it was written");
    assert_eq!(read("one.txt"), read("two.txt"));
    assert!(read("one.txt").contains("EXERCISE"));
}

#[test]
fn a_refused_line_gives_1_where_nobody_sits() {
    let call = Call {
        arguments: &starter(&[]),
        input: "choose nothing at_all\n",
        code: 1,
        stdout: Text::Holds(&["REFUSED", "STOP at "]),
        ..SILENT
    };
    call.run(folder().path());
}

#[test]
fn history_runs_to_its_end_without_a_person() {
    let call = Call {
        arguments: &["history", "advanced-2022", "--plain"],
        stdout: Text::Holds(&["EXERCISE", "MOVE", "ENDEX"]),
        ..SILENT
    };
    call.run(folder().path());
}

#[test]
fn every_play_beside_a_shipped_scenario_holds() {
    let cases: &[(&str, &[&str])] = &[
        (
            "advanced-2022",
            &["ok advanced-2022/plays/history.play", ", 0 failed\n"],
        ),
        ("starter", &["ok starter/plays/", ", 0 failed\n"]),
    ];
    for (scenario, stdout) in cases {
        let call = Call {
            arguments: &["test", scenario],
            stdout: Text::Holds(stdout),
            ..SILENT
        };
        call.run(folder().path());
    }
}
