//! The situation board as lines: lamps, gauges, courses and clocks, side by side if there is not enough height.

use std::cmp::Reverse;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::text::{cut, pad, width};
use crate::front::view::{IndicatorForm, IndicatorReading};
use crate::tui::theme::Theme;
use crate::words;

/// Columns of air between two readings, and between a title and what it reads.
const GAP: usize = 2;

/// The widest bar or course.
const BAR: usize = 12;

/// The narrowest bar or course worth drawing.
const BAR_LEAST: usize = 5;

/// Columns of a title that are left beside the longest number.
const TITLE_LEAST: usize = 4;

/// What stands in place of a unit that was cut.
const CUT_UNIT: &str = " …";

/// The board, in at most `rows` rows if possible. If it does not fit, what has changed comes first; otherwise everything
/// keeps its place.
pub(super) fn lines(
    board: &[IndicatorReading],
    theme: Theme,
    columns: usize,
    rows: usize,
) -> Vec<Line<'static>> {
    let mut board: Vec<&IndicatorReading> = board.iter().collect();
    let across = across(&board, theme, columns, rows);
    let lines = grid(&board, theme, columns, across);
    if lines.len() <= rows {
        return lines;
    }
    board.sort_by_key(|reading| !reading.changed);
    grid(&board, theme, columns, across)
}

/// How many readings stand side by side: as few as fit into the rows, or else the number that needs the fewest rows.
fn across(board: &[&IndicatorReading], theme: Theme, columns: usize, rows: usize) -> usize {
    let rows_for = |across| grid(board, theme, columns, across).len();
    let mut best = (rows_for(1), 1);
    for across in 2..=4 {
        if best.0 <= rows {
            break;
        }
        best = best.min((rows_for(across), across));
    }
    best.1
}

fn grid(
    board: &[&IndicatorReading],
    theme: Theme,
    columns: usize,
    across: usize,
) -> Vec<Line<'static>> {
    let cell = ((columns + GAP) / across).saturating_sub(GAP);
    let narrow = narrow(board, cell);
    let fits = |reading: &IndicatorReading| across > 1 && fits(reading, narrow, cell);
    let large: Vec<&IndicatorReading> = board.iter().copied().filter(|it| !fits(it)).collect();
    let least = if large.len() < board.len() { narrow } else { 0 };
    let wide = wide(&large, least, columns);
    let mut lines: Vec<Line> = Vec::new();
    // Readings in the last line.
    let mut filled = across;
    for reading in board {
        if !fits(reading) {
            lines.push(Line::from(reading_spans(reading, theme, columns, wide)));
            filled = across;
            continue;
        }
        if filled == across {
            lines.push(Line::default());
            filled = 0;
        }
        if let Some(line) = lines.last_mut() {
            let air = (filled * (cell + GAP)).saturating_sub(line.width());
            line.push_span(" ".repeat(air));
            line.spans
                .extend(reading_spans(reading, theme, cell, narrow));
        }
        filled += 1;
    }
    lines
}

/// Whether a reading, with `titles` columns for its title, fits whole.
fn fits(reading: &IndicatorReading, titles: usize, columns: usize) -> bool {
    width(&reading.title) <= titles
        && 2 + titles + GAP + reading_width(reading, titles, columns) <= columns
}

/// The width of titles with which the most readings fit whole.
fn narrow(board: &[&IndicatorReading], columns: usize) -> usize {
    let fitting = |titles: usize| board.iter().filter(|it| fits(it, titles, columns)).count();
    let mut widths: Vec<usize> = board.iter().map(|it| width(&it.title)).collect();
    // Of equal ones `max_by_key` takes the last, which is the narrowest.
    widths.sort_unstable_by_key(|it| Reverse(*it));
    let best = widths.into_iter().max_by_key(|it| fitting(*it));
    best.unwrap_or(0)
}

/// The width of titles on lines of their own: that of the longest, and at least `least`. Where there is no room, titles
/// are cut first, down to a quarter of the line; then the units; then titles again, so that the numbers stay whole.
fn wide(board: &[&IndicatorReading], least: usize, columns: usize) -> usize {
    let room = columns.saturating_sub(2 + GAP);
    let longest = board.iter().map(|it| width(&it.title)).max().unwrap_or(0);
    let longest = longest.max(least);
    let said = board.iter().map(|it| reading_width(it, longest, columns));
    let beside_units = room.saturating_sub(said.max().unwrap_or(0));
    // What is too long even beside the shortest title is cut itself.
    let most = room.saturating_sub(TITLE_LEAST);
    let bare = board.iter().map(|it| sign_width(it) + bare_width(it));
    let bare = bare.filter(|it| *it <= most).max().unwrap_or(0);
    longest
        .min(beside_units.max(columns / 4))
        .min(room.saturating_sub(bare))
}

