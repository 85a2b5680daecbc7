//! What everybody in the room sees on the wall: an exercise that is played elsewhere, calm and in large type.
//!
//! It shows less than the seats see whose view it is: no costs, no reasons why something cannot be chosen, no marks.
//! It shows no observations, leads or votes, and nothing of the facilitator's panel.

mod large;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::facilitate::Countdown;
use crate::front::review::Scorecard;
use crate::front::text::cut;
use crate::front::view::{OpenDecision, View};
use crate::front::{Briefing, Msg, Request};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section};
use crate::tui::ending::points;
use crate::tui::hits::{Hits, Mouse, MouseAction};
use crate::tui::situation;
use crate::tui::theme::Theme;
use large::Scale;

/// From this width on, the situation stands beside what is asked.
const SIDE_BY_SIDE: u16 = 100;

const HELP: &str = "\
This screen is for the wall: it follows an exercise that is played elsewhere and asks for nothing.

- **up, down, PgUp, PgDn** scroll what is longer than its place.
- **q** leaves. The exercise goes on.";

/// The screen on the wall.
#[derive(Debug)]
pub(super) struct Projector {
    briefing: Briefing,
    view: Option<Box<View>>,
    /// Once it is over, or was stopped.
    scorecard: Option<Scorecard>,
    /// The facilitator's reason, which may be empty.
    stopped: Option<String>,
    paused: bool,
    countdowns: Vec<Countdown>,
    help: bool,
    board: Scroll,
    asked: Scroll,
    news: Scroll,
    hits: Hits<ProjectorTarget>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProjectorTarget {
    Key(Key),
    Board,
    Asked,
    News,
}

impl Projector {
    pub(super) fn new(briefing: Briefing) -> Projector {
        Projector {
            briefing,
            view: None,
            scorecard: None,
            stopped: None,
            paused: false,
            countdowns: Vec::new(),
            help: false,
            board: Scroll::default(),
            asked: Scroll::default(),
            news: Scroll::default(),
            hits: Hits::default(),
        }
    }

    /// Takes what may be shown on a wall, and ignores everything else.
    pub(super) fn update(&mut self, msg: Msg) {
        match msg {
            Msg::View(mut view) => {
                let known = self.view.as_ref().map(|it| it.inbox.len());
                if let Some(before) = &mut self.view {
                    view.follow(before);
                }
                if known != Some(view.inbox.len()) {
                    self.news.reset();
                }
                // An account that came before this view was not that of an end, or moves were taken back.
                if view.ending.is_none() {
                    self.scorecard = None;
                    self.stopped = None;
                }
                self.view = Some(view);
            }
            Msg::Scorecard(scorecard) => self.scorecard = Some(scorecard),
            Msg::Stopped(why) => self.stopped = Some(why),
            Msg::Paused(paused) => self.paused = paused,
            Msg::Countdowns(all) => self.countdowns = all,
            _ => {}
        }
    }

    pub(super) fn key(&mut self, key: Key) -> Option<Request> {
        match key {
            Key::Char('q') => return Some(Request::Quit),
            Key::Char('?') => self.help = !self.help,
            Key::Esc | Key::Enter => self.help = false,
            other => {
                for scroll in [&self.board, &self.asked, &self.news] {
                    scroll.key(other);
                }
            }
        }
        None
    }

    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        let press = mouse.action == MouseAction::Press;
        match self
            .hits
            .under(mouse, |it| matches!(it, ProjectorTarget::Key(_)) == press)?
        {
            ProjectorTarget::Key(key) => return self.key(key),
            ProjectorTarget::Board => self.board.wheel(mouse.action),
            ProjectorTarget::Asked => self.asked.wheel(mouse.action),
            ProjectorTarget::News => self.news.wheel(mouse.action),
        }
        None
    }

