//! The facilitator's screen: pause, time, countdowns, news typed on the spot, observations, take-back, stop.

mod draw;

mod forms;

mod leads;

mod pace;

use crate::front::Request;
use crate::front::facilitate::{Facilitate, OptionLead, Panel};
use crate::front::view::{OpenDecision, View};
use crate::tui::Key;
use crate::tui::draw::Scroll;
use crate::tui::exercise::facts::Scene;
use crate::tui::exercise::outcome::{KeyOutcome, Opening, SheetKind};
use crate::tui::field::{TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{Form, FormAnswer};
use crate::tui::hits::MouseAction;

/// The longest countdown, in minutes: the longest exercise in one sitting.
const COUNTDOWN_MAX_MINUTES: u32 = 120;

/// Moves that a page key passes.
const PAGE: usize = 10;

/// What the facilitator sees and has typed. It outlives its screen, so that nothing typed is lost.
#[derive(Debug)]
pub(super) struct Console {
    mode: Mode,
    panel: Option<Panel>,
    leads: Vec<OptionLead>,
    /// The question that `c` is about, by id; another may take its place among the open ones.
    question: String,
    minutes: TextField,
    inject: Option<Form>,
    observe: Option<Form>,
    stop: TextField,
    scroll: Scroll,
    /// Sent last: it comes back if it is refused.
    pub(super) sent: Option<SentForm>,
    /// Said to the team once the facilitator's screen is left.
    pub(super) aside: Option<String>,
}

/// What is open of it.
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

/// A form whose answer is still to come.
#[derive(Debug)]
pub(super) enum SentForm {
    Inject(Form),
    Observation(Form),
    Stop(TextField),
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
            sent: None,
            aside: None,
        }
    }
}

/// The outcome of a key that asks something of the room.
fn ask(request: Facilitate) -> KeyOutcome {
    KeyOutcome::Ask(Request::Facilitate(request))
}

impl Console {
    /// Closes the door, with the question that is on screen marked behind it.
    pub(super) fn shut(&mut self, view: &View, shown: usize) {
        self.open(Mode::Door);
        self.mark_question(view, shown);
    }

    /// Whether somebody has said that they are the facilitator.
    pub(super) fn entered(&self) -> bool {
        self.mode != Mode::Door
    }

    /// Takes the panel.
    pub(super) fn see(&mut self, panel: Panel) {
        self.inject.get_or_insert_with(|| forms::inject(&panel));
        self.observe.get_or_insert_with(|| forms::observe(&panel));
        self.panel = Some(panel);
    }

    /// Takes what each option leads to, if that is on screen.
    pub(super) fn see_leads(&mut self, leads: Vec<OptionLead>) {
        if self.mode == Mode::Leads {
            self.leads = leads;
        }
    }

    /// A new view has come: what was said of an earlier moment no longer holds.
    pub(super) fn forget_leads(&mut self) {
        self.leads.clear();
        if matches!(self.mode, Mode::Leads | Mode::TakeBack { .. }) {
            self.mode = Mode::Home;
        }
    }

    /// Puts what was refused back into its form.
    pub(super) fn restore(&mut self) {
        match self.sent.take() {
            Some(SentForm::Inject(form)) => self.inject = Some(form),
            Some(SentForm::Observation(form)) => self.observe = Some(form),
            Some(SentForm::Stop(field)) => self.stop = field,
            None => {}
        }
    }

    fn open(&mut self, mode: Mode) {
        self.mode = mode;
        self.scroll.reset();
        self.leads.clear();
    }

    fn moves(&self) -> usize {
        self.panel.as_ref().map_or(0, |it| it.moves.len())
    }

    fn mark_question(&mut self, view: &View, place: usize) {
        let question = view.decisions.get(place);
        self.question = question.map_or_else(String::new, |it| it.id.clone());
    }

    /// The place of the question that is marked; the first one if that has closed.
    fn marked_question(&self, view: &View) -> usize {
        let marked = |it: &OpenDecision| it.id == self.question;
        view.decisions.iter().position(marked).unwrap_or(0)
    }

    pub(super) fn wheel(&self, turn: MouseAction) {
        self.scroll.wheel(turn);
    }

