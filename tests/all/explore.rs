//! `sandtable explore`: the same bytes whatever the threads, and what is documented.

use std::path::Path;

use serde_json::Value;

use crate::docs::document;
use crate::program::{folder, written};
use crate::pty::Terminal;

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let of = |more: &[&str], threads: &str| {
        let mut arguments = vec!["explore", "starter", "--json", "--threads", threads];
        arguments.extend(more);
        written(folder().path(), &arguments, 0)
    };
    let kinds: [&[&str]; 4] = [
        &["--sample", "3000"],
        &["--sample", "0", "--states-max", "60"],
        &["--plays", "2500", "--seed", "3"],
        &["--cut", "the_week", "--sample", "10"],
    ];
    for kind in kinds {
        let alone = of(kind, "1");
        for threads in ["2", "3"] {
            assert_eq!(of(kind, threads), alone, "{kind:?} with {threads}");
        }
    }
}

/// A scenario with a rule of each kind that is broken, one of each that is kept, and what can never come.
pub const HOUSE: &str = "\
format: 1
id: house
title: A house
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 8h
roles: {lead: {title: Lead}}
objectives: {safe: {title: Safe, worth: 1}}
values: {open: false, lit: false}
actions:
  push: {label: Push the door, feedback: It opens., do: [open = true]}
  pull: {label: Pull the door, feedback: It shuts., needs: open, do: [open = false]}
  fly: {label: Fly, feedback: You fly., needs: open && !open, do: [lit = true]}
phases:
  night:
    title: The night
    injects:
      ring:
        at: 1h
        repeats: 4
        every: 1h
        to: [lead]
        by: Somebody
        via: phone
        title: A ring
        text: Somebody rings.
        chance: bulb
        outcomes: [{odds: 1, do: [lit = true]}, {odds: 3, do: [lit = false]}]
      ghost: {at: 2h, when: open && !open, to: [lead], by: Ghost, via: phone, title: A ghost, text: Boo.}
    ends: [{at: 6h, to: endex}]
endings:
  dawn: {title: Dawn, text: It is over., when: open || !open}
  never: {title: Never, text: It never was.}
