//! The results of an exploration, for programs: `docs/explore.md` describes the format. Nothing in it depends on the
//! number of threads.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::text::{course_name, kind_and_name};
use super::{Explored, Partial, Sampled};
use crate::finding::{Finding, Sources};
use crate::program::Program;
use crate::program::ids::CourseId;
use crate::search::sample::Sample;

/// The version of the format.
const VERSION: u32 = 1;

pub(super) fn write(explored: &Explored, output: &mut impl Write) -> io::Result<()> {
    let (program, exploration) = (explored.program, &explored.exploration);
    let scenario = &program.script.scenario;
    let phases = exploration.phases.iter().map(|phase| {
        let factors = phase.factors.iter().map(|factor| {
            let (kind, id) = kind_and_name(program, factor.thing);
            json!({"kind": kind, "id": id, "times": factor.times})
        });
        json!({
            "id": scenario.phases[phase.phase.index()].id.value,
            "entering": phase.entering,
            "states": phase.states,
            "steps": phase.steps,
            "factors": factors.collect::<Value>(),
        })
    });
    let objectives = scenario.objectives.iter().zip(&explored.objectives);
    let objectives = objectives.map(|(objective, best)| {
        json!({"id": objective.id.value, "worth": objective.worth.value, "best": best})
    });
    let endings = scenario.endings.iter().zip(&exploration.endings);
    let endings = endings.map(|(ending, states)| json!({"id": ending.id.value, "states": states}));
    let players = explored.players.iter();
    let players = players.map(|(name, mean)| json!({"player": name, "mean": mean}));
    let worth = exploration.worth.as_ref();
    // What was counted before a budget was reached depends on which thread came first.
    let whole = explored.is_whole();
    let findings = || findings(&explored.findings, &explored.sources);
    let body = json!({
        "whole": whole,
        "phases": whole.then(|| phases.collect::<Value>()),
        "endings": whole.then(|| endings.collect::<Value>()),
        "score": worth.map(|it| json!({"best": it.best, "worst": it.worst, "random": it.random})),
        "bounds": exploration.bounds.map(|it| json!({"least": it.least, "most": it.most})),
        "length": worth.map(|it| json!({
            "moves": [it.moves.0, it.moves.1], "endex_minutes": [it.endex.0, it.endex.1],
        })),
        "objectives": objectives.collect::<Value>(),
        "players": players.collect::<Value>(),
        "random_plays": distribution(&explored.sample),
        "findings": explored.partial().is_none().then(findings),
    });
    finish(program, "exploration", explored.partial(), body, output)
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
    let count = |id: &str, plays: &u64| json!({"id": id, "plays": plays});
    let injects = program.script.injects.iter().zip(&sample.injects);
    let courses = (0..program.courses.len()).map(CourseId::at);
    let courses = courses.zip(&sample.courses);
    let endings = program.script.scenario.endings.iter().zip(&sample.endings);
    let rules = sample.rules.iter().enumerate().map(|(rule, breaks)| {
        json!({
            "id": sampled.rule(rule),
            "broken": breaks.plays,
            "first": breaks.first,
            "play": sampled.play(rule),
        })
    });
    let first = sampled.first_broken();
    let body = json!({
        "seed": sampled.seed,
        "random_plays": distribution(sample),
        "injects": injects.map(|(it, plays)| count(&it.id, plays)).collect::<Value>(),
        "courses": courses
            .map(|(id, plays)| count(&course_name(program, id), plays))
            .collect::<Value>(),
        "endings": endings.map(|(it, plays)| count(&it.id.value, plays)).collect::<Value>(),
        "rules": rules.collect::<Value>(),
        "first_broken": first.map(|(number, rule, _)| json!({"exercise": number, "rule": rule})),
        "findings": findings(&sampled.proved.findings, &sampled.proved.sources),
    });
    finish(program, "random plays", sampled.partial(), body, output)
}

fn distribution(sample: &Sample) -> Value {
    let scores = sample.scores.iter();
    json!({
        "plays": sample.plays,
        "mean": sample.mean(),
        "within_99": sample.within(),
        "scores": scores.map(|(score, plays)| json!([score, plays])).collect::<Value>(),
    })
}

/// Writes a result with what stands at the head of each.
fn finish(
    program: &Program,
    what: &str,
    partial: Option<Partial>,
    body: Value,
    output: &mut impl Write,
) -> io::Result<()> {
    let script = &program.script;
    let head = json!({
        "version": VERSION,
        "what": what,
        "scenario": script.scenario.id.value,
        "variant": script.variant,
        "cut": script.cut.map(|cut| &script.scenario.cuts[cut].id.value),
        "partial": partial.map(|partial| match partial {
            Partial::Budget => "budget",
            Partial::Stopped => "stopped",
        }),
    });
    let parts = [head, body].into_iter().filter_map(|part| match part {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    let all: Map<String, Value> = parts.flatten().collect();
    serde_json::to_writer_pretty(&mut *output, &all)?;
    writeln!(output)
}
