//! Injects, and decisions without an inject, that never come.

use super::goals::Goal;
use super::{Claim, Proof};
use crate::finding::Finding;
use crate::program::ids::InjectId;

pub(super) const NAME: &str = "unreachable-inject";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let program = proof.program;
    for (index, inject) in program.injects.iter().enumerate() {
        let came = proof.facts.hits.injects[index];
        // If the phase is not reached, that is the finding.
        if came || !proof.facts.whole() || !proof.begins(inject.phase) {
            continue;
        }
        let id = InjectId::at(index);
        let written = &program.script.inject(id).id;
        let what = proof.names.kind_of(id);
        let headline = format!(
            "no way through the exercise brings the {what} `{}`",
            written.value
        );
        let states = proof.states();
        let hint = format!(
            "None of {states} brings it. Look at its `at` and `when`, at when its phase ends, and at what brings it with `inject`."
        );
        let finding = Finding::warning(NAME, written.place, headline).hint(hint);
        let claim = Claim::new(finding, &written.value).shown_by(Goal::Passed(inject.phase));
        claims.push(claim.expecting(format!("expect no inject {}", written.value)));
    }
}