    pub(super) fn key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        self.scroll.follow();
        match self.mode {
            Mode::Door if key == Key::Enter => {
                self.open(Mode::Home);
                ask(Facilitate::Panel)
            }
            Mode::Door => KeyOutcome::Close,
            Mode::Home => self.home_key(key, scene),
            Mode::Countdown { every } => self.countdown_key(key, every, scene.view),
            Mode::Leads => {
                if !self.scroll.key(key) {
                    self.open(Mode::Home);
                }
                KeyOutcome::Stay
            }
            Mode::Inject => self.inject_key(key),
            Mode::Observe => self.observe_key(key),
            Mode::TakeBack { from, asks } => self.take_back_key(key, from, asks),
            Mode::Stop { asks } => self.stop_key(key, asks),
        }
    }

    fn home_key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        let (view, paused) = (scene.view, scene.facts.paused);
        match key {
            Key::Char('p') if paused => return ask(Facilitate::GoOn),
            Key::Char('p') => return ask(Facilitate::Pause),
            Key::Char('w') if paused => {
                return KeyOutcome::say("PAUSED: p goes on; then time can pass.");
            }
            Key::Char('w') if scene.over() => return KeyOutcome::say("ENDEX has come."),
            Key::Char('w') => return ask(Facilitate::Wait),
            Key::Char('c') if view.decisions.is_empty() => {
                return KeyOutcome::say(
                    "No question is open in this view. C counts down every question.",
                );
            }
            Key::Char('c') => {
                self.mark_question(view, self.marked_question(view));
                self.open(Mode::Countdown { every: false });
            }
            Key::Char('C') => self.open(Mode::Countdown { every: true }),
            Key::Char('l') => {
                self.open(Mode::Leads);
                return ask(Facilitate::Leads);
            }
            Key::Char('i') => self.open(Mode::Inject),
            Key::Char('o') => self.open(Mode::Observe),
            Key::Char('b') => match self.moves().checked_sub(1) {
                Some(from) => self.open(Mode::TakeBack { from, asks: false }),
                None => return KeyOutcome::say("There is no move to take back."),
            },
            Key::Char('e') => self.open(Mode::Stop { asks: false }),
            Key::Char('x') => {
                let next = scene.facts.next_seat();
                return next.map_or(KeyOutcome::Stay, |it| KeyOutcome::Ask(Request::Seat(it)));
            }
            Key::Char('?') => return KeyOutcome::Open(Opening::Sheet(SheetKind::Help)),
            Key::Tab => {
                let count = view.decisions.len().max(1);
                self.mark_question(view, (self.marked_question(view) + 1) % count);
            }
            Key::Esc | Key::Char('f' | 'q') => return KeyOutcome::Close,
            other => {
                self.scroll.key(other);
            }
        }
        KeyOutcome::Stay
    }

    fn countdown_key(&mut self, key: Key, every: bool, view: &View) -> KeyOutcome {
        match key {
            Key::Esc => self.open(Mode::Home),
            Key::Enter => {
                let minutes = self.minutes.text().trim().parse::<u32>().ok();
                let Some(minutes) = minutes.filter(|it| *it <= COUNTDOWN_MAX_MINUTES) else {
                    return KeyOutcome::Say(format!(
                        "Type 1 to {COUNTDOWN_MAX_MINUTES} minutes; 0 takes the countdown away."
                    ));
                };
                let mut open = view.decisions.iter();
                let decision = open.find(|it| !every && it.id == self.question);
                let decision = decision.map(|it| it.id.clone());
                self.open(Mode::Home);
                if decision.is_none() && !every {
                    return KeyOutcome::say("That question has closed meanwhile.");
                }
                self.minutes.take();
                return ask(Facilitate::Countdown {
                    decision,
                    seconds: minutes * 60,
                });
            }
            Key::Char(c) if !c.is_ascii_digit() => {}
            other => {
                self.minutes.key(other);
            }
        }
        KeyOutcome::Stay
    }

    fn inject_key(&mut self, key: Key) -> KeyOutcome {
        let (Some(form), Some(panel)) = (&mut self.inject, &self.panel) else {
            self.open(Mode::Home);
            return KeyOutcome::Stay;
        };
        match form.key(key) {
            FormAnswer::Stay => {}
            FormAnswer::Close => self.open(Mode::Home),
            FormAnswer::Send => {
                let Some(inject) = forms::improvised(form, panel) else {
                    return KeyOutcome::say(
                        "Type a subject and a text first; then Send delivers it.",
                    );
                };
                let sent = std::mem::replace(form, forms::inject(panel));
                self.sent = Some(SentForm::Inject(sent));
                self.open(Mode::Home);
                return ask(Facilitate::Inject(inject));
            }
        }
        KeyOutcome::Stay
    }

    fn observe_key(&mut self, key: Key) -> KeyOutcome {
        let (Some(form), Some(panel)) = (&mut self.observe, &self.panel) else {
            self.open(Mode::Home);
            return KeyOutcome::Stay;
        };
        match form.key(key) {
            FormAnswer::Stay => {}
            FormAnswer::Close => self.open(Mode::Home),
            FormAnswer::Send => {
                let Some(seen) = forms::observation(form, panel) else {
                    return KeyOutcome::say("Type what you saw first.");
                };
                let sent = std::mem::replace(form, forms::observe(panel));
                self.sent = Some(SentForm::Observation(sent));
                self.open(Mode::Home);
                return ask(Facilitate::Observe(seen));
            }
        }
        KeyOutcome::Stay
    }

    fn take_back_key(&mut self, key: Key, from: usize, asks: bool) -> KeyOutcome {
        let last = self.moves().saturating_sub(1);
        let (to, asks) = match key {
            Key::Enter if asks => {
                self.open(Mode::Home);
                return ask(Facilitate::TakeBack(from));
            }
            _ if asks => (from, false),
            Key::Enter => (from, true),
            Key::Up | Key::Char('k') => (from.saturating_sub(1), false),
            Key::Down | Key::Char('j') => ((from + 1).min(last), false),
            Key::PageUp => (from.saturating_sub(PAGE), false),
            Key::PageDown => ((from + PAGE).min(last), false),
            Key::Home => (0, false),
            Key::End => (last, false),
            Key::Esc => {
                self.open(Mode::Home);
                return KeyOutcome::Stay;
            }
            _ => (from, false),
        };
        self.mode = Mode::TakeBack { from: to, asks };
        KeyOutcome::Stay
    }

    fn stop_key(&mut self, key: Key, asks: bool) -> KeyOutcome {
        match key {
            Key::Enter if asks => {
                self.sent = Some(SentForm::Stop(self.stop.clone()));
                let why = self.stop.take().trim().to_owned();
                self.open(Mode::Home);
                return ask(Facilitate::Stop(why));
            }
            Key::Enter => self.mode = Mode::Stop { asks: true },
            _ if asks => self.mode = Mode::Stop { asks: false },
            Key::Esc => self.open(Mode::Home),
            other => {
                self.stop.key(other);
            }
        }
        KeyOutcome::Stay
    }
}
