//! Checking a scenario: everything that reading and compiling find, and one file per rule for what only a look at
//! the whole shows.
//!
//! A new rule is a file below this one with `NAME`, `run` and a doc comment in four parts, and a line in `RULES`.

pub mod confidence_mismatch;
pub mod invented_cites;
pub mod uncited_mark;
pub mod unknown_fact;
pub mod unmarked_text;

mod registry;
mod texts;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use registry::{Rule as RulePage, page};

use crate::check::texts::{Marked, marked_texts, marks_of};
use crate::finding::{Finding, Findings, Sources};
use crate::program::{Setup, compile};
use crate::scenario::read::{Folder, read_partly};
use crate::scenario::{Mark, Scenario};

/// What a rule of the record looks at.
struct Subject<'a> {
    scenario: &'a Scenario,
    /// Every text that a team may read and that must keep to the record, in source order.
    texts: Vec<Marked<'a>>,
    /// Every mark, once.
    marks: Vec<&'a Mark>,
}

/// A rule's name and what it finds.
type Rule = (&'static str, fn(&Subject, &mut Findings));

/// The rules of the record.
const RULES: [Rule; 5] = [
    (unmarked_text::NAME, unmarked_text::run),
    (uncited_mark::NAME, uncited_mark::run),
    (unknown_fact::NAME, unknown_fact::run),
    (confidence_mismatch::NAME, confidence_mismatch::run),
    (invented_cites::NAME, invented_cites::run),
];

/// The names of the rules that are checked here, in order.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(name, _)| *name)
}

/// Checks a scenario. Findings are in order of file and place. The rules of the record wait until it compiles.
#[must_use]
pub fn check(folder: &Folder) -> (Vec<Finding>, Arc<Sources>) {
    let (scenario, mut findings, sources) = read_partly(folder);
    if let Some(scenario) = scenario.map(Arc::new) {
        let (_, more) = compile(&scenario, &Setup::default());
        findings.extend(more);
        check_record(&scenario, &mut findings);
    }
    (findings.into_sorted(), sources)
}

fn check_record(scenario: &Scenario, findings: &mut Findings) {
    let texts = marked_texts(scenario);
    let marks = marks_of(&texts);
    let subject = Subject {
        scenario,
        texts,
        marks,
    };
    for (_, run) in RULES {
        run(&subject, findings);
    }
}
