//! Several seats at one screen: whose view it is, who is ready, and a curtain between two of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::Request;
use crate::front::seats::SeatView;
use crate::front::sentences;
use crate::front::text::{cut, pad, width};
use crate::tui::Key;
use crate::tui::draw::{self, paragraph};
use crate::tui::exercise::facts::{LitScene, RoomFacts, seat_name};
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget, KeyOutcome, Opening, SheetKind};
use crate::tui::exercise::phrases::{key_line, numbered};
use crate::tui::form::CursorLines;
use crate::tui::theme::Theme;
use crate::words;

/// The list of seats, and the one that is marked.
#[derive(Debug)]
pub(super) struct SeatChooser {
    pub(super) marked: usize,
}

impl SeatChooser {
    pub(super) fn key(&mut self, key: Key, facts: &RoomFacts) -> KeyOutcome {
        let last = facts.seats.seats.len().saturating_sub(1);
        let chosen = match key {
            Key::Up | Key::Char('k') => {
                self.marked = self.marked.saturating_sub(1);
                return KeyOutcome::Stay;
            }
            Key::Down | Key::Char('j' | 'x') | Key::Tab => {
                self.marked = (self.marked + 1).min(last);
                return KeyOutcome::Stay;
            }
            Key::Char(digit @ '1'..='9') => digit as usize - '1' as usize,
            Key::Enter => self.marked,
            _ => return KeyOutcome::Close,
        };
        match chosen {
            chosen if chosen > last => KeyOutcome::Stay,
            chosen if chosen == facts.seats.current => KeyOutcome::Close,
            chosen => KeyOutcome::CloseAsking(Request::Seat(chosen)),
        }
    }

    pub(super) fn lines(&self, scene: LitScene, columns: usize) -> CursorLines {
        let (facts, theme) = (scene.facts, scene.theme);
        let entry = |(place, seat): (usize, &SeatView)| {
            let here = place == self.marked;
            let mut says = Vec::new();
            says.extend((place == facts.seats.current).then_some("on screen"));
            says.extend(seat.ready.then_some("ready"));
            let style = if here { theme.cursor() } else { Style::new() };
            Line::from(vec![
                Span::styled(numbered(place, here), theme.heading()),
                Span::styled(seat_name(seat), style),
                Span::styled(format!("  {}", says.join(", ")), theme.quiet()),
            ])
        };
        let mut lines: Vec<Line> = facts.seats.seats.iter().enumerate().map(entry).collect();
        let absent = &facts.seats.absent;
        if !absent.is_empty() {
            let says = format!("Nobody plays {}: defaults are taken.", words::list(absent));
            lines.push(Line::default());
            lines.extend(paragraph(&says, columns, theme.quiet()));
        }
        CursorLines {
            lines,
            cursor: Some((self.marked, 0)),
            end: None,
        }
    }
}

/// A key at the curtain.
pub(super) fn curtain_key(key: Key, facts: &RoomFacts) -> KeyOutcome {
    match key {
        Key::Enter => KeyOutcome::Close,
        Key::Char('x') => facts.change_seat(),
        Key::Char('f') => KeyOutcome::Open(Opening::Console),
        Key::Char('q') => KeyOutcome::Open(Opening::Sheet(SheetKind::Leave)),
        _ => KeyOutcome::Stay,
    }
}

/// What is drawn in place of a view that may be another person's.
pub(super) fn draw_curtain(buf: &mut Buffer, area: Rect, scene: LitScene, hits: &ExerciseHits) {
    let theme = scene.theme;
    let who = format!("This screen now shows: {}.", scene.facts.seat_name());
    let others = "Players of other seats, please look away.";
    draw_gate(buf, area, theme, "Another seat", [&who, others, "show"]);
    let keys = [
        ("Enter", "show"),
        ("x", "another seat"),
        ("f", "facilitator"),
        ("q", "leave"),
    ];
    hits.keys(draw::foot(buf, area, theme, &keys), ExerciseTarget::Key);
}

/// Draws a box that asks everybody but one to look away, until Enter: for whom it is, what it asks of the others, and
/// what Enter does.
pub(super) fn draw_gate(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    title: &str,
    [who, others, enter]: [&str; 3],
) {
    let columns = usize::from(area.width).min(64) - 4;
    let mut lines = paragraph(who, columns, theme.strong());
    lines.push(Line::default());
    lines.extend(paragraph(others, columns, Style::new()));
    lines.push(Line::default());
    lines.push(key_line(theme, "Enter", enter));
    draw::notice_box(buf, area, theme, title, &lines);
}

/// Draws the rows below the header: whether everything stands still, and whose view it is. Gives their number.
pub(super) fn draw_status(buf: &mut Buffer, area: Rect, scene: LitScene, facilitated: bool) -> u16 {
    let (facts, theme) = (scene.facts, scene.theme);
    let mut y = area.y + 1;
    let columns = usize::from(area.width).saturating_sub(2);
    if facts.paused {
        let says = format!(" PAUSED   {}", sentences::PAUSED);
        let row = pad(&says, area.width.into());
        let style = theme.strong().patch(theme.cursor());
        buf.set_string(area.x, y, row, style);
        y += 1;
    }
    if facts.several() {
        let mut who = facts.seat_name();
        if facilitated {
            who = format!("View of {who}");
        }
        let ready = who_is_ready(facts, theme);
        let room = columns.saturating_sub(width(&ready) + 2);
        let who = cut(&who, room.max(columns / 3));
        buf.set_string(area.x + 1, y, &who, theme.strong());
        let ready = cut(&ready, columns.saturating_sub(width(&who) + 2));
        let x = area.right() - 1 - width(&ready) as u16;
        buf.set_string(x, y, &ready, theme.quiet());
        y += 1;
    }
    y - area.y - 1
}

fn who_is_ready(facts: &RoomFacts, theme: Theme) -> String {
    let seats = &facts.seats.seats;
    let ready = seats.iter().filter(|it| it.ready);
    let ready: Vec<&str> = ready.map(|it| it.title.as_str()).collect();
    let count = format!("{} of {} ready", ready.len(), seats.len());
    if ready.is_empty() {
        count
    } else {
        format!("{count} {} {}", theme.dot(), ready.join(", "))
    }
}
