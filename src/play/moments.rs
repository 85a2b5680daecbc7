//! The moments around a line that failed: the moves before it, what they brought, and changes of what it compares.

use std::ops::Range;

use super::expect::date;
use super::file::Play;
use super::line::{Expectation, PlayLine, line_of};
use super::run::PlayOutcome;
use crate::engine::Event;
use crate::program::Program;
use crate::program::ids::{CourseId, DecisionId, TextId, ValueId};
use crate::scenario::Minutes;
use crate::words;

/// Moves shown before the line.
const MOVES_SHOWN: usize = 2;

/// Latest changes shown of what a line compares.
const CHANGES_SHOWN: usize = 4;

/// Events shown for one move: a wait may bring a hundred.
const EVENTS_SHOWN: usize = 12;

/// Characters shown of a text.
const TEXT_MAX_CHARACTERS: usize = 90;

/// The moments around a finding of an outcome, by its position, as lines that are safe for a terminal: what was expected
/// and found, the moves before it with their events, and the latest changes of what was compared. Empty if there is no
/// such finding.
#[must_use]
pub fn moments(
    program: &Program,
    play: &Play,
    outcome: &PlayOutcome,
    finding: usize,
) -> Vec<String> {
    let (Some(failure), Some(found)) =
        (outcome.failures.get(finding), outcome.findings.get(finding))
    else {
        return Vec::new();
    };
    let describer = EventDescriber { program, outcome };
    let mut lines = Vec::new();
    if let Some(it) = &failure.difference {
        lines.push(format!("compared  {}", it.what));
        lines.push(format!("expected  {}", it.expected));
        lines.push(format!("found     {}", it.found));
    }
    let first = failure.moves.saturating_sub(MOVES_SHOWN);
    if first == 0 {
        lines.push("STARTEX".to_owned());
        let end = outcome.event_counts.first().copied();
        lines.extend(describer.lines(0..end.unwrap_or(failure.events)));
    }
    for number in first..failure.moves {
        let made = line_of(program, outcome.moves[number]);
        lines.push(format!("move {}  {made}", number + 1));
        let end = outcome.event_counts.get(number + 1).copied();
        let end = end.unwrap_or(failure.events).min(failure.events);
        lines.extend(describer.lines(outcome.event_counts[number]..end));
    }
    let latest = outcome.events[..failure.events].last();
    let now = latest.map_or(0, |(minute, _)| *minute);
    lines.push(format!("here  {}", date(program, now)));
    let written = play.lines.iter().find(|it| it.place == found.place);
    if let Some(PlayLine::Expect(expected)) = written.map(|it| &it.line) {
        lines.extend(describer.changes(expected, failure.events));
    }
    let safe = lines.iter().map(|line| words::one_line(line).into_owned());
    safe.collect()
}

/// Describes events in words.
struct EventDescriber<'a> {
    program: &'a Program,
    outcome: &'a PlayOutcome,
}

