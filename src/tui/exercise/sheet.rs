//! What opens over the exercise: everything of one thing, help, and the way out.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::front::text::{markdown, wrap};
use crate::front::{MoveById, Request};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll};
use crate::tui::exercise::decide::{Detail, key_line};
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::{ExerciseScreen, quoted, situation, takes};
use crate::tui::marks::{mark_foot, mark_lines};
use crate::tui::theme::Theme;

const KEYS: &[(&str, &str)] = &[
    ("1-9", "mark an option or action; its cost is shown"),
    ("Enter", "take what is marked"),
    ("y", "say who decides, why and how sure, then take it"),
    ("b", "vote for what is marked, hidden from the other seats"),
    ("B", "show everybody the votes on this question"),
    ("Esc", "leave it; close what is open"),
    ("Tab", "the next open question"),
    ("a", "act: what you can do without being asked"),
    ("w", "wait until something happens; of several seats: ready"),
    ("x", "another seat's view"),
    ("i", "open the newest message that is not read"),
    ("up/down", "go through the messages; also k and j"),
    ("PgUp/PgDn", "scroll the open message"),
    ("v", "view the open message large"),
    ("m", "marks: what in it is documented, inferred, invented"),
    ("d", "the whole question, with what happens unanswered"),
    ("s", "the whole situation; there g shows courses as charts"),
    ("/", "search the messages; Esc brings all of them back"),
    ("t", "timeline: everything that came and was done, in order"),
    ("n", "notes of the team, and a line to write one"),
    ("f", "the facilitator's screen"),
    ("?", "this help"),
    ("q", "leave"),
];

#[derive(Debug)]
pub(super) struct Overlay {
    pub(super) kind: OverlayKind,
    pub(super) scroll: Scroll,
    /// Of actions: the one that is marked and waits for Enter, by its place in the list. Of trends: the one shown.
    pub(super) cursor: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OverlayKind {
    Help,
    Leave,
    Actions,
    Message,
    Marks,
    Situation,
    Trend,
    Decision,
}

impl Overlay {
    fn new(kind: OverlayKind) -> Overlay {
        Overlay {
            kind,
            scroll: Scroll::default(),
            cursor: None,
        }
    }

    pub(super) fn help() -> Overlay {
        Overlay::new(OverlayKind::Help)
    }

    pub(super) fn leave() -> Overlay {
        Overlay::new(OverlayKind::Leave)
    }

    pub(super) fn actions() -> Overlay {
        Overlay::new(OverlayKind::Actions)
    }

    pub(super) fn message() -> Overlay {
        Overlay::new(OverlayKind::Message)
    }

    pub(super) fn marks() -> Overlay {
        Overlay::new(OverlayKind::Marks)
    }

    pub(super) fn situation() -> Overlay {
        Overlay::new(OverlayKind::Situation)
    }

    /// The course of one number, by its place among those that have one.
    pub(super) fn trend(place: usize) -> Overlay {
        Overlay {
            cursor: Some(place),
            ..Overlay::new(OverlayKind::Trend)
        }
    }

    pub(super) fn decision() -> Overlay {
        Overlay::new(OverlayKind::Decision)
    }
}

impl ExerciseScreen {
    pub(super) fn overlay_key(&mut self, key: Key) -> Option<Request> {
        let kind = self.overlay.as_ref()?.kind;
        match kind {
            OverlayKind::Leave => return self.leave_key(key),
            OverlayKind::Actions => return self.action_key(key),
            OverlayKind::Decision if matches!(key, Key::Char('1'..='9')) => {
                self.overlay = None;
                return self.key(key);
            }
            OverlayKind::Trend => {
                self.trend_key(key);
                return None;
            }
            OverlayKind::Situation
                if matches!(key, Key::Char('g') | Key::Enter) && self.has_trends() =>
            {
                self.overlay = Some(Overlay::trend(0));
                return None;
            }
            OverlayKind::Help
            | OverlayKind::Message
            | OverlayKind::Marks
            | OverlayKind::Situation
            | OverlayKind::Decision => {}
        }
        let scrolled = self.overlay.as_ref().is_some_and(|it| it.scroll.key(key));
        if !scrolled {
            self.overlay = None;
        }
        None
    }

    fn leave_key(&mut self, key: Key) -> Option<Request> {
        match key {
            Key::Char('q') => Some(Request::Quit),
            Key::Char('s') if !self.history && !self.over() => Some(Request::Stop),
            Key::Char('h') => Some(Request::Home),
            _ => {
                self.overlay = None;
                None
            }
        }
    }

