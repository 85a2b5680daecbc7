//! The inbox: the list of messages, newest first, the one that is open, and a search.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::sentences;
use crate::front::text::{cut, pad, tail, width};
use crate::front::view::{InboxMessage, MessageKind, View};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section, hanging};
use crate::tui::exercise::choices::Detail;
use crate::tui::exercise::facts::LitScene;
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget, KeyOutcome};
use crate::tui::exercise::phrases::{brief_time, lit};
use crate::tui::field::TextField;
use crate::tui::hits::MouseAction;
use crate::tui::marks::mark_lines;
use crate::tui::theme::Theme;

/// From this many columns on, the list also names senders.
const WITH_SENDERS: usize = 54;

/// The longest text to search for, in characters: more than any title has.
const SOUGHT_MAX_CHARACTERS: usize = 200;

/// Which messages were read, which one is open, and how far it is scrolled.
#[derive(Debug, Default)]
pub(super) struct InboxPane {
    /// Which messages were opened, by their place in the inbox.
    read: Vec<bool>,
    /// The open message.
    selected: usize,
    text: Scroll,
    list: Scroll,
    search: Option<Search>,
}

/// What is searched for, and which message was open before.
#[derive(Debug)]
struct Search {
    sought: TextField,
    before: usize,
}

impl InboxPane {
    /// Takes a new view, whose first messages are `known`.
    pub(super) fn see(&mut self, view: &View, known: usize) {
        self.read.truncate(known);
        self.read.resize(view.inbox.len(), false);
        self.selected = self.selected.min(view.inbox.len().saturating_sub(1));
    }

    /// Marks everything that came so far as read.
    pub(super) fn read_all(&mut self) {
        self.read.fill(true);
    }

    /// Scrolls back to where somebody who comes to this screen begins to read.
    pub(super) fn rewind(&mut self) {
        self.text.reset();
        self.list.reset();
    }

    pub(super) fn unread(&self) -> usize {
        self.read.iter().filter(|read| !**read).count()
    }

    pub(super) fn newest_unread(&self) -> Option<usize> {
        self.read.iter().rposition(|read| !*read)
    }

    /// Whether a message has not been read, by its place.
    pub(super) fn is_fresh(&self, message: usize) -> bool {
        self.read.get(message) == Some(&false)
    }

