//! `sandtable check`

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::CheckArgs;
use super::format::machine;
use super::progress::Bar;
use super::{
    EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Format, Trouble, evidence, output, pass_over, report,
    watch, write_findings,
};
use crate::check::prove::Evidence;
use crate::finding::{Checked, Finding, Place, Severity, Sources};
use crate::library::{self, LibraryError, ScenarioFiles};
use crate::search::Budget;
use crate::{check, words};

/// What stands for standard input among the paths.
const INPUT: &str = "-";

/// What standard input is called in findings.
const INPUT_NAME: &str = "<stdin>";

/// Checks scenarios; every finding of all of them comes in one run, also where a path leads nowhere.
pub fn check(chosen: &CheckArgs) -> Result<u8, Trouble> {
    if !chosen.watch {
        return once(chosen);
    }
    if !chosen.format.is_text() {
        return Err(Trouble::new(
            "what is checked again and again is written for people",
            "With `--watch`, the format is `full` or `short`.",
        ));
    }
    if chosen.paths.iter().any(|path| path == INPUT) {
        return Err(Trouble::new(
            "standard input comes once, and cannot be watched",
            "Name the file instead of `-`.",
        ));
    }
    watch::watch(chosen.paths.clone(), || once(chosen))
}

fn once(chosen: &CheckArgs) -> Result<u8, Trouble> {
    let shown = chosen.severity.map_or(Severity::Warning, Severity::from);
    let counts = chosen.severity.map_or(Severity::Error, Severity::from);
    let mut looked = Looked {
        search: chosen.prove.then(|| chosen.spend.budget()),
        // Who watches ends it with Ctrl-C.
        bar: (chosen.prove && !chosen.watch).then(Bar::new).transpose()?,
        ..Looked::default()
    };
    for path in &chosen.paths {
        looked.look(path);
    }
    let skipped = std::mem::take(&mut looked.skipped);
    let refused = pass_over(skipped, !looked.checked.is_empty())?;
    looked.troubles.extend(refused);
    if let Some(folder) = &chosen.plays {
        write_plays(folder, &looked.plays)?;
    }
    let checked: Vec<Checked> = looked
        .checked
        .into_iter()
        .map(|it| it.at_least(shown))
        .collect();
    let mut output = output();
    for it in checked.iter().filter(|_| chosen.format.is_text()) {
        write_findings(&it.findings, &it.sources, chosen.format, &mut output)?;
    }
    let text = machine(&checked, &looked.troubles, counts, chosen.format);
    output.write_all(text.as_bytes())?;
    output.flush()?;
    summary(&checked, chosen.format)?;
    let fails = checked.iter().any(|it| it.fails(counts));
    Ok(match (looked.troubles.is_empty(), fails) {
        (false, _) => EXIT_TROUBLE,
        (true, true) => EXIT_FINDINGS,
        (true, false) => EXIT_FINE,
    })
}

/// Writes the plays that show what was found. Of several scenarios each has a folder of its own.
fn write_plays(folder: &Path, plays: &[(String, Vec<Evidence>)]) -> Result<(), Trouble> {
    for (scenario, of_it) in plays {
        let own = folder.join(scenario);
        let folder = if plays.len() > 1 { &own } else { folder };
        evidence::write(folder, of_it)?;
    }
    Ok(())
}

/// Says in a line how it came out.
fn summary(checked: &[Checked], format: Format) -> io::Result<()> {
    // GitHub shows the log of a step as one stream, in which this line is the result.
    if !format.is_text() && format != Format::Github {
        return Ok(());
    }
    let scenarios = words::count(checked.len() as i64, "scenario", "scenarios");
    let findings: usize = checked.iter().map(|it| it.findings.len()).sum();
    let findings = words::count(findings as i64, "finding", "findings");
    writeln!(io::stderr(), "{scenarios} checked, {findings}")
}

/// What was looked at so far.
#[derive(Default)]
struct Looked {
    checked: Vec<Checked>,
    /// What could not be looked at; it was reported.
    troubles: Vec<String>,
    /// What is no scenario.
    skipped: Vec<LibraryError>,
    /// What was found, so that nothing is looked at twice.
    seen: BTreeSet<PathBuf>,
    /// What the search may spend, where there is to be one.
    search: Option<Budget>,
    /// Shows how far the search is, and may be told to stop it.
    bar: Option<Bar>,
    /// The plays that show what it found, by scenario.
    plays: Vec<(String, Vec<Evidence>)>,
}

impl Looked {
    /// Looks at everything that a path means.
    fn look(&mut self, path: &str) {
        if path == INPUT {
            let found = library::single(INPUT_NAME, io::stdin().lock());
            return self.take(INPUT_NAME, found);
        }
        match library::scenarios(path) {
            Ok(names) => {
                for name in names {
                    let found = library::find(&name);
                    self.take(&name, found);
                }
            }
            Err(error) => self.trouble(error),
        }
    }

    fn take(&mut self, name: &str, found: Result<ScenarioFiles, LibraryError>) {
        match found {
            Ok(found) => {
                if !self.seen.insert(super::in_full(&found.folder.path)) {
                    return;
                }
                let plays: Vec<&str> = found.plays.iter().map(|it| it.name.as_str()).collect();
                // Where one play was named or the scenario came alone, the others were not looked for.
                let whole =
                    name != INPUT_NAME && Path::new(name).extension().is_none_or(|it| it != "play");
                let plays = Some(&plays[..]).filter(|_| whole);
                let (findings, sources) = self.checked(&found, plays);
                self.checked.push(Checked {
                    name: found.folder.path,
                    findings,
                    sources,
                });
            }
            // A mistake of the scenario like any other, found before it is read.
            Err(error @ (LibraryError::TooLarge { .. } | LibraryError::TooMuch(_))) => {
                self.checked.push(too_large(name, &error));
            }
            Err(error @ LibraryError::NotYaml(_)) => self.skipped.push(error),
            Err(error) => self.trouble(error),
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
            // The others are checked without a search.
            self.search = None;
            self.stopped();
        }
        self.plays.push((name, proved.plays));
        (proved.findings, proved.sources)
    }

    fn stopped(&mut self) {
        let headline = "the search was stopped";
        self.troubles.push(headline.to_owned());
        let hint = "What it had not seen by then is not proven.";
        report(&Trouble::new(headline, hint));
    }

    fn trouble(&mut self, error: LibraryError) {
        self.troubles.push(error.to_string());
        report(&error.into());
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
