//! The costliest moves, and what the best ones would have given.

use std::collections::BTreeMap;

use super::{Account, COSTLY_MAX, CostlyMove, Gain, MoveLine, reasons};
use crate::program::Program;
use crate::search::pricing::{PlayedExercise, Pricer, again};
use crate::search::walk::Tell;

/// The most reasons that are listed for one move, of either sign.
const GAINS_MAX: usize = 2;

/// The costliest moves, the costliest first, without those that needed hindsight.
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
    let costliest = lines.into_iter().take(COSTLY_MAX);
    costliest
        .filter_map(|line| costly_move(program, pricer, played, line, tell))
        .collect()
}

fn costly_move(
    program: &Program,
    pricer: &Pricer,
    played: PlayedExercise,
    line: &MoveLine,
    tell: &mut Tell,
) -> Option<CostlyMove> {
    let best = pricer.best_from(played, line.number, tell).ok()?;
    let steps = again(program, played.moves, &mut played.luck.again());
    let (own, other) = (
        reasons(program, &steps[line.number..]),
        reasons(program, &best.steps),
    );
    let gains = differences(&other, &own, 1);
    let spares = differences(&own, &other, -1);
    let sum = |reasons: &BTreeMap<String, i64>| reasons.values().sum::<i64>();
    let listed = gains.iter().chain(&spares).map(|it| it.points.abs());
    Some(CostlyMove {
        others: sum(&other) - sum(&own) - listed.sum::<i64>(),
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

/// The largest points of one sign that one line has and the other has not, or has fewer of.
fn differences(
    line: &BTreeMap<String, i64>,
    other: &BTreeMap<String, i64>,
    sign: i64,
) -> Vec<Gain> {
    let gain = |(because, points): (&String, &i64)| {
        let more = (points - other.get(because).unwrap_or(&0)) * sign;
        (more > 0 && points * sign > 0).then(|| Gain {
            points: more * sign,
            because: because.clone(),
        })
    };
    let mut gains: Vec<Gain> = line.iter().filter_map(gain).collect();
    gains.sort_by_key(|it| -it.points.abs());
    gains.truncate(GAINS_MAX);
    gains
}
