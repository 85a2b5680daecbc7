//! Boxes in which something is typed or chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::front::text::{cut, width};
use crate::tui::draw::{self, Scroll, paragraph};
use crate::tui::field::TextField;
use crate::tui::form::{self, CursorLines};
use crate::tui::theme::Theme;

/// The columns of text in a dialog.
pub(super) fn columns(area: Rect) -> usize {
    usize::from(area.width).min(84) - 8
}

/// Lines below a sentence that says what they are about.
pub(super) fn headed(head: &str, drawn: CursorLines, theme: Theme, columns: usize) -> CursorLines {
    let mut lines = paragraph(head, columns, theme.strong());
    lines.push(Line::default());
    let top = lines.len();
    lines.extend(drawn.lines);
    CursorLines {
        lines,
        cursor: drawn.cursor.map(|(line, column)| (line + top, column)),
        end: drawn.end.map(|line| line + top),
    }
}

/// A dialog as wide as it needs, but steady while something is typed in it.
pub(super) fn in_dialog(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    (title, columns): (&str, usize),
    drawn: &CursorLines,
    scroll: &Scroll,
) -> Option<Position> {
    let title = cut(title, columns);
    let wide = columns.max(width(&title));
    let inside = draw::dialog(buf, area, theme, &title, (wide, drawn.lines.len()));
    form::draw(buf, inside, theme, drawn, scroll)
}

/// A field that stands alone.
pub(super) fn field_lines(field: &TextField, theme: Theme, columns: usize) -> CursorLines {
    let mut lines: Vec<Line> = field
        .visible_rows(columns)
        .into_iter()
        .map(Line::raw)
        .collect();
    if let Some(left) = field.room_left() {
        let of = format!("{left} more characters fit");
        lines.push(Line::styled(of, theme.quiet()));
    }
    CursorLines {
        lines,
        cursor: Some(field.cursor_in(columns)),
        end: None,
    }
}

/// A dialog about something, as [`in_dialog`] with a sentence above the lines.
pub(super) fn draw_about(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    (title, about): (&str, &str),
    drawn: CursorLines,
) -> Option<Position> {
    let columns = columns(area);
    let drawn = headed(about, drawn, theme, columns);
    let scroll = Scroll::default();
    in_dialog(buf, area, theme, (title, columns), &drawn, &scroll)
}
