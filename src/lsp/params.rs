//! What editors send, read with as few demands as possible: only what is used must be there, and `null` counts as left
//! out. Old editors send `"version": null`, and URIs with spaces or umlauts as they are, so a URI is just text here.

use lsp_types::{Position, Range};
use serde::{Deserialize, Deserializer};

/// Which file a message is about.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentParams {
    pub text_document: DocumentId,
}

/// A file as the editor names it.
#[derive(Debug, Deserialize)]
pub struct DocumentId {
    pub uri: String,
    /// Anything that is not a whole number counts as none.
    #[serde(default, deserialize_with = "version")]
    pub version: Option<i32>,
}

/// A file that was opened.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenParams {
    pub text_document: OpenedDocument,
}

#[derive(Debug, Deserialize)]
pub struct OpenedDocument {
    #[serde(flatten)]
    pub id: DocumentId,
    pub text: String,
}

/// Changes of an open file, in order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeParams {
    pub text_document: DocumentId,
    pub content_changes: Vec<TextChange>,
}

#[derive(Debug, Deserialize)]
pub struct TextChange {
    /// Without one, `text` is the whole file.
    pub range: Option<Range>,
    pub text: String,
}

/// A place in a file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceParams {
    pub text_document: DocumentId,
    pub position: Position,
}

/// A place, and what the name there should become.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewNameParams {
    #[serde(flatten)]
    pub place: PlaceParams,
    pub new_name: String,
}

/// A place whose name's uses are wanted.
#[derive(Debug, Deserialize)]
pub struct UsesParams {
    #[serde(flatten)]
    pub place: PlaceParams,
    context: Option<UsesContext>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UsesContext {
    include_declaration: Option<bool>,
}

impl UsesParams {
    /// Whether the definition is wanted too. Editors that do not say want everything.
    pub fn with_definitions(&self) -> bool {
        let context = self.context.as_ref();
        context
            .and_then(|it| it.include_declaration)
            .unwrap_or(true)
    }
}

/// A range of a file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RangeParams {
    pub text_document: DocumentId,
    pub range: Range,
}

fn version<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i32>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_i64().and_then(|it| i32::try_from(it).ok()))
}
