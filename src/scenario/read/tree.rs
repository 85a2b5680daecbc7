//! From the bytes of a file to its tree.
//!
//! The tree is built from the events of the parser, not through serde: so every repeated key, tag and alias is a
//! finding, and a plain `no`, `1e3` or `2022-08-04` stays the text that the author wrote.

mod build;
mod mend;

use serde_yaml::granit_parser::{Event, Parser, options};

use super::decode::Decoder;
use super::limits::{DEPTH_MAX, FILE_MAX_BYTES, NODES_MAX};
use super::node::{YamlKind, YamlNode};
use super::{bytes, syntax};
use crate::finding::{FileId, Finding, Place};
use build::Builder;
use mend::Mended;

/// Adds a file to the sources and parses it. If its structure cannot be made out, or it is empty, reports that.
pub(super) fn parse_file(
    decoder: &mut Decoder,
    path: String,
    file_bytes: &[u8],
) -> Option<YamlNode> {
    let root = parse_bytes(decoder, path, file_bytes)?;
    if matches!(root.kind, YamlKind::Nothing) {
        let start = Place::start_of(root.place.file);
        let finding = Finding::error("empty-field", start, "the file is empty");
        decoder.report(finding.hint("Begin with what `sandtable new` writes, or delete the file."));
        return None;
    }
    Some(root)
}

/// The same for a file that may be empty.
pub(super) fn parse_bytes(
    decoder: &mut Decoder,
    path: String,
    file_bytes: &[u8],
) -> Option<YamlNode> {
    let (file, text) = bytes::take(decoder, path, file_bytes);
    let Some(text) = text else {
        decoder.lost.any = true;
        return None;
    };
    let root = parse(decoder, file, &text);
    if root.is_none() {
        decoder.lose_words(&text);
    }
    root
}

/// Parses a text. Reports the pieces that are not YAML, and parses the rest without them.
fn parse(decoder: &mut Decoder, file: FileId, text: &str) -> Option<YamlNode> {
    let mut mended = Mended::new(text);
    let before = (decoder.findings.len(), decoder.allows.len());
    // The next attempt finds again what a failed one found before it failed.
    let mut first: Option<Vec<Finding>> = None;
    loop {
        let failure = match attempt(decoder, file, &mended) {
            Ok(root) => {
                mended.take(decoder, file);
                return Some(root);
            }
            Err(failure) => failure,
        };
        let found: Vec<Finding> = decoder.findings.iter().skip(before.0).cloned().collect();
        decoder.findings.truncate(before.0);
        decoder.allows.truncate(before.1);
        let mut all = found.clone();
        let causes = causes(&found, &failure, text);
        all.extend(causes.iter().filter(|it| !found.contains(it)).cloned());
        let first = first.get_or_insert(all);
        let goes_on = failure
            .anchor
            .is_some_and(|(at, is_line)| mended.without(at, is_line, causes));
        if !goes_on {
            first.drain(..).for_each(|finding| decoder.report(finding));
            return None;
        }
    }
}

/// The findings that explain a failure: what led to it if that was found on the same line, else the failure itself.
fn causes(found: &[Finding], failure: &ParseFailure, text: &str) -> Vec<Finding> {
    let at = failure.finding.place.start as usize;
    let leads = found.iter().filter(|finding| {
        let start = finding.place.start as usize;
        let near = text
            .get(start..at)
            .is_some_and(|between| !between.contains('\n'));
        ["yaml-alias", "yaml-tag"].contains(&finding.rule) && near
            || finding.rule == "cut-short-by-comment"
                && failure.cut.is_some_and(|cut| cut == finding.place)
    });
    let leads: Vec<Finding> = leads.cloned().collect();
    if leads.is_empty() {
        return vec![failure.finding.clone()];
    }
    let as_error = |finding| Finding {
        severity: crate::finding::Severity::Error,
        ..finding
    };
    leads.into_iter().map(as_error).collect()
}

/// Why a text could not be parsed.
struct ParseFailure {
    finding: Finding,
    /// Where the piece begins that could be left out; none if that does not help.
    anchor: Option<syntax::Anchor>,
    /// A comment that swallowed the brackets that would have closed what is open.
    cut: Option<Place>,
}

impl ParseFailure {
    fn whole(finding: Finding) -> Box<Self> {
        Box::new(Self {
            finding,
            anchor: None,
            cut: None,
        })
    }
}

fn attempt(
    decoder: &mut Decoder,
    file: FileId,
    mended: &Mended,
) -> Result<YamlNode, Box<ParseFailure>> {
    let options = options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // A comment may be as long as its file, which has its own limit.
        max_buffered_comment_events: FILE_MAX_BYTES,
    };
    let (text, gaps) = (mended.text(), mended.gaps());
    let mut builder = Builder::new(file, text, mended.filled(), &gaps);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let flow = builder.flow();
                let (finding, anchor) =
                    syntax::finding(&error, file, text, builder.last_end(), flow);
                let cut = builder
                    .last_cut()
                    .filter(|cut| flow.is_some_and(|(outermost, _)| outermost < cut.start));
                return Err(Box::new(ParseFailure {
                    finding,
                    anchor,
                    cut: cut.map(|cut| Place::new(file, cut.clone())),
                }));
            }
        };
        #[cfg(test)]
        work::note();
        let range = builder.range(&span);
        let place = Place::new(file, range.clone());
        if matches!(event, Event::DocumentStart(..)) && builder.documents > 0 {
            return Err(ParseFailure::whole(
                Finding::error("yaml-syntax", place, "a second document in the file")
                    .hint("Delete the `---`: one file holds one document."),
            ));
        }
        builder.take(decoder, event, &span, range);
        if builder.depth() > DEPTH_MAX {
            return Err(ParseFailure::whole(syntax::too_deep(place)));
        }
        if builder.nodes > NODES_MAX {
            let headline = format!(
                "more than {} values in one file",
                crate::words::number(NODES_MAX as i64)
            );
            let finding = Finding::error("too-large", place, headline);
            return Err(ParseFailure::whole(
                finding.hint("Move phases to files of their own, in `phases/`."),
            ));
        }
    }
    Ok(builder.root.unwrap_or(YamlNode {
        place: Place::start_of(file),
        kind: YamlKind::Nothing,
    }))
}

/// How much work reading was: the events of the parser, counted again for each attempt.
#[cfg(test)]
pub(super) mod work {
    use std::cell::Cell;

    thread_local! {
        static EVENTS: Cell<usize> = const { Cell::new(0) };
    }

    pub fn note() {
        EVENTS.set(EVENTS.get() + 1);
    }

    /// How many since the last time.
    pub fn take() -> usize {
        EVENTS.take()
    }
}
