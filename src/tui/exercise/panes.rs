//! Where what is asked, the situation, the actions and what is under way stand beside the inbox; and, where these leave
//! room for it, the timeline and a course.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::front::text::{pad, width};
use crate::front::view::{IndicatorReading, OpenDecision, View};
use crate::tui::draw::{self, Section};
use crate::tui::exercise::choices::{Detail, possible};
use crate::tui::exercise::facts::{LitScene, Scene};
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget};
use crate::tui::exercise::phrases::{clock, short_time};
use crate::tui::exercise::question::QuestionPane;
use crate::tui::exercise::timeline;
use crate::tui::exercise::trend::{draw_course, trends};
use crate::tui::situation;
use crate::tui::theme::Theme;

/// From this width on, the situation has a column of its own.
const THREE_COLUMNS: u16 = 150;

/// From this height on, options say everything about themselves.
const TALL: u16 = 36;

/// Rows that actions need to be shown beside what is asked.
const ACTIONS_LEAST: usize = 4;

/// Rows that the timeline needs: a few days with what came on them.
const TIMELINE_LEAST: usize = 8;

/// The fewest and the most rows of a course.
const COURSE_ROWS: (usize, usize) = (10, 20);

/// What is counted in the title of a part.
#[derive(Clone, Copy, Default)]
enum Counted {
    /// The lines that do not fit below.
    #[default]
    Lines,
    /// What can be clicked and is not seen whole.
    Spots,
    /// So much lies before the lines.
    Before(usize),
    /// There is so much more of it elsewhere.
    More(usize),
}

/// One part beside the inbox, with its lines.
#[derive(Default)]
struct Part<'a> {
    title: String,
    fresh: String,
    lines: Vec<Line<'static>>,
    /// A line that must be seen.
    watch: usize,
    /// The key that shows all of it.
    key: &'static str,
    counted: Counted,
    /// Drawn in place of lines.
    course: Option<&'a IndicatorReading>,
    /// What can be clicked: the first line, how many, and what they are.
    spots: Vec<(usize, usize, ExerciseTarget)>,
    /// The line on which the cursor stands.
    focus: Option<usize>,
    rows: usize,
}

/// What the parts beside the inbox show.
#[derive(Clone, Copy)]
pub(super) struct Panes<'a> {
    pub(super) scene: LitScene<'a>,
    pub(super) question: &'a QuestionPane,
    /// While messages are searched, the cursor stands behind what is typed.
    pub(super) searching: bool,
}

/// The inbox, and one column or two beside it.
pub(super) fn columns(body: Rect) -> Vec<Rect> {
    let third = Constraint::Length(body.width / 3);
    let left = Constraint::Length((body.width * 19 / 40).min(70));
    let rest = Constraint::Fill(1);
    if body.width >= THREE_COLUMNS {
        Layout::horizontal([third, third, rest])
            .split(body)
            .to_vec()
    } else {
        Layout::horizontal([left, rest]).split(body).to_vec()
    }
}

impl<'a> Panes<'a> {
    pub(super) fn draw(self, buf: &mut Buffer, columns: &[Rect], hits: &ExerciseHits) {
        match columns {
            [one] => self.draw_parts(buf, *one, hits, &self.all(*one)),
            [middle, right] => {
                self.draw_parts(buf, *middle, hits, &self.middle(*middle));
                self.draw_parts(buf, *right, hits, &self.right(*right));
            }
            _ => {}
        }
    }

