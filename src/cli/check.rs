//! `sandtable check`

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::CheckArgs;
use super::evidence::write_evidence;
use super::format::for_programs;
use super::progress::Bar;
use super::{
    EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Format, Trouble, output, pass_over, report, reported,
    watch, write_findings,
};
use crate::check::prove::Evidence;
use crate::finding::{Checked, Finding, Place, Severity, Sources};
use crate::library::{self, LibraryError, ScenarioFiles};
use crate::search::Budget;
use crate::{check, words};

/// The path that means standard input.
const INPUT: &str = "-";

/// The name of standard input in findings.
const INPUT_NAME: &str = "<stdin>";

/// Checks scenarios. All findings come in one run, even if one of the paths cannot be read.
pub fn check(chosen: &CheckArgs) -> Result<u8, Trouble> {
    if !chosen.watch {
        return once(chosen);
    }
    if !chosen.format.is_text() {
        return Err(Trouble::new(
            "with `--watch`, findings can only be written for people",
            "Use `--format full` or `--format short`.",
        ));
    }
    if chosen.paths.iter().any(|path| path == INPUT) {
        return Err(Trouble::new(
            "standard input cannot be watched",
            "Name the file instead of `-`.",
        ));
    }
    watch::watch(chosen.paths.clone(), || once(chosen))
}

fn once(chosen: &CheckArgs) -> Result<u8, Trouble> {
    let shown = chosen.severity.map_or(Severity::Warning, Severity::from);
    let counts = chosen.severity.map_or(Severity::Error, Severity::from);
    let mut run = CheckRun {
        search: chosen.prove.then(|| chosen.spend.budget()),
        // With `--watch`, Ctrl-C ends the command.
        bar: (chosen.prove && !chosen.watch).then(Bar::new).transpose()?,
        ..CheckRun::default()
    };
    for path in &chosen.paths {
        run.check_path(path);
    }
    let skipped = std::mem::take(&mut run.skipped);
    let refused = pass_over(skipped, !run.checked.is_empty())?;
    run.troubles.extend(refused);
    if let Some(folder) = &chosen.plays {
        write_plays(folder, &run.plays)?;
    }
    let checked: Vec<Checked> = run
        .checked
        .into_iter()
        .map(|it| it.at_least(shown))
        .collect();
    let mut output = output();
    for it in checked.iter().filter(|_| chosen.format.is_text()) {
        write_findings(&it.findings, &it.sources, chosen.format, &mut output)?;
    }
    let text = for_programs(&checked, &run.troubles, counts, chosen.format);
    output.write_all(text.as_bytes())?;
    output.flush()?;
    if !output.is_closed {
        summary(&checked, chosen.format)?;
    }
    let fails = checked.iter().any(|it| it.fails(counts));
    Ok(match (run.troubles.is_empty(), fails) {
        (false, _) => EXIT_TROUBLE,
        (true, true) => EXIT_FINDINGS,
        (true, false) => EXIT_FINE,
    })
}

/// Writes the plays that show findings. With several scenarios, each gets a folder of its own.
fn write_plays(folder: &Path, plays: &[(String, Vec<Evidence>)]) -> Result<(), Trouble> {
    for (scenario, evidence) in plays {
        let own = folder.join(scenario);
        let folder = if plays.len() > 1 { &own } else { folder };
        write_evidence(folder, evidence)?;
    }
    Ok(())
}

/// Says in one line how the run came out.
fn summary(checked: &[Checked], format: Format) -> io::Result<()> {
    // GitHub shows the log of a step as one stream, where this line is the result.
    if !format.is_text() && format != Format::Github {
        return Ok(());
    }
    let scenarios = words::count(checked.len() as i64, "scenario", "scenarios");
    let findings: usize = checked.iter().map(|it| it.findings.len()).sum();
    let findings = words::count(findings as i64, "finding", "findings");
    writeln!(io::stderr(), "{scenarios} checked, {findings}")
}

