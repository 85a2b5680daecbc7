//! What the search finds: the plays that show it pass, and rules mean what the format says.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::pages::{blocks, folder};
use super::proved;
use crate::check::prove::{Facts, NAMES, findings};
use crate::check::{check_sample, rule};
use crate::finding::{FileId, Severity};
use crate::play;
use crate::program::compile::tests::written;
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{Folder, read};
use crate::search::sample::sample;
use crate::search::{Budget, Solver};

/// Rules whose findings no play can show.
const WITHOUT_PLAY: [&str; 5] = [
    "not-proven",
    "thoughtless-bot",
    "unreachable-action",
    "unreachable-ending",
    "unreachable-phase",
];

/// What fails when a play is run.
fn fails(folder: &Folder, text: &str) -> Vec<String> {
    let (scenario, _, _) = read(folder);
    let scenario = Arc::new(scenario.expect("it can be read"));
    let (play, mut found) = play::parse(text, FileId(0));
    let (program, _) = compile(&scenario, &ProgramSetup::default());
    let program = program.expect("it compiles");
    found.extend(play::run(&program, &play).findings);
    found.into_iter().map(|it| it.headline).collect()
}

#[test]
fn the_pages_examples_are_shown_by_plays_that_hold() {
    for name in NAMES {
        let page = rule(name).map_or("", |rule| rule.page);
        let (folder, _) = folder(&blocks(page, "Example"));
        let found = proved(&folder, Some(&["history"]), Budget::default());
        assert_eq!(
            found.plays.is_empty(),
            WITHOUT_PLAY.contains(&name),
            "{name}"
        );
        let count = if name == "needs-hindsight" { 2 } else { 1 };
        assert!(found.plays.len() <= count, "{name}: {:?}", found.plays);
        for play in &found.plays {
            assert!(play.name.starts_with(name), "{}", play.name);
            assert_eq!(
                fails(&folder, &play.text),
                Vec::<String>::new(),
                "{}",
                play.text
            );
        }
    }
}

/// The team is asked every hour until the fourth, and after six hours everything is over. There is an alarm from 30 to 90
/// minutes.
const DOOR: &str = "
values: {door: {one_of: [shut, open], initial: shut}, alarm: false}
actions: {open: {label: Open, do: [door = open]}}
phases:
  p:
    title: P
    begins: [{after: 30m, do: [alarm = true]}, {after: 90m, do: [alarm = false]}]
    injects:
      tick: {at: 1h, repeats: 4, every: 1h, MSG}
    ends: [{at: 6h, to: endex}]
";

/// A rule, and the number of moves of the shortest play that breaks it.
const CASES: &[(&str, Option<usize>)] = &[
    ("always: door == shut", Some(1)),
    ("always: door == shut || taken.open", None),
    ("never: alarm", Some(1)),
    ("never: alarm && door == open", Some(2)),
    // Between an hour and two nobody can move.
    ("never: now() > 80 && now() < 100", None),
    ("eventually: alarm", None),
    ("eventually: door == open", Some(5)),
    ("eventually: now() >= 360", None),
    // Owed since the first hour, so due by the fifth, and nobody can move between the fourth and the end.
    ("{within: 4h, after: alarm, holds: door == open}", Some(5)),
    // ENDEX comes before the time is over.
    ("{within: 5h, after: alarm, holds: door == open}", None),
    // The last minute counts, though nobody can move in it.
    ("{within: 30m, after: alarm, holds: \"!alarm\"}", None),
    ("{within: 29m, after: alarm, holds: \"!alarm\"}", Some(2)),
    // The debt is paid, and comes again.
    (
        "{within: 1h, after: now() >= 120, holds: now() % 120 == 60}",
        None,
    ),
    (
        "{within: 59m, after: now() >= 120, holds: now() % 120 == 60}",
        Some(3),
    ),
];

