//! The full screen: messages and keys in, requests and frames out.
//!
//! [`Tui`] owns no terminal and reads no clock; one process may run hundreds of them. A frame changes only with a key,
//! the mouse or a message: nothing blinks, turns or slides. Without a key, only a countdown moves, as its messages come.
//! So there is no motion to reduce.

pub mod input;

pub mod theme;

mod draw;

mod field;

mod form;

mod chart;

mod start;

mod briefing;

mod situation;

mod exercise;

mod projector;

mod ending;

mod marks;

mod unrecorded;

mod hits;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::front::seats::SeatRequest;
use crate::front::text::wrap;
use crate::front::{Msg, PlaySetup, Request, Unfinished, clean};
use hits::Hits;
pub use hits::{Mouse, MouseAction};
use theme::Theme;

/// The smallest screen that holds an exercise, in columns and rows.
pub const LEAST: (u16, u16) = (60, 16);

/// A key as a screen understands it. The owner of the terminal makes these, and handles leaving by force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character, shifted or not.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Delete the character before the cursor.
    Backspace,
    /// Delete the character after the cursor.
    Delete,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
}

/// The title over what went wrong.
const TROUBLE: &str = "Trouble";

/// One person's full screen.
#[derive(Debug)]
pub struct Tui {
    theme: Theme,
    waits_at_once: bool,
    screen: Screen,
    /// Messages for the exercise that came before its first view.
    early: Vec<Msg>,
    /// A title and a sentence, shown over any screen until the next key.
    alert: Option<(&'static str, String)>,
    /// Asks what to do with a move that could not be recorded.
    unrecorded: Option<unrecorded::UnrecordedDialog>,
    /// What was chosen on the start screen, for coming back to it.
    choice: Option<start::StartChoice>,
    /// The seed of the exercise that was opened last.
    seed: Option<u64>,
    /// Who sat where when it began, which may have changed since it was opened.
    seats: Option<Vec<SeatRequest>>,
    /// The team that plays it; may be empty.
    team: String,
    /// Exercises to go on with, which come before the offers.
    unfinished: Vec<Unfinished>,
    /// Places in the alert and in the dialog that lie over any screen.
    over: Hits<Key>,
    /// Whether the last frame had room for what it shows.
    drawn: Cell<bool>,
}

#[derive(Debug)]
enum Screen {
    /// Nothing is known yet.
    Blank,
    Start(start::StartScreen),
    Briefing(briefing::BriefingScreen),
    Exercise(Box<exercise::ExerciseScreen>),
    Projector(Box<projector::Projector>),
}

impl Tui {
    /// A screen that waits for its first message.
    #[must_use]
    pub fn new(theme: Theme) -> Tui {
        Tui {
            theme,
            waits_at_once: false,
            screen: Screen::Blank,
            early: Vec::new(),
            alert: None,
            unrecorded: None,
            choice: None,
            seed: None,
            seats: None,
            team: String::new(),
            unfinished: Vec::new(),
            over: Hits::default(),
            drawn: Cell::new(false),
        }
    }

    /// The same, on which `w` waits even past a deadline without a word before.
    #[must_use]
    pub fn waiting_at_once(mut self) -> Tui {
        self.waits_at_once = true;
        self
    }

    /// Changes how it looks from the next frame on.
    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// Takes a message. May ask, by itself, only for what the facilitator's open screen shows.
    pub fn update(&mut self, msg: Msg) -> Option<Request> {
        let mut msg = clean::msg(msg);
        if self.theme.ascii {
            clean::plain_signs(&mut msg);
        }
        // The others change the screen, or lie over it.
        let shown = !matches!(
            msg,
            Msg::Saved(_)
                | Msg::Trouble(_)
                | Msg::Briefing(_)
                | Msg::Offers(_)
                | Msg::Unfinished(_)
                | Msg::Unrecorded(_)
        );
        if let Screen::Projector(projector) = &mut self.screen
            && shown
        {
            projector.update(msg);
            return None;
        }
        if let Msg::View(view) = &mut msg
            && !self.team.is_empty()
        {
            // First, so that it can be seen if the title is cut.
            view.title = format!("{} {} {}", self.team, self.theme.dot(), view.title);
        }
        if let Screen::Exercise(exercise) = &mut self.screen
            && shown
        {
            return exercise.update(msg);
        }
        match msg {
            Msg::Offers(offers) => {
                self.early.clear();
                let unfinished = std::mem::take(&mut self.unfinished);
                let start = start::StartScreen::new(offers, unfinished, self.choice.as_ref());
                self.screen = Screen::Start(start);
            }
            Msg::Unfinished(all) => self.unfinished = all,
            Msg::Briefing(it) if it.follow => {
                self.screen = Screen::Projector(Box::new(projector::Projector::new(it)));
            }
            Msg::Briefing(it) => {
                self.seed = Some(it.seed);
                self.team.clone_from(&it.team);
                self.seats = Some(it.seats.clone());
                self.screen = Screen::Briefing(briefing::BriefingScreen::new(it));
            }
            msg @ Msg::View(_) => {
                let history = matches!(&self.screen, Screen::Briefing(it) if it.is_history());
                let exercise = exercise::ExerciseScreen::new(history, self.waits_at_once);
                let mut exercise = Box::new(exercise);
                for msg in std::iter::once(msg).chain(self.early.drain(..)) {
                    exercise.update(msg);
                }
                self.screen = Screen::Exercise(exercise);
            }
            Msg::Refused(what) | Msg::Trouble(what) => self.alert = Some((TROUBLE, what)),
            Msg::Saved(what) => self.alert = Some(("Saved", what)),
            early @ (Msg::Next(_)
            | Msg::Seats(_)
            | Msg::TakenBack(_)
            | Msg::MayTakeBack(_)
            | Msg::Note(_)
            | Msg::Vote(_)
            | Msg::Paused(_)
            | Msg::Countdowns(_)
            | Msg::Panel(_)
            | Msg::Leads(_)
            | Msg::Stopped(_)) => self.early.push(early),
            Msg::Scorecard(_) | Msg::Account(_) | Msg::Made(..) => {}
            Msg::Unrecorded(it) => self.unrecorded = Some(unrecorded::UnrecordedDialog::new(it)),
        }
        None
    }

