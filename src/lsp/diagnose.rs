//! Findings as an editor shows them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
};

use super::position::{Encoding, LineIndex};
use super::workspace::{Workspace, parsed, uri_of};
use crate::finding::{Finding, Place, Severity, Sources};
use crate::library::PlayText;
use crate::program::compile;
use crate::scenario::read::{Folder, read};
use crate::{check, play};

/// A finding, and where it is.
#[derive(Debug)]
pub struct LocatedFinding {
    /// Its rule.
    pub rule: &'static str,
    /// Its bytes.
    pub range: Range<usize>,
    /// As the editor is told.
    pub diagnostic: Diagnostic,
    /// What probably belongs there.
    pub instead: Option<String>,
}

/// The findings of a scenario and of its plays, by file. Every file that is open is there, so that what was said of it
/// before is taken back. Plays that are open are run, as `sandtable test` does.
pub fn findings(
    workspace: &Workspace,
    root: &str,
    encoding: Encoding,
) -> BTreeMap<String, Vec<LocatedFinding>> {
    let mut by_file: BTreeMap<String, Vec<LocatedFinding>> = BTreeMap::new();
    let Some(found) = workspace.folder(root) else {
        return by_file;
    };
    let plays: Vec<&str> = found.plays.iter().map(|play| play.name.as_str()).collect();
    let (findings, sources) = check::check_with(&found.folder, Some(&plays));
    tell(&findings, &sources, encoding, &mut by_file);
    for play in &found.plays {
        let is_open = workspace.text(&play.path).is_some();
        let (findings, sources) = of_play(&found.folder, play, is_open);
        tell(&findings, &sources, encoding, &mut by_file);
    }
    for file in workspace.files(root) {
        if workspace.text(&file.path).is_some() {
            by_file.entry(file.path).or_default();
        }
    }
    by_file
}

/// The findings of a play: of its lines, and where it is run and its scenario has no mistakes, of what came of it.
fn of_play(folder: &Folder, text: &PlayText, runs: bool) -> (Vec<Finding>, Sources) {
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    if runs && let (Some(scenario), _, _) = read(folder) {
        findings.extend(play.unknown_setup(&scenario));
        if findings.is_empty()
            && let (Some(program), _) = compile(&Arc::new(scenario), &play.setup())
        {
            findings = play::run(&program, &play).findings;
        }
    }
    (findings, sources)
}

fn tell(
    findings: &[Finding],
    sources: &Sources,
    encoding: Encoding,
    by_file: &mut BTreeMap<String, Vec<LocatedFinding>>,
) {
    let lines: Vec<LineIndex> = sources
        .files
        .iter()
        .map(|source| LineIndex::of(&source.text, encoding))
        .collect();
    for finding in findings {
        let file = usize::from(finding.place.file.0);
        let (Some(source), Some(lines_here)) = (sources.files.get(file), lines.get(file)) else {
            continue;
        };
        let range = range_of(finding.place);
        let related = finding.related.as_ref().and_then(|(place, words)| {
            let file = usize::from(place.file.0);
            let uri = parsed(&uri_of(&sources.files.get(file)?.path))?;
            let range = lines.get(file)?.span(&range_of(*place));
            Some(vec![DiagnosticRelatedInformation {
                location: Location { uri, range },
                message: words.clone(),
            }])
        });
        let diagnostic = Diagnostic {
            range: lines_here.span(&range),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(finding.rule.to_owned())),
            source: Some("sandtable".to_owned()),
            message: message(finding),
            related_information: related,
            ..Diagnostic::default()
        };
        by_file
            .entry(source.path.clone())
            .or_default()
            .push(LocatedFinding {
                rule: finding.rule,
                range,
                diagnostic,
                instead: finding.instead.clone(),
            });
    }
}

fn range_of(place: Place) -> Range<usize> {
    place.start as usize..place.end as usize
}

/// The headline, what stands beside the place, and what to do.
fn message(finding: &Finding) -> String {
    let mut text = finding.headline.clone();
    if !finding.label.is_empty() {
        text = format!("{text}: {}", finding.label);
    }
    for hint in &finding.hints {
        text = format!("{text}\n{hint}");
    }
    if let Some(instead) = &finding.instead {
        text = format!("{text}\nDid you mean `{instead}`?");
    }
    text
}
