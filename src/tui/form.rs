//! Several things to fill in, one below the other, with keys alone; and the boxes in which that is done.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::text::{cut, pad, width, wrap};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, paragraph};
use crate::tui::field::TextField;
use crate::tui::theme::Theme;

/// Columns for the labels, with the mark before them.
const LABELS: usize = 12;

/// A form, and the row that is being filled in.
#[derive(Clone, Debug)]
pub(super) struct Form {
    rows: Vec<FormRow>,
    current: usize,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct FormRow {
    label: &'static str,
    /// Shown while nothing is filled in.
    hint: &'static str,
    entry: FormEntry,
}

/// What is filled in.
#[derive(Clone, Debug)]
pub(super) enum FormEntry {
    /// A text.
    Text(TextField),
    /// How sure somebody is, in percent.
    Percent(Option<u8>),
    /// One of a list.
    One { choices: Vec<String>, chosen: usize },
    /// Any of a list.
    Any {
        /// Each with whether it is chosen.
        choices: Vec<(String, bool)>,
        /// The one that Space changes.
        current: usize,
    },
    /// Sends the form.
    Button,
}

/// What a key does to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormAnswer {
    /// The form stays open.
    Stay,
    /// It closes; what was typed is kept.
    Close,
    /// It is complete.
    Send,
}

/// Lines with a cursor among them.
#[derive(Debug, Default)]
pub(super) struct CursorLines {
    pub(super) lines: Vec<Line<'static>>,
    /// Line and column of the cursor.
    pub(super) cursor: Option<(usize, usize)>,
    /// The last line of what the cursor is on, if it has several.
    pub(super) end: Option<usize>,
}

impl CursorLines {
    /// Lines without a cursor.
    pub(super) fn plain(lines: Vec<Line<'static>>) -> CursorLines {
        CursorLines {
            lines,
            ..CursorLines::default()
        }
    }
}

impl FormRow {
    /// A row. The label of a button says what it does.
    pub(super) fn new(label: &'static str, hint: &'static str, entry: FormEntry) -> FormRow {
        FormRow { label, hint, entry }
    }
}

impl Form {
    /// A form that begins at its first row. Without a button, Enter sends it from any row.
    pub(super) fn new(rows: Vec<FormRow>) -> Form {
        Form { rows, current: 0 }
    }

    fn entry(&self, row: usize) -> Option<&FormEntry> {
        self.rows.get(row).map(|it| &it.entry)
    }

    /// The text of a row; empty if it is no text row.
    pub(super) fn text(&self, row: usize) -> &str {
        match self.entry(row) {
            Some(FormEntry::Text(field)) => field.text(),
            _ => "",
        }
    }

    /// The percentage of a row.
    pub(super) fn percent(&self, row: usize) -> Option<u8> {
        match self.entry(row) {
            Some(FormEntry::Percent(sure)) => *sure,
            _ => None,
        }
    }

