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

/// A scenario with a rule that the first move breaks.
const BROKEN: &str = "\
format: 1
id: door
title: A door
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 2h
roles: {lead: {title: Lead}}
objectives: {safe: {title: Safe, worth: 1}}
values: {open: false}
actions: {push: {label: Push the door, feedback: It opens., do: [open = true]}}
phases: {night: {title: The night, ends: [{at: 1h, to: endex}]}}
endings: {over: {title: Over, text: It is over.}}
rules: {shut: {never: open}}
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
        (&["check", "starter", "--plays", "shown"], &["--prove"]),
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
        "completions",
        "man",
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
fn every_command_that_searches_may_spend_the_same() {
    let options = [
        "--memory <GIB>",
        "The memory for states, in GiB",
        "[default: 12]",
        "--states-max <N>",
        "The most states to look at, instead of as many as fit",
        "--threads <N>",
        "The number of threads; by default one for each core",
    ];
    for command in ["check", "explore", "account"] {
        let call = Call {
            arguments: &[command, "--help"],
            stdout: Text::Holds(&options),
            ..SILENT
        };
        call.run(folder().path());
    }
    // Checking alone searches nothing.
    for option in ["--memory", "--states-max", "--threads"] {
        let call = Call {
            arguments: &["check", "starter", option, "1"],
            code: 2,
            stderr: Text::Holds(&["--prove"]),
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn what_the_search_finds_comes_with_plays_that_show_it() {
    let folder = folder();
    std::fs::write(folder.path().join("door.yaml"), BROKEN).expect("it can be written");
    let call = Call {
        arguments: &[
            "check",
            "door.yaml",
            "--prove",
            "--plays",
            "shown",
            "--format",
            "short",
        ],
        code: 1,
        stdout: Text::Holds(&["door.yaml:13:23: error[broken-rule] the rule `shut` is broken"]),
        stderr: Text::Holds(&["broken-rule-shut.play", "1 scenario checked"]),
        ..SILENT
    };
    call.run(folder.path());
    let play = folder.path().join("shown/broken-rule-shut.play");
    let play = std::fs::read_to_string(play).expect("it was written");
    assert!(play.contains("\ntake push\n"), "{play}");
    assert!(play.contains("\nexpect open true\n"), "{play}");
    // Without the search the rule is only read.
    let call = Call {
        arguments: &["check", "door.yaml", "--format", "short"],
        stdout: Text::Holds(&[]),
        stderr: Text::Holds(&[]),
        ..SILENT
    };
    call.run(folder.path());
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

#[test]
fn what_cannot_be_done_is_said_with_what_to_do() {
    let cases: &[(&[&str], &str)] = &[
        (
            &[],
            "error: the start screen needs a terminal\n\
             hint: Try `sandtable play advanced-2022 --plain` for lines of text, or `sandtable --help`.\n",
        ),
        (
            &["play", "startr"],
            "error: there is no scenario `startr`\n\
             hint: Did you mean `starter`? Built in are `advanced-2022` and `starter`; a path must exist.\n",
        ),
        (
            &["history", "elsewhere/startr"],
            "error: there is nothing at elsewhere/startr\n\
             hint: Check the path, or give the name of a built-in scenario, without a slash.\n",
        ),
        (
            &["play", "starter", "--variant", "alon"],
            "error: the scenario has no variant `alon`\nhint: Did you mean `alone`?\n",
        ),
        (
            &["play", "starter", "--cut", "winter"],
            "error: the scenario has no cut `winter`\nhint: It has `the_week`.\n",
        ),
        (
            &["explore", "starter", "--cut", "the_wek"],
            "error: the scenario has no cut `the_wek`\nhint: Did you mean `the_week`?\n",
        ),
        (
            &["history", "starter", "--plain"],
            "error: the scenario has no `plays/history.play`\nhint: Only a play of that name says what really happened.\n",
        ),
        (
            &["test", "."],
            "error: there is no `scenario.yaml` in .\n\
             hint: A scenario is a folder that holds at least `scenario.yaml`, or one file that ends in `.yaml`.\n",
        ),
        (
            &["play", "starter", "--plain", "--transcript", "no/where.txt"],
            "error: cannot write no/where.txt: No such file or directory (os error 2)\n\
             hint: Name another file after `--transcript`.\n",
        ),
    ];
    for (arguments, stderr) in cases {
        let call = Call {
            arguments,
            code: 2,
            stderr: Text::Is(stderr),
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn what_lies_beside_scenarios_is_passed_over_and_alone_is_refused() {
    /// The command, its paths, the exit code, and what both outputs hold.
    type Case<'a> = (&'a str, &'a [&'a str], i32, &'a [&'a str], String);
    let disk = folder();
    let copied = Call {
        arguments: &["new", "a"],
        stdout: Text::Holds(&[]),
        ..SILENT
    };
    copied.run(disk.path());
    for name in ["README.md", "scenario.schema.json"] {
        std::fs::write(disk.path().join(name), "{}").expect("a file");
    }
    // As a shell fills in `*`.
    let all = ["README.md", "a", "scenario.schema.json"];
    let skipped =
        "skipped: README.md is not a scenario\nskipped: scenario.schema.json is not a scenario\n";
    let refused = "error: scenario.schema.json is not a scenario\n\
        hint: A scenario is a folder that holds at least `scenario.yaml`, or one file that ends in `.yaml`.\n";
    let summed_up =
        |before: &str, scenarios: &str| format!("{before}{scenarios} checked, 0 findings\n");
    let cases: [Case; 4] = [
        ("check", &all, 0, &[], summed_up(skipped, "1 scenario")),
        ("test", &all, 0, &["2 plays, 0 failed"], skipped.to_owned()),
        (
            "check",
            &all[2..],
            2,
            &[],
            summed_up(refused, "0 scenarios"),
        ),
        ("test", &all[2..], 2, &[], refused.to_owned()),
    ];
    for (command, paths, code, stdout, stderr) in cases {
        let arguments: Vec<&str> = [command].iter().chain(paths).copied().collect();
        let call = Call {
            arguments: &arguments,
            code,
            stdout: Text::Holds(stdout),
            stderr: Text::Is(&stderr),
            ..SILENT
        };
        call.run(disk.path());
    }
}

#[test]
fn a_new_scenario_needs_a_name_that_check_accepts() {
    let long = "a".repeat(49);
    let names = [
        "No-Name",
        "two words",
        "9-lives",
        "-x",
        "_x",
        "caf\u{e9}",
        "..",
        "/",
        &long,
        "a\nb",
    ];
    for name in names {
        let folder = folder();
        let call = Call {
            arguments: &["new", "--", name],
            code: 2,
            stderr: Text::Holds(&[
                "error: `",
                "` cannot be the name of a scenario\n",
                "hint: The folder's name becomes the scenario's id: a lower-case letter, then more of them, digits, `-` \
                 and `_`, at most 48 characters in all.\n",
            ]),
            ..SILENT
        };
        call.run(folder.path());
        let left = std::fs::read_dir(folder.path())
            .expect("it is there")
            .count();
        assert_eq!(left, 0, "{name}");
    }
    for name in ["null", "true", "e1", "deep/inside/x_1-y", &long[1..]] {
        let folder = folder();
        let wrote = format!(
            "Wrote {name}. Next:\n  sandtable check {name}\n  sandtable test {name}\n  sandtable play {name}\n"
        );
        let new = Call {
            arguments: &["new", name],
            stdout: Text::Is(&wrote),
            ..SILENT
        };
        new.run(folder.path());
        let path = format!("./{name}");
        let check = Call {
            arguments: &["check", &path],
            stderr: Text::Is("1 scenario checked, 0 findings\n"),
            ..SILENT
        };
        check.run(folder.path());
        let tested = format!(
            "ok {path}/plays/first.play (9 points)\nok {path}/plays/wait.play (-1 point)\n2 plays, 0 failed\n"
        );
        let test = Call {
            arguments: &["test", &path],
            stdout: Text::Is(&tested),
            ..SILENT
        };
        test.run(folder.path());
    }
}

#[test]
fn results_are_these_to_the_last_byte() {
    let explored = "\
phase                entering          states           steps
morning                     3             645           1,218
week                        9              39              55
all                                       684           1,273

What multiplies the states of a phase
morning          room ×3.0, call_round ×1.8, note ×1.4, waiting_words ×1.3, the
                 minute ×1.2, intruder ×1.2
week             the minute ×2.1, note ×1.6, told ×1.3, copied ×1.3, hours
                 ×1.3, call_round ×1.1

ending                         final states
in_the_papers                             2
on_file                                   4
nobody_knows                              2

player                           mean score
best                                   8.50
most drastic                           6.33
last option                            3.33
random                                 3.30
first option                          -1.00
only waits                            -1.00
worst                                 -4.33

objective, under best play      mean points    worth
contain                                3.33        8
care                                   2.00        4
inform                                 3.17        5

An exercise takes 8 to 16 moves, and ends on Fri 8 Mar 2024 12:00.
";
    let calls = [
        Call {
            arguments: &["check", "starter", "advanced-2022"],
            stderr: Text::Is("2 scenarios checked, 0 findings\n"),
            ..SILENT
        },
        Call {
            arguments: &["test", "starter"],
            stdout: Text::Is(
                "ok starter/plays/first.play (9 points)\n\
                 ok starter/plays/wait.play (-1 point)\n\
                 2 plays, 0 failed\n",
            ),
            ..SILENT
        },
        Call {
            arguments: &["explore", "starter", "--cut", "the_week", "--sample", "0"],
            stdout: Text::Holds(&[
                "best                                   3.00",
                "worst                                 -3.00",
            ]),
            ..SILENT
        },
        Call {
            arguments: &["explore", "starter", "--variant", "alone", "--sample", "0"],
            stdout: Text::Holds(&["phase", "objective, under best play"]),
            ..SILENT
        },
        Call {
            arguments: &["explore", "starter", "--sample", "0"],
            stdout: Text::Holds(&[explored]),
            ..SILENT
        },
    ];
    for call in calls {
        call.run(folder().path());
    }
}
