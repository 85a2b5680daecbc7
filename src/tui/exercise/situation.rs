//! The situation board as lines: lamps, gauges, courses and clocks, in as many columns as it takes to fit.

use ratatui::text::{Line, Span};

use crate::front::text::{pad, width};
use crate::front::view::Form;
use crate::front::view::Reading;
use crate::tui::theme::Theme;
use crate::words;

/// Columns of air between two readings, and between a title and what it reads.
const GAP: usize = 2;

/// The widest bar or course.
const BAR: usize = 12;

/// The narrowest bar or course worth drawing.
const BAR_LEAST: usize = 5;

/// The board in so many columns, in at most so many rows if that can be done.
pub(super) fn lines(
    board: &[Reading],
    theme: Theme,
    columns: usize,
    rows: usize,
) -> Vec<Line<'static>> {
    let mut best = grid(board, theme, columns, 1);
    for across in 2..=4 {
        if best.len() <= rows {
            break;
        }
        let next = grid(board, theme, columns, across);
        if next.len() < best.len() {
            best = next;
        }
    }
    best
}

fn grid(board: &[Reading], theme: Theme, columns: usize, across: usize) -> Vec<Line<'static>> {
    let cell = (columns + GAP) / across;
    let cell = cell.saturating_sub(GAP);
    let fits = |reading: &&Reading| {
        2 + width(&reading.title) + GAP + sign(reading) + width(&in_words(reading, cell)) <= cell
    };
    let small: Vec<&Reading> = board.iter().filter(fits).collect();
    let titles = if small.is_empty() {
        start(&board.iter().collect::<Vec<_>>(), columns)
    } else {
        start(&small, cell)
    };
    let mut lines = Vec::new();
    let mut row: Vec<Span<'static>> = Vec::new();
    let mut filled = 0;
    for reading in board {
        let small = across > 1 && fits(&reading);
        if !small && filled > 0 {
            lines.push(Line::from(std::mem::take(&mut row)));
            filled = 0;
        }
        if !small {
            lines.push(Line::from(reading_spans(reading, theme, columns, titles)));
            continue;
        }
        let spans = reading_spans(reading, theme, cell, titles);
        let used: usize = spans.iter().map(Span::width).sum();
        row.extend(spans);
        filled += 1;
        if filled == across {
            lines.push(Line::from(std::mem::take(&mut row)));
            filled = 0;
        } else {
            row.push(Span::raw(" ".repeat((cell + GAP).saturating_sub(used))));
        }
    }
    if filled > 0 {
        lines.push(Line::from(row));
    }
    lines
}

/// How wide titles are made, so that as many readings as can be start in one column.
fn start(board: &[&Reading], columns: usize) -> usize {
    let breaks = |titles: usize| {
        let breaks = |it: &&&Reading| width(&it.title) > titles || titles > room(it, columns);
        board.iter().filter(breaks).count()
    };
    let mut widths: Vec<usize> = board.iter().map(|it| width(&it.title)).collect();
    widths.sort_unstable();
    widths
        .into_iter()
        .min_by_key(|&titles| breaks(titles))
        .unwrap_or(0)
}

/// How wide a title may be in so many columns.
fn room(reading: &Reading, columns: usize) -> usize {
    columns.saturating_sub(2 + GAP + sign(reading) + width(&in_words(reading, columns)))
}

/// Columns of a lamp's symbol.
fn sign(reading: &Reading) -> usize {
    if reading.form == Form::Lamp { 2 } else { 0 }
}

/// The reading in words: of a gauge `7/12 people`, or without its most where there is no room for it.
fn in_words(reading: &Reading, columns: usize) -> String {
    let (Form::Gauge, Some((_, _, most))) = (reading.form, reading.number) else {
        return reading.text.clone();
    };
    let (number, unit) = reading.text.split_once(' ').unwrap_or((&reading.text, ""));
    let whole = format!("{number}/{} {unit}", words::number(most))
        .trim_end()
        .to_owned();
    if 2 + width(&reading.title) + GAP + width(&whole) <= columns {
        whole
    } else {
        reading.text.clone()
    }
}

fn reading_spans(
    reading: &Reading,
    theme: Theme,
    columns: usize,
    titles: usize,
) -> Vec<Span<'static>> {
    let said = in_words(reading, columns);
    let changed = if reading.changed { "* " } else { "  " };
    let wide = titles.max(width(&reading.title));
    let title = pad(&reading.title, wide.min(room(reading, columns).max(6))) + "  ";
    let left = columns.saturating_sub(2 + width(&title) + width(&said) + 1);
    let mut spans = vec![Span::styled(changed, theme.fresh()), Span::raw(title)];
    match reading.form {
        Form::Lamp => {
            let lamp = format!("{} {said}", theme.lamp(reading.tone));
            spans.push(Span::styled(lamp, theme.tone(reading.tone)));
        }
        Form::Gauge => {
            spans.push(Span::styled(said, theme.strong()));
            if let Some((value, least, most)) = reading.number
                && left >= BAR_LEAST
            {
                let long = left.min(BAR);
                spans.push(Span::raw(format!(
                    " {}",
                    theme.bar(share(value, least, most, long), long)
                )));
            }
        }
        Form::Trend => {
            spans.push(Span::styled(said, theme.strong()));
            let long = left.min(BAR).min(reading.course.len());
            if long > 1 && left >= BAR_LEAST {
                let latest = &reading.course[reading.course.len() - long..];
                let values: Vec<i64> = latest.iter().map(|point| point.1).collect();
                spans.push(Span::raw(format!(" {}", theme.course(&values))));
            }
        }
        Form::Clock => spans.push(Span::styled(said, theme.strong())),
    }
    spans
}

/// How many of so many columns a value fills: none only at the least, all only at the most.
pub(in crate::tui) fn share(value: i64, least: i64, most: i64, columns: usize) -> usize {
    let range = i128::from(most) - i128::from(least);
    let part = i128::from(value.clamp(least.min(most), most)) - i128::from(least);
    if range <= 0 || part <= 0 {
        return 0;
    }
    let filled = usize::try_from(part * columns as i128 / range).unwrap_or(columns);
    if filled == columns && value < most {
        columns.saturating_sub(1)
    } else {
        filled.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_bar_is_full_only_at_the_most() {
        assert_eq!(share(0, 0, 12, 6), 0);
        assert_eq!(share(1, 0, 1000, 6), 1);
        assert_eq!(share(999, 0, 1000, 6), 5);
        assert_eq!(share(1000, 0, 1000, 6), 6);
        assert_eq!(share(5, 3, 3, 6), 0);
        assert_eq!(share(i64::MAX, i64::MIN, i64::MAX, 6), 6);
    }
}
