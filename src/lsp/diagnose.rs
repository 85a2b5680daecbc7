//! Findings as an editor shows them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString};
use serde_json::{Value, json};

use super::position::{Encoding, LineIndex, bytes_of};
use super::workspace::Workspace;
use crate::finding::{Finding, Severity, Sources};
use crate::library::PlayText;
use crate::program::compile;
use crate::scenario::read::{Folder, explain_odd_characters, read};
use crate::{check, play};

/// A finding in one file.
#[derive(Debug)]
pub struct LocatedFinding {
    pub rule: &'static str,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// What the editor gets, but for the related place.
    pub diagnostic: Diagnostic,
    /// Another place that explains it.
    related: Option<Value>,
    /// What probably should stand there instead.
    pub instead: Option<String>,
}

impl LocatedFinding {
    /// As the editor gets it.
    pub fn as_sent(&self) -> Value {
        let mut sent = json!(self.diagnostic);
        if let Some(related) = &self.related {
            sent["relatedInformation"] = json!([related]);
        }
        sent
    }
}

/// The findings of a scenario and its plays, by file. Every open file is among them, even without findings, so that
/// earlier ones are taken back. Open plays are run, as `sandtable test` does.
pub fn findings(
    workspace: &Workspace,
    root: &str,
    encoding: Encoding,
) -> BTreeMap<String, Vec<LocatedFinding>> {
    let mut by_file: BTreeMap<String, Vec<LocatedFinding>> = BTreeMap::new();
    let Some(found) = workspace.folder(root) else {
        return by_file;
    };
    let (findings, sources) = check::check_with(&found.folder, Some(&found.play_names()));
    add(workspace, &findings, &sources, encoding, &mut by_file);
    for play in &found.plays {
        let is_open = workspace.text(&play.path).is_some();
        let (findings, sources) = play_findings(&found.folder, play, is_open);
        add(workspace, &findings, &sources, encoding, &mut by_file);
    }
    for file in workspace.files(root) {
        if workspace.text(&file.path).is_some() {
            by_file.entry(file.path).or_default();
        }
    }
    by_file
}

/// The findings of a play: of its lines, and, if it `runs` and its scenario has no mistakes, of how it came out.
fn play_findings(folder: &Folder, text: &PlayText, runs: bool) -> (Vec<Finding>, Sources) {
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    if runs && let (Some(scenario), _, _) = read(folder) {
        findings.extend(play.unknown_setup(&scenario));
        if findings.is_empty()
            && let (Some(program), _) = compile(&Arc::new(scenario), &play.setup())
        {
            findings = play::run(&program, &play).findings;
            findings.extend(play::doubts(&program, &play));
        }
    }
    (explain_odd_characters(findings, &sources), sources)
}

/// Adds findings to those of their files.
fn add(
    workspace: &Workspace,
    findings: &[Finding],
    sources: &Sources,
    encoding: Encoding,
    by_file: &mut BTreeMap<String, Vec<LocatedFinding>>,
) {
    let lines: Vec<LineIndex> = sources
        .files
        .iter()
        .map(|source| LineIndex::new(&source.text, encoding))
        .collect();
    for finding in findings {
        let file = usize::from(finding.place.file.0);
        let (Some(source), Some(lines_here)) = (sources.files.get(file), lines.get(file)) else {
            continue;
        };
        let range = bytes_of(finding.place);
        let related = finding.related.as_ref().and_then(|(place, words)| {
            let file = usize::from(place.file.0);
            let uri = workspace.uri(&sources.files.get(file)?.path);
            let range = lines.get(file)?.span(&bytes_of(*place));
            Some(json!({"location": {"uri": uri, "range": range}, "message": words}))
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
            ..Diagnostic::default()
        };
        by_file
            .entry(source.path.clone())
            .or_default()
            .push(LocatedFinding {
                rule: finding.rule,
                range,
                diagnostic,
                related,
                instead: finding.instead.clone(),
            });
    }
}

/// The headline, the label of the place, and the hints.
fn message(finding: &Finding) -> String {
    let mut text = finding.headline.clone();
    if !finding.label.is_empty() {
        text = format!("{text}: {}", finding.label);
    }
    for hint in &finding.hints {
        text = format!("{text}\n{hint}");
    }
    if let Some(instead) = &finding.instead {
        text = format!("{text}\n{}", Finding::offer(instead));
    }
    text
}
