//! How the facilitator's screen looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::{COUNTDOWN_MAX_MINUTES, Mode, flat};
use crate::front::text::{cut, pad, wrap};
use crate::front::view::OpenDecision;
use crate::tui::draw::{self, Section};
use crate::tui::exercise::decide::key_line;
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::notes::field_lines;
use crate::tui::exercise::told::clock;
use crate::tui::exercise::{ExerciseScreen, short_time};
use crate::tui::form::{self, Drawn, Form};
use crate::tui::theme::Theme;
use crate::words;

/// Open questions shown at once; the one that is marked is always among them.
const QUESTIONS: usize = 3;

/// From this width on, the keys stand in two columns.
const TWO_COLUMNS: usize = 72;

impl ExerciseScreen {
    /// Draws it in place of the exercise; where the cursor is.
    pub(in crate::tui::exercise) fn draw_console(
        &self,
        buf: &mut Buffer,
        area: Rect,
        theme: Theme,
    ) -> Option<Position> {
        let console = &self.told.console;
        let now = &self.view.now;
        let now = format!("{} {} {}", now.date, now.time, now.zone);
        let phase = if self.over() { "ENDEX" } else { "facilitator" };
        draw::header(buf, area, theme, [&self.view.title, &now, phase]);
        let top = 1 + self.draw_status(buf, area, theme);
        let said = self.notice.clone().or_else(|| self.console_asks());
        let said = draw::notice_lines(said.as_deref().unwrap_or_default(), area.width);
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
        let row = Rect::new(area.x, area.bottom() - 1, area.width, 1);
        let keys = self.console_keys();
        self.hits.add(body, ExerciseTarget::Layer);
        self.hits
            .keys(draw::keys(buf, row, theme, &keys), ExerciseTarget::Key);
        let columns = usize::from(area.width).saturating_sub(4);
        let drawn = |title: &str, drawn: &Drawn, buf: &mut Buffer| {
            let inside = draw::sections(buf, body, theme, &[Section::new(title, 0)])[0];
            form::put(buf, inside, theme, drawn, &console.scroll)
        };
        match console.mode {
            Mode::Door => draw_door(buf, body, theme),
            Mode::Home => self.draw_home(buf, body, theme),
            Mode::Countdown { every } => {
                let it = self.minutes_lines(every, theme, columns);
                return drawn("Countdown", &it, buf);
            }
            Mode::Leads => {
                let it = Drawn::plain(self.lead_lines(theme, columns.min(100)));
                drawn("What each open option leads to", &it, buf);
            }
            Mode::Inject => {
                let it = filled(console.inject.as_ref(), theme, columns.min(100));
                return drawn("News typed on the spot: it changes nothing else", &it, buf);
            }
            Mode::Observe => {
                let it = filled(console.observe.as_ref(), theme, columns.min(100));
                return drawn("An observation: no team reads it", &it, buf);
            }
            Mode::TakeBack { from, .. } => {
                let it = self.take_back_lines(from, theme, columns);
                return drawn("Take back", &it, buf);
            }
            Mode::Stop { .. } => {
                let it = self.stop_lines(theme, columns.min(100));
                return drawn("End the exercise here", &it, buf);
            }
        }
        None
    }

    /// What only waits for a yes.
    fn console_asks(&self) -> Option<String> {
        let moves = self
            .told
            .console
            .panel
            .as_ref()
            .map_or(0, |it| it.moves.len());
        match self.told.console.mode {
            Mode::TakeBack { from, asks: true } => {
                let count = words::count((moves - from.min(moves)) as i64, "move", "moves");
                Some(format!("Take back {count}? Enter: yes, any other key: no"))
            }
            Mode::Stop { asks: true } => Some(
                "End the exercise here for everybody? Enter: yes, any other key: no".to_owned(),
            ),
            _ => None,
        }
    }

