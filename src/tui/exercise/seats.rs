//! Several seats at one screen: whose view it is, who is ready, and a curtain between two of them.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::front::Request;
use crate::front::seats::{SeatView, Seats};
use crate::front::text::{cut, width, wrap};
use crate::front::view::View;
use crate::tui::Key;
use crate::tui::draw;
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::overlay::Overlay;
use crate::tui::exercise::{ExerciseScreen, Layer};
use crate::tui::field::{TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::Form;
use crate::tui::theme::Theme;
use crate::words;

/// What a seat had read, selected and typed when its view was left.
#[derive(Debug)]
pub(super) struct SeatScreen {
    view: View,
    read: Vec<bool>,
    selected: usize,
    asked: usize,
    drafts: Drafts,
}

/// What one seat has typed and not sent.
#[derive(Debug)]
pub(super) struct Drafts {
    pub(super) note: TextField,
    /// By decision.
    pub(super) reasons: BTreeMap<String, Form>,
}

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts {
            note: TextField::line(TEXT_MAX_CHARACTERS),
            reasons: BTreeMap::new(),
        }
    }
}

/// A seat in words: `Clinical safety officer (Anna)`.
fn named(seat: &SeatView) -> String {
    if seat.person.is_empty() {
        seat.title.clone()
    } else {
        format!("{} ({})", seat.title, seat.person)
    }
}

impl ExerciseScreen {
    /// Whether more than one seat shares the exercise.
    pub(super) fn several(&self) -> bool {
        self.told.seats.seats.len() > 1
    }

    fn seat(&self) -> Option<&SeatView> {
        self.told.seats.seats.get(self.told.seats.current)
    }

    /// Who sits at the screen; empty where nobody is named.
    pub(super) fn person(&self) -> &str {
        self.seat().map_or("", |it| &it.person)
    }

    pub(super) fn seated(&mut self, seats: Seats) {
        let first = self.told.seats.seats.is_empty();
        let old = self.told.seats.current;
        let turned = !first && old != seats.current;
        if turned {
            self.turn_to(old, seats.current);
        }
        self.told.seats = seats;
        // In a replay nobody has anything to hide.
        if self.several() && !self.history && (first || turned) {
            self.told.curtain = true;
            if !matches!(self.layer, Some(Layer::Facilitator)) {
                self.layer = None;
            }
            self.overlay = None;
        }
    }

    /// Puts away what one seat had read, and takes up where another was.
    fn turn_to(&mut self, old: usize, new: usize) {
        let kept = SeatScreen {
            view: self.view.clone(),
            read: std::mem::take(&mut self.read),
            selected: self.selected,
            asked: self.asked,
            drafts: std::mem::take(&mut self.told.drafts),
        };
        self.told.kept.insert(old, kept);
        self.told.votes.turn();
        (self.picked, self.moved, self.notice) = (None, false, None);
        self.text.reset();
        self.list.reset();
        if let Some(kept) = self.told.kept.remove(&new) {
            self.view = kept.view;
            self.read = kept.read;
            self.selected = kept.selected;
            self.asked = kept.asked;
            self.told.drafts = kept.drafts;
        } else {
            // Nothing of the other seat's is left until the view comes.
            self.view.inbox.clear();
            self.view.deeds.clear();
            self.view.decisions.clear();
            self.view.actions.clear();
            self.view.under_way.clear();
            self.view.board.clear();
            (self.selected, self.asked) = (0, 0);
        }
    }

    /// The next seat, or a list of them where there are more than two.
    pub(super) fn change_seat(&mut self) -> Option<Request> {
        let count = self.told.seats.seats.len();
        let next = (self.told.seats.current + 1) % count.max(1);
        match count {
            0 | 1 => {
                let alone = "One seat holds every role: everybody sits together at this screen.";
                self.notice = Some(alone.to_owned());
                None
            }
            2 => Some(Request::Seat(next)),
            _ => {
                self.layer = Some(Layer::Chooser(next));
                None
            }
        }
    }

    /// The facilitator goes through the seats without a list.
    pub(super) fn next_seat(&self) -> Option<Request> {
        let count = self.told.seats.seats.len();
        (count > 1).then(|| Request::Seat((self.told.seats.current + 1) % count))
    }

    /// Who sits where the title says; the title itself where nobody is named.
    pub(super) fn person_at<'a>(&'a self, title: &'a str) -> &'a str {
        let mut seats = self.told.seats.seats.iter();
        let seat = seats.find(|it| it.title == title || named(it) == title);
        let seat = seat.filter(|it| !it.person.is_empty());
        seat.map_or(title, |it| it.person.as_str())
    }

    pub(super) fn chooser_key(&mut self, key: Key, cursor: usize) -> Option<Request> {
        let last = self.told.seats.seats.len().saturating_sub(1);
        let chosen = match key {
            Key::Up | Key::Char('k') => {
                self.layer = Some(Layer::Chooser(cursor.saturating_sub(1)));
                return None;
            }
            Key::Down | Key::Char('j' | 'x') | Key::Tab => {
                self.layer = Some(Layer::Chooser((cursor + 1).min(last)));
                return None;
            }
            Key::Char(digit @ '1'..='9') => digit as usize - '1' as usize,
            Key::Enter => cursor,
            _ => {
                self.layer = None;
                return None;
            }
        };
        if chosen > last {
            return None;
        }
        self.layer = None;
        (chosen != self.told.seats.current).then_some(Request::Seat(chosen))
    }

