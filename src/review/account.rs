//! The balance of an exercise: its score as the value at the start, what luck gave, and what moves cost with hindsight.

mod costly;
pub mod curve;
pub mod hints;
pub mod onward;

use std::collections::BTreeMap;

use crate::engine::look::stamp;
use crate::engine::luck::Keyed;
use crate::engine::view::Stamp;
use crate::engine::{Event, Move};
use crate::program::Program;
use crate::program::ids::{ChanceId, DecisionId};
use crate::search::pricing::shown::{RoundedFigures, tenth};
use crate::search::pricing::{Happened, PlayedExercise, PricedStep, Pricer, again};
use crate::search::walk::Tell;
use crate::words;
use curve::Position;

/// How many of the costliest moves are told with what would have been best.
pub const COSTLY_MAX: usize = 3;

/// What an exercise was worth at the start, and what changed that.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Account {
    /// Whether ENDEX has come.
    pub ended: bool,
    /// The points so far.
    pub points: i64,
    /// The sum; none where not even the value at the end is known.
    pub sum: Option<AccountTotals>,
    /// STARTEX, then each move.
    pub moves: Vec<MoveLine>,
    /// What it was worth before each move that is priced, and in the end; see [`curve`].
    pub curve: Vec<Position>,
    /// Each roll, in the order they fell.
    pub rolls: Vec<RollLine>,
    /// The costliest moves, the costliest first; none that needed hindsight.
    pub costly: Vec<CostlyMove>,
}

/// `start + luck - cost = points + left`, also as shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccountTotals {
    /// The first move whose cost is known; 0 for STARTEX: then all are.
    pub from: usize,
    /// What the exercise was worth before that, on average under best play, with the points it had by then.
    pub start: Figure,
    /// All luck since.
    pub luck: Figure,
    /// All cost since.
    pub cost: Figure,
    /// What was left to win where it stopped; 0 after ENDEX.
    pub left: Figure,
}

/// A number of points.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Figure {
    /// The number.
    pub exact: f64,
    /// As it is shown, in tenths: rounded so that the sums are right.
    pub shown: i64,
}

impl Figure {
    /// A figure that belongs to no sum.
    #[must_use]
    pub fn alone(exact: f64) -> Self {
        Self {
            exact,
            shown: tenth(exact),
        }
    }

    /// As in `4.5`, `-0.5` or `0.0`.
    #[must_use]
    pub fn text(self) -> String {
        let sign = if self.shown < 0 { "-" } else { "" };
        let tenths = self.shown.unsigned_abs();
        format!(
            "{sign}{}.{}",
            words::number((tenths / 10) as i64),
            tenths % 10
        )
    }

    /// The same with its sign: `+4.5`.
    #[must_use]
    pub fn signed(self) -> String {
        let plus = if self.shown > 0 { "+" } else { "" };
        format!("{plus}{}", self.text())
    }

    /// Whether nothing of it is shown.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.shown == 0
    }
}

/// One move, or STARTEX.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveLine {
    /// Its number, counted from 1; 0 for STARTEX.
    pub number: usize,
    /// When.
    pub at: Stamp,
    /// As a line of a play; empty for STARTEX.
    pub line: String,
    /// What was done, in words.
    pub what: String,
    /// The points that it gave, those of the time that it let pass among them.
    pub points: i64,
    /// What it cost, with hindsight; none where it is not known, and for STARTEX.
    pub cost: Option<Figure>,
    /// What the rolls in it gave together; none where it is not known.
    pub luck: Option<Figure>,
    /// What the exercise was worth before it, with the points so far; none where it is not known.
    pub value: Option<Figure>,
    /// What would have been best, where that was another move.
    pub best: Option<BestMove>,
    /// States that look alike had different best options: the cost carries no mark.
    pub needs_hindsight: bool,
}

impl MoveLine {
    /// What it cost, where that is something and could be known: a decision that needed hindsight carries no mark.
    #[must_use]
    pub fn marked(&self) -> Option<Figure> {
        let marked = |cost: &Figure| cost.shown > 0 && !self.needs_hindsight;
        self.cost.filter(marked)
    }
}

/// The best move of a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BestMove {
    /// As a line of a play.
    pub line: String,
    /// In words.
    pub what: String,
}

