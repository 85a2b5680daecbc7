//! Sheets over the exercise: everything of one thing, help, and the way out.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::front::Request;
use crate::front::sentences;
use crate::front::text::width;
use crate::front::view::{OpenDecision, Tone};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, paragraph};
use crate::tui::exercise::choices::Detail;
use crate::tui::exercise::facts::{LitScene, Scene};
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget, KeyOutcome, SheetKind};
use crate::tui::exercise::panes::under_way;
use crate::tui::exercise::phrases::key_line;
use crate::tui::exercise::seat::SeatScreen;
use crate::tui::exercise::trend::{Trend, trends};
use crate::tui::hits::MouseAction;
use crate::tui::marks::{mark_foot, mark_lines};
use crate::tui::situation;
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
    ("w", "wait until something happens (several seats: ready)"),
    ("u", "take back your last move, if nothing came of it"),
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

/// One thing, large, and how far it is scrolled.
#[derive(Debug)]
pub(super) struct Sheet {
    kind: SheetKind,
    scroll: Scroll,
    /// On the situation: the course that is shown as a chart.
    trend: Option<Trend>,
}

impl Sheet {
    pub(super) fn new(kind: SheetKind) -> Sheet {
        Sheet {
            kind,
            scroll: Scroll::default(),
            trend: None,
        }
    }

    pub(super) fn key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        let board = &scene.view.board;
        if let Some(trend) = &mut self.trend {
            if !trend.key(key, board) {
                *self = Sheet::new(self.kind);
            }
            return KeyOutcome::Stay;
        }
        match (self.kind, key) {
            (SheetKind::Leave, Key::Char('q')) => KeyOutcome::Ask(Request::Quit),
            (SheetKind::Leave, Key::Char('h')) => KeyOutcome::Ask(Request::Home),
            (SheetKind::Leave, Key::Char('s')) if scene.playing() => KeyOutcome::Ask(Request::Stop),
            (SheetKind::Leave, _) => KeyOutcome::Close,
            (SheetKind::Decision, Key::Char('0'..='9')) => KeyOutcome::Pass,
            (SheetKind::Situation, Key::Char('g') | Key::Enter) if !trends(board).is_empty() => {
                self.trend = Some(Trend::default());
                KeyOutcome::Stay
            }
            // It opens nothing yet, and what opens nothing closes nothing.
            (SheetKind::Situation, Key::Char('g')) => KeyOutcome::Stay,
            _ if self.scroll.key(key) => KeyOutcome::Stay,
            _ => KeyOutcome::Close,
        }
    }

    pub(super) fn wheel(&mut self, turn: MouseAction, scene: Scene) {
        let Some(trend) = &mut self.trend else {
            return self.scroll.wheel(turn);
        };
        let up = turn == MouseAction::WheelUp;
        trend.key(if up { Key::Up } else { Key::Down }, &scene.view.board);
    }

    pub(super) fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (seat, scene): (&SeatScreen, LitScene),
        hits: &ExerciseHits,
    ) {
        if let Some(trend) = &self.trend {
            return trend.draw(buf, area, scene, hits);
        }
        let columns = (usize::from(area.width) - 8).min(match self.kind {
            SheetKind::Help | SheetKind::Leave => 64,
            SheetKind::Situation => 100,
            _ => 76,
        });
        let rows = usize::from(area.height).saturating_sub(4);
        let (title, lines) = self.lines(seat, scene, (columns, rows));
        let inside = draw_sheet(
            buf,
            area,
            scene.theme,
            (title, columns),
            &lines,
            &self.scroll,
            None,
        );
        hits.add(inside, ExerciseTarget::Top);
        hits.focus(inside, 0, 0);
        let spots: Vec<(usize, usize, ExerciseTarget)> = match self.kind {
            SheetKind::Leave => {
                let way = |(line, it): (usize, &Line)| {
                    let key = Key::Char(it.spans[0].content.chars().next()?);
                    Some((line, 1, ExerciseTarget::Key(key)))
                };
                lines.iter().enumerate().filter_map(way).collect()
            }
            SheetKind::Decision => {
                let decide = seat.question.lines(scene, columns, Detail::Full);
                let entries = decide.entries.into_iter().enumerate();
                let option =
                    |(number, (line, lines))| (line, lines, ExerciseTarget::Option(number));
                entries.map(option).collect()
            }
            _ => Vec::new(),
        };
        hits.entries(inside, self.scroll.first(), &spots);
    }

    /// The title, and what stands below it.
    fn lines(
        &self,
        seat: &SeatScreen,
        scene: LitScene,
        (columns, rows): (usize, usize),
    ) -> (&'static str, Vec<Line<'static>>) {
        let theme = scene.theme;
        match self.kind {
            SheetKind::Help => ("Help    Esc: back", help(theme, columns)),
            SheetKind::Leave => ("Leave?    Esc: stay", ways_out(*scene, theme)),
            SheetKind::Message => {
                let lines = seat.inbox.message_lines(scene, columns, Detail::Full);
                ("Message    Esc: back", lines)
            }
            SheetKind::Marks => {
                let lines = marks(seat, *scene, theme, columns);
                ("What it rests on    Esc: back", lines)
            }
            SheetKind::Situation => {
                let board = &scene.view.board;
                let mut lines = situation::lines(board, theme, columns, rows);
                let under_way = under_way(scene.view, theme, columns);
                if !under_way.is_empty() {
                    lines.extend([Line::default(), Line::styled("Under way", theme.heading())]);
                    lines.extend(under_way);
                }
                if trends(board).is_empty() {
                    ("Situation    Esc: back", lines)
                } else {
                    ("Situation    g: charts    Esc: back", lines)
                }
            }
            SheetKind::Decision => {
                let mut lines = seat.question.lines(scene, columns, Detail::Full).lines;
                if let Some(decision) = seat.question.decision(scene.view)
                    && scene.facts.history
                    && !decision.marks.is_empty()
                {
                    lines.push(Line::default());
                    lines.extend(mark_lines(&decision.marks, theme, columns, scene.cites()));
                }
                ("Decide    Esc: back", lines)
            }
        }
    }
}

