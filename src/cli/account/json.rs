//! An account as JSON: the format that `docs/account.md` describes.

use serde::Serialize;

use crate::engine::view::Stamp;
use crate::exercise::Exercise;
use crate::review::account::onward::Onward;
use crate::review::account::{Account, BestMove, Figure, Gain};

/// The version of the format. It grows when a field changes its meaning or goes; new fields may come without it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct AccountReportJson<'a> {
    version: u32,
    tool: AccountToolJson,
    exercise: ScenarioJson<'a>,
    #[serde(flatten)]
    of: OriginJson<'a>,
}

#[derive(Serialize)]
struct AccountToolJson {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    scenario: &'a str,
    seed: u64,
    team: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum OriginJson<'a> {
    Account(AccountJson<'a>),
    Line(LineJson<'a>),
}

#[derive(Serialize)]
struct AccountJson<'a> {
    ended: bool,
    points: i64,
    sum: Option<SumJson>,
    moves: Vec<MadeJson<'a>>,
    rolls: Vec<RollJson<'a>>,
    costliest: Vec<CostlyJson<'a>>,
}

#[derive(Serialize)]
struct SumJson {
    from: usize,
    start: PointsJson,
    luck: PointsJson,
    cost: PointsJson,
    left: PointsJson,
}

#[derive(Serialize)]
struct PointsJson {
    exact: f64,
    shown: f64,
}

/// What is told of every move.
#[derive(Serialize)]
struct MoveJson<'a> {
    number: usize,
    minute: i64,
    #[serde(rename = "move")]
    line: Option<&'a str>,
    what: &'a str,
    points: i64,
}

#[derive(Serialize)]
struct MadeJson<'a> {
    #[serde(flatten)]
    told: MoveJson<'a>,
    value: Option<f64>,
    cost: Option<PointsJson>,
    luck: Option<PointsJson>,
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
struct RollJson<'a> {
    number: usize,
    minute: i64,
    chance: &'a str,
    outcome: usize,
    outcomes: usize,
    percent: f64,
    because: &'a str,
    luck: Option<PointsJson>,
}

#[derive(Serialize)]
struct CostlyJson<'a> {
    number: usize,
    cost: PointsJson,
    best: Better<'a>,
    then: i64,
    gains: Vec<ReasonJson<'a>>,
    spares: Vec<ReasonJson<'a>>,
    others: i64,
}

#[derive(Serialize)]
struct ReasonJson<'a> {
    points: i64,
    because: &'a str,
}

#[derive(Serialize)]
struct LineJson<'a> {
    ended: bool,
    points: i64,
    value: Option<f64>,
    left: Option<f64>,
    objectives: Vec<ObjectiveJson<'a>>,
    moves: Vec<StepJson<'a>>,
    left_out: &'a [String],
}

#[derive(Serialize)]
struct ObjectiveJson<'a> {
    title: &'a str,
    points: i64,
}

#[derive(Serialize)]
struct StepJson<'a> {
    #[serde(flatten)]
    told: MoveJson<'a>,
    rolls: Vec<FellJson<'a>>,
}

#[derive(Serialize)]
struct FellJson<'a> {
    chance: &'a str,
    outcome: usize,
}

/// An account.
pub(super) fn account(exercise: &Exercise, scenario: &str, account: &Account) -> String {
    let moves = account.moves.iter().map(|it| MadeJson {
        told: made(it.number, &it.at, (&it.line, &it.what), it.points),
        value: it.value.map(|value| value.exact),
        cost: it.cost.map(points),
        luck: it.luck.map(points),
        best: it.best.as_ref().map(better),
        needs_hindsight: it.needs_hindsight,
    });
    let rolls = account.rolls.iter().map(|it| RollJson {
        number: it.number,
        minute: it.at.minute,
        chance: &it.chance,
        outcome: it.outcome,
        outcomes: it.outcomes,
        percent: it.percent,
        because: &it.because,
        luck: it.luck.map(points),
    });
    let costliest = account.costly.iter().map(|it| CostlyJson {
        number: it.number,
        cost: points(it.cost),
        best: better(&it.best),
        then: it.then,
        gains: reasons(&it.gains),
        spares: reasons(&it.spares),
        others: it.others,
    });
    let account = AccountJson {
        ended: account.ended,
        points: account.points,
        sum: account.sum.map(|sum| SumJson {
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
    written(exercise, scenario, OriginJson::Account(account))
}

/// A line that goes on otherwise.
pub(super) fn onward(exercise: &Exercise, scenario: &str, onward: &Onward) -> String {
    let moves = onward.moves.iter().map(|it| StepJson {
        told: made(it.number, &it.at, (&it.line, &it.what), it.points),
        rolls: it
            .rolls
            .iter()
            .map(|(chance, outcome)| FellJson {
                chance,
                outcome: *outcome,
            })
            .collect(),
    });
    let objectives = onward.objectives.iter();
    let line = LineJson {
        ended: onward.ended,
        points: onward.points,
        value: onward.value.map(|it| it.exact),
        left: onward.left.map(|it| it.exact),
        objectives: objectives
            .map(|(title, points)| ObjectiveJson {
                title,
                points: *points,
            })
            .collect(),
        moves: moves.collect(),
        left_out: &onward.left_out,
    };
    written(exercise, scenario, OriginJson::Line(line))
}

fn written(exercise: &Exercise, scenario: &str, of: OriginJson) -> String {
    let report = AccountReportJson {
        version: VERSION,
        tool: AccountToolJson {
            name: "sandtable",
            version: env!("CARGO_PKG_VERSION"),
        },
        exercise: ScenarioJson {
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
fn made<'a>(
    number: usize,
    at: &Stamp,
    (line, what): (&'a str, &'a str),
    points: i64,
) -> MoveJson<'a> {
    MoveJson {
        number,
        minute: at.minute,
        line: (!line.is_empty()).then_some(line),
        what,
        points,
    }
}

fn points(figure: Figure) -> PointsJson {
    PointsJson {
        // No -0.
        exact: figure.exact + 0.0,
        shown: figure.shown as f64 / 10.0,
    }
}

fn better(best: &BestMove) -> Better<'_> {
    Better {
        line: &best.line,
        what: &best.what,
    }
}

fn reasons(gains: &[Gain]) -> Vec<ReasonJson<'_>> {
    gains
        .iter()
        .map(|it| ReasonJson {
            points: it.points,
            because: &it.because,
        })
        .collect()
}
