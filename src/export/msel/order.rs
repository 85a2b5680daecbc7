//! The order in which injects would come.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::walk::{self, InjectLead};
use crate::program::Program;
use crate::scenario::{Inject, Scenario, TimePoint};

/// An inject in the list.
#[derive(Debug)]
pub struct MselRow<'s> {
    /// The position of its phase.
    pub phase: usize,
    pub inject: &'s Inject,
    /// What brings it, by title, and the steps to it.
    pub routes: Vec<Route<'s>>,
}

/// Phase by phase: injects by time, then those by condition in source order, each followed by those of its phase that it
/// brings; last those that something else brings. A time that counts from the beginning of a phase assumes that the phase
/// begins as early as its dates allow.
pub fn rows(program: &Program) -> Vec<MselRow<'_>> {
    let scenario = &*program.script.scenario;
    let begins = earliest_beginnings(program);
    let routes = routes(scenario);
    let mut rows = Vec::new();
    for (phase, begin) in begins.into_iter().enumerate() {
        let injects = &scenario.phases[phase].injects;
        let minute = |inject: &Inject| match inject.trigger.at.as_ref().map(|at| at.value) {
            Some(TimePoint::After(minutes)) => Some(begin.saturating_add(minutes)),
            Some(TimePoint::On(date)) => Some(program.calendar.minutes(date)?.max(begin)),
            None => None,
        };
        let is_brought =
            |inject: &Inject| inject.trigger.at.is_none() && inject.trigger.when.is_none();
        let mut first: Vec<usize> = (0..injects.len())
            .filter(|at| !is_brought(&injects[*at]))
            .collect();
        // Stable: what comes at one moment stays in source order.
        first.sort_by_key(|at| minute(&injects[*at]).unwrap_or(i64::MAX));
        let mut taken = vec![false; injects.len()];
        let mut listed = Vec::new();
        let positions = injects.iter().zip(0..).filter(|(it, _)| is_brought(it));
        let positions = positions.map(|(it, at)| (it.id.value.as_str(), at));
        let positions = positions.collect();
        let followers = followers(injects, &positions);
        let led: BTreeSet<usize> = followers.iter().flatten().copied().collect();
        // Then those that no inject of the phase brings, and the rest: injects that only bring one another.
        let outside = (0..injects.len()).filter(|at| !led.contains(at));
        for at in first.into_iter().chain(outside).chain(0..injects.len()) {
            follow(&followers, at, &mut taken, &mut listed);
        }
        rows.extend(listed.into_iter().map(|at| {
            let inject = &injects[at];
            let routes = routes.get(inject.id.value.as_str()).cloned();
            MselRow {
                phase,
                inject,
                routes: routes.unwrap_or_default(),
            }
        }));
    }
    rows
}

/// For each inject those that it, or an answer to it, brings.
fn followers(injects: &[Inject], positions: &BTreeMap<&str, usize>) -> Vec<Vec<usize>> {
    let followers = |inject| {
        let leads = walk::leads(walk::inject_blocks(inject));
        let found = leads.iter().filter_map(|lead| positions.get(lead.inject));
        found.copied().collect()
    };
    injects.iter().map(followers).collect()
}

/// Lists an inject, and after it those that it brings.
fn follow(followers: &[Vec<usize>], from: usize, taken: &mut [bool], listed: &mut Vec<usize>) {
    // A stack of its own: a chain of injects may be as long as a file allows.
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if !std::mem::replace(&mut taken[at], true) {
            listed.push(at);
            next.extend(followers[at].iter().rev());
        }
    }
}

/// For each phase the earliest minute at which a dated end leads to it.
fn earliest_beginnings(program: &Program) -> Vec<i64> {
    let phases = &program.script.scenario.phases;
    let mut begins: Vec<i64> = Vec::with_capacity(phases.len());
    for (index, phase) in phases.iter().enumerate() {
        let before = begins.iter().zip(phases);
        let dated = before.flat_map(|(begin, earlier)| {
            let ends = earlier.ends.iter();
            let leading = ends.filter(|end| end.to.value == phase.id.value);
            leading.filter_map(|end| match end.at.as_ref()?.value {
                TimePoint::After(minutes) => Some(begin.saturating_add(minutes)),
                TimePoint::On(date) => program.calendar.minutes(date),
            })
        });
        let fallback = begins.last().copied().unwrap_or(program.starts);
        let begin = dated.min().unwrap_or(fallback);
        begins.push(if index == 0 { program.starts } else { begin });
    }
    begins
}

/// A title, and the steps from there.
type Route<'s> = (&'s str, String);

/// What brings injects, by their ids: phases that begin, other injects, options and actions.
fn routes<'s>(scenario: &'s Scenario) -> BTreeMap<&'s str, Vec<Route<'s>>> {
    let mut found: BTreeMap<&str, Vec<Route>> = BTreeMap::new();
    let mut take = |title: &'s str, leads: Vec<InjectLead<'s>>| {
        for lead in leads {
            let ways = found.entry(lead.inject).or_default();
            let way = (title, lead.how);
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
    };
    for phase in &scenario.phases {
        take(&phase.title.value, walk::leads(&phase.begins));
        for inject in &phase.injects {
            let title = inject.message.as_ref().map(|it| &it.title.value);
            take(
                title.unwrap_or(&inject.id.value),
                walk::leads([&inject.block]),
            );
            for option in inject.asks.iter().flat_map(|asks| &asks.options) {
                take(
                    &option.label.value,
                    walk::leads(walk::course_blocks(option)),
                );
            }
        }
    }
    for action in &scenario.actions {
        let course = &action.course;
        take(
            &course.label.value,
            walk::leads(walk::course_blocks(course)),
        );
    }
    found
}