/// What was checked so far.
#[derive(Default)]
struct CheckRun {
    checked: Vec<Checked>,
    /// What could not be checked. It has been reported.
    troubles: Vec<String>,
    /// Files that are not scenarios.
    skipped: Vec<LibraryError>,
    /// The scenarios that were found, so that none is checked twice.
    seen: BTreeSet<PathBuf>,
    /// The budget of the search, with `--prove`.
    search: Option<Budget>,
    /// Shows the progress of the search, and can stop it.
    bar: Option<Bar>,
    /// The plays that show its findings, by scenario.
    plays: Vec<(String, Vec<Evidence>)>,
}

impl CheckRun {
    /// Checks everything that a path means.
    fn check_path(&mut self, path: &str) {
        if path == INPUT {
            let found = library::single(INPUT_NAME, io::stdin().lock());
            return self.take(INPUT_NAME, found);
        }
        match library::scenarios(path) {
            Ok(list) => {
                for name in list.names {
                    let found = library::find(&name);
                    self.take(&name, found);
                }
                self.troubles
                    .extend(list.troubles.into_iter().map(reported));
                self.skipped.extend(list.skipped);
            }
            Err(error) => self.troubles.push(reported(error)),
        }
    }

    fn take(&mut self, name: &str, found: Result<ScenarioFiles, LibraryError>) {
        match found {
            Ok(mut found) => {
                if !self.seen.insert(super::canonical(&found.folder.path)) {
                    return;
                }
                let unread = std::mem::take(&mut found.unread);
                let plays = found.play_names();
                // If a play was named or the scenario came from standard input, its other plays are not known.
                let whole =
                    name != INPUT_NAME && Path::new(name).extension().is_none_or(|it| it != "play");
                let plays = Some(&plays[..]).filter(|_| whole && unread.is_empty());
                self.troubles.extend(unread.into_iter().map(reported));
                let (mut findings, mut sources) = self.checked(&found, plays);
                if whole {
                    findings.extend(found.unused(Arc::make_mut(&mut sources)));
                }
                self.checked.push(Checked {
                    name: found.folder.path,
                    findings,
                    sources,
                });
            }
            // This is a mistake in the scenario like any other, found before it is read.
            Err(error @ (LibraryError::TooLarge { .. } | LibraryError::TooMuch(_))) => {
                self.checked.push(too_large(name, &error));
            }
            Err(error @ LibraryError::NotYaml(_)) => self.skipped.push(error),
            Err(error) => self.troubles.push(reported(error)),
        }
    }

    fn checked(
        &mut self,
        found: &ScenarioFiles,
        plays: Option<&[&str]>,
    ) -> (Vec<Finding>, Arc<Sources>) {
        let Some(budget) = self.search else {
            return check::check_with(&found.folder, plays);
        };
        let name = Path::new(&found.folder.path).file_stem();
        let name = name.map_or_else(
            || "scenario".into(),
            |name| name.to_string_lossy().into_owned(),
        );
        let shown = words::one_line(&name);
        let mut tell = |now| match &self.bar {
            Some(bar) => bar.states(&shown, now, budget),
            None => ControlFlow::Continue(()),
        };
        let proved = check::prove(&found.folder, plays, budget, &mut tell);
        if let Some(bar) = &self.bar {
            bar.clear();
        }
        if proved.stopped {
            // The remaining scenarios are checked without a search.
            self.search = None;
            self.stopped();
        }
        self.plays.push((name, proved.plays));
        (proved.findings, proved.sources)
    }

    fn stopped(&mut self) {
        let headline = "the search was stopped";
        self.troubles.push(headline.to_owned());
        let hint = "What it had not reached by then is not proven.";
        report(&Trouble::new(headline, hint));
    }
}

fn too_large(name: &str, error: &LibraryError) -> Checked {
    let mut sources = Sources::default();
    let place = Place::start_of(sources.add(name, ""));
    let finding = Finding::error("too-large", place, error.to_string()).hint(error.hint());
    Checked {
        name: name.to_owned(),
        findings: vec![finding],
        sources: Arc::new(sources),
    }
}
