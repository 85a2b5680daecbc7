//! Completion.
//!
//! A mark is put where the cursor is ([`super::fragment`]), and the outline of that text says what the mark stands for: a
//! field, a name, an expression. Names are those from before the typing began, so that no key waits for a large file to
//! be read.

mod lines;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent,
    MarkupKind, TextEdit,
};
use serde_json::{Value, json};

use super::Server;
use super::fragment::{MARK, fragments};
use super::hover::{Here, allowed_at, field_text, name_text};
use super::language::{EXPRESSION, Word};
use super::names::NameIndex;
use super::params::PlaceParams;
use super::position::{LineIndex, word_at};
use super::symbol::{Mention, Symbol};
use super::workspace::FileKind;
use crate::check::{self, RULES, Rule};
use crate::scenario::read::outline::{Outline, Seen, outline};
use crate::scenario::schema::{FieldKind, NUMBER, NameKind, Shape, TRUTH};

/// Fields whose values are names of number values.
const NUMBER_FIELDS: [&str; 4] = ["uses", "bands", "gauge", "trend"];

/// What is offered at one place.
struct Suggestions<'a> {
    names: &'a NameIndex,
    /// What the editor replaces.
    span: lsp_types::Range,
    /// Whether a colon already follows.
    has_colon: bool,
    items: Vec<CompletionItem>,
}

impl Server {
    pub(super) fn complete(&self, params: &PlaceParams) -> Value {
        let here = self.here(params);
        let items = here.and_then(|here| self.offered(&here));
        json!({"isIncomplete": false, "items": items.unwrap_or_default()})
    }

    fn offered(&self, here: &Here) -> Option<Vec<CompletionItem>> {
        let text = self.workspace.text(&here.path)?;
        let kind = here.home.kind()?;
        let rule = allowed_at(text, here.offset).filter(|_| kind != FileKind::Play);
        let word = rule.clone().unwrap_or_else(|| word_at(text, here.offset));
        let names = NameIndex::before_typing(&self.workspace, &here.home.root);
        let mut offer = Suggestions {
            names: &names,
            span: LineIndex::new(text, self.encoding).span(&word),
            has_colon: text[word.end..].trim_start_matches(' ').starts_with(':'),
            items: Vec::new(),
        };
        match kind {
            _ if rule.is_some() => offer.rules(),
            FileKind::Play => offer.play(text, word.start),
            FileKind::Document(document) => {
                let mut fragments = fragments(text, &word).into_iter();
                offer.document(&fragments.find_map(|it| outline(document, &it))?);
            }
        }
        Some(offer.items)
    }
}

