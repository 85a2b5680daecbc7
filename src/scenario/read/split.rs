//! A text inside `{}` or `[]` that YAML splits: at a comma, or at a bracket.

use std::ops::Range;

use super::decode::Decoder;
use super::node::{YamlKind, YamlNode};
use crate::finding::{FileId, Finding, Place};
use crate::scenario::Placed;

const NAME: &str = "split-at-comma";

/// Functions whose arguments a comma separates.
const FUNCTIONS: [&str; 2] = ["min(", "max("];

/// A text in more pieces than this is not seen to be one.
const PIECES_MAX: usize = 32;

/// The finding for entries of a mapping in brackets that are the rest of the text before them, and how many they are.
/// `first` is the first entry whose key means nothing.
pub(super) fn entries(
    decoder: &Decoder,
    map: &YamlNode,
    entries: &[(Placed<String>, YamlNode)],
    first: usize,
) -> Option<(Finding, usize)> {
    let is_flow = decoder.sources.text(map.place).starts_with('{');
    let (key, before) = entries.get(first.checked_sub(1)?)?;
    if !is_flow || !matches!(before.kind, YamlKind::Text { plain: true, .. }) {
        return None;
    }
    let is_rest = |entry: &&(Placed<String>, YamlNode)| is_rest(decoder, entry);
    let rest: Vec<_> = entries[first..].iter().take_while(is_rest).collect();
    let (last_key, last) = rest.last()?;
    let end = last_key.place.end.max(last.place.end);
    let place = Place::new(map.place.file, before.place.start as usize..end as usize);
    let finding = explained(
        decoder.sources.text(place),
        place,
        Some(decoder.sources.text(key.place)),
    );
    Some((finding, rest.len()))
}

/// Whether an entry is the rest of a text: a key of several words, or one without a colon.
fn is_rest(decoder: &Decoder, (key, value): &(Placed<String>, YamlNode)) -> bool {
    match value.kind {
        YamlKind::Nothing => {
            let end = key.place.end as usize;
            let source = decoder.sources.get(key.place.file);
            let after = source.and_then(|it| it.text.get(end..)).unwrap_or_default();
            !after.trim_start().starts_with(':')
        }
        YamlKind::Text { plain: true, .. } => key.value.contains(' '),
        _ => false,
    }
}

/// The findings for items of a list in brackets that are pieces of one text, because a bracket is open at the end of the
/// first. An expression in pieces cannot be read, so they become unreadable; other texts were always taken in pieces.
pub(super) fn items(text: &str, file: FileId, items: &mut Vec<YamlNode>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut is_gone = vec![false; items.len()];
    let mut at = 0;
    while at < items.len() {
        let mut open = 0;
        let closes = |item: &YamlNode| {
            let YamlKind::Text { text, plain: true } = &item.kind else {
                return None;
            };
            open += text.matches('(').count() as i64 - text.matches(')').count() as i64;
            Some(open <= 0)
        };
        let pieces = items[at..].iter().take(PIECES_MAX).map_while(closes);
        let last = pieces
            .enumerate()
            .find_map(|(last, closes)| closes.then_some(last));
        let last = last.unwrap_or(0);
        if last > 0 {
            let whole = items[at].place.start as usize..items[at + last].place.end as usize;
            let place = Place::new(file, whole.clone());
            let mut finding = explained(&text[whole.clone()], place, None);
            if FUNCTIONS.iter().any(|it| text[whole.clone()].contains(it)) {
                items[at].kind = YamlKind::Broken;
                items[at].place = place;
                is_gone[at + 1..=at + last].fill(true);
                at += last;
            } else {
                finding.severity = crate::finding::Severity::Warning;
            }
            findings.push(finding);
        }
        at += 1;
    }
    let mut is_gone = is_gone.into_iter();
    items.retain(|_| !is_gone.next().unwrap_or_default());
    findings
}

fn explained(text: &str, place: Place, key: Option<&str>) -> Finding {
    let whole = quoted(text);
    let pasted = key.map_or_else(|| whole.clone(), |key| format!("{key}: {whole}"));
    let hint = if whole.starts_with(['"', '\'']) {
        format!("Inside `{{}}` and `[]`, a text with a comma stands in quotes: `{pasted}`.")
    } else {
        format!("A number has no commas: `{pasted}`.")
    };
    Finding::error(NAME, place, "YAML splits this at the comma")
        .hint(hint)
        .instead(whole)
}

/// The finding for a value in brackets that has brackets of its own.
pub(super) fn bracket(file: FileId, text: &str, whole: Range<usize>) -> Finding {
    let quoted = quoted(&text[whole.clone()]);
    Finding::error(
        "yaml-syntax",
        Place::new(file, whole),
        "YAML splits this at its brackets",
    )
    .hint(format!(
        "Inside `{{}}` and `[]`, a text with brackets stands in quotes: `{quoted}`."
    ))
    .instead(quoted)
}

