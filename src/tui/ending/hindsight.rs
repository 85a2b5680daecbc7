//! What the score is made of: the value at the start, luck, and what moves cost with hindsight.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::AccountProgress;
use crate::front::review::account::{Account, AccountTotals, CostlyMove, RollLine, hints};
use crate::front::text::width;
use crate::tui::draw;
use crate::tui::ending::EndingScreen;
use crate::tui::theme::Theme;
use crate::words;

impl EndingScreen {
    /// The account, or how far it has been worked out, with the curve in it; nothing if there will be none.
    pub(super) fn hindsight(
        &self,
        theme: Theme,
        columns: usize,
        curve: Vec<Line<'static>>,
    ) -> Vec<Line<'static>> {
        let columns = columns.min(110);
        let Some(account) = &self.account else {
            return Vec::new();
        };
        let mut lines = vec![
            Line::default(),
            Line::styled("The score with hindsight", theme.heading()),
        ];
        match account {
            AccountProgress::Working { states } => {
                let so_far = words::count(*states as i64, "state", "states");
                let text = format!(
                    "What moves cost with hindsight is being worked out: {so_far} so far. Leaving stops it."
                );
                lines.extend(draw::paragraph(&text, columns, theme.quiet()));
            }
            AccountProgress::Done(account) => match &account.sum {
                None => lines.extend(draw::paragraph(hints::UNKNOWN, columns, theme.quiet())),
                Some(sum) => lines.extend(known(account, sum, theme, columns, curve)),
            },
        }
        lines
    }
}

fn known(
    account: &Account,
    sum: &AccountTotals,
    theme: Theme,
    columns: usize,
    curve: Vec<Line<'static>>,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (figure, what) in hints::equation(account, sum) {
        lines.extend(figured(&figure, &what, &[], theme, columns));
    }
    lines.push(Line::default());
    lines.extend(draw::paragraph(hints::HINDSIGHT, columns, theme.quiet()));
    lines.extend(curve);
    if !account.costly.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled("What cost most", theme.heading()));
    }
    for (number, it) in account.costly.iter().enumerate() {
        lines.extend(costly(number + 1, it, theme, columns));
    }
    if account.moves.iter().any(|it| it.needs_hindsight) {
        lines.extend(draw::paragraph(hints::ALIKE, columns, theme.quiet()));
    }
    if !account.rolls.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled("What luck gave", theme.heading()));
    }
    for it in &account.rolls {
        lines.extend(roll(it, theme, columns));
    }
    lines
}

/// A figure before a text that may be long, and what belongs below it.
fn figured(
    figure: &str,
    what: &str,
    below: &[String],
    theme: Theme,
    columns: usize,
) -> Vec<Line<'static>> {
    let lead = format!("{figure:>8}  ");
    let wide = width(&lead);
    let lead = Span::styled(lead, theme.strong());
    let mut lines = draw::hanging(lead, what, columns, Style::new());
    for text in below {
        let room = columns.saturating_sub(wide);
        lines.extend(draw::indented(text, wide, room, theme.quiet()));
    }
    lines
}

fn costly(number: usize, it: &CostlyMove, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let dot = theme.dot();
    let what = format!("{} {dot} {} {}", it.what, it.at.date, it.at.time);
    let figure = format!("{number}  -{}", it.cost.text());
    figured(&figure, &what, &hints::why(it), theme, columns)
}

fn roll(it: &RollLine, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let dot = theme.dot();
    let (what, below) = hints::rolled(it);
    let what = format!("{what} {dot} {} {}", it.at.date, it.at.time);
    let figure = it.luck.map_or_else(
        || "?".to_owned(),
        crate::front::review::account::Figure::signed,
    );
    figured(&figure, &what, &below, theme, columns)
}
