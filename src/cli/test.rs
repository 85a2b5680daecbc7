//! `sandtable test`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::accept;
use super::arguments::TestArgs;
use super::format::machine;
use super::{
    EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Format, Trouble, output, pass_over, report,
    write_findings,
};
use crate::finding::{Checked, Finding, JunitCase, Severity, Sources, Suite, junit};
use crate::front::text::{head, width};
use crate::library::{self, LibraryError, PlayText, ScenarioFiles};
use crate::play::{self, Accepted, Play, PlayOutcome};
use crate::program::Program;
use crate::scenario::read::Folder;
use crate::words;

/// Columns of the moments around a difference: a screen of 80 without what they are indented.
const MOMENTS_COLUMNS: usize = 78;

/// How much further in the rest of a line stands.
const FURTHER: usize = 4;

/// Runs plays. Each is a test, on a line of its own; what it did not meet follows it.
pub fn test(chosen: &TestArgs) -> Result<u8, Trouble> {
    let mut output = output();
    let mut tested = Tested::default();
    let mut troubles = Vec::new();
    let mut skipped = Vec::new();
    for path in &chosen.paths {
        let names = library::scenarios(path).unwrap_or_else(|error| {
            troubles.push(error.to_string());
            report(&error.into());
            Vec::new()
        });
        for name in names {
            match library::find(&name) {
                Ok(found) => tested.run(&found, chosen, library::is_on_disk(&name), &mut output)?,
                Err(error @ LibraryError::NotYaml(_)) => skipped.push(error),
                Err(error) => {
                    troubles.push(error.to_string());
                    report(&error.into());
                }
            }
        }
    }
    troubles.extend(pass_over(skipped, !tested.scenarios.is_empty())?);
    let (all, failed) = tested.counts();
    if all == 0 && troubles.is_empty() {
        return Err(Trouble::new(
            "there are no plays here",
            "Plays are `plays/*.play` beside a scenario.",
        ));
    }
    if chosen.format.is_text() && all > 0 {
        let plays = words::count(all, "play", "plays");
        writeln!(output, "{plays}, {failed} failed")?;
    }
    output.write_all(tested.machine(&troubles, chosen.format).as_bytes())?;
    output.flush()?;
    Ok(match (troubles.is_empty(), failed) {
        (false, _) => EXIT_TROUBLE,
        (true, 0) => EXIT_FINE,
        (true, _) => EXIT_FINDINGS,
    })
}

/// A play that was run.
struct Tried {
    checked: Checked,
    /// The text of the play, where its scenario has mistakes of its own.
    mistaken: bool,
    total: i64,
    /// The moments around the first difference.
    moments: Vec<String>,
    accepted: Vec<Accepted>,
}

/// Everything that was run so far.
#[derive(Default)]
struct Tested {
    /// By scenario, with its path.
    scenarios: Vec<(String, Vec<Tried>)>,
    /// So that no play is run twice.
    seen: BTreeSet<PathBuf>,
}

impl Tested {
    fn run(
        &mut self,
        found: &ScenarioFiles,
        chosen: &TestArgs,
        on_disk: bool,
        output: &mut impl Write,
    ) -> Result<(), Trouble> {
        let mut all = Vec::new();
        for text in &found.plays {
            if !self.seen.insert(super::in_full(&text.path)) {
                continue;
            }
            let mut tried = attempt(&found.folder, text);
            if chosen.accept {
                tried = accept_in(&found.folder, text, tried, on_disk)?;
            }
            let tried = tried.told;
            if chosen.format.is_text() {
                write(&tried, chosen.format, output)?;
            }
            all.push(tried);
        }
        self.scenarios.push((found.folder.path.clone(), all));
        Ok(())
    }

    /// How many plays there were, and how many failed.
    fn counts(&self) -> (i64, i64) {
        let all: Vec<&Tried> = self.scenarios.iter().flat_map(|(_, all)| all).collect();
        let failed = all.iter().filter(|it| it.failed()).count();
        (all.len() as i64, failed as i64)
    }

    /// What came of it, for a program.
    fn machine(self, troubles: &[String], format: Format) -> String {
        if format == Format::Junit {
            let suite = |(name, all): (String, Vec<Tried>)| Suite {
                name,
                cases: all.iter().map(Tried::case).collect(),
            };
            return junit(&self.scenarios.into_iter().map(suite).collect::<Vec<_>>());
        }
        let all = self.scenarios.into_iter().flat_map(|(_, all)| all);
        let checked: Vec<Checked> = all.map(|it| it.checked).collect();
        machine(&checked, troubles, Severity::Error, format)
    }
}

