//! A decision with one option.

use super::subject::Subject;
use crate::finding::{Finding, Findings};

pub(super) const NAME: &str = "one-option";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for (_, inject, decision) in &subject.parts.decisions {
        let [only] = &decision.options[..] else {
            continue;
        };
        if subject.has_error_between(decision.question.text.place, None)
            && !subject.scenario.lost.is_empty()
        {
            continue;
        }
        let headline = format!("`{}` leaves no choice: it has one option", inject.id.value);
        let hint = "Add another option, or let an inject tell what happens.";
        findings.push(Finding::warning(NAME, only.id.place, headline).hint(hint));
    }
}
