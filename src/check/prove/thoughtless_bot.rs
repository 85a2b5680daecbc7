//! Players who do not think, but come close to best play.

use super::{Claim, Proof};
use crate::finding::Finding;
use crate::search::policy::{mean, thoughtless};
use crate::words;

pub(super) const NAME: &str = "thoughtless-bot";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let (program, Some(worth)) = (proof.program, proof.facts.worth) else {
        return;
    };
    let players = thoughtless(program).into_iter().filter_map(|player| {
        let go_on = &mut |_| std::ops::ControlFlow::Continue(());
        let mean = mean(program, &*player.policy, None, proof.budget, go_on)?;
        Some((player.does, mean))
    });
    let random = ("makes any legal move", worth.random);
    let close: Vec<String> = players
        .chain([random])
        .filter(|(_, mean)| worth.best - mean < program.margin as f64)
        .map(|(does, mean)| format!("one who {does} scores {mean:.1}"))
        .collect();
    if close.is_empty() {
        return;
    }
    let written = &program.script.scenario;
    let place = written
        .margin
        .as_ref()
        .map_or(written.id.place, |it| it.place);
    let points = words::count(program.margin, "point", "points");
    let headline = format!("a player who does not think comes within {points} of best play");
    let figures = format!(
        "Best play scores {:.1} on average; {}.",
        worth.best,
        words::list(&close)
    );
    let hint = "Let what is right depend on what happened, so that no habit is good everywhere; or set another `margin: N`.";
    let finding = Finding::warning(NAME, place, headline);
    claims.push(Claim::new(
        finding.hint(figures).hint(hint),
        &written.id.value,
    ));
}
