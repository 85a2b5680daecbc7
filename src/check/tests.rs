mod known;
mod pages;
mod proofs;
mod record;

use std::collections::BTreeMap;

use super::{CheckReport, check};
use crate::scenario::read::Folder;
use crate::search::Budget;

const RECORD: &str = "
format: 1
organisations: [NHS, NHS England, Adastra]
sources: {ICO: the regulator}
entries:
  T-10: {says: It began., source: [ICO], confidence: V}
  T-11: {says: They say., source: [ICO], confidence: V-}
  T-12: {says: So it follows., rests_on: [T-10], confidence: D}
  T-13: {says: One thinks., confidence: B}
  T-14: {date: 4 Aug 2022, says: It was seen., source: [ICO], confidence: V}
";

/// A scenario whose only phase holds this.
fn scenario(phase: &str) -> String {
    format!(
        "format: 1\nid: a\ntitle: Scenario 1\nzone: Europe/London\nstartex: 2022-08-02\nlasts: 1d\n\
         roles: {{r: {{title: Role 1}}}}\nobjectives: {{o: {{title: Objective 1, worth: 100}}}}\n\
         values: {{v: {{initial: false, title: Value 1}}}}\nboard: [{{lamp: v, title: Board 1}}]\n\
         phases:\n  p:\n{phase}\n    ends: [{{at: 1h, to: endex}}]\nendex: [{{score: {{o: 100}}, because: All.}}]\nendings: {{e: {{title: End, text: Over.}}}}\n"
    )
}

/// Each finding as `rule: headline [place]`.
fn found(phase: &str) -> Vec<String> {
    let files = [
        ("scenario.yaml", scenario(phase)),
        ("record.yaml", RECORD.to_owned()),
    ];
    let files: BTreeMap<_, _> = files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .collect();
    let (findings, sources) = check(&Folder {
        path: "a".into(),
        files,
        single: false,
    });
    let shown = |finding: &crate::finding::Finding| {
        let instead = finding
            .instead
            .as_ref()
            .map(|instead| format!(" -> {instead}"))
            .unwrap_or_default();
        format!(
            "{}: {} [{}]{instead}",
            finding.rule,
            finding.headline,
            sources.text(finding.place)
        )
    };
    // These texts do not cite the whole record.
    let others = findings
        .iter()
        .filter(|finding| finding.rule != "uncited-fact");
    others.map(shown).collect()
}

