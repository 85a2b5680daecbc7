//! The value of the position as a curve: a step for each move, and marks at the costliest.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::AccountProgress;
use crate::front::review::account::curve::Position;
use crate::front::review::account::{Account, hints};
use crate::front::text::width;
use crate::front::view::{Stamp, Tone};
use crate::tui::chart::{Chart, real};
use crate::tui::draw::paragraph;
use crate::tui::ending::EndingScreen;
use crate::tui::theme::Theme;

/// The fewest and the most rows of the chart, including its axis and dates.
const ROWS: (usize, usize) = (9, 18);

/// Most columns of the chart.
const COLUMNS_MAX: usize = 140;

/// Columns for each date below the chart, with air.
const COLUMNS_A_DATE: u16 = 22;

/// Most dates below it.
const DATES_MAX: usize = 5;

impl EndingScreen {
    /// The curve, if it is known and there is one.
    pub(super) fn curve(&self, theme: Theme, room: (usize, usize)) -> Vec<Line<'static>> {
        match &self.account {
            Some(AccountProgress::Done(account)) => curve(account, theme, room),
            _ => Vec::new(),
        }
    }
}

/// The curve with a sentence about it and its figures, for a screen of this size; nothing if there is no curve.
fn curve(account: &Account, theme: Theme, (columns, rows): (usize, usize)) -> Vec<Line<'static>> {
    let Some(figures) = hints::curve(account) else {
        return Vec::new();
    };
    let columns = columns.min(COLUMNS_MAX);
    let mut lines = vec![
        Line::default(),
        Line::styled("The value of the position", theme.heading()),
    ];
    lines.extend(paragraph(hints::CURVE, columns, theme.quiet()));
    let area = Rect::new(
        0,
        0,
        columns as u16,
        (rows / 3).clamp(ROWS.0, ROWS.1) as u16,
    );
    let mut buf = Buffer::empty(area);
    let used = draw(account, &mut buf, area, theme);
    lines.extend(
        buf.content
            .chunks(usize::from(area.width))
            .take(used)
            .map(row),
    );
    lines.extend(paragraph(&figures, columns, Style::new()));
    if let Some(named) = hints::marks(account) {
        lines.extend(paragraph(&named, columns, theme.quiet()));
    }
    lines
}

/// A row of a screen as a line.
fn row(cells: &[Cell]) -> Line<'static> {
    let alike = cells.chunk_by(|one, other| one.style() == other.style());
    let span = |cells: &[Cell]| {
        let text: String = cells.iter().map(Cell::symbol).collect();
        Span::styled(text, cells[0].style())
    };
    alike.map(span).collect()
}

/// Draws it. Returns how many rows it takes.
fn draw(account: &Account, buf: &mut Buffer, area: Rect, theme: Theme) -> usize {
    let curve = &account.curve;
    let values = || curve.iter().map(|it| it.value.exact);
    let least = values().fold(f64::INFINITY, f64::min).floor();
    let most = values().fold(f64::NEG_INFINITY, f64::max).ceil();
    let corners = corners(curve);
    let drops: Vec<[(f64, f64); 2]> = (0..curve.len())
        .filter(|place| mark(account, *place).is_some())
        .filter_map(|place| {
            let x = real(place as i64 + 1);
            let next = curve.get(place + 1)?;
            Some([(x, curve[place].value.exact), (x, next.value.exact)])
        })
        .collect();
    let bad = theme.tone(Tone::Bad);
    let mut lines = vec![(&corners[..], theme.heading())];
    lines.extend(drops.iter().map(|it| (&it[..], bad)));
    let chart = Chart {
        lines: &lines,
        range: (least as i64, most as i64),
        rows_a_number: 2,
        across: [0, curve.len() as i64],
        // The dates are drawn below their moves.
        labels: vec![String::new(); 2],
    };
    let inside = chart.draw(buf, area, theme);
    marks(account, buf, inside, bad);
    dates(curve, buf, inside, theme.quiet());
    // The axis and the dates stand below.
    usize::from(inside.bottom()) + 2
}

/// A level for each position, joined to the next by a vertical line.
fn corners(curve: &[Position]) -> Vec<(f64, f64)> {
    let level = |(place, it): (usize, &Position)| {
        let x = real(place as i64);
        [(x, it.value.exact), (x + 1.0, it.value.exact)]
    };
    curve.iter().enumerate().flat_map(level).collect()
}

