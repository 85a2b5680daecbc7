//! What the team wrote down, and a line to write more. What the facilitator observed is shown here only in a
//! replay.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::front::Request;
use crate::front::seats::{Note, Rating};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section, indented, paragraph};
use crate::tui::exercise::drafts::Drafts;
use crate::tui::exercise::facts::{LitScene, RoomFacts};
use crate::tui::exercise::outcome::KeyOutcome;
use crate::tui::exercise::phrases::short_time;
use crate::tui::form::{self, CursorLines};
use crate::tui::hits::MouseAction;

/// How far the list is scrolled; at its end until somebody scrolls.
#[derive(Debug, Default)]
pub(super) struct NoteList {
    scroll: Scroll,
    scrolled: bool,
}

impl NoteList {
    pub(super) fn wheel(&mut self, turn: MouseAction) {
        self.scrolled = true;
        self.scroll.wheel(turn);
    }

    pub(super) fn key(&mut self, key: Key, drafts: &mut Drafts, facts: &RoomFacts) -> KeyOutcome {
        match key {
            Key::PageUp | Key::PageDown => {
                self.scrolled = true;
                self.scroll.key(key);
            }
            Key::Esc => return KeyOutcome::Close,
            _ if facts.history => return KeyOutcome::Close,
            Key::Enter if drafts.note.is_empty() => {
                return KeyOutcome::say("Type a note first; then Enter writes it down.");
            }
            Key::Enter => {
                self.scrolled = false;
                self.scroll.follow();
                drafts.remember();
                return KeyOutcome::Ask(Request::Note(drafts.note.take()));
            }
            other => {
                drafts.note.key(other);
            }
        }
        KeyOutcome::Stay
    }

    pub(super) fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (scene, drafts): (LitScene, &Drafts),
    ) -> Option<Position> {
        let (theme, columns) = (scene.theme, form::dialog_columns(area));
        let (history, notes) = (scene.facts.history, &scene.facts.notes);
        // Observations may be read once the exercise is only shown again.
        let shown = notes.iter().filter(|it| history || !it.observation);
        let mut lines: Vec<Line> = shown
            .flat_map(|note| note_lines(note, scene, columns))
            .collect();
        if lines.is_empty() {
            let none = "Nothing is written down yet. Everybody in the team reads these notes.";
            lines = paragraph(none, columns, theme.quiet());
        }
        let title = if history && notes.iter().any(|it| it.observation) {
            "Notes of the team, and what was observed"
        } else {
            "Notes of the team"
        };
        if history {
            let drawn = CursorLines::plain(lines);
            return form::in_dialog(buf, area, theme, (title, columns), &drawn, &self.scroll);
        }
        let typed = form::field_lines(&drafts.note, theme, columns);
        let typing = typed.lines.len().clamp(2, 10);
        let most = usize::from(area.height).saturating_sub(4 + typing + 1);
        let rows = lines.len().clamp(1, most.max(1));
        let inside = draw::dialog(buf, area, theme, "", (columns, rows + 1 + typing));
        let outside = inside.outer(Margin::new(2, 1));
        let parts = [Section::new(title, rows), Section::new("Write", 0)];
        let inside = draw::sections(buf, outside, theme, &parts);
        if !self.scrolled {
            self.scroll.show(lines.len().saturating_sub(1), rows);
        }
        draw::scrolled_above(buf, inside[0], theme, &lines, &self.scroll);
        form::draw(buf, inside[1], theme, &typed, &Scroll::default())
    }
}

/// A note with when and by whom it was written; of an observation, what it is about.
pub(super) fn note_lines(note: &Note, scene: LitScene, columns: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let mut about = vec![short_time(&note.at, &scene.view.now)];
    if note.observation {
        about.extend(scene.facts.history.then(|| "Observation".to_owned()));
        about.extend((!note.about.is_empty()).then(|| note.about.clone()));
        let words = |it: Rating| format!("{}: {}", it.letter(), it.words());
        about.extend(note.rating.map(words));
    } else {
        about.push(note.by.clone());
    }
    let dot = format!(" {} ", theme.dot());
    let mut lines = paragraph(&about.join(&dot), columns, theme.quiet());
    let room = columns.saturating_sub(2);
    lines.extend(indented(&note.text, 2, room, Style::new()));
    lines
}
