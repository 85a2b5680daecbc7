//! Everything in order: what came and what was done, by days.

use ratatui::text::{Line, Span};

use crate::front::AccountProgress;
use crate::front::review::account::{Figure, hints};
use crate::front::text::{cut, width, wrap};
use crate::front::view::{InboxMessage, MoveView, Stamp, Tone};
use crate::tui::Key;
use crate::tui::draw::{Scroll, indented};
use crate::tui::exercise::ballot::dissent;
use crate::tui::exercise::facts::{LitScene, Scene};
use crate::tui::exercise::inbox::{InboxPane, sender};
use crate::tui::exercise::outcome::KeyOutcome;
use crate::tui::exercise::phrases::flat;
use crate::tui::form::CursorLines;
use crate::tui::hits::MouseAction;
use crate::tui::theme::Theme;

/// Entries that a page key passes.
const PAGE: usize = 10;

/// Columns before the text of an entry.
const LEAD: usize = 10;

/// The timeline, open at its end.
#[derive(Debug)]
pub(super) struct Timeline {
    /// The exercise has come to an end, so moves are shown with what they cost.
    ended: bool,
    /// The entry that is marked, once a key was pressed.
    marked: Option<usize>,
    pub(super) scroll: Scroll,
}

enum TimelineEntry<'a> {
    /// By its place in the inbox.
    Message(usize, &'a InboxMessage),
    /// With what it cost with hindsight, if that is known and marked.
    MoveView(&'a MoveView, Option<Figure>),
}

impl TimelineEntry<'_> {
    fn at(&self) -> &Stamp {
        match self {
            TimelineEntry::Message(_, message) => &message.at,
            TimelineEntry::MoveView(deed, _) => &deed.at,
        }
    }
}

/// Messages and deeds, in order.
fn entries(scene: Scene<'_>, ended: bool) -> Vec<TimelineEntry<'_>> {
    let mut entries = Vec::new();
    let mut deeds = scene.view.moves.iter().peekable();
    let entry = |deed| TimelineEntry::MoveView(deed, cost(scene, deed).filter(|_| ended));
    for (place, message) in scene.view.inbox.iter().enumerate() {
        while let Some(deed) = deeds.next_if(|deed| deed.after <= place) {
            entries.push(entry(deed));
        }
        entries.push(TimelineEntry::Message(place, message));
    }
    entries.extend(deeds.map(entry));
    entries
}

/// What a move cost, if that is known and marked.
fn cost(scene: Scene, deed: &MoveView) -> Option<Figure> {
    match &scene.facts.account {
        Some(AccountProgress::Done(account)) => account.moves.get(deed.number)?.marked(),
        _ => None,
    }
}

impl Timeline {
    pub(super) fn new(ended: bool) -> Timeline {
        Timeline {
            ended,
            marked: None,
            scroll: Scroll::default(),
        }
    }

    fn entries<'a>(&self, scene: Scene<'a>) -> Vec<TimelineEntry<'a>> {
        entries(scene, self.ended || scene.over())
    }

    pub(super) fn key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        let entries = self.entries(scene);
        let last = entries.len().saturating_sub(1);
        let at = self.marked.unwrap_or(last).min(last);
        let to = match key {
            Key::Up | Key::Char('k') => at.saturating_sub(1),
            Key::Down | Key::Char('j') => (at + 1).min(last),
            Key::PageUp => at.saturating_sub(PAGE),
            Key::PageDown => (at + PAGE).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::Enter => {
                return match entries.get(at) {
                    Some(TimelineEntry::Message(place, _)) => KeyOutcome::OpenMessage(*place),
                    _ => KeyOutcome::say("That is a move. Enter opens a message."),
                };
            }
            _ => return KeyOutcome::Close,
        };
        self.marked = Some(to);
        self.scroll.follow();
        KeyOutcome::Stay
    }

    pub(super) fn wheel(&self, turn: MouseAction) {
        self.scroll.wheel(turn);
    }

    pub(super) fn lines(&self, scene: LitScene, inbox: &InboxPane, columns: usize) -> CursorLines {
        let theme = scene.theme;
        let entries = self.entries(*scene);
        let last = entries.len().saturating_sub(1);
        let here = self.marked.unwrap_or(last).min(last);
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
                    let fresh = inbox.is_fresh(*place);
                    lines.push(message_line(message, (fresh, marked), theme, columns));
                }
                TimelineEntry::MoveView(deed, cost) => {
                    lines.extend(deed_lines((deed, *cost), scene, marked, columns));
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
        CursorLines { lines, cursor, end }
    }
}

/// A move, with everything that was said of it.
fn deed_lines(
    (deed, cost): (&MoveView, Option<Figure>),
    scene: LitScene,
    marked: bool,
    columns: usize,
) -> Vec<Line<'static>> {
    let theme = scene.theme;
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
        below.push(flat(&deed.question));
    }
    let mut who: Vec<String> = Vec::new();
    who.extend((!deed.by.is_empty()).then(|| deed.by.join(", ")));
    let reason = &deed.reason;
    who.extend((!reason.by.is_empty()).then(|| format!("decided by {}", reason.by)));
    who.extend(reason.sure.map(|sure| format!("{sure} % sure")));
    below.extend((!who.is_empty()).then(|| who.join(&format!(" {} ", theme.dot()))));
    below.extend((!reason.why.is_empty()).then(|| format!("Why: {}", reason.why)));
    below.extend(dissent(*scene, deed));
    for text in below {
        lines.extend(indented(&text, LEAD, room, theme.quiet()));
    }
    lines
}

/// A message in one line.
fn message_line(
    message: &InboxMessage,
    (fresh, marked): (bool, bool),
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
