//! What an exercise shows, as plain data: the account of its points, what moves cost and luck gave, where each option
//! leads, what is left.

pub mod account;

pub mod leads;

pub mod left;

use crate::engine::Event;
use crate::engine::look::{origin, stamp};
use crate::engine::view::Stamp;
use crate::program::{Cause, Owner, Program};
use crate::scenario::Minutes;
use crate::words;

/// Every point of an exercise with its reason, by objective.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// In the scenario's order.
    pub objectives: Vec<ObjectiveScore>,
    /// The sum of all points.
    pub total: i64,
    /// The sum of all worths.
    pub worth: i64,
}

impl Scorecard {
    /// All points in words, as in `8 of 60 points`.
    #[must_use]
    pub fn sum(&self) -> String {
        format!(
            "{} of {}",
            words::number(self.total),
            words::count(self.worth, "point", "points")
        )
    }
}

/// The points of one objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveScore {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub title: String,
    /// What best play should be able to win.
    pub worth: i64,
    /// What was won and lost, summed.
    pub points: i64,
    /// In the order they were given.
    pub lines: Vec<ScoreLine>,
}

/// Points given at one moment for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreLine {
    /// When.
    pub at: Stamp,
    /// How many; may be negative.
    pub points: i64,
    /// Why.
    pub because: String,
    /// What it came from: the label of the option or action, the title of the inject, or `ENDEX`. Of an option that
    /// nobody chose it says `by default`.
    pub from: String,
    /// Whether luck had a part in it: it was given by an outcome of a chance.
    pub luck: bool,
}

/// Accounts for every point that events gave.
#[must_use]
pub fn scorecard(program: &Program, events: &[(Minutes, Event)]) -> Scorecard {
    let authored = &program.script.scenario.objectives;
    let mut scorecard = Scorecard::default();
    for objective in authored {
        scorecard.worth += objective.worth.value;
        scorecard.objectives.push(ObjectiveScore {
            id: objective.id.value.clone(),
            title: objective.title.value.clone(),
            worth: objective.worth.value,
            points: 0,
            lines: Vec::new(),
        });
    }
    for (number, (at, event)) in events.iter().enumerate() {
        let Event::Scored {
            objective,
            points,
            because,
            cause,
            lucky,
        } = *event
        else {
            continue;
        };
        let entry = &mut scorecard.objectives[objective.index()];
        entry.points += points;
        scorecard.total += points;
        entry.lines.push(ScoreLine {
            at: stamp(program, *at),
            points,
            because: because
                .map_or_else(String::new, |text| program.script.text(text).text.clone()),
            from: source(program, &events[..number], cause),
            luck: lucky,
        });
    }
    scorecard
}

/// What points came from, and whether a default brought it, after these events.
fn source(program: &Program, before: &[(Minutes, Event)], cause: Cause) -> String {
    let from = origin(program, cause);
    let Cause::Course(id) = cause else {
        return from;
    };
    let Owner::Option(of, taken) = program.courses[id.index()].owner else {
        return from;
    };
    let latest = before.iter().rev().find_map(|(_, event)| match *event {
        Event::Chosen {
            decision,
            option,
            by_default,
        } if (decision, option) == (of, taken) => Some(by_default),
        _ => None,
    });
    if latest == Some(true) {
        format!("{from} (by default)")
    } else {
        from
    }
}
