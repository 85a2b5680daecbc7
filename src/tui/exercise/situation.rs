//! The situation board as lines: lamps, gauges, courses and clocks, in as many columns as it takes to fit.

use ratatui::text::{Line, Span};

use crate::front::text::{pad, width};
use crate::front::view::IndicatorForm;
use crate::front::view::IndicatorReading;
use crate::tui::theme::Theme;
use crate::words;

/// Columns of air between two readings, and between a title and what it reads.
const GAP: usize = 2;

/// The widest bar or course.
const BAR: usize = 12;

/// The narrowest bar or course worth drawing.
const BAR_LEAST: usize = 5;

/// The board in so many columns, in at most so many rows if that can be done. Where it cannot, what has changed comes
/// first; otherwise everything keeps its place.
pub(in crate::tui) fn lines(
    board: &[IndicatorReading],
    theme: Theme,
    columns: usize,
    rows: usize,
) -> Vec<Line<'static>> {
    let board: Vec<&IndicatorReading> = board.iter().collect();
    let across = across(&board, theme, columns, rows);
    let lines = grid(&board, theme, columns, across);
    if lines.len() <= rows {
        return lines;
    }
    let (changed, same): (Vec<&IndicatorReading>, Vec<&IndicatorReading>) =
        board.iter().partition(|reading| reading.changed);
    grid(&[changed, same].concat(), theme, columns, across)
}

/// The fewest readings beside one another that fit into so many rows, or else those that need the fewest rows.
fn across(board: &[&IndicatorReading], theme: Theme, columns: usize, rows: usize) -> usize {
    let high = |across| grid(board, theme, columns, across).len();
    let mut best = (high(1), 1);
    for across in 2..=4 {
        if best.0 <= rows {
            break;
        }
        best = best.min((high(across), across));
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
    let wide = wide(&large, columns).max(if large.len() < board.len() { narrow } else { 0 });
    let mut lines = Vec::new();
    let mut row: Vec<Span<'static>> = Vec::new();
    let mut filled = 0;
    for reading in board {
        let small = fits(reading);
        if !small && filled > 0 {
            lines.push(Line::from(std::mem::take(&mut row)));
            filled = 0;
        }
        if !small {
            lines.push(Line::from(reading_spans(reading, theme, columns, wide)));
            continue;
        }
        let spans = reading_spans(reading, theme, cell, narrow);
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

/// Whether a reading with so many columns for its title goes whole into so many columns.
fn fits(reading: &IndicatorReading, titles: usize, columns: usize) -> bool {
    width(&reading.title) <= titles && 2 + titles + GAP + said(reading, titles, columns) <= columns
}

/// How wide titles are made so that as many readings as can be go whole into so many columns.
fn narrow(board: &[&IndicatorReading], columns: usize) -> usize {
    let fitting = |titles: usize| board.iter().filter(|it| fits(it, titles, columns)).count();
    let mut widths: Vec<usize> = board.iter().map(|it| width(&it.title)).collect();
    widths.sort_unstable();
    // Of those that let the same number fit, the first is the narrowest.
    widths.reverse();
    widths
        .into_iter()
        .max_by_key(|it| fitting(*it))
        .unwrap_or(0)
}

/// How wide titles are made on lines of their own: all of each if what it reads fits beside it, and two fifths of the
/// line at least. A longer one is cut, so that what is read stays in its column.
fn wide(board: &[&IndicatorReading], columns: usize) -> usize {
    let longest = board.iter().map(|it| width(&it.title)).max().unwrap_or(0);
    let said = board.iter().map(|it| said(it, longest, columns)).max();
    let left = columns.saturating_sub(2 + GAP + said.unwrap_or(0));
    longest.min(left.max(columns * 2 / 5))
}

/// Columns of what a reading says, a lamp's symbol among them.
fn said(reading: &IndicatorReading, titles: usize, columns: usize) -> usize {
    let sign = if reading.form == IndicatorForm::Lamp {
        2
    } else {
        0
    };
    sign + width(&in_words(reading, titles, columns))
}

/// The reading in words: of a gauge `7/12 people`, or without its most where there is no room for it.
fn in_words(reading: &IndicatorReading, titles: usize, columns: usize) -> String {
    let (IndicatorForm::Gauge, Some((_, _, most))) = (reading.form, reading.number) else {
        return reading.text.clone();
    };
    let (number, unit) = reading.text.split_once(' ').unwrap_or((&reading.text, ""));
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
    let said = in_words(reading, titles, columns);
    let title = pad(&reading.title, titles) + "  ";
    let left = columns.saturating_sub(2 + width(&title) + width(&said) + 1);
    let mut spans = if reading.changed {
        vec![
            Span::styled("* ", theme.fresh()),
            Span::styled(title, theme.fresh()),
        ]
    } else {
        vec![Span::raw("  "), Span::raw(title)]
    };
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
