//! Who plays: seats for roles, and the people in them, before STARTEX.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::front::seats::{RoleBrief, SeatRequest};
use crate::front::text::{pad, width};
use crate::front::{Briefing, Request};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll};
use crate::tui::field::{NAME_MAX_CHARACTERS, TextField};
use crate::tui::form::{self, CursorLines};
use crate::tui::theme::Theme;

/// The widest column of role titles.
const TITLES_MAX: usize = 30;

/// The roles, each with or without a seat.
#[derive(Debug)]
pub(super) struct Seating {
    roles: Vec<SeatChoice>,
    current: usize,
    /// A name is being typed.
    typing: bool,
    before: Vec<SeatRequest>,
    scroll: Scroll,
    cursor: Cell<Option<Position>>,
}

#[derive(Debug)]
struct SeatChoice {
    id: String,
    title: String,
    seated: bool,
    /// The seat that held it in the briefing, by its place, until somebody changes that.
    seat: Option<usize>,
    person: TextField,
}

/// What a key does to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SeatingAnswer {
    /// It stays open.
    Stay,
    /// It closes; if something was changed, this is asked.
    Close(Option<Request>),
}

impl Seating {
    /// Begins with the seats that the briefing names.
    pub(super) fn new(briefing: &Briefing) -> Seating {
        let choice = |role: &RoleBrief| {
            let mut seats = briefing.seats.iter();
            let seat = seats.position(|it| it.roles.contains(&role.id));
            let person = seat.map_or("", |it| briefing.seats[it].person.as_str());
            SeatChoice {
                id: role.id.clone(),
                title: role.title.clone(),
                seated: seat.is_some(),
                seat,
                person: TextField::line(NAME_MAX_CHARACTERS).with_text(person),
            }
        };
        let mut seating = Seating {
            roles: briefing.roles.iter().map(choice).collect(),
            current: 0,
            typing: false,
            before: Vec::new(),
            scroll: Scroll::default(),
            cursor: Cell::new(None),
        };
        seating.before = seating.requests();
        seating
    }

    /// Where the terminal's cursor stands in the last frame.
    pub(super) fn cursor(&self) -> Option<Position> {
        self.cursor.get()
    }

    /// One seat for each seated role. Roles with the same name beside them share a seat; so do roles that shared one
    /// without a name in the briefing.
    fn requests(&self) -> Vec<SeatRequest> {
        let mut seats: Vec<SeatRequest> = Vec::new();
        let mut read: Vec<Option<usize>> = Vec::new();
        for choice in self.roles.iter().filter(|it| it.seated) {
            let person = choice.person.text().trim();
            let mut them = seats.iter_mut().zip(&read);
            let same = |(it, read): &(&mut SeatRequest, &Option<usize>)| {
                let together =
                    !person.is_empty() || (choice.seat.is_some() && **read == choice.seat);
                it.person == person && together
            };
            if let Some((seat, _)) = them.find(same) {
                seat.roles.push(choice.id.clone());
                continue;
            }
            read.push(choice.seat);
            seats.push(SeatRequest {
                roles: vec![choice.id.clone()],
                person: person.to_owned(),
            });
        }
        // In the order of the briefing, the new ones last.
        let mut seats: Vec<_> = read.into_iter().zip(seats).collect();
        seats.sort_by_key(|(read, _)| read.unwrap_or(usize::MAX));
        seats.into_iter().map(|(_, seat)| seat).collect()
    }

    pub(super) fn key(&mut self, key: Key) -> SeatingAnswer {
        let last = self.roles.len().saturating_sub(1);
        let Some(choice) = self.roles.get_mut(self.current) else {
            return SeatingAnswer::Close(None);
        };
        match key {
            Key::Up | Key::BackTab => {
                self.typing = false;
                self.current = self.current.saturating_sub(1);
            }
            Key::Down | Key::Tab => {
                self.typing = false;
                self.current = (self.current + 1).min(last);
            }
            Key::Esc | Key::Enter if self.typing => self.typing = false,
            Key::Esc => {
                let seats = self.requests();
                let changed = seats != self.before;
                return SeatingAnswer::Close(changed.then_some(Request::Sit(seats)));
            }
            Key::Char(' ') if !self.typing => {
                choice.seated = !choice.seated;
                // Whoever sits down again has a seat of their own.
                choice.seat = None;
            }
            Key::Enter => (self.typing, choice.seated) = (true, true),
            Key::Char(_) | Key::Backspace | Key::Delete => {
                (self.typing, choice.seated) = (true, true);
                choice.person.key(key);
            }
            other if self.typing => {
                choice.person.key(other);
            }
            _ => {}
        }
        SeatingAnswer::Stay
    }

