//! Renaming, over all files of a scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Server;
use super::names::NameIndex;
use super::params::{NewNameParams, PlaceParams};
use super::position::LineIndex;
use super::symbol::{Mention, Symbol};
use super::workspace::FileKind;
use crate::scenario::read::outline::outline;
use crate::scenario::read::{ID_MAX_CHARACTERS, PHASES_FOLDER};
use crate::scenario::schema::NameKind;
use crate::{program, words};

impl Server {
    /// The name that would be renamed.
    pub(super) fn prepare_rename(&self, params: &PlaceParams) -> Value {
        let Some((names, mention)) = self.mention(params) else {
            return Value::Null;
        };
        if !names.has(&mention.symbol) {
            return Value::Null;
        }
        let lines = LineIndex::new(&names.files[mention.file].text, self.encoding);
        json!({"range": lines.span(&mention.range), "placeholder": mention.symbol.name})
    }

    /// The edits that rename the name at a place, or why it cannot be renamed.
    pub(super) fn rename(&self, params: &NewNameParams) -> Result<Value, String> {
        let Some((names, mention)) = self.mention(&params.place) else {
            return Err("there is no name here".to_owned());
        };
        let symbol = &mention.symbol;
        let wanted = params.new_name.as_str();
        refuse(&names, symbol, wanted)?;
        let mut edits: BTreeMap<usize, Vec<&Mention>> = BTreeMap::new();
        for mention in names.all(symbol) {
            let text = &names.files[mention.file].text;
            // A name that is written otherwise (escapes in quotes, folded lines) cannot be replaced, and half a renaming is
            // worse than none.
            if text.get(mention.range.clone()) != Some(symbol.name.as_str()) {
                let path = &names.files[mention.file].path;
                return Err(format!(
                    "{path} writes the name with escapes, so it cannot be renamed"
                ));
            }
            edits.entry(mention.file).or_default().push(mention);
        }
        refuse_another_meaning(&names, symbol, wanted)?;
        let mut changes: Vec<Value> = Vec::new();
        let mut plain = serde_json::Map::new();
        for (file, mentions) in edits {
            let file = &names.files[file];
            let lines = LineIndex::new(&file.text, self.encoding);
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
            return Err(format!(
                "the phase has a file of its own, and this editor cannot rename files: rename {old} first"
            ));
        }
        changes.push(json!({
            "kind": "rename",
            "oldUri": self.workspace.uri(&old),
            "newUri": self.workspace.uri(&new),
        }));
        Ok(json!({"documentChanges": changes}))
    }
}

/// Refuses a new name that breaks a rule of names, or that is taken.
fn refuse(names: &NameIndex, symbol: &Symbol, wanted: &str) -> Result<(), String> {
    let kind = symbol.kind.name();
    if !names.has(symbol) {
        let name = &symbol.name;
        return Err(format!("there is no {kind} `{name}`"));
    }
    if let Some(file) = names.stale.first() {
        let path = &names.files[*file].path;
        return Err(format!("{path} cannot be read: correct it first"));
    }
    if !is_name(symbol.kind, wanted) {
        let rule = if symbol.kind.is_code() {
            "codes consist of letters, digits, `-`, `_`, `.` and `+`"
        } else {
            "names consist of lower-case letters, digits and `_`, and begin with a letter"
        };
        return Err(format!(
            "`{wanted}` is not a name: {rule}, with at most {ID_MAX_CHARACTERS} characters"
        ));
    }
    if is_reserved(symbol.kind, wanted) {
        return Err(format!(
            "`{wanted}` is a reserved word of expressions or plays"
        ));
    }
    let taken = Symbol {
        name: wanted.to_owned(),
        ..symbol.clone()
    };
    if names.has(&taken) {
        return Err(format!(
            "there is already {} `{wanted}`",
            words::article(kind)
        ));
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

/// Whether a name is a word of the language, so that nothing of this kind may have it.
fn is_reserved(of: NameKind, name: &str) -> bool {
    match of {
        NameKind::Word => program::is_unreadable(name),
        NameKind::Option => program::is_unreadable(name) || name == "none",
        NameKind::Entry | NameKind::Source => false,
        _ => program::is_reserved(name),
    }
}

/// Refuses a name that would change what another one means: a value must not be named like a word that it is compared
/// with. The renaming is tried on a copy.
fn refuse_another_meaning(names: &NameIndex, symbol: &Symbol, wanted: &str) -> Result<(), String> {
    let mut files = names.files.clone();
    for mention in names.all(symbol).collect::<Vec<_>>().into_iter().rev() {
        let text = &mut files[mention.file].text;
        text.replace_range(mention.range.clone(), wanted);
    }
    let after = NameIndex::from_files(files, |file| match file.kind {
        FileKind::Document(document) => {
            outline(document, &file.text).map(|outline| (Arc::new(outline), true))
        }
        FileKind::Play => None,
    });
    let renamed = |other: &Symbol| {
        let mut other = other.clone();
        if other == *symbol {
            wanted.clone_into(&mut other.name);
        }
        let owner = match other.kind {
            NameKind::Word => NameKind::Value,
            NameKind::Option => NameKind::Inject,
            _ => return other,
        };
        if symbol.kind == owner && other.within.as_ref() == Some(&symbol.name) {
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
    Err(format!(
        "something else would then mean `{wanted}`: choose another name"
    ))
}

/// The old and the new path of a phase's file, if the symbol is a phase with a file of its own.
fn phase_file(names: &NameIndex, symbol: &Symbol, wanted: &str) -> Option<(String, String)> {
    if symbol.kind != NameKind::Phase {
        return None;
    }
    let end = format!("/{PHASES_FOLDER}{}.yaml", symbol.name);
    let file = names.files.iter().find(|file| file.path.ends_with(&end))?;
    let root = file.path.strip_suffix(&end)?;
    let new = format!("{root}/{PHASES_FOLDER}{wanted}.yaml");
    Some((file.path.clone(), new))
}
