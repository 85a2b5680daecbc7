//! Tables of text, for any spreadsheet.

use crate::words;

/// The longest text that a cell of a spreadsheet can hold, in UTF-16 units (Excel's own limit).
pub const CELL_MAX: usize = 32_767;

/// Several tables of one scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The scenario's title.
    pub title: String,
    /// In the order of the sheets.
    pub tables: Vec<Table>,
}

/// A table: a header, and rows with a cell for each column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The name of its sheet: at most 31 characters, without `[]:*?/\`.
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
        let column = |&(title, width): &(_, _)| Column { title, width };
        Self {
            name,
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, and makes each of its cells harmless.
    ///
    /// # Panics
    /// Unless it has a cell for every column.
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

/// A text as a cell can hold it: with substitutes for control characters and for what XML does not allow, cut if it is too
/// long.
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
