//! A phase that nothing ends.

use super::subject::Subject;
use crate::finding::{Finding, Findings};

pub(super) const NAME: &str = "endless-phase";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let phases = &subject.scenario.phases;
    for (index, phase) in phases.iter().enumerate() {
        // What could not be read of the phase may have been its end.
        let next = phases.get(index + 1).map(|next| next.title.place);
        let broken = subject.has_error_between(phase.title.place, next);
        if !phase.ends.is_empty() || broken || phase.title.place == phase.id.place {
            continue;
        }
        let headline = format!("nothing ends the phase `{}`", phase.id.value);
        let hint = "Add `ends`, as in `ends: [{at: 4h, to: endex}]`. Without it the phase goes on until `lasts` is over.";
        findings.push(Finding::warning(NAME, phase.id.place, headline).hint(hint));
    }
}
