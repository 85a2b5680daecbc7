//! The costliest moves, and what would have come of the best ones.

use super::{Account, COSTLY_MAX, CostlyMove, Gain, MoveLine, reasons};
use crate::program::Program;
use crate::search::pricing::{PlayedExercise, Pricer, again};
use crate::search::walk::Tell;

/// Reasons that are told of one move.
const GAINS_MAX: usize = 2;

/// The costliest moves, the costliest first. Moves that needed hindsight carry no mark.
pub(super) fn costly(
    program: &Program,
    pricer: &Pricer,
    played: PlayedExercise,
    account: &Account,
    tell: &mut Tell,
) -> Vec<CostlyMove> {
    let marked = |it: &&MoveLine| it.marked().is_some();
    let mut lines: Vec<&MoveLine> = account.moves.iter().filter(marked).collect();
    lines.sort_by_key(|it| (it.cost.map(|cost| -cost.shown), it.number));
    let told = lines.into_iter().take(COSTLY_MAX);
    told.filter_map(|line| one(program, pricer, played, line, tell))
        .collect()
}

fn one(
    program: &Program,
    pricer: &Pricer,
    played: PlayedExercise,
    line: &MoveLine,
    tell: &mut Tell,
) -> Option<CostlyMove> {
    let best = pricer.best_from(played, line.number, tell).ok()?;
    let steps = again(program, played.moves, &mut played.luck.again());
    let had = reasons(program, &steps[line.number..]);
    let has = reasons(program, &best.steps);
    let points = |of: &std::collections::BTreeMap<String, i64>, because: &String| {
        of.get(because).copied().unwrap_or(0)
    };
    let more = has.iter().filter_map(|(because, gives)| {
        let more = gives - points(&had, because);
        (more > 0 && *gives > 0).then_some((more, because))
    });
    let less = had.iter().filter_map(|(because, took)| {
        let less = points(&has, because) - took;
        (less > 0 && *took < 0).then_some((-less, because))
    });
    let (gains, spares) = (most(more), most(less));
    let sum = |reasons: &std::collections::BTreeMap<String, i64>| reasons.values().sum::<i64>();
    let told = gains.iter().chain(&spares).map(|it| it.points.abs());
    Some(CostlyMove {
        others: sum(&has) - sum(&had) - told.sum::<i64>(),
        number: line.number,
        at: line.at.clone(),
        what: line.what.clone(),
        cost: line.cost?,
        best: line.best.clone()?,
        then: best.points,
        gains,
        spares,
    })
}

/// Those with the most points, either way.
fn most<'a>(all: impl Iterator<Item = (i64, &'a String)>) -> Vec<Gain> {
    let mut all: Vec<Gain> = all
        .map(|(points, because)| Gain {
            points,
            because: because.clone(),
        })
        .collect();
    all.sort_by_key(|it| -it.points.abs());
    all.truncate(GAINS_MAX);
    all
}
