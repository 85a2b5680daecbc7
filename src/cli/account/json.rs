//! An account as JSON: the format that `docs/account.md` describes.

use serde::Serialize;

use crate::engine::view::Stamp;
use crate::exercise::Exercise;
use crate::review::balance::onward::Onward;
use crate::review::balance::{Balance, Best, Figure, Gain};

/// The version of the format. It grows when a field changes its meaning or goes; new fields may come without it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: Tool,
    exercise: Of<'a>,
    #[serde(flatten)]
    of: What<'a>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Of<'a> {
    scenario: &'a str,
    seed: u64,
    team: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum What<'a> {
    Account(Account<'a>),
    Line(Line<'a>),
}

#[derive(Serialize)]
struct Account<'a> {
    ended: bool,
    points: i64,
    sum: Option<Sum>,
    moves: Vec<Made<'a>>,
    rolls: Vec<Roll<'a>>,
    costliest: Vec<Costly<'a>>,
}

#[derive(Serialize)]
struct Sum {
    from: usize,
    start: Points,
    luck: Points,
    cost: Points,
    left: Points,
}

#[derive(Serialize)]
struct Points {
    exact: f64,
    shown: f64,
}

/// What is told of every move.
#[derive(Serialize)]
struct Move<'a> {
    number: usize,
    minute: i64,
    #[serde(rename = "move")]
    line: Option<&'a str>,
    what: &'a str,
    points: i64,
}

#[derive(Serialize)]
struct Made<'a> {
    #[serde(flatten)]
    told: Move<'a>,
    value: Option<f64>,
    cost: Option<Points>,
    luck: Option<Points>,
    best: Option<Better<'a>>,
    needs_hindsight: bool,
}

#[derive(Serialize)]
struct Better<'a> {
    #[serde(rename = "move")]
    line: &'a str,
    what: &'a str,
}

#[derive(Serialize)]
struct Roll<'a> {
    number: usize,
    minute: i64,
    chance: &'a str,
    outcome: usize,
    outcomes: usize,
    percent: f64,
    because: &'a str,
    luck: Option<Points>,
}

#[derive(Serialize)]
struct Costly<'a> {
    number: usize,
    cost: Points,
    best: Better<'a>,
    then: i64,
    gains: Vec<Reason<'a>>,
    spares: Vec<Reason<'a>>,
    others: i64,
}

#[derive(Serialize)]
struct Reason<'a> {
    points: i64,
    because: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    ended: bool,
    points: i64,
    value: Option<f64>,
    left: Option<f64>,
    objectives: Vec<Objective<'a>>,
    moves: Vec<Step<'a>>,
    left_out: &'a [String],
}

#[derive(Serialize)]
struct Objective<'a> {
    title: &'a str,
    points: i64,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(flatten)]
    told: Move<'a>,
    rolls: Vec<Fell<'a>>,
}

#[derive(Serialize)]
struct Fell<'a> {
    chance: &'a str,
    outcome: usize,
}

/// An account.
pub(super) fn balance(exercise: &Exercise, scenario: &str, balance: &Balance) -> String {
    let moves = balance.moves.iter().map(|it| Made {
        told: made(it.number, &it.at, (&it.line, &it.what), it.points),
        value: it.value.map(|value| value.exact),
        cost: it.cost.map(points),
        luck: it.luck.map(points),
        best: it.best.as_ref().map(better),
        needs_hindsight: it.needs_hindsight,
    });
    let rolls = balance.rolls.iter().map(|it| Roll {
        number: it.number,
        minute: it.at.minute,
        chance: &it.chance,
        outcome: it.outcome,
        outcomes: it.outcomes,
        percent: it.percent,
        because: &it.because,
        luck: it.luck.map(points),
    });
    let costliest = balance.costly.iter().map(|it| Costly {
        number: it.number,
        cost: points(it.cost),
        best: better(&it.best),
        then: it.then,
        gains: reasons(&it.gains),
        spares: reasons(&it.spares),
        others: it.others,
    });
    let account = Account {
        ended: balance.ended,
        points: balance.points,
        sum: balance.sum.map(|sum| Sum {
            from: sum.from,
            start: points(sum.start),
            luck: points(sum.luck),
            cost: points(sum.cost),
            left: points(sum.left),
        }),
        moves: moves.collect(),
        rolls: rolls.collect(),
        costliest: costliest.collect(),
    };
    written(exercise, scenario, What::Account(account))
}

/// A line that goes on otherwise.
pub(super) fn onward(exercise: &Exercise, scenario: &str, onward: &Onward) -> String {
    let moves = onward.moves.iter().map(|it| Step {
        told: made(it.number, &it.at, (&it.line, &it.what), it.points),
        rolls: it
            .rolls
            .iter()
            .map(|(chance, outcome)| Fell {
                chance,
                outcome: *outcome,
            })
            .collect(),
    });
    let objectives = onward.objectives.iter();
    let line = Line {
        ended: onward.ended,
        points: onward.points,
        value: onward.value.map(|it| it.exact),
        left: onward.left.map(|it| it.exact),
        objectives: objectives
            .map(|(title, points)| Objective {
                title,
                points: *points,
            })
            .collect(),
        moves: moves.collect(),
        left_out: &onward.left_out,
    };
    written(exercise, scenario, What::Line(line))
}

fn written(exercise: &Exercise, scenario: &str, of: What) -> String {
    let report = Report {
        version: VERSION,
        tool: Tool {
            name: "sandtable",
            version: env!("CARGO_PKG_VERSION"),
        },
        exercise: Of {
            scenario,
            seed: exercise.seed(),
            team: exercise.team(),
        },
        of,
    };
    // Nothing in it can fail to be written: keys are names, and no figure is without bounds.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

/// A move: its line and what was done, in words.
fn made<'a>(number: usize, at: &Stamp, (line, what): (&'a str, &'a str), points: i64) -> Move<'a> {
    Move {
        number,
        minute: at.minute,
        line: (!line.is_empty()).then_some(line),
        what,
        points,
    }
}

fn points(figure: Figure) -> Points {
    Points {
        // No -0.
        exact: figure.exact + 0.0,
        shown: figure.shown as f64 / 10.0,
    }
}

fn better(best: &Best) -> Better<'_> {
    Better {
        line: &best.line,
        what: &best.what,
    }
}

fn reasons(gains: &[Gain]) -> Vec<Reason<'_>> {
    gains
        .iter()
        .map(|it| Reason {
            points: it.points,
            because: &it.because,
        })
        .collect()
}
