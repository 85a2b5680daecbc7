//! `sandtable account`: what an exercise of the starter scenario cost, in words and for programs.

use serde_json::Value;

use crate::program::{Call, SILENT, Text, folder, starter, written};

/// The journal of an exercise that waited all along, in a folder.
fn waited(home: &std::path::Path) {
    let call = Call {
        arguments: &starter(&["--journal", "a.jsonl"]),
        input: "wait until 2024-03-08 12:00\n",
        stdout: Text::Holds(&["ENDEX"]),
        stderr: Text::Holds(&["a.jsonl"]),
        ..SILENT
    };
    call.run(home);
}

/// What the program writes for these arguments, as JSON.
fn json(home: &std::path::Path, arguments: &[&str]) -> Value {
    let arguments = [&["account", "a.jsonl", "--json"], arguments].concat();
    serde_json::from_str(&written(home, &arguments, 0)).expect("it is JSON")
}

#[test]
fn an_account_adds_up_in_words_and_for_programs() {
    let home = folder();
    waited(home.path());
    let call = Call {
        arguments: &["account", "a.jsonl"],
        stdout: Text::Holds(&[
            "EXERCISE The note at reception, seed 7",
            "STARTEX",
            "Wait",
            "In the end, and together",
            "ACCOUNT",
            "value at the start",
            "luck",
            "cost of moves",
            "COST",
            "Best: ",
        ]),
        ..SILENT
    };
    call.run(home.path());
    let report = json(home.path(), &[]);
    assert_eq!(report["version"], 1);
    let account = &report["account"];
    for kind in ["exact", "shown"] {
        let of = |what: &str| account["sum"][what][kind].as_f64().expect("it is known");
        let sum = of("start") + of("luck") - of("cost") - of("left");
        let points = account["points"].as_f64().expect("it is a number");
        assert!((sum - points).abs() < 1e-9, "{kind}: {sum} is not {points}");
        let moves = account["moves"].as_array().expect("they are listed");
        let costs: f64 = moves
            .iter()
            .filter_map(|it| it["cost"][kind].as_f64())
            .sum();
        assert!((costs - of("cost")).abs() < 1e-9, "{kind}: {costs}");
    }
}

#[test]
fn the_best_line_and_a_changed_move_are_played_on() {
    let home = folder();
    waited(home.path());
    let best = json(home.path(), &["--best-from", "1"]);
    let same = json(
        home.path(),
        &["--what-if", "1: choose note look", "--then", "same"],
    );
    let points = |report: &Value| report["line"]["points"].as_i64().expect("it has points");
    assert!(points(&best) > points(&same));
    // What the first question is left to, anyway.
    let account = json(home.path(), &[]);
    assert_eq!(account["account"]["points"].as_i64(), Some(points(&same)));
}

#[test]
fn what_cannot_be_changed_is_said() {
    let home = folder();
    waited(home.path());
    let cases: &[(&[&str], &str)] = &[
        (&["--what-if", "1: choose note loo"], "loo"),
        (&["--what-if", "99: wait"], "no move 99"),
        (
            &["--what-if", "1: choose waiting_words honest"],
            "cannot be done",
        ),
        (&["--what-if", "1: roll only_desk 1"], "not rolled"),
        (&["--what-if", "1: roll only_desk 3"], "no outcome 3"),
        (&["--what-if", "wait"], "not a change"),
        (&["--best-from", "99"], "no move 99"),
        (&["--what-if", "1: wait", "--then", "historical"], "history"),
    ];
    for (arguments, piece) in cases {
        let arguments = [&["account", "a.jsonl"], *arguments].concat();
        let pieces = ["error: ", piece];
        let call = Call {
            arguments: &arguments,
            code: 2,
            stderr: Text::Holds(&pieces),
            ..SILENT
        };
        call.run(home.path());
    }
}
