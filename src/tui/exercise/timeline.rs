//! Everything in order: what came and what was done, by days.

use ratatui::text::{Line, Span};

use crate::front::AccountProgress;
use crate::front::review::account::{Figure, hints};
use crate::front::text::{cut, width, wrap};
use crate::front::view::{InboxMessage, MoveView, Stamp, Tone, View};
use crate::tui::Key;
use crate::tui::draw::{Scroll, indented};
use crate::tui::exercise::ballot::dissent;
use crate::tui::exercise::facts::{LitScene, Scene};
use crate::tui::exercise::inbox::{InboxPane, sender};
use crate::tui::exercise::outcome::KeyOutcome;
use crate::tui::exercise::phrases::{flat, lit, step_through};
use crate::tui::form::CursorLines;
use crate::tui::theme::Theme;

/// Columns before the text of an entry.
const LEAD: usize = 10;

/// What a wait is called in a view.
const WAIT: &str = "Wait";

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
    Move(&'a MoveView),
}

impl TimelineEntry<'_> {
    fn stamp(&self) -> &Stamp {
        match self {
            TimelineEntry::Message(_, message) => &message.at,
            TimelineEntry::Move(made) => &made.at,
        }
    }
}

/// Messages and moves, in order.
fn entries(view: &View) -> Vec<TimelineEntry<'_>> {
    let mut entries = Vec::new();
    let mut moves = view.moves.iter().peekable();
    for (place, message) in view.inbox.iter().enumerate() {
        while let Some(made) = moves.next_if(|it| it.after <= place) {
            entries.push(TimelineEntry::Move(made));
        }
        entries.push(TimelineEntry::Message(place, message));
    }
    entries.extend(moves.map(TimelineEntry::Move));
    entries
}

impl Timeline {
    pub(super) fn new(ended: bool) -> Timeline {
        Timeline {
            ended,
            marked: None,
            scroll: Scroll::default(),
        }
    }