    fn decide_part(self, columns: usize, detail: Detail) -> Part<'a> {
        let decide = self.question.lines(self.scene, columns, detail);
        let open = self.scene.view.decisions.len();
        let title = match () {
            () if self.scene.over() => "ENDEX",
            () if self.scene.facts.history => "The record, step by step",
            () => "Decide",
        };
        let place = self.question.place();
        let mut fresh = String::new();
        if self.scene.playing() && open > 1 {
            fresh = format!("{} of {open}: Tab", place + 1);
            if let Some((number, seconds)) = other_countdown(*self.scene, place) {
                fresh = format!("{fresh}  {number}: {}", clock(seconds));
            }
        }
        let spots = decide.entries.iter().enumerate();
        let spots =
            spots.map(|(number, (line, lines))| (*line, *lines, ExerciseTarget::Option(number)));
        let picked = self.question.picked().filter(|_| !self.searching);
        let entry = picked.and_then(|picked| decide.entries.get(picked));
        Part {
            fresh,
            spots: spots.collect(),
            focus: entry.map(|it| it.0),
            watch: decide.watch,
            ..Part::new(title, decide.lines, "d")
        }
    }

    fn situation_part(self, columns: usize, rows: usize) -> Part<'a> {
        let theme = self.scene.theme;
        let lines = situation::lines(&self.scene.view.board, theme, columns, rows);
        Part::new("Situation", lines, "s")
    }

    fn under_way_part(self, columns: usize) -> Option<Part<'a>> {
        let lines = under_way(self.scene.view, self.scene.theme, columns);
        (!lines.is_empty()).then(|| Part::new("Under way", lines, "s"))
    }

    /// Actions in at most so many rows, with as much detail as that allows.
    fn actions_part(self, columns: usize, rows: usize) -> Option<Part<'a>> {
        if !self.scene.playing() || self.scene.view.actions.is_empty() {
            return None;
        }
        let (actions, theme) = (&self.scene.view.actions, self.scene.theme);
        let mut items = possible(actions, theme, columns, Detail::Full);
        if items.iter().map(Vec::len).sum::<usize>() > rows {
            items = possible(actions, theme, columns, Detail::Short);
        }
        let mut lines = Vec::new();
        let mut spots = Vec::new();
        for (number, item) in items.into_iter().enumerate() {
            spots.push((lines.len(), item.len(), ExerciseTarget::Act(number)));
            lines.extend(item);
        }
        Some(Part {
            counted: Counted::Spots,
            spots,
            ..Part::new("Act: a", lines, "a")
        })
    }

    /// Situation, decision, actions where there is room, and what is under way, in one column.
    fn all(self, area: Rect) -> Vec<Part<'a>> {
        let columns = usize::from(area.width).saturating_sub(4);
        let detail = detail_in(area);
        let mut decide = self.decide_part(columns, detail);
        let mut under_way = self.under_way_part(columns);
        let dividers = 3 + usize::from(under_way.is_some());
        let room = usize::from(area.height).saturating_sub(dividers);
        let waits = under_way.as_ref().map_or(0, |part| part.rows);
        let for_board = room.saturating_sub(decide.rows + waits);
        let mut board = self.situation_part(columns, for_board);
        if board.rows + decide.rows + waits > room {
            let waits = waits.min(2);
            if let Some(part) = &mut under_way {
                part.rows = waits;
            }
            board.rows = board
                .rows
                .min((room / 3).max(room.saturating_sub(decide.rows + waits)));
            decide.rows = room.saturating_sub(board.rows + waits);
        } else {
            let spare = room - (board.rows + decide.rows + waits);
            let actions = self.actions_part(columns, spare.saturating_sub(1));
            if let Some(mut actions) = actions.filter(|part| spare > part.rows.min(ACTIONS_LEAST)) {
                let waits = under_way.take();
                let left = spare - 1;
                decide.rows += left.saturating_sub(actions.rows).min(1);
                actions.rows = left.saturating_sub(left.saturating_sub(actions.rows).min(1));
                let mut parts = vec![board, decide, actions];
                parts.extend(waits);
                return parts;
            }
            decide.rows += spare;
        }
        let mut parts = vec![board, decide];
        parts.extend(under_way);
        parts
    }

    /// The end of the timeline, if there are rows enough for it.
    fn timeline_part(self, columns: usize, rows: usize) -> Option<Part<'a>> {
        if rows < TIMELINE_LEAST {
            return None;
        }
        let latest = timeline::latest(self.scene, columns, rows);
        let spots = latest.messages.iter();
        let spots = spots.map(|(line, place)| (*line, 1, ExerciseTarget::Message(*place)));
        Some(Part {
            counted: Counted::Before(latest.hidden),
            spots: spots.collect(),
            rows,
            ..Part::new("Timeline", latest.lines, "t")
        })
    }

    /// The first course of the board, large: always the same one, so that nothing turns while it is looked at.
    fn course_part(self, rows: usize) -> Option<Part<'a>> {
        let trends = trends(&self.scene.view.board);
        let first = *trends.first()?;
        Some(Part {
            counted: Counted::More(trends.len() - 1),
            course: Some(first),
            rows,
            ..Part::new(&format!("Course: {}", first.title), Vec::new(), "s")
        })
    }

    /// Decision and actions, and a course if it leaves them whole.
    fn middle(self, area: Rect) -> Vec<Part<'a>> {
        let columns = usize::from(area.width).saturating_sub(4);
        let detail = detail_in(area);
        let mut decide = self.decide_part(columns, detail);
        let room = usize::from(area.height).saturating_sub(3);
        let actions = self.actions_part(columns, room.saturating_sub(decide.rows + 1));
        let least = actions
            .as_ref()
            .map_or(0, |part| part.rows.min(ACTIONS_LEAST));
        decide.rows = (decide.rows + 1).min(room.saturating_sub(least));
        let mut parts = vec![decide];
        parts.extend(actions);
        let inner = usize::from(area.height).saturating_sub(2);
        let used: usize = parts.iter().map(|it| it.rows + 1).sum();
        let rows = (inner / 3).clamp(COURSE_ROWS.0, COURSE_ROWS.1);
        if let Some(above) = inner.checked_sub(used + rows)
            && let Some(course) = self.course_part(rows)
        {
            // It stands at the foot, and what is asked and can be done grows towards it.
            if let Some(last) = parts.last_mut() {
                last.rows += above;
            }
            parts.push(course);
        }
        parts
    }

    /// Situation, what is under way, and the timeline in the rows that these leave.
    fn right(self, area: Rect) -> Vec<Part<'a>> {
        let columns = usize::from(area.width).saturating_sub(4);
        let under_way = self.under_way_part(columns);
        let room = usize::from(area.height).saturating_sub(3);
        let waits = under_way.as_ref().map_or(0, |part| part.rows.min(room / 3));
        let mut board = self.situation_part(columns, room.saturating_sub(waits));
        board.rows = (board.rows + 1).min(room.saturating_sub(waits));
        let mut parts = vec![board];
        parts.extend(under_way);
        let inner = usize::from(area.height).saturating_sub(2);
        let used: usize = parts.iter().map(|it| it.rows + 1).sum();
        parts.extend(self.timeline_part(columns, inner.saturating_sub(used)));
        parts
    }

    fn draw_parts(self, buf: &mut Buffer, area: Rect, hits: &ExerciseHits, parts: &[Part]) {
        let theme = self.scene.theme;
        let section = |part: &Part| Section {
            fresh: part.fresh.clone(),
            ..Section::new(part.title.clone(), part.rows)
        };
        let sections: Vec<Section> = parts.iter().map(section).collect();
        let inside = draw::sections(buf, area, theme, &sections);
        for (part, place) in parts.iter().zip(inside) {
            let rows = usize::from(place.height);
            // What must be seen is moved up; the rest is counted and opens with its key.
            let hidden = (part.watch + 1).saturating_sub(rows);
            let lines = &part.lines[hidden.min(part.lines.len())..];
            match part.counted {
                Counted::Before(before) => {
                    draw::latest(buf, place, theme, lines, (before, part.key));
                }
                Counted::Lines => {
                    let more = lines.len().saturating_sub(rows);
                    draw::fixed(buf, place, theme, lines, (more, part.key));
                }
                Counted::Spots => {
                    // One counts as long as not all of it is seen.
                    let ends = part.spots.iter().map(|(line, lines, _)| line + lines);
                    let more = ends.filter(|end| *end > rows).count();
                    draw::fixed(buf, place, theme, lines, (more, part.key));
                }
                Counted::More(more) => draw::fixed(buf, place, theme, lines, (more, part.key)),
            }
            if let Some(reading) = part.course {
                draw_course(buf, place, theme, &reading.course, self.scene.view);
            }
            hits.entries(place, hidden, &part.spots);
            if let Some(line) = part.focus {
                hits.focus(place, hidden, line);
            }
        }
    }
}

