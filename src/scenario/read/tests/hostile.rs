use proptest::prelude::*;

use super::{OUTAGE, RECORD, SCENARIO, found, harbour_with, read};
use crate::scenario::read::tree::work;
use crate::scenario::read::{FILE_MAX_BYTES, FINDINGS_MAX, FOLDER_MAX_BYTES, TEXT_MAX_BYTES};

fn repeated(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}

/// Aliases are never followed, too much depth or size ends the reading, and few texts are parsed again: so even these are
/// read in fewer events than they have bytes.
#[test]
fn bombs_are_refused_before_they_cost_more_than_their_size() {
    let aliases = repeated(39, |level| {
        let next = level + 1;
        format!("a{next}: &a{next} [*a{level}, *a{level}]\n")
    });
    let aliases = format!("a0: &a0 [x, x]\n{aliases}");
    let block = repeated(2_000, |depth| format!("{}a:\n", " ".repeat(depth)));
    let cases: Vec<(&str, String, &str)> = vec![
        ("aliases", aliases, "yaml-alias"),
        ("lists", "[".repeat(10_000), "too-deep"),
        ("mappings", "{a: ".repeat(10_000), "too-deep"),
        ("block lists", "- ".repeat(10_000), "too-deep"),
        ("block mappings", block, "too-deep"),
        ("questions", "? ".repeat(10_000), "too-deep"),
        (
            "megabytes of brackets",
            "[".repeat(FILE_MAX_BYTES),
            "too-deep",
        ),
        (
            "many values",
            format!("[{}]", "1,".repeat(1_000_000)),
            "too-large",
        ),
        (
            "many keys",
            repeated(150_000, |key| format!("k{key}: 1\n")),
            "too-large",
        ),
        (
            "unknown keys",
            repeated(90_000, |key| format!("k{key}: 1\n")),
            "too-many-findings",
        ),
        (
            "a long word",
            format!("title: {}", "a".repeat(FILE_MAX_BYTES - 9)),
            "text-too-long",
        ),
        (
            "a long key",
            format!("{}: x", "a".repeat(FILE_MAX_BYTES - 9)),
            "yaml-syntax",
        ),
        ("quotes", "\"".repeat(FILE_MAX_BYTES), "yaml-syntax"),
        ("bangs", "! ".repeat(FILE_MAX_BYTES / 2), ""),
        ("ampersands", "&a ".repeat(FILE_MAX_BYTES / 3), ""),
        ("comments", "#\n".repeat(FILE_MAX_BYTES / 2), ""),
        (
            "comments within",
            format!("a:\n{}  b: 1", "#\n".repeat(FILE_MAX_BYTES / 2 - 8)),
            "unknown-field",
        ),
        (
            "controls",
            "\u{1b}".repeat(FILE_MAX_BYTES),
            "too-many-findings",
        ),
        ("a hundred megabytes", "a".repeat(100 << 20), "too-large"),
    ];
    for (what, text, rule) in cases {
        let bytes = text.len();
        let folder = harbour_with("scenario.yaml", text);
        work::take();
        let (_, findings, _) = read(&folder);
        let events = work::take();
        assert!(findings.len() <= FINDINGS_MAX + 1, "{what}");
        assert!(events <= bytes, "{what}: {events} of {bytes} bytes");
        let found = found(&folder);
        assert!(
            found.iter().any(|line| line.contains(rule)),
            "{what}: {:?}",
            found.first()
        );
    }
}

#[test]
fn limits_are_exact() {
    let with_text = |length: usize| {
        let text = SCENARIO.replace("Saturday evening.", &"a".repeat(length));
        found(&harbour_with("scenario.yaml", text))
    };
    assert!(with_text(TEXT_MAX_BYTES).is_empty());
    assert_eq!(with_text(TEXT_MAX_BYTES + 1).len(), 1);
    let comment = |length: usize| {
        let text = format!("{SCENARIO}#{}", "x".repeat(length - SCENARIO.len() - 1));
        found(&harbour_with("scenario.yaml", text))
    };
    assert!(comment(FILE_MAX_BYTES).is_empty());
    assert_eq!(comment(FILE_MAX_BYTES + 1), ["1:1 too-large"]);
    let used = SCENARIO.len() + RECORD.len() + OUTAGE.len();
    let all = |length: usize| found(&harbour_with("plays/a.play", vec![b' '; length - used]));
    assert!(all(FOLDER_MAX_BYTES).is_empty());
    assert_eq!(all(FOLDER_MAX_BYTES + 1), ["1:1 too-large"]);
}

/// Reads and renders: it must only come back.
fn survives(path: &str, bytes: Vec<u8>) {
    let folder = harbour_with(path, bytes);
    let (scenario, findings, _) = read(&folder);
    assert_eq!(scenario.is_none(), findings.has_errors());
    found(&folder);
}

/// Pieces that YAML or the format give a meaning.
const PIECES: [&str; 24] = [
    "\n",
    "  ",
    "\t",
    ": ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "#",
    "&a",
    "*a",
    "!t ",
    "---\n",
    "é\u{202e}",
    "\u{1b}",
    "\0",
    "\\x1b",
    "~",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_in_findings(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives("scenario.yaml", bytes);
    }

    #[test]
    fn any_pieces_end_in_findings(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        survives("scenario.yaml", format!("title: {text}").into_bytes());
        survives("record.yaml", text.into_bytes());
    }

    #[test]
    fn mutated_scenarios_end_in_findings(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len(), 0..9_usize), 1..6),
    ) {
        let mut bytes = SCENARIO.as_bytes().to_vec();
        for (at, piece, cut) in changes {
            let at = at.index(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].bytes());
        }
        survives("scenario.yaml", bytes);
    }
}