/// The columns of a number whose unit is cut; otherwise of all that is read.
fn bare_width(reading: &IndicatorReading) -> usize {
    match number(reading) {
        Some(number) => width(number) + width(CUT_UNIT),
        None => width(&reading.text),
    }
}

/// The number before a unit.
fn number(reading: &IndicatorReading) -> Option<&str> {
    let has_unit = matches!(reading.form, IndicatorForm::Gauge | IndicatorForm::Trend);
    let (number, _) = reading.text.split_once(' ').filter(|_| has_unit)?;
    Some(number)
}

/// What is read in so many columns. A unit is cut, and a number never.
fn within(reading: &IndicatorReading, said: &str, columns: usize) -> String {
    let short = cut(said, columns);
    match number(reading) {
        Some(number) if short != said && !short.starts_with(&format!("{number} ")) => {
            cut(&format!("{number}{CUT_UNIT}"), columns)
        }
        _ => short,
    }
}

/// The columns of a lamp's symbol.
fn sign_width(reading: &IndicatorReading) -> usize {
    if reading.form == IndicatorForm::Lamp {
        2
    } else {
        0
    }
}

/// The columns of what a reading says, including a lamp's symbol.
fn reading_width(reading: &IndicatorReading, titles: usize, columns: usize) -> usize {
    sign_width(reading) + width(&reading_words(reading, titles, columns))
}

/// The reading in words: for a gauge `7/12 people`, or without its maximum if there is no room for it.
fn reading_words(reading: &IndicatorReading, titles: usize, columns: usize) -> String {
    let (IndicatorForm::Gauge, Some((_, _, most))) = (reading.form, reading.number) else {
        return reading.text.clone();
    };
    // The unit of 1 is in the singular, which does not fit the most.
    let (number, unit) = reading.text.split_once(' ').unwrap_or((&reading.text, ""));
    let is_one = ["1", "-1"].contains(&number) && most != 1;
    let unit = if is_one { "" } else { unit };
    let whole = format!("{number}/{} {unit}", words::number(most))
        .trim_end()
        .to_owned();
    if 2 + titles + GAP + width(&whole) <= columns {
        whole
    } else {
        reading.text.clone()
    }
}

fn reading_spans(
    reading: &IndicatorReading,
    theme: Theme,
    columns: usize,
    titles: usize,
) -> Vec<Span<'static>> {
    let said = reading_words(reading, titles, columns);
    let room = columns.saturating_sub(2 + titles + GAP + sign_width(reading));
    let said = within(reading, &said, room);
    let title = pad(&reading.title, titles) + "  ";
    let left = columns.saturating_sub(2 + width(&title) + width(&said) + 1);
    let (mark, style) = if reading.changed {
        ("* ", theme.fresh())
    } else {
        ("  ", Style::new())
    };
    let mut spans = vec![Span::styled(mark, style), Span::styled(title, style)];
    match reading.form {
        IndicatorForm::Lamp => {
            let lamp = format!("{} {said}", theme.lamp(reading.tone));
            spans.push(Span::styled(lamp, theme.tone(reading.tone)));
        }
        IndicatorForm::Gauge => {
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
        IndicatorForm::Trend => {
            spans.push(Span::styled(said, theme.strong()));
            let long = left.min(BAR).min(reading.course.len());
            if long > 1 && left >= BAR_LEAST {
                let latest = &reading.course[reading.course.len() - long..];
                let values: Vec<i64> = latest.iter().map(|point| point.1).collect();
                spans.push(Span::raw(format!(" {}", theme.course(&values))));
            }
        }
        IndicatorForm::Clock => spans.push(Span::styled(said, theme.strong())),
    }
    spans
}

/// How many columns a value fills: none only at its minimum, all only at its maximum.
pub(super) fn share(value: i64, least: i64, most: i64, columns: usize) -> usize {
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
    fn a_bar_is_full_only_at_the_maximum() {
        assert_eq!(share(0, 0, 12, 6), 0);
        assert_eq!(share(1, 0, 1000, 6), 1);
        assert_eq!(share(999, 0, 1000, 6), 5);
        assert_eq!(share(1000, 0, 1000, 6), 6);
        assert_eq!(share(5, 3, 3, 6), 0);
        assert_eq!(share(i64::MAX, i64::MIN, i64::MAX, 6), 6);
    }
}
