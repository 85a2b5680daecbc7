//! The list of messages, newest first, and the one that is open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::front::text::{cut, markdown, pad, tail, width, wrap};
use crate::front::view::{InboxMessage, MessageKind};
use crate::tui::draw::{self, Section};
use crate::tui::exercise::decide::Detail;
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::{ExerciseScreen, brief_time};
use crate::tui::marks::mark_lines;
use crate::tui::theme::Theme;

/// From this many columns on, the list also names senders.
const WITH_SENDERS: usize = 54;

impl ExerciseScreen {
    pub(super) fn draw_inbox(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let inner = usize::from(area.height).saturating_sub(3);
        let rows = self
            .view
            .inbox
            .len()
            .clamp(1, (inner / 3).max(3))
            .min(inner);
        let mut list = Section::new("Inbox", rows);
        let unread = self.unread();
        let listed = self.listed();
        if self.search.is_some() {
            list.fresh = format!("{} of {} found", listed.len(), self.view.inbox.len());
        } else if unread > 0 {
            list.fresh = format!("{unread} new: i");
        }
        let open = self.view.inbox.get(self.selected);
        let when = open.map_or_else(String::new, |it| {
            format!("{} {} {}", it.at.date, it.at.time, it.at.zone)
        });
        let inside = draw::sections(buf, area, theme, &[list, Section::new(when, 0)]);
        let lines = self.list(theme, inside[0].width.into(), &listed);
        let place = listed.iter().rev().position(|it| *it == self.selected);
        let mut entries = inside[0];
        if self.search.is_some() {
            entries.y += 1;
            entries.height = entries.height.saturating_sub(1);
        }
        if let Some(line) = place {
            self.list.show(line, entries.height.into());
        }
        draw::scrolled_above(buf, entries, theme, &lines, &self.list);
        let text = self.open_message(theme, inside[1].width.into(), Detail::Short);
        draw::scrolled(buf, inside[1], theme, &text, &self.text);
        self.hits.add(entries, ExerciseTarget::List);
        self.hits.add(inside[1], ExerciseTarget::Text);
        let first = self.list.first();
        for (line, message) in listed.iter().rev().enumerate() {
            let spot = (line, 1, ExerciseTarget::Message(*message));
            self.hits.entries(entries, first, &[spot]);
        }
        if let Some(line) = place {
            self.hits.focus(entries, first, line);
        }
        if let Some(search) = &self.search {
            self.draw_field(buf, inside[0], theme, &search.sought);
        }
    }

    /// What is looked for, above the list; the cursor stands behind it.
    fn draw_field(&self, buf: &mut Buffer, area: Rect, theme: Theme, sought: &str) {
        let sought = crate::front::clean::line(sought);
        let shown = tail(&sought, usize::from(area.width).saturating_sub(3));
        let line = Line::from(vec![
            Span::styled("/ ", theme.heading()),
            Span::styled(shown.to_owned(), theme.strong()),
        ]);
        draw::put(buf, area, area.y, &line);
        self.hits.focus_on(area.x + 2 + width(shown) as u16, area.y);
    }

    fn list(&self, theme: Theme, columns: usize, listed: &[usize]) -> Vec<Line<'static>> {
        let brief = |message: &InboxMessage| {
            brief_time(&message.at.time, &message.at.date, &self.view.now.date)
        };
        let times = self.view.inbox.iter().map(|it| width(&brief(it))).max();
        let times = times.unwrap_or(0).max(6);
        let entry = |place: usize, message: &InboxMessage| {
            let unread = self.read.get(place) == Some(&false);
            let here = place == self.selected;
            let marks = [if here { ">" } else { " " }, if unread { "*" } else { " " }].concat();
            let time = brief(message);
            let style = if unread {
                theme.fresh()
            } else {
                ratatui::style::Style::new()
            };
            let mut spans = vec![
                Span::styled(marks, theme.fresh()),
                Span::styled(format!("{time:>times$}  "), style),
            ];
            if columns >= WITH_SENDERS {
                spans.push(Span::styled(pad(sender(message), 18) + "  ", style));
            }
            spans.push(Span::styled(message.title.clone(), style));
            let line = Line::from(spans);
            if here {
                line.style(theme.cursor())
            } else {
                line
            }
        };
        listed
            .iter()
            .rev()
            .filter_map(|place| Some(entry(*place, self.view.inbox.get(*place)?)))
            .collect()
    }

    /// The open message as lines of so many columns. In short, a long list of receivers is cut.
    pub(super) fn open_message(
        &self,
        theme: Theme,
        columns: usize,
        detail: Detail,
    ) -> Vec<Line<'static>> {
        let Some(message) = self.view.inbox.get(self.selected) else {
            return vec![Line::styled("No message has come yet.", theme.quiet())];
        };
        let columns = columns.min(96);
        let mut lines: Vec<Line> = wrap(&message.title, columns)
            .into_iter()
            .map(|text| Line::styled(text, theme.strong()))
            .collect();
        if message.from.is_empty() && message.via.is_empty() {
            lines.push(Line::styled(sender(message).to_owned(), theme.quiet()));
        }
        for (label, text) in [("From", from(message)), ("To", to(message))] {
            if text.is_empty() {
                continue;
            }
            let room = columns.saturating_sub(6);
            let texts = match detail {
                Detail::Short => vec![cut(&text, room)],
                Detail::Full => wrap(&text, room),
            };
            for (number, text) in texts.into_iter().enumerate() {
                let label = if number == 0 { label } else { "" };
                lines.push(Line::from(vec![
                    Span::styled(pad(label, 6), theme.quiet()),
                    Span::raw(text),
                ]));
            }
        }
        lines.push(Line::default());
        lines.extend(
            markdown(&message.text, columns)
                .into_iter()
                .map(|line| theme.line(line)),
        );
        let open = self
            .view
            .decisions
            .iter()
            .any(|it| !message.asks.is_empty() && it.id == message.asks);
        if open && !self.history {
            lines.extend([
                Line::default(),
                Line::styled("It asks for a decision.", theme.fresh()),
            ]);
        }
        if self.history && !message.marks.is_empty() {
            lines.push(Line::default());
            lines.extend(mark_lines(&message.marks, theme, columns, self.cites()));
        }
        lines
    }
}

/// What stands in the sender's place for what nobody sent.
pub(super) fn sender(message: &InboxMessage) -> &str {
    if !message.from.is_empty() {
        return &message.from;
    }
    match message.kind {
        MessageKind::Phase => "Phase",
        MessageKind::Inject | MessageKind::Improvised => "News",
        MessageKind::Feedback => "Feedback",
        MessageKind::Result => "Result",
        MessageKind::Notice => "Notice",
    }
}

fn from(message: &InboxMessage) -> String {
    match (message.from.is_empty(), message.via.is_empty()) {
        (true, true) => String::new(),
        (true, false) => message.via.clone(),
        (false, true) => message.from.clone(),
        (false, false) => format!("{}, by {}", message.from, message.via),
    }
}

fn to(message: &InboxMessage) -> String {
    match message.kind {
        MessageKind::Inject | MessageKind::Improvised if message.to.is_empty() => {
            "everybody".to_owned()
        }
        _ => message.to.join(", "),
    }
}
