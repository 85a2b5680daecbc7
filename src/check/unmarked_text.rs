//! A text that states something without saying what it rests on.

use std::ops::Range;

use super::figures::{names_of_dates, whole_word};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;
use crate::scenario::read::place_inside;

pub(super) const NAME: &str = "unmarked-text";

/// In small letters these are words of another kind.
const AMBIGUOUS: [&str; 3] = ["March", "May", "August"];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let texts = subject.parts.texts.iter();
    for marked in texts.filter(|marked| marked.marks.is_empty()) {
        let Some((range, what)) = statement(&marked.text.value, &scenario.record.organisations)
        else {
            continue;
        };
        let written = &marked.text.value[range.clone()];
        let headline = format!("{what} `{written}` in a text without a record mark");
        let place = place_inside(&scenario.sources, marked.text, range);
        let hint = "Add `record` beside the text: what it says, and whether that is documented, inferred or invented.";
        findings.push(Finding::error(NAME, place, headline).hint(hint));
    }
}

/// The first thing in a text that needs a mark, and what it is.
fn statement(text: &str, organisations: &[Placed<String>]) -> Option<(Range<usize>, &'static str)> {
    let digits = text.find(|it: char| it.is_ascii_digit()).map(|start| {
        let length = text[start..].find(|it: char| !it.is_ascii_digit());
        let end = length.map_or(text.len(), |length| start + length);
        (start..end, "the number")
    });
    let dates = names_of_dates().filter_map(|name| Some((whole_word(text, name)?, "the date")));
    // Nothing else is meant by these, however they are written.
    let lower = text.to_ascii_lowercase();
    let others = names_of_dates()
        .filter(|name| !AMBIGUOUS.contains(name))
        .flat_map(|name| {
            let name = name.to_ascii_lowercase();
            let plural = name.ends_with("day").then(|| format!("{name}s"));
            [Some(name), plural]
        });
    let others = others
        .flatten()
        .filter_map(|name| Some((whole_word(&lower, &name)?, "the date")));
    let names = organisations.iter().map(|name| name.value.as_str());
    let names = names.filter_map(|name| Some((whole_word(text, name)?, "the organisation")));
    // Of two that begin together the longer one is meant: NHS England, not NHS.
    let first = |(range, _): &(Range<usize>, _)| (range.start, std::cmp::Reverse(range.end));
    digits
        .into_iter()
        .chain(dates)
        .chain(others)
        .chain(names)
        .min_by_key(first)
}
