//! An entry of the record that nothing cites.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{Mark, Provenance};

pub(super) const NAME: &str = "uncited-fact";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let record = &subject.scenario.record;
    let lacks_cites =
        |mark: &&Mark| mark.standing.value != Provenance::Invented && mark.cites.is_empty();
    if subject.marks.iter().any(lacks_cites) {
        // Nobody can say what those should cite.
        return;
    }
    let cited = subject.cited();
    let entries = record.entries.iter();
    let known: BTreeSet<&str> = entries.map(|entry| entry.id.value.as_str()).collect();
    let unknown = cited.difference(&known).take(super::SUGGESTED_MAX);
    let meant: BTreeSet<&str> = unknown.filter_map(|id| subject.meant_fact(id)).collect();
    for entry in &record.entries {
        let id = &entry.id;
        if !cited.contains(id.value.as_str())
            && !meant.contains(id.value.as_str())
            && !subject.is_doubtful(&id.value)
        {
            let headline = format!("nothing cites `{}`", id.value);
            let hint = "Cite it beside the text that it supports, or remove it.";
            findings.push(Finding::warning(NAME, id.place, headline).hint(hint));
        }
    }
}
