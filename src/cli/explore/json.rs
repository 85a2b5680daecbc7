//! What was explored, for programs: docs/explore.md describes it. Nothing in it depends on how many threads there were.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::text::{course_name, thing};
use super::{Explored, Partial, Sampled};
use crate::finding::{Finding, Sources};
use crate::program::Program;
use crate::program::ids::CourseId;
use crate::search::sample::Sample;

/// The version of the form.
const VERSION: u32 = 1;

pub(super) fn write(explored: &Explored, output: &mut impl Write) -> io::Result<()> {
    let (program, exploration) = (explored.program, &explored.exploration);
    let whole = explored.is_whole();
    let phases: Vec<Value> = exploration
        .phases
        .iter()
        .map(|phase| {
            let factors = phase.factors.iter().map(|factor| {
                let (kind, id) = thing(program, factor.thing);
                json!({"kind": kind, "id": id, "times": factor.times})
            });
            json!({
                "id": program.script.scenario.phases[phase.phase.index()].id.value,
                "entering": phase.entering,
                "states": phase.states,
                "steps": phase.steps,
                "factors": factors.collect::<Vec<_>>(),
            })
        })
        .collect();
    let objectives = program.script.scenario.objectives.iter();
    let objectives: Vec<Value> = objectives
        .zip(&explored.objectives)
        .map(|(objective, best)| {
            json!({"id": objective.id.value, "worth": objective.worth.value, "best": best})
        })
        .collect();
    let mut all = head(program, "exploration", explored.partial());
    all.insert("whole".into(), json!(whole));
    // What was counted before a budget was reached depends on who came first.
    all.insert(
        "phases".into(),
        if whole { json!(phases) } else { Value::Null },
    );
    let endings = program
        .script
        .scenario
        .endings
        .iter()
        .zip(&exploration.endings);
    let endings: Vec<Value> = endings
        .map(|(ending, states)| json!({"id": ending.id.value, "states": states}))
        .collect();
    all.insert(
        "endings".into(),
        if whole { json!(endings) } else { Value::Null },
    );
    all.insert(
        "score".into(),
        json!(exploration.worth.map(|worth| json!({
            "best": worth.best, "worst": worth.worst, "random": worth.random,
        }))),
    );
    all.insert(
        "bounds".into(),
        json!(exploration.bounds.map(|bounds| json!({
            "least": bounds.least, "most": bounds.most,
        }))),
    );
    all.insert(
        "length".into(),
        json!(exploration.worth.map(|worth| json!({
            "moves": [worth.moves.0, worth.moves.1], "endex_minutes": [worth.endex.0, worth.endex.1],
        }))),
    );
    all.insert("objectives".into(), json!(objectives));
    let players = explored.players.iter();
    let players: Vec<Value> = players
        .map(|(name, mean)| json!({"player": name, "mean": mean}))
        .collect();
    all.insert("players".into(), json!(players));
    all.insert("random_plays".into(), distribution(&explored.sample));
    let findings = findings(&explored.findings, &explored.sources);
    all.insert(
        "findings".into(),
        if explored.partial().is_none() {
            findings
        } else {
            Value::Null
        },
    );
    finish(&all, output)
}

fn findings(findings: &[Finding], sources: &Sources) -> Value {
    let findings = findings.iter().map(|finding| {
        let (line, column) = sources.line_and_column(finding.place);
        let file = sources.get(finding.place.file);
        json!({
            "rule": finding.rule,
            "severity": finding.severity.word(),
            "headline": finding.headline,
            "file": file.map(|it| &it.path),
            "line": line,
            "column": column,
        })
    });
    findings.collect()
}

pub(super) fn write_sampled(sampled: &Sampled, output: &mut impl Write) -> io::Result<()> {
    let (program, sample) = (sampled.program, &sampled.sample);
    let counts = |rows: Vec<(String, u64)>| -> Value {
        let rows = rows.into_iter();
        json!(
            rows.map(|(id, plays)| json!({"id": id, "plays": plays}))
                .collect::<Vec<_>>()
        )
    };
    let injects = program.script.injects.iter().zip(&sample.injects);
    let courses = (0..program.courses.len())
        .map(CourseId::at)
        .zip(&sample.courses);
    let endings = program.script.scenario.endings.iter().zip(&sample.endings);
    let mut all = head(program, "random plays", sampled.partial());
    all.insert("seed".into(), json!(sampled.seed));
    all.insert("random_plays".into(), distribution(sample));
    all.insert(
        "injects".into(),
        counts(injects.map(|(it, count)| (it.id.clone(), *count)).collect()),
    );
    all.insert(
        "courses".into(),
        counts(
            courses
                .map(|(id, count)| (course_name(program, id), *count))
                .collect(),
        ),
    );
    all.insert(
        "endings".into(),
        counts(
            endings
                .map(|(it, count)| (it.id.value.clone(), *count))
                .collect(),
        ),
    );
    let rules = sample.rules.iter().enumerate().map(|(rule, breaks)| {
        json!({
            "id": sampled.rule(rule),
            "broken": breaks.plays,
            "first": breaks.first,
            "play": sampled.play(rule),
        })
    });
    all.insert("rules".into(), rules.collect());
    let first = sampled.first_broken();
    all.insert(
        "first_broken".into(),
        json!(first.map(|(number, rule, _)| json!({"exercise": number, "rule": rule}))),
    );
    let proved = &sampled.proved;
    all.insert(
        "findings".into(),
        findings(&proved.findings, &proved.sources),
    );
    finish(&all, output)
}

fn head(program: &Program, what: &str, partial: Option<Partial>) -> Map<String, Value> {
    let script = &program.script;
    let cut = script.cut.map(|cut| &script.scenario.cuts[cut].id.value);
    let mut head = Map::new();
    head.insert("version".into(), json!(VERSION));
    head.insert("what".into(), json!(what));
    head.insert("scenario".into(), json!(script.scenario.id.value));
    head.insert("variant".into(), json!(script.variant));
    head.insert("cut".into(), json!(cut));
    let partial = partial.map(|partial| match partial {
        Partial::Budget => "budget",
        Partial::Stopped => "stopped",
    });
    head.insert("partial".into(), json!(partial));
    head
}

fn distribution(sample: &Sample) -> Value {
    let scores: Vec<Value> = sample
        .scores
        .iter()
        .map(|(score, plays)| json!([score, plays]))
        .collect();
    json!({
        "plays": sample.plays,
        "mean": sample.mean(),
        "within_99": sample.within(),
        "scores": scores,
    })
}

fn finish(all: &Map<String, Value>, output: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, all)?;
    writeln!(output)
}
