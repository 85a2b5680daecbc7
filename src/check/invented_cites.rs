//! An invention that cites the record.
//!
//! # What it checks
//! A mark that is *invented* cites nothing.
//!
//! # Why it matters
//! A citation beside an invention lends it weight that it does not have.
//!
//! # Example
//! ```yaml
//! - {says: who rang, is: invented, cites: [T-14]}
//! ```
//!
//! # Instead
//! ```yaml
//! - {says: who rang, is: invented}
//! ```

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
