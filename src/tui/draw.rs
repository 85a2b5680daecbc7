//! What every screen draws: boxes divided into sections, lines that scroll, the header and the keys at the foot.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};

use crate::front::text::{cut, width, wrap};
use crate::tui::Key;
use crate::tui::hits::{MouseAction, key_named};
use crate::tui::theme::Theme;

/// Lines that one turn of the wheel scrolls.
const WHEEL_LINES: usize = 3;

/// How far a text is scrolled. It remembers the bounds of the last frame, so that a key moves from what was seen.
#[derive(Clone, Debug, Default)]
pub struct Scroll {
    first: Cell<usize>,
    first_max: Cell<usize>,
    page: Cell<usize>,
    /// The wheel turned it away from what is marked.
    free: Cell<bool>,
}

impl Scroll {
    /// Takes a key; returns whether it was one that scrolls.
    pub fn key(&self, key: Key) -> bool {
        let page = self.page.get().saturating_sub(1).max(1);
        match key {
            Key::Up | Key::Char('k') => self.to(self.first.get().saturating_sub(1)),
            Key::Down | Key::Char('j') => self.to(self.first.get() + 1),
            Key::PageUp => self.to(self.first.get().saturating_sub(page)),
            Key::PageDown | Key::Char(' ') => self.to(self.first.get() + page),
            Key::Home => self.to(0),
            Key::End => self.to(self.first_max.get()),
            _ => return false,
        }
        true
    }

    /// Back to the top.
    pub fn reset(&self) {
        self.first.set(0);
    }

    fn to(&self, line: usize) {
        self.first.set(line.min(self.first_max.get()));
    }

    /// The lines to show, of all there are, in this many rows; remembers both.
    pub fn window(&self, lines: usize, rows: usize) -> std::ops::Range<usize> {
        self.first_max.set(lines.saturating_sub(rows));
        self.page.set(rows);
        self.to(self.first.get());
        self.first.get()..lines.min(self.first.get() + rows)
    }

    /// Takes a turn of the wheel. What is marked may be out of sight until [`Scroll::follow`].
    pub fn wheel(&self, action: MouseAction) {
        let at = self.first.get();
        match action {
            MouseAction::Press => return,
            MouseAction::WheelUp => self.to(at.saturating_sub(WHEEL_LINES)),
            MouseAction::WheelDown => self.to(at + WHEEL_LINES),
        }
        self.free.set(true);
    }

    /// Brings what is marked back into sight.
    pub fn follow(&self) {
        self.free.set(false);
    }

    /// The first line that is shown.
    pub fn first(&self) -> usize {
        self.first.get()
    }

    /// Scrolls just far enough to show this line, unless the wheel turned away from it.
    pub fn show(&self, line: usize, rows: usize) {
        if self.free.get() {
            return;
        }
        let at = self.first.get();
        if line < at {
            self.first.set(line);
        } else if line >= at + rows {
            self.first.set((line + 1).saturating_sub(rows));
        }
    }
}

/// One part of a box: its title, and how many rows it has inside.
pub struct Section {
    /// Stands in the border above it.
    pub title: String,
    /// A second part of the title, which stands out; may be empty.
    pub fresh: String,
    /// Rows inside; the last section takes all that are left.
    pub rows: u16,
}

impl Section {
    /// A section with a plain title.
    pub fn new(title: impl Into<String>, rows: usize) -> Section {
        Section {
            title: title.into(),
            fresh: String::new(),
            rows: u16::try_from(rows).unwrap_or(u16::MAX),
        }
    }
}

/// Columns of a border that a title leaves free.
const COUNT: usize = 5;

/// Draws a box divided into sections. Returns the inside of each, with a column of air at both sides.
pub fn sections(buf: &mut Buffer, area: Rect, theme: Theme, sections: &[Section]) -> Vec<Rect> {
    if area.width < 4 || area.height < 2 {
        return vec![Rect::new(area.x, area.y, 0, 0); sections.len()];
    }
    let bottom = area.bottom() - 1;
    let mut inside = Vec::new();
    let mut y = area.y;
    for (number, section) in sections.iter().enumerate() {
        if y >= bottom {
            inside.push(Rect::new(area.x, bottom, 0, 0));
            continue;
        }
        let left = bottom - y - 1;
        let rows = if number + 1 == sections.len() {
            left
        } else {
            section.rows.min(left)
        };
        // The lower border of one section is the upper one of the next.
        Block::bordered()
            .border_set(theme.border())
            .border_style(theme.frame())
            .merge_borders(MergeStrategy::Exact)
            .title(title(area.width, theme, section))
            .render(Rect::new(area.x, y, area.width, rows + 2), buf);
        inside.push(Rect::new(area.x + 2, y + 1, area.width - 4, rows));
        y += rows + 1;
    }
    inside
}

