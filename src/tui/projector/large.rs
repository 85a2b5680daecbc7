//! Large type: digits and a few letters, drawn with cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::theme::Theme;

/// Rows of every sign, in dots.
pub(super) const DOTS_HIGH: usize = 5;

/// How many columns and rows a dot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Scale {
    /// From the largest to the smallest. A cell is about twice as high as it is wide.
    const ALL: [Scale; 3] = [
        Scale {
            columns: 4,
            rows: 2,
        },
        Scale {
            columns: 2,
            rows: 1,
        },
        Scale {
            columns: 1,
            rows: 1,
        },
    ];

    /// The largest in which these texts fit side by side into this room; the smallest if none does.
    pub(super) fn fitting(texts: &[&str], columns: usize, rows: usize) -> Scale {
        let fits = |it: &&Scale| {
            let wide: usize = texts.iter().map(|text| wide(text, **it) + 4).sum();
            wide <= columns && it.rows * DOTS_HIGH <= rows
        };
        let smallest = Scale::ALL[Scale::ALL.len() - 1];
        Scale::ALL.iter().find(fits).copied().unwrap_or(smallest)
    }
}

/// The dots of a sign, row by row; a space where there is none.
fn sign(letter: char) -> [&'static str; DOTS_HIGH] {
    match letter {
        '0' => ["###", "# #", "# #", "# #", "###"],
        '1' => [" # ", "## ", " # ", " # ", "###"],
        '2' => ["###", "  #", "###", "#  ", "###"],
        '3' => ["###", "  #", "###", "  #", "###"],
        '4' => ["# #", "# #", "###", "  #", "  #"],
        '5' | 'S' => ["###", "#  ", "###", "  #", "###"],
        '6' => ["###", "#  ", "###", "# #", "###"],
        '7' => ["###", "  #", "  #", "  #", "  #"],
        '8' => ["###", "# #", "###", "# #", "###"],
        '9' => ["###", "# #", "###", "  #", "###"],
        ':' => [" ", "#", " ", "#", " "],
        'A' => ["###", "# #", "###", "# #", "# #"],
        'D' => ["## ", "# #", "# #", "# #", "## "],
        'E' => ["###", "#  ", "###", "#  ", "###"],
        'N' => ["# #", "###", "###", "###", "# #"],
        'P' => ["###", "# #", "###", "#  ", "#  "],
        'U' => ["# #", "# #", "# #", "# #", "###"],
        'X' => ["# #", "# #", " # ", "# #", "# #"],
        _ => ["  "; DOTS_HIGH],
    }
}

/// The columns that a text takes.
pub(super) fn wide(text: &str, scale: Scale) -> usize {
    let dots: usize = text.chars().map(|it| sign(it)[0].len() + 1).sum();
    dots.saturating_sub(1) * scale.columns
}

/// Draws a text at the upper left of an area. A text that does not fit is left out, never cut.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    style: Style,
    text: &str,
    scale: Scale,
) {
    if wide(text, scale) > usize::from(area.width)
        || DOTS_HIGH * scale.rows > usize::from(area.height)
    {
        return;
    }
    let full = if theme.ascii { "#" } else { "█" };
    let mut column = 0;
    for letter in text.chars() {
        let dots = sign(letter);
        for (row, line) in dots.iter().enumerate() {
            for (at, dot) in line.chars().enumerate() {
                if dot != '#' {
                    continue;
                }
                let x = area.x + ((column + at) * scale.columns) as u16;
                for part in 0..scale.rows {
                    let y = area.y + (row * scale.rows + part) as u16;
                    buf.set_string(x, y, full.repeat(scale.columns), style);
                }
            }
        }
        column += dots[0].len() + 1;
    }
}
