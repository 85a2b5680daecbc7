//! Renaming, over all files of a scenario.

use std::collections::BTreeMap;

use lsp_types::{RenameParams, TextDocumentPositionParams};
use serde_json::{Value, json};

use super::names::{Mention, Names, Symbol};
use super::position::Lines;
use super::{Refused, Server};
use crate::scenario::read::{ID_MAX_CHARACTERS, PHASES_FOLDER};
use crate::scenario::schema::Of;

impl Server {
    /// The name that would be renamed.
    pub(super) fn prepare_rename(&self, params: &TextDocumentPositionParams) -> Value {
        let Some((names, mention)) = self.mention(params) else {
            return Value::Null;
        };
        if !names.has(&mention.symbol) {
            return Value::Null;
        }
        let lines = Lines::of(&names.files[mention.file].text, self.encoding);
        json!({"range": lines.span(&mention.range), "placeholder": mention.symbol.name})
    }

    /// The edits that rename what stands at a place.
    pub(super) fn rename(&self, params: &RenameParams) -> Result<Value, Refused> {
        let Some((names, mention)) = self.mention(&params.text_document_position) else {
            return Err(Refused("no name stands here".to_owned()));
        };
        let symbol = &mention.symbol;
        let wanted = params.new_name.as_str();
        refuse(&names, symbol, wanted)?;
        let mut edits: BTreeMap<usize, Vec<&Mention>> = BTreeMap::new();
        for mention in names.all(symbol) {
            let text = &names.files[mention.file].text;
            // Text that is not the name itself (escapes in quotes, lines folded) is not touched, nor half of the rest.
            if text.get(mention.range.clone()) != Some(symbol.name.as_str()) {
                let path = &names.files[mention.file].path;
                return Err(Refused(format!(
                    "the name is written with escapes in {path}"
                )));
            }
            edits.entry(mention.file).or_default().push(mention);
        }
        let mut changes: Vec<Value> = Vec::new();
        let mut plain = serde_json::Map::new();
        for (file, mentions) in edits {
            let file = &names.files[file];
            let lines = Lines::of(&file.text, self.encoding);
            let edits = mentions
                .iter()
                .map(|it| json!({"range": lines.span(&it.range), "newText": wanted}));
            let edits: Value = edits.collect();
            let uri = self.workspace.uri(&file.path);
            let version = self.workspace.version(&file.path);
            plain.insert(uri.clone(), edits.clone());
            changes.push(json!({
                "textDocument": {"uri": uri, "version": version},
                "edits": edits,
            }));
        }
        let Some((old, new)) = phase_file(&names, symbol, wanted) else {
            return Ok(json!({"changes": plain}));
        };
        if !self.renames_files {
            return Err(Refused(format!(
                "the phase has a file of its own, and this editor cannot rename files: rename {old} first"
            )));
        }
        changes.push(json!({
            "kind": "rename",
            "oldUri": self.workspace.uri(&old),
            "newUri": self.workspace.uri(&new),
        }));
        Ok(json!({"documentChanges": changes}))
    }
}

/// Why something may not be renamed so.
fn refuse(names: &Names, symbol: &Symbol, wanted: &str) -> Result<(), Refused> {
    let kind = symbol.of.name();
    if !names.has(symbol) {
        let name = &symbol.name;
        return Err(Refused(format!("there is no {kind} `{name}`")));
    }
    if let Some(file) = names.stale.first() {
        let path = &names.files[*file].path;
        return Err(Refused(format!(
            "{path} cannot be read as it is now: mend it first"
        )));
    }
    if !is_name(symbol.of, wanted) {
        let rule = if symbol.of.is_code() {
            "codes are letters, digits, `-`, `_`, `.` and `+`"
        } else {
            "names are lower-case letters, digits and `_`, and begin with a letter"
        };
        return Err(Refused(format!(
            "this is no name: {rule}, at most {ID_MAX_CHARACTERS} of them"
        )));
    }
    let taken = Symbol {
        name: wanted.to_owned(),
        ..symbol.clone()
    };
    if names.has(&taken) {
        return Err(Refused(format!("there is already a {kind} `{wanted}`")));
    }
    Ok(())
}

fn is_name(of: Of, text: &str) -> bool {
    let fits = |letter: char| {
        if of.is_code() {
            letter.is_ascii_alphanumeric() || "-_.+".contains(letter)
        } else {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
        }
    };
    let first = |letter: char| {
        of.is_code() && letter.is_ascii_alphanumeric() || letter.is_ascii_lowercase()
    };
    text.len() <= ID_MAX_CHARACTERS && text.starts_with(first) && text.chars().all(fits)
}

/// The file of a phase that has one of its own, and what it must then be called.
fn phase_file(names: &Names, symbol: &Symbol, wanted: &str) -> Option<(String, String)> {
    if symbol.of != Of::Phase {
        return None;
    }
    let end = format!("/{PHASES_FOLDER}{}.yaml", symbol.name);
    let file = names.files.iter().find(|file| file.path.ends_with(&end))?;
    let root = file.path.strip_suffix(&end)?;
    let new = format!("{root}/{PHASES_FOLDER}{wanted}.yaml");
    Some((file.path.clone(), new))
}
