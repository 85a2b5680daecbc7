//! Characters that look like plain ones, or like nothing, where they are the reason of another finding.
//!
//! In text for people they are fine. So nothing is said until reading or compiling stumbles over one.

use std::ops::Range;

use crate::finding::{Finding, Place, Severity, Sources};
use crate::words;

const NAME: &str = "odd-character";

/// How much of the lines around a finding is looked at.
const LOOKED_AT_MAX_BYTES: usize = 4_000;

/// Findings about something short that a program reads, not people: whatever is odd in it is the mistake.
const OF_WORDS: [&str; 19] = [
    "bad-channel",
    "bad-confidence",
    "bad-date",
    "bad-default",
    "bad-duration",
    "bad-id",
    "bad-line",
    "bad-map",
    "bad-number",
    "bad-standing",
    "bad-zone",
    "empty-field",
    "expression-syntax",
    "missing-file",
    "unknown-fact",
    "unknown-field",
    "unknown-name",
    "unknown-source",
    "wrong-type",
];

/// Findings about the structure of a file: whatever is odd where YAML expects a sign of its own is the mistake.
const OF_STRUCTURE: [&str; 5] = [
    "yaml-syntax",
    "wrong-kind",
    "unknown-field",
    "empty-field",
    "missing-field",
];

/// The same findings, but where an odd character is the reason of one, a finding about that in its place.
#[must_use]
pub fn explain_odd_characters(findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let mut explained: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let finding = reason(&finding, sources).unwrap_or(finding);
        let is_known = finding.rule == NAME
            && explained
                .iter()
                .any(|it| it.rule == NAME && it.place == finding.place);
        if !is_known {
            explained.push(finding);
        }
    }
    explained.sort_by_key(|it| (it.place.file, it.place.start));
    explained
}

fn reason(finding: &Finding, sources: &Sources) -> Option<Finding> {
    if finding.severity != Severity::Error {
        return None;
    }
    let text = &sources.get(finding.place.file)?.text;
    let place = finding.place.start as usize..finding.place.end as usize;
    // Plain quotes have no place in an expression either, as the finding says.
    let is_expression = finding.rule == "expression-syntax";
    let in_words = || {
        let odd = odd_in(text, place.clone())?;
        let is_quote = ["\"", "'"].contains(
            &words::odd_character(text[odd.clone()].chars().next()?)?
                .plain
                .as_ref(),
        );
        (!(is_expression && is_quote)).then_some(odd)
    };
    let is_word =
        finding.rule == "wrong-kind" && !text.get(place.clone())?.contains(char::is_whitespace);
    let at = (is_word || OF_WORDS.contains(&finding.rule))
        .then(in_words)
        .flatten()
        .or_else(|| {
            OF_STRUCTURE
                .contains(&finding.rule)
                .then(|| in_structure(text, &place))?
        })?;
    let odd = words::odd_character(text[at.clone()].chars().next()?)?;
    let headline = match odd.plain.as_ref() {
        " " => format!("{} stands where a plain space belongs", odd.name),
        "" => format!("{} stands here, and nobody can see it", odd.name),
        plain => format!("{} is not `{plain}`", odd.name),
    };
    // In YAML, a space follows these.
    let is_glued = !text[at.end..].starts_with(char::is_whitespace);
    let needs_space = is_glued && [":", ","].contains(&odd.plain.as_ref());
    let instead = format!("{}{}", odd.plain, if needs_space { " " } else { "" });
    let found = finding.headline.clone();
    Some(
        Finding::error(NAME, Place::new(finding.place.file, at), headline)
            .hint(format!("Therefore: {found}."))
            .instead(instead),
    )
}

/// The first odd character in a range.
fn odd_in(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let odd = text.get(range.clone())?.char_indices();
    let mut odd = odd.filter(|(_, letter)| words::odd_character(*letter).is_some());
    let (at, letter) = odd.next()?;
    Some(range.start + at..range.start + at + letter.len_utf8())
}

/// The first odd character on the lines of a range that stands where YAML expects a sign of its own.
fn in_structure(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = range.end.max(range.start);
    let end = text
        .get(end..)?
        .find('\n')
        .map_or(text.len(), |at| end + at);
    let mut line_start = start;
    for line in text[start..end].split('\n') {
        if line_start - start > LOOKED_AT_MAX_BYTES {
            break;
        }
        let odd = line
            .char_indices()
            .find(|(at, letter)| is_sign(line, *at, *letter));
        if let Some((at, letter)) = odd {
            return Some(line_start + at..line_start + at + letter.len_utf8());
        }
        line_start += line.len() + 1;
    }
    None
}

