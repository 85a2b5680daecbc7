//! The situation board of a seat.

use crate::engine::look::history::NOT_YET;
use crate::engine::look::{History, Viewer};
use crate::engine::view::{IndicatorReading, Tone};
use crate::program::Program;
use crate::program::script::{IndicatorScript, IndicatorSource};
use crate::scenario::IndicatorForm;
use crate::words;

/// The entries that the seat sees in this phase. Courses are without their first samples, as many as `since`.
pub fn board(
    program: &Program,
    history: &History,
    viewer: &Viewer,
    since: usize,
) -> Vec<IndicatorReading> {
    let phase = history.state.phase(program).index();
    let seen = program.script.board.iter().enumerate();
    let seen = seen.filter(|(_, entry)| entry.phases[phase] && viewer.hears(&entry.to));
    seen.map(|(index, entry)| reading(program, history, (index, entry), since))
        .collect()
}

fn reading(
    program: &Program,
    history: &History,
    (index, entry): (usize, &IndicatorScript),
    since: usize,
) -> IndicatorReading {
    let IndicatorSource::Value(id) = entry.shows else {
        return clock(program, history, index, entry);
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
        IndicatorForm::Trend => history.samples[since..]
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

fn clock(
    program: &Program,
    history: &History,
    index: usize,
    entry: &IndicatorScript,
) -> IndicatorReading {
    let latest = history.samples.last().map(|(_, numbers)| numbers[index]);
    let since = latest.filter(|it| *it != NOT_YET);
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
