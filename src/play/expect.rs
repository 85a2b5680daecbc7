//! Whether an expectation of a play is met.

use super::line::{Expectation, LineError, WrittenDate, WrittenName};
use super::names;
use super::read_line::shown;
use crate::engine::{Event, State};
use crate::program::Program;
use crate::program::code::Comparison;
use crate::program::ids::{DecisionId, InjectId, ObjectiveId};
use crate::scenario::Minutes;
use crate::words;

/// The current state of an exercise.
#[derive(Clone, Copy)]
pub(super) struct Situation<'a> {
    pub program: &'a Program,
    pub state: &'a State,
    /// Everything that happened since STARTEX.
    pub events: &'a [(Minutes, Event)],
}

/// Why an expectation fails.
pub(super) enum ExpectFailure {
    /// The line is wrong.
    Wrong(LineError),
    /// It is not met.
    Unmet(Box<Difference>),
}

/// What was expected, and what was found instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Both in one phrase.
    pub headline: String,
    /// What was compared, as in `score contain`.
    pub what: String,
    /// What it should have been, with the comparison unless that is equality.
    pub expected: String,
    /// What it was.
    pub found: String,
    /// The line that would have been met; `None` if none can be written.
    pub line: Option<String>,
}

impl From<LineError> for ExpectFailure {
    fn from(error: LineError) -> Self {
        Self::Wrong(error)
    }
}

/// Checks one expectation.
pub(super) fn check(situation: Situation, expected: &Expectation) -> Result<(), ExpectFailure> {
    let program = situation.program;
    match expected {
        Expectation::Value { value, how, with } => situation.value(value, *how, with),
        Expectation::Came(name) => {
            let came = situation.came(names::inject(program, name)?);
            met(came.is_some(), || Difference {
                headline: format!("inject `{}` has not come", name.text),
                what: format!("inject {}", name.text),
                expected: "has come".to_owned(),
                found: "has not come".to_owned(),
                line: Some(format!("expect no inject {}", name.text)),
            })
        }
        Expectation::NotCame(name) => {
            let came = situation.came(names::inject(program, name)?);
            let when = came.map(|minute| date(program, minute)).unwrap_or_default();
            met(came.is_none(), || Difference {
                headline: format!("inject `{}` has come, at {when}", name.text),
                what: format!("inject {}", name.text),
                expected: "has not come".to_owned(),
                found: format!("has come, at {when}"),
                line: Some(format!("expect inject {}", name.text)),
            })
        }
        Expectation::Chosen { decision, option } => situation.chosen(decision, option),
        Expectation::Score {
            objective,
            how,
            points,
        } => {
            let id = names::objective(program, objective)?;
            let holds = situation.points(Some(id));
            let what = format!("score {}", objective.text);
            met(how.holds(holds, *points), || {
                compared(&what, *how, &points.to_string(), &holds.to_string())
            })
        }
        Expectation::Total { how, points } => {
            let holds = situation.points(None);
            met(how.holds(holds, *points), || {
                compared("total", *how, &points.to_string(), &holds.to_string())
            })
        }
        Expectation::Phase(name) => {
            let began = |event: &(Minutes, Event)| match event.1 {
                Event::PhaseBegan(id) => Some(id),
                _ => None,
            };
            let wanted = names::phase(program, name)?;
            let latest = situation.events.iter().rev().find_map(began);
            let phase = latest.unwrap_or_else(|| situation.state.phase(program));
            let holds = &program.script.scenario.phases[phase.index()].id.value;
            met(phase == wanted, || {
                compared("phase", Comparison::Equal, &name.text, holds)
            })
        }
        Expectation::Ending(name) => {
            let wanted = names::ending(program, name)?;
            let ended = situation.state.ended(program);
            let holds = ended.map(|id| {
                program.script.scenario.endings[id.index()]
                    .id
                    .value
                    .as_str()
            });
            let shown = holds.unwrap_or("not ENDEX yet");
            met(ended == Some(wanted), || {
                let difference = compared("ending", Comparison::Equal, &name.text, shown);
                difference.written(holds.is_some())
            })
        }
        Expectation::Time(date) => {
            let now = situation.state.now(program);
            let wanted = minute(program, date)?;
            met(now == wanted, || {
                compared(
                    "time",
                    Comparison::Equal,
                    &self::date(program, wanted),
                    &self::date(program, now),
                )
            })
        }
    }
}

/// The minute since STARTEX of a date.
pub(super) fn minute(program: &Program, date: &WrittenDate) -> Result<Minutes, LineError> {
    let calendar = &program.calendar;
    let minute = calendar.minutes(date.date).ok_or_else(|| {
        let headline = "this date is outside the range of the calendar";
        LineError::new(headline, date.range.clone(), "")
    })?;
    let Some(zone) = &date.zone else {
        return Ok(minute);
    };
    calendar.minutes_in(date.date, &zone.text).ok_or_else(|| {
        let right = calendar.zone_of(&calendar.local(minute));
        let headline = format!("`{}` is not the zone at this time", shown(&zone.text));
        let hint = "The zone stands there only to tell apart times that a change of clocks makes look the same.";
        LineError {
            instead: Some(right),
            ..LineError::new(headline, zone.range.clone(), hint)
        }
    })
}

