//! What the team wrote down, and a line to write more. What the facilitator observes is shown here only in a
//! replay.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::front::Request;
use crate::front::seats::Note;
use crate::front::text::wrap;
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section};
use crate::tui::exercise::told::Sent;
use crate::tui::exercise::{ExerciseScreen, Layer, short_time};
use crate::tui::field::TextField;
use crate::tui::form::{self, Drawn};
use crate::tui::hits::MouseDeed;
use crate::tui::theme::Theme;

/// How far the list is scrolled; at its end until somebody scrolls.
#[derive(Debug, Default)]
pub(super) struct NoteList {
    scroll: Scroll,
    scrolled: bool,
}

impl NoteList {
    /// Takes a turn of the wheel.
    pub(super) fn wheel(&mut self, deed: MouseDeed) {
        self.scrolled = true;
        self.scroll.wheel(deed);
    }
}

impl ExerciseScreen {
    /// Opens what was written down.
    pub(super) fn open_notes(&mut self) {
        self.layer = Some(Layer::Notes(NoteList::default()));
    }

    pub(super) fn notes_key(&mut self, key: Key) -> Option<Request> {
        let Some(Layer::Notes(list)) = &mut self.layer else {
            return None;
        };
        match key {
            Key::Esc => self.layer = None,
            Key::PageUp | Key::PageDown => {
                list.scrolled = true;
                list.scroll.key(key);
            }
            _ if self.history => self.layer = None,
            Key::Enter if self.told.drafts.note.is_empty() => {
                self.notice = Some("Type a note first; then Enter writes it down.".to_owned());
            }
            Key::Enter => {
                list.scrolled = false;
                list.scroll.follow();
                let field = self.told.drafts.note.clone();
                let text = self.told.drafts.note.take();
                self.send(Sent::Note(field));
                return Some(Request::Note(text));
            }
            other => {
                self.told.drafts.note.key(other);
            }
        }
        None
    }

    pub(super) fn draw_notes(
        &self,
        list: &NoteList,
        buf: &mut Buffer,
        area: Rect,
        theme: Theme,
    ) -> Option<Position> {
        let columns = usize::from(area.width).min(84) - 8;
        let mut lines = Vec::new();
        // What was observed may be read once it is only shown again.
        let shown = |it: &&Note| self.history || !it.observation;
        for note in self.told.notes.iter().filter(shown) {
            lines.extend(self.note_lines(note, theme, columns));
        }
        if lines.is_empty() {
            let none = "Nothing is written down yet. Everybody in the team reads these notes.";
            let none = wrap(none, columns).into_iter();
            lines.extend(none.map(|text| Line::styled(text, theme.quiet())));
        }
        let title = "Notes of the team";
        if self.history {
            let observed = self.told.notes.iter().any(|it| it.observation);
            let title = if observed {
                "Notes of the team, and what was observed"
            } else {
                title
            };
            let drawn = Drawn::plain(lines);
            let title = (title, columns);
            return super::layer::in_dialog(buf, area, theme, title, &drawn, &list.scroll);
        }
        let typed = field_lines(&self.told.drafts.note, theme, columns);
        let typing = typed.lines.len().clamp(2, 10);
        let most = usize::from(area.height).saturating_sub(4 + typing + 1);
        let rows = lines.len().clamp(1, most.max(1));
        let inside = draw::dialog(buf, area, theme, "", (columns, rows + 1 + typing));
        let outside = Rect::new(
            inside.x - 2,
            inside.y - 1,
            inside.width + 4,
            inside.height + 2,
        );
        let parts = [Section::new(title, rows), Section::new("Write", 0)];
        let inside = draw::sections(buf, outside, theme, &parts);
        if !list.scrolled {
            list.scroll.show(lines.len().saturating_sub(1), rows);
        }
        draw::scrolled_above(buf, inside[0], theme, &lines, &list.scroll);
        form::put(buf, inside[1], theme, &typed, &Scroll::default())
    }

    pub(super) fn note_lines(
        &self,
        note: &Note,
        theme: Theme,
        columns: usize,
    ) -> Vec<Line<'static>> {
        let mut about = Vec::new();
        about.push(short_time(
            &note.at.time,
            &note.at.date,
            &self.view.now.date,
        ));
        if note.observation {
            about.extend(self.history.then(|| "Observation".to_owned()));
            about.extend((!note.about.is_empty()).then(|| note.about.clone()));
            let words =
                |it: crate::front::seats::Rating| format!("{}: {}", it.letter(), it.words());
            about.extend(note.rating.map(words));
        } else {
            about.push(note.by.clone());
        }
        let dot = format!(" {} ", theme.dot());
        let head = wrap(&about.join(&dot), columns).into_iter();
        let mut lines: Vec<Line> = head.map(|text| Line::styled(text, theme.quiet())).collect();
        let text = wrap(&note.text, columns.saturating_sub(2)).into_iter();
        lines.extend(text.map(|text| Line::from(vec![Span::raw("  "), Span::raw(text)])));
        lines
    }
}

/// A field that stands alone.
pub(super) fn field_lines(field: &TextField, theme: Theme, columns: usize) -> Drawn {
    let mut lines: Vec<Line> = field.drawn(columns).into_iter().map(Line::raw).collect();
    if let Some(left) = field.left() {
        let of = format!("{left} more characters fit");
        lines.push(Line::styled(of, theme.quiet()));
    }
    Drawn {
        lines,
        cursor: Some(field.cursor(columns)),
        end: None,
    }
}
