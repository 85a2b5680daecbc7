//! Options that can never be chosen, and are never taken by default.

use super::goals::Goal;
use super::{Claim, Proof};
use crate::finding::Finding;

pub(super) const NAME: &str = "unreachable-option";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let hits = proof.facts.hits;
    for (id, inject, _) in proof.names.decisions().filter(|_| proof.facts.whole()) {
        // If the question is never asked, that is the finding.
        let asked = proof.program.script.decision(id).inject;
        if asked.is_none_or(|asked| !hits.injects[asked.index()]) {
            continue;
        }
        for option in proof.names.courses().filter(|it| it.decision == Some(id)) {
            if hits.offered[option.id.index()] || hits.began[option.id.index()] {
                continue;
            }
            let name = &option.name.value;
            let headline = format!(
                "the option `{name}` of `{}` can never be chosen",
                inject.id.value
            );
            let states = proof.states();
            let hint = format!(
                "In none of {states} is it possible while the question is open. Look at its `needs` and `uses`."
            );
            let finding = Finding::warning(NAME, option.name.place, headline).hint(hint);
            let claim = Claim::new(finding, option.file).shown_by(Goal::Open(id));
            claims.push(claim.expecting(format!("wait for {}", inject.id.value)));
        }
    }
}
