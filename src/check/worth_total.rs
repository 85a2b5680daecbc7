//! Objectives whose worths do not add up to 100.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::words;

pub(super) const NAME: &str = "worth-total";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let objectives = &subject.scenario.objectives;
    let (Some(first), Some(last)) = (objectives.first(), objectives.last()) else {
        return;
    };
    let total: i64 = objectives
        .iter()
        .map(|objective| objective.worth.value)
        .sum();
    let broken = subject.scenario.lost.any
        || subject.has_error_between(first.id.place, Some(last.worth.place))
        || subject.has_error_at(last.worth.place);
    if total == 100 || broken {
        return;
    }
    let points = words::count(total, "point", "points");
    let headline = format!("the objectives are worth {points} together, not 100");
    let hint = "Points are read as parts of a hundred. Change a `worth`, and the scores with it.";
    findings.push(Finding::warning(NAME, first.worth.place, headline).hint(hint));
}
