//! An inject or a question that comes after its phase has ended.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{PhaseEnd, TimePoint};
use crate::words;

pub(super) const NAME: &str = "late-inject";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let Some(times) = &subject.times else { return };
    for (phase, begins) in subject.scenario.phases.iter().zip(&times.begins) {
        let Some(begins) = begins else { continue };
        let has_no_time = |end: &PhaseEnd| {
            let at = end.at.as_ref().map(|at| at.value);
            end.when.is_none() && at == Some(TimePoint::After(0))
        };
        if phase.ends.iter().any(has_no_time) {
            // That is the mistake.
            continue;
        }
        for inject in &phase.injects {
            let Some(at) = &inject.trigger.at else {
                continue;
            };
            let is_outside = matches!(at.value, TimePoint::On(_))
                && (times.minute(at.value, 0)).is_some_and(|it| it > subject.scenario.lasts.value);
            let late = times.too_late(phase, *begins, at.value);
            let Some(late) = late.filter(|_| !is_outside) else {
                continue;
            };
            let headline = format!(
                "`{}` never comes: its phase ends at least {} before it",
                inject.id.value,
                words::duration(late)
            );
            let hint =
                "Let it come earlier, let the phase last longer, or move it to a later phase.";
            let mut finding = Finding::error(NAME, at.place, headline).hint(hint);
            let end = phase.ends.iter().find(|end| end.when.is_none());
            if let Some(at) = end.and_then(|end| end.at.as_ref()) {
                finding = finding.related(at.place, "the phase ends here");
            }
            findings.push(finding);
        }
    }
}
