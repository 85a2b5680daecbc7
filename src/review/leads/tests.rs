//! What an option leads to, as text.

use super::odds::Odds;
use super::{BRANCHES_MAX, LeadQuestion, OptionLead, leads};
use crate::engine::luck::Keyed;
use crate::engine::{Move, start, step};
use crate::program::compile::tests::{compiled, written};
use crate::program::{Program, ProgramSetup};

fn program(text: &str) -> Program {
    let (program, findings) = compiled(&written(text), &ProgramSetup::default());
    assert_eq!(findings, Vec::<String>::new());
    program.expect("a scenario without findings compiles")
}

/// What is led to from STARTEX, after so many waits.
fn leads_after(text: &str, waits: usize) -> Vec<OptionLead> {
    let program = program(text);
    let mut luck = Keyed::new(1);
    let mut state = start(&program, &mut luck, &mut ());
    for _ in 0..waits {
        step(&program, &mut state, Move::Wait, &mut luck, &mut ()).expect("waiting is legal");
    }
    leads(&program, &state)
}

/// Leads as lines: `decision.option`, then each way.
fn shown(leads: &[OptionLead]) -> String {
    let mut shown = Vec::new();
    for lead in leads {
        let barred = lead.barred.as_ref().map(|why| format!(" barred: {why}"));
        let barred = barred.unwrap_or_default();
        shown.push(format!("{}.{}{barred}", lead.decision, lead.option));
        for branch in &lead.branches {
            shown.push(format!("  {}", branch.odds));
            shown.extend(branch.lines.iter().map(|line| format!("    {line}")));
        }
        if lead.more > 0 {
            shown.push(format!("  {} more", lead.more));
        }
    }
    shown.join("\n")
}

/// `options` are the options of a question that is open at STARTEX, beside one that does nothing.
fn check(top: &str, options: &str, expected: &str) {
    let text = with(top, options);
    let expected: Vec<&str> = expected
        .lines()
        .map(|line| line.trim_start_matches('|'))
        .collect();
    let found = shown(&leads_after(&text, 0));
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "{found}");
}

fn with(top: &str, options: &str) -> String {
    let options = options.replace('\n', "\n          ");
    format!(
        "{top}
phases:
  one:
    title: One
    decisions:
      ask:
        at: 0m
        question: What now?
        default: nothing
        options:
          nothing: {{label: Nothing}}
          {options}
    injects:
      silent: {{do: [x += 1]}}
      news: {{to: [tech], by: The analyst, via: note, title: Files, text: Files., score: {{points: 1}}, because: They know.}}
      late: {{at: 30m, do: [x += 5], chance: other, outcomes: [{{odds: 1, do: [y = true]}}, {{odds: 2}}]}}
      watcher: {{when: x == 9, MSG}}
    ends: [{{when: x == 8, to: two}}]
  two: {{title: Two}}
"
    )
}

const VALUES: &str = "values:
  x: {min: 0, max: 9, initial: 0, title: The x}
  y: {initial: false, title: The y, hidden: true}
  citrix: {one_of: [not_safe, mfa], initial: not_safe, title: Citrix}
  staff: {min: 0, max: 3, initial: 3, title: Staff}";

#[test]
fn what_an_option_does_at_once_is_told_in_order_with_what_is_hidden() {
    check(
        VALUES,
        "go:
  label: Go
  feedback: It *works*. All of it.
  do: [citrix = mfa, y = true, x = 9]
  score: {points: -2}
  because: It was late.
  inject: [silent, news]",
        "ask.nothing
|  certain
|    Nothing to tell.
|ask.go
|  certain
|    Says: It works.
|    Citrix: mfa, was not safe
|    The y: yes, was no (hidden)
|    The x: 9, was 0
|    -2 Points: It was late.
|    The x stops at its bound.
|    Brings: Files (The analyst)
|    +1 Points: They know.
|    Brings: News (Somebody)",
    );
}

#[test]
fn luck_falls_every_way_with_its_odds_multiplied() {
    check(
        VALUES,
        "go:
  label: Go
  chance: first
  outcomes:
    - {odds: 1, do: [x = 1]}
    - {odds: 3, because: Bad luck., chance: second, outcomes: [{odds: 1, do: [x = 2]}, {odds: 1, do: [x = 8]}]}
rare:
  label: Rare
  chance: third
  outcomes: [{odds: 1, do: [x = 1]}, {odds: 999}]",
        "ask.nothing
|  certain
|    Nothing to tell.
|ask.go
|  25 %
|    The x: 1, was 0
|  38 %
|    Bad luck.
|    The x: 2, was 0
|  38 %
|    Bad luck.
|    The x: 8, was 0
|    The phase “Two” begins.
|ask.rare
|  under 1 %
|    The x: 1, was 0
|  over 99 %
|    Nothing to tell.",
    );
}

#[test]
fn what_cannot_be_chosen_says_why_and_no_more() {
    check(
        &VALUES.replace("max: 3", "max: 4"),
        "go: {label: Go, needs: x > 1}
many: {label: Many, uses: {staff: 4}, takes: 1h}",
        "ask.nothing
|  certain
|    Nothing to tell.
|ask.go barred: Not possible yet.
|ask.many barred: Staff: it takes 4, 3 left.",
    );
}

