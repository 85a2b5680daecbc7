//! A table as comma-separated values (RFC 4180), for programs that read nothing else.
//!
//! The bytes begin with a byte order mark. RFC 4180 has none, but without it Excel reads UTF-8 in the code page of the
//! machine and garbles every dash and accent. Readers that know UTF-8 skip it (`utf-8-sig` in Python).

use std::borrow::Cow;

use super::table::Table;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The table with its header, lines ended by CR LF.
///
/// # Panics
/// Never: writing to memory does not fail.
#[must_use]
pub fn bytes(table: &Table) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    let wrote = "memory takes every row, and all have the same number of cells";
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

/// A cell that a spreadsheet would read as a formula, with an apostrophe before it: CSV cannot say that something is text.
/// The wide forms are formulas in East Asian settings.
fn guarded(text: &str) -> Cow<'_, str> {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(begins) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
