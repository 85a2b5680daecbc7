//! Quick fixes for findings that know what should stand there.

use serde_json::{Value, json};

use super::Server;
use super::diagnose::LocatedFinding;
use super::params::RangeParams;
use super::uri::path_of;

/// What a correction does.
fn title(instead: &str) -> String {
    match instead {
        "" => "Delete it".to_owned(),
        _ if instead.trim().is_empty() => "Write plain spaces".to_owned(),
        _ => format!("Write `{instead}`"),
    }
}

impl Server {
    /// The corrections of all findings at a place.
    pub(super) fn corrections(&self, params: &RangeParams) -> Value {
        let path = path_of(&params.text_document.uri);
        let findings = path.iter().flat_map(|path| {
            // After a change, findings may lie elsewhere until the scenario is checked again.
            let current = self.published.iter();
            let current = current.filter(|(root, _)| !self.changed.contains(*root));
            current
                .filter_map(move |(_, files)| files.get(path))
                .flatten()
        });
        let (start, end) = (params.range.start, params.range.end);
        let here = findings.filter(|it| {
            let range = it.diagnostic.range;
            range.start <= end && start <= range.end
        });
        let correction = |finding: &LocatedFinding| {
            let instead = finding.instead.as_ref()?;
            let edit = json!({"range": finding.diagnostic.range, "newText": instead});
            Some(json!({
                "title": title(instead),
                "kind": "quickfix",
                "isPreferred": true,
                "diagnostics": [finding.as_sent()],
                "edit": {"changes": {&params.text_document.uri: [edit]}},
            }))
        };
        here.filter_map(correction).collect()
    }
}
