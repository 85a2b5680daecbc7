//! How the facilitator's screen looks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{COUNTDOWN_MAX_MINUTES, Console, Mode};
use crate::front::text::{cut, pad};
use crate::front::view::OpenDecision;
use crate::tui::draw::{self, Section, paragraph};
use crate::tui::exercise::console::forms::FormKind;
use crate::tui::exercise::console::leads::lead_lines;
use crate::tui::exercise::console::pace::{UNKNOWN, time_lines};
use crate::tui::exercise::facts::{LitScene, Scene};
use crate::tui::exercise::notes::note_lines;
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget};
use crate::tui::exercise::phrases::{clock, countdown_style, flat, key_line, lit, short_time};
use crate::tui::exercise::seats::{draw_gate, draw_status};
use crate::tui::form::{self, CursorLines, field_lines, headed};
use crate::words;

/// Open questions shown at once; the one that is marked is always among them.
const QUESTIONS: usize = 3;

/// From this width on, the keys stand in two columns.
const TWO_COLUMNS: usize = 72;

impl Console {
    /// Draws it in place of the exercise.
    pub(in crate::tui::exercise) fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (scene, notice): (LitScene, Option<&str>),
        hits: &ExerciseHits,
    ) {
        let theme = scene.theme;
        let now = &scene.view.now;
        let now = format!("{} {} {}", now.date, now.time, now.zone);
        let phase = if scene.over() { "ENDEX" } else { "facilitator" };
        draw::header(buf, area, theme, [&scene.view.title, &now, phase]);
        let top = 1 + draw_status(buf, area, scene, true);
        let asks = self.asks();
        let said = notice.or(asks.as_deref()).unwrap_or_default();
        let said = draw::notice_lines(said, area.width);
        let foot = said.len().min(3) as u16 + 1;
        let body = Rect::new(
            area.x,
            area.y + top,
            area.width,
            area.height.saturating_sub(top + foot),
        );
        for (line, y) in said.iter().zip(body.bottom()..area.bottom() - 1) {
            buf.set_string(area.x + 1, y, line, theme.notice());
        }
        hits.add(body, ExerciseTarget::Top);
        let keys = self.keys(*scene);
        hits.keys(draw::foot(buf, area, theme, &keys), ExerciseTarget::Key);
        let columns = usize::from(area.width).saturating_sub(4);
        let text = columns.min(100);
        let (title, drawn) = match self.mode {
            Mode::Door => {
                let who = "Are you the facilitator?";
                let others = "The facilitator's screen shows what no team may see. Players, please look away.";
                return draw_gate(buf, body, theme, "Facilitator", [who, others, "yes, I am"]);
            }
            Mode::Home => return self.draw_home(buf, body, scene),
            Mode::Countdown { every } => ("Countdown", self.minutes_lines(every, scene, columns)),
            Mode::Leads => {
                let lines = lead_lines(&self.leads, theme, text);
                ("What each open option leads to", CursorLines::plain(lines))
            }
            Mode::Form(kind) => {
                let title = match kind {
                    FormKind::Inject => "News typed on the spot: it changes nothing else",
                    FormKind::Observe => "An observation: no team reads it",
                };
                let form = self.typed.forms.get(&kind);
                let unknown = || CursorLines::plain(vec![Line::styled(UNKNOWN, theme.quiet())]);
                (title, form.map_or_else(unknown, |it| it.lines(theme, text)))
            }
            Mode::TakeBack { from, .. } => {
                ("Take back", self.take_back_lines(from, scene, columns))
            }
            Mode::Stop { .. } => {
                let head = "Why does it end here? Everybody reads it; it may stay empty.";
                let field = field_lines(&self.typed.stop, theme, text);
                ("End the exercise here", headed(head, field, theme, text))
            }
        };
        let inside = draw::sections(buf, body, theme, &[Section::new(title, 0)])[0];
        let cursor = form::draw(buf, inside, theme, &drawn, &self.scroll);
        hits.set_cursor(cursor);
    }

    /// What only waits for a yes.
    fn asks(&self) -> Option<String> {
        match self.mode {
            Mode::TakeBack { from, asks: true } => {
                let count = self.moves().saturating_sub(from) as i64;
                let count = words::count(count, "move", "moves");
                Some(format!("Take back {count}? Enter: yes, any other key: no"))
            }
            Mode::Stop { asks: true } => Some(
                "End the exercise here for everybody? Enter: yes, any other key: no".to_owned(),
            ),
            _ => None,
        }
    }

    /// The keys that matter in what is open of it.
    fn keys(&self, scene: Scene) -> Vec<(&'static str, &'static str)> {
        let kept = ("Esc", "back, the text is kept");
        match self.mode {
            Mode::Door => vec![("Enter", "yes, I am"), ("Esc", "back to the exercise")],
            Mode::Home => {
                let mut keys = Vec::new();
                if scene.view.decisions.len() > 1 {
                    keys.push(("Tab", "next question"));
                }
                if scene.facts.several() {
                    keys.push(("x", "next seat's view"));
                }
                keys.extend([
                    ("up/down", "scroll"),
                    ("?", "help"),
                    ("Esc", "back to the exercise"),
                ]);
                keys
            }
            Mode::Countdown { .. } => vec![("0-9", "minutes"), ("Enter", "start"), ("Esc", "back")],
            Mode::Leads => vec![("up/down", "scroll"), ("PgDn", "page"), ("Esc", "back")],
            Mode::Form(FormKind::Inject) => vec![
                ("Tab", "next"),
                ("Enter", "next row; in the text a new line"),
                kept,
            ],
            Mode::Form(FormKind::Observe) => {
                vec![("Tab", "next"), ("Enter", "write it down"), kept]
            }
            Mode::TakeBack { .. } => vec![
                ("up/down", "from which move"),
                ("Enter", "take back"),
                ("Esc", "back"),
            ],
            Mode::Stop { .. } => vec![("Enter", "end"), kept],
        }
    }

    fn draw_home(&self, buf: &mut Buffer, body: Rect, scene: LitScene) {
        let theme = scene.theme;
        let columns = usize::from(body.width).saturating_sub(4);
        let keys = actions(scene, columns);
        let questions = self.question_lines(scene, columns);
        let time = time_lines(self.panel.as_ref(), scene, columns);
        let fixed = keys.len() + questions.len() + time.len() + 5;
        let seen = usize::from(body.height).saturating_sub(fixed);
        let mut observed = Vec::new();
        let mut count = 0;
        for note in scene.facts.notes.iter().rev().filter(|it| it.observation) {
            observed.extend(note_lines(note, scene, columns.min(100)));
            count += 1;
        }
        if observed.is_empty() {
            observed.push(Line::styled("None yet; o writes one down.", theme.quiet()));
        }
        let asked = format!("Open questions  {}", scene.view.decisions.len());
        let observations = format!("Observations  {count}");
        if seen == 0 {
            // One text that scrolls, so that nothing is gone without a sign.
            let mut lines = keys;
            for (title, below) in [
                (asked, questions),
                (observations, observed),
                ("Until ENDEX".to_owned(), time),
            ] {
                lines.push(Line::default());
                lines.push(Line::styled(title, theme.heading()));
                lines.extend(below);
            }
            let inside = draw::sections(buf, body, theme, &[Section::new("Facilitator", 0)])[0];
            draw::scrolled(buf, inside, theme, &lines, &self.scroll);
            return;
        }
        let parts = [
            Section::new("Facilitator", keys.len()),
            Section::new(asked, questions.len()),
            Section::new(observations, seen),
            Section::new("Until ENDEX", 0),
        ];
        let inside = draw::sections(buf, body, theme, &parts);
        draw::fixed(buf, inside[0], theme, &keys, (0, ""));
        draw::fixed(buf, inside[1], theme, &questions, (0, ""));
        draw::scrolled_above(buf, inside[2], theme, &observed, &self.scroll);
        draw::fixed(buf, inside[3], theme, &time, (0, ""));
    }

    fn question_lines(&self, scene: LitScene, columns: usize) -> Vec<Line<'static>> {
        let theme = scene.theme;
        let marked = self.marked_question(scene.view);
        let decisions = &scene.view.decisions;
        if decisions.is_empty() {
            let none = "Nothing is asked in this view.";
            return vec![Line::styled(none, theme.quiet())];
        }
        let first = (marked + 1).saturating_sub(QUESTIONS).min(decisions.len());
        let each = |(place, it): (usize, &OpenDecision)| {
            let mark = if place == marked { "> " } else { "  " };
            let running = scene.facts.countdown(&it.id);
            let timer = running.map_or(String::new(), clock);
            let style = running.map_or_else(Style::new, |it| countdown_style(it, theme));
            let side = format!("  {}", it.left);
            let room = columns.saturating_sub(2 + side.chars().count() + 8);
            Line::from(vec![
                Span::styled(mark, theme.heading()),
                Span::raw(pad(&flat(&it.question), room)),
                Span::styled(format!("{timer:>8}"), style),
                Span::styled(side, theme.quiet()),
            ])
        };
        let numbered = decisions.iter().enumerate();
        numbered.skip(first).take(QUESTIONS).map(each).collect()
    }

    fn minutes_lines(&self, every: bool, scene: LitScene, columns: usize) -> CursorLines {
        let theme = scene.theme;
        let mut open = scene.view.decisions.iter();
        let about = match open.find(|it| it.id == self.question) {
            _ if every => "Every question that is open, or opens later".to_owned(),
            Some(it) => flat(&it.question),
            None => "That question has closed meanwhile.".to_owned(),
        };
        let label = "Minutes  ";
        let field = field_lines(&self.minutes, theme, 8);
        let rules = format!(
            "1 to {COUNTDOWN_MAX_MINUTES}; 0 takes the countdown away. When it runs out, the default is taken."
        );
        let (line, column) = field.cursor.unwrap_or_default();
        let typed = Line::from(vec![
            Span::styled(label, theme.heading()),
            Span::styled(self.minutes.text().to_owned(), theme.strong()),
        ]);
        let mut lines = vec![typed, Line::default()];
        lines.extend(paragraph(&rules, columns, theme.quiet()));
        let drawn = CursorLines {
            lines,
            cursor: Some((line, column + label.len())),
            end: None,
        };
        headed(&about, drawn, theme, columns)
    }

    fn take_back_lines(&self, from: usize, scene: LitScene, columns: usize) -> CursorLines {
        let theme = scene.theme;
        let panel = self.panel.as_ref();
        let moves = panel.map_or(&[][..], |it| &it.moves);
        let head = "The marked move and all below it are taken back, with news typed since. The same luck comes again.";
        let mut lines = paragraph(head, columns, theme.quiet());
        let top = lines.len();
        for (place, (at, what)) in moves.iter().enumerate() {
            let mark = match place {
                _ if place == from => "> ",
                _ if place > from => "x ",
                _ => "  ",
            };
            let time = short_time(at, &scene.view.now);
            let text = cut(
                &format!("{mark}{:>4}  {time:<18}  {what}", place + 1),
                columns,
            );
            lines.push(lit(Line::raw(text), place == from, theme));
        }
        CursorLines {
            lines,
            cursor: Some((top + from, 0)),
            end: None,
        }
    }
}

fn actions(scene: LitScene, columns: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let pause = if scene.facts.paused {
        "go on after the pause"
    } else {
        "pause everything"
    };
    let keys = [
        ("p", pause),
        ("w", "let time pass for everybody"),
        ("c", "count down the marked question"),
        ("C", "count down every question"),
        ("l", "what each option leads to (spoiler)"),
        ("i", "news typed on the spot"),
        ("o", "write down an observation"),
        ("b", "take back moves"),
        ("e", "end the exercise here"),
    ];
    if columns < TWO_COLUMNS {
        return keys
            .iter()
            .map(|(key, does)| key_line(theme, key, does))
            .collect();
    }
    let half = keys.len().div_ceil(2);
    let side = (columns / 2).min(44);
    let row = |row: usize| {
        let (key, does) = keys[row];
        let mut line = key_line(theme, key, &pad(does, side - 3));
        if let Some((key, does)) = keys.get(row + half) {
            line.spans.extend(key_line(theme, key, does).spans);
        }
        line
    };
    (0..half).map(row).collect()
}