impl Suggestions<'_> {
    fn document(&mut self, outline: &Outline) {
        let mut field = "";
        for seen in &outline.seen {
            match seen {
                Seen::Key { field: last, .. } => field = last.name,
                Seen::Fields { shapes, keys }
                    if keys.iter().any(|key| key.value.contains(MARK)) =>
                {
                    let others = keys.iter().filter(|key| !key.value.contains(MARK));
                    let others: Vec<&str> = others.map(|key| key.value.as_str()).collect();
                    self.fields(shapes, &others);
                }
                Seen::Name(name)
                    if name.name.value.contains(MARK)
                    // A definition is a new name, except of a chance, which several blocks may share.
                    && (!name.gives || name.of == NameKind::Chance) =>
                {
                    if NUMBER_FIELDS.contains(&field) {
                        self.numbers();
                    } else {
                        self.names(name.of, name.within.as_deref());
                    }
                }
                Seen::Code { text, effect } => {
                    if let Some(at) = text.value.find(MARK) {
                        self.code(&text.value[..at], *effect);
                    }
                }
                Seen::Single { kind, text } if text.value.contains(MARK) => match kind {
                    FieldKind::OneOf(words) => self.words(words),
                    FieldKind::Flag => self.truths(),
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
                    documentation: Some(markdown(field_text(shape, field))),
                    ..item
                });
            }
        }
    }

    fn names(&mut self, kind: NameKind, within: Option<&str>) {
        let all = self.names.defined(kind, within);
        self.mentions(&all);
        match kind {
            NameKind::PhaseOrEndex => self.words(&["endex"]),
            NameKind::Word if self.is_a(within.unwrap_or_default(), &TRUTH) => self.truths(),
            _ => {}
        }
    }

    /// Whether a value is of this kind.
    fn is_a(&self, value: &str, kind: &Shape) -> bool {
        let definition = self.names.definition(&Symbol::new(NameKind::Value, value));
        let shape = definition.and_then(|it| it.shape);
        shape.is_some_and(|shape| shape.id == kind.id)
    }

    fn numbers(&mut self) {
        let mut all = self.names.defined(NameKind::Value, None);
        all.retain(|it| it.shape.is_some_and(|shape| shape.id == NUMBER.id));
        self.mentions(&all);
    }

    fn truths(&mut self) {
        self.words(&["true", "false"]);
    }

    /// Every rule, for a comment that allows one.
    fn rules(&mut self) {
        for Rule { name, .. } in RULES {
            let item = self.item(name, *name, CompletionItemKind::KEYWORD, "rule");
            self.items.push(CompletionItem {
                documentation: check::page(name).map(markdown),
                ..item
            });
        }
    }

    fn mentions(&mut self, mentions: &[&Mention]) {
        for mention in mentions {
            let symbol = &mention.symbol;
            let kind = item_kind(symbol.kind);
            let item = self.item(&symbol.name, &symbol.name, kind, symbol.kind.name());
            self.items.push(CompletionItem {
                documentation: Some(markdown(name_text(self.names, mention))),
                ..item
            });
        }
    }

    fn words(&mut self, words: &[&str]) {
        for word in words {
            let item = self.item(word, *word, CompletionItemKind::KEYWORD, "");
            self.items.push(item);
        }
    }

    /// Words of the language, with their meanings.
    fn language(&mut self, words: &[Word]) {
        for word in words {
            let item = self.item(word.0, word.0, CompletionItemKind::KEYWORD, "");
            self.items.push(CompletionItem {
                documentation: Some(markdown(word.1)),
                ..item
            });
        }
    }

    fn item(
        &self,
        label: &str,
        inserted: impl Into<String>,
        kind: CompletionItemKind,
        detail: &str,
    ) -> CompletionItem {
        CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            detail: (!detail.is_empty()).then(|| detail.to_owned()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
                self.span,
                inserted.into(),
            ))),
            ..CompletionItem::default()
        }
    }

    /// What may continue an expression or an effect.
    fn code(&mut self, before: &str, effect: bool) {
        let before = before.trim_end();
        for (prefix, kind) in [("taken.", NameKind::Action), ("came.", NameKind::Inject)] {
            if before.ends_with(prefix) {
                return self.names(kind, None);
            }
        }
        if before.ends_with("chosen.") {
            return self.decisions();
        }
        if before.ends_with("since(") {
            return self.names(NameKind::InjectOrAction, None);
        }
        if effect && before.is_empty() {
            return self.names(NameKind::Value, None);
        }
        if let Some(side) = compared(before) {
            if side == "phase" {
                return self.names(NameKind::Phase, None);
            }
            if let Some(decision) = side.strip_prefix("chosen.") {
                self.names(NameKind::Option, Some(decision));
                return self.words(&["none"]);
            }
            let words = self.names.defined(NameKind::Word, Some(side));
            if !words.is_empty() {
                return self.mentions(&words);
            }
            if self.is_a(side, &TRUTH) {
                self.truths();
            }
        }
        self.names(NameKind::Value, None);
        self.language(&EXPRESSION);
    }
}

/// The left side of the comparison or effect that ends here: `citrix` in `mfa && citrix == `.
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

fn item_kind(kind: NameKind) -> CompletionItemKind {
    match kind {
        NameKind::Value => CompletionItemKind::VARIABLE,
        NameKind::Word | NameKind::Option => CompletionItemKind::ENUM_MEMBER,
        NameKind::Phase | NameKind::PhaseOrEndex => CompletionItemKind::MODULE,
        NameKind::Inject | NameKind::InjectOrAction => CompletionItemKind::EVENT,
        NameKind::Action => CompletionItemKind::FUNCTION,
        NameKind::Role => CompletionItemKind::CLASS,
        NameKind::Entry | NameKind::Source => CompletionItemKind::REFERENCE,
        _ => CompletionItemKind::VALUE,
    }
}

fn markdown(value: impl Into<String>) -> Documentation {
    Documentation::MarkupContent(MarkupContent {
        kind: MarkupKind::Markdown,
        value: value.into(),
    })
}
