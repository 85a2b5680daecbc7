//! A duration of no time in which nothing could happen.

use super::subject::Subject;
use crate::finding::{Finding, Findings, Place};
use crate::scenario::TimePoint;

pub(super) const NAME: &str = "zero-duration";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let mut report = |place: Place, headline: &str, hint: &str| {
        findings.push(Finding::error(NAME, place, headline).hint(hint));
    };
    for (_, _, decision) in &subject.parts.decisions {
        let within = decision.within.iter();
        for within in within.filter(|within| within.value == TimePoint::After(0)) {
            let hint =
                "The default would be taken at once. Say how long there is, or leave out `within`.";
            report(within.place, "nobody can answer within no time", hint);
        }
    }
    for course in &subject.parts.courses {
        for takes in course.takes.iter().filter(|takes| takes.value == 0) {
            report(
                takes.place,
                "this takes no time",
                "Say how long it takes, or leave out `takes`.",
            );
        }
    }
    for guarded in &subject.parts.blocks {
        for after in guarded.block.after.iter().filter(|after| after.value == 0) {
            report(
                after.place,
                "after no time is at once",
                "Say how long after, or leave out `after`.",
            );
        }
    }
    for phase in &subject.scenario.phases {
        let ends = phase
            .ends
            .iter()
            .filter(|end| end.when.is_none())
            .filter_map(|end| end.at.as_ref());
        for at in ends.filter(|at| at.value == TimePoint::After(0)) {
            let hint = "Say how long it lasts.";
            report(at.place, "the phase ends as it begins", hint);
        }
    }
}
