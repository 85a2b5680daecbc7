//! A source code that `record.yaml` does not explain.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::words;

pub(super) const NAME: &str = "unknown-source";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let record = &subject.scenario.record;
    let sources = record.sources.iter();
    let known: BTreeSet<&str> = sources.map(|(code, _)| code.value.as_str()).collect();
    let cited = record.entries.iter().flat_map(|entry| &entry.source);
    let unknown = cited.filter(|code| {
        !known.contains(code.value.as_str()) && !subject.scenario.lost.holds(&code.value)
    });
    for code in unknown.take(super::SUGGESTED_MAX) {
        let headline = format!("unknown source `{}`", code.value);
        let meant = words::did_you_mean(&code.value, known.iter().copied());
        let hint = "Say under `sources` what it stands for.";
        let finding = Finding::error(NAME, code.place, headline);
        findings.push(finding.hint(hint).instead_if(meant));
    }
}
