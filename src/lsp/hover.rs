//! What an editor shows about the place under the pointer.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Server;
use super::language::{
    ANSWERS, BESIDE, CONSENT, ENDEX, EXPECTED, EXPRESSION, VERBS, WAITED, meaning,
};
use super::names::NameIndex;
use super::params::PlaceParams;
use super::position::{LineIndex, bytes_of, line_start, word_at};
use super::symbol::{Mention, Symbol};
use super::uri::path_of;
use super::workspace::{FileKind, Home, ScenarioFile};
use crate::check;
use crate::scenario::read::outline::{Outline, Seen};
use crate::scenario::schema::{FieldKind, NameKind, SchemaField, Shape};

/// The most options that are listed.
const LISTED_MAX: usize = 12;

/// The most lines of a definition that are shown.
const SHOWN_MAX_LINES: usize = 12;

/// A place in an open file of a scenario.
pub(super) struct Here {
    pub path: String,
    pub home: Home,
    pub offset: usize,
}

impl Server {
    /// The place that a request is about, if it lies in a scenario.
    pub(super) fn here(&self, params: &PlaceParams) -> Option<Here> {
        let path = path_of(&params.text_document.uri)?;
        let home = self.workspace.home(&path)?;
        let text = self.workspace.text(&path)?;
        let offset = LineIndex::new(text, self.encoding).offset(params.position);
        Some(Here { path, home, offset })
    }

    pub(super) fn hover(&self, params: &PlaceParams) -> Value {
        let here = self.here(params);
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
        let names = NameIndex::new(&self.workspace, &here.home.root);
        let file = names.file(&here.path);
        let mention = file
            .filter(|file| !names.stale.contains(file))
            .and_then(|file| names.mention_at(file, here.offset));
        if let Some(mention) = mention.filter(|it| names.has(&it.symbol)) {
            parts.push(name_text(&names, mention));
            range = range.or(Some(mention.range.clone()));
        }
        if parts.is_empty()
            && let Some((meaning, word)) = language_at(text, here, outline.as_deref())
        {
            parts.push(meaning);
            range = Some(word);
        }
        let published = self.published.get(&here.home.root);
        let published = published.and_then(|files| files.get(&here.path));
        for finding in published.into_iter().flatten() {
            let end = finding.range.end.max(finding.range.start + 1);
            if (finding.range.start..end).contains(&here.offset) {
                let page = check::page(finding.rule);
                let message = &finding.diagnostic.message;
                parts.push(page.unwrap_or(message).to_owned());
            }
        }
        if parts.is_empty() {
            return Value::Null;
        }
        let contents = json!({"kind": "markdown", "value": parts.join("\n\n---\n\n")});
        match range {
            Some(range) => {
                let span = LineIndex::new(text, self.encoding).span(&range);
                json!({"contents": contents, "range": span})
            }
            None => json!({"contents": contents}),
        }
    }

    /// The outline of the file, if its text can be read.
    fn outline_at(&self, here: &Here) -> Option<Arc<Outline>> {
        let file = ScenarioFile {
            path: here.path.clone(),
            kind: here.home.kind()?,
            text: self.workspace.text(&here.path)?.to_owned(),
        };
        let (outline, now) = self.workspace.outline(&file)?;
        now.then_some(outline)
    }
}

fn touches(range: &Range<usize>, offset: usize) -> bool {
    (range.start..=range.end).contains(&offset)
}

/// The field whose key is here, or whose value is, unless that is the author's prose or a name.
fn field_at(outline: &Outline, offset: usize) -> Option<(String, Range<usize>)> {
    let mut last = None;
    for seen in &outline.seen {
        match seen {
            Seen::Key { shape, field, key } => {
                last = Some((shape, field));
                let range = bytes_of(key.place);
                if touches(&range, offset) {
                    return Some((field_text(shape, field), range));
                }
            }
            Seen::Single { kind, text }
                if !matches!(kind, FieldKind::Prose | FieldKind::Line(_)) =>
            {
                let range = bytes_of(text.place);
                if let Some((shape, field)) = last.filter(|_| touches(&range, offset)) {
                    return Some((field_text(shape, field), range));
                }
            }
            _ => {}
        }
    }
    None
}

