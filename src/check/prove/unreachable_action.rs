//! Actions that can never be taken.

use super::{Claim, Proof};
use crate::finding::Finding;

pub(super) const NAME: &str = "unreachable-action";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let hits = proof.facts.hits;
    for action in proof.names.courses().filter(|it| it.decision.is_none()) {
        let at = action.id.index();
        let owner = proof.program.courses[at].owner;
        let taken = hits.offered[at] || hits.began[at];
        if taken || !proof.facts.whole() || !proof.is_somewhere(owner) {
            continue;
        }
        let name = &action.name.value;
        let states = proof.states();
        let headline = format!("the action `{name}` can never be taken");
        let hint =
            format!("In none of {states} is it possible. Look at its `needs`, `uses` and `in`.");
        let finding = Finding::warning(NAME, action.name.place, headline).hint(hint);
        claims.push(Claim::new(finding, action.file));
    }
}