    pub(super) fn key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        let entries = entries(scene.view);
        let last = entries.len().saturating_sub(1);
        let here = self.marked.unwrap_or(last).min(last);
        if key == Key::Enter {
            return match entries.get(here) {
                Some(TimelineEntry::Message(place, _)) => KeyOutcome::OpenMessage(*place),
                _ => KeyOutcome::say("That is a move. Enter opens a message."),
            };
        }
        let Some(to) = step_through(key, here, last) else {
            return KeyOutcome::Close;
        };
        self.marked = Some(to);
        self.scroll.follow();
        KeyOutcome::Stay
    }

    pub(super) fn lines(&self, scene: LitScene, inbox: &InboxPane, columns: usize) -> CursorLines {
        let theme = scene.theme;
        let entries = entries(scene.view);
        let last = entries.len().saturating_sub(1);
        let here = self.marked.unwrap_or(last).min(last);
        let mut lines = Vec::new();
        let (mut cursor, mut end) = (None, None);
        let mut day = "";
        for (number, entry) in entries.iter().enumerate() {
            if entry.stamp().date != day {
                day = &entry.stamp().date;
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
                TimelineEntry::Move(made) => {
                    let cost = cost(*scene, made, self.ended);
                    lines.extend(move_lines((made, cost), scene, marked, columns));
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

/// The end of the timeline, for a part of the screen that is always there.
#[derive(Debug, Default)]
pub(super) struct LatestLines {
    pub(super) lines: Vec<Line<'static>>,
    /// The line of each message among them, and the message, by its place in the inbox.
    pub(super) messages: Vec<(usize, usize)>,
    /// How many entries lie before them.
    pub(super) hidden: usize,
}

/// The newest entries, as many as fit whole into these rows, the newest last. Nothing in it is marked, and what is new is
/// marked in the inbox alone. Waits are left out: time passing is seen from the times.
pub(super) fn latest(scene: LitScene, columns: usize, rows: usize) -> LatestLines {
    let theme = scene.theme;
    let mut entries = entries(scene.view);
    entries.retain(|it| !matches!(it, TimelineEntry::Move(made) if made.what == WAIT));
    let date = |number: usize| &entries[number].stamp().date;
    // The blocks that are shown, the newest first, and the rows they take with the days between them.
    let mut blocks = Vec::new();
    let mut used = 0;
    for (number, entry) in entries.iter().enumerate().rev() {
        let mut block = match entry {
            TimelineEntry::Message(_, message) => {
                vec![message_line(message, (false, false), theme, columns)]
            }
            TimelineEntry::Move(made) => {
                let cost = cost(*scene, made, false);
                move_lines((made, cost), scene, false, columns)
            }
        };
        // The uppermost entry stands below its day; between two days there is air.
        let between = match blocks.last() {
            Some((below, _)) if date(*below) != date(number) => 2,
            _ => 0,
        };
        let room = rows.saturating_sub(used + between + 1);
        if block.len() > room {
            if !blocks.is_empty() {
                break;
            }
            block.truncate(room);
        }
        used += between + block.len();
        blocks.push((number, block));
    }
    let mut all = LatestLines {
        hidden: entries.len() - blocks.len(),
        ..LatestLines::default()
    };
    let mut day = "";
    for (number, block) in blocks.into_iter().rev() {
        let entry = &entries[number];
        if entry.stamp().date != day {
            day = &entry.stamp().date;
            if !all.lines.is_empty() {
                all.lines.push(Line::default());
            }
            all.lines
                .push(Line::styled(day.to_owned(), theme.heading()));
        }
        if let TimelineEntry::Message(place, _) = entry {
            all.messages.push((all.lines.len(), *place));
        }
        all.lines.extend(block);
    }
    all
}

/// What a move cost with hindsight, if that may be read, is known and is marked.
fn cost(scene: Scene, made: &MoveView, ended: bool) -> Option<Figure> {
    match &scene.facts.account {
        Some(AccountProgress::Done(account)) if ended || scene.over() => {
            account.moves.get(made.number)?.marked()
        }
        _ => None,
    }
}

/// A move, with everything that was said of it.
fn move_lines(
    (made, cost): (&MoveView, Option<Figure>),
    scene: LitScene,
    marked: bool,
    columns: usize,
) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let room = columns.saturating_sub(LEAD);
    let mut lines = Vec::new();
    let what = match () {
        () if !made.question.is_empty() => format!("Decided: {}", made.what),
        () if made.what == WAIT => made.what.clone(),
        () => format!("Done: {}", made.what),
    };
    for (row, text) in wrap(&what, room).into_iter().enumerate() {
        let lead = if row == 0 {
            lead(&made.at, marked, " ")
        } else {
            " ".repeat(LEAD)
        };
        let line = Line::from(vec![Span::raw(lead), Span::styled(text, theme.strong())]);
        lines.push(lit(line, marked && row == 0, theme));
    }
    if let Some(cost) = cost {
        let text = format!("{} {}", theme.lamp(Tone::Bad), hints::cost_of(cost));
        lines.extend(indented(&text, LEAD, room, theme.tone(Tone::Bad)));
    }
    let mut below = Vec::new();
    if !made.question.is_empty() {
        below.push(flat(&made.question));
    }
    let mut who: Vec<String> = Vec::new();
    who.extend((!made.by.is_empty()).then(|| made.by.join(", ")));
    let reason = &made.reason;
    who.extend((!reason.by.is_empty()).then(|| format!("decided by {}", reason.by)));
    who.extend(reason.sure.map(|sure| format!("{sure} % sure")));
    below.extend((!who.is_empty()).then(|| who.join(&format!(" {} ", theme.dot()))));
    below.extend((!reason.why.is_empty()).then(|| format!("Why: {}", reason.why)));
    below.extend(dissent(scene.facts, made));
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
    lit(line, marked, theme)
}

fn lead(at: &Stamp, marked: bool, sign: &str) -> String {
    let mark = if marked { ">" } else { " " };
    format!("{mark} {} {sign} ", at.time)
}
