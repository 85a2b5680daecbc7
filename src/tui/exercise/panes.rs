//! Where everything stands on a screen of a given size.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::front::text::cut;
use crate::tui::draw::{self, Section};
use crate::tui::exercise::decide::Detail;
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::told::clock;
use crate::tui::exercise::{ExerciseScreen, Layer, situation};
use crate::tui::hits::Hits;
use crate::tui::theme::Theme;

/// From this width on, the situation has a column of its own.
const THREE_COLUMNS: u16 = 150;

/// From this height on, options say everything about themselves.
const TALL: u16 = 36;

/// Rows that actions need to be shown beside what is asked.
const ACTIONS_LEAST: usize = 4;

/// One part of the right side, with its lines.
struct RightPart {
    title: String,
    fresh: String,
    lines: Vec<Line<'static>>,
    /// A line that must be seen.
    watch: usize,
    /// The key that shows all of it.
    key: &'static str,
    /// Of a list: the line at which each entry begins. What does not fit is then counted in entries.
    entries: Vec<usize>,
    /// What can be clicked: the first line, how many, and what they are.
    spots: Vec<(usize, usize, ExerciseTarget)>,
    /// The line on which the cursor stands.
    focus: Option<usize>,
    rows: usize,
}

impl ExerciseScreen {
    pub(in crate::tui) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        self.hits.clear();
        self.cursor.set(None);
        if self.facilitated() {
            self.cursor.set(self.draw_console(buf, area, theme));
            if self.overlay.is_some() {
                self.hits.clear();
            }
            self.draw_overlay(buf, area, theme);
            return;
        }
        if let Some(ending) = &self.ending {
            ending.draw(buf, area, theme);
            if self.layer.is_some() {
                // The timeline and the notes belong to the talk about the points. The keys at the foot are theirs.
                let foot = 1 + u16::from(self.notice.is_some());
                let foot = Rect::new(area.x, area.bottom() - foot, area.width, foot);
                Clear.render(foot, buf);
                self.draw_foot(buf, area, theme);
                self.draw_above(buf, area, 1, theme);
            }
            return;
        }
        let now = format!(
            "{} {} {}",
            self.view.now.date, self.view.now.time, self.view.now.zone
        );
        let phase = format!(
            "{} of {}  {}",
            self.view.phase.number, self.view.phase.of, self.view.phase.title
        );
        draw::header(buf, area, theme, [&self.view.title, &now, &phase]);
        let top = 1 + self.draw_status(buf, area, theme);
        if self.told.curtain {
            self.draw_curtain(buf, area, theme);
            if self.overlay.is_some() || self.layer.is_some() {
                self.hits.clear();
            }
            self.draw_above(buf, area, top, theme);
            return;
        }
        let foot = self.draw_foot(buf, area, theme);
        let body = Rect::new(
            area.x,
            area.y + top,
            area.width,
            area.height.saturating_sub(top + foot),
        );
        if area.width >= THREE_COLUMNS {
            let third = body.width / 3;
            let [inbox, middle, right] = [0, third, 2 * third].map(|x| Rect {
                x: body.x + x,
                width: third,
                ..body
            });
            let right = Rect {
                width: body.width - 2 * third,
                ..right
            };
            self.draw_inbox(buf, inbox, theme);
            self.draw_middle(buf, middle, theme);
            self.draw_right(buf, right, theme);
        } else {
            let left = (body.width * 19 / 40).min(70);
            self.draw_inbox(
                buf,
                Rect {
                    width: left,
                    ..body
                },
                theme,
            );
            let right = Rect {
                x: body.x + left,
                width: body.width - left,
                ..body
            };
            self.draw_all(buf, right, theme);
        }
        if self.overlay.is_some() || self.layer.is_some() {
            // It takes every click, and the cursor; the keys at the foot are its own.
            self.hits.clear();
            if self.overlay.is_none() {
                self.draw_foot(buf, area, theme);
            }
        }
        self.draw_above(buf, area, top, theme);
    }

    /// What is open over the screen, below its first rows.
    fn draw_above(&self, buf: &mut Buffer, area: Rect, top: u16, theme: Theme) {
        let area = Rect {
            y: area.y + top - 1,
            height: area.height - top + 1,
            ..area
        };
        // The row of the notice stays free.
        let layer = Rect {
            height: area.height - 1,
            ..area
        };
        let cursor = self.draw_layer(buf, layer, theme);
        self.cursor.set(cursor.filter(|_| self.overlay.is_none()));
        self.draw_overlay(buf, area, theme);
    }

    /// Notice, warning or mark, then the keys; gives the rows they take.
    fn draw_foot(&self, buf: &mut Buffer, area: Rect, theme: Theme) -> u16 {
        let playing = !self.history && !self.over();
        let marked = self.marked().filter(|_| playing && self.layer.is_none());
        let open = self.overlay_says();
        let (said, style) = match (&self.notice, open.or(marked)) {
            (Some(notice), _) => (Some(notice.clone()), theme.notice()),
            (None, Some(marked)) => (Some(marked), theme.strong()),
            (None, None) if self.layer.is_some() => (None, theme.quiet()),
            (None, None) => match self.still_missing().filter(|_| playing) {
                Some(missing) => (Some(missing), theme.notice()),
                None => (self.waiting_may_pass().filter(|_| playing), theme.quiet()),
            },
        };
        let columns = usize::from(area.width).saturating_sub(2);
        let mut lines = said.map_or_else(Vec::new, |text| draw::notice_lines(&text, area.width));
        if lines.len() > 3 {
            lines.truncate(3);
            lines[2] = cut(&format!("{}  …", lines[2]), columns);
        }
        if playing && lines.is_empty() {
            // The row stays, so that nothing jumps when it is needed.
            lines.push(String::new());
        }
        let rows = lines.len() as u16 + 1;
        let top = area.bottom() - rows;
        for (line, y) in lines.iter().zip(top..) {
            buf.set_string(area.x + 1, y, line, style);
        }
        let foot = Rect::new(area.x, area.bottom() - 1, area.width, 1);
        let keys = self.foot_keys(playing);
        self.hits
            .keys(draw::keys(buf, foot, theme, &keys), ExerciseTarget::Key);
        rows
    }

    /// The keys that matter now, the first ones most.
    fn foot_keys(&self, playing: bool) -> Vec<(&'static str, &'static str)> {
        if self.history && matches!(self.layer, Some(Layer::Notes(_))) {
            return vec![("PgUp/PgDn", "scroll"), ("Esc", "back")];
        }
        if let Some(layer) = &self.layer {
            return layer.keys().to_vec();
        }
        let mut keys = Vec::new();
        if self.search.is_some() {
            return vec![
                ("Enter", "open it"),
                ("up/down", "go through"),
                ("Esc", "back"),
            ];
        }
        if playing && self.picked.is_some() && self.overlay.is_none() {
            keys.extend([("Enter", "take"), ("y", "say why and take")]);
            if self.several() {
                keys.push(("b", "vote, hidden"));
            }
            keys.extend([("Esc", "leave it"), ("?", "help"), ("q", "leave")]);
            return keys;
        }
        if playing {
            if !self.view.decisions.is_empty() {
                keys.push(("1-9", "choose"));
            }
            keys.extend([("a", "act"), ("w", "wait")]);
        } else {
            keys.push(("Enter", if self.over() { "account" } else { "next step" }));
        }
        if self.several() {
            keys.push(("x", "seat"));
        }
        if self.unread() > 0 {
            keys.push(("i", "new"));
        }
        keys.extend([("t", "timeline"), ("n", "notes")]);
        if self.view.decisions.len() > 1 {
            keys.push(("Tab", "next question"));
        }
        if !self.history {
            keys.push(("f", "facilitator"));
        }
        keys.extend([
            ("PgDn", "scroll"),
            ("v", "view"),
            ("m", "marks"),
            ("/", "search"),
        ]);
        keys.extend([("?", "help"), ("q", "leave")]);
        keys
    }

    fn decide_part(&self, theme: Theme, columns: usize, detail: Detail) -> RightPart {
        let decide = self.decide(theme, columns, detail);
        let open = self.view.decisions.len();
        let title = match () {
            () if self.over() => "ENDEX",
            () if self.history => "The record, step by step",
            () => "Decide",
        };
        let fresh = match open {
            _ if self.history || self.over() => String::new(),
            0 | 1 => String::new(),
            _ => match self.other_countdown() {
                Some((number, seconds)) => {
                    format!(
                        "{} of {open}: Tab  {number}: {}",
                        self.asked + 1,
                        clock(seconds)
                    )
                }
                None => format!("{} of {open}: Tab", self.asked + 1),
            },
        };
        let spots = decide.entries.iter().enumerate();
        let spots =
            spots.map(|(number, (line, lines))| (*line, *lines, ExerciseTarget::Option(number)));
        // While messages are searched, the cursor stands behind what is typed.
        let picked = self.picked.filter(|_| self.search.is_none());
        let entry = picked.and_then(|picked| decide.entries.get(picked));
        RightPart {
            title: title.to_owned(),
            fresh,
            spots: spots.collect(),
            focus: entry.map(|it| it.0),
            rows: decide.lines.len(),
            lines: decide.lines,
            watch: decide.watch,
            key: "d",
            entries: Vec::new(),
        }
    }

    fn situation_part(&self, theme: Theme, columns: usize, rows: usize) -> RightPart {
        let lines = situation::lines(&self.view.board, theme, columns, rows);
        RightPart::of("Situation", lines, "s")
    }

    fn under_way_part(&self, theme: Theme, columns: usize) -> Option<RightPart> {
        let lines = self.under_way(theme, columns);
        (!lines.is_empty()).then(|| RightPart::of("Under way", lines, "s"))
    }

    /// Actions in at most so many rows, with as much detail as that allows.
    fn actions_part(&self, theme: Theme, columns: usize, rows: usize) -> Option<RightPart> {
        if self.history || self.over() || self.view.actions.is_empty() {
            return None;
        }
        let mut items = self.possible(theme, columns, Detail::Full);
        if items.iter().map(Vec::len).sum::<usize>() > rows {
            items = self.possible(theme, columns, Detail::Short);
        }
        let mut entries = Vec::new();
        let mut lines = Vec::new();
        let mut spots = Vec::new();
        for (number, item) in items.into_iter().enumerate() {
            entries.push(lines.len());
            spots.push((lines.len(), item.len(), ExerciseTarget::Act(number)));
            lines.extend(item);
        }
        let mut part = RightPart::of("Act: a", lines, "a");
        part.entries = entries;
        part.spots = spots;
        Some(part)
    }

    /// Situation, decision, actions where there is room, and what is under way, in one column.
    fn draw_all(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let columns = usize::from(area.width).saturating_sub(4);
        let detail = detail_in(area);
        let mut decide = self.decide_part(theme, columns, detail);
        let mut under_way = self.under_way_part(theme, columns);
        let dividers = 3 + usize::from(under_way.is_some());
        let room = usize::from(area.height).saturating_sub(dividers);
        let waits = under_way.as_ref().map_or(0, |part| part.rows);
        let for_board = room.saturating_sub(decide.rows + waits);
        let mut board = self.situation_part(theme, columns, for_board);
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
            let actions = self.actions_part(theme, columns, spare.saturating_sub(1));
            if let Some(mut actions) = actions.filter(|part| spare > part.rows.min(ACTIONS_LEAST)) {
                let waits = under_way.take();
                let left = spare - 1;
                decide.rows += left.saturating_sub(actions.rows).min(1);
                actions.rows = left.saturating_sub(left.saturating_sub(actions.rows).min(1));
                let mut parts = vec![board, decide, actions];
                parts.extend(waits);
                draw_parts(buf, area, theme, &self.hits, &parts);
                return;
            }
            decide.rows += spare;
        }
        let mut parts = vec![board, decide];
        parts.extend(under_way);
        draw_parts(buf, area, theme, &self.hits, &parts);
    }

    fn draw_middle(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let columns = usize::from(area.width).saturating_sub(4);
        let detail = detail_in(area);
        let mut decide = self.decide_part(theme, columns, detail);
        let room = usize::from(area.height).saturating_sub(3);
        let actions = self.actions_part(theme, columns, room.saturating_sub(decide.rows + 1));
        let least = actions
            .as_ref()
            .map_or(0, |part| part.rows.min(ACTIONS_LEAST));
        decide.rows = (decide.rows + 1).min(room.saturating_sub(least));
        let mut parts = vec![decide];
        parts.extend(actions);
        draw_parts(buf, area, theme, &self.hits, &parts);
    }

    fn draw_right(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let columns = usize::from(area.width).saturating_sub(4);
        let under_way = self.under_way_part(theme, columns);
        let room = usize::from(area.height).saturating_sub(3);
        let waits = under_way.as_ref().map_or(0, |part| part.rows.min(room / 3));
        let mut board = self.situation_part(theme, columns, room.saturating_sub(waits));
        board.rows = (board.rows + 1).min(room.saturating_sub(waits));
        let mut parts = vec![board];
        parts.extend(under_way);
        draw_parts(buf, area, theme, &self.hits, &parts);
    }
}

