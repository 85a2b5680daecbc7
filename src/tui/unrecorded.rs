//! The dialog that asks what to do with a move that could not be recorded.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::front::text::{cut, width};
use crate::front::{Recording, Unrecorded};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll};
use crate::tui::exercise::key_line;
use crate::tui::field::TextField;
use crate::tui::form::{self, CursorLines};
use crate::tui::hits::Hits;
use crate::tui::theme::Theme;

/// The longest name of a folder that can be typed, in characters; no system has longer ones.
const FOLDER_MAX_CHARACTERS: usize = 4096;

/// Three ways to go on, and a line for the name of a folder.
#[derive(Debug)]
pub(super) struct UnrecordedDialog {
    why: String,
    folder: TextField,
    typing: bool,
    cursor: Cell<Option<Position>>,
}

/// What a key does to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UnrecordedAnswer {
    /// The dialog stays open.
    Stay,
    /// The move is not made.
    Back,
    /// The move is made, and recorded like this.
    Record(Recording),
}

impl UnrecordedDialog {
    pub(super) fn new(it: Unrecorded) -> UnrecordedDialog {
        UnrecordedDialog {
            why: it.why,
            folder: TextField::line(FOLDER_MAX_CHARACTERS).with_text(&it.folder),
            typing: false,
            cursor: Cell::new(None),
        }
    }

    pub(super) fn key(&mut self, key: Key) -> UnrecordedAnswer {
        if self.typing {
            return self.type_key(key);
        }
        match key {
            Key::Char('r') => UnrecordedAnswer::Record(Recording::Retry),
            Key::Char('f') => {
                self.typing = true;
                UnrecordedAnswer::Stay
            }
            Key::Char('u') => UnrecordedAnswer::Record(Recording::Off),
            Key::Esc => UnrecordedAnswer::Back,
            _ => UnrecordedAnswer::Stay,
        }
    }

    /// The name of a folder, while it is typed.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        self.typing.then_some(&mut self.folder)
    }

    fn type_key(&mut self, key: Key) -> UnrecordedAnswer {
        match key {
            Key::Enter if !self.folder.is_empty() => {
                return UnrecordedAnswer::Record(Recording::In(self.folder.text().to_owned()));
            }
            Key::Esc => self.typing = false,
            other => {
                self.folder.key(other);
            }
        }
        UnrecordedAnswer::Stay
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme, hits: &Hits<Key>) {
        let columns = usize::from(area.width).min(72) - 8;
        let mut lines = draw::paragraph(&self.why, columns, Style::new());
        lines.push(Line::default());
        let mut cursor = None;
        let ways = lines.len() as u16;
        if self.typing {
            lines.push(Line::from("Record in this folder:"));
            let (row, column) = self.folder.cursor_in(columns);
            cursor = Some((lines.len() + row, column));
            let shown = self.folder.visible_rows(columns).into_iter();
            lines.extend(shown.map(|text| Line::styled(text, theme.strong())));
            lines.extend([
                Line::default(),
                Line::styled("Enter: record there    Esc: back", theme.quiet()),
            ]);
        } else {
            let another = format!("go on in another folder, such as {}", self.folder.text());
            for (key, does) in [
                ("r", "retry, when there is room"),
                ("f", &another),
                ("u", "go on unrecorded: what follows may be lost"),
            ] {
                lines.push(key_line(theme, key, &cut(does, columns - 4)));
            }
            lines.extend([
                Line::default(),
                Line::styled(
                    "Esc: back, as if the key had not been pressed",
                    theme.quiet(),
                ),
            ]);
        }
        let title = "Not recorded, so nothing has happened";
        let wide = lines.iter().map(Line::width).max().unwrap_or(0);
        let size = (wide.clamp(width(title), columns), lines.len());
        let inside = draw::dialog(buf, area, theme, title, size);
        let lines = CursorLines {
            lines,
            cursor,
            end: None,
        };
        let cursor = form::draw(buf, inside, theme, &lines, &Scroll::default());
        self.cursor.set(cursor);
        if self.typing {
            return;
        }
        hits.focus(inside, 0, 0);
        for (key, line) in [Key::Char('r'), Key::Char('f'), Key::Char('u')]
            .into_iter()
            .zip(ways..)
        {
            hits.entries(inside, 0, &[(line.into(), 1, key)]);
        }
    }

    /// Where the terminal's cursor stands in the last frame.
    pub(super) fn cursor(&self) -> Option<Position> {
        self.cursor.get()
    }
}
