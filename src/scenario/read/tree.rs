//! YAML as a tree in which everything has its place.
//!
//! The tree is built from the events of the parser, not through serde: so every repeated key, tag and alias of a
//! file is a finding, and a plain `no`, `1e3` or `2022-08-04` is the text that the author wrote.

mod build;

use serde_yaml::granit_parser::{Event, Parser, options};

use super::decode::Reader;
use super::limits::{DEPTH_MAX, FILE_MAX_BYTES, NODES_MAX};
use super::{bytes, syntax};
use crate::finding::{FileId, Finding, Place};
use crate::scenario::Placed;
use build::Builder;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    /// From its first byte (the quote, the bracket, the `|`) to its last.
    pub place: Place,
    /// What it is.
    pub kind: NodeKind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum NodeKind {
    /// A key with nothing after it.
    Nothing,
    /// Something that has been reported already; reading it says nothing more.
    Broken,
    /// A scalar.
    Text {
        /// Its text, without quotes and escapes, never bent to another type.
        text: String,
        /// Whether it was written without quotes and without `|` or `>`.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file. No key comes twice.
    Map(Vec<(Placed<String>, Node)>),
}

/// What to do about depth.
pub(super) const TOO_DEEP: &str =
    "Close what is open: nothing in a scenario lies anywhere near so deep.";

/// Takes a file into the sources and parses it. None if its structure cannot be known; that has been reported.
pub(super) fn of_file(reader: &mut Reader, path: String, file_bytes: &[u8]) -> Option<Node> {
    let (file, text) = bytes::take(reader, path, file_bytes);
    let Some(text) = text else {
        reader.lost.any = true;
        return None;
    };
    let root = parse(reader, file, &text);
    if root.is_none() {
        reader.lose_words(&text);
    }
    let root = root?;
    if matches!(root.kind, NodeKind::Nothing) {
        let finding = Finding::error("empty-field", Place::start_of(file), "the file is empty");
        reader.report(finding.hint("Begin with what `sandtable new` writes, or delete the file."));
        return None;
    }
    Some(root)
}

fn parse(reader: &mut Reader, file: FileId, text: &str) -> Option<Node> {
    let options = options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // A comment may be as long as its file, which has a limit of its own.
        max_buffered_comment_events: FILE_MAX_BYTES,
    };
    let mut builder = Builder::new(file, text);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                reader.report(syntax::finding(&error, file, text));
                return None;
            }
        };
        let range = builder.range(&span);
        let place = Place::new(file, range.clone());
        if matches!(event, Event::DocumentStart(..)) && builder.documents > 0 {
            reader.report(
                Finding::error("yaml-syntax", place, "a second document in the file")
                    .hint("Delete the `---`: one file holds one document."),
            );
            return None;
        }
        builder.take(reader, event, &span, range);
        if builder.depth() > DEPTH_MAX {
            let headline = format!("more than {DEPTH_MAX} lists and mappings within one another");
            reader.report(Finding::error("too-deep", place, headline).hint(TOO_DEEP));
            return None;
        }
        if builder.nodes > NODES_MAX {
            let headline = format!(
                "more than {} values in one file",
                crate::words::number(NODES_MAX as i64)
            );
            let finding = Finding::error("too-large", place, headline);
            reader.report(finding.hint("Move phases to files of their own, in `phases/`."));
            return None;
        }
    }
    Some(builder.root.unwrap_or(Node {
        place: Place::start_of(file),
        kind: NodeKind::Nothing,
    }))
}
