//! Decisions that change nothing.

use super::goals::Goal;
use super::{Claim, Proof, count_states};
use crate::finding::Finding;

pub(super) const NAME: &str = "pointless-decision";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    for (id, inject, _) in proof.names.decisions().filter(|_| proof.facts.whole()) {
        let verdict = proof.decision(id);
        if verdict.open == 0 || verdict.same < verdict.open {
            continue;
        }
        let name = &inject.id.value;
        let headline = format!("all options of `{name}` are worth the same");
        let states = count_states(verdict.open);
        let figures = format!(
            "In all {states} with a choice its options are worth the same, under best, worst and random play."
        );
        let hint = "Let the options cost or win something, now or later, or make it an inject.";
        let finding = Finding::warning(NAME, inject.id.place, headline)
            .hint(figures)
            .hint(hint);
        let claim = Claim::new(finding, name).shown_by(Goal::Asked(id));
        claims.push(claim.expecting(format!("wait for {name}")));
    }
}
