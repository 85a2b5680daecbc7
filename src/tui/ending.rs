//! How the exercise came out: the ending, what the score is made of, then every point with its reason.

mod curve;
mod hindsight;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::review::{ObjectiveScore, ScoreLine, Scorecard};
use crate::front::sentences;
use crate::front::text::{pad, width};
use crate::front::view::{EndingView, Stamp, View};
use crate::front::{AccountProgress, Request};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section};
use crate::tui::hits::{Hits, Mouse, MouseAction};
use crate::tui::marks::{Cites, mark_foot, mark_lines};
use crate::tui::theme::Theme;

/// From this width on, the story stands beside the account, if it fits.
const SIDE_BY_SIDE: u16 = 110;

/// From this many columns on, the curve stands below the story, if both fit.
const CURVE_COLUMNS: usize = 70;

/// Columns of an objective's bar.
const BAR: usize = 20;

#[derive(Debug)]
pub(super) struct EndingScreen {
    title: String,
    at: Stamp,
    /// The ending, unless the exercise was stopped before ENDEX.
    reached: Option<EndingView>,
    scorecard: Scorecard,
    /// The facilitator ended it, for this reason, which may be empty.
    stopped: Option<String>,
    /// The account, if one is worked out.
    account: Option<AccountProgress>,
    scroll: Scroll,
    hits: Hits<Key>,
}

impl EndingScreen {
    pub(super) fn new(view: &View, scorecard: Scorecard, stopped: Option<String>) -> EndingScreen {
        EndingScreen {
            title: view.title.clone(),
            at: view.now.clone(),
            reached: view.ending.clone(),
            scorecard,
            stopped,
            account: None,
            scroll: Scroll::default(),
            hits: Hits::default(),
        }
    }

    /// What moves cost is being worked out, or known.
    pub(super) fn take_account(&mut self, account: AccountProgress) {
        self.account = Some(account);
    }

    pub(super) fn key(&self, key: Key) -> Option<Request> {
        match key {
            Key::Char('q') => Some(Request::Quit),
            Key::Char('h') => Some(Request::Home),
            other => {
                self.scroll.key(other);
                None
            }
        }
    }

    /// Returns the key that was clicked; the wheel scrolls.
    pub(super) fn mouse(&self, mouse: Mouse) -> Option<Key> {
        if mouse.action == MouseAction::Press {
            return self.hits.under(mouse, |_| true);
        }
        self.scroll.wheel(mouse.action);
        None
    }

    pub(super) fn cursor(&self) -> Option<Position> {
        self.hits.cursor()
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        self.hits.clear();
        let now = format!("{} {} {}", self.at.date, self.at.time, self.at.zone);
        let what = if self.reached.is_some() {
            "ENDEX"
        } else {
            "stopped"
        };
        draw::header(buf, area, theme, [&self.title, &now, what]);
        let body = Rect::new(area.x, area.y + 1, area.width, area.height - 2);
        let left = body.width * 2 / 5;
        let columns = usize::from(left).saturating_sub(4);
        let mut story = self.story(theme, columns);
        story.extend(self.marks(theme, columns));
        if area.width >= SIDE_BY_SIDE && story.len() + 2 <= usize::from(body.height) {
            self.draw_beside(buf, body, theme, story);
        } else {
            self.draw_below(buf, body, theme);
        }
        let mut keys = vec![("up/down", "scroll"), ("PgDn", "page")];
        if self.reached.is_some() {
            keys.push(("i", "messages"));
        }
        keys.extend([("t", "timeline"), ("n", "notes")]);
        keys.extend([("h", "start screen"), ("q", "leave")]);
        self.hits
            .keys(draw::foot(buf, area, theme, &keys), |key| key);
    }

    /// Draws the story, and the account beside it. The curve stands where there is room.
    fn draw_beside(
        &self,
        buf: &mut Buffer,
        body: Rect,
        theme: Theme,
        mut story: Vec<Line<'static>>,
    ) {
        let left = Constraint::Length(body.width * 2 / 5);
        let halves = Layout::horizontal([left, Constraint::Fill(1)]);
        let [left, right] = halves.areas(body);
        let (what, title) = match self.reached {
            Some(_) => ("ENDEX", "Account"),
            None => ("Stopped", "Points so far"),
        };
        let inside = draw::sections(buf, left, theme, &[Section::new(what, 0)])[0];
        let room = (usize::from(inside.width), usize::from(inside.height));
        let mut curve = self.curve(theme, room);
        let fits = room.0 >= CURVE_COLUMNS && story.len() + curve.len() <= room.1;
        if fits {
            story.append(&mut curve);
        }
        draw::fixed(buf, inside, theme, &story, (0, ""));
        let inside = draw::sections(buf, right, theme, &[Section::new(title, 0)])[0];
        let (columns, rows) = (usize::from(inside.width), usize::from(inside.height));
        if !fits {
            curve = self.curve(theme, (columns, rows));
        }
        let mut lines = self.outcome(theme, columns);
        lines.extend(self.hindsight(theme, columns, curve));
        lines.extend(self.reasons(theme, columns));
        draw::scrolled(buf, inside, theme, &lines, &self.scroll);
        self.hits.focus(inside, 0, 0);
    }

