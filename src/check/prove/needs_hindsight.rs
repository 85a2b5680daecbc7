//! Decisions whose best option depends on what nobody can know.

use super::goals::Goal;
use super::{Claim, Proof};
use crate::finding::Finding;
use crate::search::alike;

pub(super) const NAME: &str = "needs-hindsight";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    if !proof.facts.whole() {
        return;
    }
    let tell = &mut |now| (proof.tell)(now);
    let pairs = alike::needs_hindsight(proof.solver, proof.budget, tell);
    for (id, inject, _) in proof.names.decisions() {
        let Some((one, other)) = &pairs[id.index()] else {
            continue;
        };
        let name = &inject.id.value;
        let headline = format!("what is right in `{name}` depends on what the team cannot see");
        let figures = "Two states look alike to the team, but no option is best in both.";
        let hint = "It cannot be judged fairly, so the account does not mark it. Let something tell the team, or say in a comment that \
                    this is intended: `# allow needs-hindsight: …`.";
        let finding = Finding::warning(NAME, inject.id.place, headline)
            .hint(figures)
            .hint(hint);
        let line = format!("wait for {name}");
        // Two plays, and one finding: the second is shown beside the first.
        let first = Claim::new(finding.clone(), name).shown_by(Goal::State(id, one.clone()));
        let second =
            Claim::new(finding, format!("{name}-2")).shown_by(Goal::State(id, other.clone()));
        claims.push(first.expecting(line.clone()));
        claims.push(second.expecting(line));
    }
}
