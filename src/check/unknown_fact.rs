//! A citation of an entry that `record.yaml` does not have.
//!
//! # What it checks
//! Every id in `cites` is an entry of `record.yaml`.
//!
//! # Why it matters
//! A citation that leads nowhere is worse than none: it looks checked.
//!
//! # Example
//! ```yaml
//! - {says: the encryption began on 4 August, is: documented, cites: [T-140]}
//! ```
//!
//! # Instead
//! ```yaml
//! - {says: the encryption began on 4 August, is: documented, cites: [T-14]}
//! ```

use std::collections::BTreeSet;

use super::Subject;
use crate::finding::{Finding, Findings};
use crate::words;

pub(super) const NAME: &str = "unknown-fact";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let entries = subject.scenario.record.entries.iter();
    let known: BTreeSet<&str> = entries.map(|entry| entry.id.value.as_str()).collect();
    let cites = subject.marks.iter().flat_map(|mark| &mark.cites);
    for cite in cites.filter(|cite| !known.contains(cite.value.as_str())) {
        let headline = format!("`record.yaml` has no entry `{}`", cite.value);
        let meant = words::did_you_mean(&cite.value, known.iter().copied());
        findings.push(Finding::error(NAME, cite.place, headline).instead_if(meant));
    }
}
