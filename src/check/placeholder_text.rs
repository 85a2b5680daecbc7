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

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for text in subject.prose() {
        let value = &text.value;
        let found = MARKS
            .iter()
            .filter_map(|mark| super::unmarked_text::whole_word(value, mark));
        let Some(range) = found.min_by_key(|range| range.start) else {
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