fn title(columns: u16, theme: Theme, section: &Section) -> Line<'static> {
    // The last columns stay free for the count of what lies below.
    let room = usize::from(columns).saturating_sub(4 + COUNT);
    if section.title.is_empty() || room < 4 {
        return Line::default();
    }
    let text = cut(&section.title, room - 2);
    let used = width(&text) + 2;
    let mut title = vec![Span::styled(format!(" {text} "), theme.heading())];
    if !section.fresh.is_empty() && room > used + 3 {
        let fresh = cut(&section.fresh, room - used - 2);
        title.push(Span::styled(format!(" {fresh} "), theme.fresh()));
    }
    Line::from(title)
}

/// Draws lines from the top of a section. Its title says how many more there are, and the key that shows them.
pub fn fixed(buf: &mut Buffer, area: Rect, theme: Theme, lines: &[Line], more: (usize, &str)) {
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        put(buf, area, y, line);
    }
    count_more(buf, area, theme, theme.more().1, more);
}

/// Draws the last lines of a section. Its title says how much lies before them, and the key that shows it.
pub fn latest(buf: &mut Buffer, area: Rect, theme: Theme, lines: &[Line], more: (usize, &str)) {
    fixed(buf, area, theme, lines, (0, ""));
    count_more(buf, area, theme, theme.more().0, more);
}

fn count_more(buf: &mut Buffer, area: Rect, theme: Theme, sign: &str, (more, key): (usize, &str)) {
    if more > 0 && area.height > 0 {
        let labels = [
            format!(" {sign} {more} more: {key} "),
            format!(" {sign}{more} "),
        ];
        in_border(buf, area, area.y.saturating_sub(1), theme, &labels);
    }
}

/// Draws the lines that are scrolled into view; the borders count those above and below.
pub fn scrolled(buf: &mut Buffer, area: Rect, theme: Theme, lines: &[Line], scroll: &Scroll) {
    let line = |place: usize| lines[place].clone();
    let Some([above, below]) = window(buf, area, (lines.len(), line), scroll) else {
        return;
    };
    let (up, down) = theme.more();
    for (more, sign, y) in [
        (above, up, area.y.saturating_sub(1)),
        (below, down, area.bottom()),
    ] {
        if more > 0 {
            let labels = [format!(" {sign} {more} more "), format!(" {sign}{more} ")];
            in_border(buf, area, y, theme, &labels);
        }
    }
}

/// As [`scrolled`], for a section with another below it. The border between them is the other's title, so the
/// section's own title has both counts.
pub fn scrolled_above(buf: &mut Buffer, area: Rect, theme: Theme, lines: &[Line], scroll: &Scroll) {
    let line = |place: usize| lines[place].clone();
    listed_above(buf, area, theme, (lines.len(), line), scroll);
}

/// As [`scrolled_above`], for a list that may be very long: how many lines it has, and what makes one of them.
pub fn listed_above<'a>(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    (count, line): (usize, impl Fn(usize) -> Line<'a>),
    scroll: &Scroll,
) {
    let Some([above, below]) = window(buf, area, (count, line), scroll) else {
        return;
    };
    let (up, down) = theme.more();
    let labels = match (above, below) {
        (0, 0) => return,
        (above, 0) => [format!(" {up} {above} more "), format!(" {up}{above} ")],
        (0, below) => [format!(" {down} {below} more "), format!(" {down}{below} ")],
        (above, below) => [
            format!(" {up} {above} {down} {below} more "),
            format!(" {up}{above} {down}{below} "),
        ],
    };
    in_border(buf, area, area.y.saturating_sub(1), theme, &labels);
}

