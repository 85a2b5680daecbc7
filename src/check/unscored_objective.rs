//! An objective that nothing can score.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::finding::{Finding, Findings};

pub(super) const NAME: &str = "unscored-objective";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let blocks = subject.parts.blocks.iter();
    let scores = blocks.flat_map(|guarded| &guarded.block.score);
    let won = scores.filter(|(_, points)| points.value > 0);
    let won: BTreeSet<&str> = won.map(|(name, _)| name.value.as_str()).collect();
    for objective in &subject.scenario.objectives {
        let id = &objective.id;
        if won.contains(id.value.as_str())
            || subject.is_doubtful(&id.value)
            || subject.has_error_at(objective.worth.place)
        {
            continue;
        }
        let headline = format!("nothing can win points for `{}`", id.value);
        let hint = format!(
            "Give points with `score: {{{}: 2}}` and a `because`, or remove the objective.",
            id.value
        );
        findings.push(Finding::warning(NAME, id.place, headline).hint(hint));
    }
}
