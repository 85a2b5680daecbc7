//! A figure that differs from the one in the record.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::read::place_inside;
use crate::scenario::{Entry, Mark, Placed, Standing};

pub(super) const NAME: &str = "figure-mismatch";

/// Shorter numbers are days, hours and counts, which a text may round.
const COMPARED_MIN_DIGITS: usize = 3;

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let entries = &subject.scenario.record.entries;
    let entries: BTreeMap<&str, &Entry> = entries
        .iter()
        .map(|entry| (entry.id.value.as_str(), entry))
        .collect();
    let mut texts: Vec<(&Placed<String>, Vec<&Mark>)> = Vec::new();
    for mark in &subject.marks {
        texts.push((&mark.says, vec![mark]));
    }
    texts.extend(
        subject
            .texts
            .iter()
            .map(|text| (text.text, text.marks.iter().collect())),
    );
    for (text, marks) in texts {
        if !text.value.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let cited = marks.iter().flat_map(|mark| &mark.cites);
        let cited: Vec<&Entry> = cited
            .filter_map(|id| entries.get(id.value.as_str()).copied())
            .collect();
        if cited.is_empty() {
            continue;
        }
        let documented = marks
            .iter()
            .all(|mark| mark.standing.value == Standing::Documented);
        differing(subject, text, &marks, &cited, documented, findings);
    }
}

fn differing(
    subject: &Subject,
    text: &Placed<String>,
    marks: &[&Mark],
    cited: &[&Entry],
    documented: bool,
    findings: &mut Findings,
) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut figures: Vec<(String, &Placed<String>)> = Vec::new();
    for entry in cited {
        for figure in &entry.figures {
            let all = numbers(&figure.value);
            figures.extend(all.iter().map(|(_, number)| (number.clone(), figure)));
        }
        let texts = [Some(&entry.says), entry.date.as_ref()];
        let texts = texts.into_iter().flatten().chain(&entry.figures);
        known.extend(
            texts
                .flat_map(|text| numbers(&text.value))
                .map(|(_, number)| number),
        );
    }
    // The mark's own words are compared with the record; a text also with what its marks say.
    for mark in marks.iter().filter(|mark| mark.says.place != text.place) {
        known.extend(
            numbers(&mark.says.value)
                .into_iter()
                .map(|(_, number)| number),
        );
    }
    for (range, number) in numbers(&text.value) {
        if known.contains(&number) {
            continue;
        }
        let unit = word_after(&text.value, range.end);
        let near = figures.iter().find(|(figure, _)| is_near(figure, &number));
        let near = near.filter(|_| documented || number.len() > COMPARED_MIN_DIGITS);
        // A short number is compared only where what it counts is the same.
        let counted = || {
            figures.iter().find(|(figure, _)| {
                let same = |text: &str| {
                    numbers(text).iter().any(|(range, other)| {
                        other == figure && !unit.is_empty() && word_after(text, range.end) == unit
                    })
                };
                let is_slip = figure.len() > 1
                    && figure.len() == number.len()
                    && strsim::damerau_levenshtein(figure, &number) == 1;
                is_slip
                    && (cited.iter().any(|entry| same(&entry.says.value))
                        || marks.iter().any(|mark| same(&mark.says.value)))
            })
        };
        let Some((_, figure)) = near.or_else(counted) else {
            continue;
        };
        let written = &text.value[range.clone()];
        let headline = format!(
            "`{written}` differs from the record, which has `{}`",
            figure.value
        );
        let place = place_inside(&subject.scenario.sources, text, range);
        let hint = "Correct the figure, or cite the entry that it comes from.";
        findings.push(
            Finding::error(NAME, place, headline)
                .related(figure.place, "in the cited entry")
                .hint(hint),
        );
    }
}

/// The numbers of a text, without the marks between thousands; days, times and words with digits are no figures.
fn numbers(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let inner = |at: usize| {
            matches!(bytes.get(at), Some(b',' | b'.'))
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        };
        while at < bytes.len() && (bytes[at].is_ascii_digit() || inner(at)) {
            at += 1;
        }
        let before = text[..start].chars().next_back();
        let glued = before.is_some_and(|letter| {
            letter.is_alphabetic() || letter == '-' || letter == ':' || letter == '_'
        });
        if !glued {
            found.push((start..at, text[start..at].replace(',', "")));
        }
    }
    found
}

/// The word after a number: what it counts.
fn word_after(text: &str, at: usize) -> &str {
    let rest = text[at..].trim_start();
    let end = rest
        .find(|letter: char| !letter.is_alphabetic())
        .unwrap_or(rest.len());
    &rest[..end]
}

/// Whether one was probably meant for the other: as long, with a digit or two changed or exchanged.
fn is_near(figure: &str, number: &str) -> bool {
    figure.len() >= COMPARED_MIN_DIGITS
        && figure.len().abs_diff(number.len()) <= 1
        && strsim::damerau_levenshtein(figure, number) <= if figure.len() > 4 { 2 } else { 1 }
}
