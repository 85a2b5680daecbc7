//! An account as JSON: the format that `docs/account.md` describes.

use serde::Serialize;
use serde_json::{Value, json};

use crate::engine::view::Stamp;
use crate::exercise::Exercise;
use crate::review::account::onward::Onward;
use crate::review::account::{Account, BestMove, Figure, Gain};

/// The version of the format. It grows when a field changes its meaning or is removed; new fields do not change it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct AccountReportJson<'a> {
    version: u32,
    tool: Value,
    exercise: ScenarioJson<'a>,
    #[serde(flatten)]
    content: ContentJson<'a>,
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    scenario: &'a str,
    seed: u64,
    team: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ContentJson<'a> {
    Account(AccountJson<'a>),
    Line(LineJson<'a>),
}

#[derive(Serialize)]
struct AccountJson<'a> {
    ended: bool,
    points: i64,
    sum: Option<SumJson>,
    moves: Vec<PricedMoveJson<'a>>,
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

/// The fields of every move.
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
struct PricedMoveJson<'a> {
    #[serde(flatten)]
    shared: MoveJson<'a>,
    value: Option<f64>,
    cost: Option<PointsJson>,
    luck: Option<PointsJson>,
    best: Option<BetterJson<'a>>,
    needs_hindsight: bool,
}

#[derive(Serialize)]
struct BetterJson<'a> {
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
    best: BetterJson<'a>,
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
    shared: MoveJson<'a>,
    rolls: Vec<RolledJson<'a>>,
}

#[derive(Serialize)]
struct RolledJson<'a> {
    chance: &'a str,
    outcome: usize,
}

/// An account as JSON.
pub(super) fn account(exercise: &Exercise, scenario: &str, account: &Account) -> String {
    let moves = account.moves.iter().map(|it| PricedMoveJson {
        shared: move_json(it.number, &it.at, (&it.line, &it.what), it.points),
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
    report(exercise, scenario, ContentJson::Account(account))
}

/// Another line of the exercise as JSON.
pub(super) fn onward(exercise: &Exercise, scenario: &str, onward: &Onward) -> String {
    let moves = onward.moves.iter().map(|it| StepJson {
        shared: move_json(it.number, &it.at, (&it.line, &it.what), it.points),
        rolls: it
            .rolls
            .iter()
            .map(|(chance, outcome)| RolledJson {
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
    report(exercise, scenario, ContentJson::Line(line))
}

fn report(exercise: &Exercise, scenario: &str, content: ContentJson) -> String {
    let report = AccountReportJson {
        version: VERSION,
        tool: json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")}),
        exercise: ScenarioJson {
            scenario,
            seed: exercise.seed(),
            team: exercise.team(),
        },
        content,
    };
    // This cannot fail: all keys are names, and all figures are finite.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn move_json<'a>(
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

fn better(best: &BestMove) -> BetterJson<'_> {
    BetterJson {
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
