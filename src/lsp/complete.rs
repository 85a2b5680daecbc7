//! What may stand where somebody types.
//!
//! A text that is being typed is rarely YAML. So a mark is put where the cursor is, together with what may be missing
//! behind it, until the file can be read; what the mark then is says what belongs there.

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};
use serde_json::{Value, json};

use super::Server;
use super::hover::{Here, about, explained};
use super::names::{Mention, Names};
use super::position::Lines;
use super::workspace::Holds;
use crate::scenario::read::FILE_MAX_BYTES;
use crate::scenario::read::outline::{Outline, Seen, outline};
use crate::scenario::schema::{Document, Kind, Of, Shape};

/// Nobody calls anything like this. It is a name, so that whatever reads it finds nothing wrong.
const MARK: &str = "zz_sandtable_cursor_zz";

/// What may be missing behind the cursor: a colon after a key, and what closes brackets and quotes.
const MISSING: [&str; 22] = [
    "", ": x", "]", "}", ": x}", "}]", "]}", ": x}]", "]}]", "]}}", "}}", ": x}}", "}]}", "\"",
    "\"}", "\"]", "\"}]", "\"]}", "'", "'}", "'}]", "']}",
];

/// What begins a line of a play.
const VERBS: [&str; 9] = [
    "choose", "take", "wait", "expect", "roll", "end", "seed", "variant", "cut",
];

/// What may follow `expect`, besides the name of a value.
const EXPECTED: [&str; 8] = [
    "inject", "no", "chosen", "score", "total", "phase", "ending", "time",
];

/// What may be offered.
struct Offer<'a> {
    names: &'a Names,
    /// What the editor is to replace.
    span: lsp_types::Range,
    /// Whether a colon follows already.
    has_colon: bool,
    items: Vec<CompletionItem>,
}

impl Server {
    pub(super) fn complete(&self, params: &CompletionParams) -> Value {
        let here = self.here(&params.text_document_position);
        let items = here.and_then(|here| self.offered(&here));
        json!({"isIncomplete": false, "items": items.unwrap_or_default()})
    }

    fn offered(&self, here: &Here) -> Option<Vec<CompletionItem>> {
        let text = self.workspace.text(&here.path)?;
        let word = word_at(text, here.offset);
        let names = Names::of(&self.workspace, &here.home.root);
        let mut offer = Offer {
            names: &names,
            span: Lines::of(text, self.encoding).span(&word),
            has_colon: text[word.end..].trim_start_matches(' ').starts_with(':'),
            items: Vec::new(),
        };
        match here.home.holds()? {
            Holds::Play => offer.play(text, word.start),
            Holds::Document(document) => {
                let outline = marked(document, text, &word)?;
                offer.document(&outline);
            }
        }
        Some(offer.items)
    }
}

/// The word that is being typed: of a name, or of a code.
fn word_at(text: &str, offset: usize) -> Range<usize> {
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let before = text[..offset].trim_end_matches(part);
    let after = text[offset..].trim_start_matches(part);
    let start = before.len();
    // A code may hold hyphens; in an expression a hyphen is a minus, and has a space before it.
    let coded = text[..start]
        .strip_suffix('-')
        .filter(|rest| rest.ends_with(|letter: char| letter.is_ascii_uppercase()));
    let start = coded.map_or(start, |rest| rest.trim_end_matches(part).len());
    start..text.len() - after.len()
}

/// The outline of a text with the mark in place of a word.
fn marked(document: Document, text: &str, word: &Range<usize>) -> Option<Outline> {
    if text.len() > FILE_MAX_BYTES {
        return None;
    }
    let (before, after) = (&text[..word.start], &text[word.end..]);
    let next_line = after.find('\n').map_or("", |newline| &after[newline..]);
    for rest in [after, next_line, ""] {
        for missing in MISSING {
            let tried = format!("{before}{MARK}{missing}{rest}");
            if let Some(outline) = outline(document, &tried) {
                return Some(outline);
            }
        }
    }
    None
}

