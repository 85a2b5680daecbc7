//! The results of an exploration, for people.

use std::io::{self, Write};

use super::{Explored, Partial, Sampled};
use crate::engine::look::stamp;
use crate::finding::{Finding, Sources};
use crate::program::ids::{CourseId, DecisionId};
use crate::program::{Cause, Program};
use crate::search::multiplies::Thing;
use crate::search::sample::Sample;
use crate::words::{self, number};

/// The most factors that are named for each phase.
const FACTORS_MAX: usize = 6;

/// Columns of a bar of the distribution.
const BAR: usize = 40;

/// The width of folded text.
const COLUMNS: usize = 79;

/// The most rows of the distribution.
const ROWS_MAX: usize = 16;

pub(super) fn write(explored: &Explored, output: &mut impl Write) -> io::Result<()> {
    if let Some(partial) = explored.partial() {
        let states_max = words::count(explored.budget.states_max as i64, "state", "states");
        let why = match partial {
            Partial::Stopped => "the search was stopped".to_owned(),
            Partial::Budget => format!(
                "there are more than {states_max}, which is the budget (`--memory`, `--states-max`)"
            ),
        };
        let left = if explored.is_whole() {
            "Every state was seen, but random exercises, players, objectives or findings may be missing."
        } else {
            "Counts marked with ≥ are lower bounds, and a 0 proves nothing."
        };
        let said = format!("Partial: {why}. {left}");
        write_folded(&said, output)?;
        writeln!(output)?;
    }
    write_phases(explored, output)?;
    write_factors(explored, output)?;
    writeln!(output, "\n{:30} {:>12}", "ending", "final states")?;
    let endings = explored.program.script.scenario.endings.iter();
    for (ending, states) in endings.zip(&explored.exploration.endings) {
        let states = count(explored, *states as u64);
        writeln!(output, "{:30} {states:>12}", ending.id.value)?;
    }
    write_worth(explored, output)?;
    write_distribution(&explored.sample, "\n", output)?;
    let explains = "`sandtable check --prove` explains them";
    write_findings(explains, &explored.findings, &explored.sources, output)?;
    let script = &explored.program.script;
    if script.variant.is_some() || script.cut.is_some() {
        let said = "Findings are reported only without `--variant` and `--cut`.";
        writeln!(output, "\n{said}")?;
    }
    Ok(())
}

fn write_folded(said: &str, output: &mut impl Write) -> io::Result<()> {
    let mut lines = words::folded(said, COLUMNS).into_iter();
    lines.try_for_each(|line| writeln!(output, "{line}"))
}

/// A count, marked if there may be more.
fn count(explored: &Explored, count: u64) -> String {
    let more = if explored.is_whole() { "" } else { "≥ " };
    format!("{more}{}", number(count as i64))
}

fn write_phases(explored: &Explored, output: &mut impl Write) -> io::Result<()> {
    let (program, exploration) = (explored.program, &explored.exploration);
    writeln!(
        output,
        "{:16} {:>12} {:>15} {:>15}",
        "phase", "entering", "states", "steps"
    )?;
    let mut row = |name: &str, entering: &str, states: u64, steps: u64| {
        let (states, steps) = (count(explored, states), count(explored, steps));
        writeln!(output, "{name:16} {entering:>12} {states:>15} {steps:>15}")
    };
    let (mut states, mut steps) = (0, 0);
    for phase in &exploration.phases {
        let id = &program.script.scenario.phases[phase.phase.index()].id.value;
        let entering = count(explored, phase.entering as u64);
        row(id, &entering, phase.states as u64, phase.steps)?;
        states += phase.states as u64;
        steps += phase.steps;
    }
    row("all", "", states, steps)?;
    // With few states, most of the memory is spare room.
    if states >= 100_000 {
        let bytes = number((exploration.bytes as u64 / states) as i64);
        writeln!(output, "Each state takes {bytes} bytes.")?;
    }
    Ok(())
}