    /// Takes a key; returns what it asks for, if anything.
    pub fn key(&mut self, key: Key) -> Option<Request> {
        let key = self.command(key);
        if self.alert.take().is_some() && matches!(key, Key::Esc | Key::Enter | Key::Char(' ')) {
            return None;
        }
        if let Some(dialog) = &mut self.unrecorded {
            let answer = dialog.key(key);
            if answer != unrecorded::UnrecordedAnswer::Stay {
                self.unrecorded = None;
            }
            return match answer {
                unrecorded::UnrecordedAnswer::Record(how) => Some(Request::Record(how)),
                unrecorded::UnrecordedAnswer::Stay => None,
                unrecorded::UnrecordedAnswer::Back => {
                    if let Screen::Exercise(exercise) = &mut self.screen {
                        exercise.not_made();
                    }
                    None
                }
            };
        }
        match &mut self.screen {
            Screen::Blank => matches!(key, Key::Char('q') | Key::Esc).then_some(Request::Quit),
            Screen::Start(start) => {
                let asked = start.key(key);
                self.choice = start.choice();
                asked
            }
            Screen::Briefing(briefing) => briefing.key(key),
            Screen::Exercise(exercise) => exercise.key(key),
            Screen::Projector(projector) => projector.key(key),
        }
    }

    /// The field that takes what is typed now.
    fn field(&mut self) -> Option<&mut field::TextField> {
        match (&mut self.screen, &mut self.unrecorded) {
            _ if self.alert.is_some() => None,
            (_, Some(dialog)) => dialog.field(),
            (Screen::Briefing(briefing), None) => briefing.field(),
            (Screen::Exercise(exercise), None) => exercise.field(),
            (Screen::Blank | Screen::Start(_) | Screen::Projector(_), None) => None,
        }
    }

    /// Takes what was pasted. It goes into the field that is open, and never does more: it makes no move, answers no
    /// question and sends nothing.
    pub fn paste(&mut self, text: &str) {
        let fits = self.field().map(|field| field.paste(text));
        let said = match fits {
            Some(true) => None,
            Some(false) => {
                Some("What was pasted is too long for this field: its end was left out.")
            }
            None => Some("Nothing was pasted, because no field is open."),
        };
        match (&mut self.screen, said) {
            (Screen::Exercise(exercise), said) if self.unrecorded.is_none() => {
                exercise.pasted(said);
            }
            (_, Some(said)) => self.alert = Some(("Paste", said.to_owned())),
            (_, None) => {}
        }
    }

    /// A letter as a command: Caps Lock changes none, but for the two that stand beside their small ones.
    fn command(&mut self, key: Key) -> Key {
        match key {
            Key::Char('B' | 'C') => key,
            Key::Char(c) if c.is_uppercase() && self.field().is_none() => {
                Key::Char(c.to_ascii_lowercase())
            }
            _ => key,
        }
    }

    /// Takes what the mouse did on the last frame; returns what it asks for, if anything.
    pub fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        if !self.drawn.get() {
            return None;
        }
        if self.alert.is_some() || self.unrecorded.is_some() {
            let clicked = mouse.action == MouseAction::Press;
            let key = clicked
                .then(|| self.over.under(mouse, |_| true))
                .flatten()?;
            return self.key(key);
        }
        match &mut self.screen {
            Screen::Blank => None,
            Screen::Start(start) => {
                let asked = start.mouse(mouse);
                self.choice = start.choice();
                asked
            }
            Screen::Briefing(briefing) => briefing.mouse(mouse),
            Screen::Exercise(exercise) => exercise.mouse(mouse),
            Screen::Projector(projector) => projector.mouse(mouse),
        }
    }