    fn action_key(&mut self, key: Key) -> Option<Request> {
        let actions = self.in_order();
        let last = actions.len().checked_sub(1);
        let overlay = self.overlay.as_mut()?;
        overlay.scroll.follow();
        let marked = overlay.cursor;
        match key {
            Key::Up | Key::Char('k') => {
                overlay.cursor = marked.map_or(last, |at| Some(at.saturating_sub(1)));
            }
            Key::Down | Key::Char('j') => {
                overlay.cursor = last.map(|last| marked.map_or(0, |at| (at + 1).min(last)));
            }
            Key::Char(digit @ '1'..='9') => {
                let place = digit as usize - '1' as usize;
                if last.is_some_and(|last| place <= last) {
                    overlay.cursor = Some(place);
                }
            }
            Key::Enter => return self.act(marked),
            Key::Esc if marked.is_some() => overlay.cursor = None,
            _ => self.overlay = None,
        }
        None
    }

    /// Takes the marked action, or says why not.
    fn act(&mut self, marked: Option<usize>) -> Option<Request> {
        let actions = self.in_order();
        let Some(action) = marked.and_then(|at| actions.get(at)) else {
            self.notice =
                Some("Mark an action with its number first; then Enter takes it.".to_owned());
            return None;
        };
        match &action.barred {
            None => Some(Request::Move(MoveById::Take(action.id.clone()))),
            Some(why) => {
                self.notice = Some(format!("{}: {why}", quoted(&action.label)));
                None
            }
        }
    }

    /// What the bottom line says while something is open over the screen.
    pub(super) fn overlay_says(&self) -> Option<String> {
        let overlay = self.overlay.as_ref()?;
        if overlay.kind != OverlayKind::Actions {
            return None;
        }
        let actions = self.in_order();
        let Some(place) = overlay.cursor else {
            let none = "Mark an action with its number, or with up and down; Enter takes it.";
            return (!actions.is_empty()).then(|| none.to_owned());
        };
        let action = actions.get(place)?;
        let what = if place < 9 {
            format!("action {}", place + 1)
        } else {
            quoted(&action.label)
        };
        Some(match &action.barred {
            Some(why) => format!("{}: {why}", quoted(&action.label)),
            None => takes(&what, &action.cost),
        })
    }

    pub(super) fn draw_overlay(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let Some(overlay) = &self.overlay else { return };
        // One more row stays free: there stands the reason why something cannot be done.
        let area = Rect {
            height: area.height - 1,
            ..area
        };
        if overlay.kind == OverlayKind::Trend {
            self.draw_trend(buf, area, theme, overlay);
            return;
        }
        let columns = (usize::from(area.width) - 8).min(match overlay.kind {
            OverlayKind::Help | OverlayKind::Leave => 64,
            OverlayKind::Situation => 100,
            _ => 76,
        });
        let (title, lines, watch) = self.overlay_lines(
            overlay,
            theme,
            columns,
            usize::from(area.height).saturating_sub(4),
        );
        let wide = lines
            .iter()
            .map(Line::width)
            .max()
            .unwrap_or(0)
            .max(crate::front::text::width(&title));
        let inside = draw::dialog(
            buf,
            area,
            theme,
            &title,
            (wide.clamp(40, columns.max(40)), lines.len()),
        );
        if overlay.kind == OverlayKind::Actions {
            overlay.scroll.show(watch, inside.height.into());
        }
        draw::scrolled(buf, inside, theme, &lines, &overlay.scroll);
        self.overlay_hits(overlay, theme, columns, inside);
    }

    fn overlay_lines(
        &self,
        overlay: &Overlay,
        theme: Theme,
        columns: usize,
        rows: usize,
    ) -> (String, Vec<Line<'static>>, usize) {
        let titled = |title: &str, lines| (format!("{title}    Esc: back"), lines, 0);
        match overlay.kind {
            OverlayKind::Help => titled("Help", help(theme, columns)),
            OverlayKind::Leave => ("Leave?    Esc: stay".to_owned(), self.ways_out(theme), 0),
            OverlayKind::Actions => {
                let it = self.action_lines(theme, columns, overlay.cursor);
                (
                    "Act    1-9 or up/down, then Enter    Esc: back".to_owned(),
                    it.lines,
                    it.watch,
                )
            }
            OverlayKind::Message => {
                titled("Message", self.open_message(theme, columns, Detail::Full))
            }
            OverlayKind::Marks => titled("What it stands on", self.marks(theme, columns)),
            OverlayKind::Situation => {
                let mut lines = situation::lines(&self.view.board, theme, columns, rows);
                let under_way = self.under_way(theme, columns);
                if !under_way.is_empty() {
                    lines.extend([Line::default(), Line::styled("Under way", theme.heading())]);
                    lines.extend(under_way);
                }
                let title = if self.has_trends() {
                    "Situation    g: charts"
                } else {
                    "Situation"
                };
                titled(title, lines)
            }
            OverlayKind::Trend => titled("Course", Vec::new()),
            OverlayKind::Decision => titled("Decide", self.whole_decision(theme, columns)),
        }
    }