/// Draws the lines that are scrolled into view. Returns how many lie above and below, if there is any room.
fn window<'a>(
    buf: &mut Buffer,
    area: Rect,
    (count, line): (usize, impl Fn(usize) -> Line<'a>),
    scroll: &Scroll,
) -> Option<[usize; 2]> {
    let window = scroll.window(count, area.height.into());
    for (place, y) in window.clone().zip(area.y..) {
        put(buf, area, y, &line(place));
    }
    (area.height > 0).then(|| [window.start, count - window.end])
}

/// A text as lines of one style.
pub fn paragraph(text: &str, columns: usize, style: Style) -> Vec<Line<'static>> {
    let lines = wrap(text, columns).into_iter();
    lines.map(|text| Line::styled(text, style)).collect()
}

/// A [`paragraph`] that is moved to the right.
pub fn indented(text: &str, by: usize, columns: usize, style: Style) -> Vec<Line<'static>> {
    let mut lines = paragraph(text, columns, style);
    for line in &mut lines {
        line.spans.insert(0, Span::raw(" ".repeat(by)));
    }
    lines
}

/// A [`paragraph`] beside something that stands before its first line.
pub fn hanging(
    lead: Span<'static>,
    text: &str,
    columns: usize,
    style: Style,
) -> Vec<Line<'static>> {
    let wide = lead.width();
    let mut lines = indented(text, wide, columns.saturating_sub(wide), style);
    if let Some(first) = lines.first_mut() {
        first.spans[0] = lead;
    }
    lines
}

/// Draws one line; a line that is too wide ends with `…`.
pub fn put(buf: &mut Buffer, area: Rect, y: u16, line: &Line) {
    if y >= buf.area.bottom() {
        return;
    }
    if line.width() <= usize::from(area.width) {
        buf.set_line(area.x, y, line, area.width);
    } else {
        buf.set_line(area.x, y, &shorten(line, area.width.into()), area.width);
    }
    if line.style != Style::default() {
        buf.set_style(Rect::new(area.x, y, area.width, 1), line.style);
    }
}

fn shorten(line: &Line, columns: usize) -> Line<'static> {
    let mut left = columns;
    let mut spans = Vec::new();
    for (number, span) in line.spans.iter().enumerate() {
        let wide = span.width();
        if wide < left {
            spans.push(Span::styled(span.content.to_string(), span.style));
            left -= wide;
            continue;
        }
        // Cut all that follows as one, as the mark may belong here although only a later part is too long.
        let rest: String = line.spans[number..]
            .iter()
            .map(|span| span.content.as_ref())
            .collect();
        spans.push(Span::styled(cut(&rest, left), span.style));
        break;
    }
    Line::from(spans).style(line.style)
}

/// Draws at the right of a border the first label that covers no title, or else the last, for which titles leave room.
fn in_border(buf: &mut Buffer, area: Rect, y: u16, theme: Theme, labels: &[String; 2]) {
    if y >= buf.area.bottom() {
        return;
    }
    let across = theme.border().horizontal_top;
    let free = (area.x..area.right())
        .rev()
        .take_while(|&x| buf[(x, y)].symbol() == across)
        .count();
    let label = labels
        .iter()
        .find(|label| width(label) <= free)
        .unwrap_or(&labels[1]);
    let wide = width(label) as u16;
    if wide <= area.width {
        buf.set_string(area.right() - wide, y, label, theme.fresh());
    }
}

/// The first row of every screen: the word EXERCISE and a title, something in the middle, something at the right.
pub fn header(buf: &mut Buffer, area: Rect, theme: Theme, [title, middle, right]: [&str; 3]) {
    let columns = usize::from(area.width).saturating_sub(2);
    let right = cut(right, columns / 3);
    let middle = cut(middle, columns / 2);
    let ends = width(&right).max(1);
    let gaps = if middle.is_empty() {
        2
    } else {
        width(&middle) + 4
    };
    let room = columns.saturating_sub("EXERCISE".len() + 3 + gaps + ends);
    let title = cut(title, room);
    let style = Style::new();
    let row = Rect::new(area.x + 1, area.y, columns as u16, 1);
    put(
        buf,
        row,
        row.y,
        &Line::from(vec![
            Span::styled("EXERCISE", theme.notice()),
            Span::styled(format!(" {} ", theme.dot()), theme.quiet()),
            Span::styled(title.clone(), theme.strong()),
        ]),
    );
    let used = "EXERCISE".len() + 3 + width(&title);
    let free = columns - width(&right);
    // In the middle of the screen where there is room, else between its neighbours.
    let centred = (columns.saturating_sub(width(&middle))) / 2;
    let x = if centred >= used + 2 && centred + width(&middle) + 2 <= free {
        centred
    } else {
        used + (free.saturating_sub(used + width(&middle))) / 2
    };
    buf.set_string(row.x + x as u16, row.y, &middle, style);
    buf.set_string(row.x + free as u16, row.y, &right, style);
}

