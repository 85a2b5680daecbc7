//! Text that was to be written later.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::read::place_inside;

pub(super) const NAME: &str = "placeholder-text";

const MARKS: [&str; 9] = [
    "TODO",
    "TBD",
    "FIXME",
    "XXX",
    "TBC",
    "lorem ipsum",
    "Lorem ipsum",
    "PLACEHOLDER",
    "???",
];

/// Words that are no text where they stand alone.
const FILLERS: [&str; 12] = [
    "xxx",
    "xx",
    "x",
    "todo",
    "tbd",
    "tbc",
    "fixme",
    "placeholder",
    "text",
    "asdf",
    "foo",
    "n/a",
];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for text in subject.prose() {
        let value = &text.value;
        let found = MARKS
            .iter()
            .filter_map(|mark| super::unmarked_text::whole_word(value, mark));
        let found = found.min_by_key(|range| range.start);
        let Some(range) = found.or_else(|| is_filler(value).then_some(0..value.len())) else {
            continue;
        };
        let headline = format!(
            "`{}` stands for a text that is not written yet",
            &value[range.clone()]
        );
        let place = place_inside(&subject.scenario.sources, text, range);
        findings
            .push(Finding::warning(NAME, place, headline).hint("Write what the team will read."));
    }
}

/// Whether the whole text is a word that stands for one, or dots and dashes.
fn is_filler(text: &str) -> bool {
    let text = text.trim();
    let is_dots = text.len() > 1 && text.chars().all(|letter| ".…-–—_?".contains(letter));
    is_dots || text == "…" || FILLERS.contains(&text.to_lowercase().as_str())
}