#[test]
fn rules_are_broken_by_the_shortest_play_and_only_then() {
    for (rule, moves) in CASES {
        let rule = rule.trim_matches(|sign| "{}".contains(sign));
        let text = written(&format!("{DOOR}rules: {{it: {{{rule}}}}}\n"));
        let folder = Folder::single("test.yaml", text.into_bytes());
        let found = proved(&folder, None, Budget::default());
        let broken = found
            .plays
            .iter()
            .find(|play| play.name == "broken-rule-it");
        let verbs = ["wait", "take", "choose"];
        let count = broken.map(|play| {
            assert_eq!(
                fails(&folder, &play.text),
                Vec::<String>::new(),
                "{}",
                play.text
            );
            let lines = play.text.lines();
            lines
                .filter(|line| verbs.iter().any(|verb| line.starts_with(verb)))
                .count()
        });
        assert_eq!(count, *moves, "{rule}");
        let errors = found.findings.iter();
        let errors = errors.filter(|it| it.severity == Severity::Error);
        let errors: Vec<&str> = errors.map(|it| it.rule).collect();
        let is_told = errors == ["broken-rule"];
        assert!(is_told || errors.is_empty(), "{rule}: {errors:?}");
        assert_eq!(is_told, moves.is_some(), "{rule}");
    }
}

#[test]
fn a_broken_time_is_told_with_its_dates() {
    // Owed since the first hour, in which the team may move for the first time.
    let (folder, _) = ruled("within: 4h, after: alarm, holds: door == open");
    let found = proved(&folder, None, Budget::default());
    let broken = found.findings.iter().find(|it| it.rule == "broken-rule");
    let hints = &broken.expect("it is broken").hints;
    let dates =
        "In that play its time begins at 2022-08-02 22:00 and is over after 2022-08-03 02:00.";
    assert!(hints.iter().any(|it| it == dates), "{hints:?}");
    let play = &found.plays[0].text;
    assert!(play.contains("expect time 2022-08-03 03:00"), "{play}");
}

#[test]
fn a_dead_end_is_shown_until_only_time_ends_it() {
    let page = rule("dead-end").map_or("", |rule| rule.page);
    let (folder, _) = folder(&blocks(page, "Example"));
    let found = proved(&folder, None, Budget::default());
    let play = &found.plays[0].text;
    let (_, after) = play
        .split_once("only `lasts` ends the exercise:\n")
        .expect("it goes on");
    let lines: Vec<&str> = after.lines().collect();
    let wanted = [
        "wait until 2022-08-04 21:00",
        "expect phase access",
        "expect time 2022-08-04 21:00",
        "expect ending over",
        "end",
    ];
    assert_eq!(lines, wanted, "{play}");
    assert!(
        play.lines().all(|line| line.chars().count() <= 80),
        "{play}"
    );
}

#[test]
fn plays_hold_in_the_hour_that_clocks_go_back() {
    let text = written(
        "
startex: 2022-10-30 00:30
lasts: 2h
values: {door: {one_of: [shut, open], initial: shut}}
actions: {open: {label: Open, do: [door = open]}}
rules: {shut: {always: door == shut}}
phases:
  p:
    title: P
    injects:
      tick: {at: 40m, repeats: 3, every: 20m, MSG}
    ends: [{when: door == shut && now() >= 90, to: q}]
  q: {title: Q, injects: {last: {at: 10m, MSG}}, ends: [{at: 20m, to: endex}]}
",
    );
    let folder = Folder::single("test.yaml", text.into_bytes());
    let found = proved(&folder, None, Budget::default());
    let names: Vec<&str> = found.plays.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"dead-end-p"), "{names:?}");
    for play in &found.plays {
        let failed = fails(&folder, &play.text);
        assert_eq!(failed, Vec::<String>::new(), "{}", play.text);
    }
}

/// The scenario with a rule, and its program.
fn ruled(rule: &str) -> (Folder, Program) {
    let rule = rule.trim_matches(|sign| "{}".contains(sign));
    let text = written(&format!("{DOOR}rules: {{it: {{{rule}}}}}\n"));
    let folder = Folder::single("test.yaml", text.into_bytes());
    let (scenario, _, _) = read(&folder);
    let scenario = Arc::new(scenario.expect("it can be read"));
    let (program, _) = compile(&scenario, &ProgramSetup::default());
    (folder, program.expect("it compiles"))
}

