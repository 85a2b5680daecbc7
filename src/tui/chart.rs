//! Lines over time with round numbers beside them, in the characters that the terminal has.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::widgets::{self, Axis, Dataset, GraphType, Widget};

use crate::front::text::width;
use crate::tui::theme::{self, Theme};
use crate::words;

/// What a chart shows.
#[derive(Debug)]
pub(super) struct Chart<'a> {
    /// The corners of each line, and its style. Later lines are drawn over earlier ones.
    pub(super) lines: &'a [(&'a [(f64, f64)], Style)],
    /// The lowest and the highest value drawn: the numbers at the side cover both.
    pub(super) range: (i64, i64),
    /// Rows for each number at the side, with air.
    pub(super) rows_a_number: u16,
    /// Where it begins and ends, from left to right.
    pub(super) across: [i64; 2],
    /// What stands below it, from left to right.
    pub(super) labels: Vec<String>,
}

impl Chart<'_> {
    /// Draws it. Returns where its lines are; the row below is the lower axis.
    pub(super) fn draw(self, buf: &mut Buffer, area: Rect, theme: Theme) -> Rect {
        let most = usize::from(area.height / self.rows_a_number).max(1);
        let numbers = ticks(self.range.0, self.range.1, most);
        let area = Rect {
            height: even(area.height, numbers.len()),
            ..area
        };
        let bounds = |all: &[i64]| {
            let first = all.first().copied().map_or(0.0, real);
            [first, all.last().copied().map_or(first, real)]
        };
        let labels: Vec<String> = numbers.iter().map(|it| words::number(*it)).collect();
        let wide = labels.iter().map(|it| width(it)).max().unwrap_or(0);
        let labels = labels.iter().map(|it| format!("{it:>wide$}"));
        // A longer first label reaches to the left of the axis, over a third of the width at most.
        let first = self.labels.first().map_or(0, |it| width(it));
        let aside = wide.max(first.saturating_sub(1));
        let aside = (aside as u16).min(area.width / 3) + 1;
        let inside = Rect {
            x: area.x + aside,
            width: area.width - aside,
            height: area.height.saturating_sub(2),
            ..area
        };
        let marker = if theme.ascii {
            Marker::Dot
        } else {
            Marker::Braille
        };
        let lines = self.lines.iter().map(|(points, style)| {
            Dataset::default()
                .data(points)
                .marker(marker)
                .graph_type(GraphType::Line)
                .style(*style)
        });
        let below = Axis::default()
            .bounds(bounds(&self.across))
            .labels(self.labels)
            .style(theme.quiet());
        let side = Axis::default()
            .bounds(bounds(&numbers))
            .labels(labels)
            .style(theme.quiet());
        widgets::Chart::new(lines.collect())
            .x_axis(below)
            .y_axis(side)
            .legend_position(None)
            .render(area, buf);
        if theme.ascii {
            theme::lines_in_ascii(buf, area);
        }
        inside
    }
}

/// The most rows, of those available, in which the numbers at the side stand equally far apart, with the axis and the
/// dates below.
fn even(rows: u16, numbers: usize) -> u16 {
    let steps = numbers.saturating_sub(1).max(1) as u16;
    match rows.saturating_sub(3) / steps {
        0 => rows,
        each => each * steps + 3,
    }
}

/// Round axis ticks that cover `low..=high`, in at most `steps` steps if possible.
fn ticks(low: i64, high: i64, steps: usize) -> Vec<i64> {
    let (low, high) = (i128::from(low), i128::from(high).max(i128::from(low) + 1));
    let within = |value: i128| {
        let edge = if value < 0 { i64::MIN } else { i64::MAX };
        i64::try_from(value).unwrap_or(edge)
    };
    let mut factors = [2, 5, 10].into_iter().cycle();
    let (mut step, mut ten): (i128, i128) = (1, 1);
    loop {
        let first = low.div_euclid(step);
        let last = (high + step - 1).div_euclid(step);
        if last - first <= steps.max(1) as i128 || step > i128::from(i64::MAX) {
            return (first..=last).map(|it| within(it * step)).collect();
        }
        let factor = factors.next().unwrap_or(10);
        step = ten * factor;
        if factor == 10 {
            ten *= 10;
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "it only places a dot")]
pub(super) fn real(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::{even, ticks};

    #[test]
    fn numbers_at_the_side_stand_equally_far_apart() {
        // Three steps between four numbers, in the rows above the axis and the dates.
        for (rows, numbers, expected) in [(8, 4, 6), (9, 4, 9), (7, 2, 7), (4, 6, 4), (0, 0, 0)] {
            assert_eq!(
                even(rows, numbers),
                expected,
                "{rows} rows, {numbers} numbers"
            );
        }
    }

    #[test]
    fn numbers_at_the_side_are_round_and_cover_everything() {
        for (least, most, steps, expected) in [
            (0, 2340, 5, vec![0, 500, 1000, 1500, 2000, 2500]),
            (0, 2340, 1, vec![0, 5000]),
            (7, 7, 4, vec![7, 8]),
            (-3, 4, 4, vec![-4, -2, 0, 2, 4]),
            (95, 105, 2, vec![95, 100, 105]),
        ] {
            assert_eq!(ticks(least, most, steps), expected);
        }
        let all = ticks(i64::MIN, i64::MAX, 4);
        assert!(all.len() < 12 && all.contains(&0), "{all:?}");
    }
}
