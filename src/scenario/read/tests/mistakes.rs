use super::{Folder, SCENARIO, found, harbour, harbour_with, read};

/// Replaces one piece of the good scenario, and returns what is found. Places are counted from the line of the piece, as
/// `+lines:column`.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert_eq!(SCENARIO.matches(from).count(), 1, "{from}");
    let first = SCENARIO
        .find(from)
        .map_or(0, |at| SCENARIO[..at].matches('\n').count() + 1);
    let folder = harbour_with("scenario.yaml", SCENARIO.replace(from, to));
    let relative = |line: String| match line.split_once(':') {
        Some((number, rest)) => match number.parse::<usize>() {
            Ok(number) if number >= first => format!("+{}:{rest}", number - first),
            _ => line,
        },
        None => line,
    };
    found(&folder).into_iter().map(relative).collect()
}

/// What is replaced, by what, and what is then found.
type ReadCase = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const CASES: &[ReadCase] = &[
    // Fields.
    ("title: Harbour master", "tittle: Harbour master", &["+0:10 unknown-field"]),
    ("worth: 20", "wroth: 20", &["+0:32 unknown-field"]),
    ("zone: Europe/London", "zone: Europe/London\nfoo: 1", &["+1:1 unknown-field"]),
    ("zone: Europe/London", "zone: Europe/Lodnon", &["+0:7 bad-zone"]),
    ("summary: A port loses its cranes.", "summary:", &["+0:1 empty-field"]),
    ("title: The harbour incident\n", "", &["1:1 missing-field"]),
    ("  exec: {title: Harbour master}", "  exec: {}", &["+0:3 missing-field"]),
    ("  exec: {title: Harbour master}", "  exec:", &["+0:3 empty-field"]),
    ("roles:\n  tech:", "roles: {}\nrole:\n  tech:", &["+0:8 missing-field", "+1:1 unknown-field"]),
    ("of: exec\n", "on: exec\n", &["+0:17 unknown-field"]),
    ("via: alert", "via: alert\n        via: email", &["+1:9 repeated-key"]),
    ("  told: {initial", "  mfa: true\n  told: {initial", &["+0:3 repeated-key"]),
    ("one_of: [no, moving", "oneof: [no, moving", &["+0:12 unknown-field"]),
    ("min: 0, ", "", &["+0:3 missing-field"]),
    ("- {gauge: crews, to: [tech]}", "- {to: [tech]}", &["+0:6 missing-field"]),
    ("- {gauge: crews, to", "- {gauge: crews, lamp: mfa, to", &["+0:6 excess-field"]),
    ("{gauge: crews, to", "{gauge: crews, good: [a], to", &["+0:20 excess-field"]),
    ("        every: 2h\n", "", &["66:7 missing-field"]),
    ("{at: 2d, when: mfa, to: endex}", "{to: endex}", &["+0:10 missing-field"]),
    ("to: [exec]", "to: []", &["+0:9 empty-field"]),
    ("- {gauge: crews, to: [tech]}", "- {gauge: crews, to: [], in: []}", &["+0:24 empty-field", "+0:32 empty-field"]),
    // Rules.
    ("{always: crews", "{allways: crews", &["+0:18 unknown-field"]),
    ("{always: crews >= 0}", "{because: It is so.}", &["+0:3 missing-field"]),
    ("{eventually: told}", "{eventually: told, never: mfa}", &["+0:15 excess-field"]),
    ("{eventually: told}", "{eventually: told, holds: mfa}", &["+0:33 excess-field"]),
    ("{within: 72h, after: came.odd_logon, holds: told}", "{within: 72h, holds: told}", &["+0:3 missing-field"]),
    ("{within: 72h", "{within: 0h", &["+0:26 bad-duration"]),
    ("{within: 72h, ", "{", &["+0:3 missing-field"]),
    ("margin: 20", "margin: -1", &["+0:9 number-out-of-range"]),
    // Kinds.
    ("to: [exec]", "to: exec", &["+0:9 wrong-kind"]),
    ("title: Initial access", "title: [Initial, access]", &["+0:12 wrong-kind"]),
    ("mfa: false", "mfa: no", &["+0:8 wrong-kind"]),
    ("mfa: false", "mfa: 7", &["+0:8 wrong-kind"]),
    ("endex:\n  - {score", "endex:\n  {score", &["+1:3 wrong-kind"]),
    ("uses: {crews: 1}", "uses: [crews]", &["+0:21 wrong-kind"]),
    ("  exec: {title: Harbour master}", "  exec: Harbour master", &["+0:9 wrong-kind"]),
    // Names, times and numbers.
    ("id: harbour-2024", "id: Harbour 2024", &["+0:5 bad-id"]),
    ("  exec: {title", "  Exec: {title", &["+0:3 bad-id"]),
    ("to: [tech, exec]", "to: [tech, 12]", &["+0:22 bad-id"]),
    ("[no, moving, stopped]", "[no, moving, Stop-ped]", &["+0:33 bad-id"]),
    ("lasts: 2d 12h", "lasts: 60 hours", &["+0:8 bad-duration"]),
    ("lasts: 2d 12h", "lasts: 2000w", &["+0:8 bad-duration"]),
    ("lasts: 2d 12h", "lasts: 0m", &["+0:8 bad-duration"]),
    ("at: 10m", "at: 10", &["+0:13 bad-duration"]),
    ("startex: 2024-03-30 21:00", "startex: 2024-02-30", &["+0:10 bad-date"]),
    ("startex: 2024-03-30 21:00", "startex: 2024-03-30T21:00:00Z", &["+0:10 bad-date"]),
    ("within: 2024-03-31 09:00", "within: 2024-03-32 09:00", &["+0:17 bad-date"]),
    ("worth: 20", "worth: 1e3", &["+0:39 bad-number"]),
    ("worth: 20", "worth: \"20\"", &["+0:39 bad-number"]),
    ("worth: 20", "worth: -1", &["+0:39 number-out-of-range"]),
    ("worth: 20", "worth: 2000000000000", &["+0:39 number-out-of-range"]),
    ("odds: 30", "odds: 0", &["+0:29 number-out-of-range"]),
    ("max: 12, initial: 12", "max: 12, initial: 13", &["+0:37 number-out-of-range"]),
    ("[0, 5, 10]", "[0, 5, 5]", &["+0:40 number-out-of-range"]),
    // Words.
    ("via: phone", "via: phon", &["+0:39 bad-channel"]),
    ("is: inferred", "is: infered", &["+0:34 bad-standing"]),
    ("default: refuse", "default: decline", &["+0:26 bad-default"]),
    // Texts.
    ("title: Cranes", "title: \"\"", &["+0:63 empty-text"]),
    ("because: Help is on its way.", "record: []", &["48:5 score-without-because"]),
    ("Odd logon on the crane PC", "An odd logon on the crane PC of pier 3", &["+0:16 text-too-long"]),
    ("  Ships are waiting.", "  Ships are <b>waiting</b>.", &["+0:13 unwanted-markup"]),
    ("Saturday evening.", "See [this](https://example.org).", &["+0:20 unwanted-markup"]),
    ("title: Harbour master", "title: \"Har\\x1bbour\"", &["+0:21 control-character"]),
    ("title: Harbour master", "title: Har\u{202e}bour", &["+0:20 control-character"]),
    ("title: Harbour master", "title: Har\u{0}bour", &["+0:20 control-character"]),
    ("title: Harbour master", "title: \"a\\nb\"", &["+0:17 not-one-line"]),
    ("title: The harbour incident", "title: Pier #3", &["+0:13 cut-short-by-comment"]),
    // YAML.
    ("when: \"!mfa\"", "when: !mfa && x", &["+0:15 yaml-tag"]),
    ("when: \"!mfa\"", "when: *mfa", &["+0:15 yaml-alias"]),
    ("when: \"!mfa\"", "when: &mfa x", &["+0:15 yaml-alias"]),
    ("when: \"!mfa\"", "when: 'x' == y", &["+0:19 yaml-syntax"]),
    ("when: \"!mfa\"", "when: a ? b : c", &["+0:21 yaml-syntax"]),
    ("title: Harbour master", "title: {{x}}", &["+0:18 wrong-kind"]),
    ("text: Saturday evening.", "text: Note: it is late.", &["+0:15 yaml-syntax"]),
    ("text: Saturday evening.", "text: \"Saturday evening.", &["+0:11 yaml-syntax"]),
    // One mistake is reported where it is, and once.
    ("  exec: {title: Harbour master}", "  exec: {title: Harbour master", &["+0:9 yaml-syntax"]),
    ("title: Harbour master", "title: Harbour master #1", &["+0:32 cut-short-by-comment"]),
    ("worth: 20", "worth: 020", &["+0:39 bad-number"]),
    ("lasts: 2d 12h", "lasts: #soon", &["+0:8 cut-short-by-comment"]),
    ("    text: Saturday evening.", "\ttext: Saturday evening.", &["+0:1 yaml-syntax"]),
    ("zone: Europe/London", "---\nzone: Europe/London", &["+0:1 yaml-syntax"]),
    ("format: 1", "%YAML 1.1\n---\nformat: 1", &["+0:1 yaml-syntax"]),
    ("format: 1", "format: 2\nnews: 1", &["+0:9 newer-format"]),
    ("format: 1\n", "", &["1:1 missing-field"]),
    ("format: 1", "format: 0", &["+0:9 bad-number"]),
];

