//! An entry of the record that nothing cites.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Provenance;

pub(super) const NAME: &str = "uncited-fact";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let record = &subject.scenario.record;
    let by_marks = subject.marks.iter().flat_map(|mark| &mark.cites);
    let by_entries = record.entries.iter().flat_map(|entry| &entry.rests_on);
    let cited: BTreeSet<&str> = by_marks
        .chain(by_entries)
        .map(|code| code.value.as_str())
        .collect();
    let is_claim = |mark: &&&crate::scenario::Mark| {
        mark.standing.value != Provenance::Invented && mark.cites.is_empty()
    };
    if subject.marks.iter().any(|mark| is_claim(&mark)) {
        // What those meant to cite cannot be told.
        return;
    }
    let known: BTreeSet<&str> = record
        .entries
        .iter()
        .map(|entry| entry.id.value.as_str())
        .collect();
    let unknown = cited
        .iter()
        .filter(|id| !known.contains(**id))
        .take(super::SUGGESTED_MAX);
    let meant: BTreeSet<&str> = unknown.filter_map(|id| subject.meant_fact(id)).collect();
    for entry in &record.entries {
        let id = &entry.id;
        if !cited.contains(id.value.as_str())
            && !meant.contains(id.value.as_str())
            && !subject.is_shaky(&id.value)
        {
            let headline = format!("nothing cites `{}`", id.value);
            let hint = "Cite it beside the text that it supports, or remove it.";
            findings.push(Finding::warning(NAME, id.place, headline).hint(hint));
        }
    }
}
