//! Text that somebody meant to write later.

use super::figures::whole_word;
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

/// Words that are not a text when they stand alone.
const FILLERS: &str = "xxx xx x todo tbd tbc fixme placeholder text asdf foo n/a";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for text in subject.prose() {
        let value = &text.value;
        let marks = MARKS.iter().filter_map(|mark| whole_word(value, mark));
        let first = marks.min_by_key(|range| range.start);
        let Some(range) = first.or_else(|| is_filler(value).then_some(0..value.len())) else {
            continue;
        };
        let written = &value[range.clone()];
        let headline = format!("`{written}` stands for a text that is not written yet");
        let place = place_inside(&subject.scenario.sources, text, range);
        let finding = Finding::warning(NAME, place, headline);
        findings.push(finding.hint("Write what the team will read."));
    }
}

/// Whether the whole text is such a word, or only dots and dashes.
fn is_filler(text: &str) -> bool {
    let text = text.trim();
    let is_dots = text.len() > 1 && text.chars().all(|letter| ".…-–—_?".contains(letter));
    is_dots || text == "…" || FILLERS.split(' ').any(|it| it == text.to_lowercase())
}
