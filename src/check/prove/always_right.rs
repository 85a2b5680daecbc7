//! Options and actions that are always the best.

use super::goals::Goal;
use super::{Claim, Proof, count_states};
use crate::finding::Finding;
use crate::words;

pub(super) const NAME: &str = "always-right";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    for it in proof.names.courses().filter(|_| proof.facts.whole()) {
        let verdict = proof.course(it.id);
        if verdict.stood == 0 || verdict.best < verdict.stood || verdict.sole == 0 {
            continue;
        }
        let name = &it.name.value;
        let headline = format!("the {} `{name}` is always right", it.what);
        let states = count_states(verdict.stood);
        let figures = format!(
            "It is best in all {states} in which it could be taken, and better than everything else in {}.",
            words::number(verdict.sole as i64)
        );
        let hint = "There is nothing to decide. Let it cost something, or say in a comment why it is so: `# allow always-right: …`.";
        let finding = Finding::warning(NAME, it.name.place, headline)
            .hint(figures)
            .hint(hint);
        claims.push(Claim::new(finding, it.file).shown_by(Goal::Better(it.id)));
    }
}