    /// Draws all of it in one column.
    fn draw_below(&self, buf: &mut Buffer, body: Rect, theme: Theme) {
        let what = match self.reached {
            Some(_) => "ENDEX",
            None => "Stopped",
        };
        let inside = draw::sections(buf, body, theme, &[Section::new(what, 0)])[0];
        let (columns, rows) = (usize::from(inside.width), usize::from(inside.height));
        let mut lines = self.outcome(theme, columns);
        let curve = self.curve(theme, (columns, rows));
        lines.extend(self.hindsight(theme, columns, curve));
        lines.push(Line::default());
        lines.extend(self.story(theme, columns.min(96)));
        lines.extend([
            Line::default(),
            Line::styled("Point by point", theme.heading()),
        ]);
        lines.extend(self.reasons(theme, columns));
        lines.extend(self.marks(theme, columns.min(96)));
        draw::scrolled(buf, inside, theme, &lines, &self.scroll);
        self.hits.focus(inside, 0, 0);
    }

    fn story(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let Some(ending) = &self.reached else {
            let rest = sentences::NOT_REACHED;
            let text = match self.stopped.as_deref() {
                None | Some("") => format!("The exercise was stopped here. {rest}"),
                Some(why) => format!("The exercise was stopped here:\n“{why}”\n{rest}"),
            };
            return draw::paragraph(&text, columns, Style::new());
        };
        theme.markdown(&ending.text, columns)
    }

    /// The marks of the ending.
    fn marks(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let marks = self.reached.as_ref().map_or(&[][..], |it| &it.marks);
        if marks.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![
            Line::default(),
            Line::styled("What the ending rests on", theme.heading()),
        ];
        lines.extend(mark_lines(marks, theme, columns, Cites::Shown));
        lines.extend(mark_foot(theme, columns, Cites::Shown));
        lines
    }

    /// The result in short: the ending, all points, and those of each objective.
    fn outcome(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let columns = columns.min(110);
        let title = self
            .reached
            .as_ref()
            .map_or("Stopped before ENDEX", |it| it.title.as_str());
        let sum = format!("{title}: {}", self.scorecard.sum());
        let mut lines = draw::paragraph(&sum, columns, theme.strong());
        lines.push(Line::default());
        lines.extend(points(&self.scorecard, theme, columns));
        lines
    }

    /// Every point with its reason.
    fn reasons(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let columns = columns.min(110);
        let mut lines = Vec::new();
        for objective in &self.scorecard.objectives {
            lines.push(Line::default());
            lines.push(Line::styled(objective.title.clone(), theme.heading()));
            if objective.lines.is_empty() {
                let none = format!("  {}", sentences::NOTHING_SCORED);
                lines.push(Line::styled(none, theme.quiet()));
            }
            for line in &objective.lines {
                lines.extend(entry(line, theme, columns));
            }
        }
        if self
            .scorecard
            .objectives
            .iter()
            .flat_map(|it| &it.lines)
            .any(|line| line.luck)
        {
            lines.push(Line::default());
            let text = "luck: a roll of chance had a part in it.";
            lines.push(Line::styled(text, theme.quiet()));
        }
        lines
    }
}

/// The points of each objective, a line each.
pub(super) fn points(scorecard: &Scorecard, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let titles = scorecard.objectives.iter().map(|it| width(&it.title));
    let titles = titles.max().unwrap_or(0);
    let titles = titles.min(columns.saturating_sub(BAR + 14));
    scorecard
        .objectives
        .iter()
        .map(|it| summary(it, theme, titles))
        .collect()
}

fn summary(objective: &ObjectiveScore, theme: Theme, titles: usize) -> Line<'static> {
    let filled = if objective.worth > 0 {
        (objective.points.clamp(0, objective.worth) as usize * BAR) / objective.worth as usize
    } else {
        0
    };
    let points = format!("  {:>3} of {:<4} ", objective.points, objective.worth);
    Line::from(vec![
        Span::raw(pad(&objective.title, titles)),
        Span::styled(points, theme.strong()),
        Span::raw(theme.bar(filled, BAR)),
    ])
}

/// One reason: points and why; below it when, and what they came from.
fn entry(line: &ScoreLine, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let points = format!("{:>+5}  ", line.points);
    let wide = width(&points);
    let points = Span::styled(points, theme.strong());
    let mut lines = draw::hanging(points, &line.because, columns, Style::new());
    let dot = theme.dot();
    let luck = if line.luck {
        format!("luck {dot} ")
    } else {
        String::new()
    };
    let source = format!(
        "{luck}{} {} {dot} {}",
        line.at.date, line.at.time, line.from
    );
    let room = columns.saturating_sub(wide);
    lines.extend(draw::indented(&source, wide, room, theme.quiet()));
    lines
}
