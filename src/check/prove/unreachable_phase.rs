//! Phases that never begin.

use super::{Claim, Proof};
use crate::finding::Finding;
use crate::program::ids::PhaseId;

pub(super) const NAME: &str = "unreachable-phase";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let program = proof.program;
    let (first, last) = (program.first.index(), program.last.index());
    for index in (first..=last).filter(|_| proof.facts.whole()) {
        if proof.begins(PhaseId::at(index)) {
            continue;
        }
        let id = &program.script.scenario.phases[index].id;
        let states = proof.states();
        let headline = format!(
            "no way through the exercise reaches the phase `{}`",
            id.value
        );
        let hint =
            format!("None of {states} is in it. Look at the `ends` of the phases before it.");
        let finding = Finding::warning(NAME, id.place, headline).hint(hint);
        claims.push(Claim::new(finding, &id.value));
    }
}
