//! The account of an exercise: its score as the value at the start, what luck gave, and what moves cost with hindsight.

mod costly;
pub mod curve;
pub mod hints;
pub mod onward;

use std::collections::BTreeMap;

use crate::engine::look::stamp;
use crate::engine::luck::Keyed;
use crate::engine::view::Stamp;
use crate::engine::{Event, Move};
use crate::play::line_of;
use crate::program::Program;
use crate::program::ids::DecisionId;
use crate::search::pricing::shown::{RoundedFigures, tenth};
use crate::search::pricing::{Happened, PlayedExercise, Price, PricedStep, Pricer, again};
use crate::search::walk::Tell;
use crate::words;
use curve::Position;

/// How many of the costliest moves are listed with what would have been best.
pub const COSTLY_MAX: usize = 3;

/// What an exercise was worth at the start, and what changed that.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Account {
    /// Whether ENDEX has come.
    pub ended: bool,
    /// The points so far.
    pub points: i64,
    /// The sum; `None` if not even the value at the end is known.
    pub sum: Option<AccountTotals>,
    /// STARTEX, then each move.
    pub moves: Vec<MoveLine>,
    /// What the exercise was worth before each move that is priced, and at its end; see [`curve`].
    pub curve: Vec<Position>,
    /// Each roll, in order.
    pub rolls: Vec<RollLine>,
    /// The costliest moves, the costliest first, without those that needed hindsight.
    pub costly: Vec<CostlyMove>,
}

/// `start + luck - cost = points + left`, as shown too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccountTotals {
    /// The first move whose cost is known; 0 for STARTEX, if all are.
    pub from: usize,
    /// What the exercise was worth before that move, on average under best play, with its points by then.
    pub start: Figure,
    /// All luck since then.
    pub luck: Figure,
    /// All cost since then.
    pub cost: Figure,
    /// What was left to win where it stopped; 0 after ENDEX.
    pub left: Figure,
}

/// A number of points.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Figure {
    /// Before rounding.
    pub exact: f64,
    /// In tenths, rounded so that the sums are right as shown.
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

    /// Whether it is shown as nothing.
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
    /// The points that it gave, including those of the time that it let pass.
    pub points: i64,
    /// What it cost, with hindsight; `None` if that is not known, and for STARTEX.
    pub cost: Option<Figure>,
    /// What its rolls gave together, if that is known.
    pub luck: Option<Figure>,
    /// What the exercise was worth before it, with the points so far, if that is known.
    pub value: Option<Figure>,
    /// What would have been best, if that was another move.
    pub best: Option<BestMove>,
    /// Whether states that look alike had different best options: then the cost is not marked.
    pub needs_hindsight: bool,
}

impl MoveLine {
    /// What it cost, if anything, unless nobody could have known: a decision that needed hindsight is not marked.
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
    /// The number of the move that rolled it; 0 for STARTEX.
    pub number: usize,
    /// When.
    pub at: Stamp,
    /// The name of the chance.
    pub chance: String,
    /// Which outcome came, counted from 1.
    pub outcome: usize,
    /// How many there are.
    pub outcomes: usize,
    /// How likely it was, in percent.
    pub percent: f64,
    /// What the scenario says of it; may be empty.
    pub because: String,
    /// What it gave, if that is known.
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
    /// All points, with best play from there on and the same luck.
    pub then: i64,
    /// Points that best play would have won, and the exercise did not.
    pub gains: Vec<Gain>,
    /// Points that the exercise lost, and best play would not have.
    pub spares: Vec<Gain>,
    /// How many more points best play has for all other reasons together, so that it all adds up.
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

/// The account of an exercise, as far as `pricer` can price it.
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
    let shown = RoundedFigures::new(&priced);
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
        sum: shown.map(|shown| totals(&priced.steps, &shown, priced.left)),
        curve,
        moves: lines,
        rolls,
        costly: Vec::new(),
    };
    account.costly = costly::costly(program, pricer, played, &account, tell);
    account
}