/// The rank, from 1, of the costly move that was made at a place of the curve.
fn mark(account: &Account, place: usize) -> Option<usize> {
    let number = account.curve.get(place)?.before;
    let place = account.costly.iter().position(|it| it.number == number)?;
    Some(place + 1)
}

/// The ranks of the costliest moves, on the lower axis. If two coincide, they stand side by side, with air.
fn marks(account: &Account, buf: &mut Buffer, inside: Rect, style: Style) {
    let steps = account.curve.len();
    let mut marks: Vec<(u16, usize)> = (0..steps)
        .filter_map(|place| Some((column(inside, steps, place + 1), mark(account, place)?)))
        .collect();
    let mut free = inside.x;
    for (x, _) in &mut marks {
        *x = free.max(*x);
        free = *x + 2;
    }
    let mut free = inside.right().saturating_sub(1);
    for (x, mark) in marks.iter().rev() {
        let x = free.min(*x).max(inside.x);
        buf.set_string(x, inside.bottom(), mark.to_string(), style);
        free = x.saturating_sub(2);
    }
}

/// The column of a step: a column has two dots.
fn column(inside: Rect, steps: usize, step: usize) -> u16 {
    let last = (2 * usize::from(inside.width)).saturating_sub(1);
    inside.x + (step * last / steps.max(1) / 2) as u16
}

/// As many dates as fit, below their moves.
fn dates(curve: &[Position], buf: &mut Buffer, inside: Rect, style: Style) {
    let room = usize::from(inside.width / COLUMNS_A_DATE);
    let count = room.min(DATES_MAX).min(curve.len()).max(2);
    let mut free = inside.x;
    for number in 0..count {
        let last = curve.len() - 1;
        let place = number * last / (count - 1);
        let text = date(&curve[place].at);
        let columns = width(&text) as u16;
        let x = match place {
            0 => inside.x,
            place if place == last => inside.right().saturating_sub(columns),
            place => column(inside, curve.len(), place).saturating_sub(columns / 2),
        };
        if x >= free && x + columns <= inside.right() {
            buf.set_string(x, inside.bottom() + 1, &text, style);
            free = x + columns + 2;
        }
    }
}

/// Without the name of the day.
fn date(at: &Stamp) -> String {
    let date = at.date.split_once(' ').map_or("", |(_, date)| date);
    format!("{date} {}", at.time)
}

#[cfg(test)]
mod tests {
    use super::curve;
    use crate::front::fixture;
    use crate::front::review::account::{Account, Figure};
    use crate::tui::theme::Theme;

    /// Sixty moves, most of which change nothing; three that cost much, two of them close together.
    fn long() -> Account {
        let mut account = fixture::account();
        let (position, costly) = (account.curve[0].clone(), account.costly[0].clone());
        let mut value = 412;
        account.curve.clear();
        account.costly.clear();
        for before in 0..=60 {
            let mut now = position.clone();
            now.before = before;
            now.at.minute = 90 * before as i64;
            now.value = Figure {
                exact: value as f64 / 10.0,
                shown: value,
            };
            account.curve.push(now);
            value += match before {
                7 => -145,
                31 => -230,
                32 => -90,
                33 => 70,
                40 | 50 => -35,
                _ => 0,
            };
        }
        for number in [31, 7, 32] {
            let mut costly = costly.clone();
            costly.number = number;
            account.costly.push(costly);
        }
        account
    }

    fn drawn(account: &Account, theme: Theme, size: (usize, usize)) -> String {
        let lines = curve(account, theme, size).into_iter();
        let lines: Vec<String> = lines
            .map(|it| it.to_string().trim_end().to_owned())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn a_long_exercise_has_its_marks_where_the_curve_falls() {
        let dark = Theme::default();
        let ascii = Theme {
            ascii: true,
            ..dark
        };
        let all = [(dark, (76, 21)), (ascii, (76, 21)), (dark, (140, 57))];
        let all = all.map(|(theme, size)| drawn(&long(), theme, size));
        insta::assert_snapshot!(all.join("\n\n"));
    }

    #[test]
    fn it_fits_however_little_room_there_is() {
        for columns in [40, 76, 400] {
            for rows in [1, 21, 300] {
                let text = drawn(&long(), Theme::default(), (columns, rows));
                let wide = text.lines().map(|it| it.chars().count()).max();
                assert!(wide <= Some(columns.min(super::COLUMNS_MAX)), "{text}");
            }
        }
    }

    #[test]
    fn one_position_is_no_curve() {
        let mut account = fixture::account();
        account.curve.truncate(1);
        assert_eq!(drawn(&account, Theme::default(), (76, 21)), "");
    }
}
