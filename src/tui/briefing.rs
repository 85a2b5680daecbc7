//! What the team reads before STARTEX.

mod seating;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::{Briefing, Request};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section};
use crate::tui::field::TextField;
use crate::tui::hits::{Hits, Mouse, MouseAction};
use crate::tui::theme::Theme;
use seating::{Seating, SeatingAnswer};

#[derive(Debug)]
pub(super) struct BriefingScreen {
    briefing: Briefing,
    text: Scroll,
    side: Scroll,
    hits: Hits<BriefingTarget>,
    /// Open while somebody says who plays.
    seating: Option<Seating>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BriefingTarget {
    Key(Key),
    Text,
    Side,
}

/// From this width on, roles and objectives stand beside the text.
const SIDE_BY_SIDE: u16 = 100;

impl BriefingScreen {
    pub(super) fn new(briefing: Briefing) -> BriefingScreen {
        BriefingScreen {
            briefing,
            text: Scroll::default(),
            side: Scroll::default(),
            hits: Hits::default(),
            seating: None,
        }
    }

    pub(super) fn is_history(&self) -> bool {
        self.briefing.history
    }

    pub(super) fn key(&mut self, key: Key) -> Option<Request> {
        if let Some(seating) = &mut self.seating {
            let answer = seating.key(key);
            return match answer {
                SeatingAnswer::Stay => None,
                SeatingAnswer::Close(asked) => {
                    self.seating = None;
                    asked
                }
            };
        }
        match key {
            Key::Enter => Some(Request::Begin),
            Key::Char('r') if self.may_sit() => {
                self.seating = Some(Seating::new(&self.briefing));
                None
            }
            Key::Esc | Key::Char('q') => Some(Request::Home),
            other => {
                self.text.key(other);
                self.side.key(other);
                None
            }
        }
    }

    /// The field that takes what is typed, while somebody says who plays.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        self.seating.as_mut()?.field()
    }

    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        let press = mouse.action == MouseAction::Press;
        match self
            .hits
            .under(mouse, |it| matches!(it, BriefingTarget::Key(_)) == press)?
        {
            BriefingTarget::Key(key) => return self.key(key),
            BriefingTarget::Text => self.text.wheel(mouse.action),
            BriefingTarget::Side => self.side.wheel(mouse.action),
        }
        None
    }

    /// Whether seats may be assigned: there are roles, and somebody is about to play.
    fn may_sit(&self) -> bool {
        !self.briefing.history && !self.briefing.follow && !self.briefing.roles.is_empty()
    }

    pub(super) fn cursor(&self) -> Option<Position> {
        match &self.seating {
            Some(seating) => seating.cursor(),
            None => self.hits.cursor(),
        }
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        self.hits.clear();
        let what = if self.briefing.replay {
            "what was played"
        } else if self.briefing.history {
            "the record"
        } else {
            "briefing"
        };
        draw::header(buf, area, theme, [&self.briefing.title, "", what]);
        let body = Rect::new(area.x, area.y + 1, area.width, area.height - 2);
        if area.width >= SIDE_BY_SIDE {
            let half = Constraint::Length(body.width / 2);
            let halves = Layout::horizontal([half, Constraint::Fill(1)]);
            let [left, right] = halves.areas(body);
            let text = draw::sections(buf, left, theme, &[Section::new("Briefing", 0)])[0];
            let task = [Section::new("You and your task", 0)];
            let side = draw::sections(buf, right, theme, &task)[0];
            draw::scrolled(
                buf,
                text,
                theme,
                &self.story(theme, text.width.into()),
                &self.text,
            );
            draw::scrolled(
                buf,
                side,
                theme,
                &self.task(theme, side.width.into()),
                &self.side,
            );
            self.hits.add(text, BriefingTarget::Text);
            self.hits.add(side, BriefingTarget::Side);
            self.hits.focus(text, 0, 0);
        } else {
            let text = draw::sections(buf, body, theme, &[Section::new("Briefing", 0)])[0];
            let mut lines = self.story(theme, text.width.into());
            lines.push(Line::default());
            lines.extend(self.task(theme, text.width.into()));
            draw::scrolled(buf, text, theme, &lines, &self.text);
            self.hits.add(text, BriefingTarget::Text);
            self.hits.focus(text, 0, 0);
        }
        let mut keys = vec![("Enter", "STARTEX")];
        if self.may_sit() {
            keys.push(("r", "who plays?"));
        }
        keys.extend([("up/down", "scroll"), ("Esc", "back")]);
        self.hits
            .keys(draw::foot(buf, area, theme, &keys), BriefingTarget::Key);
        if let Some(seating) = &self.seating {
            // It takes every click.
            self.hits.clear();
            seating.draw(buf, area, theme);
        }
    }

    /// Who plays a role, unless everybody sits together at one screen.
    fn who_plays(&self, role: &str) -> Option<String> {
        if self.briefing.seats.is_empty() {
            return None;
        }
        let mut seats = self.briefing.seats.iter();
        let seat = seats.find(|it| it.roles.iter().any(|it| it == role));
        Some(match seat {
            None => "Nobody plays it: it takes its defaults.".to_owned(),
            Some(seat) if seat.person.is_empty() => "Somebody plays it.".to_owned(),
            Some(seat) => format!("Played by {}.", seat.person),
        })
    }

    fn story(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        theme.markdown(&self.briefing.text, columns.min(96))
    }

    fn task(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let quiet = |text: String| Line::styled(text, theme.quiet());
        if !self.briefing.roles.is_empty() {
            lines.push(Line::styled("Roles", theme.heading()));
            for role in &self.briefing.roles {
                let (title, brief) = (&role.title, &role.brief);
                let room = columns.saturating_sub(4).min(92);
                lines.push(Line::styled(format!("  {title}"), theme.strong()));
                if !brief.is_empty() {
                    lines.extend(draw::indented(brief, 4, room, Style::new()));
                }
                if let Some(who) = self.who_plays(&role.id) {
                    lines.extend(draw::indented(&who, 4, room, theme.fresh()));
                }
            }
            if self.may_sit() && self.briefing.seats.is_empty() {
                lines.push(quiet(
                    "  Everybody together at one screen. r: who plays?".to_owned(),
                ));
            }
            lines.push(Line::default());
        }
        if !self.briefing.objectives.is_empty() {
            lines.push(Line::styled(
                "Objectives, with the points they are worth",
                theme.heading(),
            ));
            for (title, worth) in &self.briefing.objectives {
                let worth = Span::styled(format!("  {worth:>4}  "), theme.strong());
                lines.extend(draw::hanging(worth, title, columns, Style::new()));
            }
            lines.push(Line::default());
        }
        lines.push(quiet(format!(
            "Seed {}: the same seed gives the same luck.",
            self.briefing.seed
        )));
        lines
    }
}
