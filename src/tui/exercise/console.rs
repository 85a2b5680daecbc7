//! The facilitator's screen: pause, time, countdowns, news typed on the spot, observations, take-back, stop.

mod draw;
mod forms;
mod leads;
mod pace;

use std::collections::BTreeMap;

use crate::front::Request;
use crate::front::facilitate::{Facilitate, OptionLead, Panel};
use crate::front::view::{OpenDecision, View};
use crate::tui::Key;
use crate::tui::draw::Scroll;
use crate::tui::exercise::facts::Scene;
use crate::tui::exercise::outcome::{KeyOutcome, Opening, SheetKind};
use crate::tui::exercise::phrases::step_through;
use crate::tui::exercise::question::SaidDeadlines;
use crate::tui::field::{TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{Form, FormAnswer};
use forms::FormKind;

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
    typed: TypedTexts,
    said: SaidDeadlines,
    /// As it was before something was sent whose answer is still to come.
    pub(super) before: Option<TypedTexts>,
    pub(super) scroll: Scroll,
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
    Form(FormKind),
    /// From which move on, and whether it only waits for a yes.
    TakeBack {
        from: usize,
        asks: bool,
    },
    Stop {
        asks: bool,
    },
}

/// What is typed and not sent; it comes back if it is refused.
#[derive(Clone, Debug)]
pub(super) struct TypedTexts {
    forms: BTreeMap<FormKind, Form>,
    /// Why the exercise ends.
    stop: TextField,
}

impl Default for Console {
    fn default() -> Console {
        Console {
            mode: Mode::Door,
            panel: None,
            leads: Vec::new(),
            question: String::new(),
            minutes: TextField::line(3),
            typed: TypedTexts {
                forms: BTreeMap::new(),
                stop: TextField::line(TEXT_MAX_CHARACTERS),
            },
            said: SaidDeadlines::default(),
            before: None,
            scroll: Scroll::default(),
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
        for kind in FormKind::ALL {
            let form = self.typed.forms.entry(kind);
            form.or_insert_with(|| kind.blank(&panel));
        }
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

    /// Puts what was refused back where it was typed.
    pub(super) fn restore(&mut self) {
        if let Some(before) = self.before.take() {
            self.typed = before;
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
            Mode::Form(kind) => self.form_key(key, kind),
            Mode::TakeBack { from, asks } => self.take_back_key(key, from, asks),
            Mode::Stop { asks } => self.stop_key(key, asks),
        }
    }

    /// The text that is being typed.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        match self.mode {
            Mode::Form(kind) => self.typed.forms.get_mut(&kind)?.field(),
            Mode::Stop { asks: false } => Some(&mut self.typed.stop),
            Mode::Countdown { .. } => Some(&mut self.minutes),
            _ => None,
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
            Key::Char('w') => {
                let said = self.said.before_wait(scene);
                return said.map_or_else(|| ask(Facilitate::Wait), KeyOutcome::Say);
            }
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
            Key::Char('i') => self.open(Mode::Form(FormKind::Inject)),
            Key::Char('o') => self.open(Mode::Form(FormKind::Observe)),
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

    fn form_key(&mut self, key: Key, kind: FormKind) -> KeyOutcome {
        let (Some(form), Some(panel)) = (self.typed.forms.get_mut(&kind), &self.panel) else {
            self.open(Mode::Home);
            return KeyOutcome::Stay;
        };
        match form.key(key) {
            FormAnswer::Stay => {}
            FormAnswer::Close => self.open(Mode::Home),
            FormAnswer::Send => match kind.request(form, panel) {
                Ok(request) => {
                    let blank = kind.blank(panel);
                    self.before = Some(self.typed.clone());
                    self.typed.forms.insert(kind, blank);
                    self.open(Mode::Home);
                    return ask(request);
                }
                Err(missing) => return KeyOutcome::say(missing),
            },
        }
        KeyOutcome::Stay
    }

    fn take_back_key(&mut self, key: Key, from: usize, asks: bool) -> KeyOutcome {
        let last = self.moves().saturating_sub(1);
        let (from, asks) = match key {
            Key::Enter if asks => {
                self.open(Mode::Home);
                return ask(Facilitate::TakeBack(from));
            }
            _ if asks => (from, false),
            Key::Enter => (from, true),
            Key::Esc => {
                self.open(Mode::Home);
                return KeyOutcome::Stay;
            }
            other => (step_through(other, from, last).unwrap_or(from), false),
        };
        self.mode = Mode::TakeBack { from, asks };
        KeyOutcome::Stay
    }

    fn stop_key(&mut self, key: Key, asks: bool) -> KeyOutcome {
        match key {
            Key::Enter if asks => {
                self.before = Some(self.typed.clone());
                let why = self.typed.stop.take().trim().to_owned();
                self.open(Mode::Home);
                return ask(Facilitate::Stop(why));
            }
            Key::Enter => self.mode = Mode::Stop { asks: true },
            _ if asks => self.mode = Mode::Stop { asks: false },
            Key::Esc => self.open(Mode::Home),
            other => {
                self.typed.stop.key(other);
            }
        }
        KeyOutcome::Stay
    }
}
