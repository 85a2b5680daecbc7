//! A statement that is called documented and rests on less.

use std::collections::BTreeMap;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Provenance;

pub(super) const NAME: &str = "confidence-mismatch";

const OF_SOURCES: [&str; 3] = ["V", "S", "V-"];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let entries = subject.scenario.record.entries.iter();
    let confidences: BTreeMap<_, _> = entries
        .map(|entry| (entry.id.value.as_str(), &entry.confidence))
        .collect();
    let documented = subject
        .marks
        .iter()
        .filter(|mark| mark.standing.value == Provenance::Documented);
    for cite in documented.flat_map(|mark| &mark.cites) {
        let Some(confidence) = confidences.get(cite.value.as_str()) else {
            continue;
        };
        let is_lost = subject.scenario.lost.holds(&cite.value);
        if is_lost || OF_SOURCES.contains(&confidence.value.as_str()) {
            continue;
        }
        let how = if confidence.value == "D" {
            "worked out"
        } else {
            "assumed"
        };
        let headline = format!(
            "a documented statement cites `{}`, which was {how}",
            cite.value
        );
        let finding =
            Finding::error(NAME, cite.place, headline).related(confidence.place, "its confidence");
        findings
            .push(finding.hint("Give what was not published a mark of its own, as `inferred`."));
    }
}
