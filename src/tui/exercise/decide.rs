//! What is asked, what can be done, and what is under way, as lines.

use ratatui::text::{Line, Span};

use crate::front::text::{markdown, width, wrap};
use crate::front::view::{Choice, OpenDecision};
use crate::tui::exercise::told::clock;
use crate::tui::exercise::{ExerciseScreen, short_time, takes};
use crate::tui::theme::Theme;

/// How much of a choice is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Why one cannot be chosen is said when it is tried.
    Short,
    /// Everything.
    Full,
}

/// Lines, and which of them must be seen.
pub(super) struct Decide {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) watch: usize,
    /// Of each option or action, its first line and how many it has.
    pub(super) entries: Vec<(usize, usize)>,
}

impl Decide {
    fn of(lines: Vec<Line<'static>>) -> Decide {
        Decide {
            lines,
            watch: 0,
            entries: Vec::new(),
        }
    }
}

impl ExerciseScreen {
    /// The decision on screen in so many columns.
    pub(super) fn decide(&self, theme: Theme, columns: usize, detail: Detail) -> Decide {
        if self.history || self.over() {
            return Decide::of(self.aside(theme, columns));
        }
        let Some(decision) = self.shown() else {
            return Decide::of(self.unasked(theme, columns));
        };
        let mut lines = self.question(decision, theme, columns, detail);
        let mut watch = 0;
        let mut entries = Vec::new();
        for (number, option) in decision.options.iter().enumerate() {
            let here = self.picked == Some(number);
            let first = lines.len();
            lines.extend(choice(option, number, here, theme, columns, detail));
            if let Some(votes) = self.votes_for(&decision.id, &option.id) {
                lines.extend(
                    wrap(&votes, columns.saturating_sub(5))
                        .into_iter()
                        .map(|text| Line::raw(format!("     {text}"))),
                );
            }
            entries.push((first, lines.len() - first));
            if here {
                watch = lines.len() - 1;
            }
        }
        if detail == Detail::Full {
            lines.push(Line::default());
            let default = format!("If nobody answers: {}", decision.default);
            lines.extend(plain(&default, columns));
            if let Some(discuss) = &decision.discuss {
                lines.push(Line::default());
                lines.extend(plain(&format!("To discuss: {discuss}"), columns));
            }
        }
        Decide {
            lines,
            watch,
            entries,
        }
    }

    fn question(
        &self,
        decision: &OpenDecision,
        theme: Theme,
        columns: usize,
        detail: Detail,
    ) -> Vec<Line<'static>> {
        let mut lines: Vec<Line> = markdown(&decision.question, columns)
            .into_iter()
            .map(|line| theme.line(line).patch_style(theme.strong()))
            .collect();
        let dot = theme.dot();
        let until = match &decision.closes {
            None => decision.left.clone(),
            Some(at) => {
                let time = short_time(&at.time, &at.date, &self.view.now.date);
                format!("until {time} {dot} {} left", decision.left)
            }
        };
        let mut whole = until;
        if !decision.to.is_empty() {
            let with_roles = format!("{whole} {dot} {}", decision.to.join(", "));
            if detail == Detail::Full || width(&with_roles) <= columns {
                whole = with_roles;
            }
        }
        lines.extend(
            wrap(&whole, columns)
                .into_iter()
                .map(|text| Line::styled(text, theme.quiet())),
        );
        if let Some(seconds) = self.countdown(&decision.id) {
            let style = if seconds < 60 {
                theme.notice()
            } else {
                theme.strong()
            };
            lines.push(Line::from(vec![
                Span::styled(clock(seconds), style),
                Span::styled("  then the default is taken", theme.quiet()),
            ]));
        }
        if let Some(vote) = self.vote_says(&decision.id) {
            lines.extend(plain(&vote, columns));
        }
        lines
    }

    /// What stands in place of a question.
    fn unasked(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let mut lines = plain("Nothing is asked of you now.", columns);
        let possible = self
            .view
            .actions
            .iter()
            .filter(|it| it.barred.is_none())
            .count();
        lines.push(key_line(theme, "w", "wait until something happens"));
        if possible > 0 {
            lines.push(key_line(theme, "a", &format!("act: {possible} possible")));
        }
        lines
    }

    /// After ENDEX, and in history: what comes next, and what was asked.
    fn aside(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        if let Some(ending) = &self.view.ending {
            let title = wrap(&ending.title, columns);
            let mut lines: Vec<Line> = title
                .into_iter()
                .map(|text| Line::styled(text, theme.strong()))
                .collect();
            lines.push(Line::default());
            lines.push(key_line(theme, "Enter", "how it came out, point by point"));
            return lines;
        }
        let mut lines = Vec::new();
        if self.history {
            let note = wrap("What is invented says so.", columns);
            lines.extend(
                note.into_iter()
                    .map(|text| Line::styled(text, theme.quiet())),
            );
        }
        match &self.next {
            Some(step) => {
                lines.extend(
                    wrap(step, columns)
                        .into_iter()
                        .map(|text| Line::styled(text, theme.strong())),
                );
                lines.push(key_line(theme, "Enter", "make this step"));
            }
            None => lines.extend(plain("That was the last step.", columns)),
        }
        if let Some(decision) = self.shown() {
            lines.push(Line::default());
            lines.extend(self.question(decision, theme, columns, Detail::Short));
            for option in &decision.options {
                for (number, text) in wrap(&option.label, columns.saturating_sub(2))
                    .into_iter()
                    .enumerate()
                {
                    lines.push(Line::raw(format!(
                        "{} {text}",
                        if number == 0 { "-" } else { " " }
                    )));
                }
            }
        }
        lines
    }

    /// What is marked, above the keys.
    pub(super) fn marked(&self) -> Option<String> {
        let option = self.shown()?.options.get(self.picked?)?;
        let what = format!("option {}", self.picked? + 1);
        Some(takes(&what, &option.cost))
    }

    /// Every standing action, those that cannot be used now last, with their reasons.
    pub(super) fn action_lines(
        &self,
        theme: Theme,
        columns: usize,
        cursor: Option<usize>,
    ) -> Decide {
        let mut lines = Vec::new();
        let mut watch = 0;
        let mut entries = Vec::new();
        for (number, action) in self.in_order().into_iter().enumerate() {
            let here = cursor == Some(number);
            let first = lines.len();
            lines.extend(choice(action, number, here, theme, columns, Detail::Full));
            entries.push((first, lines.len() - first));
            if here {
                watch = lines.len() - 1;
            }
        }
        if lines.is_empty() {
            let none = "There is nothing to do in this phase but what is asked.";
            lines = plain(none, columns);
        }
        Decide {
            lines,
            watch,
            entries,
        }
    }

    /// What can be done now, each with its lines; then, in one line, how much cannot.
    pub(super) fn possible(
        &self,
        theme: Theme,
        columns: usize,
        detail: Detail,
    ) -> Vec<Vec<Line<'static>>> {
        let actions = self.in_order();
        let can = actions.iter().filter(|it| it.barred.is_none()).count();
        let mut items: Vec<Vec<Line>> = actions[..can]
            .iter()
            .enumerate()
            .map(|(number, action)| choice(action, number, false, theme, columns, detail))
            .collect();
        let barred = actions.len() - can;
        if barred > 0 {
            let folded = format!("     {barred} not now");
            items.push(vec![Line::styled(folded, theme.quiet())]);
        }
        items
    }

    /// What takes time, the next to finish first.
    pub(super) fn under_way(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for work in &self.view.under_way {
            let time = short_time(&work.until.time, &work.until.date, &self.view.now.date);
            let left = columns.saturating_sub(width(&time) + 2 + width(&work.left) + 2);
            lines.push(Line::from(vec![
                Span::raw(format!("{time}  ")),
                Span::raw(crate::front::text::pad(&work.label, left)),
                Span::styled(format!("  {}", work.left), theme.quiet()),
            ]));
        }
        lines
    }
}

