//! The facilitator's screen: pause, time, countdowns, news typed on the spot, observations, take-back, stop.

mod draw;

mod forms;

mod leads;

mod pace;

use crate::front::Request;
use crate::front::facilitate::{Facilitate, OptionLead, Panel};
use crate::front::text::markdown;
use crate::front::view::OpenDecision;
use crate::tui::Key;
use crate::tui::draw::Scroll;
use crate::tui::exercise::overlay::Overlay;
use crate::tui::exercise::told::Sent;
use crate::tui::exercise::{ExerciseScreen, Layer};
use crate::tui::field::{TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{Form, FormAnswer};
use crate::tui::hits::MouseDeed;

/// The longest countdown, in minutes: the longest exercise in one sitting.
const COUNTDOWN_MAX_MINUTES: u32 = 120;

/// What the facilitator sees and has typed. It outlives its screen, so that nothing typed is lost.
#[derive(Debug)]
pub(super) struct Console {
    mode: Mode,
    panel: Option<Panel>,
    leads: Vec<OptionLead>,
    /// The question that `c` is about, by id; another may take its place among the open ones.
    question: String,
    minutes: TextField,
    pub(super) inject: Option<Form>,
    pub(super) observe: Option<Form>,
    pub(super) stop: TextField,
    scroll: Scroll,
}

/// What of it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Are you the facilitator?
    Door,
    Home,
    /// Minutes for the question on screen, or for every one.
    Countdown {
        every: bool,
    },
    Leads,
    Inject,
    Observe,
    /// From which move on, and whether it only waits for a yes.
    TakeBack {
        from: usize,
        asks: bool,
    },
    Stop {
        asks: bool,
    },
}

impl Default for Console {
    fn default() -> Console {
        Console {
            mode: Mode::Door,
            panel: None,
            leads: Vec::new(),
            question: String::new(),
            minutes: TextField::line(3),
            inject: None,
            observe: None,
            stop: TextField::line(TEXT_MAX_CHARACTERS),
            scroll: Scroll::default(),
        }
    }
}

impl Console {
    pub(super) fn ask() -> Request {
        Request::Facilitate(Facilitate::Panel)
    }

    /// Whether somebody has said that they are the facilitator.
    pub(super) fn entered(&self) -> bool {
        self.mode != Mode::Door
    }

    pub(super) fn know(&mut self, panel: Panel) {
        self.inject.get_or_insert_with(|| forms::inject(&panel));
        self.observe.get_or_insert_with(|| forms::observe(&panel));
        self.panel = Some(panel);
    }

    pub(super) fn lead(&mut self, leads: Vec<OptionLead>) {
        if self.mode == Mode::Leads {
            self.leads = leads;
        }
    }

    /// What was said of an earlier moment holds no more.
    pub(super) fn stale(&mut self) {
        self.leads.clear();
        if matches!(self.mode, Mode::Leads | Mode::TakeBack { .. }) {
            self.mode = Mode::Home;
        }
    }

    fn open(&mut self, mode: Mode) {
        self.mode = mode;
        self.scroll.reset();
        self.leads.clear();
    }
}

impl ExerciseScreen {
    /// Opens the facilitator's screen, behind its door.
    pub(super) fn knock(&mut self) {
        self.told.console.open(Mode::Door);
        self.mark_question(self.asked);
        self.layer = Some(Layer::Facilitator);
    }

    fn mark_question(&mut self, place: usize) {
        let question = self.view.decisions.get(place);
        self.told.console.question = question.map_or_else(String::new, |it| it.id.clone());
    }

    /// The question that is marked, by its place; the first one where that has closed.
    fn marked_question(&self) -> usize {
        let marked = |it: &OpenDecision| it.id == self.told.console.question;
        let place = self.view.decisions.iter().position(marked);
        place.unwrap_or(0)
    }

    /// Whether the facilitator's screen stands in place of the exercise.
    pub(super) fn facilitated(&self) -> bool {
        matches!(self.layer, Some(Layer::Facilitator))
    }

