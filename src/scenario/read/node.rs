//! YAML as a tree in which everything has its place.

use crate::finding::Place;
use crate::scenario::Placed;

/// A value and where it is.
#[derive(Debug)]
pub(super) struct YamlNode {
    /// From its first byte (the quote, the bracket, the `|`) to its last.
    pub place: Place,
    /// What it is.
    pub kind: YamlKind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum YamlKind {
    /// A key with nothing after it.
    Nothing,
    /// Something that has been reported; reading it reports nothing more.
    Broken,
    /// A scalar.
    Text {
        /// Its text, without quotes and escapes, never converted to another type.
        text: String,
        /// Whether it was written without quotes and without `|` or `>`.
        plain: bool,
    },
    /// A list.
    List(Vec<YamlNode>),
    /// A mapping, in the order of the file, with no key twice.
    Map(Vec<(Placed<String>, YamlNode)>),
}