impl RightPart {
    fn of(title: &str, lines: Vec<Line<'static>>, key: &'static str) -> RightPart {
        RightPart {
            title: title.to_owned(),
            fresh: String::new(),
            rows: lines.len(),
            lines,
            watch: 0,
            key,
            entries: Vec::new(),
            spots: Vec::new(),
            focus: None,
        }
    }
}

fn draw_parts(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    hits: &Hits<ExerciseTarget>,
    parts: &[RightPart],
) {
    let of = |part: &RightPart| {
        let mut section = Section::new(part.title.clone(), part.rows);
        section.fresh.clone_from(&part.fresh);
        section
    };
    let sections: Vec<Section> = parts.iter().map(of).collect();
    let inside = draw::sections(buf, area, theme, &sections);
    for (part, place) in parts.iter().zip(inside) {
        let rows = usize::from(place.height);
        // What must be seen is moved up; the rest is counted and opens with its key.
        let hidden = (part.watch + 1).saturating_sub(rows);
        let lines = &part.lines[hidden.min(part.lines.len())..];
        let more = if part.entries.is_empty() {
            lines.len().saturating_sub(rows)
        } else {
            // An entry counts as long as not all of it is seen.
            let ends = part.entries.iter().skip(1).copied().chain([lines.len()]);
            ends.filter(|end| *end > rows).count()
        };
        draw::fixed(buf, place, theme, lines, (more, part.key));
        hits.entries(place, hidden, &part.spots);
        if let Some(line) = part.focus {
            hits.focus(place, hidden, line);
        }
    }
}

/// How much of a question is shown: all of it only where there is height for it.
fn detail_in(area: Rect) -> Detail {
    if area.height >= TALL {
        Detail::Full
    } else {
        Detail::Short
    }
}
