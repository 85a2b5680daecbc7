//! What a text rests on: its record marks, and what they cite.

use ratatui::text::{Line, Span};

use crate::front::text::wrap;
use crate::front::view::MarkView;
use crate::tui::theme::Theme;

/// Record marks with what they cite, as lines of so many columns.
pub(super) fn mark_lines(marks: &[MarkView], theme: Theme, columns: usize) -> Vec<Line<'static>> {
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
        for cite in &mark.cites {
            let text = format!(
                "{} ({}): {} [{}]",
                cite.id,
                cite.confidence,
                cite.says,
                cite.sources.join("; ")
            );
            let wrapped = wrap(&text, columns.saturating_sub(2));
            lines.extend(
                wrapped
                    .into_iter()
                    .map(|text| Line::styled(format!("  {text}"), theme.quiet())),
            );
        }
    }
    lines
}
