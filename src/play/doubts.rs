//! What makes a play say less than its author thinks.

use super::expect::date;
use super::file::{PlacedLine, Play};
use super::line::{Expectation, PlayLine, WrittenDate};
use crate::finding::{Finding, Place};
use crate::program::Program;
use crate::program::calendar::ClockChange;

/// The warnings about a play, in order: it expects nothing, or a date in it falls on a change of clocks.
#[must_use]
pub fn doubts(program: &Program, play: &Play) -> Vec<Finding> {
    let dates = play.lines.iter().filter_map(|it| clock_change(program, it));
    no_expectation(play).into_iter().chain(dates).collect()
}

fn no_expectation(play: &Play) -> Option<Finding> {
    let expects = |it: &PlacedLine| matches!(it.line, PlayLine::Expect(_) | PlayLine::End);
    if play.lines.iter().any(expects) {
        return None;
    }
    let (headline, place) = match play.lines.first() {
        None => (
            "the play is empty, so it proves nothing",
            Place::start_of(play.end.file),
        ),
        Some(first) => (
            "the play expects nothing: it only shows that its moves are allowed",
            first.place,
        ),
    };
    let finding = Finding::warning("no-expectation", place, headline);
    Some(finding.hint("Say what must hold in the end, as in `expect total >= 10`; `end` says that ENDEX has come."))
}

/// The finding for a date that comes twice or never.
fn clock_change(program: &Program, written: &PlacedLine) -> Option<Finding> {
    let (PlayLine::WaitUntil(dated) | PlayLine::Expect(Expectation::Time(dated))) = &written.line
    else {
        return None;
    };
    let WrittenDate {
        date: on,
        zone: None,
        range,
    } = dated
    else {
        return None;
    };
    let calendar = &program.calendar;
    let change = calendar.clock_change(*on)?;
    let taken = date(program, calendar.minutes(*on)?);
    let finding = change
        .finding(calendar, written.within(range))
        .instead(taken);
    Some(match change {
        ClockChange::Skipped(_) => finding,
        ClockChange::Repeated { second, .. } => {
            let zone = calendar.zone_of(&second);
            finding.hint(format!(
                "Write which one is meant; for the second, add `{zone}`."
            ))
        }
    })
}
