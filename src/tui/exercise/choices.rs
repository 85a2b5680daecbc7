//! Options and standing actions as numbered lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::text::{width, wrap};
use crate::front::view::Choice;
use crate::tui::draw::indented;
use crate::tui::exercise::phrases::numbered;
use crate::tui::theme::Theme;

/// How much of a choice is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Why one cannot be chosen is said when somebody tries.
    Short,
    /// Everything.
    Full,
}

/// Choices as lines.
#[derive(Debug, Default)]
pub(super) struct ChoiceLines {
    pub(super) lines: Vec<Line<'static>>,
    /// A line that must be seen.
    pub(super) watch: usize,
    /// The first line of each option or action, and how many it has.
    pub(super) entries: Vec<(usize, usize)>,
}

impl From<Vec<Line<'static>>> for ChoiceLines {
    fn from(lines: Vec<Line<'static>>) -> ChoiceLines {
        ChoiceLines {
            lines,
            ..ChoiceLines::default()
        }
    }
}

impl ChoiceLines {
    /// Adds a choice below the others; the marked one must be seen.
    pub(super) fn push(&mut self, entry: Vec<Line<'static>>, marked: bool) {
        self.entries.push((self.lines.len(), entry.len()));
        self.lines.extend(entry);
        if marked {
            self.watch = self.lines.len() - 1;
        }
    }
}

/// The standing actions as they are numbered: those that can be taken now, then those that cannot.
pub(super) fn in_order(actions: &[Choice]) -> Vec<&Choice> {
    let (can, barred): (Vec<&Choice>, Vec<&Choice>) =
        actions.iter().partition(|it| it.barred.is_none());
    can.into_iter().chain(barred).collect()
}

/// The actions that can be taken now, each with its lines; then one line that counts the others.
pub(super) fn possible(
    actions: &[Choice],
    theme: Theme,
    columns: usize,
    detail: Detail,
) -> Vec<Vec<Line<'static>>> {
    let can = actions.iter().filter(|it| it.barred.is_none());
    let mut items: Vec<Vec<Line>> = can
        .enumerate()
        .map(|(number, action)| choice_lines(action, number, false, theme, columns, detail))
        .collect();
    let barred = actions.len() - items.len();
    if barred > 0 {
        let folded = format!("     {barred} not now");
        items.push(vec![Line::styled(folded, theme.quiet())]);
    }
    items
}

/// One option or action: number, label, and its cost at the right if there is room, otherwise below.
pub(super) fn choice_lines(
    choice: &Choice,
    number: usize,
    here: bool,
    theme: Theme,
    columns: usize,
    detail: Detail,
) -> Vec<Line<'static>> {
    let barred = choice.barred.is_some();
    let style = match (here, barred) {
        (true, _) => theme.cursor(),
        (_, true) => theme.quiet(),
        _ => Style::new(),
    };
    let side = if barred { "not now" } else { &choice.cost };
    let room = columns.saturating_sub(5);
    let labels = wrap(&choice.label, room);
    let last = labels.len() - 1;
    let beside = !side.is_empty() && width(&labels[last]) + 2 + width(side) <= room;
    let mut lines = Vec::new();
    for (row, label) in labels.into_iter().enumerate() {
        let lead = if row == 0 {
            numbered(number, here)
        } else {
            " ".repeat(5)
        };
        let gap = (room + 5).saturating_sub(width(&lead) + width(&label) + width(side));
        let mut spans = vec![
            Span::styled(lead, theme.heading()),
            Span::styled(label, style),
        ];
        if row == last && beside {
            let side_style = if here { style } else { theme.quiet() };
            spans.push(Span::styled(" ".repeat(gap), style));
            spans.push(Span::styled(side.to_owned(), side_style));
        }
        lines.push(Line::from(spans));
    }
    let mut below = Vec::new();
    if !side.is_empty() && !beside {
        below.push(side.to_owned());
    }
    if detail == Detail::Full {
        let mut notes = Vec::new();
        if barred && !choice.cost.is_empty() {
            notes.push(choice.cost.clone());
        }
        match choice.used {
            // If it can no longer be used, the reason says so.
            _ if barred => {}
            0 => {}
            1 => notes.push("used once".to_owned()),
            times => notes.push(format!("used {times} times")),
        }
        if !notes.is_empty() {
            below.push(notes.join(&format!(" {} ", theme.dot())));
        }
        below.extend(choice.barred.clone());
    }
    for text in below {
        lines.extend(indented(&text, 5, room, theme.quiet()));
    }
    lines
}
