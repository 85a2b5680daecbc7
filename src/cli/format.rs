//! How findings are written.

use std::io::{self, Write};
use std::sync::Arc;

use super::{Trouble, output};
use crate::check;
use crate::finding::{self, Checked, Colour, Finding, Page, SarifInput, Severity, Sources};
use crate::library::{self, ScenarioFiles};
use crate::program::{Program, ProgramSetup};

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Each with its source lines, in colour if the terminal supports it
    Full,
    /// Each on one line: `file:line:column: severity[rule] headline`
    Short,
    /// One JSON object, which `docs/findings.md` describes
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub Actions workflow commands, which annotate a change
    Github,
    /// For the list of tests of a CI
    #[value(help = "JUnit, for the list of tests of a CI")]
    Junit,
}

impl Format {
    /// Whether it is for people, and is written piece by piece.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Full | Self::Short)
    }
}

/// The least severity that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LeastSeverity {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
}

impl From<LeastSeverity> for Severity {
    fn from(least: LeastSeverity) -> Self {
        match least {
            LeastSeverity::Error => Severity::Error,
            LeastSeverity::Warning => Severity::Warning,
        }
    }
}

/// Writes findings for people.
pub(super) fn write_findings(
    findings: &[Finding],
    sources: &Sources,
    format: Format,
    output: &mut impl Write,
) -> io::Result<()> {
    for finding in findings {
        let text = match format {
            Format::Full => finding.full(sources, Colour::Styled),
            _ => finding.short(sources),
        };
        writeln!(output, "{}", text.trim_end_matches('\n'))?;
        if format == Format::Full {
            writeln!(output)?;
        }
    }
    Ok(())
}

/// The program of a scenario. If it has mistakes, they are written out and there is none.
pub(super) fn load_program(
    found: &ScenarioFiles,
    setup: &ProgramSetup,
) -> Result<Option<Arc<Program>>, Trouble> {
    match library::load(&found.folder, setup) {
        Ok(loaded) => Ok(Some(loaded.program)),
        Err(rejected) => {
            let (findings, sources) = (&rejected.findings, &rejected.sources);
            write_findings(findings, sources, Format::Full, &mut output())?;
            Ok(None)
        }
    }
}

/// All findings in a format for programs; empty for the other formats. `troubles` says what could not be checked, and a
/// finding that is at least as severe as `counts` is a failure.
pub(super) fn for_programs(
    checked: &[Checked],
    troubles: &[String],
    counts: Severity,
    format: Format,
) -> String {
    match format {
        Format::Full | Format::Short => String::new(),
        Format::Json => finding::json(checked),
        Format::Sarif => finding::sarif(&SarifInput {
            checked,
            troubles,
            page: &page,
        }),
        Format::Github => finding::github(checked),
        Format::Junit => {
            let suites = checked.iter().map(|it| finding::cases(it, counts));
            finding::junit(&suites.collect::<Vec<_>>(), troubles)
        }
    }
}

fn page(rule: &str) -> Option<Page> {
    let rule = check::rule(rule)?;
    Some(Page {
        summary: rule.summary().to_owned(),
        text: rule.page.to_owned(),
    })
}
