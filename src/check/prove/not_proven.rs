//! A scenario whose states were not all searched.

use super::{Claim, Proof};
use crate::finding::Finding;

pub(super) const NAME: &str = "not-proven";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    if proof.facts.whole() {
        return;
    }
    let states = proof.states();
    let id = &proof.program.script.scenario.id;
    let headline = format!("not every state was searched: {states} were, and there are more");
    let stopped = "The search was stopped: let it run to its end. What is reported is certain, but there may be more.";
    let budget = "Allow more with `--memory` or `--states-max`, or make the scenario smaller: `sandtable explore` says what multiplies its states. \
                What is reported is certain, but there may be more.";
    let hint = if proof.stopped.get() { stopped } else { budget };
    claims.push(Claim::new(
        Finding::warning(NAME, id.place, headline).hint(hint),
        &id.value,
    ));
}
