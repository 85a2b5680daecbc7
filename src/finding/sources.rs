//! Files, lines and columns.

use super::{FileId, Place, Source, Sources};

/// Where something starts or ends in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters (Unicode scalar values). A byte order mark at the start is not counted.
    pub column: usize,
    /// The byte of the text, from 0.
    pub offset: usize,
}

impl Place {
    /// The start of a file: the place of a finding about the whole file.
    #[must_use]
    pub fn start_of(file: FileId) -> Self {
        Self {
            file,
            start: 0,
            end: 0,
        }
    }

    /// A range of bytes in a file. Files hold far less than 4 GiB, so no position is cut off.
    #[must_use]
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self {
            file,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        }
    }
}

impl Sources {
    /// Adds a file. There can be 65,535; any further ones share the last number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        self.files.push(Source {
            path: path.into(),
            text: text.into(),
            line_starts: std::sync::OnceLock::new(),
        });
        FileId(id)
    }

    /// The file with this number, if there is one.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(usize::from(file.0))
    }

    /// The text at a place, widened to whole characters; empty if the file does not exist.
    #[must_use]
    pub fn text(&self, place: Place) -> &str {
        self.get(place.file).map_or("", |source| {
            let range = whole_characters(&source.text, place);
            &source.text[range]
        })
    }

    /// The line and the column at which a place starts. Both count from 1, columns in characters.
    #[must_use]
    pub fn line_and_column(&self, place: Place) -> (usize, usize) {
        let Some(source) = self.get(place.file) else {
            return (1, 1);
        };
        let at = whole_characters(&source.text, place).start;
        let starts = source.line_starts();
        let line = starts.partition_point(|start| *start as usize <= at);
        let column = source.text[starts[line - 1] as usize..at]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1;
        (line, column)
    }

    /// Where a place starts, and where the text after it starts.
    #[must_use]
    pub fn span(&self, place: Place) -> (LineColumn, LineColumn) {
        let range = self
            .get(place.file)
            .map_or(0..0, |source| whole_characters(&source.text, place));
        let at = |offset: usize| {
            let (line, column) = self.line_and_column(Place::new(place.file, offset..offset));
            LineColumn {
                line,
                column,
                offset,
            }
        };
        (at(range.start), at(range.end))
    }

    /// The path of the file of a place; empty if the file does not exist.
    #[must_use]
    pub fn path(&self, place: Place) -> &str {
        self.get(place.file).map_or("", |source| &source.path)
    }
}

impl Source {
    /// The first byte of every line: worked out once, however many places are looked up.
    pub(crate) fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = self.text.match_indices('\n');
            let after = newlines.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after).collect()
        })
    }
}

/// The range of a place, within the text and widened to whole characters.
pub(super) fn whole_characters(text: &str, place: Place) -> std::ops::Range<usize> {
    let mut start = (place.start as usize).min(text.len());
    let mut end = (place.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::{Place, Sources};

    #[test]
    fn columns_count_characters_from_one() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "é: x\nnaïve: y\n");
        let cases = [
            (0, (1, 1)),
            (2, (1, 2)),
            (6, (2, 1)),
            (10, (2, 4)),
            (99, (3, 1)),
        ];
        for (start, expected) in cases {
            let place = Place::new(file, start..start);
            assert_eq!(sources.line_and_column(place), expected, "{start}");
        }
        assert_eq!(sources.text(Place::new(file, 6..12)), "naïve");
    }
}
