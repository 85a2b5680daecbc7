//! Tables of text, as any spreadsheet holds them.

use crate::words;

/// The longest text that a cell of a spreadsheet takes, in UTF-16 units (Excel's own limit).
pub const CELL_MAX: usize = 32_767;

/// Several tables of one scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The scenario's title.
    pub title: String,
    /// In the order of the sheets.
    pub tables: Vec<Table>,
}

/// A table: a header and rows of as many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the sheet is called: at most 31 characters, none of `[]:*?/\`.
    pub name: &'static str,
    /// In order.
    pub columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub title: &'static str,
    /// How wide it is shown, in characters.
    pub width: u8,
}

impl Table {
    /// A table without rows. Each column is a header and a width in characters.
    #[must_use]
    pub fn new(name: &'static str, columns: &[(&'static str, u8)]) -> Self {
        let columns = columns.iter();
        Self {
            name,
            columns: columns
                .map(|(title, width)| Column {
                    title,
                    width: *width,
                })
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, every cell made harmless.
    ///
    /// # Panics
    /// Where it has another number of cells than the table has columns.
    pub fn push(&mut self, row: &[String]) {
        assert_eq!(row.len(), self.columns.len(), "a cell for every column");
        self.rows.push(row.iter().map(|text| cell(text)).collect());
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }
}

/// A text as a cell takes it: with substitutes for control characters and for what XML has no place for, cut where it is
/// too long.
#[must_use]
pub fn cell(text: &str) -> String {
    let mut cell = String::new();
    let mut units = 0;
    for character in words::visible(text.trim()).chars() {
        let character = match character {
            '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            other => other,
        };
        units += character.len_utf16();
        if units >= CELL_MAX {
            cell.push('…');
            break;
        }
        cell.push(character);
    }
    cell
}