/// One roll.
#[derive(Clone, Debug, PartialEq)]
pub struct RollLine {
    /// The number of the move in which it fell; 0 for STARTEX.
    pub number: usize,
    /// When.
    pub at: Stamp,
    /// The name of the chance.
    pub chance: String,
    /// Which outcome fell, counted from 1.
    pub outcome: usize,
    /// How many there are.
    pub outcomes: usize,
    /// How likely it was, in percent.
    pub percent: f64,
    /// What the scenario says of it; may be empty.
    pub because: String,
    /// What it gave; none where it is not known.
    pub luck: Option<Figure>,
}

/// A move that cost much.
#[derive(Clone, Debug, PartialEq)]
pub struct CostlyMove {
    /// Its number.
    pub number: usize,
    /// When.
    pub at: Stamp,
    /// What was done.
    pub what: String,
    /// What it cost, with hindsight.
    pub cost: Figure,
    /// What would have been best.
    pub best: BestMove,
    /// All points, where the best is played from there on and luck falls as it would have.
    pub then: i64,
    /// Points of that line which were not given in the exercise, and points of the exercise which it does not have.
    pub gains: Vec<Gain>,
    /// The same the other way round: what the exercise lost, and the line does not.
    pub spares: Vec<Gain>,
    /// How many points more the line has for all other reasons together: with these it all adds up.
    pub others: i64,
}

/// Points with their reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gain {
    /// How many.
    pub points: i64,
    /// Why.
    pub because: String,
}

/// The balance of an exercise, as far as `pricer` can price it.
#[must_use]
pub fn priced_account(
    program: &Program,
    pricer: &Pricer,
    (luck, moves): (&Keyed, &[Move]),
    needs_hindsight: &[DecisionId],
    tell: &mut Tell,
) -> Account {
    let played = PlayedExercise { luck, moves };
    let priced = pricer.account(played, needs_hindsight, tell);
    let happened = again(program, moves, &mut luck.again());
    let shown = RoundedFigures::of(&priced);
    let mut lines = Vec::new();
    let mut rolls = Vec::new();
    let mut before = 0;
    for (number, (step, happened)) in priced.steps.iter().zip(&happened).enumerate() {
        let line = move_line(program, (number, before), step, happened, shown.as_ref());
        lines.push(line);
        rolls.extend(roll_lines(program, number, step, happened, shown.as_ref()));
        before += step.points;
    }
    let end = happened.last().map_or(0, |last| last.after.now(program));
    let curve = shown.as_ref().map_or_else(Vec::new, |shown| {
        curve::curve(&priced, shown, &lines, stamp(program, end))
    });
    let mut account = Account {
        ended: priced.ended,
        points: priced.points(),
        sum: shown.map(|shown| sum(&priced.steps, &shown, priced.left)),
        curve,
        moves: lines,
        rolls,
        costly: Vec::new(),
    };
    account.costly = costly::costly(program, pricer, played, &account, tell);
    account
}

fn sum(steps: &[PricedStep], shown: &RoundedFigures, left: Option<f64>) -> AccountTotals {
    let known = &steps[shown.from..];
    let earlier: i64 = steps[..shown.from].iter().map(|step| step.points).sum();
    let points: i64 = steps.iter().map(|step| step.points).sum();
    let left = left.unwrap_or_default();
    let prices = known.iter().filter_map(|step| step.price.as_ref());
    let rolls = known.iter().flat_map(|step| &step.rolls);
    let first = known.first().and_then(|step| step.price.as_ref());
    let start = first.map_or(points as f64 + left, |it| earlier as f64 + it.before);
    let figure = |exact, shown| Figure { exact, shown };
    AccountTotals {
        from: shown.from,
        start: figure(start, shown.start),
        luck: figure(rolls.filter_map(|roll| roll.luck).sum(), shown.luck),
        cost: figure(
            prices.map(crate::search::pricing::Price::cost).sum(),
            shown.cost,
        ),
        left: figure(left, shown.left),
    }
}

fn move_line(
    program: &Program,
    (number, before): (usize, i64),
    step: &PricedStep,
    happened: &Happened,
    shown: Option<&RoundedFigures>,
) -> MoveLine {
    let price = step.price.as_ref();
    let best = step.made.and_then(|made| {
        let best = price?.best(made);
        (best != made).then(|| BestMove {
            line: line_of(program, best),
            what: described(program, best),
        })
    });
    let cost = price.and_then(|price| {
        Some(Figure {
            exact: price.cost(),
            shown: shown?.costs[number]?,
        })
    });
    let luck = price.and_then(|_| {
        let lucks = shown?.lucks[number].iter();
        Some(Figure {
            exact: step.rolls.iter().filter_map(|roll| roll.luck).sum(),
            shown: lucks.copied().sum::<Option<i64>>()?,
        })
    });
    MoveLine {
        number,
        at: stamp(program, step.at),
        line: step
            .made
            .map_or_else(String::new, |made| line_of(program, made)),
        what: done(program, happened),
        points: step.points,
        cost: cost.filter(|_| number > 0),
        luck,
        value: price.and_then(|price| {
            Some(Figure {
                exact: before as f64 + price.before,
                shown: shown?.values[number]?,
            })
        }),
        best,
        needs_hindsight: step.needs_hindsight,
    }
}

