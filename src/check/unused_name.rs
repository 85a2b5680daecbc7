//! Something that is defined and never used.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;

pub(super) const NAME: &str = "unused-name";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    values(subject, findings);
    roles(subject, findings);
    injects(subject, findings);
    phases(subject, findings);
    sources(subject, findings);
}

fn report(subject: &Subject, findings: &mut Findings, id: &Placed<String>, what: &str, hint: &str) {
    if !subject.is_shaky(&id.value) {
        let headline = format!("{what} `{}` is defined and never used", id.value);
        findings.push(Finding::warning(NAME, id.place, headline).hint(hint));
    }
}

/// A value that is written but not read is another rule's.
fn values(subject: &Subject, findings: &mut Findings) {
    for value in &subject.scenario.values {
        let id = &value.id;
        if !subject.is_read(&id.value) && !subject.written.contains_key(id.value.as_str()) {
            let hint = "Read it in a condition, show it on the board, or remove it.";
            report(subject, findings, id, "value", hint);
        }
    }
}

/// A role is used if anything is addressed to it, or to everybody.
fn roles(subject: &Subject, findings: &mut Findings) {
    let mut addressed: BTreeSet<&str> = BTreeSet::new();
    let mut lists: Vec<&[Placed<String>]> = Vec::new();
    let scenario = subject.scenario;
    lists.extend(scenario.actions.iter().map(|action| &action.to[..]));
    for inject in scenario.phases.iter().flat_map(|phase| &phase.injects) {
        lists.extend(inject.message.iter().map(|message| &message.to[..]));
        let to_all = inject.message.is_none();
        let decision = inject.asks.iter().map(|decision| &decision.to[..]);
        lists.extend(decision.filter(|to| to_all || !to.is_empty()));
    }
    if lists.is_empty() || lists.iter().any(|list| list.is_empty()) {
        return;
    }
    addressed.extend(
        lists
            .iter()
            .flat_map(|list| list.iter())
            .map(|name| name.value.as_str()),
    );
    let consents = subject
        .walk
        .courses
        .iter()
        .filter_map(|course| course.consent.as_ref());
    addressed.extend(consents.map(|consent| consent.of.value.as_str()));
    for role in &scenario.roles {
        if !addressed.contains(role.id.value.as_str()) {
            let hint = "Nothing is addressed to it: name it in a `to`, or remove it.";
            report(subject, findings, &role.id, "role", hint);
        }
    }
}

fn injects(subject: &Subject, findings: &mut Findings) {
    let brought = subject
        .walk
        .blocks
        .iter()
        .flat_map(|guarded| &guarded.block.injects);
    let brought: BTreeSet<&str> = brought.map(|name| name.value.as_str()).collect();
    for inject in subject
        .scenario
        .phases
        .iter()
        .flat_map(|phase| &phase.injects)
    {
        let by_itself = inject.trigger.at.is_some() || inject.trigger.when.is_some();
        if !by_itself && !brought.contains(inject.id.value.as_str()) {
            let hint = "Say `at` or `when` it comes, or bring it by a block with `inject`.";
            let what = if inject.message.is_some() {
                "inject"
            } else {
                "decision"
            };
            report(subject, findings, &inject.id, what, hint);
        }
    }
}

fn phases(subject: &Subject, findings: &mut Findings) {
    let ends = subject.scenario.phases.iter().flat_map(|phase| &phase.ends);
    let mut reached: BTreeSet<&str> = ends.map(|end| end.to.value.as_str()).collect();
    reached.extend(
        subject
            .scenario
            .cuts
            .iter()
            .map(|cut| cut.from.value.as_str()),
    );
    for phase in subject.scenario.phases.iter().skip(1) {
        if !reached.contains(phase.id.value.as_str()) {
            let hint = "No phase leads to it: name it in the `ends` of an earlier one.";
            report(subject, findings, &phase.id, "phase", hint);
        }
    }
}

fn sources(subject: &Subject, findings: &mut Findings) {
    let record = &subject.scenario.record;
    let cited = record.entries.iter().flat_map(|entry| &entry.source);
    let cited: BTreeSet<&str> = cited.map(|code| code.value.as_str()).collect();
    // A source that was probably meant by a misspelt code is used.
    let known: Vec<&str> = record
        .sources
        .iter()
        .map(|(code, _)| code.value.as_str())
        .collect();
    let unknown = cited.iter().filter(|code| !known.contains(code));
    let uncited = |code: &&str| !cited.contains(*code);
    let meant: BTreeSet<&str> = unknown
        .take(super::SUGGESTED_MAX)
        .filter_map(|code| crate::words::did_you_mean(code, known.iter().copied().filter(uncited)))
        .collect();
    for (code, _) in &record.sources {
        if !cited.contains(code.value.as_str()) && !meant.contains(code.value.as_str()) {
            let hint = "Name it in the `source` of an entry, or remove it.";
            report(subject, findings, code, "source", hint);
        }
    }
}
