//! The full screen: messages and keys in, requests and frames out.
//!
//! [`Tui`] owns no terminal and reads no clock; one process may run hundreds of them. A frame changes with a key, the
//! mouse or a message, never by itself: nothing blinks, turns or slides, and the only thing that moves without a key is
//! a countdown, as its messages come. So there is no motion to be reduced.

pub mod theme;

mod draw;

mod field;

mod form;

mod chart;

mod start;

mod briefing;

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
use ratatui::text::Line;

use crate::front::seats::SeatRequest;
use crate::front::text::wrap;
use crate::front::{Msg, PlaySetup, Request, Unfinished, clean};
use hits::Hits;
pub use hits::{Mouse, MouseDeed};
use theme::Theme;

/// The smallest screen that holds an exercise, in columns and rows.
pub const LEAST: (u16, u16) = (60, 16);

/// A key as a screen understands it. Whoever owns the terminal makes these; leaving by force is theirs too.
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
    /// Back over a character.
    Backspace,
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
    screen: Screen,
    /// In history: the next step, where it is told before the first view.
    next: Option<String>,
    /// What came before the first view, and belongs to the exercise.
    early: Vec<Msg>,
    /// Shown over any screen until the next key, under a title.
    told: Option<(&'static str, String)>,
    /// Asks what to do with a move that could not be recorded.
    unrecorded: Option<unrecorded::Dialog>,
    /// What was chosen on the start screen, for coming home.
    kept: Option<start::StartChoice>,
    /// The seed of what was opened last.
    seed: Option<u64>,
    /// Who sat where when it began, which may have changed since it was opened.
    seats: Option<Vec<SeatRequest>>,
    /// The team that plays it; may be empty.
    team: String,
    /// What can be gone on with, where it is told before the offers.
    unfinished: Vec<Unfinished>,
    /// Of what lies over any screen.
    over: Hits<Key>,
    /// Whether the exercise was drawn, or took a key: somebody has begun to read.
    met: Cell<bool>,
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
            screen: Screen::Blank,
            next: None,
            early: Vec::new(),
            told: None,
            unrecorded: None,
            kept: None,
            seed: None,
            seats: None,
            team: String::new(),
            unfinished: Vec::new(),
            over: Hits::default(),
            met: Cell::new(false),
            drawn: Cell::new(false),
        }
    }

    /// Takes a message; asks by itself only for what the facilitator's open screen shows.
    pub fn update(&mut self, msg: Msg) -> Option<Request> {
        let mut msg = clean::msg(msg);
        if self.theme.ascii {
            clean::plain_signs(&mut msg);
        }
        let shown = !matches!(
            msg,
            Msg::Saved(_) | Msg::Trouble(_) | Msg::Briefing(_) | Msg::Offers(_)
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
            // First, so that it is seen where the title is cut.
            view.title = format!("{} {} {}", self.team, self.theme.dot(), view.title);
        }
        match msg {
            Msg::Offers(offers) => {
                self.early.clear();
                let unfinished = std::mem::take(&mut self.unfinished);
                let start = start::StartScreen::new(offers, unfinished, self.kept.as_ref());
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
            Msg::View(view) => match &mut self.screen {
                Screen::Exercise(exercise) => {
                    exercise.see(*view);
                    return exercise.refresh();
                }
                before => {
                    let history = matches!(before, Screen::Briefing(it) if it.is_history());
                    let mut exercise = exercise::ExerciseScreen::new(*view, history);
                    exercise.announce(self.next.take());
                    for msg in self.early.drain(..) {
                        exercise.tell(msg);
                    }
                    self.met.set(false);
                    self.screen = Screen::Exercise(Box::new(exercise));
                }
            },
            Msg::Scorecard(scorecard) => {
                if let Screen::Exercise(exercise) = &mut self.screen {
                    exercise.close(scorecard);
                }
            }
            Msg::Account(reckoning) => {
                if let Screen::Exercise(exercise) = &mut self.screen {
                    exercise.reckon(reckoning);
                }
            }
            Msg::Next(step) => {
                if let Screen::Exercise(exercise) = &mut self.screen {
                    exercise.announce(step);
                } else {
                    self.next = step;
                }
            }
            Msg::Refused(why) => match &mut self.screen {
                Screen::Exercise(exercise) => exercise.refuse(why),
                _ => self.told = Some((TROUBLE, why)),
            },
            Msg::Saved(what) => self.told = Some(("Saved", what)),
            Msg::Trouble(what) => self.told = Some((TROUBLE, what)),
            Msg::Made(..) => {
                // While one goes on where an exercise stood, everything comes in one go; what comes later is news.
                if let Screen::Exercise(exercise) = &mut self.screen
                    && !self.met.get()
                {
                    exercise.was_read();
                }
            }
            told @ (Msg::Seats(_)
            | Msg::TakenBack(_)
            | Msg::Note(_)
            | Msg::Vote(_)
            | Msg::Paused(_)
            | Msg::Countdowns(_)
            | Msg::Panel(_)
            | Msg::Leads(_)
            | Msg::Stopped(_)) => match &mut self.screen {
                Screen::Exercise(exercise) => return exercise.tell(told),
                _ => self.early.push(told),
            },
            Msg::Unrecorded(it) => self.unrecorded = Some(unrecorded::Dialog::new(it)),
        }
        None
    }

    /// Takes a key; what it asks for, if anything.
    pub fn key(&mut self, key: Key) -> Option<Request> {
        if self.told.take().is_some() && matches!(key, Key::Esc | Key::Enter | Key::Char(' ')) {
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
                self.kept = start.kept();
                asked
            }
            Screen::Briefing(briefing) => briefing.key(key),
            Screen::Exercise(exercise) => {
                self.met.set(true);
                exercise.key(key)
            }
            Screen::Projector(projector) => projector.key(key),
        }
    }

    /// Takes what a mouse did where the last frame was drawn; what it asks for, if anything.
    pub fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        if !self.drawn.get() {
            return None;
        }
        if self.told.is_some() || self.unrecorded.is_some() {
            let clicked = mouse.deed == MouseDeed::Press;
            let key = clicked.then(|| self.over.at(mouse, |_| true)).flatten()?;
            return self.key(key);
        }
        match &mut self.screen {
            Screen::Blank => None,
            Screen::Start(start) => {
                let asked = start.mouse(mouse);
                self.kept = start.kept();
                asked
            }
            Screen::Briefing(briefing) => briefing.mouse(mouse),
            Screen::Exercise(exercise) => exercise.mouse(mouse),
            Screen::Projector(projector) => projector.mouse(mouse),
        }
    }

    /// Where the terminal's own cursor stands after a frame: on what the next key is about, so that whoever follows
    /// it, a magnifier among them, is where things happen.
    fn cursor(&self) -> Option<Position> {
        if !self.drawn.get() {
            return None;
        }
        if self.told.is_some() {
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

    /// How the exercise came out and how to play it again, in one line for whoever has left; none where there is no
    /// account of it. `setup` is what it was opened with.
    #[must_use]
    pub fn parting(&self, setup: &PlaySetup) -> Option<String> {
        let Screen::Exercise(exercise) = &self.screen else {
            return None;
        };
        let outcome = exercise.outcome()?;
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

    /// Draws what is known.
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
            Screen::Exercise(exercise) => {
                self.met.set(true);
                exercise.draw(buf, area, self.theme);
            }
            Screen::Projector(projector) => projector.draw(buf, area, self.theme),
        }
        if let Some(dialog) = &self.unrecorded {
            dialog.draw(buf, area, self.theme, &self.over);
        }
        if let Some((title, what)) = &self.told {
            let lines = wrap(what, usize::from(area.width).min(64) - 8);
            let wide = lines
                .iter()
                .map(|line| crate::front::text::width(line))
                .max()
                .unwrap_or(0);
            let inside = draw::dialog(
                buf,
                area,
                self.theme,
                title,
                (wide.max(20), lines.len() + 2),
            );
            let mut lines: Vec<Line> = lines.into_iter().map(Line::from).collect();
            lines.extend([
                Line::default(),
                Line::styled("Enter: go on", self.theme.quiet()),
            ]);
            draw::fixed(buf, inside, self.theme, &lines, (0, ""));
            self.over.clear();
            self.over.add(inside, Key::Enter);
            self.over.focus(inside, 0, 0);
        }
    }
}

fn too_small(buf: &mut Buffer, area: Rect, theme: Theme) {
    let (by, needs) = if theme.ascii {
        ("x", LEAST)
    } else {
        ("×", LEAST)
    };
    let text = format!(
        "EXERCISE. sandtable needs at least {}{by}{}; this is {}{by}{}.",
        needs.0, needs.1, area.width, area.height
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
