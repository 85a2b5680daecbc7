//! A question that is closed before it is asked.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{Minutes, Placed, TimePoint};

pub(super) const NAME: &str = "deadline-before-opening";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let Some(times) = &subject.times else { return };
    for (phase, begins) in subject.scenario.phases.iter().zip(&times.begins) {
        let Some(begins) = begins else { continue };
        for inject in &phase.injects {
            let within = inject.asks.as_ref().and_then(|asks| asks.within.as_ref());
            let is_dated = |within: &&Placed<_>| matches!(within.value, TimePoint::On(_));
            let Some(within) = within.filter(is_dated) else {
                continue;
            };
            let at = inject.trigger.at.as_ref();
            let opens = match at {
                Some(at) => times.minute(at.value, begins.earliest),
                None => Some(begins.earliest),
            };
            // The date itself, wherever the phase begins.
            let closes = times.minute(within.value, Minutes::MIN);
            let (Some(opens), Some(closes)) = (opens, closes) else {
                continue;
            };
            // A date before STARTEX is outside the exercise, which is reported already.
            let is_late = at.is_some_and(|at| times.too_late(phase, *begins, at.value).is_some());
            if closes > opens || closes < 0 || is_late {
                continue;
            }
            let headline = format!("`{}` closes before it can be asked", inject.id.value);
            let hint =
                "Its default would be taken at once. Set a later date, or a duration such as `2h`.";
            let mut finding = Finding::error(NAME, within.place, headline).hint(hint);
            if let Some(at) = at {
                finding = finding.related(at.place, "asked here");
            }
            findings.push(finding);
        }
    }
}
