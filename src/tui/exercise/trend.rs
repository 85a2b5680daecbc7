//! The course of one number of the situation board, large: over dates, with its numbers.

use jiff::ToSpan;
use jiff::civil::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::front::view::{IndicatorReading, Stamp};
use crate::tui::Key;
use crate::tui::chart::{Chart, real};
use crate::tui::draw;
use crate::tui::exercise::ExerciseScreen;
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::overlay::Overlay;
use crate::tui::theme::Theme;

/// The widest chart, in columns.
const COLUMNS_MAX: usize = 140;

const MINUTES_A_DAY: i64 = 24 * 60;

impl ExerciseScreen {
    /// What has a course that can be drawn. Samples of phases in which an entry did not stand on the board are among
    /// them: a view does not tell.
    fn trends(&self) -> Vec<&IndicatorReading> {
        let drawn = |it: &&IndicatorReading| it.course.len() > 1;
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
        self.hits.add(inside, ExerciseTarget::Overlay);
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
        let range = (values.clone().min().unwrap_or(0), values.max().unwrap_or(0));
        let chart = Chart {
            lines: &[(&points, theme.heading())],
            range,
            rows_a_number: 4,
            // A course of one moment is a line upwards.
            across: [*from, (*to).max(*from + 1)],
            labels: self.time_labels(*from, *to),
        };
        chart.draw(buf, area, theme);
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