    /// Takes a turn of the wheel.
    pub(super) fn console_wheel(&self, deed: MouseDeed) {
        self.told.console.scroll.wheel(deed);
    }

    pub(super) fn console_key(&mut self, key: Key) -> Option<Request> {
        self.told.console.scroll.follow();
        match self.told.console.mode {
            Mode::Door => self.door_key(key),
            Mode::Home => self.home_key(key),
            Mode::Countdown { every } => self.countdown_key(key, every),
            Mode::Leads => {
                if !self.told.console.scroll.key(key) {
                    self.told.console.open(Mode::Home);
                }
                None
            }
            Mode::Inject => self.inject_key(key),
            Mode::Observe => self.observe_key(key),
            Mode::TakeBack { from, asks } => self.take_back_key(key, from, asks),
            Mode::Stop { asks } => self.stop_key(key, asks),
        }
    }

    fn door_key(&mut self, key: Key) -> Option<Request> {
        if key == Key::Enter {
            self.told.console.open(Mode::Home);
            return Some(Console::ask());
        }
        self.layer = None;
        None
    }

    fn home_key(&mut self, key: Key) -> Option<Request> {
        let ask = |it| Some(Request::Facilitate(it));
        match key {
            Key::Char('p') if self.told.paused => return ask(Facilitate::GoOn),
            Key::Char('p') => return ask(Facilitate::Pause),
            Key::Char('w') if self.told.paused => {
                self.notice = Some("PAUSED: p goes on; then time can pass.".to_owned());
            }
            Key::Char('w') if self.over() => self.notice = Some("ENDEX has come.".to_owned()),
            Key::Char('w') => return ask(Facilitate::Wait),
            Key::Char('c') if self.view.decisions.is_empty() => {
                let none = "No question is open in this view. C counts down every question.";
                self.notice = Some(none.to_owned());
            }
            Key::Char('c') => {
                self.mark_question(self.marked_question());
                self.told.console.open(Mode::Countdown { every: false });
            }
            Key::Char('C') => self.told.console.open(Mode::Countdown { every: true }),
            Key::Char('l') => {
                self.told.console.open(Mode::Leads);
                return ask(Facilitate::Leads);
            }
            Key::Char('i') => self.told.console.open(Mode::Inject),
            Key::Char('o') => self.told.console.open(Mode::Observe),
            Key::Char('b') => self.open_take_back(),
            Key::Char('e') => self.told.console.open(Mode::Stop { asks: false }),
            Key::Char('x') => return self.next_seat(),
            Key::Char('?') => self.overlay = Some(Overlay::help()),
            Key::Tab => {
                let count = self.view.decisions.len().max(1);
                self.mark_question((self.marked_question() + 1) % count);
            }
            Key::Esc | Key::Char('f' | 'q') => self.leave_console(),
            other => {
                self.told.console.scroll.key(other);
            }
        }
        None
    }

    fn countdown_key(&mut self, key: Key, every: bool) -> Option<Request> {
        let console = &mut self.told.console;
        match key {
            Key::Esc => console.open(Mode::Home),
            Key::Enter => {
                let minutes = console.minutes.text().trim().parse::<u32>().ok();
                let Some(minutes) = minutes.filter(|it| *it <= COUNTDOWN_MAX_MINUTES) else {
                    self.notice = Some(format!(
                        "Type 1 to {COUNTDOWN_MAX_MINUTES} minutes; 0 takes the countdown away."
                    ));
                    return None;
                };
                let mut open = self.view.decisions.iter();
                let decision = open.find(|it| !every && it.id == console.question);
                let decision = decision.map(|it| it.id.clone());
                if decision.is_none() && !every {
                    console.open(Mode::Home);
                    self.notice = Some("That question has closed meanwhile.".to_owned());
                    return None;
                }
                console.minutes.take();
                console.open(Mode::Home);
                return Some(Request::Facilitate(Facilitate::Countdown {
                    decision,
                    seconds: minutes * 60,
                }));
            }
            Key::Char(c) if !c.is_ascii_digit() => {}
            other => {
                console.minutes.key(other);
            }
        }
        None
    }

