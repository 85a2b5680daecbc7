//! Putting right what a finding knows how to.

use lsp_types::CodeActionParams;
use serde_json::{Value, json};

use super::Server;
use super::workspace::Workspace;

impl Server {
    /// What may stand instead, of every finding at a place.
    pub(super) fn corrections(&self, params: &CodeActionParams) -> Value {
        let path = Workspace::path(&params.text_document.uri);
        let told = path.iter().flat_map(|path| {
            // What was found before the last change may lie elsewhere now.
            let told = self
                .told
                .iter()
                .filter(|(root, _)| !self.changed.contains(*root));
            told.filter_map(move |(_, files)| files.get(path)).flatten()
        });
        let (start, end) = (params.range.start, params.range.end);
        let here = told.filter(|it| {
            let range = it.diagnostic.range;
            range.start <= end && start <= range.end
        });
        let correction = |told: &super::diagnose::LocatedFinding| {
            let instead = told.instead.as_ref()?;
            let edit = json!({"range": told.diagnostic.range, "newText": instead});
            Some(json!({
                "title": format!("Write `{instead}`"),
                "kind": "quickfix",
                "isPreferred": true,
                "diagnostics": [told.diagnostic],
                "edit": {"changes": {params.text_document.uri.as_str(): [edit]}},
            }))
        };
        here.filter_map(correction).collect()
    }
}
