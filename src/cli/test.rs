//! `sandtable test`

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::accept;
use super::arguments::TestArgs;
use super::format::for_programs;
use super::{
    EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Format, Trouble, output, pass_over, reported,
    write_findings,
};
use crate::finding::{Checked, Finding, JunitCase, Severity, Sources, Suite, junit};
use crate::front::text::{head, width};
use crate::library::{self, LibraryError, PlayText, ScenarioFiles, ScenarioList};
use crate::play::{self, Accepted, Play, PlayOutcome};
use crate::program::Program;
use crate::scenario::read::{Folder, explain_odd_characters};
use crate::words;

/// The columns of the moments around a failure: 80 without their indentation.
const MOMENTS_COLUMNS: usize = 78;

/// The extra indentation of a folded line's rest.
const FURTHER: usize = 4;

/// Runs plays. Each is a test with a line of its own, followed by the expectations that failed.
pub fn test(chosen: &TestArgs) -> Result<u8, Trouble> {
    let mut output = output();
    let mut run = TestRun::default();
    let mut troubles = Vec::new();
    let mut skipped = Vec::new();
    for path in &chosen.paths {
        let list = library::scenarios(path).unwrap_or_else(|error| {
            troubles.push(reported(error));
            ScenarioList::default()
        });
        troubles.extend(list.troubles.into_iter().map(reported));
        skipped.extend(list.skipped);
        for name in list.names {
            match library::find(&name) {
                Ok(mut found) => {
                    troubles.extend(found.unread.drain(..).map(reported));
                    run.run(&found, chosen, library::is_on_disk(&name), &mut output)?;
                }
                Err(error @ LibraryError::NotYaml(_)) => skipped.push(error),
                Err(error) => troubles.push(reported(error)),
            }
        }
    }
    troubles.extend(pass_over(skipped, !run.scenarios.is_empty())?);
    let (all, failed) = run.counts();
    if all == 0 && troubles.is_empty() {
        return Err(Trouble::new(
            "there are no plays to run",
            "Plays are the files `plays/*.play` of a scenario.",
        ));
    }
    if chosen.format.is_text() && all > 0 {
        let plays = words::count(all, "play", "plays");
        writeln!(output, "{plays}, {failed} failed")?;
    }
    output.write_all(run.for_programs(&troubles, chosen.format).as_bytes())?;
    output.flush()?;
    Ok(match (troubles.is_empty(), failed) {
        (false, _) => EXIT_TROUBLE,
        (true, 0) => EXIT_FINE,
        (true, _) => EXIT_FINDINGS,
    })
}

/// How a play came out.
struct PlayResult {
    checked: Checked,
    /// Whether the findings are mistakes in its scenario.
    is_scenario_broken: bool,
    total: i64,
    /// The moments around the first failed expectation.
    moments: Vec<String>,
    accepted: Vec<Accepted>,
}

/// Everything that was run so far.
#[derive(Default)]
struct TestRun {
    /// By scenario, with its path.
    scenarios: Vec<(String, Vec<PlayResult>)>,
    /// The plays that were run, so that none is run twice.
    seen: BTreeSet<PathBuf>,
}

impl TestRun {
    fn run(
        &mut self,
        found: &ScenarioFiles,
        chosen: &TestArgs,
        on_disk: bool,
        output: &mut impl Write,
    ) -> Result<(), Trouble> {
        let mut all = Vec::new();
        // A test that never runs looks like one that passes.
        for it in &found.leftovers {
            let path = format!("{}/{}: {}", found.folder.path, it.relative, it.why);
            writeln!(io::stderr(), "skipped: {}", words::one_line(&path))?;
        }
        for text in &found.plays {
            if !self.seen.insert(super::canonical(&text.path)) {
                continue;
            }
            let mut attempt = run_play(&found.folder, text);
            if chosen.accept {
                attempt = accept_results(&found.folder, text, attempt, on_disk)?;
            }
            let result = attempt.result;
            if chosen.format.is_text() {
                write(&result, chosen.format, output)?;
            }
            all.push(result);
        }
        self.scenarios.push((found.folder.path.clone(), all));
        Ok(())
    }

    /// How many plays there were, and how many failed.
    fn counts(&self) -> (i64, i64) {
        let all: Vec<&PlayResult> = self.scenarios.iter().flat_map(|(_, all)| all).collect();
        let failed = all.iter().filter(|it| it.failed()).count();
        (all.len() as i64, failed as i64)
    }

    /// The results in a format for programs.
    fn for_programs(self, troubles: &[String], format: Format) -> String {
        if format == Format::Junit {
            let suite = |(name, all): (String, Vec<PlayResult>)| Suite {
                name,
                cases: all.iter().map(PlayResult::case).collect(),
            };
            let suites: Vec<Suite> = self.scenarios.into_iter().map(suite).collect();
            return junit(&suites, troubles);
        }
        let all = self.scenarios.into_iter().flat_map(|(_, all)| all);
        let checked: Vec<Checked> = all.map(|it| it.checked).collect();
        for_programs(&checked, troubles, Severity::Error, format)
    }
}

/// A play that was run, with what is needed to accept its results.
struct Attempt {
    result: PlayResult,
    ran: Option<(Arc<Program>, Play, PlayOutcome)>,
}