fn totals(steps: &[PricedStep], shown: &RoundedFigures, left: Option<f64>) -> AccountTotals {
    let (before, known) = steps.split_at(shown.from);
    let points = |steps: &[PricedStep]| steps.iter().map(|step| step.points).sum::<i64>();
    let left = left.unwrap_or_default();
    let prices = || known.iter().filter_map(|step| step.price.as_ref());
    let first = known.first().and_then(|step| step.price.as_ref());
    let start = first.map_or(points(steps) as f64 + left, |it| {
        points(before) as f64 + it.before
    });
    let figure = |exact, shown| Figure { exact, shown };
    AccountTotals {
        from: shown.from,
        start: figure(start, shown.start),
        luck: figure(known.iter().map(luck).sum(), shown.luck),
        cost: figure(prices().map(Price::cost).sum(), shown.cost),
        left: figure(left, shown.left),
    }
}

/// What the rolls of a step gave together, as far as it is known.
fn luck(step: &PricedStep) -> f64 {
    step.rolls.iter().filter_map(|roll| roll.luck).sum()
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
            what: describe(program, best),
        })
    });
    let figure = |exact, shown: Option<i64>| {
        Some(Figure {
            exact,
            shown: shown?,
        })
    };
    let priced = price.zip(shown);
    let cost = priced.and_then(|(price, shown)| figure(price.cost(), shown.costs[number]));
    let lucks = priced.map(|(_, shown)| shown.lucks[number].iter().copied().sum());
    let value = priced
        .and_then(|(price, shown)| figure(before as f64 + price.before, shown.values[number]));
    let line = step.made.map(|made| line_of(program, made));
    MoveLine {
        number,
        at: stamp(program, step.at),
        line: line.unwrap_or_default(),
        what: describe_step(program, happened),
        points: step.points,
        cost: cost.filter(|_| number > 0),
        luck: lucks.and_then(|shown| figure(luck(step), shown)),
        value,
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
    let events = happened.events.iter();
    let rolled = events.filter_map(|(at, event)| match event {
        Event::Rolled { block, .. } => Some((*at, program.block(*block).because)),
        _ => None,
    });
    let mut lines = Vec::new();
    for (index, (roll, (at, because))) in step.rolls.iter().zip(rolled).enumerate() {
        let chance = &program.chances[roll.chance.index()];
        let because = because.map(|text| program.script.text(text).text.clone());
        let shown = shown.and_then(|shown| shown.lucks[number][index]);
        lines.push(RollLine {
            number,
            at: stamp(program, at),
            chance: chance.name.clone(),
            outcome: roll.outcome + 1,
            outcomes: chance.odds.len(),
            percent: 100.0 * f64::from(chance.odds[roll.outcome]) / chance.total as f64,
            because: because.unwrap_or_default(),
            luck: (roll.luck.zip(shown)).map(|(exact, shown)| Figure { exact, shown }),
        });
    }
    lines
}

/// A move in words. An answer to a request for consent says what it is for.
#[must_use]
pub fn describe(program: &Program, made: Move) -> String {
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

/// What was done in a step, in words: after a wait also which defaults were taken.
#[must_use]
pub fn describe_step(program: &Program, happened: &Happened) -> String {
    let Some((made, _)) = &happened.of else {
        return "STARTEX".to_owned();
    };
    let what = describe(program, *made);
    let events = happened.events.iter();
    let defaults = events.filter_map(|(_, event)| match *event {
        Event::Chosen {
            decision,
            option,
            by_default: true,
        } => {
            let option = describe(program, Move::Choose(decision, option));
            Some(format!("“{option}”"))
        }
        _ => None,
    });
    let defaults: Vec<String> = defaults.collect();
    if defaults.is_empty() {
        return what;
    }
    format!("{what}; by default {}", words::list(&defaults))
}

/// Every reason for points in some steps, and the sum of its points.
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