impl Offer<'_> {
    fn document(&mut self, outline: &Outline) {
        for seen in &outline.seen {
            match seen {
                Seen::Fields { shapes, keys }
                    if keys.iter().any(|key| key.value.contains(MARK)) =>
                {
                    let others = keys.iter().filter(|key| !key.value.contains(MARK));
                    let others: Vec<&str> = others.map(|key| key.value.as_str()).collect();
                    self.fields(shapes, &others);
                }
                Seen::Name(name) if name.name.value.contains(MARK) => {
                    // Names that are given here are new ones, but for luck, which may come again.
                    if !name.gives || name.of == Of::Chance {
                        self.names(name.of, name.within.as_deref());
                    }
                }
                Seen::Code { text, effect } => {
                    if let Some(at) = text.value.find(MARK) {
                        self.code(&text.value[..at], *effect);
                    }
                }
                Seen::Single { kind, text } if text.value.contains(MARK) => match kind {
                    Kind::OneOf(words) => self.words(words),
                    Kind::Flag => self.words(&["true", "false"]),
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn fields(&mut self, shapes: &[&'static Shape], there: &[&str]) {
        let mut offered: Vec<&str> = Vec::new();
        for shape in shapes {
            for field in shape.fields() {
                if there.contains(&field.name) || offered.contains(&field.name) {
                    continue;
                }
                offered.push(field.name);
                let inserted = if self.has_colon {
                    field.name.to_owned()
                } else {
                    format!("{}: ", field.name)
                };
                let order = format!("{}{:03}", u8::from(!field.needed), self.items.len());
                let detail = if field.needed { "needed" } else { "" };
                let item = self.item(field.name, inserted, CompletionItemKind::PROPERTY, detail);
                self.items.push(CompletionItem {
                    sort_text: Some(order),
                    documentation: Some(markdown(explained(shape, field))),
                    ..item
                });
            }
        }
    }

    fn names(&mut self, of: Of, within: Option<&str>) {
        let all = self.names.given(of, within);
        self.mentions(&all);
        match of {
            Of::PhaseOrEndex => self.words(&["endex"]),
            Of::Word if all.is_empty() => self.words(&["true", "false"]),
            _ => {}
        }
    }

    fn mentions(&mut self, mentions: &[&Mention]) {
        for mention in mentions {
            let symbol = &mention.symbol;
            let item = self.item(
                &symbol.name,
                symbol.name.clone(),
                picture(symbol.of),
                symbol.of.name(),
            );
            self.items.push(CompletionItem {
                documentation: Some(markdown(about(self.names, mention))),
                ..item
            });
        }
    }

    fn words(&mut self, words: &[&str]) {
        for word in words {
            let item = self.item(word, (*word).to_owned(), CompletionItemKind::KEYWORD, "");
            self.items.push(item);
        }
    }

    fn item(
        &self,
        label: &str,
        inserted: String,
        kind: CompletionItemKind,
        detail: &str,
    ) -> CompletionItem {
        CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            detail: (!detail.is_empty()).then(|| detail.to_owned()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(self.span, inserted))),
            ..CompletionItem::default()
        }
    }

    /// What may follow the beginning of an expression or an effect.
    fn code(&mut self, before: &str, effect: bool) {
        let before = before.trim_end();
        for (prefix, of) in [("taken.", Of::Action), ("came.", Of::Inject)] {
            if before.ends_with(prefix) {
                return self.names(of, None);
            }
        }
        if before.ends_with("chosen.") {
            return self.decisions();
        }
        if before.ends_with("since(") {
            return self.names(Of::InjectOrAction, None);
        }
        if effect && before.is_empty() {
            return self.names(Of::Value, None);
        }
        if let Some(side) = compared(before) {
            if side == "phase" {
                return self.names(Of::Phase, None);
            }
            if let Some(decision) = side.strip_prefix("chosen.") {
                self.names(Of::Option, Some(decision));
                return self.words(&["none"]);
            }
            let words = self.names.given(Of::Word, Some(side));
            if !words.is_empty() {
                return self.mentions(&words);
            }
            self.words(&["true", "false"]);
        }
        self.names(Of::Value, None);
        self.words(&[
            "phase", "chosen.", "taken.", "came.", "since(", "now()", "min(", "max(",
        ]);
    }

    /// The injects that ask something, and the decisions that a moment asks.
    fn decisions(&mut self) {
        let mut all = self.names.given(Of::Inject, None);
        all.retain(|it| {
            !self
                .names
                .given(Of::Option, Some(&it.symbol.name))
                .is_empty()
        });
        self.mentions(&all);
    }

    /// What may follow the beginning of a line of a play.
    fn play(&mut self, text: &str, start: usize) {
        let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let before: Vec<&str> = text[line..start].split_whitespace().collect();
        match before.as_slice() {
            [] => self.words(&VERBS),
            ["choose"] | ["expect", "chosen"] => self.decisions(),
            ["choose", decision] | ["expect", "chosen", decision] => {
                self.names(Of::Option, Some(decision));
            }
            ["take"] => self.names(Of::Action, None),
            ["wait"] => self.words(&["until", "for"]),
            ["wait", "for"] | ["expect", "inject"] | ["expect", "no", "inject"] => {
                self.names(Of::Inject, None);
            }
            ["roll"] => self.names(Of::Chance, None),
            ["variant"] => self.names(Of::Variant, None),
            ["cut"] => self.names(Of::Cut, None),
            ["expect"] => {
                self.names(Of::Value, None);
                self.words(&EXPECTED);
            }
            ["expect", "no"] => self.words(&["inject"]),
            ["expect", "score"] => self.names(Of::Objective, None),
            ["expect", "phase"] => self.names(Of::Phase, None),
            ["expect", "ending"] => self.names(Of::Ending, None),
            ["expect", value] | ["expect", value, "==" | "!=" | "="] => {
                self.names(Of::Word, Some(value));
            }
            _ => {}
        }
    }
}

/// The other side of a comparison or an effect whose beginning this is: `citrix` of `mfa && citrix == `.
fn compared(before: &str) -> Option<&str> {
    let left = match before.rsplit_once('[') {
        Some((left, items)) if !items.contains(']') => left.trim_end().strip_suffix("in")?,
        _ => ["==", "!=", "="]
            .iter()
            .find_map(|it| before.strip_suffix(it))?,
    };
    let left = left.trim_end();
    let part = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    let name = &left[left.trim_end_matches(part).len()..];
    (!name.is_empty()).then_some(name)
}

fn picture(of: Of) -> CompletionItemKind {
    match of {
        Of::Value => CompletionItemKind::VARIABLE,
        Of::Word | Of::Option => CompletionItemKind::ENUM_MEMBER,
        Of::Phase | Of::PhaseOrEndex => CompletionItemKind::MODULE,
        Of::Inject | Of::InjectOrAction => CompletionItemKind::EVENT,
        Of::Action => CompletionItemKind::FUNCTION,
        Of::Role => CompletionItemKind::CLASS,
        Of::Entry | Of::Source => CompletionItemKind::REFERENCE,
        _ => CompletionItemKind::VALUE,
    }
}

fn markdown(value: String) -> Documentation {
    Documentation::MarkupContent(MarkupContent {
        kind: MarkupKind::Markdown,
        value,
    })
}