rules:
  shut: {always: \"!open\"}
  dark: {never: lit && open, because: The neighbours see it.}
  light: {eventually: lit}
  answered: {within: 2h, after: open, holds: \"!open\"}
  calm: {always: open || !open}
  real: {never: now() > 600}
  ends: {eventually: now() >= 360}
  patient: {within: 7h, after: open, holds: \"!open\"}
";

/// The scenario in the folder `house`.
fn house(folder: &Path) {
    std::fs::create_dir(folder.join("house")).expect("it can be made");
    std::fs::write(folder.join("house/scenario.yaml"), HOUSE).expect("it can be written");
}

#[test]
fn random_exercises_name_the_first_that_breaks_a_rule_and_write_it_as_a_play() {
    let folder = folder();
    let home = folder.path();
    house(home);
    let of = |more: &[&str], threads: &str| {
        let arguments = ["explore", "house", "--plays", "500", "--threads", threads];
        written(home, &[&arguments, more].concat(), 1)
    };
    for more in [&["--json"][..], &[]] {
        let alone = of(more, "1");
        for threads in ["2", "3"] {
            assert_eq!(of(more, threads), alone, "{threads} threads");
        }
    }
    let read: Value = serde_json::from_str(&of(&["--json"], "2")).expect("it is JSON");
    let rules = read["rules"].as_array().expect("a list");
    let of_rules = |key: &str| -> Vec<_> { rules.iter().map(|it| it[key].clone()).collect() };
    let mut first = (u64::MAX, "");
    for (number, rule) in rules.iter().enumerate() {
        let (id, broken) = (rule["id"].as_str().expect("a name"), number < 4);
        assert_eq!(rule["broken"] != 0, broken, "{id}");
        assert_eq!(rule["first"].is_u64(), broken, "{id}");
        assert_eq!(rule["play"].is_string(), broken, "{id}");
        if let Some(exercise) = rule["first"].as_u64().filter(|it| *it < first.0) {
            first = (exercise, id);
        }
    }
    assert_eq!(read["first_broken"]["exercise"], first.0);
    assert_eq!(read["first_broken"]["rule"], first.1);
    let findings = read["findings"].as_array().expect("a list");
    let found: Vec<_> = findings
        .iter()
        .map(|it| {
            (
                it["rule"].as_str().unwrap_or(""),
                it["severity"].as_str().unwrap_or(""),
            )
        })
        .collect();
    let wanted = [
        [("not-seen", "warning"); 3].as_slice(),
        [("broken-rule", "error"); 4].as_slice(),
    ];
    assert_eq!(found, wanted.concat());
    // The same exercise of another number of them; and none before it.
    let fewer = written(
        home,
        &[
            "explore",
            "house",
            "--json",
            "--plays",
            &first.0.to_string(),
        ],
        1,
    );
    let fewer: Value = serde_json::from_str(&fewer).expect("it is JSON");
    assert_eq!(fewer["first_broken"], read["first_broken"]);
    // For people, with the play itself; or as files, which are tests that pass.
    let text = of(&[], "2");
    let play = rules
        .iter()
        .find(|it| it["id"] == first.1)
        .expect("it is there");
    let play = play["play"].as_str().expect("a text");
    assert!(text.ends_with(play), "{text}");
    let said = format!(
        "Exercise {} is the first that breaks a rule: `{}`.",
        first.0, first.1
    );
    assert!(text.contains(&said), "{text}");
    let text = of(&["--plays-to", "house/plays"], "2");
    assert!(text.ends_with(&format!("{said}\n")), "{text}");
    let plays = of_rules("play").into_iter().zip(of_rules("id"));
    for (play, id) in plays.filter(|(play, _)| play.is_string()) {
        let id = id.as_str().expect("a name");
        let path = home.join(format!("house/plays/broken-rule-{id}.play"));
        let kept = std::fs::read_to_string(path).expect("it was written");
        assert_eq!(play, kept, "{id}");
    }
    let tested = written(home, &["test", "house"], 0);
    assert!(tested.contains("4 plays, 0 failed"), "{tested}");
}

#[test]
fn what_came_in_none_is_a_warning_and_no_error() {
    let folder = folder();
    house(folder.path());
    let path = folder.path().join("house/scenario.yaml");
    let (kept, _) = HOUSE.split_once("rules:").expect("it has rules");
    std::fs::write(path, kept).expect("it can be written");
    let text = written(folder.path(), &["explore", "house", "--plays", "100"], 0);
    for piece in [
        "warning[not-seen] the inject `ghost` came in none of 100 random exercises",
        "warning[not-seen] the action `fly` was taken in none of 100 random exercises",
        "warning[not-seen] none of 100 random exercises reached the ending `never`",
    ] {
        assert!(text.contains(piece), "{piece} in {text}");
    }
}

#[test]
fn every_key_is_documented() {
    let text = document("docs/explore.md");
    let schema: Value = serde_json::from_str(&document("docs/explore.schema.json")).expect("JSON");
    for more in [["--sample", "100"], ["--plays", "100"]] {
        let mut arguments = vec!["explore", "starter", "--json"];
        arguments.extend(more);
        let read: Value =
            serde_json::from_str(&written(folder().path(), &arguments, 0)).expect("it is JSON");
        for key in read.as_object().expect("an object").keys() {
            assert!(text.contains(&format!("`{key}`")), "{key}");
            let of = |part: &str| schema[part]["properties"][key].is_object();
            let in_all = schema["properties"][key].is_object();
            assert!(in_all || of("then") || of("else"), "{key}");
        }
    }
}

#[test]
fn what_never_came_is_marked_and_what_is_beyond_the_budget_is_said() {
    let home = folder();
    house(home.path());
    let played = written(home.path(), &["explore", "house", "--plays", "100"], 1);
    let ghost = played
        .lines()
        .find(|line| line.trim_start().starts_with("ghost"));
    assert!(
        ghost.is_some_and(|line| line.ends_with("never")),
        "{played}"
    );
    let partial = written(
        folder().path(),
        &["explore", "starter", "--states-max", "50", "--sample", "0"],
        0,
    );
    assert!(partial.contains("these are bounds"), "{partial}");
    assert!(
        partial.starts_with("Partial: there are more than 50 states"),
        "{partial}"
    );
    for line in partial.lines().filter(|line| line.starts_with("in_the")) {
        assert!(line.contains(" ≥ "), "{line}");
    }
    let told = partial.split("\nFindings").next();
    let long = told.into_iter().flat_map(str::lines);
    assert_eq!(long.filter(|it| it.chars().count() > 79).count(), 0);
}

#[test]
fn why_not_everything_was_seen_stands_in_the_json() {
    let of = |more: &[&str]| {
        let mut arguments = vec!["explore", "starter", "--json", "--sample", "0"];
        arguments.extend(more);
        let read: Value =
            serde_json::from_str(&written(folder().path(), &arguments, 0)).expect("it is JSON");
        (read["partial"].clone(), read["whole"].clone())
    };
    assert_eq!(of(&[]), (Value::Null, true.into()));
    assert_eq!(of(&["--states-max", "50"]), ("budget".into(), false.into()));
}

#[test]
fn control_c_stops_it_and_what_is_missing_is_said() {
    let home = folder();
    let wanted = [
        env!("CARGO_BIN_EXE_sandtable"),
        "explore",
        "starter",
        "--sample",
        "4000000000",
    ];
    let mut terminal = Terminal::start(&wanted, home.path(), (100, 90), &[]);
    terminal.shows(" of 4,000,000,000 random exercises, ");
    terminal.send("\u{3}");
    terminal.shows("Partial: the search was stopped. Every state was seen, but random exercises,");
    assert_eq!(terminal.ends(), 2);
}

#[test]
fn an_option_begins_as_often_as_it_is_agreed_to() {
    let arguments = ["explore", "starter", "--json", "--plays", "2000"];
    let text = written(folder().path(), &arguments, 0);
    let read: Value = serde_json::from_str(&text).expect("it is JSON");
    let courses = read["courses"].as_array().expect("a list");
    let count = |name: &str| {
        let found = courses.iter().find(|it| it["id"] == name);
        found.expect("it is listed")["plays"].as_u64()
    };
    let begun = count("note all_off");
    assert!(begun > Some(0), "{text}");
    assert_eq!(count("note.all_off.consent agree"), begun);
}
