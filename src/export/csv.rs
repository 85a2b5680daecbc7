//! A table as comma-separated values: RFC 4180, for a program that knows nothing else.
//!
//! The bytes begin with a byte order mark. RFC 4180 has none, but without it Excel takes UTF-8 for the code page of the
//! machine and turns every dash and accent into noise. Readers that know UTF-8 skip it (`utf-8-sig` in Python).

use std::borrow::Cow;

use super::table::Table;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The table with its header, lines ended by CR LF.
///
/// # Panics
/// Never: memory takes whatever is written.
#[must_use]
pub fn bytes(table: &Table) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    let wrote = "memory takes every row, and all have as many cells";
    let header = table.columns.iter().map(|column| column.title);
    writer.write_record(header).expect(wrote);
    for row in table.rows() {
        let cells = row.iter().map(|text| guarded(text));
        writer
            .write_record(cells.map(|cell| cell.into_owned().into_bytes()))
            .expect(wrote);
    }
    writer.into_inner().expect(wrote)
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe instead: CSV cannot say that something is
/// text. The wide forms count as formulas in East Asian settings.
fn guarded(text: &str) -> Cow<'_, str> {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(begins) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
