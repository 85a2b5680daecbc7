//! Defaults that nobody would choose.

use super::goals::Goal;
use super::{Claim, Proof, count_states};
use crate::finding::Finding;
use crate::program::Owner;
use crate::program::ids::CourseId;

pub(super) const NAME: &str = "default-never-better";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    for (id, inject, decision) in proof.names.decisions().filter(|_| proof.facts.whole()) {
        let default = &proof.program.decisions[id.index()];
        let course = default.options[default.default];
        if !is_never_better(proof, course) {
            continue;
        }
        let verdict = proof.course(course);
        let name = &decision.default.value;
        let headline = format!(
            "nobody would choose `{name}`, the default of `{}`",
            inject.id.value
        );
        let states = count_states(verdict.stood);
        let figures = format!(
            "In all {states} in which there was a choice, every other option is at least as good."
        );
        let hint = "A team that does not answer is punished and learns nothing. Let waiting sometimes be right, or say in a comment why \
                    it is so: `# allow default-never-better: …`.";
        let finding = Finding::warning(NAME, decision.default.place, headline)
            .hint(figures)
            .hint(hint);
        let claim = Claim::new(finding, &inject.id.value).shown_by(Goal::Choice(course));
        claims.push(claim.expecting(format!("wait for {}", inject.id.value)));
    }
}

/// Whether an option is the default of its decision, and in every state no other is worse.
pub(super) fn is_never_better(proof: &Proof, id: CourseId) -> bool {
    let Owner::Option(decision, option) = proof.program.courses[id.index()].owner else {
        return false;
    };
    let verdict = proof.course(id);
    proof.program.decisions[decision.index()].default == usize::from(option)
        && verdict.stood > 0
        && verdict.worst == verdict.stood
        && verdict.best < verdict.stood
}