/// One option or action: number, label, and its cost at the right where there is room, else below.
fn choice(
    choice: &Choice,
    number: usize,
    here: bool,
    theme: Theme,
    columns: usize,
    detail: Detail,
) -> Vec<Line<'static>> {
    let barred = choice.barred.is_some();
    let digit = if number < 9 {
        (number + 1).to_string()
    } else {
        " ".to_owned()
    };
    let style = match (here, barred) {
        (true, _) => theme.cursor(),
        (_, true) => theme.quiet(),
        _ => ratatui::style::Style::new(),
    };
    let mut side = choice.cost.clone();
    if barred {
        "not now".clone_into(&mut side);
    }
    let room = columns.saturating_sub(5);
    let labels = wrap(&choice.label, room);
    let last = labels.len() - 1;
    let beside = !side.is_empty() && width(&labels[last]) + 2 + width(&side) <= room;
    let mut lines = Vec::new();
    for (row, label) in labels.into_iter().enumerate() {
        let lead = if row == 0 {
            format!("{} {digit}  ", if here { ">" } else { " " })
        } else {
            " ".repeat(5)
        };
        let gap = (room + 5).saturating_sub(width(&lead) + width(&label) + width(&side));
        let mut spans = vec![
            Span::styled(lead, theme.heading()),
            Span::styled(label, style),
        ];
        if row == last && beside {
            spans.push(Span::styled(" ".repeat(gap), style));
            spans.push(Span::styled(
                side.clone(),
                if here { style } else { theme.quiet() },
            ));
        }
        lines.push(Line::from(spans));
    }
    let mut below = Vec::new();
    if !side.is_empty() && !beside {
        below.push(side);
    }
    if detail == Detail::Full {
        let mut notes = Vec::new();
        if barred && !choice.cost.is_empty() {
            notes.push(choice.cost.clone());
        }
        match choice.used {
            // Of what can no longer be used the reason says it.
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
        lines.extend(
            wrap(&text, room)
                .into_iter()
                .map(|text| Line::styled(format!("     {text}"), theme.quiet())),
        );
    }
    lines
}

fn plain(text: &str, columns: usize) -> Vec<Line<'static>> {
    wrap(text, columns).into_iter().map(Line::raw).collect()
}

/// A key and what it does, on a line of its own.
pub(in crate::tui) fn key_line(theme: Theme, key: &str, does: &str) -> Line<'static> {
    Line::from(vec![
        Span::styled(key.to_owned(), theme.heading()),
        Span::raw(format!("  {does}")),
    ])
}
