//! A consent that is asked of the only role that could ask for it.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{Course, Placed};

pub(super) const NAME: &str = "self-consent";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    for (_, inject, decision) in &subject.parts.decisions {
        let to = match &inject.message {
            Some(message) if decision.to.is_empty() => &message.to,
            _ => &decision.to,
        };
        for option in &decision.options {
            check_course(subject, to, option, findings);
        }
    }
    for action in &subject.scenario.actions {
        check_course(subject, &action.to, &action.course, findings);
    }
}

fn check_course(
    subject: &Subject,
    to: &[Placed<String>],
    course: &Course,
    findings: &mut Findings,
) {
    let Some(consent) = &course.consent else {
        return;
    };
    let roles = &subject.scenario.roles;
    let of = &consent.of.value;
    let is_known = roles.iter().any(|role| role.id.value == *of);
    // A list that was left out means all roles. With only one role there is nobody else to ask.
    let is_only = !to.is_empty() && to.iter().all(|role| role.value == *of) && roles.len() > 1;
    if is_known && is_only && !subject.is_doubtful(of) {
        let headline = format!("`{of}` is asked to agree to what only `{of}` can choose");
        let hint = "Ask another role, or leave out the consent.";
        findings.push(Finding::warning(NAME, consent.of.place, headline).hint(hint));
    }
}