#[test]
fn the_end_of_what_takes_time_is_told_without_what_else_happens_then() {
    // At the same minute the inject `late` writes and rolls; before it, nobody does anything.
    check(
        VALUES,
        "go:
  label: Go
  uses: {staff: 2}
  takes: 30m
  do: [citrix = mfa]
  then:
    - do: [y = true]
      text: The session ends. The rest follows.
    - chance: luck
      outcomes: [{odds: 1, inject: news}, {odds: 3}]
    - {after: 2h, do: [x = 1, y = false], inject: news}
    - {after: 2h, score: {points: 3}, because: Done.}
    - {after: 2h, when: y, chance: luck, outcomes: [{odds: 1}, {odds: 3}]}",
        "ask.nothing
|  certain
|    Nothing to tell.
|ask.go
|  25 %
|    Staff: 1, was 3
|    Citrix: mfa, was not safe
|    After 30 min:
|    The y: yes, was no (hidden)
|    Says: The session ends.
|    Brings: Files (The analyst)
|    +1 Points: They know.
|    2 h later:
|    The x is set.
|    The y is set (hidden).
|    Brings: Files (The analyst)
|    +3 Points: Done.
|    2 h later, if it then applies:
|    Luck then decides what else happens.
|  75 %
|    Staff: 1, was 3
|    Citrix: mfa, was not safe
|    After 30 min:
|    The y: yes, was no (hidden)
|    Says: The session ends.
|    2 h later:
|    The x is set.
|    The y is set (hidden).
|    Brings: Files (The analyst)
|    +3 Points: Done.
|    2 h later, if it then applies:
|    Luck then decides what else happens.",
    );
}

#[test]
fn what_endex_overtakes_is_said_to_come_too_late() {
    check(
        VALUES,
        "go: {label: Go, takes: 11h, then: [{do: [x = 1]}]}",
        "ask.nothing
|  certain
|    Nothing to tell.
|ask.go
|  certain
|    It takes 11 h; ENDEX comes before that.",
    );
}

#[test]
fn consent_is_asked_first_and_agreement_is_followed() {
    let options = "go:
  label: Go
  takes: 30m
  consent: {of: exec, question: Do you agree?, within: 1h, default: refuse, refused: [{do: [x = 2]}]}
  do: [citrix = mfa]
  then: [{do: [x = 1]}]";
    check(
        VALUES,
        options,
        "ask.nothing
|  certain
|    Nothing to tell.
|ask.go
|  certain
|    Asks Exec to agree first.
|    If they agree:
|    Citrix: mfa, was not safe
|    After 30 min:
|    The x: 1, was 0",
    );
    // The question whether they agree is a decision too, and closes first.
    let program = program(&with(VALUES, options));
    let mut luck = Keyed::new(1);
    let mut state = start(&program, &mut luck, &mut ());
    let ask = program.decision_named("ask").expect("it is there");
    step(
        &program,
        &mut state,
        Move::Choose(ask, 1),
        &mut luck,
        &mut (),
    )
    .expect("it is legal");
    let found = shown(&leads(&program, &state));
    let expected = "ask.go.consent.agree
  certain
    Citrix: mfa, was not safe
    After 30 min:
    The x: 1, was 0
ask.go.consent.refuse
  certain
    The x: 2, was 0
ask.nothing
  certain
    Nobody needs to agree to “Go” any more.
ask.go barred: Exec has been asked to agree.";
    assert_eq!(found, expected);
}

#[test]
fn ways_beyond_what_can_be_told_are_counted() {
    let outcomes: Vec<String> = (0..20)
        .map(|x| format!("{{odds: 1, do: [n = {x}]}}"))
        .collect();
    let outcomes = outcomes.join(", ");
    let top = format!("{VALUES}\n  n: {{min: 0, max: 99, initial: 50}}");
    let options = format!("go: {{label: Go, chance: many, outcomes: [{outcomes}]}}");
    let leads = leads_after(&with(&top, &options), 0);
    assert_eq!((leads[1].branches.len(), leads[1].more), (BRANCHES_MAX, 4));
    assert_eq!(leads[1].branches[0].odds, "5 %");
}

#[test]
fn where_not_every_way_is_tried_the_odds_say_so() {
    let outcomes: Vec<String> = (0..20)
        .map(|x| format!("{{odds: 1, do: [n = {x}]}}"))
        .collect();
    let outcomes = outcomes.join(", ");
    let top = format!("{VALUES}\n  n: {{min: 0, max: 99, initial: 50}}");
    let options = "go:
  label: Go
  takes: 2h
  then: [{chance: last, outcomes: [{odds: 1, do: [x = 2]}, {odds: 1}]}]
  do: [n = 1]";
    let rolls = (0..4)
        .map(|it| format!("      l{it}: {{at: 1h, chance: c{it}, outcomes: [{outcomes}]}}\n"));
    let text = with(&top, options).replace(
        "    injects:\n",
        &format!("    injects:\n{}", rolls.collect::<String>()),
    );
    let leads = leads_after(&text, 0);
    assert_eq!(leads[1].branches.len(), 2);
    assert_eq!(leads[1].more, 1);
    for branch in &leads[1].branches {
        assert_eq!(branch.odds, "possible");
    }
}

#[test]
fn the_odds_of_all_ways_make_one() {
    let options = "go:
  label: Go
  takes: 1h
  chance: a
  outcomes: [{odds: 1}, {odds: 6, do: [x = 1], chance: b, outcomes: [{odds: 2, do: [x = 2]}, {odds: 3}]}]
  then: [{chance: c, outcomes: [{odds: 1, text: One.}, {odds: 1, text: Two.}, {odds: 1, text: Three.}]}]";
    let program = program(&with(VALUES, options));
    let state = start(&program, &mut Keyed::new(1), &mut ());
    let ask = program.decision_named("ask").expect("it is there");
    let ways = LeadQuestion::new(&program, ask, 1).ways(&program, &state);
    let odds: Vec<Odds> = ways.ways.iter().map(|(odds, _)| *odds).collect();
    assert!(ways.whole);
    assert_eq!(odds.len(), 9);
    let sum = odds.into_iter().reduce(Odds::plus);
    assert_eq!(sum, Some(Odds::CERTAIN));
}
