//! What an exercise shows, as plain data: its points with their reasons, what moves cost and luck gave, where each option
//! leads, and how much may still come.

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
    /// The points that best play should be able to win.
    pub worth: i64,
    /// The sum of what was won and lost.
    pub points: i64,
    /// In the order in which they were given.
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
    /// What it came from: the label of the option or action, the title of the inject, or `ENDEX`. It says `by default`
    /// for an option that nobody chose.
    pub from: String,
    /// Whether it was luck: an outcome of a chance gave it.
    pub luck: bool,
}

/// The points that events gave, by objective.
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
        let because = because.map(|text| program.script.text(text).text.clone());
        entry.lines.push(ScoreLine {
            at: stamp(program, *at),
            points,
            because: because.unwrap_or_default(),
            from: source(program, &events[..number], cause),
            luck: lucky,
        });
    }
    scorecard
}

/// What points came from, and whether that was by default, after these events.
fn source(program: &Program, before: &[(Minutes, Event)], cause: Cause) -> String {
    let from = origin(program, cause);
    let Cause::Course(id) = cause else {
        return from;
    };
    let Owner::Option(asked, chosen) = program.courses[id.index()].owner else {
        return from;
    };
    let latest = before.iter().rev().find_map(|(_, event)| match *event {
        Event::Chosen {
            decision,
            option,
            by_default,
        } if (decision, option) == (asked, chosen) => Some(by_default),
        _ => None,
    });
    if latest == Some(true) {
        format!("{from} (by default)")
    } else {
        from
    }
}
