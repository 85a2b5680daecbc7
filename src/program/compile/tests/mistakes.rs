//! Wrong scenarios and what is found in them.

use std::sync::Arc;

use super::{compiled, written};
use crate::finding::Finding;
use crate::program::{ProgramSetup, compile};
use crate::scenario::read::{Folder, read};

/// A good scenario in which each case replaces one piece.
const GOOD: &str = "
format: 1
id: test
title: Test
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 10h
roles: {lead: {title: Lead}, exec: {title: Exec}}
objectives: {points: {title: Points, worth: 10}}
values:
  citrix: {one_of: [open, mfa, closed], initial: open}
  other: {one_of: [open, shut], initial: shut}
  told: false
  people: {min: 0, max: 5, initial: 5}
  secret: {min: 0, max: 9, initial: 1, hidden: true}
  copied: {min: 0, max: 90, initial: 0, saturates: true, grows: [{add: people, every: 1h, when: told}]}
board: [{lamp: citrix, good: [mfa]}, {gauge: people, in: [one], to: [lead]}, {clock: logon}]
actions:
  call: {label: Call, to: [lead], in: [one], needs: people > 1, uses: {people: 1}, takes: 1h, score: {points: 1}, because: Good.}
phases:
  one:
    title: One
    begins: [{do: [told = false]}]
    injects:
      logon:
        at: 1h
        to: [lead]
        by: A
        via: note
        title: News
        text: News.
        inject: nag
        asks:
          question: Q?
          to: [exec]
          within: 2h
          default: a
          options:
            a: {label: A}
            b: {label: B, needs: told, consent: {of: exec, question: Q?, within: 1h, default: agree}}
      nag: {by: A, via: note, title: News, text: News.}
      watched: {when: copied > 5, by: A, via: note, title: News, text: News., chance: luck, outcomes: [{odds: 1}, {odds: 2}]}
    ends: [{when: told, to: two}, {at: 2022-08-03 01:00, to: two}]
    bands: {people: 2}
  two:
    title: Two
    injects:
      later: {at: 1h, by: A, via: note, title: News, text: News., do: [people -= 1]}
endings:
  good: {title: Good, when: told, text: G.}
  bad: {title: Bad, text: B.}
variants: {rich: {title: Rich, initial: {people: 4}}}
cuts: {short: {title: Short, minutes: 9, from: one, at: 2022-08-02 22:00, to: two, initial: {citrix: mfa}}}
rules:
  broken: {never: secret > 3 && secret < 9}
  in_time: {within: 90m, after: came.logon, holds: secret > 8}
";

/// Replaces the only `from` by `to`. A finding is written as its lines below the replaced piece, its rule, and the
/// text at its place.
fn found(from: &str, to: &str) -> Vec<String> {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    let line = GOOD[..GOOD.find(from).unwrap_or(0)].matches('\n').count() + 1;
    let text = GOOD.replace(from, to);
    let folder = Folder::single("test.yaml", text.into_bytes());
    let (scenario, findings, sources) = read(&folder);
    let mut found = findings;
    if let Some(scenario) = scenario {
        let (program, more) = compile(&Arc::new(scenario), &ProgramSetup::default());
        assert_eq!(program.is_none(), !more.is_empty());
        found.extend(more);
    }
    let shown = |finding: &Finding| {
        let below = sources.line_and_column(finding.place).0 as i64 - line as i64;
        format!(
            "{below:+} {} `{}`",
            finding.rule,
            sources.text(finding.place)
        )
    };
    found.into_sorted().iter().map(shown).collect()
}

#[test]
fn the_good_scenario_is_good() {
    let (program, found) = compiled(GOOD, &ProgramSetup::default());
    assert_eq!(found, Vec::<String>::new());
    assert!(program.is_some());
}