/// Runs one play.
fn run_play(folder: &Folder, text: &PlayText) -> Attempt {
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    // The setup is checked first: a mistake in it is one of the play, not of the scenario.
    if let (Some(scenario), _, _) = crate::scenario::read::read(folder) {
        findings.extend(play.unknown_setup(&scenario));
    }
    let mut result = PlayResult::new(&text.path, findings, Arc::new(sources));
    if result.failed() {
        return Attempt { result, ran: None };
    }
    let program = match library::load(folder, &play.setup()) {
        Ok(loaded) => loaded.program,
        Err(rejected) => {
            let mut result = PlayResult::new(&text.path, rejected.findings, rejected.sources);
            result.is_scenario_broken = true;
            return Attempt { result, ran: None };
        }
    };
    let outcome = play::run(&program, &play);
    result.total = outcome.total;
    result.moments = play::moments(&program, &play, &outcome, 0);
    let mut findings = outcome.findings.clone();
    findings.extend(play::doubts(&program, &play));
    result.checked.findings = explain_odd_characters(findings, &result.checked.sources);
    Attempt {
        result,
        ran: Some((program, play, outcome)),
    }
}

/// Corrects the expectations in the play's file, and runs it again.
fn accept_results(
    folder: &Folder,
    text: &PlayText,
    attempt: Attempt,
    on_disk: bool,
) -> Result<Attempt, Trouble> {
    let Some((_, play, outcome)) = attempt.ran.as_ref().filter(|_| attempt.result.failed()) else {
        return Ok(attempt);
    };
    let (written, accepted) = play::accept(&text.text, play, outcome);
    if accepted.is_empty() {
        return Ok(attempt);
    }
    if !on_disk {
        return Err(Trouble::new(
            format!("{} is built in and cannot be changed", text.path),
            "Copy the scenario to disk, and name its folder.",
        ));
    }
    accept::replace(&text.path, &text.text, &written)?;
    let text = PlayText {
        text: written,
        ..text.clone()
    };
    let mut again = run_play(folder, &text);
    again.result.accepted = accepted;
    Ok(again)
}

impl PlayResult {
    fn new(path: &str, findings: Vec<Finding>, sources: Arc<Sources>) -> Self {
        Self {
            checked: Checked {
                name: path.to_owned(),
                findings: explain_odd_characters(findings, &sources),
                sources,
            },
            is_scenario_broken: false,
            total: 0,
            moments: Vec::new(),
            accepted: Vec::new(),
        }
    }

    fn failed(&self) -> bool {
        self.checked.fails(Severity::Error)
    }

    /// The result as a test case for CI.
    fn case(&self) -> JunitCase {
        let first = self.checked.findings.iter();
        let first = first.clone().find(|it| it.severity == Severity::Error);
        let failure = first.map(|first| {
            let lines = self.checked.findings.iter();
            let lines = lines.map(|it| it.short(&self.checked.sources));
            let mut lines: Vec<String> = lines.collect();
            lines.extend(self.moments.iter().cloned());
            (
                first.rule.to_owned(),
                first.headline.clone(),
                lines.join("\n"),
            )
        });
        let accepted: Vec<String> = self.accepted.iter().map(correction).collect();
        JunitCase {
            name: self.checked.name.clone(),
            failure,
            output: accepted.join("\n"),
        }
    }
}

fn correction(it: &Accepted) -> String {
    let (before, after) = (words::one_line(&it.before), words::one_line(&it.after));
    format!("line {}: `{before}` is now `{after}`", it.line)
}

/// Folds a line between words if it is wider than the screen. Its rest is indented further.
fn folded(line: &str) -> Vec<String> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let (mut lines, mut rest, mut begins) = (Vec::new(), line, String::new());
    while begins.len() + width(rest) > MOMENTS_COLUMNS {
        let fits = head(rest, MOMENTS_COLUMNS - begins.len());
        let before = fits.len() - fits.trim_start().len();
        let at = match fits[before..].rfind(' ') {
            Some(space) if !rest[fits.len()..].starts_with(' ') => before + space,
            _ => fits.len(),
        };
        lines.push(format!("{begins}{}", rest[..at].trim_end()));
        rest = rest[at..].trim_start();
        begins = " ".repeat(indent + FURTHER);
    }
    lines.push(format!("{begins}{rest}"));
    lines
}

/// Writes how a play came out.
fn write(result: &PlayResult, format: Format, output: &mut impl Write) -> Result<(), Trouble> {
    let name = words::one_line(&result.checked.name);
    let findings = &result.checked.findings;
    if result.failed() {
        let why = if result.is_scenario_broken {
            ": the scenario has mistakes"
        } else {
            ""
        };
        writeln!(output, "FAILED {name}{why}")?;
    } else {
        let points = words::count(result.total, "point", "points");
        writeln!(output, "ok {name} ({points})")?;
    }
    for it in &result.accepted {
        writeln!(output, "  accepted, {}", correction(it))?;
    }
    // The moments explain the first failure; later ones may follow from it.
    let (first, rest) = findings.split_at(findings.len().min(1));
    write_findings(first, &result.checked.sources, format, output)?;
    for line in result.moments.iter().flat_map(|line| folded(line)) {
        writeln!(output, "  {line}")?;
    }
    if !result.moments.is_empty() && format == Format::Full {
        writeln!(output)?;
    }
    Ok(write_findings(
        rest,
        &result.checked.sources,
        format,
        output,
    )?)
}
