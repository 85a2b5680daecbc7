//! A whole file of lines.

use super::line::{LineError, PlayLine, WrittenName};
use super::read_line::parse_line;
use crate::finding::{FileId, Finding, Place};
use crate::program::ProgramSetup;
use crate::scenario::Scenario;
use crate::words;

/// The most findings of one file. Nobody reads more.
const FINDINGS_MAX: usize = 1_000;

/// A play as it was read.
#[derive(Clone, Debug)]
pub struct Play {
    /// The lines that are not blank, in order.
    pub lines: Vec<PlacedLine>,
    /// The end of the file.
    pub end: Place,
}

/// A line and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedLine {
    /// What it says.
    pub line: PlayLine,
    /// The whole line, with indentation and comment.
    pub place: Place,
}

impl PlacedLine {
    /// The place of some bytes of the line.
    #[must_use]
    pub fn within(&self, range: &std::ops::Range<usize>) -> Place {
        let start = self.place.start as usize;
        Place::new(self.place.file, start + range.start..start + range.end)
    }

    /// The finding for a mistake in the line.
    #[must_use]
    pub fn finding(&self, error: LineError) -> Finding {
        bad_line(self.within(&error.range), error)
    }
}

/// Reads a play. A line with a mistake is left out and has a finding.
#[must_use]
pub fn parse(text: &str, file: FileId) -> (Play, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut lines: Vec<PlacedLine> = Vec::new();
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    for raw in text[start..].split_inclusive('\n') {
        let content = raw.trim_end_matches(['\n', '\r']);
        let place = Place::new(file, start..start + content.len());
        match parse_line(content) {
            Ok(None) => {}
            Ok(Some(line)) => {
                let written = PlacedLine { line, place };
                match misplaced(&lines, &written) {
                    Some(finding) => findings.push(finding),
                    None => lines.push(written),
                }
            }
            Err(error) => {
                let at = start + error.range.start..start + error.range.end;
                findings.push(bad_line(Place::new(file, at), error));
            }
        }
        start += raw.len();
        if findings.len() == FINDINGS_MAX {
            let headline = format!("more than {FINDINGS_MAX} findings; the others are left out");
            findings.push(Finding::error("too-many-findings", place, headline));
            break;
        }
    }
    (
        Play {
            lines,
            end: Place::new(file, text.len()..text.len()),
        },
        findings,
    )
}

/// The finding for a line that must not follow these lines.
fn misplaced(before: &[PlacedLine], written: &PlacedLine) -> Option<Finding> {
    let verb = match &written.line {
        PlayLine::Seed(_) => "seed",
        PlayLine::Variant(_) => "variant",
        PlayLine::Cut(_) => "cut",
        _ => return None,
    };
    let same = |other: &&PlacedLine| {
        std::mem::discriminant(&other.line) == std::mem::discriminant(&written.line)
    };
    if let Some(first) = before.iter().find(same) {
        let headline = format!("`{verb}` is given twice");
        return Some(
            Finding::error("misplaced-line", written.place, headline)
                .related(first.place, "first given here"),
        );
    }
    let started = before.iter().find(|other| !other.line.prepares())?;
    let headline = format!("`{verb}` must stand before the first move");
    Some(
        Finding::error("misplaced-line", written.place, headline)
            .related(started.place, "the exercise starts here"),
    )
}

fn bad_line(place: Place, error: LineError) -> Finding {
    let finding = Finding::error("bad-line", place, error.headline).instead_if(error.instead);
    if error.hint.is_empty() {
        finding
    } else {
        finding.hint(error.hint)
    }
}

impl PlayLine {
    /// Whether it only prepares the start, and so holds from STARTEX on.
    pub(super) fn prepares(&self) -> bool {
        matches!(
            self,
            Self::Seed(_) | Self::Variant(_) | Self::Cut(_) | Self::Roll { .. }
        )
    }
}

impl Play {
    /// Which part of the scenario is played, and from which initial values.
    #[must_use]
    pub fn setup(&self) -> ProgramSetup {
        let mut setup = ProgramSetup::default();
        for written in &self.lines {
            match &written.line {
                PlayLine::Variant(name) => setup.variant = Some(name.text.clone()),
                PlayLine::Cut(name) => setup.cut = Some(name.text.clone()),
                _ => {}
            }
        }
        setup
    }

    /// The seed of all rolls, 0 by default.
    #[must_use]
    pub fn seed(&self) -> u64 {
        let seed = self.lines.iter().find_map(|written| match written.line {
            PlayLine::Seed(seed) => Some(seed),
            _ => None,
        });
        seed.unwrap_or(0)
    }

    /// Findings for a variant or cut that the scenario does not have. Compiling for [`Play::setup`] would report them too,
    /// but not at their place in the play.
    #[must_use]
    pub fn unknown_setup(&self, scenario: &Scenario) -> Vec<Finding> {
        let variants = scenario.variants.iter().map(|it| it.id.value.as_str());
        let cuts = scenario.cuts.iter().map(|it| it.id.value.as_str());
        let (variants, cuts): (Vec<&str>, Vec<&str>) = (variants.collect(), cuts.collect());
        let unknown = |written: &PlacedLine| {
            let (kind, name, known): (_, &WrittenName, _) = match &written.line {
                PlayLine::Variant(name) => ("variant", name, &variants),
                PlayLine::Cut(name) => ("cut", name, &cuts),
                _ => return None,
            };
            if known.contains(&name.text.as_str()) {
                return None;
            }
            let headline = format!("unknown {kind} `{}`", super::read_line::shown(&name.text));
            let meant = words::did_you_mean(&name.text, known.iter().copied());
            Some(
                Finding::error("bad-line", written.within(&name.range), headline).instead_if(meant),
            )
        };
        self.lines.iter().filter_map(unknown).collect()
    }
}
