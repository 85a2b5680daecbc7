//! What a text rests on: its record marks, and what they cite.

use ratatui::text::{Line, Span};

use crate::front::text::wrap;
use crate::front::view::{MarkView, RECORD_LEGEND};
use crate::tui::draw;
use crate::tui::theme::Theme;

/// What stands at the foot of marks in play, when what they cite would give too much away.
const LATER: &str = "documented: sources say so. inferred: it follows from what sources say. invented: made up for the \
    exercise. What the record says is shown after ENDEX.";

/// How much of what a mark cites is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cites {
    /// Nothing: the record says how things went on.
    Hidden,
    /// Every entry, with its sources.
    Shown,
}

/// Record marks as lines.
pub(super) fn mark_lines(
    marks: &[MarkView],
    theme: Theme,
    columns: usize,
    cites: Cites,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for mark in marks {
        let text = format!("{}: {}", mark.standing, mark.says);
        for (number, text) in wrap(&text, columns).into_iter().enumerate() {
            let Some(rest) = text.strip_prefix(mark.standing).filter(|_| number == 0) else {
                lines.push(Line::raw(text));
                continue;
            };
            let standing = Span::styled(mark.standing, theme.strong());
            lines.push(Line::from(vec![standing, Span::raw(rest.to_owned())]));
        }
        let shown = mark.cites.iter().filter(|_| cites == Cites::Shown);
        for cite in shown {
            let origin = cite.origin();
            let origin = if origin.is_empty() {
                origin
            } else {
                format!(" [{origin}]")
            };
            let text = format!("{} ({}): {}{origin}", cite.id, cite.confidence, cite.says);
            let room = columns.saturating_sub(2);
            lines.extend(draw::indented(&text, 2, room, theme.quiet()));
        }
    }
    lines
}

/// What the words and letters of marks mean, as lines below them.
pub(super) fn mark_foot(theme: Theme, columns: usize, cites: Cites) -> Vec<Line<'static>> {
    let text = match cites {
        Cites::Hidden => LATER,
        Cites::Shown => RECORD_LEGEND,
    };
    let mut lines = vec![Line::default()];
    lines.extend(draw::paragraph(text, columns, theme.quiet()));
    lines
}