    /// What is chosen in a row, by its place in the list.
    pub(super) fn chosen(&self, row: usize) -> Vec<usize> {
        match self.entry(row) {
            Some(FormEntry::One { chosen, .. }) => vec![*chosen],
            Some(FormEntry::Any { choices, .. }) => {
                (0..choices.len()).filter(|it| choices[*it].1).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Goes to a row.
    pub(super) fn go(&mut self, row: usize) {
        self.current = row.min(self.rows.len().saturating_sub(1));
    }

    /// The text of the row that is being filled in.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        match &mut self.rows.get_mut(self.current)?.entry {
            FormEntry::Text(field) => Some(field),
            _ => None,
        }
    }

    pub(super) fn key(&mut self, key: Key) -> FormAnswer {
        let last = self.rows.len().saturating_sub(1);
        let button = self
            .rows
            .iter()
            .any(|it| matches!(it.entry, FormEntry::Button));
        let Some(row) = self.rows.get_mut(self.current) else {
            return FormAnswer::Close;
        };
        match key {
            Key::Esc => return FormAnswer::Close,
            Key::Tab => self.current = (self.current + 1) % self.rows.len(),
            Key::BackTab => self.current = self.current.checked_sub(1).unwrap_or(last),
            other if row.entry.key(other) => {}
            Key::Enter if !button || matches!(row.entry, FormEntry::Button) => {
                return FormAnswer::Send;
            }
            Key::Enter | Key::Down => self.current = (self.current + 1).min(last),
            Key::Up => self.current = self.current.saturating_sub(1),
            _ => {}
        }
        FormAnswer::Stay
    }

    pub(super) fn lines(&self, theme: Theme, columns: usize) -> CursorLines {
        let mut lines = Vec::new();
        let mut cursor = None;
        for (number, row) in self.rows.iter().enumerate() {
            let here = number == self.current;
            let top = lines.len();
            let (texts, at) = row.lines(theme, columns.saturating_sub(LABELS), here);
            if here {
                cursor = Some((top + at.0, LABELS + at.1));
            }
            for (place, spans) in texts.into_iter().enumerate() {
                let label = match place {
                    0 if matches!(row.entry, FormEntry::Button) => "",
                    0 => row.label,
                    _ => "",
                };
                let mark = if here && place == 0 { "> " } else { "  " };
                let style = if here { theme.heading() } else { theme.quiet() };
                let mut all = vec![Span::styled(
                    format!("{mark}{}", pad(label, LABELS - 2)),
                    style,
                )];
                all.extend(spans);
                lines.push(Line::from(all));
            }
        }
        CursorLines {
            lines,
            cursor,
            end: None,
        }
    }
}

impl FormRow {
    fn lines(
        &self,
        theme: Theme,
        columns: usize,
        here: bool,
    ) -> (Vec<Vec<Span<'static>>>, (usize, usize)) {
        let hint = |text: &str| vec![vec![Span::styled(text.to_owned(), theme.quiet())]];
        match &self.entry {
            FormEntry::Text(field) => {
                if field.text().is_empty() && !here {
                    return (hint(self.hint), (0, 0));
                }
                let mut rows: Vec<Vec<Span>> = field
                    .visible_rows(columns)
                    .into_iter()
                    .map(|text| vec![Span::raw(text)])
                    .collect();
                if here && let Some(left) = field.room_left() {
                    let left = format!("{left} more characters fit");
                    rows.push(vec![Span::styled(left, theme.quiet())]);
                }
                (rows, field.cursor_in(columns))
            }
            FormEntry::Percent(sure) => {
                let text = sure.map_or("not said".to_owned(), |it| format!("{it} %"));
                let column = sure.map_or(0, |it| it.to_string().len());
                let mut spans = vec![Span::raw(pad(&text, 10))];
                if here {
                    let keys = "left/right: steps of 10; or type it";
                    spans.push(Span::styled(keys, theme.quiet()));
                }
                (vec![spans], (0, column))
            }
            FormEntry::One { choices, chosen } => {
                let text = choices.get(*chosen).cloned().unwrap_or_default();
                let mut rows: Vec<Vec<Span>> = wrap(&text, columns)
                    .into_iter()
                    .map(|it| vec![Span::raw(it)])
                    .collect();
                let keys = "   left/right";
                if here && rows.len() == 1 && width(&text) + width(keys) <= columns {
                    rows[0].push(Span::styled(keys, theme.quiet()));
                }
                (rows, (0, 0))
            }
            FormEntry::Any { choices, current } => {
                any_lines((choices, *current, self.hint), here, theme, columns)
            }
            FormEntry::Button => {
                let style = if here { theme.cursor() } else { Style::new() };
                let text = format!("[ {} ]", self.label);
                (vec![vec![Span::styled(text, style)]], (0, 2))
            }
        }
    }
}

fn any_lines(
    (choices, current, hint): (&[(String, bool)], usize, &str),
    here: bool,
    theme: Theme,
    columns: usize,
) -> (Vec<Vec<Span<'static>>>, (usize, usize)) {
    let mut rows: Vec<Vec<Span>> = vec![Vec::new()];
    let mut used = 0;
    let mut cursor = (0, 0);
    for (number, (text, on)) in choices.iter().enumerate() {
        let text = format!("[{}] {text}", if *on { "x" } else { " " });
        if used > 0 && used + width(&text) > columns {
            rows.push(Vec::new());
            used = 0;
        }
        let style = if here && number == current {
            cursor = (rows.len() - 1, used + 1);
            theme.cursor()
        } else {
            Style::new()
        };
        used += width(&text) + 2;
        if let Some(row) = rows.last_mut() {
            row.extend([Span::styled(text, style), Span::raw("  ")]);
        }
    }
    if here {
        let keys = format!("left/right, Space; {hint}");
        rows.push(vec![Span::styled(keys, theme.quiet())]);
    }
    (rows, cursor)
}

impl FormEntry {
    /// Takes a key; returns whether it means anything here.
    fn key(&mut self, key: Key) -> bool {
        match self {
            FormEntry::Text(field) => return field.key(key),
            FormEntry::Percent(sure) => match key {
                Key::Left => *sure = sure.map(|it| it.saturating_sub(10)),
                Key::Right => *sure = Some(sure.map_or(50, |it| (it + 10).min(100))),
                Key::Backspace => *sure = sure.map(|it| it / 10).filter(|it| *it > 0),
                Key::Char(digit @ '0'..='9') => {
                    let digit = digit as u16 - '0' as u16;
                    let whole = u16::from(sure.unwrap_or(0)) * 10 + digit;
                    *sure = Some(if whole > 100 { digit } else { whole } as u8);
                }
                _ => return false,
            },
            FormEntry::One { choices, chosen } => match key {
                Key::Left => *chosen = chosen.saturating_sub(1),
                Key::Right | Key::Char(' ') => {
                    *chosen = (*chosen + 1).min(choices.len().saturating_sub(1));
                }
                // A letter goes to the next choice that begins with it.
                Key::Char(c) => {
                    let mut others =
                        (1..=choices.len()).map(|step| (*chosen + step) % choices.len());
                    let next = others.find(|it| {
                        let first = choices[*it].chars().next();
                        first.is_some_and(|first| first.eq_ignore_ascii_case(&c))
                    });
                    *chosen = next.unwrap_or(*chosen);
                }
                _ => return false,
            },
            FormEntry::Any { choices, current } => match key {
                Key::Left => *current = current.saturating_sub(1),
                Key::Right => *current = (*current + 1).min(choices.len().saturating_sub(1)),
                Key::Char(' ') => {
                    if let Some((_, on)) = choices.get_mut(*current) {
                        *on = !*on;
                    }
                }
                _ => return false,
            },
            FormEntry::Button => return false,
        }
        true
    }
}

/// Draws lines, scrolled so that their cursor can be seen; returns where it stands on the screen.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    text: &CursorLines,
    scroll: &Scroll,
) -> Option<Position> {
    let rows = usize::from(area.height);
    if let Some(end) = text.end {
        scroll.show(end, rows);
    }
    if let Some((line, _)) = text.cursor {
        scroll.show(line, rows);
    }
    draw::scrolled(buf, area, theme, &text.lines, scroll);
    let (line, column) = text.cursor?;
    let top = scroll.window(text.lines.len(), rows).start;
    let row = line.checked_sub(top).filter(|row| *row < rows)?;
    let column = (column as u16).min(area.width.saturating_sub(1));
    Some(Position::new(area.x + column, area.y + row as u16))
}

