//! The course of one number of the situation board, large: over dates, with its numbers.

use jiff::ToSpan;
use jiff::civil::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use crate::front::text::width;
use crate::front::view::{Reading, Stamp};
use crate::tui::Key;
use crate::tui::draw;
use crate::tui::exercise::Exercise;
use crate::tui::exercise::mouse::Spot;
use crate::tui::exercise::overlay::Overlay;
use crate::tui::theme::{self, Theme};
use crate::words;

/// The widest chart, in columns.
const COLUMNS_MAX: usize = 140;

/// Rows that one number at the side takes, with air.
const ROWS_A_NUMBER: usize = 4;

const MINUTES_A_DAY: i64 = 24 * 60;

impl Exercise {
    /// What has a course that can be drawn. Samples of phases in which an entry did not stand on the board are among
    /// them: a view does not tell.
    fn trends(&self) -> Vec<&Reading> {
        let drawn = |it: &&Reading| it.course.len() > 1;
        self.view.board.iter().filter(drawn).collect()
    }

    pub(super) fn has_trends(&self) -> bool {
        !self.trends().is_empty()
    }

    /// Up and down go through the courses; any other key goes back to the situation.
    pub(super) fn trend_key(&mut self, key: Key) {
        let last = self.trends().len().saturating_sub(1);
        let Some(overlay) = &mut self.overlay else {
            return;
        };
        let at = overlay.cursor.unwrap_or(0);
        match key {
            Key::Up | Key::Left | Key::BackTab | Key::Char('k') => {
                overlay.cursor = Some(at.saturating_sub(1));
            }
            Key::Down | Key::Right | Key::Tab | Key::Char('j' | ' ') => {
                overlay.cursor = Some((at + 1).min(last));
            }
            _ => self.overlay = Some(Overlay::situation()),
        }
    }

    pub(super) fn draw_trend(&self, buf: &mut Buffer, area: Rect, theme: Theme, overlay: &Overlay) {
        let trends = self.trends();
        let place = overlay.cursor.unwrap_or(0);
        let Some(reading) = trends.get(place) else {
            return;
        };
        let title = format!(
            "Course {} of {}    up/down: next    Esc: back",
            place + 1,
            trends.len()
        );
        let size = (
            (usize::from(area.width) - 8).min(COLUMNS_MAX),
            usize::from(area.height).saturating_sub(4),
        );
        let inside = draw::dialog(buf, area, theme, &title, size);
        self.hits.add(inside, Spot::Overlay);
        self.hits.focus(inside, 0, 0);
        let head = Line::from(vec![
            Span::styled(reading.title.clone(), theme.strong()),
            Span::raw("  "),
            Span::raw(reading.text.clone()),
        ]);
        draw::put(buf, inside, inside.y, &head);
        if inside.height > 4 {
            let chart = Rect {
                y: inside.y + 2,
                height: inside.height - 2,
                ..inside
            };
            self.draw_course(buf, chart, theme, &reading.course);
        }
    }

    fn draw_course(&self, buf: &mut Buffer, area: Rect, theme: Theme, course: &[(i64, i64)]) {
        let (Some((from, _)), Some((to, _))) = (course.first(), course.last()) else {
            return;
        };
        let points: Vec<(f64, f64)> = course.iter().map(|it| (real(it.0), real(it.1))).collect();
        let values = course.iter().map(|it| it.1);
        let most = (usize::from(area.height) / ROWS_A_NUMBER).max(1);
        let numbers = ticks(
            values.clone().min().unwrap_or(0),
            values.max().unwrap_or(0),
            most,
        );
        let bounds = |all: &[i64]| {
            let first = all.first().copied().map_or(0.0, real);
            [first, all.last().copied().map_or(first, real)]
        };
        let labels: Vec<String> = numbers.iter().map(|it| words::number(*it)).collect();
        let wide = labels.iter().map(|it| width(it)).max().unwrap_or(0);
        let labels = labels.iter().map(|it| format!("{it:>wide$}"));
        let times = self.time_labels(*from, *to);
        let marker = if theme.ascii {
            Marker::Dot
        } else {
            Marker::Braille
        };
        let line = Dataset::default()
            .data(&points)
            .marker(marker)
            .graph_type(GraphType::Line)
            .style(theme.heading());
        // A course of one moment is a line upwards.
        let x = [real(*from), real((*to).max(*from + 1))];
        Chart::new(vec![line])
            .x_axis(Axis::default().bounds(x).labels(times).style(theme.quiet()))
            .y_axis(
                Axis::default()
                    .bounds(bounds(&numbers))
                    .labels(labels)
                    .style(theme.quiet()),
            )
            .legend_position(None)
            .render(area, buf);
        if theme.ascii {
            theme::lines_in_ascii(buf, area);
        }
    }

    /// Beginning, middle and end, as short as tells them apart.
    fn time_labels(&self, from: i64, to: i64) -> Vec<String> {
        let middle = from.midpoint(to);
        let all: Vec<Option<DateTime>> = [from, middle, to]
            .into_iter()
            .map(|minute| self.moment(minute))
            .collect();
        let days = |at: &Option<DateTime>| at.map(DateTime::date);
        let years = |at: &Option<DateTime>| at.map(DateTime::year);
        let format = match () {
            () if days(&all[0]) == days(&all[2]) => "%H:%M",
            () if years(&all[0]) != years(&all[2]) => "%-d %b %Y",
            () if to - from <= 7 * MINUTES_A_DAY => "%-d %b %H:%M",
            () => "%-d %b",
        };
        all.into_iter()
            .map(|at| at.map_or_else(String::new, |at| at.strftime(format).to_string()))
            .collect()
    }

    /// A minute of the exercise on the calendar, counted from the nearest that the view names. Where clocks are put
    /// forward between the two, it is an hour off.
    fn moment(&self, minute: i64) -> Option<DateTime> {
        let view = &self.view;
        let known = view.inbox.iter().map(|it| &it.at);
        let known = known
            .chain(view.deeds.iter().map(|it| &it.at))
            .chain([&view.now]);
        let nearest = known.min_by_key(|it| it.minute.abs_diff(minute))?;
        let at = parsed(nearest)?;
        at.checked_add((minute - nearest.minute).minutes()).ok()
    }
}

fn parsed(stamp: &Stamp) -> Option<DateTime> {
    // The name of the day says nothing more.
    let (_, date) = stamp.date.split_once(' ')?;
    DateTime::strptime("%d %b %Y %H:%M", format!("{date} {}", stamp.time)).ok()
}

/// Round numbers that take in everything from the least to the most, with at most so many steps if that can be done.
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

#[allow(
    clippy::cast_precision_loss,
    reason = "it only says where a dot stands"
)]
fn real(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn numbers_at_the_side_are_round_and_take_in_all() {
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