/// Draws keys in a row: the key in bold, then what it does. Returns the place of each that can be clicked.
pub fn keys(buf: &mut Buffer, area: Rect, theme: Theme, keys: &[(&str, &str)]) -> Vec<(Rect, Key)> {
    let needs = |keys: &[(&str, &str)]| -> usize {
        keys.iter()
            .map(|(key, does)| width(key) + width(does) + 3)
            .sum()
    };
    // The last two, help and leaving, stay; of the others the last ones go first.
    let mut shown = keys.to_vec();
    while needs(&shown) > usize::from(area.width) && shown.len() > 2 {
        let last_but_two = shown.len() - 3;
        shown.remove(last_but_two);
    }
    let mut spans = vec![Span::raw(" ")];
    let mut places = Vec::new();
    let mut x = area.x + 1;
    for (key, does) in shown {
        spans.push(Span::styled(key.to_owned(), theme.heading()));
        spans.push(Span::raw(format!(" {does}  ")));
        let wide = (width(key) + 1 + width(does)) as u16;
        let place = Rect::new(x, area.y, wide, 1).intersection(area);
        places.extend(key_named(key).map(|key| (place, key)));
        x = x.saturating_add(wide + 2);
    }
    let line = Line::from(spans);
    buf.set_line(area.x, area.y, &line, area.width);
    places
}

/// The keys in the last row of a screen.
pub fn foot(buf: &mut Buffer, area: Rect, theme: Theme, all: &[(&str, &str)]) -> Vec<(Rect, Key)> {
    let row = Rect::new(area.x, area.bottom() - 1, area.width, 1);
    keys(buf, row, theme, all)
}

/// The rows of a sentence above the keys.
pub fn notice_lines(text: &str, columns: u16) -> Vec<String> {
    wrap(text, usize::from(columns).saturating_sub(2).max(1))
}

/// Draws a box in the middle of an area, over everything but its first and last row; returns its inside.
pub fn dialog(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    title: &str,
    size: (usize, usize),
) -> Rect {
    let area = Rect::new(
        area.x,
        area.y + 1,
        area.width,
        area.height.saturating_sub(2),
    );
    let wide = (size.0 + 4).min(usize::from(area.width)) as u16;
    let high = (size.1 + 2).min(usize::from(area.height)) as u16;
    let x = area.x + (area.width - wide) / 2;
    let y = area.y + (area.height - high) / 2;
    let place = Rect::new(x, y, wide, high);
    // A column of air at each side sets it apart from what lies below.
    let air = Rect::new(x.saturating_sub(1), y, wide + 2, high).intersection(area);
    clear(buf, air);
    sections(buf, place, theme, &[Section::new(title, 0)])[0]
}

/// Draws a [`dialog`] that is just large enough for these lines; returns its inside.
pub fn notice_box(buf: &mut Buffer, area: Rect, theme: Theme, title: &str, lines: &[Line]) -> Rect {
    let wide = lines.iter().map(Line::width).max().unwrap_or(0);
    let inside = dialog(buf, area, theme, title, (wide, lines.len()));
    fixed(buf, inside, theme, lines, (0, ""));
    inside
}

/// Empties an area. A wide character that reaches into it loses its other half too, which ratatui's `Clear` would leave.
fn clear(buf: &mut Buffer, area: Rect) {
    for y in area.y..area.bottom() {
        if area.x > buf.area.x {
            let left = &mut buf[(area.x - 1, y)];
            if width(left.symbol()) > 1 {
                left.set_symbol(" ");
            }
        }
        for x in area.x..area.right() {
            buf[(x, y)].reset();
        }
    }
}
