//! Everything in order: what came and what was done, by days.

use ratatui::text::{Line, Span};

use crate::front::review::account::{Figure, hints};
use crate::front::text::{cut, width, wrap};
use crate::front::view::{Deed, InboxMessage, Stamp, Tone};
use crate::front::{Reckoning, Request};
use crate::tui::Key;
use crate::tui::draw::Scroll;
use crate::tui::exercise::inbox::sender;
use crate::tui::exercise::overlay::Overlay;
use crate::tui::exercise::{ExerciseScreen, Layer};
use crate::tui::form::Drawn;
use crate::tui::theme::Theme;

/// Entries that a page key passes.
const PAGE: usize = 10;

/// Columns before the text of an entry.
const LEAD: usize = 10;

/// Where one is in it; none is the end.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    cursor: Option<usize>,
    pub(super) scroll: Scroll,
}

enum TimelineEntry<'a> {
    /// By its place in the inbox.
    Message(usize, &'a InboxMessage),
    /// With what it cost with hindsight, where that is known and marked.
    Deed(&'a Deed, Option<Figure>),
}

impl TimelineEntry<'_> {
    fn at(&self) -> &Stamp {
        match self {
            TimelineEntry::Message(_, message) => &message.at,
            TimelineEntry::Deed(deed, _) => &deed.at,
        }
    }
}

impl ExerciseScreen {
    /// Opens it at its end.
    pub(super) fn open_timeline(&mut self) {
        self.layer = Some(Layer::Timeline(Timeline::default()));
    }