/// What a word of the language means: in an expression, a play, or a comment that allows a rule.
fn language_at(
    text: &str,
    here: &Here,
    outline: Option<&Outline>,
) -> Option<(String, Range<usize>)> {
    let word = word_at(text, here.offset);
    let name = &text[word.clone()];
    let before = &text[line_start(text, word.start)..word.start];
    if here.home.kind()? == FileKind::Play {
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
        Seen::Code { text, .. } if touches(&bytes_of(text.place), here.offset) => {
            meaning(EXPRESSION.iter().chain(&BESIDE), name)
        }
        Seen::Name(it) if touches(&bytes_of(it.name.place), here.offset) => meaning([&ENDEX], name),
        _ => None,
    });
    meaning.map(|it| (it, word))
}

/// The name of a rule, or the beginning of one, in a comment that allows it.
pub(super) fn allowed_at(text: &str, offset: usize) -> Option<Range<usize>> {
    let line = line_start(text, offset);
    let comment = text[line..offset].rfind("# allow ")?;
    let start = line + comment + "# allow ".len();
    let part = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    let rest = &text[start..];
    let end = text.len() - rest.trim_start_matches(part).len();
    (start..=end).contains(&offset).then_some(start..end)
}

/// What a field means, in Markdown.
pub(super) fn field_text(shape: &Shape, field: &SchemaField) -> String {
    let needed = if field.needed { ", needed" } else { "" };
    let mut text = format!(
        "`{}` of {}{needed}\n\n{}",
        field.name, shape.what, field.about
    );
    if !field.example.is_empty() {
        let _ = write!(
            text,
            "\n\n```yaml\n{}: {}\n```",
            field.name,
            yaml_example(field)
        );
    }
    text
}

/// An example as an author would write it: JSON is YAML, but nobody writes the quotes.
fn yaml_example(field: &SchemaField) -> String {
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

/// What a name stands for, in Markdown: its kind, title, definition and options.
pub(super) fn name_text(names: &NameIndex, mention: &Mention) -> String {
    let symbol = &mention.symbol;
    let options = match symbol.kind {
        NameKind::Inject => names.defined(NameKind::Option, Some(&symbol.name)),
        _ => Vec::new(),
    };
    let kind = if options.is_empty() {
        symbol.kind.name()
    } else {
        "inject or decision"
    };
    let mut text = format!("{kind} `{}`", symbol.name);
    if let Some(within) = &symbol.within {
        let _ = write!(text, " of `{within}`");
    }
    let title = names.definition(symbol).map_or("", |it| it.title.trim());
    if !title.is_empty() {
        let _ = write!(text, "\n\n{}", escaped(title));
    }
    if let Some(source) = source(names, symbol) {
        let _ = write!(text, "\n\n```yaml\n{source}\n```");
    }
    if !options.is_empty() {
        let listed = options.iter().take(LISTED_MAX);
        let listed: Vec<String> = listed.map(|it| format!("`{}`", it.symbol.name)).collect();
        let more = if options.len() > LISTED_MAX {
            ", …"
        } else {
            ""
        };
        let _ = write!(text, "\n\n{}{more}", listed.join(", "));
    }
    text
}

/// The YAML of a definition, for those kinds where it is short and says more than a title.
fn source(names: &NameIndex, symbol: &Symbol) -> Option<String> {
    if !matches!(
        symbol.kind,
        NameKind::Value | NameKind::Objective | NameKind::Entry | NameKind::Source
    ) {
        return None;
    }
    let definition = names.definition(symbol)?;
    let text = names.files[definition.file].text.as_str();
    let text = text.get(definition.whole.clone())?.trim_end();
    let mut lines = text.lines();
    let first = lines.next()?;
    let rest: Vec<&str> = lines.collect();
    let full = rest.iter().filter(|line| !line.trim().is_empty());
    let indent = full.map(|line| line.len() - line.trim_start().len());
    let indent = indent.min().unwrap_or(0).saturating_sub(2);
    let mut shown = crate::words::visible(first).into_owned();
    for line in rest.iter().take(SHOWN_MAX_LINES - 1) {
        let line = line.get(indent..).unwrap_or(line.trim_start());
        let _ = write!(shown, "\n{}", crate::words::visible(line));
    }
    if rest.len() >= SHOWN_MAX_LINES {
        shown.push_str("\n# …");
    }
    // The author's text must not end the block that it is shown in.
    (!shown.contains("```")).then_some(shown)
}

/// Escapes an author's text so that an editor shows it and does not take it for Markdown. Other characters are not escaped,
/// since some editors show the backslashes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut begins = true;
    let text = crate::words::visible(text);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let marks = "\\`*_[]<>&|~$".contains(letter)
            || begins && "#+-=".contains(letter)
            // A numbered list, and what would become a link.
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

/// Whether the last line of a text is a number so far.
fn is_counted(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default().trim();
    !line.is_empty() && line.chars().all(|letter| letter.is_ascii_digit())
}
