//! Options and actions that are never the best.

use super::goals::Goal;
use super::{Claim, Proof, count_states, default_never_better};
use crate::finding::Finding;

pub(super) const NAME: &str = "never-right";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    for it in proof.names.courses().filter(|_| proof.facts.whole()) {
        let verdict = proof.course(it.id);
        if verdict.stood == 0
            || verdict.best > 0
            || default_never_better::is_never_better(proof, it.id)
        {
            continue;
        }
        // If another option is always the only right one, that is the finding.
        let same = |other: &super::named::CourseName| {
            it.decision.is_some() && other.decision == it.decision
        };
        if proof
            .names
            .courses()
            .any(|other| same(&other) && proof.is_only_right(other.id))
        {
            continue;
        }
        let name = &it.name.value;
        let headline = format!("the {} `{name}` is never right", it.what);
        let states = count_states(verdict.stood);
        let figures = format!("It is best in none of the {states} in which it could be taken.");
        let hint = "Nobody who thinks takes it. Give it something that the others lack, or say in a comment why it is there: \
                    `# allow never-right: …`.";
        let finding = Finding::warning(NAME, it.name.place, headline)
            .hint(figures)
            .hint(hint);
        claims.push(Claim::new(finding, it.file).shown_by(Goal::Choice(it.id)));
    }
}