    fn entries(&self) -> Vec<TimelineEntry<'_>> {
        let mut entries = Vec::new();
        let mut deeds = self.view.deeds.iter().peekable();
        for (place, message) in self.view.inbox.iter().enumerate() {
            while let Some(deed) = deeds.next_if(|deed| deed.after <= place) {
                entries.push(TimelineEntry::Deed(deed, self.cost(deed)));
            }
            entries.push(TimelineEntry::Message(place, message));
        }
        entries.extend(deeds.map(|deed| TimelineEntry::Deed(deed, self.cost(deed))));
        entries
    }

    /// What a move cost: nothing while the exercise goes on, or where it is not known or not marked.
    fn cost(&self, deed: &Deed) -> Option<Figure> {
        let over = self.over() || self.ending.is_some();
        match &self.told.reckoning {
            Some(Reckoning::Done(account)) if over => account.moves.get(deed.number)?.marked(),
            _ => None,
        }
    }

    pub(super) fn timeline_key(&mut self, key: Key) -> Option<Request> {
        let entries = self.entries();
        let last = entries.len().saturating_sub(1);
        let Some(Layer::Timeline(timeline)) = &self.layer else {
            return None;
        };
        let at = timeline.cursor.unwrap_or(last).min(last);
        let open = match entries.get(at) {
            Some(TimelineEntry::Message(place, _)) => Some(*place),
            _ => None,
        };
        let to = match key {
            Key::Up | Key::Char('k') => at.saturating_sub(1),
            Key::Down | Key::Char('j') => (at + 1).min(last),
            Key::PageUp => at.saturating_sub(PAGE),
            Key::PageDown => (at + PAGE).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::Enter => {
                if let Some(place) = open {
                    self.select(place);
                    self.overlay = Some(Overlay::message());
                } else {
                    let none = "That is a move. Enter opens a message.";
                    self.notice = Some(none.to_owned());
                }
                return None;
            }
            _ => {
                self.layer = None;
                return None;
            }
        };
        if let Some(Layer::Timeline(timeline)) = &mut self.layer {
            timeline.cursor = Some(to);
            timeline.scroll.follow();
        }
        None
    }

    pub(super) fn timeline_lines(
        &self,
        timeline: &Timeline,
        theme: Theme,
        columns: usize,
    ) -> Drawn {
        let entries = self.entries();
        let here = timeline
            .cursor
            .unwrap_or(usize::MAX)
            .min(entries.len().saturating_sub(1));
        let mut lines = Vec::new();
        let (mut cursor, mut end) = (None, None);
        let mut day = "";
        for (number, entry) in entries.iter().enumerate() {
            if entry.at().date != day {
                day = &entry.at().date;
                if !lines.is_empty() {
                    lines.push(Line::default());
                }
                lines.push(Line::styled(day.to_owned(), theme.heading()));
            }
            let top = lines.len();
            let marked = number == here;
            match entry {
                TimelineEntry::Message(place, message) => {
                    let fresh = self.read.get(*place) == Some(&false);
                    lines.push(told(message, fresh, marked, theme, columns));
                }
                TimelineEntry::Deed(deed, cost) => {
                    lines.extend(self.done((deed, *cost), marked, theme, columns));
                }
            }
            if marked {
                cursor = Some((top, 0));
                end = Some(lines.len() - 1);
            }
        }
        if lines.is_empty() {
            lines.push(Line::styled("Nothing has happened yet.", theme.quiet()));
        }
        Drawn { lines, cursor, end }
    }

    /// A move, with everything that was said of it.
    fn done(
        &self,
        (deed, cost): (&Deed, Option<Figure>),
        marked: bool,
        theme: Theme,
        columns: usize,
    ) -> Vec<Line<'static>> {
        let room = columns.saturating_sub(LEAD);
        let mut lines = Vec::new();
        let what = match () {
            () if !deed.question.is_empty() => format!("Decided: {}", deed.what),
            () if deed.what == "Wait" => deed.what.clone(),
            () => format!("Done: {}", deed.what),
        };
        for (row, text) in wrap(&what, room).into_iter().enumerate() {
            let lead = if row == 0 {
                lead(&deed.at, marked, " ")
            } else {
                " ".repeat(LEAD)
            };
            let line = Line::from(vec![Span::raw(lead), Span::styled(text, theme.strong())]);
            lines.push(if marked && row == 0 {
                line.style(theme.cursor())
            } else {
                line
            });
        }
        if let Some(cost) = cost {
            let text = format!(
                "{}{} {}",
                " ".repeat(LEAD),
                theme.lamp(Tone::Bad),
                hints::cost_of(cost)
            );
            lines.push(Line::styled(text, theme.tone(Tone::Bad)));
        }
        let mut below = Vec::new();
        if !deed.question.is_empty() {
            below.push(
                crate::front::text::markdown(&deed.question, usize::MAX / 2)
                    .into_iter()
                    .flatten()
                    .map(|run| run.text)
                    .collect(),
            );
        }
        let mut who: Vec<String> = Vec::new();
        who.extend((!deed.by.is_empty()).then(|| deed.by.join(", ")));
        let reason = &deed.reason;
        who.extend((!reason.by.is_empty()).then(|| format!("decided by {}", reason.by)));
        who.extend(reason.sure.map(|sure| format!("{sure} % sure")));
        below.extend((!who.is_empty()).then(|| who.join(&format!(" {} ", theme.dot()))));
        below.extend((!reason.why.is_empty()).then(|| format!("Why: {}", reason.why)));
        below.extend(self.dissent(deed));
        for text in below {
            for text in wrap(&text, room) {
                let line = format!("{}{text}", " ".repeat(LEAD));
                lines.push(Line::styled(line, theme.quiet()));
            }
        }
        lines
    }
}

/// A message in one line.
fn told(
    message: &InboxMessage,
    fresh: bool,
    marked: bool,
    theme: Theme,
    columns: usize,
) -> Line<'static> {
    let lead = lead(&message.at, marked, if fresh { "*" } else { " " });
    let sender = cut(sender(message), columns / 3);
    let room = columns.saturating_sub(LEAD + width(&sender) + 2);
    let line = Line::from(vec![
        Span::raw(lead),
        Span::styled(format!("{sender}: "), theme.quiet()),
        Span::raw(cut(&message.title, room)),
    ]);
    if marked {
        line.style(theme.cursor())
    } else {
        line
    }
}

fn lead(at: &Stamp, marked: bool, sign: &str) -> String {
    let mark = if marked { ">" } else { " " };
    format!("{mark} {} {sign} ", at.time)
}