fn write_factors(explored: &Explored, output: &mut impl Write) -> io::Result<()> {
    let program = explored.program;
    let of_seen = if explored.is_whole() {
        ""
    } else {
        ", of those seen"
    };
    writeln!(output, "\nWhat multiplies the states of a phase{of_seen}")?;
    for phase in &explored.exploration.phases {
        let id = &program.script.scenario.phases[phase.phase.index()].id.value;
        let named = phase.factors.iter().filter(|it| it.times >= 1.05);
        let named = named.take(FACTORS_MAX);
        let named: Vec<String> = named
            .map(|factor| {
                format!(
                    "{} ×{:.1}",
                    kind_and_name(program, factor.thing).1,
                    factor.times
                )
            })
            .collect();
        let named = if named.is_empty() {
            "nothing".to_owned()
        } else {
            named.join(", ")
        };
        for (row, line) in words::folded(&named, COLUMNS - 17).iter().enumerate() {
            let label = if row == 0 { id.as_str() } else { "" };
            writeln!(output, "{label:16} {line}")?;
        }
    }
    Ok(())
}

fn write_findings(
    explains: &str,
    findings: &[Finding],
    sources: &Sources,
    output: &mut impl Write,
) -> io::Result<()> {
    if !findings.is_empty() {
        writeln!(output, "\nFindings ({explains})")?;
    }
    for finding in findings {
        writeln!(output, "{}", finding.short(sources).trim_end())?;
    }
    Ok(())
}

fn write_worth(explored: &Explored, output: &mut impl Write) -> io::Result<()> {
    let (program, exploration) = (explored.program, &explored.exploration);
    if let Some(bounds) = exploration.bounds {
        let said = format!(
            "Best play scores between {:.2} and {:.2}: these are bounds, {:.2} apart. The upper one counts every point beyond the budget, \
             whether or not one exercise can win them all.",
            bounds.least,
            bounds.most,
            bounds.most - bounds.least
        );
        writeln!(output)?;
        write_folded(&said, output)?;
    }
    if !explored.players.is_empty() {
        writeln!(output, "\n{:30} {:>12}", "player", "mean score")?;
    }
    for (name, mean) in &explored.players {
        writeln!(output, "{name:30} {mean:>12.2}")?;
    }
    let Some(worth) = exploration.worth else {
        return Ok(());
    };
    writeln!(
        output,
        "\n{:30} {:>12} {:>8}",
        "objective, under best play", "mean points", "worth"
    )?;
    let objectives = program.script.scenario.objectives.iter();
    for (objective, mean) in objectives.zip(&explored.objectives) {
        writeln!(
            output,
            "{:30} {mean:>12.2} {:>8}",
            objective.id.value, objective.worth.value
        )?;
    }
    let date = |minute: u32| {
        let stamp = stamp(program, i64::from(minute));
        format!("{} {}", stamp.date, stamp.time)
    };
    let moves = |moves: u16| words::count(i64::from(moves), "move", "moves");
    let takes = match worth.moves {
        (least, most) if least == most => moves(most),
        (least, most) => format!("{least} to {}", moves(most)),
    };
    let ends = match worth.endex {
        (first, last) if first == last => format!("on {}", date(last)),
        (first, last) => format!("between {} and {}", date(first), date(last)),
    };
    writeln!(output, "\nAn exercise takes {takes}, and ends {ends}.")
}

/// The distribution of scores in random exercises, if there were any. `apart` is written before it.
fn write_distribution(sample: &Sample, apart: &str, output: &mut impl Write) -> io::Result<()> {
    let (Some((least, _)), Some((most, _))) = (
        sample.scores.first_key_value(),
        sample.scores.last_key_value(),
    ) else {
        return Ok(());
    };
    writeln!(
        output,
        "{apart}{}: mean {:.2} ± {:.2} (99 %), half score {} or less",
        words::count(sample.plays as i64, "random exercise", "random exercises"),
        sample.mean(),
        sample.within(),
        number(sample.percentile(50).unwrap_or(0))
    )?;
    let span = (most - least + 1).max(1);
    let step = (span + ROWS_MAX as i64 - 1) / ROWS_MAX as i64;
    let rows: Vec<(i64, u64)> = (0..ROWS_MAX as i64)
        .map(|row| least + row * step)
        .take_while(|from| from <= most)
        .map(|from| {
            (
                from,
                sample.scores.range(from..from + step).map(|it| it.1).sum(),
            )
        })
        .collect();
    let highest = rows.iter().map(|it| it.1).max().unwrap_or(1).max(1);
    for (from, count) in rows {
        let label = if step == 1 {
            from.to_string()
        } else {
            format!("{from} to {}", from + step - 1)
        };
        let bar = "#".repeat((count as usize * BAR).div_ceil(highest as usize));
        let share = count as f64 * 100.0 / sample.plays.max(1) as f64;
        writeln!(output, "{label:>12} {share:>6.2} %  {bar}")?;
    }
    Ok(())
}