    pub(super) fn cursor(&self) -> Option<Position> {
        self.hits.cursor()
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        self.hits.clear();
        let team = &self.briefing.team;
        let team = if team.is_empty() {
            String::new()
        } else {
            format!("Team {team}")
        };
        let state = match &self.view {
            _ if self.stopped.is_some() => "stopped",
            None => "before STARTEX",
            Some(view) if view.ending.is_some() => "ENDEX",
            Some(_) if self.scorecard.is_some() => "stopped",
            Some(_) if self.paused => "paused",
            Some(_) => "",
        };
        draw::header(buf, area, theme, [&self.briefing.title, &team, state]);
        let below = Rect::new(area.x, area.y + 1, area.width, area.height - 2);
        let used = self.draw_band(buf, below, theme);
        let body = Rect {
            y: below.y + used,
            height: below.height - used,
            ..below
        };
        match &self.view {
            None => {
                let lines = draw::paragraph(
                    "The exercise has not begun.",
                    body.width.into(),
                    Style::new(),
                );
                self.draw_one(buf, body, theme, "Waiting", &lines);
            }
            Some(view) if view.ending.is_some() || self.is_stopped() => {
                let lines = self.outcome(view, theme, usize::from(body.width) - 4);
                self.draw_one(buf, body, theme, "How it came out", &lines);
            }
            Some(view) => self.draw_play(buf, body, theme, view),
        }
        let keys = [("up/down", "scroll"), ("?", "help"), ("q", "leave")];
        self.hits
            .keys(draw::foot(buf, area, theme, &keys), ProjectorTarget::Key);
        if self.help {
            let columns = (usize::from(area.width) - 8).min(64);
            let lines = theme.markdown(HELP, columns);
            let size = (columns, lines.len());
            let inside = draw::dialog(buf, area, theme, "Help    ?: back", size);
            draw::fixed(buf, inside, theme, &lines, (0, ""));
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.is_some() || self.scorecard.is_some()
    }

    /// Draws the clock, and beside it a pause or the time left to decide, in large type; below them where the exercise
    /// stands. Returns the rows that it takes.
    fn draw_band(&self, buf: &mut Buffer, area: Rect, theme: Theme) -> u16 {
        let Some(view) = &self.view else { return 0 };
        let over = view.ending.is_some() || self.is_stopped();
        let soonest = self.countdowns.iter().map(|it| it.seconds).min();
        let beside = match soonest {
            _ if view.ending.is_some() && self.stopped.is_none() => "ENDEX".to_owned(),
            _ if over => "STOPPED".to_owned(),
            _ if self.paused => "PAUSED".to_owned(),
            Some(seconds) => in_digits(seconds),
            None => String::new(),
        };
        let clock = view.now.time.as_str();
        let columns = usize::from(area.width) - 4;
        // A third of the screen at most.
        let rows = (usize::from(area.height) / 3).max(large::DOTS_HIGH);
        // Room for the widest text that may come beside it, so that nothing changes its size by itself.
        let widest = if over { "STOPPED" } else { "PAUSED" };
        let scale = Scale::fitting(&[clock, widest], columns, rows);
        let high = (large::DOTS_HIGH * scale.rows) as u16;
        let air = u16::from(area.height >= 30);
        let band = Rect::new(area.x + 2, area.y + air, columns as u16, high);
        large::draw(buf, band, theme, theme.strong(), clock, scale);
        let wide = large::wide(&beside, scale).min(columns) as u16;
        let right = Rect {
            x: band.right() - wide,
            width: wide,
            ..band
        };
        large::draw(buf, right, theme, theme.notice(), &beside, scale);
        let dot = theme.dot();
        let (now, phase) = (&view.now, &view.phase);
        let said = format!(
            "{} {} {dot} Phase {} of {}: {}",
            now.date, now.zone, phase.number, phase.of, phase.title
        );
        let y = band.bottom() + air;
        let row = Rect::new(area.x + 2, y, columns as u16, 1);
        draw::put(buf, row, y, &Line::styled(said, theme.strong()));
        high + 1 + 2 * air
    }

    fn draw_play(&self, buf: &mut Buffer, area: Rect, theme: Theme, view: &View) {
        if area.width < SIDE_BY_SIDE {
            let columns = usize::from(area.width) - 4;
            let mut lines = self.asked(view, theme, columns);
            let heading = |text: &str| Line::styled(text.to_owned(), theme.heading());
            lines.extend([Line::default(), heading("Situation")]);
            lines.extend(situation::lines(&view.board, theme, columns, usize::MAX));
            lines.extend([Line::default(), heading("Latest message")]);
            lines.extend(news(view, theme, columns));
            self.draw_one(buf, area, theme, "Open questions", &lines);
            return;
        }
        let half = Constraint::Length(area.width / 2);
        let halves = Layout::horizontal([half, Constraint::Fill(1)]);
        let [left, right] = halves.areas(area);
        let inside = draw::sections(buf, left, theme, &[Section::new("Situation", 0)])[0];
        let (columns, rows) = (usize::from(inside.width), usize::from(inside.height));
        let mut board = situation::lines(&view.board, theme, columns, rows);
        if board.len() * 2 <= rows + 1 {
            // Air makes it large.
            let spaced = board.into_iter().flat_map(|line| [line, Line::default()]);
            board = spaced.collect();
            board.pop();
        }
        draw::scrolled(buf, inside, theme, &board, &self.board);
        self.hits.add(inside, ProjectorTarget::Board);
        let columns = usize::from(right.width) - 4;
        let asked = self.asked(view, theme, columns);
        let room = usize::from(right.height).saturating_sub(3);
        let parts = [
            Section::new("Open questions", asked.len().min(room * 3 / 5)),
            Section::new("Latest message", 0),
        ];
        let inside = draw::sections(buf, right, theme, &parts);
        draw::scrolled_above(buf, inside[0], theme, &asked, &self.asked);
        self.hits.add(inside[0], ProjectorTarget::Asked);
        let news = news(view, theme, columns);
        draw::scrolled(buf, inside[1], theme, &news, &self.news);
        self.hits.add(inside[1], ProjectorTarget::News);
    }

    /// Draws one box, scrolled like the news.
    fn draw_one(&self, buf: &mut Buffer, area: Rect, theme: Theme, title: &str, lines: &[Line]) {
        let inside = draw::sections(buf, area, theme, &[Section::new(title, 0)])[0];
        draw::scrolled(buf, inside, theme, lines, &self.news);
        self.hits.add(inside, ProjectorTarget::News);
    }

    /// Every open question with its options, and the time left to answer it.
    fn asked(&self, view: &View, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for decision in &view.decisions {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(
                theme
                    .markdown(&decision.question, columns)
                    .into_iter()
                    .map(|line| line.patch_style(theme.strong())),
            );
            lines.push(self.left(decision, theme, columns));
            for (number, option) in decision.options.iter().enumerate() {
                let digit = Span::styled(format!("{:>3}  ", number + 1), theme.heading());
                lines.extend(draw::hanging(digit, &option.label, columns, Style::new()));
            }
        }
        if lines.is_empty() {
            lines = draw::paragraph(
                "Nothing is asked of the whole room now.",
                columns,
                Style::new(),
            );
        }
        lines
    }

    fn left(&self, decision: &OpenDecision, theme: Theme, columns: usize) -> Line<'static> {
        let countdown = self
            .countdowns
            .iter()
            .find(|it| it.decision == decision.id)
            .map(|it| format!("{} left to decide", in_digits(it.seconds)));
        let to = decision.to.join(", ");
        let dot = format!(" {} ", theme.dot());
        let parts: Vec<String> = [decision.left.clone(), to]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        let mut spans = Vec::new();
        let mut room = columns;
        if let Some(countdown) = countdown {
            room = room.saturating_sub(countdown.len() + dot.len());
            spans.push(Span::styled(countdown, theme.notice()));
            spans.push(Span::raw(dot.clone()));
        }
        spans.push(Span::styled(cut(&parts.join(&dot), room), theme.quiet()));
        Line::from(spans)
    }

