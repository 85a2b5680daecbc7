//! The master scenario events list: what comes, when, from whom, and what a good team does then.

mod order;

use crate::program::Program;
use crate::scenario::{Action, Decision, Inject, Scenario};
use crate::words;

use super::table::{Book, Table};
use super::{phrase, walk};
use order::MselRow;
pub(super) use order::places;

/// So much of a text stands in a cell, in characters: its first lines.
const TEXT_MAX: usize = 400;

/// Four tables: the list, the standing actions, roles and objectives, and the injects that nobody sees.
#[must_use]
pub fn book(program: &Program) -> Book {
    let scenario = &*program.script.scenario;
    Book {
        title: scenario.title.value.clone(),
        tables: vec![
            injects(program),
            actions(scenario),
            people(scenario),
            unseen(program),
        ],
    }
}

/// A row for each inject and each question of a moment, phase by phase, in the order in which they would come. Injects
/// that nobody sees are not among them.
#[must_use]
pub fn injects(program: &Program) -> Table {
    let mut table = Table::new(
        "MSEL",
        &[
            ("Phase", 13),
            ("Number", 8),
            ("Time", 20),
            ("Inject", 20),
            ("From", 15),
            ("To", 16),
            ("Channel", 9),
            ("Text", 44),
            ("Expected action", 24),
            ("Expected decision", 38),
            ("Objective", 16),
            ("Source", 40),
            ("Id", 14),
        ],
    );
    let places = order::places(program);
    let seen = places.iter().filter(|place| !is_unseen(place.inject));
    for (place, number) in seen.zip(1..) {
        table.push(&row(program, place, number));
    }
    table
}

/// Whether an inject is part of the machinery: no message, no question.
pub(super) fn is_unseen(inject: &Inject) -> bool {
    inject.message.is_none() && inject.asks.is_none()
}

fn row(program: &Program, place: &MselRow, number: usize) -> Vec<String> {
    let scenario = &*program.script.scenario;
    let inject = place.inject;
    let message = inject.message.as_ref();
    let asks = inject.asks.as_ref();
    let said = |text: &str| phrase::beginning(&phrase::prose(text), TEXT_MAX);
    let asked = |of: fn(&Decision) -> String| asks.map(of).unwrap_or_default();
    let to = message.map(|it| &it.to).or(asks.map(|it| &it.to));
    vec![
        scenario.phases[place.phase].title.value.clone(),
        number.to_string(),
        time(program, place),
        message.map_or_else(
            || asked(|it| phrase::prose(&it.question.text.value)),
            |it| it.title.value.clone(),
        ),
        message.map(|it| it.by.value.clone()).unwrap_or_default(),
        to.map(|ids| phrase::roles(scenario, ids))
            .unwrap_or_default(),
        message.map_or("question".to_owned(), |it| it.via.value.clone()),
        message
            .map(|it| said(&it.text.text.value))
            .unwrap_or_default(),
        message
            .and_then(|it| it.expect.as_ref())
            .map(|it| phrase::prose(&it.value))
            .unwrap_or_default(),
        asks.map(|it| decision(program, message.is_some(), it))
            .unwrap_or_default(),
        walk::scored(scenario, walk::of_inject(inject)).join("\n"),
        phrase::marks(&scenario.record, walk::marks_offered(inject)),
        inject.id.value.clone(),
    ]
}

/// When it comes: by itself, or by whatever brings it.
fn time(program: &Program, place: &MselRow) -> String {
    let own = phrase::trigger(program, place.phase, &place.inject.trigger);
    let brought = place.brought.iter();
    let mut ways: Vec<String> = brought
        .map(|(by, how)| {
            let steps = if how.is_empty() {
                String::new()
            } else {
                format!(" ({how})")
            };
            format!("brought by “{by}”{steps}")
        })
        .collect();
    if !own.is_empty() {
        ways.insert(0, own);
    }
    ways.dedup();
    ways.join("; or ")
}

/// The question, its options, its deadline and its default.
fn decision(program: &Program, has_message: bool, asks: &Decision) -> String {
    let scenario = &*program.script.scenario;
    let mut lines = vec![phrase::prose(&asks.question.text.value)];
    for (option, number) in asks.options.iter().zip(1..) {
        let mut line = format!("{number}. {}", option.label.value);
        if option.id.value == asks.default.value {
            line += " (default)";
        }
        lines.push(line);
    }
    if has_message && !asks.to.is_empty() {
        lines.push(format!("Asked of: {}", phrase::roles(scenario, &asks.to)));
    }
    let deadline = phrase::deadline(program, asks.within.as_ref());
    let default = asks
        .options
        .iter()
        .find(|it| it.id.value == asks.default.value);
    let default = default.map_or(asks.default.value.as_str(), |it| it.label.value.as_str());
    lines.push(format!("Answer {deadline}; otherwise: {default}"));
    lines.join("\n")
}

