//! A title that is cut off on a small screen.

use std::collections::BTreeMap;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{Placed, Value};

pub(super) const NAME: &str = "title-too-long";

/// Characters of a title on the board: a column of 38 at 80 columns, less its frame and the mark before it.
const BOARD_MAX: usize = 34;

/// Characters of a phase's title: it shares a line of 80 with the date and the clock.
const PHASE_MAX: usize = 34;

/// Characters of the title of a role, an objective or an ending: half a screen.
const NAME_MAX: usize = 40;

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let mut report = |title: &Placed<String>, most: usize, whose: &str| {
        let characters = title.value.chars().count();
        if characters > most {
            let headline = format!(
                "{characters} characters; at most {most} of {whose} fit a screen of 80 columns"
            );
            let finding = Finding::warning(NAME, title.place, headline);
            findings.push(finding.hint("Shorten it: the end would be cut off or wrapped."));
        }
    };
    let values = scenario.values.iter();
    let values: BTreeMap<&str, &Value> = values.map(|it| (it.id.value.as_str(), it)).collect();
    for indicator in &scenario.board {
        let value = values.get(indicator.of.value.as_str());
        let title = value.and_then(|value| value.title.as_ref());
        if let Some(title) = indicator.title.as_ref().or(title) {
            report(title, BOARD_MAX, "a title on the board");
        }
    }
    for phase in &scenario.phases {
        report(&phase.title, PHASE_MAX, "a phase's title");
    }
    let roles = scenario
        .roles
        .iter()
        .map(|it| (&it.title, "a role's title"));
    let objectives = scenario.objectives.iter();
    let objectives = objectives.map(|it| (&it.title, "an objective's title"));
    let endings = scenario.endings.iter();
    let endings = endings.map(|it| (&it.title, "an ending's title"));
    for (title, whose) in roles.chain(objectives).chain(endings) {
        report(title, NAME_MAX, whose);
    }
}
