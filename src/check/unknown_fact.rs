//! A citation of an entry that `record.yaml` does not have.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;

pub(super) const NAME: &str = "unknown-fact";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let entries = scenario.record.entries.iter();
    let known: BTreeSet<&str> = entries.map(|entry| entry.id.value.as_str()).collect();
    let cites = subject.marks.iter().flat_map(|mark| &mark.cites);
    let entries = scenario.record.entries.iter();
    let rests = entries.flat_map(|entry| &entry.rests_on);
    let is_unknown = |cite: &&Placed<String>| {
        !known.contains(cite.value.as_str()) && !scenario.lost.holds(&cite.value)
    };
    let mut unknown = cites.chain(rests).filter(is_unknown).peekable();
    if let (true, Some(first)) = (scenario.record.entries.is_empty(), unknown.peek()) {
        // That is one mistake, however much is cited.
        let (headline, hint) = if subject.alone {
            (
                "a single file has no `record.yaml` to cite",
                "Check the folder of the scenario instead.",
            )
        } else {
            (
                "`record.yaml` has no entries to cite",
                "Write `record.yaml` beside `scenario.yaml`, with the `entries` that are cited.",
            )
        };
        findings.push(Finding::error(NAME, first.place, headline).hint(hint));
        return;
    }
    for cite in unknown.take(super::SUGGESTED_MAX) {
        let headline = format!("`record.yaml` has no entry `{}`", cite.value);
        let meant = subject.meant_fact(&cite.value);
        findings.push(Finding::error(NAME, cite.place, headline).instead_if(meant));
    }
}
