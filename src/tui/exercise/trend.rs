//! The course of one number of the situation board, large: over dates, with its numbers.

use jiff::ToSpan;
use jiff::civil::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::front::view::{IndicatorReading, Stamp, View};
use crate::tui::Key;
use crate::tui::chart::{Chart, real};
use crate::tui::draw;
use crate::tui::exercise::facts::LitScene;
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget};
use crate::tui::theme::Theme;

/// The widest chart, in columns.
const COLUMNS_MAX: usize = 140;

const MINUTES_A_DAY: i64 = 24 * 60;

/// The readings whose course can be drawn. A view does not say when a reading was off the board, so samples from such
/// phases are among them.
pub(in crate::tui) fn trends(board: &[IndicatorReading]) -> Vec<&IndicatorReading> {
    board.iter().filter(|it| it.course.len() > 1).collect()
}

/// The course that is shown, by its place among those that can be drawn.
#[derive(Debug, Default)]
pub(super) struct Trend {
    place: usize,
}

impl Trend {
    /// Up and down go through the courses; whether it was such a key.
    pub(super) fn key(&mut self, key: Key, board: &[IndicatorReading]) -> bool {
        let last = trends(board).len().saturating_sub(1);
        self.place = match key {
            Key::Up | Key::Left | Key::BackTab | Key::Char('k') => self.place.saturating_sub(1),
            Key::Down | Key::Right | Key::Tab | Key::Char('j' | ' ') => (self.place + 1).min(last),
            _ => return false,
        };
        true
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, scene: LitScene, hits: &ExerciseHits) {
        let (view, theme) = (scene.view, scene.theme);
        let trends = trends(&view.board);
        let Some(reading) = trends.get(self.place) else {
            return;
        };
        let title = format!(
            "Course {} of {}    up/down: next    Esc: back",
            self.place + 1,
            trends.len()
        );
        let size = (
            (usize::from(area.width) - 8).min(COLUMNS_MAX),
            usize::from(area.height).saturating_sub(4),
        );
        let inside = draw::dialog(buf, area, theme, &title, size);
        hits.add(inside, ExerciseTarget::Top);
        hits.focus(inside, 0, 0);
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
            draw_course(buf, chart, theme, &reading.course, view);
        }
    }
}

/// Draws a course over dates.
pub(in crate::tui) fn draw_course(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    course: &[(i64, i64)],
    view: &View,
) {
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
        labels: time_labels(*from, *to, view),
    };
    chart.draw(buf, area, theme);
}

/// Beginning, middle and end, just long enough to tell them apart.
fn time_labels(from: i64, to: i64, view: &View) -> Vec<String> {
    let middle = from.midpoint(to);
    let all: Vec<Option<DateTime>> = [from, middle, to]
        .into_iter()
        .map(|minute| moment(minute, view))
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

/// A minute of the exercise on the calendar, counted from the nearest moment in the view. If clocks change between the
/// two, it is an hour off.
fn moment(minute: i64, view: &View) -> Option<DateTime> {
    let known = view.inbox.iter().map(|it| &it.at);
    let known = known
        .chain(view.moves.iter().map(|it| &it.at))
        .chain([&view.now]);
    let nearest = known.min_by_key(|it| it.minute.abs_diff(minute))?;
    let at = parsed(nearest)?;
    at.checked_add((minute - nearest.minute).minutes()).ok()
}

fn parsed(stamp: &Stamp) -> Option<DateTime> {
    // Without the name of the day, which says nothing more.
    let (_, date) = stamp.date.split_once(' ')?;
    DateTime::strptime("%d %b %Y %H:%M", format!("{date} {}", stamp.time)).ok()
}
