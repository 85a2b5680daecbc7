//! How things look: colours for dark and for light backgrounds, and symbols that say the same without them.

mod palette;

pub mod terminal;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::{Line, Span};

use crate::front::text::{Stress, TextLine, markdown};
use crate::front::view::Tone;
use palette::BOLD;
pub use palette::{Colours, Ground};

/// Boxes of a terminal that shows only ASCII.
const ASCII: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// What the terminal can show. Colour alone never carries a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Colours, or only bold, underlined and reversed.
    pub colours: Colours,
    /// Borders and symbols in ASCII only; in texts only quotes, dashes and ellipses change.
    pub ascii: bool,
}

impl Default for Theme {
    fn default() -> Theme {
        Theme {
            colours: Colours::Sixteen(Ground::Dark),
            ascii: false,
        }
    }
}

impl Theme {
    /// Titles of panes, keys.
    #[must_use]
    pub fn heading(self) -> Style {
        self.colours.paint(BOLD, |it| it.heading)
    }

    /// What stays in the background: labels, what cannot be chosen.
    #[must_use]
    pub fn quiet(self) -> Style {
        // Not dim: on a console that is dark grey on black.
        self.colours.paint(Style::new(), |it| it.quiet)
    }

    /// Lines of boxes.
    #[must_use]
    pub fn frame(self) -> Style {
        self.colours.paint(Style::new(), |it| it.frame)
    }

    /// What is new.
    #[must_use]
    pub fn fresh(self) -> Style {
        self.colours.paint(BOLD, |it| it.fresh)
    }

    /// Where the cursor is.
    #[must_use]
    pub fn cursor(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A sentence that asks for attention.
    #[must_use]
    pub fn notice(self) -> Style {
        self.colours.paint(BOLD, |it| it.fresh)
    }

    /// Strong text.
    #[must_use]
    pub fn strong(self) -> Style {
        BOLD
    }

    /// The style of a lamp.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Style {
        match tone {
            Tone::Good => self.colours.paint(Style::new(), |it| it.good),
            Tone::Plain => Style::new(),
            Tone::Bad => self.colours.paint(BOLD, |it| it.bad),
        }
    }

    /// The symbol of a lamp.
    #[must_use]
    pub fn lamp(self, tone: Tone) -> &'static str {
        match (tone, self.ascii) {
            (Tone::Good, false) => "✓",
            (Tone::Good, true) => "+",
            (Tone::Plain, false) => "·",
            (Tone::Plain, true) => "-",
            (Tone::Bad, false) => "✗",
            (Tone::Bad, true) => "x",
        }
    }

    /// A bar with `filled` of its columns full.
    #[must_use]
    pub fn bar(self, filled: usize, columns: usize) -> String {
        let (full, empty) = if self.ascii {
            ("#", ".")
        } else {
            ("█", "░")
        };
        let filled = filled.min(columns);
        full.repeat(filled) + &empty.repeat(columns - filled)
    }

    /// The course of a number, from the lowest to the highest of its values.
    #[must_use]
    pub fn course(self, values: &[i64]) -> String {
        let steps: &[char] = if self.ascii {
            &['_', '.', '-', '=', '+', '*', '#']
        } else {
            &['▁', '▂', '▃', '▄', '▅', '▆', '▇']
        };
        let least = i128::from(values.iter().copied().min().unwrap_or(0));
        let range = i128::from(values.iter().copied().max().unwrap_or(0)) - least;
        let top = steps.len() as i128 - 1;
        values
            .iter()
            .map(|&value| {
                let step = ((i128::from(value) - least) * top)
                    .checked_div(range)
                    .unwrap_or(0);
                steps[usize::try_from(step).unwrap_or(0)]
            })
            .collect()
    }

    /// Corners and lines of a box.
    #[must_use]
    pub fn border(self) -> border::Set<'static> {
        if self.ascii { ASCII } else { border::PLAIN }
    }

    /// What separates parts of a line.
    #[must_use]
    pub fn dot(self) -> &'static str {
        if self.ascii { "-" } else { "·" }
    }

    /// The signs for more above and more below.
    #[must_use]
    pub fn more(self) -> (&'static str, &'static str) {
        if self.ascii {
            ("^", "v")
        } else {
            ("▲", "▼")
        }
    }

    /// Limited Markdown as lines.
    #[must_use]
    pub fn markdown(self, text: &str, columns: usize) -> Vec<Line<'static>> {
        let lines = markdown(text, columns).into_iter();
        lines.map(|line| self.line(line)).collect()
    }

    /// A line of text with its emphasis.
    fn line(self, line: TextLine) -> Line<'static> {
        let style = |stress| match stress {
            Stress::None => Style::new(),
            Stress::Emphasis if self.colours != Colours::None => {
                Style::new().add_modifier(Modifier::ITALIC)
            }
            Stress::Emphasis => Style::new().add_modifier(Modifier::UNDERLINED),
            Stress::Strong => self.strong(),
        };
        line.into_iter()
            .map(|run| Span::styled(run.text, style(run.stress)))
            .collect()
    }
}

/// Replaces, cell by cell, the screen's own signs that no [`Theme`] chooses: the mark of a cut text, and quotes.
pub(super) fn only_ascii(buf: &mut Buffer) {
    for cell in &mut buf.content {
        let sign = match cell.symbol() {
            "…" => "~",
            "“" | "”" => "\"",
            "‘" | "’" => "'",
            _ => continue,
        };
        cell.set_symbol(sign);
    }
}

/// Replaces the lines of a chart, whose signs no [`Theme`] chooses.
pub(super) fn lines_in_ascii(buf: &mut Buffer, area: Rect) {
    for position in area.positions() {
        let cell = &mut buf[position];
        let sign = match cell.symbol() {
            "│" => "|",
            "─" => "-",
            "└" => "+",
            "•" => "*",
            _ => continue,
        };
        cell.set_symbol(sign);
    }
}
