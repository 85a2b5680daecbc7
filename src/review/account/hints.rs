//! A balance in words, as every face has them.

use super::curve::Position;
use super::{Account, AccountTotals, CostlyMove, Gain, RollLine};
use crate::words;

/// What *with hindsight* means.
pub const HINDSIGHT: &str = "Best play sees what is hidden from you, so this is cost with hindsight: not all of it could be known.";

/// Why nothing is said.
pub const UNKNOWN: &str =
    "What moves cost is not known: there are more states to come than were looked at.";

/// Why some costs carry no mark.
pub const ALIKE: &str = "Where states that look alike have different best options, nobody could know the best one: such a move keeps its cost in the sum and is not marked.";

/// What the curve shows.
pub const CURVE: &str = "Points so far, and what the best moves still win; a step for each move.";

/// The curve in figures: where it begins, where it is lowest, where it ends. None where there is none.
#[must_use]
pub fn curve(account: &Account) -> Option<String> {
    let (lowest, first, last) = (
        account.lowest()?,
        account.curve.first()?,
        account.curve.last()?,
    );
    let began = first.when();
    let over = if account.ended {
        "in the end"
    } else {
        "where it stopped"
    };
    let text = |it: &Position| it.value.text();
    let [begin, low, end] = [first, lowest, last].map(text);
    let least = lowest.value.shown;
    Some(if last.value.shown == least {
        format!("{begin} points {began}; {end} {over}, which is its lowest.")
    } else if first.value.shown == least {
        format!("{begin} points {began}, which is its lowest; {end} {over}.")
    } else {
        let at = &lowest.at;
        format!(
            "{begin} points {began}; {low} at its lowest, on {} {}; {end} {over}.",
            at.date, at.time
        )
    })
}

/// What the numbers on the curve are. None where nothing is marked.
#[must_use]
pub fn marks(account: &Account) -> Option<String> {
    match account.costly.len() {
        0 => None,
        1 => Some("1 marks the move that is named under “What cost most”.".to_owned()),
        count => Some(format!(
            "1 to {count} mark the moves that are named under “What cost most”."
        )),
    }
}

/// A cost in the timeline.
#[must_use]
pub fn cost_of(cost: super::Figure) -> String {
    format!("cost {} with hindsight", cost.text())
}

/// `start + luck - cost = points`, a figure and what it is for each line.
#[must_use]
pub fn equation(account: &Account, sum: &AccountTotals) -> Vec<(String, String)> {
    let start = match sum.from {
        0 => "value at the start: what the best moves win on average".to_owned(),
        from if from < account.moves.len() => format!(
            "value before move {from}, with the points so far; what happened before that is too far from the end to be priced"
        ),
        _ => "value where it stopped, with the points so far; what came before is too far from the end to be priced".to_owned(),
    };
    let points = words::count(account.points, "point", "points");
    let score = if account.ended {
        points
    } else {
        format!(
            "{points} so far, and {} still to be won where it stopped",
            sum.left.text()
        )
    };
    let total = super::Figure {
        exact: 0.0,
        shown: account.points * 10 + sum.left.shown,
    };
    vec![
        (sum.start.text(), start),
        (sum.luck.signed(), "luck".to_owned()),
        (cost(sum.cost), "cost of moves".to_owned()),
        (format!("= {}", total.text()), score),
    ]
}

/// A cost as it stands in a sum.
fn cost(cost: super::Figure) -> String {
    super::Figure {
        exact: -cost.exact,
        shown: -cost.shown,
    }
    .text()
}

/// What would have been best, and what would have come of it.
#[must_use]
pub fn why(costly: &CostlyMove) -> Vec<String> {
    let mut why = vec![
        format!("Best: {}", costly.best.what),
        format!(
            "With it, the best moves after it and the same luck: {}.",
            words::count(costly.then, "point", "points")
        ),
    ];
    let gain = |it: &Gain| format!("{:+} {}", it.points, it.because);
    why.extend(
        costly
            .gains
            .iter()
            .map(|it| format!("Gained: {}", gain(it))),
    );
    why.extend(
        costly
            .spares
            .iter()
            .map(|it| format!("Spared: {}", gain(it))),
    );
    if costly.others != 0 {
        why.push(format!("Other reasons together: {:+}", costly.others));
    }
    why
}

/// A roll, and what the scenario says of its outcome.
#[must_use]
pub fn rolled(roll: &RollLine) -> (String, Vec<String>) {
    let what = format!(
        "{}, outcome {} of {} ({:.0} %)",
        roll.chance, roll.outcome, roll.outcomes, roll.percent
    );
    let because = (!roll.because.is_empty()).then(|| roll.because.clone());
    (what, because.into_iter().collect())
}
