//! An account in words, the same for every face.

use super::curve::Position;
use super::{Account, AccountTotals, CostlyMove, Figure, Gain, RollLine};
use crate::words;

/// What *with hindsight* means.
pub const HINDSIGHT: &str = "Best play sees what is hidden from you, so this is cost with hindsight: not all of it could be known.";

/// Why there is no account.
pub const UNKNOWN: &str =
    "What moves cost is not known: there are more states to come than were searched.";

/// Why some costs are not marked.
pub const ALIKE: &str = "Where states that look alike have different best options, nobody could know the best one: such a move keeps its cost in the sum and is not marked.";

/// What the curve shows.
pub const CURVE: &str = "Points so far, and what the best moves still win; a step for each move.";

/// The curve in figures: where it begins, where it is lowest, and where it ends.
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

/// What the numbers on the curve are, if there are any.
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
pub fn cost_of(cost: Figure) -> String {
    format!("cost {} with hindsight", cost.text())
}

/// `start + luck - cost = points`, as lines of a figure and what it is.
#[must_use]
pub fn equation(account: &Account, sum: &AccountTotals) -> Vec<(String, String)> {
    let start = match sum.from {
        0 => "value at the start: what the best moves win on average".to_owned(),
        from if from < account.moves.len() => format!(
            "value before move {from}, with the points so far; anything earlier is too far from the end to be priced"
        ),
        _ => "value where it stopped, with the points so far; anything earlier is too far from the end to be priced".to_owned(),
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
    let figure = |shown| Figure { exact: 0.0, shown };
    let total = figure(account.points * 10 + sum.left.shown);
    let cost = figure(-sum.cost.shown);
    vec![
        (sum.start.text(), start),
        (sum.luck.signed(), "luck".to_owned()),
        (cost.text(), "cost of moves".to_owned()),
        (format!("= {}", total.text()), score),
    ]
}

/// What would have been best, and what it would have given.
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
    let gains = costly.gains.iter();
    why.extend(gains.map(|it| format!("Gained: {}", gain(it))));
    let spares = costly.spares.iter();
    why.extend(spares.map(|it| format!("Spared: {}", gain(it))));
    if costly.others != 0 {
        why.push(format!("Other reasons together: {:+}", costly.others));
    }
    why
}

/// A roll, and what the scenario says about its outcome.
#[must_use]
pub fn rolled(roll: &RollLine) -> (String, Vec<String>) {
    let what = format!(
        "{}, outcome {} of {} ({:.0} %)",
        roll.chance, roll.outcome, roll.outcomes, roll.percent
    );
    let because = (!roll.because.is_empty()).then(|| roll.because.clone());
    (what, because.into_iter().collect())
}