/// The columns of text in a dialog.
pub(super) fn dialog_columns(area: Rect) -> usize {
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
    draw(buf, inside, theme, drawn, scroll)
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

#[cfg(test)]
mod tests {
    use super::{Form, FormAnswer, FormEntry, FormRow};
    use crate::tui::Key;
    use crate::tui::field::TextField;

    fn form(button: bool) -> Form {
        let mut rows = vec![
            FormRow::new("Who", "", FormEntry::Text(TextField::line(80))),
            FormRow::new("Sure", "", FormEntry::Percent(None)),
        ];
        if button {
            rows.push(FormRow::new("Send", "", FormEntry::Button));
        }
        Form::new(rows)
    }

    #[test]
    fn enter_sends_from_the_button_or_from_anywhere_if_there_is_none() {
        assert_eq!(form(false).key(Key::Enter), FormAnswer::Send);
        let mut with = form(true);
        let answers = [Key::Enter, Key::Enter, Key::Enter].map(|key| with.key(key));
        assert_eq!(
            answers,
            [FormAnswer::Stay, FormAnswer::Stay, FormAnswer::Send]
        );
    }

    #[test]
    fn how_sure_is_typed_or_goes_in_tens() {
        for (keys, sure) in [
            (vec![Key::Right], Some(50)),
            (vec![Key::Right, Key::Right, Key::Left, Key::Left], Some(40)),
            (vec![Key::Char('7'), Key::Char('0')], Some(70)),
            (
                vec![Key::Char('1'), Key::Char('0'), Key::Char('0')],
                Some(100),
            ),
            (
                vec![Key::Char('9'), Key::Char('9'), Key::Char('9')],
                Some(9),
            ),
            (vec![Key::Char('0')], Some(0)),
            (vec![Key::Char('7'), Key::Backspace], None),
            (vec![Key::Left], None),
        ] {
            let mut form = form(false);
            form.go(1);
            for key in &keys {
                form.key(*key);
            }
            assert_eq!(form.percent(1), sure, "{keys:?}");
            assert_eq!(form.current, 1);
        }
    }
}
