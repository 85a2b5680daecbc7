//! Something that is defined and never used.

use std::collections::BTreeSet;

use super::parts;
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;
use crate::words;

pub(super) const NAME: &str = "unused-name";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    values(subject, findings);
    roles(subject, findings);
    injects(subject, findings);
    phases(subject, findings);
    sources(subject, findings);
}

fn report(subject: &Subject, findings: &mut Findings, id: &Placed<String>, what: &str, hint: &str) {
    if !subject.is_doubtful(&id.value) {
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
    let scenario = subject.scenario;
    let mut lists: Vec<&[Placed<String>]> = Vec::new();
    lists.extend(scenario.actions.iter().map(|action| &action.to[..]));
    for inject in parts::injects(scenario) {
        lists.extend(inject.message.iter().map(|message| &message.to[..]));
        let to_all = inject.message.is_none();
        let decision = inject.asks.iter().map(|decision| &decision.to[..]);
        lists.extend(decision.filter(|to| to_all || !to.is_empty()));
    }
    if lists.is_empty() || lists.iter().any(|list| list.is_empty()) {
        return;
    }
    let consents = subject.parts.courses.iter().flat_map(|it| &it.consent);
    let roles = lists.into_iter().flatten();
    let roles = roles.chain(consents.map(|consent| &consent.of));
    let addressed: BTreeSet<&str> = roles.map(|role| role.value.as_str()).collect();
    for role in &scenario.roles {
        if !addressed.contains(role.id.value.as_str()) {
            let hint = "Nothing is addressed to it: name it in a `to`, or remove it.";
            report(subject, findings, &role.id, "role", hint);
        }
    }
}

fn injects(subject: &Subject, findings: &mut Findings) {
    let blocks = subject.parts.blocks.iter();
    let led_to = blocks.flat_map(|guarded| &guarded.block.injects);
    let led_to: BTreeSet<&str> = led_to.map(|name| name.value.as_str()).collect();
    for inject in parts::injects(subject.scenario) {
        let by_itself = inject.trigger.at.is_some() || inject.trigger.when.is_some();
        if !by_itself && !led_to.contains(inject.id.value.as_str()) {
            let hint = "Say `at` or `when` it comes, or let a block bring it with `inject`.";
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
    let cuts = subject.scenario.cuts.iter();
    reached.extend(cuts.map(|cut| cut.from.value.as_str()));
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
    let sources = record.sources.iter();
    let known: BTreeSet<&str> = sources.map(|(code, _)| code.value.as_str()).collect();
    // A source that a misspelt code probably means is used.
    let unknown = cited.difference(&known).take(super::SUGGESTED_MAX);
    let meant: BTreeSet<&str> = unknown
        .filter_map(|code| words::did_you_mean(code, known.difference(&cited).copied()))
        .collect();
    for (code, _) in &record.sources {
        if !cited.contains(code.value.as_str()) && !meant.contains(code.value.as_str()) {
            let hint = "Name it in the `source` of an entry, or remove it.";
            report(subject, findings, code, "source", hint);
        }
    }
}
