//! A date in the hour that a change of clocks skips or repeats.

use super::parts::injects;
use super::subject::Subject;
use crate::finding::{Findings, Place};
use crate::program::calendar::ClockChange;
use crate::scenario::{Placed, TimePoint};

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let Some(times) = &subject.times else { return };
    let scenario = subject.scenario;
    let start = (scenario.startex.value, scenario.startex.place);
    let cuts = scenario.cuts.iter().map(|cut| (cut.at.value, cut.at.place));
    let ends = scenario.phases.iter().flat_map(|phase| &phase.ends);
    let points = ends.filter_map(|end| end.at.as_ref());
    let points = points.chain(injects(scenario).filter_map(|it| it.trigger.at.as_ref()));
    let decisions = subject.parts.decisions.iter();
    let points = points.chain(decisions.filter_map(|(_, _, it)| it.within.as_ref()));
    let dates = points.filter_map(dated);
    for (date, place) in [start].into_iter().chain(cuts).chain(dates) {
        let Some(change) = times.calendar.clock_change(date) else {
            continue;
        };
        let finding = change.finding(&times.calendar, place);
        findings.push(match &change {
            ClockChange::Skipped(taken) => finding.instead(taken.strftime("%Y-%m-%d %H:%M").to_string()),
            ClockChange::Repeated { .. } => {
                finding.hint("Choose another time. A moment in the second of these hours can only be written as a duration, as in `at: 90m`.")
            }
        });
    }
}

fn dated(point: &Placed<TimePoint>) -> Option<(jiff::civil::DateTime, Place)> {
    match point.value {
        TimePoint::On(date) => Some((date, point.place)),
        TimePoint::After(_) => None,
    }
}
