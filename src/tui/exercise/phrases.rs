//! What the parts of an exercise's screen have in common: times, labels, and the entries of lists.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::text::markdown;
use crate::front::view::Stamp;
use crate::tui::Key;
use crate::tui::theme::Theme;

/// What Enter does to what is marked.
pub(super) fn takes(what: &str, cost: &str) -> String {
    if cost.is_empty() {
        format!("Enter takes {what}, Esc leaves it.")
    } else {
        format!("Enter takes {what} ({cost}), Esc leaves it.")
    }
}

/// A label inside a sentence.
pub(super) fn quoted(label: &str) -> String {
    format!("“{label}”")
}

/// Limited Markdown in one line, without its emphasis.
pub(super) fn flat(text: &str) -> String {
    let lines = markdown(text, usize::from(u16::MAX)).into_iter();
    lines.flatten().map(|run| run.text).collect()
}

/// A line on which the cursor may stand.
pub(super) fn lit(line: Line<'static>, here: bool, theme: Theme) -> Line<'static> {
    if here {
        line.style(theme.cursor())
    } else {
        line
    }
}

/// The mark and the number of an entry of a list; the digit is also its key.
pub(super) fn numbered(place: usize, here: bool) -> String {
    let mark = if here { ">" } else { " " };
    format!("{mark} {:<3}", place + 1)
}

/// A number that is typed to mark an entry of a list: of two digits, if the list is that long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TypedNumber(usize);

impl TypedNumber {
    /// Takes a digit. Gives the place in the list that is now marked; a digit that makes no number on the list begins a
    /// new one.
    pub(super) fn place(&mut self, digit: char, entries: usize) -> Option<usize> {
        let digit = digit.to_digit(10)? as usize;
        let longer = self.0 * 10 + digit;
        self.0 = if longer <= entries { longer } else { digit };
        self.0.checked_sub(1)
    }
}

/// Entries that a page key passes.
const PAGE: usize = 10;

/// Where a key leads from an entry of a list; none if it does not go through lists.
pub(super) fn step_through(key: Key, from: usize, last: usize) -> Option<usize> {
    Some(match key {
        Key::Up | Key::Char('k') => from.saturating_sub(1),
        Key::Down | Key::Char('j') => (from + 1).min(last),
        Key::PageUp => from.saturating_sub(PAGE),
        Key::PageDown => (from + PAGE).min(last),
        Key::Home => 0,
        Key::End => last,
        _ => return None,
    })
}

/// How a countdown stands out.
pub(super) fn countdown_style(seconds: u32, theme: Theme) -> Style {
    if seconds < 60 {
        theme.notice()
    } else {
        theme.strong()
    }
}

/// A key and what it does, on a line of its own.
pub(in crate::tui) fn key_line(theme: Theme, key: &str, does: &str) -> Line<'static> {
    Line::from(vec![
        Span::styled(key.to_owned(), theme.heading()),
        Span::raw(format!("  {does}")),
    ])
}

/// Minutes and seconds, as in `4:59`; with a sign in the last minute.
pub(super) fn clock(seconds: u32) -> String {
    let sign = if seconds < 60 { "! " } else { "" };
    format!("{sign}{}:{:02}", seconds / 60, seconds % 60)
}

/// The time alone if it is today, otherwise with its day: `07:50`, `Fri 5 Aug 07:50`, `5 Jan 2023 07:50`.
pub(super) fn short_time(at: &Stamp, now: &Stamp) -> String {
    let Stamp { time, date, .. } = at;
    if *date == now.date {
        return time.clone();
    }
    let year = |date: &str| date.rsplit(' ').next().unwrap_or_default().to_owned();
    let day = if year(date) == year(&now.date) {
        date.rsplit_once(' ').map_or(date.as_str(), |(day, _)| day)
    } else {
        date.split_once(' ').map_or(date.as_str(), |(_, day)| day)
    };
    format!("{day} {time}")
}

/// When a message came: the time if it is today, otherwise the day, in another year month and year.
pub(super) fn brief_time(at: &Stamp, now: &Stamp) -> String {
    if at.date == now.date {
        return at.time.clone();
    }
    let parts: Vec<&str> = at.date.split(' ').collect();
    let this_year = now.date.rsplit(' ').next();
    match parts[..] {
        [_, day, month, year] if this_year == Some(year) => format!("{day} {month}"),
        [_, _, month, year] => format!("{month} {year}"),
        _ => at.time.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn under_a_minute_a_countdown_has_a_sign() {
        let all = [0, 9, 59, 60, 299, 7200].map(clock);
        assert_eq!(
            all,
            ["! 0:00", "! 0:09", "! 0:59", "1:00", "4:59", "120:00"]
        );
    }
}
