//! Where names are given and used, and the outline of a file.

use lsp_types::{
    DocumentSymbolParams, GotoDefinitionParams, ReferenceParams, SymbolKind,
    TextDocumentPositionParams,
};
use serde_json::{Value, json};

use super::Server;
use super::names::{Mention, NameIndex};
use super::position::LineIndex;
use crate::lsp::workspace::Workspace;
use crate::scenario::schema::NameKind;

impl Server {
    /// What stands at a place, with all names of its scenario.
    pub(super) fn mention(
        &self,
        params: &TextDocumentPositionParams,
    ) -> Option<(NameIndex, Mention)> {
        let here = self.here(params)?;
        let names = NameIndex::of(&self.workspace, &here.home.root);
        let file = names.file(&here.path)?;
        if names.stale.contains(&file) {
            return None;
        }
        let mention = names.at(file, here.offset)?.clone();
        Some((names, mention))
    }

    pub(super) fn definition(&self, params: &GotoDefinitionParams) -> Value {
        let found = self.mention(&params.text_document_position_params);
        let Some((names, mention)) = found else {
            return Value::Null;
        };
        let giver = names.giver(&mention.symbol);
        giver.map_or(Value::Null, |giver| self.location(&names, giver))
    }

    pub(super) fn references(&self, params: &ReferenceParams) -> Value {
        let Some((names, mention)) = self.mention(&params.text_document_position) else {
            return json!([]);
        };
        let with_givers = params.context.include_declaration;
        let all = names.all(&mention.symbol);
        let all = all.filter(|it| with_givers || !it.gives);
        all.map(|it| self.location(&names, it)).collect()
    }

    fn location(&self, names: &NameIndex, mention: &Mention) -> Value {
        let file = &names.files[mention.file];
        let lines = LineIndex::of(&file.text, self.encoding);
        json!({
            "uri": self.workspace.uri(&file.path),
            "range": lines.span(&mention.range),
        })
    }

    /// Everything that a file gives a name to, one within the other.
    pub(super) fn symbols(&self, params: &DocumentSymbolParams) -> Value {
        let path = Workspace::path(&params.text_document.uri);
        let home = path.as_ref().and_then(|path| self.workspace.home(path));
        let (Some(path), Some(home)) = (path, home) else {
            return json!([]);
        };
        let names = NameIndex::of(&self.workspace, &home.root);
        let Some(file) = names.file(&path) else {
            return json!([]);
        };
        let text = &names.files[file].text;
        let lines = LineIndex::of(text, self.encoding);
        let given = names.mentions.iter();
        let given: Vec<&Mention> = given.filter(|it| it.gives && it.file == file).collect();
        json!(nested(&mut given.as_slice(), usize::MAX, &lines))
    }
}

/// The symbols that begin before a byte, each with those that lie within it.
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
            "kind": kind(first.symbol.of),
            "range": lines.span(&(first.whole.start..first.whole.end.max(first.range.end))),
            "selectionRange": lines.span(&first.range),
            "children": children,
        }));
    }
    all
}

/// The nearest that the protocol has a picture for.
pub(super) fn kind(of: NameKind) -> SymbolKind {
    match of {
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