#[test]
fn a_text_that_states_something_needs_a_mark() {
    let unmarked = |what: &str, word: &str| {
        vec![format!(
            "unmarked-text: {what} `{word}` in a text without a record mark [{word}]"
        )]
    };
    let cases = [
        (
            "Nothing to see, maybe on mayday; the NHSX is no match.",
            vec![],
        ),
        ("Some 40 servers.", unmarked("the number", "40")),
        ("On Monday, 3 of them.", unmarked("the date", "Monday")),
        ("Since August.", unmarked("the date", "August")),
        (
            "The NHS England desk.",
            unmarked("the organisation", "NHS England"),
        ),
        ("It is the NHS's own.", unmarked("the organisation", "NHS")),
    ];
    for (text, expected) in cases {
        assert_eq!(
            found(&format!("    title: P\n    text: \"{text}\"")),
            expected,
            "{text}"
        );
        let marked = format!(
            "    title: P\n    text: \"{text}\"\n    record: [{{says: all, is: invented}}]"
        );
        assert_eq!(found(&marked), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_kind_of_text_is_looked_at() {
    let phase = "    title: Phase 10
    begins: [{text: Begins 11}]
    injects:
      i:
        at: 5m
        by: Sender 1
        via: phone
        title: Subject 12
        text: Text 13
        do: [v = true]
        score: {o: 1}
        because: Because 14
        asks:
          question: Question 15
          default: wait
          options:
            wait: {label: Label 16, feedback: Feedback 17}
            act:
              label: Act
              consent: {of: r, question: Consent 18, within: 1h, default: agree, refused: [{text: Refused 19}]}
              then: [{chance: c, outcomes: [{odds: 1, text: Outcome 20}]}]";
    let numbers: Vec<String> = (10..=20).map(|number| number.to_string()).collect();
    let found = found(phase);
    let found: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split('`').nth(1))
        .collect();
    assert_eq!(found, numbers);
}

#[test]
fn one_mistake_is_one_finding() {
    let of_values = |value: &str| {
        let text = scenario("    title: P").replace(
            "values: {",
            &format!("values: {{k: {{{value}, title: Value 2}}, "),
        );
        let text = text.replace("board: [", "board: [{gauge: k}, ");
        let folder = Folder::single("a.yaml", text.into_bytes());
        let (findings, sources) = check(&folder);
        let shown =
            |it: &crate::finding::Finding| format!("{} [{}]", it.headline, sources.text(it.place));
        findings.iter().map(shown).collect::<Vec<_>>()
    };
    let cases = [
        ("min: 3, max: 2, initial: 2", "`max` is less than `min` [2]"),
        (
            "min: 0, max: 2, initial: -1",
            "`initial` is not between 0 and 2 [-1]",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(of_values(value), [expected], "{value}");
    }
    let text = scenario("    title: P").replace("title: Value 1", "one_of: [], title: Value 1");
    let text = text.replace("initial: false", "initial: shut");
    let (findings, _) = check(&Folder::single("a.yaml", text.into_bytes()));
    let reported: Vec<_> = findings.iter().map(|it| it.headline.as_str()).collect();
    assert_eq!(reported, ["`one_of` needs at least one word"]);
    // A zero-width space in a name.
    let text = scenario("    title: P").replace("values: {v:", "values: {v\u{200b}v:");
    let text = text.replace("lamp: v", "lamp: vv");
    let (findings, _) = check(&Folder::single("a.yaml", text.into_bytes()));
    let reported: Vec<_> = findings.iter().map(|it| it.rule).collect();
    assert_eq!(reported, ["odd-character"]);
    // An end before STARTEX makes nothing late.
    let phase = "    title: P\n    injects: {i: {at: 1h, do: [v = true]}}";
    let text = scenario(phase).replace("ends: [{at: 1h", "ends: [{at: 2022-08-01");
    let (findings, _) = check(&Folder::single("a.yaml", text.into_bytes()));
    let reported: Vec<_> = findings.iter().map(|it| it.rule).collect();
    assert_eq!(reported, ["outside-exercise"]);
    // The figures of a text whose mark lacks its citation.
    let phase = "    title: P\n    text: \"On a Monday.\"\n    record: [{says: it was seen, is: documented, cites: [T-14]}, {says: the day, is: inferred}]";
    assert_eq!(
        found(phase),
        ["uncited-mark: an inferred statement cites no entry of the record [inferred]"]
    );
    let phase = "    title: P\n    begins: [{text: Note: it is late.}]";
    assert_eq!(
        found(phase),
        ["yaml-syntax: a colon that YAML takes for the end of a key [:]"]
    );
}

#[test]
fn a_file_that_comes_alone_is_asked_for_no_file_beside_it() {
    let phase = "    title: P\n    text: T\n    record: [{says: x, is: documented, cites: [T-10]}]";
    let folder = Folder::single("a.yaml", scenario(phase).into_bytes());
    let (findings, _) = check(&folder);
    let reported: Vec<_> = findings
        .iter()
        .map(|it| (it.headline.as_str(), it.hints.as_slice()))
        .collect();
    let hint = "Check the folder of the scenario instead.".into();
    assert_eq!(
        reported,
        [("a single file has no `record.yaml` to cite", &[hint][..])]
    );
}

#[test]
fn marks_beside_several_texts_are_checked_once() {
    let phase = "    title: P\n    begins: [{score: {o: 1}, because: B, text: T, record: [{says: x, is: documented}]}]";
    assert_eq!(found(phase).len(), 1);
}

#[test]
fn conditions_that_cannot_be_both_are_found_once() {
    let cases = [
        (
            "v && !v",
            vec!["this is always true, given what stands before it [v]"],
        ),
        (
            "v && v",
            vec!["this is always true, given what stands before it [v]"],
        ),
        ("v || now() > 2h", vec![]),
        (
            "now() > 2h && now() < 1h",
            vec!["this is always false, given what stands before it [now() < 1h]"],
        ),
        (
            "now() > 2h || now() > 3h",
            vec!["this is always false, given what stands before it [now() > 3h]"],
        ),
        ("now() < 2h || now() > 3h", vec![]),
        ("phase in [p]", vec!["this is always true [phase in [p]]"]),
    ];
    for (condition, expected) in cases {
        let phase = format!(
            "    title: P\n    begins: [{{do: [v = true]}}, {{when: \"{condition}\", text: T}}]"
        );
        let found: Vec<String> = found(&phase);
        let expected: Vec<String> = expected
            .iter()
            .map(|headline| format!("constant-comparison: {headline}"))
            .collect();
        assert_eq!(found, expected, "{condition}");
    }
}

#[test]
fn what_is_certain_leaves_no_bounds() {
    let cases = [
        ("k -= 1", "", true),
        ("k -= 1", "k >= 1", false),
        ("k -= 1", "!(k < 1)", false),
        ("k -= 1", "k == 1 || k == 2", false),
        ("k -= 1", "k in [1, 2]", false),
        ("k -= 1", "k != 0 && v", false),
        ("k -= 2", "k >= 1 && v", true),
        ("k = k >= 1 ? k - 1 : 0", "", false),
        ("k = v ? k - 1 : 0", "", true),
        ("k = max(0, k - 1)", "", false),
        ("k = min(k + 1, 2)", "", false),
        ("k -= 1; k -= 1", "k >= 1", true),
        ("k -= 1; k -= 1", "k >= 2", false),
        ("k = 2; k -= 1", "", false),
    ];
    for (effects, when, leaves) in cases {
        let when = if when.is_empty() { "true" } else { when };
        let effects: Vec<String> = effects
            .split("; ")
            .map(|effect| format!("\"{effect}\""))
            .collect();
        let phase = format!(
            "    title: P\n    begins: [{{do: [v = true]}}, {{when: \"{when}\", do: [{}]}}]",
            effects.join(", ")
        );
        let values = "values: {k: {min: 0, max: 2, initial: 2}, v:";
        let text = scenario(&phase)
            .replace("values: {v:", values)
            .replace("board: [", "board: [{gauge: k}, ");
        let folder = Folder::single("a.yaml", text.into_bytes());
        let rules: Vec<&str> = check(&folder)
            .0
            .iter()
            .map(|finding| finding.rule)
            .collect();
        assert_eq!(
            rules,
            if leaves {
                vec!["leaves-bounds"]
            } else {
                vec![]
            },
            "{effects:?} {when}"
        );
    }
}

#[test]
fn a_piece_that_is_no_yaml_hides_nothing_else() {
    let pieces = [
        (
            "    title: P\n    text: On it: now\n    begins: [{do: [w = true]}]",
            "yaml-syntax unknown-name",
        ),
        (
            "    title: P\n    text: \"On it\n    begins: [{do: [w = true]}]",
            "yaml-syntax unknown-name",
        ),
        (
            "    title: P\n    begins: [{do: [v = true]}\n    text: On Monday",
            "yaml-syntax unmarked-text",
        ),
        (
            "    title: P\n\ttext: T\n    begins: [{do: [w = true]}]",
            "yaml-syntax unknown-name",
        ),
        (
            "    title: P\n    text T\n    begins: [{do: [w = true]}]",
            "yaml-syntax unknown-name",
        ),
        (
            "    title P\n    begins: [{do: [w = true]}]",
            "yaml-syntax unknown-name",
        ),
        (
            "    title: P\n    injects:\n      i: {at: 1h, do: [v = true]}\n    j:\n        at: 2h\n      k: {at: 3h, do: [w = true]}",
            "yaml-syntax",
        ),
    ];
    for (phase, expected) in pieces {
        let found = found(phase);
        let rules: Vec<&str> = found
            .iter()
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(rules.join(" "), expected, "{phase}\n{found:#?}");
    }
}

#[test]
fn a_mistake_of_reading_hides_no_other() {
    let phase = "    tittle: P\n    text: On Monday.\n    begins: [{do: [w = true]}]";
    let rules: Vec<String> = found(phase)
        .iter()
        .map(|line| line.split(':').next().unwrap_or("").to_owned())
        .collect();
    assert_eq!(rules, ["unknown-field", "unmarked-text", "unknown-name"]);
}

/// Checks and searches without progress.
fn proved(folder: &Folder, plays: Option<&[&str]>, budget: Budget) -> CheckReport {
    super::prove(folder, plays, budget, &mut |_| {
        std::ops::ControlFlow::Continue(())
    })
}

/// Every place where a date may stand.
#[test]
fn a_date_on_a_change_of_clocks_is_found_wherever_it_stands() {
    let text = "
format: 1
id: a
title: A
zone: Europe/London
startex: 2024-03-31 01:15
lasts: 300d
margin: 0
roles: {r: {title: R}}
objectives: {o: {title: O, worth: 1}}
phases:
  p:
    title: P
    injects:
      i:
        at: 2024-10-27 01:30
        by: B
        via: phone
        title: T
        text: T
        asks: {question: Q, within: 2024-10-27 01:59, default: x, options: {x: {label: X, feedback: F}, y: {label: Y, feedback: F}}}
    ends: [{at: 2024-10-27 01:00, to: q}]
  q: {title: Q, ends: [{at: 2024-10-27 02:00, to: endex}]}
endex: [{score: {o: 1}, because: Because.}]
endings: {e: {title: E, text: T}}
cuts: {c: {title: C, minutes: 10, from: q, at: 2024-10-27 01:45, to: q}}
";
    let (findings, sources) = check(&Folder::single("a.yaml", text.into()));
    let found = findings.iter().filter(|it| it.rule == "clock-change");
    let found: Vec<String> = found
        .map(|it| format!("{} {}", sources.text(it.place), it.headline))
        .collect();
    let twice = |time: &str| {
        format!(
            "2024-10-27 {time} this time comes twice; it is taken as the first, {time} BST, not {time} GMT"
        )
    };
    let expected = [
        "2024-03-31 01:15 clocks skip this time; it is taken as 02:15 BST".to_owned(),
        twice("01:30"),
        twice("01:59"),
        twice("01:00"),
        twice("01:45"),
    ];
    assert_eq!(found, expected);
}