/// What is replaced, by what, and what is found.
type CompileCase = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const CASES: &[CompileCase] = &[
    // Rules.
    ("never: secret > 3", "never: secrt > 3", &["+0 unknown-name `secrt`"]),
    ("never: secret > 3 && secret < 9", "never: secret", &["+0 wrong-type `secret`"]),
    ("after: came.logon", "after: came.login", &["+0 unknown-name `login`"]),
    // Unknown names of every kind.
    ("needs: people > 1", "needs: peeple > 1", &["+0 unknown-name `peeple`"]),
    ("lamp: citrix", "lamp: citrx", &["+0 unknown-name `citrx`"]),
    ("clock: logon", "clock: login", &["+0 unknown-name `login`"]),
    ("good: [mfa]", "good: [mfo]", &["+0 unknown-name `mfo`"]),
    ("in: [one], to: [lead]}, {clock", "in: [on], to: [lead]}, {clock", &["+0 unknown-name `on`"]),
    ("in: [one], to: [lead]}, {clock", "in: [one], to: [lad]}, {clock", &["+0 unknown-name `lad`"]),
    ("to: [lead], in: [one], needs", "to: [leda], in: [one], needs", &["+0 unknown-name `leda`"]),
    ("to: [lead], in: [one], needs", "to: [lead], in: [oen], needs", &["+0 unknown-name `oen`"]),
    ("uses: {people: 1}", "uses: {peple: 1}", &["+0 unknown-name `peple`"]),
    ("score: {points: 1}", "score: {point: 1}", &["+0 unknown-name `point`"]),
    ("do: [told = false]", "do: [tolt = false]", &["+0 unknown-name `tolt`"]),
    ("inject: nag", "inject: nagg", &["+0 unknown-name `nagg`"]),
    ("to: [exec]", "to: [boss]", &["+0 unknown-name `boss`"]),
    ("of: exec", "of: exek", &["+0 unknown-name `exek`"]),
    ("default: a\n", "default: c\n", &["+0 unknown-name `c`"]),
    ("when: told, to: two", "when: told, to: too", &["+0 unknown-name `too`"]),
    ("bands: {people: 2}", "bands: {peopl: 2}", &["+0 unknown-name `peopl`"]),
    ("initial: {people: 4}", "initial: {peoples: 4}", &["+0 unknown-name `peoples`"]),
    ("initial: {citrix: mfa}", "initial: {citrix: mfaa}", &["+0 unknown-name `mfaa`"]),
    ("from: one", "from: uno", &["+0 unknown-name `uno`"]),
    ("when: told, text", "when: chosen.logn == a, text", &["+0 unknown-name `logn`"]),
    ("when: told, text", "when: chosen.logon == c, text", &["+0 unknown-name `c`"]),
    ("when: told, text", "when: taken.cal, text", &["+0 unknown-name `cal`"]),
    ("when: told, text", "when: came.nags, text", &["+0 unknown-name `nags`"]),
    ("when: told, text", "when: since(nags) > 1, text", &["+0 unknown-name `nags`"]),
    ("when: told, text", "when: sins(nag) > 1, text", &["+0 unknown-name `sins`"]),
    ("when: told, text", "when: choose.logon == a, text", &["+0 unknown-name `choose.logon`"]),
    ("when: told, text", "when: phase == three, text", &["+0 unknown-name `three`"]),
    ("when: told, text", "when: 'citrix in [mfa, opn]', text", &["+0 unknown-name `opn`"]),
    ("initial: open}", "initial: opened}", &["+0 unknown-name `opened`"]),
    // Wrong types in each position.
    ("needs: people > 1", "needs: people", &["+0 wrong-type `people`"]),
    ("add: people", "add: told", &["+0 wrong-type `told`"]),
    ("when: told}]}", "when: people}]}", &["+0 wrong-type `people`"]),
    ("do: [told = false]", "do: [told = 1]", &["+0 wrong-type `1`"]),
    ("do: [told = false]", "do: [told += 1]", &["+0 wrong-type `told`"]),
    ("do: [told = false]", "do: [citrix = told]", &["+0 wrong-type `told`"]),
    ("do: [told = false]", "do: [citrix += mfa]", &["+0 wrong-type `citrix`"]),
    ("do: [people -= 1]", "do: [people -= told]", &["+0 wrong-type `told`"]),
    ("do: [people -= 1]", "do: [people = 6]", &["+0 outside-bounds `6`"]),
    ("when: told, text", "when: told == 1, text", &["+0 wrong-type `1`"]),
    ("when: told, text", "when: people == mfa, text", &["+0 unknown-name `mfa`"]),
    ("when: told, text", "when: citrix == other, text", &["+0 wrong-type `other`"]),
    ("when: told, text", "when: told && people, text", &["+0 wrong-type `people`"]),
    ("when: told, text", "when: told + 1 > 0, text", &["+0 wrong-type `told`"]),
    ("when: told, text", "when: -citrix > 0, text", &["+0 wrong-type `citrix`"]),
    ("when: told, text", "when: 'people in [1, told]', text", &["+0 wrong-type `told`"]),
    ("when: told, text", "when: 'told ? 1 : mfa', text", &["+0 unknown-name `mfa`"]),
    ("when: told, text", "when: 'told ? 1 : told', text", &["+0 wrong-type `told ? 1 : told`"]),
    ("when: told, text", "when: now(1) > 0, text", &["+0 wrong-type `now(1)`"]),
    ("gauge: people", "gauge: told", &["+0 wrong-type `told`"]),
    ("lamp: citrix, good: [mfa]", "lamp: people", &["+0 wrong-type `people`"]),
    ("uses: {people: 1}", "uses: {told: 1}", &["+0 wrong-type `told`"]),
    ("uses: {people: 1}", "uses: {copied: 1}", &["+0 wrong-type `copied`"]),
    ("bands: {people: 2}", "bands: {told: 2}", &["+0 wrong-type `told`"]),
    // What an expression may not do.
    ("when: told, text", "when: citrix == people && mfa, text", &["+0 wrong-type `people`", "+0 unknown-name `mfa`"]),
    ("when: told, text", "when: people / people > 0, text", &["+0 division-by-zero `people`"]),
    ("when: told, text", "when: 7 % (people - 1) > 0, text", &["+0 division-by-zero `people - 1`"]),
    ("when: told, text", "when: people * 1099511627776 * 1099511627776 > 0, text", &["+0 limit-exceeded `people * 1099511627776 * 1099511627776`"]),
    ("one_of: [open, shut], initial: shut", "one_of: [open, or, shut], initial: shut", &["+0 reserved-name `or`"]),
    ("told: false", "total: false", &["+0 reserved-name `total`", "+3 unknown-name `told`", "+10 unknown-name `told`", "+27 unknown-name `told`", "+30 unknown-name `told`", "+37 unknown-name `told`"]),
    ("when: told, text", "when: told &&, text", &["+0 expression-syntax ``"]),
    ("when: copied > 5", "when: copied + 1 > 5", &["+0 unforeseeable `copied + 1 > 5`"]),
    ("when: copied > 5", "when: copied > now()", &["+0 unforeseeable `copied > now()`"]),
    ("when: told, to: two", "when: 'min(now(), 5) > 3', to: two", &["+0 unforeseeable `'min(now(), 5) > 3'`"]),
    ("add: people", "add: copied", &["+0 rate-reads-time `copied`"]),
    ("when: told}]}", "when: since(nag) > 3}]}", &["+0 rate-reads-time `since(nag) > 3`"]),
    ("when: told}]}", "when: '3 in [since(nag), 7]'}]}", &["+0 rate-reads-time `'3 in [since(nag), 7]'`"]),
    ("told: false", "mfa: false", &["+3 unknown-name `told`", "+10 unknown-name `told`", "+27 unknown-name `told`", "+30 unknown-name `told`", "+37 unknown-name `told`"]),
    // The shape of the exercise.
    ("inject: nag", "inject: later", &["+0 never-comes `later`"]),
    ("      nag: {by", "      nag: {inject: logon, by", &["-16 ring-of-injects `logon`"]),
    ("a: {label: A}", "a: {label: A, needs: told}", &["-2 default-needs `a`"]),
    ("a: {label: A}", "a: {label: A, uses: {people: 1}, takes: 1h}", &["-2 default-needs `a`"]),
    ("default: a\n", "default: b\n", &["+0 default-needs `b`"]),
    ("uses: {people: 1}, takes: 1h", "uses: {people: 1}", &["+0 uses-without-takes `people`"]),
    ("uses: {people: 1}, takes: 1h", "uses: {people: 99}, takes: 1h", &["+0 outside-bounds `99`"]),
    ("gauge: people", "gauge: secret", &["+0 hidden-on-board `secret`"]),
    ("  two:\n    title: Two\n", "  two:\n    title: Two\n    ends: [{at: 1h, to: one}]\n", &["+2 wrong-order `one`"]),
    ("  two:\n    title: Two\n", "  two:\n    title: Two\n    ends: [{at: 1h, to: two}]\n", &["+2 wrong-order `two`"]),
    ("do: [people -= 1]}", "chance: luck, outcomes: [{odds: 1}, {odds: 3}]}", &["+0 defined-twice `luck`"]),
    ("at: 2022-08-03 01:00", "at: 2022-08-02 20:59", &["+0 outside-exercise `2022-08-02 20:59`"]),
    ("at: 2022-08-03 01:00", "at: 2022-08-03 07:01", &["+0 outside-exercise `2022-08-03 07:01`"]),
    ("within: 2h", "within: 2022-08-04", &["+0 outside-exercise `2022-08-04`"]),
    ("at: 2022-08-02 22:00", "at: 2022-08-01 22:00", &["+0 outside-exercise `2022-08-01 22:00`"]),
    ("to: two, initial", "to: one, initial", &[]),
    ("from: one", "from: two", &[]),
    ("from: one, at: 2022-08-02 22:00, to: two", "from: two, at: 2022-08-02 22:00, to: one", &["+0 wrong-order `one`"]),
    ("bad: {title: Bad, text: B.}", "bad: {title: Bad, when: told, text: B.}", &["+0 no-last-ending `told`"]),
    ("initial: {people: 4}", "initial: {people: 6}", &["+0 outside-bounds `6`"]),
    ("initial: {people: 4}", "initial: {told: 4}", &["+0 wrong-type `4`"]),
    ("bands: {people: 2}", "bands: {people: [0, 9]}", &["+0 wrong-bands `[0, 9]`"]),
    ("takes: 1h, score", "takes: 1h, repeats: 17, score", &["+0 limit-exceeded `1h`"]),
    // Names.
    ("  told: false", "  phase: false", &["+0 reserved-name `phase`", "+3 unknown-name `told`", "+10 unknown-name `told`", "+27 unknown-name `told`", "+30 unknown-name `told`", "+37 unknown-name `told`"]),
    ("      nag: {by", "      since: {by", &["-9 unknown-name `nag`", "+0 reserved-name `since`"]),
    ("      later: {at", "      nag: {at", &["+0 defined-twice `nag`"]),
    ("  call: {label", "  watched: {label", &["+0 defined-twice `watched`"]),
    ("[open, mfa, closed]", "[open, mfa, open]", &["+0 defined-twice `open`"]),
];

