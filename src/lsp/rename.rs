//! Renaming, over all files of a scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{RenameParams, TextDocumentPositionParams};
use serde_json::{Value, json};

use super::names::{Mention, NameIndex, Symbol};
use super::position::LineIndex;
use super::workspace::Holds;
use super::{RequestError, Server};
use crate::program;
use crate::scenario::read::outline::outline;
use crate::scenario::read::{ID_MAX_CHARACTERS, PHASES_FOLDER};
use crate::scenario::schema::NameKind;

impl Server {
    /// The name that would be renamed.
    pub(super) fn prepare_rename(&self, params: &TextDocumentPositionParams) -> Value {
        let Some((names, mention)) = self.mention(params) else {
            return Value::Null;
        };
        if !names.has(&mention.symbol) {
            return Value::Null;
        }
        let lines = LineIndex::of(&names.files[mention.file].text, self.encoding);
        json!({"range": lines.span(&mention.range), "placeholder": mention.symbol.name})
    }

    /// The edits that rename what stands at a place.
    pub(super) fn rename(&self, params: &RenameParams) -> Result<Value, RequestError> {
        let Some((names, mention)) = self.mention(&params.text_document_position) else {
            return Err(RequestError("no name stands here".to_owned()));
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
                return Err(RequestError(format!(
                    "the name is written with escapes in {path}"
                )));
            }
            edits.entry(mention.file).or_default().push(mention);
        }
        refuse_another_meaning(&names, symbol, wanted)?;
        let mut changes: Vec<Value> = Vec::new();
        let mut plain = serde_json::Map::new();
        for (file, mentions) in edits {
            let file = &names.files[file];
            let lines = LineIndex::of(&file.text, self.encoding);
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
            return Err(RequestError(format!(
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
fn refuse(names: &NameIndex, symbol: &Symbol, wanted: &str) -> Result<(), RequestError> {
    let kind = symbol.of.name();
    if !names.has(symbol) {
        let name = &symbol.name;
        return Err(RequestError(format!("there is no {kind} `{name}`")));
    }
    if let Some(file) = names.stale.first() {
        let path = &names.files[*file].path;
        return Err(RequestError(format!(
            "{path} cannot be read as it is now: mend it first"
        )));
    }
    if !is_name(symbol.of, wanted) {
        let rule = if symbol.of.is_code() {
            "codes are letters, digits, `-`, `_`, `.` and `+`"
        } else {
            "names are lower-case letters, digits and `_`, and begin with a letter"
        };
        return Err(RequestError(format!(
            "this is no name: {rule}, at most {ID_MAX_CHARACTERS} of them"
        )));
    }
    if is_reserved(symbol.of, wanted) {
        return Err(RequestError(format!(
            "`{wanted}` is a word of expressions or plays"
        )));
    }
    let taken = Symbol {
        name: wanted.to_owned(),
        ..symbol.clone()
    };
    if names.has(&taken) {
        return Err(RequestError(format!(
            "there is already a {kind} `{wanted}`"
        )));
    }
    Ok(())
}

fn is_name(of: NameKind, text: &str) -> bool {
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

/// Whether the language itself knows a name, so that nothing of this kind may be called so.
fn is_reserved(of: NameKind, name: &str) -> bool {
    match of {
        NameKind::Word => program::is_unreadable(name),
        NameKind::Option => program::is_unreadable(name) || name == "none",
        NameKind::Entry | NameKind::Source => false,
        _ => program::is_reserved(name),
    }
}

/// Refuses a name after which something would mean something else: a value that is called like a word that it is
/// compared with. It is tried on a copy.
fn refuse_another_meaning(
    names: &NameIndex,
    symbol: &Symbol,
    wanted: &str,
) -> Result<(), RequestError> {
    let mut files = names.files.clone();
    for mention in names.all(symbol).collect::<Vec<_>>().into_iter().rev() {
        let text = &mut files[mention.file].text;
        text.replace_range(mention.range.clone(), wanted);
    }
    let after = NameIndex::in_files(files, |file| match file.holds {
        Holds::Document(document) => {
            outline(document, &file.text).map(|outline| (Arc::new(outline), true))
        }
        Holds::Play => None,
    });
    let renamed = |other: &Symbol| {
        let mut other = other.clone();
        if other == *symbol {
            wanted.clone_into(&mut other.name);
        }
        let holds = match other.of {
            NameKind::Word => NameKind::Value,
            NameKind::Option => NameKind::Inject,
            _ => return other,
        };
        if symbol.of == holds && other.within.as_ref() == Some(&symbol.name) {
            other.within = Some(wanted.to_owned());
        }
        other
    };
    let before = names
        .mentions
        .iter()
        .map(|it| (it.file, renamed(&it.symbol)));
    let same = before.eq(after.mentions.iter().map(|it| (it.file, it.symbol.clone())));
    if same {
        return Ok(());
    }
    Err(RequestError(format!(
        "something else would then be read as `{wanted}`: choose another name"
    )))
}

/// The file of a phase that has one of its own, and what it must then be called.
fn phase_file(names: &NameIndex, symbol: &Symbol, wanted: &str) -> Option<(String, String)> {
    if symbol.of != NameKind::Phase {
        return None;
    }
    let end = format!("/{PHASES_FOLDER}{}.yaml", symbol.name);
    let file = names.files.iter().find(|file| file.path.ends_with(&end))?;
    let root = file.path.strip_suffix(&end)?;
    let new = format!("{root}/{PHASES_FOLDER}{wanted}.yaml");
    Some((file.path.clone(), new))
}
