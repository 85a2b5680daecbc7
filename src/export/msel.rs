//! The master scenario events list: what comes, when, from whom, and what a good team does about it.

mod order;

use crate::program::Program;
use crate::scenario::{Action, Decision, Inject, Scenario, Text};
use crate::words;

use super::table::{Book, Table};
use super::{phrase, walk};
use order::MselRow;
pub(super) use order::rows;

/// How much of a text a cell holds, in characters.
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

/// A row for each inject and each question, phase by phase, in the order in which they would come, without injects that
/// nobody sees.
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
    let rows = order::rows(program);
    let seen = rows.iter().filter(|row| !is_unseen(row.inject));
    for (row, number) in seen.zip(1..) {
        table.push(&cells(program, row, number));
    }
    table
}

/// Whether nobody sees an inject: it has no message and no question.
pub(super) fn is_unseen(inject: &Inject) -> bool {
    inject.message.is_none() && inject.asks.is_none()
}

fn cells(program: &Program, row: &MselRow, number: usize) -> Vec<String> {
    let scenario = &*program.script.scenario;
    let inject = row.inject;
    let message = inject.message.as_ref();
    let asks = inject.asks.as_ref();
    let question = || asks.map(|it| phrase::prose(&it.question.text.value));
    let title = message.map(|it| it.title.value.clone());
    let to = message.map(|it| &it.to).or(asks.map(|it| &it.to));
    let expect = message.and_then(|it| it.expect.as_ref());
    vec![
        scenario.phases[row.phase].title.value.clone(),
        number.to_string(),
        time(program, row),
        title.or_else(question).unwrap_or_default(),
        message.map(|it| it.by.value.clone()).unwrap_or_default(),
        to.map(|ids| phrase::roles(scenario, ids))
            .unwrap_or_default(),
        message.map_or("question".to_owned(), |it| it.via.value.clone()),
        message.map(|it| beginning(&it.text)).unwrap_or_default(),
        expect
            .map(|it| phrase::prose(&it.value))
            .unwrap_or_default(),
        asks.map(|it| decision(program, message.is_some(), it))
            .unwrap_or_default(),
        walk::scored_objectives(scenario, walk::inject_blocks(inject)).join("\n"),
        phrase::marks(&scenario.record, walk::marks_offered(inject)),
        inject.id.value.clone(),
    ]
}

/// The first lines of a text.
fn beginning(text: &Text) -> String {
    phrase::beginning(&phrase::prose(&text.text.value), TEXT_MAX)
}

/// When an inject comes: by itself, or with what brings it.
fn time(program: &Program, row: &MselRow) -> String {
    let own = phrase::trigger(program, row.phase, &row.inject.trigger);
    let routes = row.routes.iter().map(|(by, how)| match how.as_str() {
        "" => format!("brought by “{by}”"),
        how => format!("brought by “{by}” ({how})"),
    });
    let own = (!own.is_empty()).then_some(own);
    let mut ways: Vec<String> = own.into_iter().chain(routes).collect();
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
    let mut options = asks.options.iter();
    let default = options.find(|it| it.id.value == asks.default.value);
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
    let phases = action.phases.iter();
    let phases: Vec<&str> = phases
        .map(|id| phrase::phase(scenario, &id.value))
        .collect();
    let uses = course.uses.iter();
    let uses: Vec<String> = uses
        .map(|(value, count)| format!("{} {}", words::number(count.value), value.value))
        .collect();
    let needs = course.needs.as_ref().map(|it| it.value.clone());
    let takes = course.takes.as_ref().map(|it| words::duration(it.value));
    let consent = course.consent.as_ref().map(|consent| {
        let role = phrase::role(scenario, &consent.of.value);
        format!("{role}: {}", phrase::prose(&consent.question.text.value))
    });
    let repeats = action.repeats.as_ref().map_or(1, |it| it.value);
    let feedback = course.feedback.as_ref().map(beginning);
    vec![
        course.label.value.clone(),
        phrase::roles(scenario, &action.to),
        if phases.is_empty() {
            "All".to_owned()
        } else {
            phases.join(", ")
        },
        needs.unwrap_or_default(),
        uses.join(", "),
        takes.unwrap_or_default(),
        consent.unwrap_or_default(),
        words::count(repeats, "time", "times"),
        feedback.unwrap_or_default(),
        walk::scored_objectives(scenario, walk::course_blocks(course)).join("\n"),
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
        let brief = brief.map(|it| phrase::prose(&it.text.value));
        table.push(&[
            "Role".to_owned(),
            role.title.value.clone(),
            brief.unwrap_or_default(),
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

/// A row for each inject that nobody sees: what happens behind the scenes, for the facilitator.
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
    for row in order::rows(program) {
        let block = &row.inject.block;
        if !is_unseen(row.inject) {
            continue;
        }
        let mut happens: Vec<String> = Vec::new();
        walk::each_block([block], &mut |block, steps| {
            let effects = block.effects.iter().map(|it| it.value.clone());
            let injects = block.injects.iter();
            let brings = injects.map(|it| format!("brings {}", it.value));
            let what: Vec<String> = effects.chain(brings).collect();
            if !what.is_empty() {
                let steps = steps.iter().map(|step| format!("{step}: "));
                happens.push(steps.collect::<String>() + &what.join(", "));
            }
        });
        table.push(&[
            scenario.phases[row.phase].title.value.clone(),
            time(program, &row),
            happens.join("\n"),
            walk::scored_objectives(scenario, [block]).join("\n"),
            row.inject.id.value.clone(),
        ]);
    }
    table
}
