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

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;

pub(super) const NAME: &str = "unknown-fact";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let entries = scenario.record.entries.iter();
    let known: BTreeSet<&str> = entries.map(|entry| entry.id.value.as_str()).collect();
    let cites = subject.marks.iter().flat_map(|mark| &mark.cites);
    let rests = scenario
        .record
        .entries
        .iter()
        .flat_map(|entry| &entry.rests_on);
    let is_unknown = |cite: &&Placed<String>| {
        !known.contains(cite.value.as_str()) && !scenario.lost.holds(&cite.value)
    };
    let mut unknown = cites.chain(rests).filter(is_unknown).peekable();
    if let (true, Some(first)) = (scenario.record.entries.is_empty(), unknown.peek()) {
        // One mistake, however often it is cited.
        let (headline, hint) = if subject.alone {
            (
                "a file that comes alone has no `record.yaml` to be cited",
                "Check the folder that the scenario lies in.",
            )
        } else {
            (
                "there are no entries in `record.yaml` to be cited",
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
