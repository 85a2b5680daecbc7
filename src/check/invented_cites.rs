//! An invention that cites the record.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Provenance;

pub(super) const NAME: &str = "invented-cites";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for mark in subject
        .marks
        .iter()
        .filter(|mark| mark.standing.value == Provenance::Invented)
    {
        let Some(cite) = mark.cites.first() else {
            continue;
        };
        let headline = format!("an invented statement cites `{}`", cite.value);
        let finding = Finding::error(NAME, cite.place, headline)
            .related(mark.standing.place, "said to be invented here");
        findings.push(finding.hint("Remove `cites`, or say that the statement is `inferred`."));
    }
}