#[test]
fn random_exercises_break_the_rules_that_the_search_finds_broken_and_no_others() {
    for (rule, moves) in CASES {
        let (folder, program) = ruled(rule);
        let played = |plays, threads| {
            sample(&program, &program.rules, plays, 7, threads, &mut |_| {
                ControlFlow::Continue(())
            })
        };
        let all = played(3_000, 2);
        let breaks = &all.rules[0];
        assert_eq!(breaks.first.is_some(), moves.is_some(), "{rule}");
        assert_eq!(breaks.plays > 0, moves.is_some(), "{rule}");
        let found = check_sample(&folder, None, &program, &all);
        let rules = |wanted| found.findings.iter().filter(|it| it.rule == wanted).count();
        assert_eq!(rules("broken-rule"), usize::from(moves.is_some()), "{rule}");
        assert_eq!(found.plays.len(), rules("broken-rule"), "{rule}");
        let (Some(first), Some(shortest), Some(way)) = (breaks.first, moves, &breaks.way) else {
            continue;
        };
        assert!(way.legs.len() >= *shortest, "{rule}");
        let play = &found.plays[0];
        assert_eq!(play.name, "broken-rule-it");
        assert_eq!(
            fails(&folder, &play.text),
            Vec::<String>::new(),
            "{}",
            play.text
        );
        // It is the first: the exercises before it keep the rule.
        assert_eq!(played(first - 1, 1).rules[0].plays, 0, "{rule}");
        assert_eq!(played(first, 1).rules[0].way.as_ref(), Some(way), "{rule}");
    }
}

#[test]
fn what_came_in_no_random_exercise_is_told_of_a_sample_and_can_be_allowed() {
    let rare = "  never: {label: Never, needs: door == shut && door == open}\n";
    for (comment, kept) in [("", 1), ("  # allow not-seen: it is for another day\n", 0)] {
        let actions =
            format!("actions:\n{comment}{rare}  open: {{label: Open, do: [door = open]}}\n");
        let text = DOOR.replace(
            "actions: {open: {label: Open, do: [door = open]}}\n",
            &actions,
        );
        // It asks nothing, and comes after the end.
        let quiet = "      quiet: {at: 7h, do: [alarm = false]}\n    ends:";
        let text = text.replace("    ends:", quiet);
        let folder = Folder::single("test.yaml", written(&text).into_bytes());
        let (scenario, _, _) = read(&folder);
        let scenario = Arc::new(scenario.expect("it can be read"));
        let program = compile(&scenario, &ProgramSetup::default())
            .0
            .expect("it compiles");
        let plays = sample(&program, &program.rules, 100, 7, 1, &mut |_| {
            ControlFlow::Continue(())
        });
        let found = check_sample(&folder, None, &program, &plays).findings;
        let headlines: Vec<&str> = found.iter().map(|it| it.headline.as_str()).collect();
        let wanted = [
            "the action `never` was taken in none of 100 random exercises",
            "the inject `quiet` came in none of 100 random exercises",
        ];
        assert_eq!(headlines, wanted[1 - kept..]);
        assert!(found.iter().all(|it| it.severity == Severity::Warning));
        // A check without a sample does not report that there is nothing to allow.
        let checked = super::check(&folder).0;
        assert!(checked.iter().all(|it| it.rule != "unused-allow"));
    }
}