    fn inject_key(&mut self, key: Key) -> Option<Request> {
        let console = &mut self.told.console;
        let answer = console
            .inject
            .as_mut()
            .map_or(FormAnswer::Close, |it| it.key(key));
        match answer {
            FormAnswer::Stay => None,
            FormAnswer::Close => {
                console.open(Mode::Home);
                None
            }
            FormAnswer::Send => {
                let panel = console.panel.as_ref()?;
                let Some(inject) = forms::improvised(console.inject.as_ref()?, panel) else {
                    let empty = "Type a subject and a text first; then Send delivers it.";
                    self.notice = Some(empty.to_owned());
                    return None;
                };
                let fresh = forms::inject(panel);
                let sent = console.inject.replace(fresh)?;
                console.open(Mode::Home);
                self.send(Sent::Inject(sent));
                Some(Request::Facilitate(Facilitate::Inject(inject)))
            }
        }
    }

    fn observe_key(&mut self, key: Key) -> Option<Request> {
        let console = &mut self.told.console;
        let answer = console
            .observe
            .as_mut()
            .map_or(FormAnswer::Close, |it| it.key(key));
        match answer {
            FormAnswer::Stay => None,
            FormAnswer::Close => {
                console.open(Mode::Home);
                None
            }
            FormAnswer::Send => {
                let panel = console.panel.as_ref()?;
                let Some(seen) = forms::observation(console.observe.as_ref()?, panel) else {
                    self.notice = Some("Type what you saw first.".to_owned());
                    return None;
                };
                let fresh = forms::observe(panel);
                let sent = console.observe.replace(fresh)?;
                console.open(Mode::Home);
                self.send(Sent::Observation(sent));
                Some(Request::Facilitate(Facilitate::Observe(seen)))
            }
        }
    }

    fn open_take_back(&mut self) {
        let console = &mut self.told.console;
        let moves = console.panel.as_ref().map_or(0, |it| it.moves.len());
        match moves.checked_sub(1) {
            Some(from) => console.open(Mode::TakeBack { from, asks: false }),
            None => self.notice = Some("There is no move to take back.".to_owned()),
        }
    }

    fn take_back_key(&mut self, key: Key, from: usize, asks: bool) -> Option<Request> {
        let console = &mut self.told.console;
        let moves = console.panel.as_ref().map_or(0, |it| it.moves.len());
        let last = moves.saturating_sub(1);
        let page = 10;
        let to = match key {
            Key::Enter if asks => {
                console.open(Mode::Home);
                return Some(Request::Facilitate(Facilitate::TakeBack(from)));
            }
            _ if asks => {
                console.mode = Mode::TakeBack { from, asks: false };
                return None;
            }
            Key::Enter => {
                console.mode = Mode::TakeBack { from, asks: true };
                return None;
            }
            Key::Up | Key::Char('k') => from.saturating_sub(1),
            Key::Down | Key::Char('j') => (from + 1).min(last),
            Key::PageUp => from.saturating_sub(page),
            Key::PageDown => (from + page).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::Esc => {
                console.open(Mode::Home);
                return None;
            }
            _ => from,
        };
        console.mode = Mode::TakeBack {
            from: to,
            asks: false,
        };
        None
    }

    fn stop_key(&mut self, key: Key, asks: bool) -> Option<Request> {
        let console = &mut self.told.console;
        match key {
            Key::Enter if asks => {
                let field = console.stop.clone();
                let why = console.stop.take().trim().to_owned();
                console.open(Mode::Home);
                self.send(Sent::Stop(field));
                return Some(Request::Facilitate(Facilitate::Stop(why)));
            }
            Key::Enter => console.mode = Mode::Stop { asks: true },
            Key::Esc if !asks => console.open(Mode::Home),
            _ if asks => console.mode = Mode::Stop { asks: false },
            other => {
                console.stop.key(other);
            }
        }
        None
    }
}

/// Limited Markdown in one line, without its emphasis.
fn flat(text: &str) -> String {
    let lines = markdown(text, usize::from(u16::MAX)).into_iter();
    let words = lines.flatten().map(|run| run.text);
    words.collect()
}