    /// The field for the name, which any letter opens.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        let choice = self.roles.get_mut(self.current)?;
        (self.typing, choice.seated) = (true, true);
        Some(&mut choice.person)
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let area = Rect {
            height: area.height - 1,
            ..area
        };
        let columns = usize::from(area.width).min(84) - 8;
        let lines = self.lines(theme, columns);
        let title = "Who plays?    Esc: done";
        let size = (columns, lines.lines.len());
        let inside = draw::dialog(buf, area, theme, title, size);
        let cursor = form::draw(buf, inside, theme, &lines, &self.scroll);
        self.cursor.set(cursor);
        let foot = Rect::new(area.x, area.bottom(), area.width, 1);
        Clear.render(foot, buf);
        draw::keys(buf, foot, theme, self.keys());
    }

    fn keys(&self) -> &'static [(&'static str, &'static str)] {
        if self.typing {
            &[("Enter", "the name is right"), ("up/down", "another role")]
        } else {
            &[
                ("Space", "a seat, or none"),
                ("Enter", "who sits there"),
                ("up/down", "role"),
                ("Esc", "done"),
            ]
        }
    }

    /// Whether another role without a name shares the seat.
    fn shared(&self, choice: &SeatChoice) -> bool {
        let same = |it: &&SeatChoice| {
            it.seated && it.person.text().trim().is_empty() && it.seat == choice.seat
        };
        choice.seat.is_some() && self.roles.iter().filter(same).count() > 1
    }

    fn lines(&self, theme: Theme, columns: usize) -> CursorLines {
        let mut lines = Vec::new();
        let mut cursor = None;
        let titles = self.roles.iter().map(|it| width(&it.title)).max();
        let titles = titles.unwrap_or(0).min(TITLES_MAX);
        let anybody = self.roles.iter().any(|it| it.seated);
        for (number, choice) in self.roles.iter().enumerate() {
            let here = number == self.current;
            let lead = format!(
                "{} [{}] {}  ",
                if here { ">" } else { " " },
                if choice.seated { "x" } else { " " },
                pad(&choice.title, titles)
            );
            let side = width(&lead);
            let style = if here && !self.typing {
                theme.cursor()
            } else {
                ratatui::style::Style::new()
            };
            let room = columns.saturating_sub(side);
            let person = choice.person.visible_rows(room);
            let top = lines.len();
            if here {
                let (row, column) = if self.typing {
                    choice.person.cursor_in(room)
                } else {
                    (0, 0)
                };
                let shift = if self.typing { side } else { 3 };
                cursor = Some((top + row, column + shift));
            }
            if !choice.seated || (choice.person.is_empty() && !(here && self.typing)) {
                let says = match (choice.seated, anybody) {
                    (true, _) if self.shared(choice) => "shares a seat, nobody named",
                    (true, _) => "a seat, nobody named",
                    (false, true) => "nobody: takes its defaults",
                    (false, false) => "",
                };
                lines.push(Line::from(vec![
                    Span::styled(lead, style),
                    Span::styled(says, theme.quiet()),
                ]));
                continue;
            }
            for (row, text) in person.into_iter().enumerate() {
                let lead = if row == 0 {
                    lead.clone()
                } else {
                    " ".repeat(side)
                };
                lines.push(Line::from(vec![
                    Span::styled(lead, style),
                    Span::styled(text, theme.strong()),
                ]));
            }
        }
        lines.push(Line::default());
        let rule = if anybody {
            "Each seat sees only its own messages. A role without a seat takes its defaults. One name for several roles: one seat."
        } else {
            "No seat yet: everybody plays together at one screen and sees everything."
        };
        lines.extend(draw::paragraph(rule, columns, theme.quiet()));
        CursorLines {
            lines,
            cursor,
            end: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Seating, SeatingAnswer};
    use crate::front::Request;
    use crate::front::fixture;
    use crate::front::seats::SeatRequest;
    use crate::tui::Key;

    fn request(roles: &[&str], person: &str) -> SeatRequest {
        SeatRequest {
            roles: roles.iter().map(|it| (*it).to_owned()).collect(),
            person: person.to_owned(),
        }
    }

    #[test]
    fn a_seat_of_several_roles_without_a_name_stays_one() {
        let mut briefing = fixture::briefing(false);
        let ids: Vec<String> = briefing.roles.iter().map(|it| it.id.clone()).collect();
        let [first, second, third] = [&*ids[0], &*ids[1], &*ids[2]];
        briefing.seats = vec![request(&[second], "Ben"), request(&[first, third], "")];
        let mut seating = Seating::new(&briefing);
        assert_eq!(seating.key(Key::Esc), SeatingAnswer::Close(None));
        for key in [Key::Down, Key::Char('a'), Key::Enter] {
            seating.key(key);
        }
        let seats = vec![request(&[second], "Bena"), request(&[first, third], "")];
        let asked = SeatingAnswer::Close(Some(Request::Sit(seats)));
        assert_eq!(seating.key(Key::Esc), asked);
        // Whoever gets up and sits down again has a seat of their own.
        for key in [Key::Up, Key::Char(' '), Key::Char(' ')] {
            seating.key(key);
        }
        let seats = vec![
            request(&[second], "Bena"),
            request(&[third], ""),
            request(&[first], ""),
        ];
        let asked = SeatingAnswer::Close(Some(Request::Sit(seats)));
        assert_eq!(seating.key(Key::Esc), asked);
    }
}
