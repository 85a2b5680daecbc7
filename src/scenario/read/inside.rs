//! From a place inside a text to its place in the file.

use std::ops::Range;

use crate::finding::{Place, Sources};
use crate::scenario::Placed;

/// The place in the file of some bytes of a value, however it was written: plain, quoted, `|` or `>`. If that cannot be
/// found, the place of the whole value.
#[must_use]
pub fn place_inside(sources: &Sources, whole: &Placed<String>, range: Range<usize>) -> Place {
    let raw = sources.text(whole.place);
    range_inside(raw, &whole.value, range).map_or(whole.place, |found| {
        let start = whole.place.start as usize;
        Place::new(whole.place.file, start + found.start..start + found.end)
    })
}

/// The same within the raw text of a scalar, which begins at its quote or `|`. Looks for each character of the value in
/// turn, and skips what YAML dropped between them (indentation, folded lines).
pub(super) fn range_inside(raw: &str, value: &str, range: Range<usize>) -> Option<Range<usize>> {
    let quote = raw
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"' | '|' | '>'));
    let mut at = match quote {
        Some('|' | '>') => raw.find('\n')? + 1,
        Some(_) => 1,
        None => 0,
    };
    let mut found: Option<Range<usize>> = None;
    for (index, character) in value.char_indices() {
        let piece = next_piece(raw, at, quote, character)?;
        at = piece.end;
        if index + character.len_utf8() > range.start {
            let start = found.as_ref().map_or(piece.start, |found| found.start);
            if index >= range.end {
                return Some(found.unwrap_or(piece.start..piece.start));
            }
            found = Some(start..piece.end);
        }
    }
    Some(found.unwrap_or(at..at))
}

/// The raw bytes that stand for the next character of the value.
fn next_piece(raw: &str, from: usize, quote: Option<char>, wanted: char) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let rest = raw.get(at..)?;
        let Some(next) = rest.chars().next() else {
            return wanted.is_whitespace().then_some(at..at);
        };
        let length = match (quote, next) {
            (Some('\''), '\'') if rest.starts_with("''") => 2,
            (Some('"'), '\\') => match escape_length(rest)? {
                Escape::Character(length) => length,
                Escape::JoinsLines(length) => {
                    at += length;
                    continue;
                }
            },
            _ if next == wanted => next.len_utf8(),
            _ if next.is_whitespace() => {
                let skipped = rest.len() - rest.trim_start().len();
                if wanted.is_whitespace() {
                    skipped
                } else {
                    at += skipped;
                    continue;
                }
            }
            _ if wanted.is_whitespace() => 0,
            _ => return None,
        };
        return Some(at..at + length);
    }
}

enum Escape {
    /// Stands for one character.
    Character(usize),
    /// A backslash at the end of a line: together with the next line's indentation it stands for nothing.
    JoinsLines(usize),
}

fn escape_length(rest: &str) -> Option<Escape> {
    let escaped = rest[1..].chars().next()?;
    let length = match escaped {
        '\n' | '\r' => {
            let after = rest[1..].trim_start();
            return Some(Escape::JoinsLines(rest.len() - after.len()));
        }
        'x' => 4,
        'u' if surrogate(rest) => 12,
        'u' => 6,
        'U' => 10,
        _ => 1 + escaped.len_utf8(),
    };
    Some(Escape::Character(length))
}

/// Whether `\uXXXX` is the first half of a pair.
fn surrogate(rest: &str) -> bool {
    rest.get(2..6)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .is_some_and(|code| (0xd800..0xdc00).contains(&code))
}

#[cfg(test)]
mod tests;