#[test]
fn every_mistake_is_found_where_it_stands() {
    let mut wrong = Vec::new();
    for (from, to, wanted) in CASES {
        let found = found(from, to);
        if !wanted.iter().copied().eq(found.iter().map(String::as_str)) {
            wrong.push(format!(
                "{from:?} -> {to:?}\n  found {found:#?}\n  wanted {wanted:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_was_meant_is_said() {
    let meant = |from: &str, to: &str| {
        let (scenario, _, _) = crate::scenario::read::read(&crate::scenario::read::Folder::single(
            "t",
            GOOD.replace(from, to).into_bytes(),
        ));
        let scenario = scenario.expect("what the reader checks is right");
        let (_, findings) =
            crate::program::compile(&std::sync::Arc::new(scenario), &ProgramSetup::default());
        findings.into_iter().find_map(|finding| finding.instead)
    };
    assert_eq!(
        meant("lamp: citrix", "lamp: citrx").as_deref(),
        Some("citrix")
    );
    assert_eq!(
        meant("needs: people > 1", "needs: peeple > 1").as_deref(),
        Some("people")
    );
    assert_eq!(meant("inject: nag", "inject: nagg").as_deref(), Some("nag"));
    assert_eq!(meant("of: exec", "of: exek").as_deref(), Some("exec"));
    assert_eq!(meant("from: one", "from: seventeen"), None);
}

#[test]
fn a_variant_or_cut_that_is_not_there_is_a_finding() {
    for setup in [
        ProgramSetup {
            variant: Some("rih".into()),
            cut: None,
        },
        ProgramSetup {
            variant: None,
            cut: Some("shrt".into()),
        },
    ] {
        let (program, found) = compiled(GOOD, &setup);
        assert!(program.is_none());
        assert!(
            found.len() == 1 && found[0].contains("unknown-name"),
            "{found:?}"
        );
    }
}

#[test]
fn a_word_that_is_also_a_value_is_ambiguous() {
    let text = "
values: {mfa: false, citrix: {one_of: [mfa, open], initial: open}}
phases: {one: {title: One, ends: [{when: citrix == mfa, to: endex}]}}
";
    let (program, found) = compiled(&written(text), &ProgramSetup::default());
    assert!(program.is_none());
    assert!(
        found.len() == 1 && found[0].contains("ambiguous-word"),
        "{found:?}"
    );
}

#[test]
fn an_exercise_past_what_dates_can_say_is_a_finding() {
    let text = "startex: 9999-12-30 12:00\nlasts: 5d\nphases: {one: {title: One}}\n";
    let (program, found) = compiled(&written(text), &ProgramSetup::default());
    assert!(program.is_none());
    assert!(
        found.len() == 1 && found[0].contains("outside-calendar"),
        "{found:?}"
    );
}