/// A text as YAML reads it whole. A number with commas is meant as a number.
fn quoted(text: &str) -> String {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let is_number = (1..=3).contains(&first.len())
        && first.bytes().all(|it| it.is_ascii_digit())
        && groups.clone().count() > 0
        && groups.all(|it| it.len() == 3 && it.bytes().all(|it| it.is_ascii_digit()));
    if is_number {
        text.replace(',', "")
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The value of an entry in brackets, on the line of an error in it, if it has brackets of its own: its bytes. `open` is
/// where the brackets around it begin.
pub(super) fn whole_value(text: &str, open: usize, at: usize) -> Option<Range<usize>> {
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let inside = text.get(open + 1..line_end)?;
    let mut start = open + 1;
    let (mut depth, mut quote, mut has_brackets) = (0_usize, None, false);
    for (index, letter) in inside.char_indices() {
        let index = open + 1 + index;
        if let Some(end) = quote {
            if letter == end {
                quote = None;
            }
            continue;
        }
        let is_begin = || text[start..index].trim().is_empty();
        match letter {
            '"' | '\'' if is_begin() => quote = Some(letter),
            ':' if depth == 0 && text[index + 1..].starts_with(' ') => {
                start = index + 1;
                has_brackets = false;
            }
            '[' | '{' | '(' => {
                has_brackets |= letter != '(' && !is_begin();
                depth += 1;
            }
            ']' | '}' | ')' if depth > 0 => depth -= 1,
            ',' | ']' | '}' if depth == 0 => {
                if index >= at && has_brackets {
                    let value = text[start..index].trim();
                    let start =
                        start + (text[start..index].len() - text[start..index].trim_start().len());
                    return Some(start..start + value.len());
                }
                if letter != ',' || index >= at {
                    return None;
                }
                start = index + 1;
                has_brackets = false;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::scenario::read::{Folder, read};

    /// A piece of the small scenario, what stands there instead, and what is found: rule, place and correction.
    type SplitCase = (
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str, &'static str)],
    );

    const CASES: &[SplitCase] = &[
        (
            "feedback: You tell.",
            "feedback: You tell, and go.",
            &[(
                "split-at-comma",
                "You tell, and go.",
                "\"You tell, and go.\"",
            )],
        ),
        (
            "feedback: You tell.",
            "feedback: You tell, and go, and \"sleep\".",
            &[(
                "split-at-comma",
                "You tell, and go, and \"sleep\".",
                "'You tell, and go, and \"sleep\".'",
            )],
        ),
        (
            "because: Known.",
            "because: Known, or so: they say.",
            &[(
                "split-at-comma",
                "Known, or so: they say.",
                "\"Known, or so: they say.\"",
            )],
        ),
        (
            "worth: 100",
            "worth: 1,000",
            &[("split-at-comma", "1,000", "1000")],
        ),
        (
            "needs: told",
            "needs: max(1, 2) > 1",
            &[("split-at-comma", "max(1, 2) > 1", "\"max(1, 2) > 1\"")],
        ),
        (
            "do: [told = true]",
            "do: [n = max(1, 2)]",
            &[("split-at-comma", "n = max(1, 2)", "\"n = max(1, 2)\"")],
        ),
        (
            "do: [told = true]",
            "do: [told = true, n = min(max(1, 2), 3), told = false]",
            &[(
                "split-at-comma",
                "n = min(max(1, 2), 3)",
                "\"n = min(max(1, 2), 3)\"",
            )],
        ),
        (
            "needs: told",
            "needs: told in [true, false]",
            &[(
                "yaml-syntax",
                "told in [true, false]",
                "\"told in [true, false]\"",
            )],
        ),
        (
            "do: [told = true]",
            "maps: [Plan (1, 2)]",
            &[("split-at-comma", "Plan (1, 2)", "\"Plan (1, 2)\"")],
        ),
        // Nothing to explain.
        ("do: [told = true]", "maps: [Plan (1), 2)]", &[]),
        (
            "feedback: You tell.",
            "feedback: \"You tell, and go.\"",
            &[],
        ),
        (
            "feedback: You tell.",
            "fedback: You tell.",
            &[("unknown-field", "fedback", "feedback")],
        ),
    ];

    const SCENARIO: &str = "\
format: 1
id: small
title: Small
zone: Europe/London
startex: 2024-03-04 08:00
lasts: 1d
roles: {lead: {title: Lead}}
objectives: {care: {title: Care, worth: 100}}
values: {told: false, n: {min: 0, max: 9, initial: 1}}
actions:
  tell: {label: Tell, needs: told, feedback: You tell., do: [told = true], score: {care: 100}, because: Known.}
phases: {one: {title: One, ends: [{at: 6h, to: endex}]}}
endings: {end: {title: End, text: Over.}}
";

    #[test]
    fn a_text_that_yaml_splits_is_offered_in_quotes() {
        for (old, new, expected) in CASES {
            assert_eq!(SCENARIO.matches(old).count(), 1, "{old}");
            let text = SCENARIO.replace(old, new);
            let (_, findings, sources) = read(&Folder::single("a.yaml", text.clone().into_bytes()));
            let findings = findings.into_sorted();
            let found = findings.iter().map(|it| {
                (
                    it.rule,
                    sources.text(it.place),
                    it.instead.as_deref().unwrap_or(""),
                )
            });
            assert_eq!(found.collect::<Vec<_>>(), *expected, "{new}");
            for finding in findings.iter().filter(|it| it.instead.is_some()) {
                let place = finding.place.start as usize..finding.place.end as usize;
                let mut mended = text.clone();
                mended.replace_range(place, finding.instead.as_deref().unwrap_or(""));
                let (scenario, findings, _) = read(&Folder::single("a.yaml", mended.into_bytes()));
                assert!(
                    scenario.is_some() && findings.is_empty(),
                    "{new}: {findings:?}"
                );
            }
        }
    }
}