fn roll_lines(
    program: &Program,
    number: usize,
    step: &PricedStep,
    happened: &Happened,
    shown: Option<&RoundedFigures>,
) -> Vec<RollLine> {
    let fell = happened
        .events
        .iter()
        .filter_map(|(at, event)| match event {
            Event::Rolled { block, .. } => Some((*at, program.block(*block).because)),
            _ => None,
        });
    let rolls = step.rolls.iter().zip(fell).enumerate();
    rolls
        .map(|(index, (roll, (at, because)))| {
            let chance = &program.chances[roll.chance.index()];
            let luck = roll.luck.and_then(|exact| {
                Some(Figure {
                    exact,
                    shown: shown?.lucks[number][index]?,
                })
            });
            RollLine {
                number,
                at: stamp(program, at),
                chance: chance.name.clone(),
                outcome: roll.outcome + 1,
                outcomes: chance.odds.len(),
                percent: percent(program, roll.chance, roll.outcome),
                because: because
                    .map_or_else(String::new, |text| program.script.text(text).text.clone()),
                luck,
            }
        })
        .collect()
}

fn percent(program: &Program, chance: ChanceId, outcome: usize) -> f64 {
    let chance = &program.chances[chance.index()];
    100.0 * f64::from(chance.odds[outcome]) / chance.total as f64
}

/// The line of a play that makes a move.
#[must_use]
pub fn line_of(program: &Program, made: Move) -> String {
    let id = |course: crate::program::ids::CourseId| &program.script.course(course).id;
    match made {
        Move::Wait => "wait".to_owned(),
        Move::Take(action) => format!("take {}", id(program.actions[action.index()].course)),
        Move::Choose(decision, option) => {
            let course = program.decisions[decision.index()].options[usize::from(option)];
            format!(
                "choose {} {}",
                program.script.decision(decision).id,
                id(course)
            )
        }
    }
}

/// A move in words. Of an answer to a request for consent it says to what.
#[must_use]
pub fn described(program: &Program, made: Move) -> String {
    let label = |course| program.script.course(course).label.as_str();
    match made {
        Move::Wait => "Wait".to_owned(),
        Move::Take(action) => label(program.actions[action.index()].course).to_owned(),
        Move::Choose(decision, option) => {
            let decision = &program.decisions[decision.index()];
            let chosen = label(decision.options[usize::from(option)]);
            match decision.consent_to {
                Some(of) => format!("{chosen}: “{}”", label(of)),
                None => chosen.to_owned(),
            }
        }
    }
}

/// What was done in a step, in words: of a wait also which questions were left to their defaults.
#[must_use]
pub fn done(program: &Program, happened: &Happened) -> String {
    let Some((made, _)) = &happened.of else {
        return "STARTEX".to_owned();
    };
    let by_default = happened
        .events
        .iter()
        .filter_map(|(_, event)| match *event {
            Event::Chosen {
                decision,
                option,
                by_default: true,
            } => Some(format!(
                "“{}”",
                described(program, Move::Choose(decision, option))
            )),
            _ => None,
        });
    let by_default: Vec<String> = by_default.collect();
    let what = described(program, *made);
    if by_default.is_empty() {
        return what;
    }
    format!("{what}; by default {}", words::list(&by_default))
}

/// Every reason for points in some steps, and how many points each gave together.
fn reasons(program: &Program, steps: &[Happened]) -> BTreeMap<String, i64> {
    let mut reasons = BTreeMap::new();
    for (_, event) in steps.iter().flat_map(|step| &step.events) {
        if let Event::Scored {
            points, because, ..
        } = event
        {
            let because = because.map(|text| program.script.text(text).text.trim().to_owned());
            *reasons.entry(because.unwrap_or_default()).or_default() += points;
        }
    }
    reasons
}

#[cfg(test)]
mod tests;