/// How many random exercises each thing came in, and which rules they break.
pub(super) fn write_sampled(sampled: &Sampled, output: &mut impl Write) -> io::Result<()> {
    let (program, sample) = (sampled.program, &sampled.sample);
    if sampled.partial().is_some() {
        writeln!(
            output,
            "Stopped: {} of {} were played.\n",
            number(sample.plays as i64),
            number(sampled.wanted as i64)
        )?;
    }
    write_distribution(sample, "", output)?;
    let share = |count: u64| count as f64 * 100.0 / sample.plays.max(1) as f64;
    let mut table = |title: &str, rows: Vec<(String, u64)>| -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(output, "\n{title:48} {:>10} {:>9}", "exercises", "share")?;
        for (name, count) in rows {
            let never = if count == 0 { "  never" } else { "" };
            writeln!(
                output,
                "{name:48} {:>10} {:>7.2} %{never}",
                number(count as i64),
                share(count)
            )?;
        }
        Ok(())
    };
    let injects = program.script.injects.iter().zip(&sample.injects);
    let courses = (0..program.courses.len()).map(CourseId::at);
    let courses = courses.zip(&sample.courses);
    let endings = program.script.scenario.endings.iter().zip(&sample.endings);
    table(
        "inject",
        injects.map(|(it, count)| (it.id.clone(), *count)).collect(),
    )?;
    table(
        "option or action",
        courses
            .map(|(id, count)| (course_name(program, id), *count))
            .collect(),
    )?;
    table(
        "ending",
        endings
            .map(|(it, count)| (it.id.value.clone(), *count))
            .collect(),
    )?;
    let rules = sample.rules.iter().enumerate();
    table(
        "rule, broken in",
        rules
            .map(|(rule, breaks)| (sampled.rule(rule).to_owned(), breaks.plays))
            .collect(),
    )?;
    let proved = &sampled.proved;
    let explains = "from a sample; `sandtable explain` describes each rule";
    write_findings(explains, &proved.findings, &proved.sources, output)?;
    let Some((number, rule, play)) = sampled.first_broken() else {
        return Ok(());
    };
    let number = number as i64;
    write!(
        output,
        "\nExercise {} is the first that breaks a rule: `{rule}`.",
        words::number(number)
    )?;
    match play.filter(|_| !sampled.written) {
        Some(play) => write!(
            output,
            " Up to that point, as a play (`--plays-to DIR` writes it to a file):\n\n{play}"
        ),
        None => writeln!(output),
    }
}

/// The name of an option or an action as plays write it.
pub(super) fn course_name(program: &Program, id: CourseId) -> String {
    use crate::program::Owner;
    let own = &program.script.course(id).id;
    match program.courses[id.index()].owner {
        Owner::Option(decision, _) | Owner::Answer(decision, _) => {
            format!("{} {own}", decision_name(program, decision))
        }
        Owner::Action(_) => own.clone(),
    }
}

fn decision_name(program: &Program, id: DecisionId) -> &str {
    &program.script.decision(id).id
}

/// The kind and the name of something that a state remembers.
pub(super) fn kind_and_name(program: &Program, thing: Thing) -> (&'static str, String) {
    match thing {
        Thing::Value(id) => ("value", program.script.values[id.index()].id.clone()),
        Thing::Decision(id) => ("decision", decision_name(program, id).to_owned()),
        Thing::Action(id) => {
            let course = program.actions[id.index()].course;
            ("action", program.script.course(course).id.clone())
        }
        Thing::Later(Cause::Phase(id)) => (
            "later",
            format!(
                "later of {}",
                program.script.scenario.phases[id.index()].id.value
            ),
        ),
        Thing::Later(Cause::Inject(id)) => (
            "later",
            format!("later of {}", program.script.injects[id.index()].id),
        ),
        Thing::Later(Cause::Course(id)) => {
            ("later", format!("later of {}", course_name(program, id)))
        }
        Thing::Later(Cause::Endex) => ("later", "later of endex".to_owned()),
        Thing::Inject(id) => ("inject", program.script.injects[id.index()].id.clone()),
        Thing::Clock => ("clock", "the minute".to_owned()),
    }
}