    pub(super) fn chooser_lines(
        &self,
        theme: Theme,
        columns: usize,
        cursor: usize,
    ) -> Vec<Line<'static>> {
        let entry = |(place, seat): (usize, &SeatView)| {
            let here = place == cursor;
            let current = place == self.told.seats.current;
            let mut says = Vec::new();
            says.extend(current.then_some("on screen"));
            says.extend(seat.ready.then_some("ready"));
            let style = if here {
                theme.cursor()
            } else {
                ratatui::style::Style::new()
            };
            let number = if place < 9 {
                (place + 1).to_string()
            } else {
                " ".to_owned()
            };
            let lead = format!("{} {number}  ", if here { ">" } else { " " });
            Line::from(vec![
                Span::styled(lead, theme.heading()),
                Span::styled(named(seat), style),
                Span::styled(format!("  {}", says.join(", ")), theme.quiet()),
            ])
        };
        let seats = self.told.seats.seats.iter().enumerate();
        let mut lines: Vec<Line> = seats.map(entry).collect();
        let absent = &self.told.seats.absent;
        if !absent.is_empty() {
            let says = format!("Nobody plays {}: defaults are taken.", words::list(absent));
            lines.push(Line::default());
            let says = wrap(&says, columns).into_iter();
            lines.extend(says.map(|text| Line::styled(text, theme.quiet())));
        }
        lines
    }

    pub(super) fn curtain_key(&mut self, key: Key) -> Option<Request> {
        match key {
            Key::Enter => self.told.curtain = false,
            Key::Char('x') => return self.change_seat(),
            Key::Char('f') => self.knock(),
            Key::Char('q') => self.overlay = Some(Overlay::leave()),
            _ => {}
        }
        None
    }

    /// In place of a view that may be another person's.
    pub(super) fn draw_curtain(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let who = self.seat().map(named).unwrap_or_default();
        let columns = usize::from(area.width).min(64) - 4;
        let mut lines: Vec<Line> = wrap(&format!("This screen now shows: {who}."), columns)
            .into_iter()
            .map(|text| Line::styled(text, theme.strong()))
            .collect();
        lines.push(Line::default());
        let asks = "Whoever plays another seat looks away.";
        lines.extend(wrap(asks, columns).into_iter().map(Line::raw));
        lines.push(Line::default());
        lines.push(super::key_line(theme, "Enter", "show"));
        let wide = lines.iter().map(Line::width).max().unwrap_or(0);
        let inside = draw::dialog(buf, area, theme, "Another seat", (wide, lines.len()));
        draw::fixed(buf, inside, theme, &lines, (0, ""));
        let foot = Rect::new(area.x, area.bottom() - 1, area.width, 1);
        let keys = [
            ("Enter", "show"),
            ("x", "another seat"),
            ("f", "facilitator"),
            ("q", "leave"),
        ];
        self.hits
            .keys(draw::keys(buf, foot, theme, &keys), ExerciseTarget::Key);
    }

    /// Rows below the header: whose view it is, and whether everything stands still.
    pub(super) fn draw_status(&self, buf: &mut Buffer, area: Rect, theme: Theme) -> u16 {
        let mut y = area.y + 1;
        let columns = usize::from(area.width).saturating_sub(2);
        if self.told.paused {
            let says = "PAUSED   Nothing moves until the facilitator goes on.";
            let row = crate::front::text::pad(&format!(" {says}"), area.width.into());
            let style = theme.strong().patch(theme.cursor());
            buf.set_string(area.x, y, row, style);
            y += 1;
        }
        if self.several() {
            let mut who = self.seat().map(named).unwrap_or_default();
            if self.facilitated() {
                who = format!("View of {who}");
            }
            let ready = self.who_is_ready(theme);
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

    fn who_is_ready(&self, theme: Theme) -> String {
        let seats = &self.told.seats.seats;
        let ready: Vec<&str> = seats
            .iter()
            .filter(|it| it.ready)
            .map(|it| it.title.as_str())
            .collect();
        let count = format!("{} of {} ready", ready.len(), seats.len());
        if ready.is_empty() {
            count
        } else {
            format!("{count} {} {}", theme.dot(), ready.join(", "))
        }
    }

    /// What a seat that is ready waits for.
    pub(super) fn still_missing(&self) -> Option<String> {
        let ready = self.seat().is_some_and(|it| it.ready);
        if !self.several() || !ready {
            return None;
        }
        let seats = &self.told.seats.seats;
        let missing: Vec<String> = seats.iter().filter(|it| !it.ready).map(named).collect();
        let verb = words::plural(missing.len() as i64, "is", "are");
        (!missing.is_empty()).then(|| {
            let missing = words::list(&missing);
            format!("Ready. Time passes once {missing} {verb} ready too; x: next seat.")
        })
    }
}
