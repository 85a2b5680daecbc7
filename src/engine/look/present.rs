//! The situation board of a seat.

use crate::engine::Event;
use crate::engine::look::{History, Viewer};
use crate::engine::view::{IndicatorReading, Tone};
use crate::program::script::{IndicatorScript, IndicatorSource};
use crate::program::{Owner, Program};
use crate::scenario::{IndicatorForm, Minutes};
use crate::words;

/// The entries that the seat sees in this phase.
pub fn board(program: &Program, history: &History, viewer: &Viewer) -> Vec<IndicatorReading> {
    let phase = history.state.phase(program).index();
    let seen = program.script.board.iter().enumerate();
    let seen = seen.filter(|(_, entry)| entry.phases[phase] && viewer.hears(&entry.to));
    seen.map(|(index, entry)| reading(program, history, index, entry))
        .collect()
}

fn reading(
    program: &Program,
    history: &History,
    index: usize,
    entry: &IndicatorScript,
) -> IndicatorReading {
    let IndicatorSource::Value(id) = entry.shows else {
        return clock(program, history, entry);
    };
    let value = history.state.value(program, id);
    let script = &program.script.values[id.index()];
    let bounds = &program.values[id.index()];
    let before = history
        .samples
        .iter()
        .rev()
        .nth(1)
        .map(|(_, numbers)| numbers[index]);
    let tone = if entry.good.contains(&value) {
        Tone::Good
    } else if entry.bad.contains(&value) {
        Tone::Bad
    } else {
        Tone::Plain
    };
    let text = match entry.form {
        IndicatorForm::Lamp => lamp_word(&script.words, value),
        _ if script.unit.is_empty() => words::number(value),
        _ => format!(
            "{} {}",
            words::number(value),
            words::unit(value, &script.unit)
        ),
    };
    let course = match entry.form {
        IndicatorForm::Trend => history
            .samples
            .iter()
            .map(|(minute, numbers)| (*minute, numbers[index]))
            .collect(),
        _ => Vec::new(),
    };
    IndicatorReading {
        form: entry.form,
        title: entry.title.clone(),
        text,
        tone,
        number: (entry.form != IndicatorForm::Lamp).then_some((value, bounds.min, bounds.max)),
        course,
        changed: before.is_some_and(|before| before != value),
    }
}

/// A word as a reader sees it: `yes` and `no` for truths, spaces for underscores.
fn lamp_word(list: &[String], value: i64) -> String {
    match list.get(value as usize).map(String::as_str) {
        Some("true") => "yes".into(),
        Some("false") => "no".into(),
        Some(word) => word.replace('_', " "),
        None => String::new(),
    }
}

fn clock(program: &Program, history: &History, entry: &IndicatorScript) -> IndicatorReading {
    let since = last_time(program, &history.events, entry.shows);
    let now = history.state.now(program);
    IndicatorReading {
        form: IndicatorForm::Clock,
        title: entry.title.clone(),
        text: since.map_or_else(|| "not yet".into(), |since| words::duration(now - since)),
        tone: Tone::Plain,
        number: None,
        course: Vec::new(),
        changed: since == Some(now),
    }
}

fn last_time(
    program: &Program,
    events: &[(Minutes, Event)],
    shown: IndicatorSource,
) -> Option<Minutes> {
    let is_it = |event: &Event| match (shown, event) {
        (IndicatorSource::SinceInject(id), Event::Came(came)) => *came == id,
        (IndicatorSource::SinceDecision(id), Event::Began(course)) => {
            matches!(program.courses[course.index()].owner, Owner::Option(of, _) if of == id)
        }
        (IndicatorSource::SinceAction(id), Event::Taken(taken)) => *taken == id,
        _ => false,
    };
    events
        .iter()
        .rev()
        .find(|(_, event)| is_it(event))
        .map(|(at, _)| *at)
}
