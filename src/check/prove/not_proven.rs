//! A scenario that was not seen whole.

use super::{Claim, Proof};
use crate::finding::Finding;
use crate::words;

pub(super) const NAME: &str = "not-proven";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    if proof.facts.whole() {
        return;
    }
    let states = words::count(proof.states(), "state", "states");
    let id = &proof.program.script.scenario.id;
    let headline = format!("not every state was looked at: {states} were, and there are more");
    let stopped = "The search was stopped: let it come to its end. What is reported is certain; that nothing else is wrong is not.";
    let budget = "Allow more with `--memory` or `--states-max`, or make the scenario smaller: `sandtable explore` says what multiplies its states. \
                What is reported is certain; that nothing else is wrong is not.";
    let hint = if proof.stopped.get() { stopped } else { budget };
    claims.push(Claim::new(
        Finding::warning(NAME, id.place, headline).hint(hint),
        &id.value,
    ));
}