/// Whether an odd character stands where YAML expects a sign of its own.
fn is_sign(line: &str, at: usize, letter: char) -> bool {
    let Some(odd) = words::odd_character(letter) else {
        return false;
    };
    let is_blank = |it: char| {
        it.is_whitespace() || words::odd_character(it).is_some_and(|it| it.plain.trim().is_empty())
    };
    let before = line[..at].trim_end_matches(is_blank);
    let after = line[at + letter.len_utf8()..].trim_start_matches(is_blank);
    // At the beginning of a line, a key, an item or a value.
    let begins = before.is_empty() || before.ends_with([':', '-', '{', '[', ',']);
    let word = before
        .rsplit([' ', '{', '[', ',', '-'])
        .next()
        .unwrap_or_default();
    let follows_key = !word.is_empty()
        && word
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
    let before_key = before[..before.len() - word.len()].trim_end();
    let is_first =
        follows_key && (before_key.is_empty() || before_key.ends_with(['{', '[', ',', '-']));
    match odd.plain.as_ref() {
        ":" => is_first,
        " " | "" => begins || is_first && after.starts_with(':'),
        "," | "]" | "}" => before.contains(['{', '[']),
        "-" => before.is_empty() && line[at + letter.len_utf8()..].starts_with(' '),
        _ => begins,
    }
}

#[cfg(test)]
mod tests {
    use super::explain_odd_characters;
    use crate::finding::{Finding, Place, Sources};

    /// A piece of a file, the rule and the text of a finding in it, and what is found instead.
    const CASES: &[(&str, &str, &str, Option<&str>)] = &[
        (
            "told:\u{a0}false",
            "wrong-kind",
            "told:\u{a0}false",
            Some("\u{a0}"),
        ),
        ("title: ten\u{a0}people: all", "yaml-syntax", ": all", None),
        (
            "\u{a0}\u{a0}title: A",
            "unknown-field",
            "\u{a0}\u{a0}title",
            Some("\u{a0}"),
        ),
        ("-\u{a0}a", "wrong-kind", "-\u{a0}a", Some("\u{a0}")),
        ("title：A thing", "yaml-syntax", "title", Some("：")),
        ("{title：A, worth: 1}", "yaml-syntax", "}", Some("：")),
        ("{title: A，worth: 1}", "yaml-syntax", ": 1", Some("，")),
        ("good: ［a］", "wrong-kind", "［a］", Some("［")),
        ("title: “A: b”", "yaml-syntax", ": b", Some("“")),
        ("title: It’s: b", "yaml-syntax", ": b", None),
        (
            "to\u{200b}ld: false",
            "bad-id",
            "to\u{200b}ld",
            Some("\u{200b}"),
        ),
        (
            "\u{feff}values: {}",
            "unknown-field",
            "\u{feff}values",
            Some("\u{feff}"),
        ),
        (
            "x: \u{e0041}1",
            "bad-number",
            "\u{e0041}1",
            Some("\u{e0041}"),
        ),
        ("min: ０", "bad-number", "０", Some("０")),
        ("tоld: false", "unknown-name", "tоld", Some("о")),
        ("when: a – 1", "expression-syntax", "–", Some("–")),
        ("when: “told”", "expression-syntax", "“told”", None),
        ("– a", "wrong-kind", "– a", Some("–")),
        ("title: A – b", "wrong-kind", "A – b", None),
        ("text: “Quite”", "text-too-long", "“Quite”", None),
    ];

    #[test]
    fn an_odd_character_is_named_where_it_is_the_reason() {
        for (text, rule, found, expected) in CASES {
            let mut sources = Sources::default();
            let file = sources.add("a.yaml", format!("a: b\n{text}\nc: d\n"));
            let start = 5 + text.find(found).expect("it is there");
            let finding =
                Finding::error(rule, Place::new(file, start..start + found.len()), "wrong");
            let explained = explain_odd_characters(vec![finding.clone(), finding], &sources);
            let odd = explained.iter().find(|it| it.rule == "odd-character");
            assert_eq!(
                odd.map(|it| sources.text(it.place)),
                *expected,
                "{text}: {explained:?}"
            );
            if let Some(odd) = odd {
                assert_eq!(explained.len(), 1, "once");
                let spaced = ["：A", "，w"].iter().any(|it| text.contains(it));
                let ends = odd
                    .instead
                    .as_deref()
                    .is_some_and(|it| it.trim_start().ends_with(' '));
                assert_eq!(ends, spaced, "{text}: {odd:?}");
            }
        }
    }
}
