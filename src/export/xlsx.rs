//! Tables as a workbook that can be printed and pinned to a wall.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::table::{Book, Table};

/// A title longer than this does not fit the header of a page, in characters.
const TITLE_MAX: usize = 60;

/// A3: a master list is wide, and on A4 its letters would be half as high.
const PAPER_A3: u8 = 8;

/// The bytes of a workbook with a sheet for each table. Every cell is text: nothing in it is a formula.
pub fn bytes(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Not today: the same scenario gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(format!("EXERCISE: {}", book.title))
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    for table in &book.tables {
        sheet(workbook.add_worksheet(), &book.title, table)?;
    }
    workbook.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, title: &str, table: &Table) -> Result<(), XlsxError> {
    let plain = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Hair);
    let bold = plain.clone().set_bold().set_background_color("D9E2EC");
    sheet.set_name(table.name)?;
    for (column, at) in table.columns.iter().zip(0..) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.write_string_with_format(0, at, column.title, &bold)?;
    }
    for (line, row) in (1..).zip(table.rows()) {
        for (text, at) in row.iter().zip(0..) {
            sheet.write_string_with_format(line, at, text, &plain)?;
        }
    }
    let last_row = table.rows().len() as u32;
    let last_column = (table.columns.len() as u16).saturating_sub(1);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(PAPER_A3);
    sheet.set_print_fit_to_pages(1, 0);
    // In a header `&` begins a command; doubled it is itself.
    let title = crate::words::clipped(title, TITLE_MAX).replace('&', "&&");
    sheet.set_header(format!("&L{title}&C&\"-,Bold\"EXERCISE&R{}", table.name));
    sheet.set_footer("&C&\"-,Bold\"EXERCISE&RPage &P of &N");
    Ok(())
}