    /// What in an overlay can be clicked, and where the cursor is.
    fn overlay_hits(&self, overlay: &Overlay, theme: Theme, columns: usize, inside: Rect) {
        let first = overlay.scroll.first();
        self.hits.add(inside, ExerciseTarget::Overlay);
        self.hits.focus(inside, 0, 0);
        match overlay.kind {
            OverlayKind::Leave => {
                let ways = self.ways_out(theme);
                for (number, way) in ways.iter().enumerate() {
                    let letter = way.spans[0].content.chars().next();
                    let spot = letter.map(|it| (number, 1, ExerciseTarget::Key(Key::Char(it))));
                    self.hits.entries(inside, first, spot.as_slice());
                }
            }
            OverlayKind::Actions => {
                let entries = self.action_lines(theme, columns, overlay.cursor).entries;
                for (number, (line, lines)) in entries.iter().enumerate() {
                    let spot = (*line, *lines, ExerciseTarget::Action(number));
                    self.hits.entries(inside, first, &[spot]);
                    if overlay.cursor == Some(number) {
                        self.hits.focus(inside, first, *line);
                    }
                }
            }
            OverlayKind::Decision => {
                let entries = self.decide(theme, columns, Detail::Full).entries;
                for ((line, lines), digit) in entries.into_iter().zip('1'..='9') {
                    let spot = (line, lines, ExerciseTarget::Key(Key::Char(digit)));
                    self.hits.entries(inside, first, &[spot]);
                }
            }
            _ => {}
        }
    }

    fn whole_decision(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let mut lines = self.decide(theme, columns, Detail::Full).lines;
        if let Some(decision) = self.shown()
            && self.history
            && !decision.marks.is_empty()
        {
            lines.push(Line::default());
            lines.extend(mark_lines(&decision.marks, theme, columns, self.cites()));
        }
        lines
    }

    /// The marks of the open message, and of the question it asks.
    fn marks(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let Some(message) = self.view.inbox.get(self.selected) else {
            return Vec::new();
        };
        let mut lines = mark_lines(&message.marks, theme, columns, self.cites());
        let mut any = !lines.is_empty();
        if lines.is_empty() {
            let none = "This message makes no statement that the record could hold.";
            lines.extend(wrap(none, columns).into_iter().map(Line::raw));
        }
        let asked = self.view.decisions.iter().find(|it| it.id == message.asks);
        if let Some(decision) = asked
            && !decision.marks.is_empty()
        {
            lines.extend([
                Line::default(),
                Line::styled("The question", theme.heading()),
            ]);
            lines.extend(mark_lines(&decision.marks, theme, columns, self.cites()));
            any = true;
        }
        if any {
            lines.extend(mark_foot(theme, columns, self.cites()));
        }
        lines
    }

    fn ways_out(&self, theme: Theme) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        if !self.history && !self.over() {
            lines.push(key_line(theme, "s", "stop here and see the account"));
        }
        lines.push(key_line(theme, "h", "back to the start screen"));
        lines.push(key_line(theme, "q", "leave the program"));
        lines
    }
}

fn help(theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line> = KEYS
        .iter()
        .map(|(key, does)| {
            let mut line = key_line(theme, &format!("{key:<9}"), does);
            line.spans[0].style = theme.heading();
            line
        })
        .collect();
    let signs = format!(
        "**\\*** new or changed. Lamps: {} well, {} in between, {} bad. {} more lies below.",
        theme.lamp(crate::front::view::Tone::Good),
        theme.lamp(crate::front::view::Tone::Plain),
        theme.lamp(crate::front::view::Tone::Bad),
        theme.more().1,
    );
    lines.push(Line::default());
    lines.extend(
        markdown(&signs, columns)
            .into_iter()
            .map(|line| theme.line(line)),
    );
    lines
}