/// A play that was run, and what it takes to accept what was found.
struct Attempt {
    told: Tried,
    ran: Option<(Arc<Program>, Play, PlayOutcome)>,
}

/// Runs one play.
fn attempt(folder: &Folder, text: &PlayText) -> Attempt {
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    // The setup is looked at first: what is wrong with it lies in the play, not in the scenario.
    if let (Some(scenario), _, _) = crate::scenario::read::read(folder) {
        findings.extend(play.unknown_setup(&scenario));
    }
    let mut told = Tried::new(&text.path, findings, Arc::new(sources));
    if told.failed() {
        return Attempt { told, ran: None };
    }
    let program = match library::load(folder, &play.setup()) {
        Ok(loaded) => loaded.program,
        Err(rejected) => {
            let mut told = Tried::new(&text.path, rejected.findings, rejected.sources);
            told.mistaken = true;
            return Attempt { told, ran: None };
        }
    };
    let outcome = play::run(&program, &play);
    told.total = outcome.total;
    told.moments = play::moments(&program, &play, &outcome, 0);
    told.checked.findings.clone_from(&outcome.findings);
    Attempt {
        told,
        ran: Some((program, play, outcome)),
    }
}

/// Accepts what was found, in the file, and runs the play again.
fn accept_in(
    folder: &Folder,
    text: &PlayText,
    tried: Attempt,
    on_disk: bool,
) -> Result<Attempt, Trouble> {
    let Some((_, play, outcome)) = tried.ran.as_ref().filter(|_| tried.told.failed()) else {
        return Ok(tried);
    };
    let (written, accepted) = play::accept(&text.text, play, outcome);
    if accepted.is_empty() {
        return Ok(tried);
    }
    if !on_disk {
        return Err(Trouble::new(
            format!("{} lies in the program, and cannot be changed", text.path),
            "Write the scenario to disk, and name its folder.",
        ));
    }
    accept::replace(&text.path, &text.text, &written)?;
    let text = PlayText {
        text: written,
        ..text.clone()
    };
    let mut again = attempt(folder, &text);
    again.told.accepted = accepted;
    Ok(again)
}

impl Tried {
    fn new(path: &str, findings: Vec<Finding>, sources: Arc<Sources>) -> Self {
        Self {
            checked: Checked {
                name: path.to_owned(),
                findings,
                sources,
            },
            mistaken: false,
            total: 0,
            moments: Vec::new(),
            accepted: Vec::new(),
        }
    }

    fn failed(&self) -> bool {
        self.checked.fails(Severity::Error)
    }

    /// The same as a test.
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
        let accepted: Vec<String> = self.accepted.iter().map(change).collect();
        JunitCase {
            name: self.checked.name.clone(),
            failure,
            output: accepted.join("\n"),
        }
    }
}

fn change(it: &Accepted) -> String {
    let (before, after) = (words::one_line(&it.before), words::one_line(&it.after));
    format!("line {}: `{before}` is now `{after}`", it.line)
}

/// A line, broken between words where it is wider than the screen; what follows stands further in.
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
fn write(tried: &Tried, format: Format, output: &mut impl Write) -> Result<(), Trouble> {
    let name = words::one_line(&tried.checked.name);
    let findings = &tried.checked.findings;
    if tried.failed() {
        let why = if tried.mistaken {
            ": the scenario has mistakes"
        } else {
            ""
        };
        writeln!(output, "FAILED {name}{why}")?;
    } else {
        let points = words::count(tried.total, "point", "points");
        writeln!(output, "ok {name} ({points})")?;
    }
    for it in &tried.accepted {
        writeln!(output, "  accepted, {}", change(it))?;
    }
    // What failed first stands with the moments around it; what failed later may follow from it.
    let (first, rest) = findings.split_at(findings.len().min(1));
    write_findings(first, &tried.checked.sources, format, output)?;
    for line in tried.moments.iter().flat_map(|line| folded(line)) {
        writeln!(output, "  {line}")?;
    }
    if !tried.moments.is_empty() && format == Format::Full {
        writeln!(output)?;
    }
    Ok(write_findings(
        rest,
        &tried.checked.sources,
        format,
        output,
    )?)
}
