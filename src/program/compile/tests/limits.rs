//! Too much of anything is a finding, and compiling takes time in proportion to the text.

use std::fmt::Write;
use std::sync::Arc;

use super::{compiled, written};
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{Folder, read};

fn rules(text: &str) -> Vec<String> {
    let (program, found) = compiled(&written(text), &ProgramSetup::default());
    assert_eq!(program.is_none(), !found.is_empty());
    let rule = |finding: String| {
        finding
            .split(' ')
            .nth(1)
            .unwrap_or_default()
            .trim_end_matches(':')
            .to_owned()
    };
    found.into_iter().map(rule).collect()
}

/// A piece for each number, one after another.
fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

const MESSAGE: &str = "by: A, via: note, title: T, text: T.";

#[test]
fn more_than_numbers_can_say_is_a_finding() {
    let phase = "phases: {one: {title: One}}\n";
    let in_phase = |fields: &str| format!("phases:\n  one:\n    title: One\n{fields}");
    let options = |count| many(count, |number| format!("o{number}: {{label: O}}, "));
    let outcomes = |count| "{odds: 1}, ".repeat(count);
    let decision = |options: String| {
        in_phase(&format!(
            "    decisions: {{d: {{at: 1h, ASK, default: o0, options: {{{options}}}}}}}\n"
        ))
    };
    let cases = [
        (
            format!(
                "values:\n{}{phase}",
                many(10_001, |number| format!("  v{number}: false\n"))
            ),
            "limit-exceeded",
        ),
        (
            format!(
                "values:\n{}{phase}",
                many(10_000, |number| format!("  v{number}: false\n"))
            ),
            "",
        ),
        (decision(options(64)), "limit-exceeded"),
        (decision(options(300)), "limit-exceeded"),
        (decision(options(63)), ""),
        (
            in_phase(&format!(
                "    begins: [{{chance: c, outcomes: [{}]}}]\n",
                outcomes(256)
            )),
            "limit-exceeded",
        ),
        (
            in_phase(&format!(
                "    begins: [{{chance: c, outcomes: [{}]}}]\n",
                outcomes(255)
            )),
            "",
        ),
        (
            in_phase("    begins: [{chance: c, outcomes: [{odds: 5000000000}]}]\n"),
            "limit-exceeded",
        ),
        (
            in_phase(
                "    decisions: {d: {at: 1h, repeats: 1000000000000, every: 1m, ASK, default: a, options: {a: {label: A}}}}\n",
            ),
            "limit-exceeded",
        ),
        (
            format!("actions: {{a: {{label: A, repeats: 5000000000}}}}\n{phase}"),
            "limit-exceeded",
        ),
        (
            format!(
                "values: {{a: false}}\n{}",
                in_phase(&format!(
                    "    begins: [{{do: [{}]}}]\n",
                    "a = true, ".repeat(65_536)
                ))
            ),
            "limit-exceeded",
        ),
        (
            in_phase(&format!("    begins:\n{}", "      - {}\n".repeat(65_536))),
            "limit-exceeded",
        ),
        (
            in_phase(&format!(
                "    begins:\n{}",
                "      - {after: 1h, text: T}\n".repeat(10_001)
            )),
            "limit-exceeded",
        ),
        (
            in_phase(&format!(
                "    injects:\n{}",
                many(10_001, |number| format!("      i{number}: {{{MESSAGE}}}\n"))
            )),
            "limit-exceeded",
        ),
    ];
    for (text, rule) in cases {
        let start = &text[..text.len().min(90)];
        let rules = rules(&text);
        assert!(
            rules.iter().all(|found| found == rule),
            "{start}: {rules:?}"
        );
        assert_eq!(rules.is_empty(), rule.is_empty(), "{start}");
    }
}

#[test]
fn a_chain_of_injects_may_not_be_long_in_either_direction() {
    let chain = |count: usize, next: &dyn Fn(usize) -> Option<usize>| {
        let inject = |number: usize| {
            let brings = next(number).map_or(String::new(), |next| format!(", inject: i{next}"));
            format!("      i{number}: {{{MESSAGE}{brings}}}\n")
        };
        rules(&format!(
            "phases:\n  one:\n    title: One\n    injects:\n{}",
            many(count, inject)
        ))
    };
    let forward = |count: usize| chain(count, &|number| (number + 1 < count).then_some(number + 1));
    let backward = |count: usize| chain(count, &|number| number.checked_sub(1));
    assert_eq!(forward(32), Vec::<String>::new());
    assert_eq!(backward(32), Vec::<String>::new());
    for found in [forward(33), backward(33), forward(2_000), backward(2_000)] {
        assert!(
            !found.is_empty() && found.iter().all(|rule| rule == "limit-exceeded"),
            "{found:?}"
        );
    }
    assert_eq!(
        chain(5, &|number| Some((number + 1) % 5)),
        ["ring-of-injects"]
    );
}

/// A large scenario: every inject asks, every option is read somewhere.
fn large(count: usize) -> String {
    let mut text = String::from(
        "values: {x: {min: 0, max: 9, initial: 0}}\nphases:\n  one:\n    title: One\n    injects:\n",
    );
    for number in 0..count {
        let before = number.saturating_sub(1);
        let _ = write!(
            text,
            "      i{number}:
        when: chosen.i{before} == b && came.i{before} || since(i{before}) > 5
        {}
        asks:
          question: Q?
          within: 1h
          default: a
          options:
            a: {{label: A, do: [x += 1], chance: c{number}, outcomes: [{{odds: 1}}, {{odds: 2}}]}}
            b: {{label: B, takes: 1h, then: [{{after: 1h, inject: i{number}, when: 'chosen.i{before} in [a, b]'}}]}}
",
            MESSAGE.replace(", ", "\n        ")
        );
    }
    text
}

fn compiled_large(count: usize) -> Program {
    let (program, found) = compiled(&written(&large(count)), &ProgramSetup::default());
    assert_eq!(found, Vec::<String>::new());
    program.expect("it is sound")
}

#[test]
fn a_scenario_of_ten_thousand_lines_compiles_and_plays() {
    let program = compiled_large(900);
    let mut events = Vec::new();
    let mut luck = crate::engine::luck::Keyed::new(1);
    let mut state = crate::engine::start(&program, &mut luck, &mut events);
    while state.ended(&program).is_none() {
        crate::engine::step(
            &program,
            &mut state,
            crate::engine::Move::Wait,
            &mut luck,
            &mut events,
        )
        .expect("a wait is legal");
    }
    assert!(!events.is_empty());
}

#[test]
fn many_unknown_names_are_found_but_only_the_first_get_a_suggestion() {
    let text = written(&large(900).replace("chosen.i", "chosen.j"));
    let (scenario, _, _) = read(&Folder::single("test.yaml", text.into_bytes()));
    let scenario = Arc::new(scenario.expect("names are not the reader's"));
    let (_, found) = compile(&scenario, &ProgramSetup::default());
    let unknown: Vec<_> = found
        .iter()
        .filter(|finding| finding.rule == "unknown-name")
        .collect();
    let suggested = unknown
        .iter()
        .filter(|finding| finding.instead.is_some())
        .count();
    assert!(unknown.len() >= 900, "{}", unknown.len());
    assert_eq!(suggested, 100);
}
