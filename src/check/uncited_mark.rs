//! A statement that claims to be in the record and does not say where.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Provenance;

pub(super) const NAME: &str = "uncited-mark";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for mark in subject.marks.iter().filter(|mark| mark.cites.is_empty()) {
        let standing = match mark.standing.value {
            Provenance::Documented => "a documented statement",
            Provenance::Inferred => "an inferred statement",
            Provenance::Invented => continue,
        };
        let headline = format!("{standing} cites no entry of the record");
        let hint = "Add `cites: [ID]` with ids of `record.yaml`, or say that it is `invented`.";
        findings.push(Finding::error(NAME, mark.standing.place, headline).hint(hint));
    }
}
