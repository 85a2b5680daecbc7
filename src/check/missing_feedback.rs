//! An option or action after which the team reads nothing.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{Block, Course};

pub(super) const NAME: &str = "missing-feedback";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let courses = subject.parts.courses.iter();
    for course in courses.filter(|course| !says_something(course)) {
        // If a field beside it is misspelt, that is the mistake.
        if subject.has_error_between(course.label.place, None) && !subject.scenario.lost.is_empty()
        {
            continue;
        }
        let headline = format!("after `{}` the team reads nothing", course.id.value);
        let hint = "Add `feedback`: what they see or hear at once.";
        findings.push(Finding::warning(NAME, course.id.place, headline).hint(hint));
    }
}

fn says_something(course: &Course) -> bool {
    course.feedback.is_some() || speaks(&course.block) || course.then.iter().any(speaks)
}

/// Whether a block shows the team something in words.
fn speaks(block: &Block) -> bool {
    let outcomes = block.chance.iter().flat_map(|chance| &chance.outcomes);
    block.text.is_some()
        || !block.injects.is_empty()
        || outcomes.into_iter().any(|outcome| speaks(&outcome.block))
}
