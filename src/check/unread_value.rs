//! Effects that write what nothing reads.

use super::subject::Subject;
use crate::finding::{Finding, Findings};

pub(super) const NAME: &str = "unread-value";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for value in &subject.scenario.values {
        let name = value.id.value.as_str();
        let Some(place) = subject.written.get(name) else {
            continue;
        };
        if subject.is_read(name) || subject.is_doubtful(name) {
            continue;
        }
        let headline = format!("this writes `{name}`, which nothing reads");
        let finding =
            Finding::warning(NAME, *place, headline).related(value.id.place, "defined here");
        let hint =
            "Read it in a condition, show it on the board, or leave out the effect and the value.";
        findings.push(finding.hint(hint));
    }
}