    pub(super) fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// The open message.
    pub(super) fn message<'a>(&self, view: &'a View) -> Option<&'a InboxMessage> {
        view.inbox.get(self.selected)
    }

    /// Opens a message; whether it is read for the first time.
    pub(super) fn open(&mut self, message: usize) -> bool {
        self.peek(message);
        let read = self.read.get_mut(message);
        read.is_some_and(|read| !std::mem::replace(read, true))
    }

    /// Shows a message without marking it as read.
    fn peek(&mut self, message: usize) {
        self.selected = message;
        self.text.reset();
        self.list.follow();
    }

    /// Takes a key; none if it is not one of the inbox.
    pub(super) fn key(&mut self, key: Key, view: &View) -> Option<KeyOutcome> {
        if self.search.is_some() {
            return Some(self.search_key(key, view));
        }
        let count = view.inbox.len();
        let open = match key {
            Key::Up | Key::Char('k') => self.selected + 1,
            Key::Down | Key::Char('j') => self.selected.wrapping_sub(1),
            Key::Home => count.wrapping_sub(1),
            Key::End => 0,
            Key::Char('i') => match self.newest_unread() {
                Some(newest) => newest,
                None => return Some(KeyOutcome::say("Every message is read.")),
            },
            Key::Char('/') => {
                self.search = Some(Search {
                    sought: TextField::line(SOUGHT_MAX_CHARACTERS),
                    before: self.selected,
                });
                return Some(KeyOutcome::Stay);
            }
            Key::PageUp | Key::PageDown => {
                self.text.key(key);
                return Some(KeyOutcome::Stay);
            }
            _ => return None,
        };
        Some(if open < count {
            KeyOutcome::Select(open)
        } else {
            KeyOutcome::Stay
        })
    }

    /// A click on a message.
    pub(super) fn click(&mut self, message: usize) -> KeyOutcome {
        if self.search.is_none() {
            return KeyOutcome::Select(message);
        }
        self.peek(message);
        KeyOutcome::Stay
    }

    /// The wheel over the list or over the open message.
    pub(super) fn wheel(&self, target: ExerciseTarget, turn: MouseAction) {
        match target {
            ExerciseTarget::List => self.list.wheel(turn),
            _ => self.text.wheel(turn),
        }
    }

    fn search_key(&mut self, key: Key, view: &View) -> KeyOutcome {
        let Some(search) = &mut self.search else {
            return KeyOutcome::Stay;
        };
        match key {
            Key::Char(_) | Key::Backspace => {
                search.sought.key(key);
                self.narrow(view);
            }
            Key::Esc => {
                let before = search.before.min(view.inbox.len().saturating_sub(1));
                self.search = None;
                self.peek(before);
            }
            Key::Enter => {
                let found = self.listed(view).contains(&self.selected);
                let before = self.search.take().map_or(0, |it| it.before);
                return KeyOutcome::Select(if found { self.selected } else { before });
            }
            Key::Up | Key::Down => {
                let listed = self.listed(view);
                let beside = if key == Key::Up {
                    listed.iter().find(|it| **it > self.selected)
                } else {
                    listed.iter().rev().find(|it| **it < self.selected)
                };
                if let Some(beside) = beside {
                    self.peek(*beside);
                }
            }
            Key::PageUp | Key::PageDown => {
                self.text.key(key);
            }
            _ => {}
        }
        KeyOutcome::Stay
    }

    /// What is searched for, while it is typed; [`InboxPane::narrow`] then.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        self.search.as_mut().map(|it| &mut it.sought)
    }

    /// Shows the newest message that was found, unless the open one is among them.
    pub(super) fn narrow(&mut self, view: &View) {
        let listed = self.listed(view);
        if !listed.contains(&self.selected)
            && let Some(newest) = listed.last()
        {
            self.peek(*newest);
        }
    }

    /// The messages in the list, by their place in the inbox, oldest first: all of them, or those that were found.
    fn listed(&self, view: &View) -> Vec<usize> {
        let sought = self
            .search
            .as_ref()
            .map(|it| it.sought.text().to_lowercase());
        let holds = |message: &InboxMessage| {
            let Some(sought) = &sought else { return true };
            [&message.title, sender(message), &message.text]
                .iter()
                .any(|text| text.to_lowercase().contains(sought))
        };
        let inbox = view.inbox.iter().enumerate();
        inbox.filter(|it| holds(it.1)).map(|it| it.0).collect()
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, scene: LitScene, hits: &ExerciseHits) {
        let theme = scene.theme;
        let view = scene.view;
        let inner = usize::from(area.height).saturating_sub(3);
        let rows = view.inbox.len().clamp(1, (inner / 3).max(3)).min(inner);
        let mut list = Section::new("Inbox", rows);
        let unread = self.unread();
        let listed = self.listed(view);
        if self.search.is_some() {
            list.fresh = format!("{} of {} found", listed.len(), view.inbox.len());
        } else if unread > 0 {
            list.fresh = format!("{unread} new: i");
        }
        let when = self.message(view).map_or_else(String::new, |it| {
            format!("{} {} {}", it.at.date, it.at.time, it.at.zone)
        });
        let inside = draw::sections(buf, area, theme, &[list, Section::new(when, 0)]);
        let place = listed.iter().rev().position(|it| *it == self.selected);
        let mut entries = inside[0];
        if self.search.is_some() {
            entries.y += 1;
            entries.height = entries.height.saturating_sub(1);
        }
        if let Some(line) = place {
            self.list.show(line, entries.height.into());
        }
        let line = self.list_line(scene, inside[0].width.into());
        let line = |row: usize| line(listed[listed.len() - 1 - row]);
        draw::listed_above(buf, entries, theme, (listed.len(), line), &self.list);
        let text = self.message_lines(scene, inside[1].width.into(), Detail::Short);
        draw::scrolled(buf, inside[1], theme, &text, &self.text);
        hits.add(entries, ExerciseTarget::List);
        hits.add(inside[1], ExerciseTarget::Text);
        let first = self.list.first();
        let shown = listed.iter().rev().enumerate().skip(first);
        for (line, message) in shown.take(entries.height.into()) {
            let spot = (line, 1, ExerciseTarget::Message(*message));
            hits.entries(entries, first, &[spot]);
        }
        if let Some(line) = place {
            hits.focus(entries, first, line);
        }
        if let Some(search) = &self.search {
            draw_search(buf, inside[0], theme, search.sought.text(), hits);
        }
    }

    /// How a message looks in the list, by its place in the inbox. Only what is in sight is made.
    fn list_line(&self, scene: LitScene, columns: usize) -> impl Fn(usize) -> Line<'static> {
        let (view, theme) = (scene.view, scene.theme);
        let brief = |message: &InboxMessage| brief_time(&message.at, &view.now);
        // The times of one day are equally wide.
        let days = view.inbox.chunk_by(|a, b| a.at.date == b.at.date);
        let times = days.map(|day| width(&brief(&day[0]))).max();
        let times = times.unwrap_or(0).max(6);
        move |place| {
            let Some(message) = view.inbox.get(place) else {
                return Line::default();
            };
            let unread = self.is_fresh(place);
            let here = place == self.selected;
            let marks = [if here { ">" } else { " " }, if unread { "*" } else { " " }].concat();
            let time = brief(message);
            let style = if unread { theme.fresh() } else { Style::new() };
            let mut spans = vec![
                Span::styled(marks, theme.fresh()),
                Span::styled(format!("{time:>times$}  "), style),
            ];
            if columns >= WITH_SENDERS {
                spans.push(Span::styled(pad(sender(message), 18) + "  ", style));
            }
            spans.push(Span::styled(message.title.clone(), style));
            lit(Line::from(spans), here, theme)
        }
    }

    /// The open message as lines. In short, a long list of receivers is cut.
    pub(super) fn message_lines(
        &self,
        scene: LitScene,
        columns: usize,
        detail: Detail,
    ) -> Vec<Line<'static>> {
        let theme = scene.theme;
        let Some(message) = self.message(scene.view) else {
            return vec![Line::styled(sentences::NO_MESSAGE, theme.quiet())];
        };
        let columns = columns.min(96);
        let mut lines = draw::paragraph(&message.title, columns, theme.strong());
        if message.from.is_empty() && message.via.is_empty() {
            lines.push(Line::styled(sender(message).to_owned(), theme.quiet()));
        }
        for (label, text) in [("From", from(message)), ("To", to(message))] {
            if text.is_empty() {
                continue;
            }
            let text = match detail {
                Detail::Short => cut(&text, columns.saturating_sub(6)),
                Detail::Full => text,
            };
            let label = Span::styled(pad(label, 6), theme.quiet());
            lines.extend(hanging(label, &text, columns, Style::new()));
        }
        lines.push(Line::default());
        lines.extend(theme.markdown(&message.text, columns));
        let asks = |id: &str| !message.asks.is_empty() && id == message.asks;
        let open = scene.view.decisions.iter().any(|it| asks(&it.id));
        if open && !scene.facts.history {
            lines.extend([
                Line::default(),
                Line::styled("It asks for a decision.", theme.fresh()),
            ]);
        }
        if scene.facts.history && !message.marks.is_empty() {
            lines.push(Line::default());
            lines.extend(mark_lines(&message.marks, theme, columns, scene.cites()));
        }
        lines
    }
}

/// What is searched for, above the list, with the cursor behind it.
fn draw_search(buf: &mut Buffer, area: Rect, theme: Theme, sought: &str, hits: &ExerciseHits) {
    let sought = crate::front::clean::line(sought);
    let shown = tail(&sought, usize::from(area.width).saturating_sub(3));
    let line = Line::from(vec![
        Span::styled("/ ", theme.heading()),
        Span::styled(shown.to_owned(), theme.strong()),
    ]);
    draw::put(buf, area, area.y, &line);
    let cursor = Position::new(area.x + 2 + width(shown) as u16, area.y);
    hits.set_cursor(Some(cursor));
}

/// The sender, or what stands in its place for what nobody sent.
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
