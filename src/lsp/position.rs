//! Converts between bytes and an editor's positions: lines, and columns in one of two encodings.

use std::ops::Range;

use lsp_types::{Position, Range as Span};

use crate::finding::Place;

/// The bytes of a place.
pub fn bytes_of(place: Place) -> Range<usize> {
    place.start as usize..place.end as usize
}

/// The byte at which the line of a byte begins.
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

/// How an editor counts columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In bytes.
    Utf8,
    /// In units of UTF-16, which every editor supports.
    Utf16,
}

impl Encoding {
    /// The protocol's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
        }
    }

    fn length(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
        }
    }
}

/// A text and where its lines begin.
pub struct LineIndex<'t> {
    text: &'t str,
    encoding: Encoding,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Lines end with `\n`, `\r\n` or `\r`, as the protocol says.
    pub fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| {
            **byte == b'\n' || **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        Self {
            text,
            encoding,
            starts: starts.collect(),
        }
    }

    /// The position of a byte. A byte beyond the text counts as its end, one within a character as its beginning.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let column: usize = before.chars().map(|it| self.encoding.length(it)).sum();
        Position::new(line as u32, column as u32)
    }

    /// The byte at a position. A position beyond a line counts as its end, one within a character as its beginning.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else {
            return self.text.len();
        };
        let end = self.starts.get(line + 1).map_or(self.text.len(), |it| *it);
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, letter) in content.char_indices() {
            let length = self.encoding.length(letter);
            if left < length {
                return start + at;
            }
            left -= length;
        }
        start + content.len()
    }

    /// The positions of a range of bytes.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.position(range.start), self.position(range.end))
    }
}

/// The word at a byte: a name or a code.
pub fn word_at(text: &str, offset: usize) -> Range<usize> {
    let named = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    // In an expression a hyphen is a minus. Only codes begin with a capital.
    let coded = |letter: char| named(letter) || "-.+".contains(letter);
    let code = text[..offset].trim_end_matches(coded).len();
    if text[code..].starts_with(|letter: char| letter.is_ascii_uppercase()) {
        return code..text.len() - text[offset..].trim_start_matches(coded).len();
    }
    let start = text[..offset].trim_end_matches(named).len();
    start..text.len() - text[offset..].trim_start_matches(named).len()
}

#[cfg(test)]
mod tests {
    use lsp_types::Position;

    use super::{Encoding, LineIndex};

    #[test]
    fn columns_count_in_the_units_of_the_editor() {
        let text = "é: 🦀x\r\nb\rc";
        let cases = [
            (0, (0, 0), (0, 0)),
            (2, (0, 1), (0, 2)),
            (4, (0, 3), (0, 4)),
            (8, (0, 5), (0, 8)),
            (11, (1, 0), (1, 0)),
            (13, (2, 0), (2, 0)),
            (14, (2, 1), (2, 1)),
        ];
        for (offset, utf16, utf8) in cases {
            for (encoding, (line, column)) in [(Encoding::Utf16, utf16), (Encoding::Utf8, utf8)] {
                let lines = LineIndex::new(text, encoding);
                let position = Position::new(line, column);
                assert_eq!(lines.position(offset), position, "{offset} {encoding:?}");
                assert_eq!(lines.offset(position), offset, "{position:?} {encoding:?}");
            }
        }
        let lines = LineIndex::new(text, Encoding::Utf16);
        assert_eq!(lines.offset(Position::new(0, 4)), 4, "within a character");
        assert_eq!(lines.offset(Position::new(0, 99)), 9, "beyond a line");
        assert_eq!(lines.offset(Position::new(9, 0)), 14, "beyond the text");
        assert_eq!(lines.position(99), Position::new(2, 1));
    }
}