/// Draws lines in a box, scrolled so that a line can be seen; gives the inside of the box.
pub(super) fn draw_sheet(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    (title, columns): (&str, usize),
    lines: &[Line],
    scroll: &Scroll,
    watch: Option<usize>,
) -> Rect {
    let wide = lines.iter().map(Line::width).max().unwrap_or(0);
    let wide = wide.max(width(title)).clamp(40, columns.max(40));
    let inside = draw::dialog(buf, area, theme, title, (wide, lines.len()));
    if let Some(line) = watch {
        scroll.show(line, inside.height.into());
    }
    draw::scrolled(buf, inside, theme, lines, scroll);
    inside
}

/// The marks of the open message, and of the question it asks.
fn marks(seat: &SeatScreen, scene: Scene, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let Some(message) = seat.inbox.message(scene.view) else {
        return Vec::new();
    };
    let mut lines = mark_lines(&message.marks, theme, columns, scene.cites());
    let mut any = !lines.is_empty();
    if lines.is_empty() {
        let none = format!("This message {}", sentences::UNMARKED);
        lines = paragraph(&none, columns, Style::new());
    }
    let marked = |it: &&OpenDecision| it.id == message.asks && !it.marks.is_empty();
    if let Some(decision) = scene.view.decisions.iter().find(marked) {
        lines.extend([
            Line::default(),
            Line::styled("The question", theme.heading()),
        ]);
        lines.extend(mark_lines(&decision.marks, theme, columns, scene.cites()));
        any = true;
    }
    if any {
        lines.extend(mark_foot(theme, columns, scene.cites()));
    }
    lines
}

fn ways_out(scene: Scene, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if scene.playing() {
        lines.push(key_line(theme, "s", "stop here and see the points"));
    }
    lines.push(key_line(theme, "h", "back to the start screen"));
    lines.push(key_line(theme, "q", "leave the program"));
    lines
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
        theme.lamp(Tone::Good),
        theme.lamp(Tone::Plain),
        theme.lamp(Tone::Bad),
        theme.more().1,
    );
    lines.push(Line::default());
    lines.extend(theme.markdown(&signs, columns));
    lines
}