impl EventDescriber<'_> {
    /// A line for each of some events.
    fn lines(&self, range: Range<usize>) -> Vec<String> {
        let events = &self.outcome.events[range];
        let mut lines: Vec<String> = events.iter().filter_map(|it| self.line(it)).collect();
        if lines.len() > EVENTS_SHOWN {
            let left = lines.len() - EVENTS_SHOWN;
            // The latest are nearest to the line that failed.
            lines.drain(..left);
            let left = words::count(left as i64, "event", "events");
            lines.insert(0, format!("  … {left} before these"));
        }
        lines
    }

    /// The latest changes of what an expectation compares.
    fn changes(&self, expected: &Expectation, events: usize) -> Vec<String> {
        let events = self.outcome.events[..events].iter();
        let concerned = events.filter(|(_, event)| self.concerns(expected, event));
        let all: Vec<String> = concerned.filter_map(|it| self.line(it)).collect();
        let mut lines = Vec::new();
        if !all.is_empty() {
            lines.push("what changed it last".to_owned());
            lines.extend_from_slice(&all[all.len().saturating_sub(CHANGES_SHOWN)..]);
        } else if matches!(expected, Expectation::Value { .. }) {
            lines.push("no effect has changed it since STARTEX".to_owned());
        }
        lines
    }

    fn concerns(&self, expected: &Expectation, event: &Event) -> bool {
        let program = self.program;
        match (expected, event) {
            (Expectation::Value { value, .. }, Event::Wrote { value: id, .. }) => {
                program.value_named(&value.text) == Some(*id)
            }
            (Expectation::Score { objective, .. }, Event::Scored { objective: id, .. }) => {
                program.objective_named(&objective.text) == Some(*id)
            }
            (Expectation::Total { .. }, Event::Scored { .. })
            | (Expectation::Phase(_), Event::PhaseBegan(_))
            | (Expectation::Ending(_), Event::Ended(_)) => true,
            (Expectation::Chosen { decision, .. }, Event::Chosen { decision: id, .. })
            | (Expectation::Chosen { decision, .. }, Event::Asked(id)) => {
                program.decision_named(&decision.text) == Some(*id)
            }
            (Expectation::Came(name) | Expectation::NotCame(name), Event::Came(id)) => {
                program.inject_named(&name.text) == Some(*id)
            }
            _ => false,
        }
    }

    /// One event in words; `None` if it only follows from another one.
    fn line(&self, (minute, event): &(Minutes, Event)) -> Option<String> {
        let text = self.describe(event)?;
        Some(format!("  {}  {text}", date(self.program, *minute)))
    }

    fn describe(&self, event: &Event) -> Option<String> {
        let script = &self.program.script;
        let scenario = &script.scenario;
        Some(match event {
            Event::PhaseBegan(id) => format!("phase {}", scenario.phases[id.index()].id.value),
            Event::Came(id) => {
                let inject = script.inject(*id);
                let id = &inject.id.value;
                let Some(message) = &inject.message else {
                    return Some(format!("inject {id}"));
                };
                let text = clipped(&message.text.text.value);
                format!("inject {id}: “{}” {text}", message.title.value)
            }
            Event::Asked(id) => {
                let decision = script.decision(*id);
                format!("asked {}: {}", decision.id, self.text(decision.question))
            }
            Event::Chosen {
                decision,
                option,
                by_default,
            } => {
                let id = &script.decision(*decision).id;
                let option = &script.course(self.option(*decision, *option)).id;
                let how = if *by_default { ", by default" } else { "" };
                format!("chosen {id} {option}{how}")
            }
            Event::Rolled {
                chance, outcome, ..
            } => {
                let name = &self.program.chances[chance.index()].name;
                format!("roll {name} {}", usize::from(*outcome) + 1)
            }
            Event::Read { text, .. } => format!("told: {}", self.text(*text)),
            Event::Scored {
                objective,
                points,
                because,
                ..
            } => {
                let id = &scenario.objectives[objective.index()].id.value;
                let why = because.map(|text| format!(": {}", self.text(text)));
                format!("score {id} {points:+}{}", why.unwrap_or_default())
            }
            Event::Wrote {
                value,
                before,
                after,
            } => {
                let (before, after) = (self.value(*value, *before), self.value(*value, *after));
                format!("{} {before} → {after}", script.values[value.index()].id)
            }
            Event::Saturated { value, wanted } => {
                let id = &script.values[value.index()].id;
                format!("{id} stopped at its bound, short of {wanted}")
            }
            Event::Ended(id) => format!("ENDEX: {}", scenario.endings[id.index()].id.value),
            Event::PhaseEnded(_)
            | Event::Withdrawn(_)
            | Event::Taken(_)
            | Event::Began(_)
            | Event::Finished(_) => return None,
        })
    }

    fn option(&self, id: DecisionId, option: u8) -> CourseId {
        self.program.decisions[id.index()].options[usize::from(option)]
    }

    fn text(&self, id: TextId) -> String {
        clipped(&self.program.script.text(id).text)
    }

    /// What a value holds, as a play writes it.
    fn value(&self, id: ValueId, holds: i64) -> String {
        let words = &self.program.script.values[id.index()].words;
        let word = usize::try_from(holds).ok().and_then(|at| words.get(at));
        word.cloned().unwrap_or_else(|| holds.to_string())
    }
}

/// The beginning of a text, on one line.
fn clipped(text: &str) -> String {
    let text: Vec<&str> = text.split_whitespace().collect();
    words::clipped(&text.join(" "), TEXT_MAX_CHARACTERS).into_owned()
}
