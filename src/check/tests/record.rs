//! What is compared with the record: marks, and the figures of texts.

use super::{RECORD, found, scenario};
use crate::check::check;
use crate::finding::{Finding, Sources};
use crate::scenario::read::Folder;

/// What is found in a scenario whose only phase and whose record are these.
fn checked(phase: &str, record: &str) -> (Vec<Finding>, std::sync::Arc<Sources>) {
    checked_files(scenario(phase), record)
}

fn checked_files(scenario: String, record: &str) -> (Vec<Finding>, std::sync::Arc<Sources>) {
    let files = [
        ("scenario.yaml", scenario),
        ("record.yaml", record.to_owned()),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    check(&Folder {
        path: "a".into(),
        files: files.into(),
        single: false,
    })
}

#[test]
fn marks_keep_to_the_record() {
    let cases = [
        ("{says: x, is: documented, cites: [T-10, T-11]}", vec![]),
        ("{says: x, is: inferred, cites: [T-10, T-12, T-13]}", vec![]),
        (
            "{says: x, is: documented}",
            vec!["uncited-mark: a documented statement cites no entry of the record [documented]"],
        ),
        (
            "{says: x, is: inferred}",
            vec!["uncited-mark: an inferred statement cites no entry of the record [inferred]"],
        ),
        (
            "{says: x, is: inferred, cites: [T-100]}",
            vec!["unknown-fact: `record.yaml` has no entry `T-100` [T-100] -> T-10"],
        ),
        (
            "{says: x, is: documented, cites: [T-10, T-12]}",
            vec![
                "confidence-mismatch: a documented statement cites `T-12`, which was worked out [T-12]",
            ],
        ),
        (
            "{says: x, is: documented, cites: [T-13]}",
            vec![
                "confidence-mismatch: a documented statement cites `T-13`, which was assumed [T-13]",
            ],
        ),
        (
            "{says: x, is: invented, cites: [T-10]}",
            vec!["invented-cites: an invented statement cites `T-10` [T-10]"],
        ),
    ];
    for (mark, expected) in cases {
        assert_eq!(
            found(&format!("    title: P\n    text: T\n    record: [{mark}]")),
            expected,
            "{mark}"
        );
    }
}

#[test]
fn the_weekday_of_an_inferred_mark_is_that_of_what_it_cites() {
    let wrong = "figure-mismatch: `Friday` differs from the record, which has Thursday [Friday]";
    let cases = [
        ("a Thursday", vec![]),
        ("a Friday", vec![wrong]),
        ("by Friday it was known", vec![]),
        ("By Friday it was known", vec![]),
        ("the Friday after", vec![]),
        ("as on Fridays", vec![]),
        ("Friday 5 August 2022", vec![]),
        (
            "Friday 4 August 2022",
            vec!["figure-mismatch: `Friday` is wrong: 4 August 2022 was a Thursday [Friday]"],
        ),
    ];
    for (says, expected) in cases {
        let mark = format!("{{says: {says}, is: inferred, cites: [T-14]}}");
        let phase = format!("    title: P\n    text: T\n    record: [{mark}]");
        assert_eq!(found(&phase), expected, "{says}");
    }
}

#[test]
fn the_record_is_held_against_the_calendar() {
    let record = RECORD.replace("It was seen.", "It was seen on Friday 4 August 2022.");
    let (findings, _) = checked("    title: P", &record);
    let found: Vec<_> = findings
        .iter()
        .filter(|it| it.rule == "figure-mismatch")
        .map(|it| it.headline.as_str())
        .collect();
    assert_eq!(found, ["`Friday` is wrong: 4 August 2022 was a Thursday"]);
}

#[test]
fn a_date_has_no_year_where_startex_cannot_be_read() {
    let record = RECORD.replace("It was seen.", "It was seen on Monday 5 September.");
    for (startex, expected) in [
        ("startex: 2022-08-02", vec![]),
        ("startex: 2021-08-02", vec!["figure-mismatch"]),
        ("startex: 2022-08-32", vec!["bad-date"]),
    ] {
        let scenario = scenario("    title: P").replace("startex: 2022-08-02", startex);
        let (findings, _) = checked_files(scenario, &record);
        let rules = findings.iter().map(|it| it.rule);
        let rules: Vec<_> = rules.filter(|it| *it != "uncited-fact").collect();
        assert_eq!(rules, expected, "{startex}");
    }
}

#[test]
fn a_newer_record_is_all_that_is_said_of_it() {
    let phase = "    title: P\n    text: T\n    record: [{says: x, is: documented, cites: [T-10]}]";
    let (findings, _) = checked(phase, &RECORD.replace("format: 1", "format: 9"));
    let rules: Vec<_> = findings.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["newer-format"]);
}

#[test]
fn figures_keep_to_the_record() {
    const FACTS: &str = "
format: 1
organisations: [NHS]
sources: {ICO: the regulator}
entries:
  F-1: {date: 4 Aug 2022, says: \"295 endpoints were infected at 07:00; 79,404 people and nine trusts.\", figures: [\"295\", \"79,404\"], source: [ICO], confidence: V}
  F-2: {date: 27 Mar 2025, says: \"The penalty was £3,076,320.\", figures: [\"£3,076,320\"], source: [ICO], confidence: V}
";
    // What the mark says, and what is wrong in it.
    let cases = [
        ("295 endpoints on Thursday 4 August 2022", ""),
        ("296 endpoints", "296"),
        ("83,000 people", "83,000"),
        ("about 79,000 people and 9 trusts", ""),
        ("about 97,404 people", "97,404"),
        ("79,000 people", "79,000"),
        ("a penalty of £3.1m", "3.1m"),
        ("a penalty of about £3.1m", ""),
        ("a penalty of £3,076,320 in March 2025", ""),
        ("a penalty of £3,067,320", "3,067,320"),
        ("on 3 August 2022", "3 August 2022"),
        ("on Wednesday, 4 August 2022", "Wednesday"),
        ("on Wednesday", "Wednesday"),
        ("at 08:00", "08:00"),
        ("at 7am the NHS 111 desks stood still", ""),
        ("in 2021", "2021"),
        ("6 August 2022 was a Saturday", ""),
    ];
    for (says, wrong) in cases {
        let phase = format!(
            "    title: P\n    text: T\n    record: [{{says: \"{says}\", is: documented, cites: [F-1, F-2]}}]"
        );
        let (findings, sources) = checked(&phase, FACTS);
        let found: Vec<&str> = findings
            .iter()
            .map(|finding| sources.text(finding.place))
            .collect();
        assert_eq!(
            found,
            if wrong.is_empty() {
                vec![]
            } else {
                vec![wrong]
            },
            "{says}"
        );
        assert!(
            findings
                .iter()
                .all(|finding| finding.rule == "figure-mismatch"),
            "{says}"
        );
    }
}
