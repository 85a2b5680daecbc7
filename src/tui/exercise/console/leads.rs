//! What each open option leads to. Only the facilitator's screen shows this, under its warning.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::facilitate::OptionLead;
use crate::front::text::pad;
use crate::tui::draw::{hanging, indented, paragraph};
use crate::tui::exercise::phrases::flat;
use crate::tui::theme::Theme;
use crate::words;

pub(super) fn lead_lines(leads: &[OptionLead], theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(
        "SPOILER   For the facilitator alone: show this to no team.",
        theme.notice(),
    )];
    if leads.is_empty() {
        lines.extend([
            Line::default(),
            Line::styled("No question is open.", theme.quiet()),
        ]);
    }
    let mut asked = "";
    for lead in leads {
        if lead.decision != asked {
            asked = &lead.decision;
            lines.push(Line::default());
            lines.extend(paragraph(&flat(&lead.question), columns, theme.heading()));
        }
        let room = columns.saturating_sub(2);
        lines.extend(indented(&lead.label, 2, room, theme.strong()));
        if let Some(why) = &lead.barred {
            lines.extend(indented(
                &format!("not now: {why}"),
                4,
                columns.saturating_sub(4),
                Style::new(),
            ));
        }
        for branch in &lead.branches {
            let odds = pad(&branch.odds, 8);
            if branch.lines.is_empty() {
                lines.push(Line::raw(format!("    {odds} nothing changes")));
            }
            for (row, line) in branch.lines.iter().enumerate() {
                let lead = if row == 0 { &odds } else { "        " };
                let lead = Span::raw(format!("    {lead} "));
                lines.extend(hanging(lead, line, columns, Style::new()));
            }
        }
        if lead.more > 0 {
            let more = words::count(lead.more as i64, "more way", "more ways");
            lines.push(Line::styled(format!("    and {more}"), theme.quiet()));
        }
    }
    lines
}
