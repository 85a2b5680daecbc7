//! Endings that nothing leads to.

use super::{Claim, Proof, count_states};
use crate::finding::Finding;

pub(super) const NAME: &str = "unreachable-ending";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let count = proof.program.endings.len();
    for index in (0..count).filter(|_| proof.facts.whole()) {
        if proof.facts.hits.endings[index] {
            continue;
        }
        let (name, place) = proof.names.ending(index);
        let states = count_states(proof.solver.walk().finals().len() as u64);
        let headline = format!("no way through the exercise reaches the ending `{name}`");
        let of = format!("None of {states} after ENDEX has it.");
        let hint = if index + 1 == count {
            format!(
                "{of} The endings before it cover everything: let one of them be the last, without `when`."
            )
        } else {
            format!("{of} Look at its `when`, and at the endings before it, which come first.")
        };
        let finding = Finding::warning(NAME, place, headline).hint(hint);
        claims.push(Claim::new(finding, name));
    }
}