    /// The ending and the points of each objective.
    fn outcome(&self, view: &View, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let title = view.ending.as_ref().map(|it| it.title.as_str());
        let mut lines = Vec::new();
        let title = title.unwrap_or("Stopped before ENDEX");
        lines.extend(draw::paragraph(title, columns, theme.strong()));
        if let Some(why) = self.stopped.as_deref().filter(|why| !why.is_empty()) {
            lines.extend(draw::paragraph(why, columns, Style::new()));
        }
        if let Some(scorecard) = &self.scorecard {
            lines.push(Line::default());
            lines.extend(draw::paragraph(&scorecard.sum(), columns, Style::new()));
            lines.push(Line::default());
            lines.extend(points(scorecard, theme, columns));
        }
        lines
    }
}

/// The newest message.
fn news(view: &View, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let Some(message) = view.inbox.last() else {
        return draw::paragraph("No message has come yet.", columns, Style::new());
    };
    let mut lines = draw::paragraph(&message.title, columns, theme.strong());
    if !message.from.is_empty() {
        let from = format!("From {}", message.from);
        lines.push(Line::styled(cut(&from, columns), theme.quiet()));
    }
    lines.push(Line::default());
    lines.extend(theme.markdown(&message.text, columns));
    lines
}

/// Seconds as `1:05`, from an hour on as `1:00:05`.
fn in_digits(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests;