/// A minute as a date in the grammar of plays: with its zone if that time comes twice.
#[must_use]
pub fn date(program: &Program, minute: Minutes) -> String {
    let local = program.calendar.local(minute);
    let date = local.strftime("%Y-%m-%d %H:%M").to_string();
    match program.calendar.telling(&local) {
        Some(zone) => format!("{date} {zone}"),
        None => date,
    }
}

fn met(holds: bool, unmet: impl FnOnce() -> Difference) -> Result<(), ExpectFailure> {
    if holds {
        Ok(())
    } else {
        Err(ExpectFailure::Unmet(Box::new(unmet())))
    }
}

impl Difference {
    /// The same, but without a line unless one can be written.
    fn written(self, can_be: bool) -> Self {
        Self {
            line: self.line.filter(|_| can_be),
            ..self
        }
    }
}

fn compared(what: &str, how: Comparison, expected: &str, holds: &str) -> Difference {
    let sign = match how {
        Comparison::Equal => "",
        Comparison::NotEqual => "!= ",
        Comparison::Less => "< ",
        Comparison::LessOrEqual => "<= ",
        Comparison::Greater => "> ",
        Comparison::GreaterOrEqual => ">= ",
    };
    // A bound stays a bound. What is less than a number, or not a word, has no single answer.
    let bound = match how {
        Comparison::LessOrEqual | Comparison::GreaterOrEqual => sign,
        _ => "",
    };
    Difference {
        headline: format!("expected {what} {sign}{expected}, found {holds}"),
        what: what.to_owned(),
        expected: format!("{sign}{expected}"),
        found: holds.to_owned(),
        line: Some(format!("expect {what} {bound}{holds}")),
    }
}

impl Situation<'_> {
    fn value(
        self,
        name: &WrittenName,
        how: Comparison,
        with: &WrittenName,
    ) -> Result<(), ExpectFailure> {
        let values = &self.program.script.values;
        let Some(id) = self.program.value_named(&name.text) else {
            let kinds = [
                "inject", "no", "chosen", "score", "total", "phase", "ending", "time",
            ];
            let known = values.iter().map(|value| value.id.as_str());
            return Err(names::unknown("value", name, known.chain(kinds)).into());
        };
        let script = &values[id.index()];
        let holds = self.state.value(self.program, id);
        if script.words.is_empty() {
            let Ok(number) = with.text.parse() else {
                let headline = format!(
                    "`{}` is a number, and `{}` is not",
                    name.text,
                    shown(&with.text)
                );
                return Err(LineError::new(headline, with.range.clone(), "").into());
            };
            return met(how.holds(holds, number), || {
                compared(&name.text, how, &with.text, &holds.to_string())
            });
        }
        let known = script.words.iter().map(String::as_str);
        let Some(position) = script.words.iter().position(|word| *word == with.text) else {
            let error = names::unknown("word", with, known.clone());
            let words: Vec<&str> = known.collect();
            let hint = format!("`{}` is {}.", name.text, words::choice(&words));
            return Err(LineError { hint, ..error }.into());
        };
        if !matches!(how, Comparison::Equal | Comparison::NotEqual) {
            let headline = format!("`{}` is not a number, so it has no order", name.text);
            return Err(LineError::new(headline, name.range.clone(), "").into());
        }
        let holds_word = script.words.get(holds as usize).map_or("", String::as_str);
        met(how.holds(holds, position as i64), || {
            compared(&name.text, how, &with.text, holds_word)
        })
    }

    /// When an inject came last.
    pub fn came(self, id: InjectId) -> Option<Minutes> {
        let came = self
            .events
            .iter()
            .rev()
            .find(|(_, event)| *event == Event::Came(id));
        came.map(|(minute, _)| *minute)
    }

    fn chosen(self, decision: &WrittenName, option: &WrittenName) -> Result<(), ExpectFailure> {
        let id = names::decision(self.program, decision)?;
        let wanted = names::option(self.program, id, option)?;
        let last = self.last_chosen(id);
        let options = &self.program.decisions[id.index()].options;
        let course = |position: u8| options.get(usize::from(position)).copied();
        let holds = last.and_then(course).map_or("none", |course| {
            self.program.script.course(course).id.as_str()
        });
        let what = format!("chosen {}", decision.text);
        met(last == Some(wanted), || {
            compared(&what, Comparison::Equal, &option.text, holds).written(last.is_some())
        })
    }

    fn last_chosen(self, id: DecisionId) -> Option<u8> {
        self.events.iter().rev().find_map(|(_, event)| match event {
            Event::Chosen {
                decision, option, ..
            } if *decision == id => Some(*option),
            _ => None,
        })
    }

    /// The points so far, of one objective or of all.
    pub fn points(self, of: Option<ObjectiveId>) -> i64 {
        let points = self.events.iter().map(|(_, event)| match event {
            Event::Scored {
                objective, points, ..
            } if of.is_none_or(|of| of == *objective) => *points,
            _ => 0,
        });
        points.sum()
    }
}
