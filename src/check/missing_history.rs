//! A record without the play of what really happened.

use super::subject::Subject;
use crate::finding::{Finding, Findings};

pub(super) const NAME: &str = "missing-history";

/// The name of the play.
const PLAY: &str = "history";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let Some(plays) = subject.plays else { return };
    if subject.scenario.record.entries.is_empty() || plays.contains(&PLAY) {
        return;
    }
    let headline = "there is no `plays/history.play`";
    let hint = "Write down what was really done, move by move, and what came of it: a test then holds the scenario to the record.";
    findings.push(Finding::warning(NAME, subject.scenario.id.place, headline).hint(hint));
}
