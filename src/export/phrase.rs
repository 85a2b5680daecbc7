//! Roles, moments, deadlines, marks and prose in the words of a cell or a label.

use jiff::civil::DateTime;
use pulldown_cmark::{Event, Parser, TagEnd};

use crate::program::Program;
use crate::scenario::{Mark, Placed, Provenance, Record, Scenario, TimePoint, Trigger};
use crate::words;

/// Everybody, if no role is named.
const EVERYBODY: &str = "Everybody";

/// The titles of roles.
pub fn roles(scenario: &Scenario, ids: &[Placed<String>]) -> String {
    if ids.is_empty() {
        return EVERYBODY.to_owned();
    }
    let titles: Vec<&str> = ids.iter().map(|id| role(scenario, &id.value)).collect();
    titles.join(", ")
}

/// The title of a role.
pub fn role<'s>(scenario: &'s Scenario, id: &'s str) -> &'s str {
    let found = scenario.roles.iter().find(|role| role.id.value == id);
    found.map_or(id, |role| &role.title.value)
}

/// The title of a phase.
pub fn phase<'s>(scenario: &'s Scenario, id: &'s str) -> &'s str {
    let found = scenario.phases.iter().find(|phase| phase.id.value == id);
    found.map_or(id, |phase| &phase.title.value)
}

/// A date in the scenario's zone, as in `Tue 2 Aug 2022 21:30 BST`.
pub fn date(program: &Program, date: DateTime) -> String {
    match program.calendar.minutes(date) {
        Some(minute) => minute_date(program, minute),
        None => date.strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

fn minute_date(program: &Program, minute: i64) -> String {
    let local = program.calendar.local(minute);
    let zone = program.calendar.zone_of(&local);
    format!("{} {zone}", local.strftime("%a %-d %b %Y %H:%M"))
}

/// A moment of a phase. The first phase begins at STARTEX, so there every moment is a date.
pub fn moment(program: &Program, phase: usize, moment: TimePoint) -> String {
    match moment {
        TimePoint::On(on) => date(program, on),
        TimePoint::After(minutes) if phase == 0 && program.calendar.reaches(minutes) => {
            minute_date(program, minutes)
        }
        TimePoint::After(0) => "when the phase begins".to_owned(),
        TimePoint::After(minutes) => {
            format!("{} after the phase begins", words::duration(minutes))
        }
    }
}

/// When something comes; empty if only a block brings it.
pub fn trigger(program: &Program, phase: usize, trigger: &Trigger) -> String {
    let at = trigger
        .at
        .as_ref()
        .map(|at| moment(program, phase, at.value));
    let time = time_and_condition(at, trigger.when.as_ref());
    match (&trigger.repeats, &trigger.every) {
        (Some(repeats), Some(every)) if !time.is_empty() => {
            let every = words::duration(every.value);
            let times = words::count(repeats.value, "time", "times");
            format!("{time}; again every {every}, {times} at most")
        }
        _ => time,
    }
}

/// When something happens, and under which condition.
pub fn time_and_condition(at: Option<String>, when: Option<&Placed<String>>) -> String {
    match (at, when.map(|when| when.value.trim())) {
        (Some(at), Some(when)) => format!("{at}, if {when}"),
        (Some(at), None) => at,
        (None, Some(when)) => format!("when {when}"),
        (None, None) => String::new(),
    }
}

/// Until when a question is open.
pub fn deadline(program: &Program, within: Option<&Placed<TimePoint>>) -> String {
    match within.map(|within| within.value) {
        None => "until the phase ends".to_owned(),
        Some(TimePoint::After(minutes)) => format!("within {}", words::duration(minutes)),
        Some(TimePoint::On(on)) => format!("by {}", date(program, on)),
    }
}

/// Marks, each once: its standing, what it says, the facts and the names of their sources.
pub fn marks<'s>(record: &Record, marks: impl IntoIterator<Item = &'s Mark>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for mark in marks {
        let line = self::mark(record, mark);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

fn mark(record: &Record, mark: &Mark) -> String {
    let mut line = format!("{}: {}", standing(mark.standing.value), mark.says.value);
    if mark.cites.is_empty() {
        return line;
    }
    let ids: Vec<&str> = mark.cites.iter().map(|id| id.value.as_str()).collect();
    line = format!("{line} [{}]", ids.join(", "));
    let mut names: Vec<&str> = Vec::new();
    let entries = record.entries.iter();
    for entry in entries.filter(|it| ids.contains(&it.id.value.as_str())) {
        for code in &entry.source {
            let source = record.sources.iter().find(|it| it.0.value == code.value);
            let name = source.map_or(code.value.as_str(), |(_, name)| name.value.as_str());
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if !names.is_empty() {
        line = format!("{line} ({})", names.join("; "));
    }
    line
}

/// The word for a standing.
pub fn standing(standing: Provenance) -> &'static str {
    match standing {
        Provenance::Documented => "documented",
        Provenance::Inferred => "inferred",
        Provenance::Invented => "invented",
    }
}

/// Limited Markdown without its marks: a line for each paragraph and each item of a list.
pub fn prose(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(piece)
            | Event::Code(piece)
            | Event::Html(piece)
            | Event::InlineHtml(piece) => text.push_str(&piece),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                text.push('\n');
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// The first characters of a text, up to the end of a word.
pub fn beginning(text: &str, characters_max: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(characters_max) else {
        return text.to_owned();
    };
    let start = &text[..end];
    let start = start
        .rsplit_once(char::is_whitespace)
        .map_or(start, |it| it.0);
    format!("{} …", start.trim_end())
}
