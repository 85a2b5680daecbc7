//! Tables as a workbook, to print and pin to a wall.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::table::{Book, Table};

/// The longest title that fits the header of a page, in characters.
const TITLE_MAX: usize = 60;

/// A3: a master list is wide, and on A4 its letters would be half the size.
const PAPER_A3: u8 = 8;

/// The height of a line of the usual letters, in points.
const LINE: f64 = 15.0;

/// The tallest row that Excel shows, in points.
const ROW_MAX: f64 = 409.0;

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
        // Excel would find the height by itself, but LibreOffice only shows the first line.
        let cells = row.iter().zip(&table.columns);
        let lines = cells.map(|(text, column)| lines(text, column.width));
        let height = f64::from(lines.max().unwrap_or(1)) * LINE;
        sheet.set_row_height(line, height.min(ROW_MAX))?;
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

/// How many lines a text takes in a column that is `width` digits wide. Letters may be wider, so a tenth stays free.
fn lines(text: &str, width: u8) -> u32 {
    let width = (usize::from(width) * 9 / 10).max(1);
    let paragraph_lines = |paragraph: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines += 1;
                used = 0;
            }
            used += usize::from(used > 0) + length;
            // A word longer than a line is broken.
            lines += (used.saturating_sub(1) / width) as u32;
            used = used.saturating_sub(1) % width + usize::from(used > 0);
        }
        lines
    };
    text.split('\n').map(paragraph_lines).sum()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_row_is_as_high_as_its_text() {
        let cases = [
            ("", 1),
            ("123456789", 1),
            ("1234567890", 2),
            ("1234 6789", 1),
            ("1234 67890", 2),
            ("1\n\n2", 3),
            ("1234567890123456789", 3),
            ("1 1234567890 1", 3),
        ];
        for (text, expected) in cases {
            assert_eq!(lines(text, 10), expected, "{text:?}");
        }
    }
}