/// A row for each standing action.
fn actions(scenario: &Scenario) -> Table {
    let mut table = Table::new(
        "Actions",
        &[
            ("Action", 26),
            ("Who", 20),
            ("Phases", 22),
            ("Only if", 26),
            ("Uses", 16),
            ("Takes", 10),
            ("Consent", 30),
            ("At most", 9),
            ("What the team reads", 44),
            ("Objective", 18),
            ("Source", 44),
            ("Id", 16),
        ],
    );
    for action in &scenario.actions {
        table.push(&action_row(scenario, action));
    }
    table
}

fn action_row(scenario: &Scenario, action: &Action) -> Vec<String> {
    let course = &action.course;
    let phases: Vec<&str> = action
        .phases
        .iter()
        .map(|id| phrase::phase(scenario, &id.value))
        .collect();
    let uses: Vec<String> = course
        .uses
        .iter()
        .map(|(value, count)| format!("{} {}", words::number(count.value), value.value))
        .collect();
    let consent = course.consent.as_ref().map(|consent| {
        format!(
            "{}: {}",
            phrase::role(scenario, &consent.of.value),
            phrase::prose(&consent.question.text.value)
        )
    });
    vec![
        course.label.value.clone(),
        phrase::roles(scenario, &action.to),
        if phases.is_empty() {
            "All".to_owned()
        } else {
            phases.join(", ")
        },
        course
            .needs
            .as_ref()
            .map(|it| it.value.clone())
            .unwrap_or_default(),
        uses.join(", "),
        course
            .takes
            .as_ref()
            .map(|it| words::duration(it.value))
            .unwrap_or_default(),
        consent.unwrap_or_default(),
        words::count(
            action.repeats.as_ref().map_or(1, |it| it.value),
            "time",
            "times",
        ),
        course
            .feedback
            .as_ref()
            .map(|it| phrase::beginning(&phrase::prose(&it.text.value), TEXT_MAX))
            .unwrap_or_default(),
        walk::scored(scenario, walk::of_course(course)).join("\n"),
        phrase::marks(&scenario.record, &course.marks),
        course.id.value.clone(),
    ]
}

/// A row for each role and each objective.
fn people(scenario: &Scenario) -> Table {
    let columns = [
        ("Kind", 12),
        ("Title", 30),
        ("What it is", 70),
        ("Frameworks", 40),
        ("Id", 16),
    ];
    let mut table = Table::new("Roles and objectives", &columns);
    for role in &scenario.roles {
        let brief = role.brief.as_ref();
        table.push(&[
            "Role".to_owned(),
            role.title.value.clone(),
            brief
                .map(|it| phrase::prose(&it.text.value))
                .unwrap_or_default(),
            String::new(),
            role.id.value.clone(),
        ]);
    }
    for objective in &scenario.objectives {
        let maps: Vec<&str> = objective.maps.iter().map(|it| it.value.as_str()).collect();
        let worth = words::count(objective.worth.value, "point", "points");
        table.push(&[
            "Objective".to_owned(),
            objective.title.value.clone(),
            format!("Worth {worth}"),
            maps.join(", "),
            objective.id.value.clone(),
        ]);
    }
    table
}

/// A row for each inject that nobody sees: what moves behind the scenes, for whoever runs the room.
fn unseen(program: &Program) -> Table {
    let scenario = &*program.script.scenario;
    let columns = [
        ("Phase", 18),
        ("Time", 44),
        ("What happens", 70),
        ("Objective", 24),
        ("Id", 24),
    ];
    let mut table = Table::new("Behind the scenes", &columns);
    for place in order::places(program) {
        let block = &place.inject.block;
        if !is_unseen(place.inject) {
            continue;
        }
        let mut happens: Vec<String> = Vec::new();
        walk::blocks([block], &mut |block, steps| {
            let effects = block.effects.iter().map(|it| it.value.clone());
            let brings = block
                .injects
                .iter()
                .map(|it| format!("brings {}", it.value));
            let what: Vec<String> = effects.chain(brings).collect();
            if !what.is_empty() {
                let steps = steps.iter().map(|step| format!("{step}: "));
                happens.push(steps.collect::<String>() + &what.join(", "));
            }
        });
        table.push(&[
            scenario.phases[place.phase].title.value.clone(),
            time(program, &place),
            happens.join("\n"),
            walk::scored(scenario, [block]).join("\n"),
            place.inject.id.value.clone(),
        ]);
    }
    table
}
