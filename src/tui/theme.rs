//! How things look: colours of the sixteen basic ones, and symbols that say the same without them.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use crate::front::text::{Stress, TextLine};
use crate::front::view::Tone;

/// What the terminal can show. Meaning never hangs on colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Colours, or only bold, underlined and reversed.
    pub colour: bool,
    /// Borders and symbols in ASCII only; of texts only quotes, dashes and ellipses change.
    pub ascii: bool,
}

impl Default for Theme {
    fn default() -> Theme {
        Theme {
            colour: true,
            ascii: false,
        }
    }
}

impl Theme {
    fn coloured(self, style: Style, colour: Color) -> Style {
        if self.colour { style.fg(colour) } else { style }
    }

    /// Titles of panes, keys.
    #[must_use]
    pub fn heading(self) -> Style {
        self.coloured(Style::new().add_modifier(Modifier::BOLD), Color::Cyan)
    }

    /// What stands back: labels, what cannot be chosen.
    #[must_use]
    pub fn quiet(self) -> Style {
        if self.colour {
            Style::new().add_modifier(Modifier::DIM)
        } else {
            Style::new()
        }
    }

    /// Lines of boxes.
    #[must_use]
    pub fn frame(self) -> Style {
        self.coloured(Style::new(), Color::DarkGray)
    }

    /// What is new.
    #[must_use]
    pub fn fresh(self) -> Style {
        self.coloured(Style::new().add_modifier(Modifier::BOLD), Color::Yellow)
    }

    /// Where the cursor is.
    #[must_use]
    pub fn cursor(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A sentence that asks for attention.
    #[must_use]
    pub fn notice(self) -> Style {
        self.coloured(Style::new().add_modifier(Modifier::BOLD), Color::Yellow)
    }

    /// Strong text.
    #[must_use]
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The style of a lamp.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Style {
        match tone {
            Tone::Good => self.coloured(Style::new(), Color::Green),
            Tone::Plain => Style::new(),
            Tone::Bad => self.coloured(Style::new().add_modifier(Modifier::BOLD), Color::Red),
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

    /// A bar of so many columns, `filled` of them full.
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

    /// The course of a number, lowest to highest over its own range.
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
    pub fn border(self) -> Border {
        if self.ascii {
            Border {
                across: "-",
                down: "|",
                corners: ["+"; 4],
                joints: ["+"; 2],
            }
        } else {
            Border {
                across: "─",
                down: "│",
                corners: ["┌", "┐", "└", "┘"],
                joints: ["├", "┤"],
            }
        }
    }

    /// What separates parts of a line.
    #[must_use]
    pub fn dot(self) -> &'static str {
        if self.ascii { "-" } else { "·" }
    }

    /// Where more lies, above and below.
    #[must_use]
    pub fn more(self) -> (&'static str, &'static str) {
        if self.ascii {
            ("^", "v")
        } else {
            ("▲", "▼")
        }
    }

    /// A line of text with its emphasis.
    #[must_use]
    pub fn line(self, line: TextLine) -> Line<'static> {
        let style = |stress| match stress {
            Stress::None => Style::new(),
            Stress::Emphasis if self.colour => Style::new().add_modifier(Modifier::ITALIC),
            Stress::Emphasis => Style::new().add_modifier(Modifier::UNDERLINED),
            Stress::Strong => self.strong(),
        };
        line.into_iter()
            .map(|run| Span::styled(run.text, style(run.stress)))
            .collect()
    }
}

/// The screen's own signs that no [`Theme`] chooses, cell for cell: the mark of what was cut, and quotes.
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

/// What boxes are drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Border {
    /// A horizontal line.
    pub across: &'static str,
    /// A vertical line.
    pub down: &'static str,
    /// Top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Where a divider meets the left and the right side.
    pub joints: [&'static str; 2],
}
