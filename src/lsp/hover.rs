//! What an editor shows of the place under the pointer.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use lsp_types::{HoverParams, TextDocumentPositionParams};
use serde_json::{Value, json};

use super::Server;
use super::language::{
    ANSWERS, BESIDE, CONSENT, ENDEX, EXPECTED, EXPRESSION, VERBS, WAITED, meaning,
};
use super::names::{Mention, NameIndex, Symbol};
use super::position::{LineIndex, word_at};
use super::workspace::{File, Holds, Home, Workspace};
use crate::check;
use crate::finding::Place;
use crate::scenario::read::outline::{Outline, Seen};
use crate::scenario::schema::{FieldKind, NameKind, SchemaField, Shape};

/// More words than this are not listed.
const LISTED_MAX: usize = 12;

/// More lines than this of what a name is given to are not shown.
const SHOWN_MAX_LINES: usize = 12;

/// A place in an open file of a scenario.
pub(super) struct Here {
    pub path: String,
    pub home: Home,
    pub offset: usize,
}

impl Server {
    /// The place that a request is about; none where it lies in no scenario.
    pub(super) fn here(&self, params: &TextDocumentPositionParams) -> Option<Here> {
        let path = Workspace::path(&params.text_document.uri)?;
        let home = self.workspace.home(&path)?;
        let text = self.workspace.text(&path)?;
        let offset = LineIndex::of(text, self.encoding).offset(params.position);
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
        let text = self.workspace.text(&here.path).unwrap_or_default();
        let outline = self.outline_at(here);
        if let Some((field, key)) = outline.as_ref().and_then(|it| field_at(it, here.offset)) {
            parts.push(field);
            range = Some(key);
        }
        let names = NameIndex::of(&self.workspace, &here.home.root);
        let file = names.file(&here.path);
        let mention = file
            .filter(|file| !names.stale.contains(file))
            .and_then(|file| names.at(file, here.offset));
        if let Some(mention) = mention.filter(|it| names.has(&it.symbol)) {
            parts.push(about(&names, mention));
            range = range.or(Some(mention.range.clone()));
        }
        if parts.is_empty()
            && let Some((meaning, word)) = language_at(text, here, outline.as_deref())
        {
            parts.push(meaning);
            range = Some(word);
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
        let contents = json!({"kind": "markdown", "value": parts.join("\n\n---\n\n")});
        match range {
            Some(range) => {
                let span = LineIndex::of(text, self.encoding).span(&range);
                json!({"contents": contents, "range": span})
            }
            None => json!({"contents": contents}),
        }
    }

    /// What stands where in a file, if it can be read as it is now.
    fn outline_at(&self, here: &Here) -> Option<Arc<Outline>> {
        let file = File {
            path: here.path.clone(),
            holds: here.home.holds()?,
            text: self.workspace.text(&here.path)?.to_owned(),
        };
        let (outline, now) = self.workspace.outline(&file)?;
        now.then_some(outline)
    }
}

fn bytes(place: Place) -> Range<usize> {
    place.start as usize..place.end as usize
}

fn touches(range: &Range<usize>, offset: usize) -> bool {
    (range.start..=range.end).contains(&offset)
}

/// The field whose key stands here, or its value where that is no text of the author and no name.
fn field_at(outline: &Outline, offset: usize) -> Option<(String, Range<usize>)> {
    let mut last = None;
    for seen in &outline.seen {
        match seen {
            Seen::Key { shape, field, key } => {
                last = Some((shape, field));
                let range = bytes(key.place);
                if touches(&range, offset) {
                    return Some((explained(shape, field), range));
                }
            }
            Seen::Single { kind, text }
                if !matches!(kind, FieldKind::Prose | FieldKind::Line(_)) =>
            {
                let range = bytes(text.place);
                if let Some((shape, field)) = last.filter(|_| touches(&range, offset)) {
                    return Some((explained(shape, field), range));
                }
            }
            _ => {}
        }
    }
    None
}

/// What a word of the language itself means: of an expression, a play, a comment that allows.
fn language_at(
    text: &str,
    here: &Here,
    outline: Option<&Outline>,
) -> Option<(String, Range<usize>)> {
    let word = word_at(text, here.offset);
    let name = &text[word.clone()];
    let line = text[..word.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let before = &text[line..word.start];
    if here.home.holds()? == Holds::Play {
        let before: Vec<&str> = before.split_whitespace().collect();
        let meaning = match before.as_slice() {
            [] => meaning(&VERBS, name),
            ["expect"] | ["expect", "no"] => meaning(&EXPECTED, name),
            ["wait"] => meaning(&WAITED, name),
            ["choose", ..] | ["wait", "for", ..] | ["expect", "chosen", ..] => {
                meaning(ANSWERS.iter().chain([&CONSENT]), name)
            }
            _ => None,
        };
        return meaning.map(|it| (it, word));
    }
    if let Some(rule) = allowed_at(text, here.offset) {
        return check::page(&text[rule.clone()]).map(|page| (page.to_owned(), rule));
    }
    let meaning = outline?.seen.iter().find_map(|seen| match seen {
        Seen::Code { text, .. } if touches(&bytes(text.place), here.offset) => {
            meaning(EXPRESSION.iter().chain(&BESIDE), name)
        }
        Seen::Name(it) if touches(&bytes(it.name.place), here.offset) => meaning([&ENDEX], name),
        _ => None,
    });
    meaning.map(|it| (it, word))
}

/// The name of a rule in a comment that allows it, or the beginning of one.
pub(super) fn allowed_at(text: &str, offset: usize) -> Option<Range<usize>> {
    let line = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let comment = text[line..offset].rfind("# allow ")?;
    let start = line + comment + "# allow ".len();
    let part = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    let rest = &text[start..];
    let end = text.len() - rest.trim_start_matches(part).len();
    (start..=end).contains(&offset).then_some(start..end)
}

/// A field in Markdown.
pub(super) fn explained(shape: &Shape, field: &SchemaField) -> String {
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
fn shown(field: &SchemaField) -> String {
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
pub(super) fn about(names: &NameIndex, mention: &Mention) -> String {
    let symbol = &mention.symbol;
    let mut kind = symbol.of.name();
    if symbol.of == NameKind::Inject
        && !names.given(NameKind::Option, Some(&symbol.name)).is_empty()
    {
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
    if let Some(written) = written(names, symbol) {
        let _ = write!(text, "\n\n```yaml\n{written}\n```");
    }
    let parts = match symbol.of {
        NameKind::Inject => names.given(NameKind::Option, Some(&symbol.name)),
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

/// What the author wrote where a name is given: of what is short and says more than a title.
fn written(names: &NameIndex, symbol: &Symbol) -> Option<String> {
    if !matches!(
        symbol.of,
        NameKind::Value | NameKind::Objective | NameKind::Entry | NameKind::Source
    ) {
        return None;
    }
    let giver = names.giver(symbol)?;
    let text = names.files[giver.file]
        .text
        .get(giver.whole.clone())?
        .trim_end();
    let mut lines = text.lines();
    let first = lines.next()?;
    let rest: Vec<&str> = lines.collect();
    let said = rest.iter().filter(|line| !line.trim().is_empty());
    let indent = said.map(|line| line.len() - line.trim_start().len());
    let indent = indent.min().unwrap_or(0).saturating_sub(2);
    let mut shown = crate::words::visible(first).into_owned();
    for line in rest.iter().take(SHOWN_MAX_LINES - 1) {
        let line = line.get(indent..).unwrap_or(line.trim_start());
        let _ = write!(shown, "\n{}", crate::words::visible(line));
    }
    if rest.len() >= SHOWN_MAX_LINES {
        shown.push_str("\n# …");
    }
    // What an author writes must not end the block that it is shown in.
    (!shown.contains("```")).then_some(shown)
}

/// An author's text, so that an editor shows it and does not obey it. What Markdown does not know stays as it is: some
/// editors show the backslashes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut begins = true;
    let text = crate::words::visible(text);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let marks = "\\`*_[]<>&|~$".contains(letter)
            || begins && "#+-=".contains(letter)
            // A list that counts, and what is made a link of.
            || letter == '.' && letters.peek() == Some(&' ') && is_counted(&escaped)
            || letter == ':' && letters.peek() == Some(&'/');
        if marks {
            escaped.push('\\');
        }
        escaped.push(letter);
        begins = letter == '\n' || begins && letter == ' ';
    }
    escaped
}

/// Whether a line so far is a number.
fn is_counted(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default().trim();
    !line.is_empty() && line.chars().all(|letter| letter.is_ascii_digit())
}
