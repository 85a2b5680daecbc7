//! The commands: arguments in, exit codes and outputs out.

use crate::program::{Call, SILENT, Text, folder};

/// A scenario of one file with two mistakes.
const WRONG: &str = "\
format: 1
id: wrong
title: A scenario with two mistakes
summry: Nobody reads this.
briefing: Nobody reads this.
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 2 days
";

#[test]
fn mistakes_in_arguments_are_trouble() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["chekc"], &["unrecognized subcommand 'chekc'", "'check'"]),
        (
            &["play", "--sede", "7"],
            &["unexpected argument '--sede'", "'--seed'"],
        ),
        (
            &["play", "--seed", "x"],
            &["invalid value 'x' for '--seed <SEED>'"],
        ),
        (&["check"], &["<PATH>..."]),
        (&["check", "nowhere/at/all"], &["error: ", "nowhere/at/all"]),
        (&["test", "nowhere/at/all"], &["error: ", "nowhere/at/all"]),
        (&["explore", "advanced-2023"], &["error: ", "advanced-2023"]),
        (
            &["play", "advanced-2023", "--plain"],
            &["error: ", "advanced-2023"],
        ),
        (
            &["history", "advanced-2023", "--plain"],
            &["error: ", "advanced-2023"],
        ),
        (&["new", "No Name"], &["error: ", "No Name"]),
        (
            &[],
            &["error: the start screen needs a terminal\n", "--plain"],
        ),
    ];
    for (arguments, stderr) in cases {
        let call = Call {
            arguments,
            code: 2,
            stderr: Text::Holds(stderr),
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn help_and_version_are_results() {
    let version = concat!("sandtable ", env!("CARGO_PKG_VERSION"), "\n");
    let commands = [
        "play",
        "resume",
        "exercises",
        "replay",
        "history",
        "check",
        "test",
        "explore",
        "new",
    ];
    let cases: &[(&[&str], Text)] = &[
        (&["--version"], Text::Is(version)),
        (&["--help"], Text::Holds(&commands)),
        (
            &["play", "--help"],
            Text::Holds(&[
                "--seed",
                "--variant",
                "--cut",
                "--journal",
                "--no-journal",
                "--plain",
                "--ascii",
                "--transcript",
            ]),
        ),
    ];
    for (arguments, stdout) in cases {
        let call = Call {
            arguments,
            stdout: *stdout,
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn findings_are_all_told_and_give_1() {
    let folder = folder();
    std::fs::write(folder.path().join("wrong.yaml"), WRONG).expect("it can be written");
    let call = Call {
        arguments: &["check", "wrong.yaml", "--format", "short"],
        code: 1,
        stdout: Text::Holds(&[
            "wrong.yaml:4:1: error[unknown-field] ",
            "\nwrong.yaml:8:8: error[",
        ]),
        stderr: Text::Holds(&["1 scenario checked, "]),
        ..SILENT
    };
    call.run(folder.path());
    let full = Call {
        arguments: &["check", "wrong.yaml"],
        stdout: Text::Holds(&[
            "error[unknown-field]",
            "wrong.yaml:4:1",
            "summry: Nobody reads this.",
        ]),
        ..call
    };
    full.run(folder.path());
}

#[test]
fn outputs_hold_no_control_characters() {
    let folder = folder();
    let name = "we\u{1b}[31mird";
    let call = Call {
        arguments: &["check", name],
        code: 2,
        stderr: Text::Holds(&["error: ", "we", "[31mird"]),
        ..SILENT
    };
    call.run(folder.path());
    let output = crate::program::command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
        .args(["check", name])
        .output()
        .expect("the program starts");
    assert!(!output.stderr.contains(&0x1b));
}