#[test]
fn one_mistake_gives_one_finding_at_its_place() {
    let mut wrong = Vec::new();
    for (from, to, expected) in CASES {
        let found = changed(from, to);
        if found != *expected {
            wrong.push(format!("{to:?}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn all_mistakes_come_at_once() {
    let text = SCENARIO
        .replace("worth: 20", "worth: many")
        .replace("via: alert", "via: alarm")
        .replace("takes: 30m", "takes: soon")
        .replace("lasts: 2d 12h\n", "");
    let mut folder = harbour_with("scenario.yaml", text);
    folder.files.insert(
        "record.yaml".into(),
        b"format: 1\nentries:\n  T-1: {says: x, confidence: Q}\n".to_vec(),
    );
    let rules: Vec<String> = found(&folder);
    let rules: Vec<&str> = rules
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    let expected = [
        "missing-field",
        "bad-number",
        "bad-channel",
        "bad-duration",
        "bad-confidence",
    ];
    assert_eq!(rules, expected);
}

#[test]
fn a_finding_suggests_what_was_meant() {
    let cases = [
        ("title: Harbour master", "tittle: Harbour master", "title"),
        ("via: alert", "via: Alert", "alert"),
        ("mfa: false", "mfa: no", "false"),
        ("at: 10m", "at: 10 min", "10m"),
        (
            "startex: 2024-03-30 21:00",
            "startex: 2024-03-30T21:00:00Z",
            "2024-03-30 21:00",
        ),
        ("to: [exec]", "to: exec", "[exec]"),
        (
            "zone: Europe/London",
            "zone: Europe/Lodnon",
            "Europe/London",
        ),
        ("  exec: {title", "  Exec Team: {title", "exec_team"),
        ("worth: 20", "worth: 1_000", "1000"),
    ];
    for (from, to, meant) in cases {
        let folder = harbour_with("scenario.yaml", SCENARIO.replace(from, to));
        let findings = read(&folder).1.into_sorted();
        let instead: Vec<_> = findings
            .iter()
            .map(|finding| finding.instead.as_deref())
            .collect();
        assert_eq!(instead, [Some(meant)], "{to}");
    }
}

#[test]
fn files_that_are_missing_or_too_many_are_findings() {
    let mut none = harbour();
    none.files.remove("scenario.yaml");
    assert_eq!(found(&none), ["1:1 missing-file"]);
    let mut no_phase = harbour();
    no_phase.files.remove("phases/outage.yaml");
    assert_eq!(found(&no_phase), ["130:3 missing-file"]);
    let unused = harbour_with("phases/outrage.yaml", "title: x");
    assert_eq!(found(&unused), ["outrage.yaml:1:1 unused-file"]);
    let twice = harbour_with("phases/access.yaml", "title: x");
    assert_eq!(found(&twice), ["51:3 repeated-key"]);
    let empty = harbour_with("phases/outage.yaml", "# nothing\n");
    assert_eq!(found(&empty), ["outage.yaml:1:1 empty-field"]);
    let not_utf8 = harbour_with("record.yaml", b"format: 1\nx: \xff".to_vec());
    assert_eq!(found(&not_utf8), ["record.yaml:2:4 not-utf8"]);
    let newer = harbour_with("record.yaml", "format: 9\nx: 1");
    assert_eq!(found(&newer), ["record.yaml:1:9 newer-format"]);
}

#[test]
fn a_single_file_is_shown_under_its_own_path() {
    let folder = Folder::single("here/mine.yaml", b"format: 1".to_vec());
    let (scenario, findings, sources) = read(&folder);
    assert!(scenario.is_none());
    let first = findings.into_sorted().remove(0);
    assert!(
        first
            .short(&sources)
            .starts_with("here/mine.yaml:1:1: error[missing-field]")
    );
}
