//! From bytes to text that can be parsed and shown.

use super::decode::Decoder;
use super::limits::FILE_MAX_BYTES;
use crate::finding::{FileId, Finding, Place};
use crate::words;

/// Adds a file to the sources, and returns the text to parse: as long as the source, but with a harmless character in
/// place of each forbidden one, so that a stray control character gives one finding. None if it cannot be parsed.
pub(super) fn take(decoder: &mut Decoder, path: String, bytes: &[u8]) -> (FileId, Option<String>) {
    if bytes.len() > FILE_MAX_BYTES {
        let file = decoder.sources.add(path, "");
        let headline = format!(
            "the file holds {} MiB; at most {} MiB are read",
            bytes.len() >> 20,
            FILE_MAX_BYTES >> 20
        );
        let finding = Finding::error("too-large", Place::start_of(file), headline);
        decoder.report(finding.hint("Move phases to files of their own, in `phases/`."));
        return (file, None);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let file = decoder.sources.add(path, text);
            let harmless = without_controls(decoder, file, text);
            (file, Some(harmless))
        }
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            let at = error.valid_up_to();
            let file = decoder.sources.add(path, text);
            let place = Place::new(file, at..at + '\u{fffd}'.len_utf8());
            decoder.report(
                Finding::error("not-utf8", place, "the file is not UTF-8 text")
                    .hint("Save it as UTF-8, and change nothing else."),
            );
            (file, None)
        }
    }
}

fn without_controls(decoder: &mut Decoder, file: FileId, text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    // Where a run of tags begins.
    let mut tags: Option<usize> = None;
    while let Some((at, character)) = rest.next() {
        if words::is_tag(character) {
            tags.get_or_insert(at);
        } else if let Some(start) = tags.take() {
            hidden(decoder, file, text, start..at);
        }
        let line_ending = character == '\r' && rest.peek().is_some_and(|(_, next)| *next == '\n');
        if line_ending || !words::forbidden(character) {
            harmless.push(character);
            continue;
        }
        harmless.push_str(match character.len_utf8() {
            1 => "?",
            2 => "¿",
            _ => "\u{fffd}",
        });
        let place = Place::new(file, at..at + character.len_utf8());
        decoder.report(control(place, character));
    }
    if let Some(start) = tags {
        hidden(decoder, file, text, start..text.len());
    }
    harmless
}

/// A black flag: with tags behind it, it is the flag of England or of another part of a country.
const FLAG: char = '\u{1f3f4}';

/// Reports tags, which nobody sees but a program may read, unless they belong to a flag.
fn hidden(decoder: &mut Decoder, file: FileId, text: &str, range: std::ops::Range<usize>) {
    if text[..range.start].ends_with(FLAG) {
        return;
    }
    let count = text[range.clone()].chars().count();
    let (stand, they) = if count == 1 {
        ("stands", "it")
    } else {
        ("stand", "them")
    };
    let characters = words::count(count as i64, "invisible tag", "invisible tags");
    let headline = format!("{characters} (U+E0000…) {stand} here, and nobody can see {they}");
    let finding = Finding::warning("odd-character", Place::new(file, range), headline);
    decoder.report(
        finding
            .hint("A program may read text in such characters that people do not see.")
            .instead(""),
    );
}

/// The finding for a character that a terminal must not see.
pub(super) fn control(place: Place, character: char) -> Finding {
    let code = u32::from(character);
    let headline = if code > 0xff {
        format!("U+{code:04X} changes the direction of writing")
    } else {
        format!("control character U+{code:04X}")
    };
    Finding::error("control-character", place, headline)
        .hint("Delete it: a terminal would obey it instead of showing it.")
        .instead("")
}
