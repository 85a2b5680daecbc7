//! States from which none of the ends of their phase can come any more, so that the exercise only runs out of time.

use super::goals::{Goal, is_dead};
use super::{Claim, Proof};
use crate::finding::Finding;
use crate::program::ids::PhaseId;
use crate::words;

pub(super) const NAME: &str = "dead-end";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let program = proof.program;
    for id in (0..program.phases.len()).map(PhaseId::at) {
        // A phase without `ends` is a finding of `endless-phase`.
        if program.phases[id.index()].ends.is_empty() || !proof.begins(id) {
            continue;
        }
        let (stuck, all) = count_dead_ends(proof, id);
        if stuck == 0 {
            continue;
        }
        let written = &program.script.scenario.phases[id.index()].id;
        let name = &written.value;
        let headline = if id == program.last {
            format!(
                "in the phase `{name}` a team may have nothing left but to wait until time runs out"
            )
        } else {
            format!("from some states of the phase `{name}` none of its ends can come any more")
        };
        let figures = format!(
            "This is so in {} of its {}: there only `lasts` ends the exercise.",
            words::number(stuck),
            words::count(all, "state", "states")
        );
        let hint = "Give the phase an end by time, as in `{at: 6h, to: …}`, or make sure that what its ends wait for can always still come.";
        let finding = Finding::warning(NAME, written.place, headline);
        claims.push(Claim::new(finding.hint(figures).hint(hint), name).shown_by(Goal::Stuck(id)));
    }
}

/// How many states of a phase are dead ends, and how many there are.
fn count_dead_ends(proof: &Proof, id: PhaseId) -> (i64, i64) {
    let (mut stuck, mut all) = (0, 0);
    proof.solver.walk().table(id).each(|_, worth| {
        all += 1;
        stuck += i64::from(worth.is_some_and(|it| is_dead(proof, id, it)));
    });
    (stuck, all)
}