    /// Where the terminal's own cursor stands after a frame: on what the next key is about, so that a magnifier that
    /// follows it shows where things happen.
    fn cursor(&self) -> Option<Position> {
        if !self.drawn.get() {
            return None;
        }
        if self.alert.is_some() {
            return self.over.cursor();
        }
        if let Some(dialog) = &self.unrecorded {
            return dialog.cursor().or_else(|| self.over.cursor());
        }
        match &self.screen {
            Screen::Blank => None,
            Screen::Start(start) => start.cursor(),
            Screen::Briefing(briefing) => briefing.cursor(),
            Screen::Exercise(exercise) => exercise.cursor(),
            Screen::Projector(projector) => projector.cursor(),
        }
    }

    /// How the exercise came out and how to play it again, in one line to be printed afterwards, if its points are known.
    /// `setup` is what it was opened with.
    #[must_use]
    pub fn parting(&self, setup: &PlaySetup) -> Option<String> {
        let Screen::Exercise(exercise) = &self.screen else {
            return None;
        };
        let outcome = exercise.result()?;
        let scenario = clean::word(&setup.scenario);
        if setup.history {
            return Some(format!("{outcome}. Again: sandtable history {scenario}"));
        }
        let mut again = vec![format!("sandtable play {scenario}")];
        for (name, value) in [("variant", &setup.variant), ("cut", &setup.cut)] {
            again.extend(
                value
                    .iter()
                    .map(|it| format!("--{name} {}", clean::word(it))),
            );
        }
        let seed = setup.seed.or(self.seed);
        again.extend(seed.map(|seed| format!("--seed {seed}")));
        let seats = self.seats.as_ref().unwrap_or(&setup.seats);
        again.extend(seats.iter().map(|seat| {
            let mut value = seat.roles.join(",");
            if !seat.person.is_empty() {
                value = format!("{value}={}", seat.person);
            }
            format!("--role {}", clean::word(&value))
        }));
        again.extend(
            (!setup.team.is_empty()).then(|| format!("--team {}", clean::word(&setup.team))),
        );
        Some(format!("{outcome}. Again: {}", again.join(" ")))
    }

    /// Draws a frame.
    pub fn render(&self, frame: &mut Frame) {
        self.draw(frame.area(), frame.buffer_mut());
        if self.theme.ascii {
            theme::only_ascii(frame.buffer_mut());
        }
        if let Some(position) = self.cursor() {
            frame.set_cursor_position(position);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer) {
        let fits = area.width >= LEAST.0 && area.height >= LEAST.1;
        self.drawn.set(fits);
        self.over.clear();
        if !fits {
            too_small(buf, area, self.theme);
            return;
        }
        match &self.screen {
            Screen::Blank => draw::header(
                buf,
                Rect { height: 1, ..area },
                self.theme,
                ["sandtable", "", ""],
            ),
            Screen::Start(start) => start.draw(buf, area, self.theme),
            Screen::Briefing(briefing) => briefing.draw(buf, area, self.theme),
            Screen::Exercise(exercise) => exercise.draw(buf, area, self.theme),
            Screen::Projector(projector) => projector.draw(buf, area, self.theme),
        }
        if let Some(dialog) = &self.unrecorded {
            dialog.draw(buf, area, self.theme, &self.over);
        }
        if let Some((title, what)) = &self.alert {
            let columns = usize::from(area.width).min(64) - 8;
            let mut lines = draw::paragraph(what, columns, Style::new());
            lines.extend([
                Line::default(),
                Line::styled(format!("{:20}", "Enter: go on"), self.theme.quiet()),
            ]);
            let inside = draw::notice_box(buf, area, self.theme, title, &lines);
            self.over.clear();
            self.over.add(inside, Key::Enter);
            self.over.focus(inside, 0, 0);
        }
    }
}

fn too_small(buf: &mut Buffer, area: Rect, theme: Theme) {
    let by = if theme.ascii { "x" } else { "×" };
    let (columns, rows) = LEAST;
    let text = format!(
        "EXERCISE. sandtable needs at least {columns}{by}{rows}; this is {}{by}{}.",
        area.width, area.height
    );
    let lines = wrap(&text, usize::from(area.width).saturating_sub(2).max(1));
    let top = usize::from(area.height).saturating_sub(lines.len()) / 2;
    for (line, y) in lines.iter().zip(area.y + top as u16..area.bottom()) {
        let x = usize::from(area.width).saturating_sub(crate::front::text::width(line)) / 2;
        buf.set_stringn(
            area.x + x as u16,
            y,
            line,
            area.width.into(),
            theme.strong(),
        );
    }
}

#[cfg(test)]
mod tests;
