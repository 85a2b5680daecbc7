//! What an editor shows of the place under the pointer.

use std::fmt::Write;

use lsp_types::{HoverParams, TextDocumentPositionParams};
use serde_json::{Value, json};

use super::Server;
use super::names::{Mention, Names};
use super::position::Lines;
use super::workspace::{File, Holds, Home};
use crate::check;
use crate::scenario::read::outline::Seen;
use crate::scenario::schema::{Field, Of, Shape};

/// More words than this are not listed.
const LISTED_MAX: usize = 12;

/// A place in an open file of a scenario.
pub(super) struct Here {
    pub path: String,
    pub home: Home,
    pub offset: usize,
}

impl Server {
    /// The place that a request is about; none where it lies in no scenario.
    pub(super) fn here(&self, params: &TextDocumentPositionParams) -> Option<Here> {
        let path = self.workspace.path(&params.text_document.uri)?;
        let home = self.workspace.home(&path)?;
        let text = self.workspace.text(&path)?;
        let offset = Lines::of(text, self.encoding).offset(params.position);
        Some(Here { path, home, offset })
    }

    /// What a field, a name or a finding is.
    pub(super) fn hover(&self, params: &HoverParams) -> Value {
        let here = self.here(&params.text_document_position_params);
        here.map_or(Value::Null, |here| self.hover_at(&here))
    }

    fn hover_at(&self, here: &Here) -> Value {
        let mut parts: Vec<String> = Vec::new();
        let mut range = None;
        if let Some((field, key)) = self.field_at(here) {
            parts.push(field);
            range = Some(key);
        }
        let names = Names::of(&self.workspace, &here.home.root);
        let file = names.file(&here.path);
        let mention = file
            .filter(|file| !names.stale.contains(file))
            .and_then(|file| names.at(file, here.offset));
        if let Some(mention) = mention.filter(|it| names.has(&it.symbol)) {
            parts.push(about(&names, mention));
            range = range.or(Some(mention.range.clone()));
        }
        let told = self
            .told
            .get(&here.home.root)
            .and_then(|files| files.get(&here.path));
        for told in told.into_iter().flatten() {
            let end = told.range.end.max(told.range.start + 1);
            if (told.range.start..end).contains(&here.offset) {
                let page = check::page(told.rule);
                parts.push(page.map_or_else(|| told.diagnostic.message.clone(), str::to_owned));
            }
        }
        if parts.is_empty() {
            return Value::Null;
        }
        let text = self.workspace.text(&here.path).unwrap_or_default();
        let span = range.map(|range| Lines::of(text, self.encoding).span(&range));
        json!({
            "contents": {"kind": "markdown", "value": parts.join("\n\n---\n\n")},
            "range": span,
        })
    }

    /// The field whose key stands here.
    fn field_at(&self, here: &Here) -> Option<(String, std::ops::Range<usize>)> {
        let file = File {
            path: here.path.clone(),
            holds: here.home.holds()?,
            text: self.workspace.text(&here.path)?.to_owned(),
        };
        if file.holds == Holds::Play {
            return None;
        }
        let (outline, now) = self.workspace.outline(&file)?;
        outline.seen.iter().filter(|_| now).find_map(|seen| {
            let Seen::Key { shape, field, key } = seen else {
                return None;
            };
            let range = key.place.start as usize..key.place.end as usize;
            (range.start..=range.end)
                .contains(&here.offset)
                .then(|| (explained(shape, field), range))
        })
    }
}

/// A field in Markdown.
pub(super) fn explained(shape: &Shape, field: &Field) -> String {
    let needed = if field.needed { ", needed" } else { "" };
    let mut text = format!(
        "`{}` of {}{needed}\n\n{}",
        field.name, shape.what, field.about
    );
    if !field.example.is_empty() {
        let _ = write!(text, "\n\n```yaml\n{}: {}\n```", field.name, shown(field));
    }
    text
}

/// An example as an author writes it: JSON is YAML, but nobody writes the quotes.
fn shown(field: &Field) -> String {
    let value = field.example();
    match &value {
        Value::String(text) => text.clone(),
        _ => flow(&value),
    }
}

fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let special = |letter: char| ",[]{}:#&*!|>'\"%@`".contains(letter);
            let plain = !text.contains(special) && serde_json::from_str::<Value>(text).is_err();
            if plain {
                text.clone()
            } else {
                value.to_string()
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) => {
            let entries = entries.iter();
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{key}: {}", flow(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        _ => value.to_string(),
    }
}

/// A name in Markdown: what it is, what it is called, what belongs to it.
pub(super) fn about(names: &Names, mention: &Mention) -> String {
    let symbol = &mention.symbol;
    let mut kind = symbol.of.name();
    if symbol.of == Of::Inject && !names.given(Of::Option, Some(&symbol.name)).is_empty() {
        kind = "inject or decision";
    }
    let mut text = format!("{kind} `{}`", symbol.name);
    if let Some(within) = &symbol.within {
        let _ = write!(text, " of `{within}`");
    }
    let title = names.giver(symbol).map_or("", |giver| giver.title.trim());
    if !title.is_empty() {
        let _ = write!(text, "\n\n{}", escaped(title));
    }
    let parts = match symbol.of {
        Of::Value => names.given(Of::Word, Some(&symbol.name)),
        Of::Inject => names.given(Of::Option, Some(&symbol.name)),
        _ => Vec::new(),
    };
    if !parts.is_empty() {
        let listed = parts.iter().take(LISTED_MAX);
        let listed: Vec<String> = listed.map(|it| format!("`{}`", it.symbol.name)).collect();
        let more = if parts.len() > LISTED_MAX {
            ", …"
        } else {
            ""
        };
        let _ = write!(text, "\n\n{}{more}", listed.join(", "));
    }
    text
}

/// An author's text, so that an editor shows it and does not obey it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in crate::words::visible(text).chars() {
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
