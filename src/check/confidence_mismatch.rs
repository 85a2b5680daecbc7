//! A statement that is called documented and rests on less.
//!
//! # What it checks
//! A *documented* mark cites only entries that a source states: confidence V, S or V-. What was worked out (D) or
//! assumed (B) may be cited by an *inferred* mark only.
//!
//! # Why it matters
//! *Documented* tells a reader that somebody published it. An inference in that dress is how a guess becomes a fact.
//!
//! # Example
//! ```yaml
//! - {says: the copying took about eleven hours, is: documented, cites: [D-03]}   # D-03 has confidence D
//! ```
//!
//! # Instead
//! ```yaml
//! - {says: the copying took about eleven hours, is: inferred, cites: [D-03]}
//! ```

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
