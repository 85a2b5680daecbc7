//! Where names are defined and used, and the outline of a file.

use lsp_types::SymbolKind;
use serde_json::{Value, json};

use super::Server;
use super::names::NameIndex;
use super::params::{DocumentParams, PlaceParams, UsesParams};
use super::position::LineIndex;
use super::symbol::Mention;
use super::uri::path_of;
use crate::scenario::schema::NameKind;

impl Server {
    /// The name at a place, with all names of its scenario.
    pub(super) fn mention(&self, params: &PlaceParams) -> Option<(NameIndex, Mention)> {
        let here = self.here(params)?;
        let names = NameIndex::new(&self.workspace, &here.home.root);
        let file = names.file(&here.path)?;
        if names.stale.contains(&file) {
            return None;
        }
        let mention = names.mention_at(file, here.offset)?.clone();
        Some((names, mention))
    }

    pub(super) fn definition(&self, params: &PlaceParams) -> Value {
        let found = self.mention(params);
        let Some((names, mention)) = found else {
            return Value::Null;
        };
        let definition = names.definition(&mention.symbol);
        definition.map_or(Value::Null, |it| self.location(&names, it))
    }

    pub(super) fn references(&self, params: &UsesParams) -> Value {
        let Some((names, mention)) = self.mention(&params.place) else {
            return json!([]);
        };
        let with_definitions = params.with_definitions();
        let all = names.all(&mention.symbol);
        let all = all.filter(|it| with_definitions || !it.defines);
        all.map(|it| self.location(&names, it)).collect()
    }

    fn location(&self, names: &NameIndex, mention: &Mention) -> Value {
        let file = &names.files[mention.file];
        let lines = LineIndex::new(&file.text, self.encoding);
        json!({
            "uri": self.workspace.uri(&file.path),
            "range": lines.span(&mention.range),
        })
    }

    /// Everything that a file defines, nested.
    pub(super) fn symbols(&self, params: &DocumentParams) -> Value {
        let path = path_of(&params.text_document.uri);
        let home = path.as_ref().and_then(|path| self.workspace.home(path));
        let (Some(path), Some(home)) = (path, home) else {
            return json!([]);
        };
        let names = NameIndex::new(&self.workspace, &home.root);
        let Some(file) = names.file(&path) else {
            return json!([]);
        };
        let text = &names.files[file].text;
        let lines = LineIndex::new(text, self.encoding);
        let defined = names.mentions.iter();
        let defined: Vec<&Mention> = defined.filter(|it| it.defines && it.file == file).collect();
        json!(nested(&mut defined.as_slice(), usize::MAX, &lines))
    }
}

/// The definitions that begin before a byte, each with those inside it.
fn nested(left: &mut &[&Mention], end: usize, lines: &LineIndex) -> Vec<Value> {
    let mut all = Vec::new();
    while let [first, rest @ ..] = left
        && first.range.start < end
    {
        *left = rest;
        let children = nested(left, first.whole.end.min(end), lines);
        all.push(json!({
            "name": first.symbol.name,
            "detail": first.title,
            "kind": symbol_kind(first.symbol.kind),
            "range": lines.span(&(first.whole.start..first.whole.end.max(first.range.end))),
            "selectionRange": lines.span(&first.range),
            "children": children,
        }));
    }
    all
}

/// The nearest kind that the protocol has.
fn symbol_kind(kind: NameKind) -> SymbolKind {
    match kind {
        NameKind::Role => SymbolKind::CLASS,
        NameKind::Objective => SymbolKind::NUMBER,
        NameKind::Value => SymbolKind::VARIABLE,
        NameKind::Word | NameKind::Option => SymbolKind::ENUM_MEMBER,
        NameKind::Phase | NameKind::PhaseOrEndex => SymbolKind::NAMESPACE,
        NameKind::Inject | NameKind::InjectOrAction => SymbolKind::EVENT,
        NameKind::Action => SymbolKind::FUNCTION,
        NameKind::Chance => SymbolKind::OPERATOR,
        NameKind::Ending | NameKind::Variant | NameKind::Cut | NameKind::Rule => SymbolKind::OBJECT,
        NameKind::Entry => SymbolKind::STRING,
        NameKind::Source => SymbolKind::FILE,
    }
}