    /// The keys that matter in what is open of it.
    fn console_keys(&self) -> Vec<(&'static str, &'static str)> {
        let kept = ("Esc", "back, the text is kept");
        match self.told.console.mode {
            Mode::Door => vec![("Enter", "yes, I am"), ("Esc", "back to the exercise")],
            Mode::Home => {
                let mut keys = Vec::new();
                if self.view.decisions.len() > 1 {
                    keys.push(("Tab", "next question"));
                }
                if self.several() {
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
            Mode::Inject => vec![
                ("Tab", "next"),
                ("Enter", "next; a new line; Send sends"),
                kept,
            ],
            Mode::Observe => vec![("Tab", "next"), ("Enter", "write it down"), kept],
            Mode::TakeBack { .. } => vec![
                ("up/down", "from which move"),
                ("Enter", "take back"),
                ("Esc", "back"),
            ],
            Mode::Stop { .. } => vec![("Enter", "end"), kept],
        }
    }

    fn draw_home(&self, buf: &mut Buffer, body: Rect, theme: Theme) {
        let columns = usize::from(body.width).saturating_sub(4);
        let keys = self.console_actions(theme, columns);
        let questions = self.question_lines(theme, columns);
        let time = self.time_lines(theme, columns);
        let fixed = keys.len() + questions.len() + time.len() + 5;
        let seen = usize::from(body.height).saturating_sub(fixed);
        let mut observed = Vec::new();
        let mut count = 0;
        for note in self.told.notes.iter().rev().filter(|it| it.observation) {
            observed.extend(self.note_lines(note, theme, columns.min(100)));
            count += 1;
        }
        if observed.is_empty() {
            observed.push(Line::styled("None yet; o writes one down.", theme.quiet()));
        }
        let asked = format!("Open questions  {}", self.view.decisions.len());
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
            draw::scrolled(buf, inside, theme, &lines, &self.told.console.scroll);
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
        draw::scrolled_above(buf, inside[2], theme, &observed, &self.told.console.scroll);
        draw::fixed(buf, inside[3], theme, &time, (0, ""));
    }

    fn console_actions(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let pause = if self.told.paused {
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

    fn question_lines(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let marked = self.marked_question();
        let decisions = &self.view.decisions;
        if decisions.is_empty() {
            let none = "Nothing is asked in this view.";
            return vec![Line::styled(none, theme.quiet())];
        }
        let first = (marked + 1).saturating_sub(QUESTIONS).min(decisions.len());
        let each = |(place, it): (usize, &OpenDecision)| {
            let mark = if place == marked { "> " } else { "  " };
            let running = self.countdown(&it.id);
            let timer = running.map_or(String::new(), clock);
            let style = if running.is_some_and(|it| it < 60) {
                theme.notice()
            } else {
                theme.strong()
            };
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

    fn minutes_lines(&self, every: bool, theme: Theme, columns: usize) -> Drawn {
        let console = &self.told.console;
        let mut open = self.view.decisions.iter();
        let about = match open.find(|it| it.id == console.question) {
            _ if every => "Every question that is open, or opens later".to_owned(),
            Some(it) => flat(&it.question),
            None => "That question has closed meanwhile.".to_owned(),
        };
        let label = "Minutes  ";
        let field = field_lines(&console.minutes, theme, 8);
        let rules = format!(
            "1 to {COUNTDOWN_MAX_MINUTES}; 0 takes the countdown away. Where it runs out, the default is taken."
        );
        let (line, column) = field.cursor.unwrap_or_default();
        let typed = Line::from(vec![
            Span::styled(label, theme.heading()),
            Span::styled(console.minutes.text().to_owned(), theme.strong()),
        ]);
        let mut lines = vec![typed, Line::default()];
        let rules = wrap(&rules, columns).into_iter();
        lines.extend(rules.map(|text| Line::styled(text, theme.quiet())));
        let drawn = Drawn {
            lines,
            cursor: Some((line, column + label.len())),
            end: None,
        };
        crate::tui::exercise::layer::headed(&about, drawn, theme, columns)
    }

    fn take_back_lines(&self, from: usize, theme: Theme, columns: usize) -> Drawn {
        let panel = self.told.console.panel.as_ref();
        let moves = panel.map_or(&[][..], |it| &it.moves);
        let head = "The marked move and all below it are taken back, with news typed since. The same luck comes again.";
        let mut lines: Vec<Line> = wrap(head, columns)
            .into_iter()
            .map(|text| Line::styled(text, theme.quiet()))
            .collect();
        let top = lines.len();
        for (place, (at, what)) in moves.iter().enumerate() {
            let mark = match place {
                _ if place == from => "> ",
                _ if place > from => "x ",
                _ => "  ",
            };
            let time = short_time(&at.time, &at.date, &self.view.now.date);
            let text = cut(
                &format!("{mark}{:>4}  {time:<18}  {what}", place + 1),
                columns,
            );
            let line = Line::raw(text);
            lines.push(if place == from {
                line.style(theme.cursor())
            } else {
                line
            });
        }
        Drawn {
            lines,
            cursor: Some((top + from, 0)),
            end: None,
        }
    }

    fn stop_lines(&self, theme: Theme, columns: usize) -> Drawn {
        let head = "Why does it end here? Everybody reads it; it may stay empty.";
        let field = field_lines(&self.told.console.stop, theme, columns);
        crate::tui::exercise::layer::headed(head, field, theme, columns)
    }
}

fn filled(form: Option<&Form>, theme: Theme, columns: usize) -> Drawn {
    match form {
        Some(form) => form.drawn(theme, columns),
        None => Drawn::plain(vec![Line::styled("Not known yet.", theme.quiet())]),
    }
}

fn draw_door(buf: &mut Buffer, body: Rect, theme: Theme) {
    let columns = usize::from(body.width).min(64) - 4;
    let says = "The facilitator's screen shows what no team may see. Players look away.";
    let mut lines = vec![
        Line::styled("Are you the facilitator?", theme.strong()),
        Line::default(),
    ];
    lines.extend(wrap(says, columns).into_iter().map(Line::raw));
    lines.push(Line::default());
    lines.push(key_line(theme, "Enter", "yes, I am"));
    let wide = lines.iter().map(Line::width).max().unwrap_or(0);
    let inside = draw::dialog(buf, body, theme, "Facilitator", (wide, lines.len()));
    draw::fixed(buf, inside, theme, &lines, (0, ""));
}