impl<'a> Part<'a> {
    fn new(title: &str, lines: Vec<Line<'static>>, key: &'static str) -> Part<'a> {
        Part {
            title: title.to_owned(),
            rows: lines.len(),
            lines,
            key,
            ..Part::default()
        }
    }
}

/// The countdown that ends first among the questions that are not on screen, with its number.
fn other_countdown(scene: Scene, shown: usize) -> Option<(usize, u32)> {
    let number = |(place, it): (usize, &OpenDecision)| {
        (place != shown).then_some(())?;
        Some((scene.facts.countdown(&it.id)?, place + 1))
    };
    let others = scene.view.decisions.iter().enumerate().filter_map(number);
    others.min().map(|(seconds, place)| (place, seconds))
}

/// What takes time, the next to finish first.
pub(super) fn under_way(view: &View, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let line = |work: &crate::front::view::UnderWay| {
        let time = short_time(&work.until, &view.now);
        let left = columns.saturating_sub(width(&time) + 2 + width(&work.left) + 2);
        Line::from(vec![
            Span::raw(format!("{time}  ")),
            Span::raw(pad(&work.label, left)),
            Span::styled(format!("  {}", work.left), theme.quiet()),
        ])
    };
    view.under_way.iter().map(line).collect()
}

/// How much of a question is shown: all of it only where there is height for it.
fn detail_in(area: Rect) -> Detail {
    if area.height >= TALL {
        Detail::Full
    } else {
        Detail::Short
    }
}