#[test]
fn what_was_not_seen_whole_says_so_and_tells_only_what_is_certain() {
    let text = written(&format!(
        "{DOOR}rules: {{it: {{never: alarm}}, other: {{always: alarm || !alarm}}}}\n"
    ));
    let (scenario, _, _) = read(&Folder::single("test.yaml", text.into_bytes()));
    let scenario = Arc::new(scenario.expect("it can be read"));
    let (program, _) = compile(&scenario, &ProgramSetup::default());
    let program = program.expect("it compiles");
    let mut solver = Solver::new(&program, None);
    let budget = Budget::default();
    let seen = solver.startex(budget, &mut |_| ControlFlow::Continue(()));
    let facts = Facts {
        verdicts: &seen.tally,
        hits: &seen.hits,
        worth: None,
    };
    let tell: &mut dyn FnMut(_) -> _ = &mut |_| ControlFlow::Continue(());
    let found = findings(&solver, facts, budget, tell);
    let rules = found.findings.iter().map(|it| it.finding.rule);
    let rules: Vec<&str> = rules.collect();
    assert_eq!(rules, ["not-proven", "broken-rule"]);
}

#[test]
fn an_allowance_of_a_proof_is_unused_only_where_it_was_looked_for() {
    let text = written(&DOOR.replace("  p:", "  p:  # allow dead-end: there is none"));
    let folder = Folder::single("test.yaml", text.into_bytes());
    let unused = |findings: &[crate::finding::Finding]| {
        findings
            .iter()
            .filter(|it| it.rule == "unused-allow")
            .count()
    };
    assert_eq!(unused(&super::check(&folder).0), 0);
    assert_eq!(
        unused(&proved(&folder, None, Budget::default()).findings),
        1
    );
}

#[test]
fn two_states_that_look_alike_show_the_same_on_the_board() {
    let page = rule("needs-hindsight").map_or("", |rule| rule.page);
    let text = blocks(page, "Example").concat();
    let text = text.replacen(
        "values: {",
        "board: [{gauge: x}]\nvalues: {x: {min: 0, max: 9, initial: 0}, ",
        1,
    );
    let outcomes = "{odds: 1, do: [busy = true]}, {odds: 1}";
    // Nothing but the board reads `x`. Both may be so only where it is 2.
    let on_view = "{odds: 1, do: [busy = true, x = 1]}, {odds: 1, do: [busy = true, x = 2]}, {odds: 1, do: [x = 2]}, {odds: 1, do: [x = 3]}";
    assert!(text.contains(outcomes));
    let (folder, _) = folder(&[text.replace(outcomes, on_view)]);
    let found = proved(&folder, None, Budget::default());
    let plays = found.plays.iter();
    let plays = plays.filter(|it| it.name.starts_with("needs-hindsight"));
    let rolled = ["roll rush 1", "roll rush 2", "roll rush 3", "roll rush 4"];
    let rolled = |text: &str| rolled.map(|roll| text.contains(roll));
    let mut rolls: Vec<_> = plays.map(|it| rolled(&it.text)).collect();
    rolls.sort_unstable();
    assert_eq!(
        rolls,
        [[false, false, true, false], [false, true, false, false]]
    );
}

#[test]
fn what_is_found_does_not_depend_on_how_many_threads_look() {
    let page = rule("needs-hindsight").map_or("", |rule| rule.page);
    let (folder, _) = folder(&blocks(page, "Example"));
    let with = |threads| {
        let budget = Budget {
            threads,
            ..Budget::default()
        };
        let found = proved(&folder, None, budget);
        (found.findings, found.plays)
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn the_starter_keeps_its_rules_and_has_no_part_that_cannot_be_reached() {
    let files = [
        (
            "scenario.yaml",
            include_str!("../../../scenarios/starter/scenario.yaml"),
        ),
        (
            "record.yaml",
            include_str!("../../../scenarios/starter/record.yaml"),
        ),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let folder = Folder {
        path: String::new(),
        files: files.into_iter().collect(),
        single: false,
    };
    let found = proved(&folder, Some(&[]), Budget::default());
    let bad = |it: &&crate::finding::Finding| {
        ["broken-rule", "not-proven", "dead-end"].contains(&it.rule)
            || it.rule.starts_with("unreachable")
    };
    assert_eq!(found.findings.iter().filter(bad).count(), 0);
    for play in &found.plays {
        assert_eq!(
            fails(&folder, &play.text),
            Vec::<String>::new(),
            "{}",
            play.text
        );
    }
}
