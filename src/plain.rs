//! The exercise as lines of text: for screen readers, simple terminals, pipes and transcripts.
//!
//! One event a line, each with a label; nothing but words and line breaks, eighty columns, and no clock: the same
//! messages and lines give the same text.

mod scorecard;

pub mod account;

mod grammar;

mod room;

mod write;

use std::collections::BTreeMap;

use crate::front::Unfinished;
use crate::front::facilitate::Countdown;
use crate::front::review::Scorecard;
use crate::front::seats::{Reason, Seats};
use crate::front::view::{OpenDecision, View};
use crate::front::{MoveById, Msg, PlaySetup, Reckoning, Request, ScenarioOffer, clean};
use crate::words;
use grammar::Order;
use room::RoomOrder;

/// What a face of lines answers: text for the reader, and what it asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainOutput {
    /// Whole lines; may be empty.
    pub text: String,
    /// What is asked for next, before another line is read.
    pub request: Option<Request>,
}

/// One person's exercise as lines.
#[derive(Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing that has nothing to do with the others"
)]
pub struct Plain {
    view: Option<View>,
    offers: Vec<ScenarioOffer>,
    history: bool,
    /// Of an exercise that was played before: stepped through like history, told like play.
    replay: bool,
    /// Of an exercise that is played elsewhere: it is only looked at.
    follow: bool,
    next: Option<String>,
    /// The message that `sources` speaks of, by its place in the inbox.
    latest: usize,
    scorecard: Option<Scorecard>,
    /// What moves cost is being worked out.
    reckoning: bool,
    stage: PlainStage,
    refused: bool,
    unfinished: Vec<Unfinished>,
    seats: Option<Seats>,
    /// What the other seats of this room knew when they were last at the screen.
    others: BTreeMap<usize, View>,
    /// Moves were taken back: what comes is of an earlier moment.
    rewound: bool,
    countdowns: Vec<Countdown>,
    /// What was said of the next decision.
    reason: Reason,
    /// What was said of the move that was asked for, until it is made.
    asked: Reason,
}

/// How far an exercise is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PlainStage {
    #[default]
    Running,
    /// The team asked to stop; the account has not come yet.
    Stopping,
    Over,
}

impl Plain {
    /// Waits for its first message.
    #[must_use]
    pub fn new() -> Plain {
        Plain::default()
    }

    /// Whether nothing more will come: ENDEX, a stop, or the way out.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stage == PlainStage::Over
    }

    /// Whether any move or line was refused so far.
    #[must_use]
    pub fn was_refused(&self) -> bool {
        self.refused
    }

    /// Whether nothing could be opened.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.is_over() && self.view.is_none()
    }

    /// Whether an exercise that is played elsewhere is looked at.
    #[must_use]
    pub fn is_following(&self) -> bool {
        self.follow
    }

    /// Whether what moves cost is being worked out, and comes by itself.
    #[must_use]
    pub fn is_reckoning(&self) -> bool {
        self.reckoning
    }

    /// In history: whether a step is left.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.history && self.next.is_some() && !self.is_over()
    }

    /// Takes a message. After a briefing STARTEX follows at once.
    pub fn update(&mut self, msg: Msg) -> PlainOutput {
        match clean::msg(msg) {
            Msg::Offers(offers) => {
                let text = write::offers(&offers);
                self.offers = offers;
                said(text)
            }
            Msg::Briefing(briefing) => {
                *self = Plain {
                    history: briefing.history,
                    replay: briefing.replay,
                    follow: briefing.follow,
                    refused: self.refused,
                    unfinished: std::mem::take(&mut self.unfinished),
                    offers: std::mem::take(&mut self.offers),
                    ..Plain::default()
                };
                PlainOutput {
                    text: write::briefing(&briefing),
                    request: (!briefing.follow).then_some(Request::Begin),
                }
            }
            Msg::View(view) => said(self.see(*view)),
            Msg::Scorecard(scorecard) => said(self.close(scorecard)),
            Msg::Account(Reckoning::Working { .. }) => {
                // Said once: how far it is would be a line for every look.
                let known = std::mem::replace(&mut self.reckoning, true);
                let text =
                    "What moves cost with hindsight is being worked out. An empty line leaves.";
                said(if known {
                    String::new()
                } else {
                    write::labelled("BALANCE", text)
                })
            }
            Msg::Account(Reckoning::Done(it)) => {
                self.reckoning = false;
                said(account::summary(&it) + &account::curve(&it))
            }
            Msg::Refused(why) => {
                self.refused = true;
                self.say_again();
                said(write::labelled("REFUSED", &why))
            }
            Msg::Made(made, reason) => said(self.announce(&made) + &room::reason(&reason)),
            Msg::Unfinished(them) => {
                let text = room::unfinished(&them);
                self.unfinished = them;
                said(text)
            }
            Msg::Seats(seats) => said(self.sit(seats)),
            Msg::TakenBack(it) => {
                self.rewound = true;
                // What others knew may not be so.
                self.others.clear();
                said(if it.moves.is_empty() {
                    String::new()
                } else {
                    room::taken_back(&it)
                })
            }
            Msg::Note(it) => said(room::note(&it)),
            Msg::Vote(it) => said(room::votes(&it)),
            Msg::Paused(true) => said(write::labelled("PAUSED", "Nothing moves until it goes on.")),
            Msg::Paused(false) => said(write::labelled("GOES ON", "The pause is over.")),
            Msg::Countdowns(now) => {
                let text = room::countdowns(&self.countdowns, &now);
                self.countdowns = now;
                said(text)
            }
            Msg::Panel(it) => said(room::panel(&it)),
            Msg::Leads(them) => said(room::leads(&them)),
            Msg::Stopped(why) => said(self.stop_here(&why)),
            Msg::Unrecorded(it) => {
                self.refused = true;
                self.say_again();
                said(write::unrecorded(&it))
            }
            Msg::Next(step) => {
                self.next = step;
                // What was played to its end is closed by its account, as it was then.
                let ended = self.view.as_ref().is_some_and(|it| it.ending.is_some());
                let done = self.history
                    && self.next.is_none()
                    && !self.is_over()
                    && !(self.replay && ended);
                if done {
                    self.stage = PlainStage::Over;
                }
                said(if done {
                    write::labelled("END", "That was the last step.")
                } else {
                    String::new()
                })
            }
            Msg::Saved(what) => said(write::labelled("SAVED", &what)),
            Msg::Trouble(what) => {
                if self.view.is_none() && self.offers.is_empty() {
                    // Nothing was opened and nothing can be: no line would help.
                    self.stage = PlainStage::Over;
                }
                said(write::labelled("TROUBLE", &what))
            }
        }
    }

    /// A line had more bytes than are read.
    pub fn too_long(&mut self, most: u64) -> PlainOutput {
        self.refused = true;
        let most = words::number(most as i64);
        let why = format!("The line is longer than {most} bytes; nothing of it was read.");
        said(write::labelled("REFUSED", &why))
    }

    /// The next step of the history, announced. What was played before announces itself.
    pub fn step(&mut self) -> PlainOutput {
        let Some(step) = self.next.take() else {
            return PlainOutput::default();
        };
        let text = if self.replay {
            String::new()
        } else {
            format!("\n{}", write::labelled("MOVE", &step))
        };
        PlainOutput {
            text,
            request: Some(Request::Step),
        }
    }

    /// Takes who sits where; when another seat comes to the screen, what it knew before is known again.
    fn sit(&mut self, seats: Seats) -> String {
        let text = room::seats(self.seats.as_ref(), &seats);
        let before = self.seats.as_ref().map(|it| it.current);
        if let Some(before) = before.filter(|it| *it != seats.current) {
            if let Some(view) = self.view.take() {
                self.others.insert(before, view);
            }
            self.view = self.others.remove(&seats.current);
            // What was said of the next choice was said by whoever sat there.
            self.reason = Reason::default();
        }
        self.seats = Some(seats);
        text
    }

    /// What was said of a move that was not made is still said of the next.
    fn say_again(&mut self) {
        let asked = std::mem::take(&mut self.asked);
        if self.reason.is_empty() {
            self.reason = asked;
        }
    }

    /// There are no more lines: asks for the points so far.
    pub fn input_ended(&mut self) -> PlainOutput {
        if self.is_over() {
            return PlainOutput::default();
        }
        if self.follow {
            return self.quit();
        }
        self.stop()
    }

    /// Asks for the points so far; where nothing is running, it is over.
    fn stop(&mut self) -> PlainOutput {
        if self.view.is_none() {
            self.stage = PlainStage::Over;
            return PlainOutput::default();
        }
        self.stage = PlainStage::Stopping;
        PlainOutput {
            text: String::new(),
            request: Some(Request::Stop),
        }
    }

    /// Says when the exercise was stopped, and why. The points so far follow.
    fn stop_here(&mut self, why: &str) -> String {
        let Some(view) = &self.view else {
            return String::new();
        };
        self.stage = PlainStage::Stopping;
        let at = &view.now;
        let mut text = format!("at {} {} {}", at.date, at.time, at.zone);
        if !why.is_empty() {
            text.extend([": ", why.trim_end_matches('.')]);
        }
        write::labelled("STOP", &(text + "; points so far:"))
    }

    /// A room that has no account to give ends the exercise all the same.
    pub fn stopped(&mut self) {
        if self.stage == PlainStage::Stopping {
            self.stage = PlainStage::Over;
        }
    }

    /// Takes a line in the play grammar. Comments say nothing, nor do blank lines, but in history they make the next step.
    pub fn line(&mut self, line: &str) -> PlainOutput {
        if self.history && line.trim().is_empty() {
            return self.step();
        }
        // What is typed for others to read is taken as it is, whatever is in it.
        match room::order(line, self.view.as_ref()) {
            None => {}
            Some(Ok(order)) => return self.obey_room(order),
            Some(Err(why)) => {
                self.refused = true;
                return said(write::labelled("REFUSED", &why));
            }
        }
        let line = clean::line(line.split('#').next().unwrap_or_default());
        if line.is_empty() {
            return PlainOutput::default();
        }
        match grammar::read(&line, self.view.as_ref(), &self.offers) {
            Ok(order) => self.obey(order),
            Err(why) => {
                self.refused = true;
                said(write::labelled("REFUSED", &why))
            }
        }
    }

    /// Takes a line of a play after ENDEX: what it expects may still be asked. None where no further line is read.
    pub fn afterwards(&mut self, line: &str) -> Option<PlainOutput> {
        let ended = self.view.as_ref().is_some_and(|it| it.ending.is_some());
        if !ended || self.history {
            return None;
        }
        let line = clean::line(line.split('#').next().unwrap_or_default());
        match line.as_str() {
            "" => Some(PlainOutput::default()),
            "quit" | "exit" => None,
            line if grammar::says_after_endex(line) => Some(PlainOutput {
                text: String::new(),
                request: Some(Request::Line(line.to_owned())),
            }),
            _ => {
                self.refused = true;
                let why = "The exercise is over; what follows is not read.";
                Some(said(write::labelled("REFUSED", why)))
            }
        }
    }

    fn obey(&mut self, order: Order) -> PlainOutput {
        match order {
            Order::Move(_) | Order::Line(_) | Order::Record(_) if self.history || self.follow => {
                self.refused = true;
                let why = if self.follow {
                    "This is played elsewhere; it is only shown here."
                } else if self.replay {
                    "This was played before; use `next` for its next step."
                } else {
                    "This is the record; use `next` for its next step."
                };
                said(write::labelled("REFUSED", why))
            }
            Order::Move(it) => {
                let mut reason = Reason::default();
                if it != MoveById::Wait {
                    reason = std::mem::take(&mut self.reason);
                    self.asked.clone_from(&reason);
                }
                PlainOutput {
                    text: self.announce(&it) + &room::reason(&reason),
                    request: Some(if reason.is_empty() {
                        Request::Move(it)
                    } else {
                        Request::Reasoned(it, reason)
                    }),
                }
            }
            Order::Resume(name) => {
                let found = self.unfinished.iter().find(|it| it.name == name);
                let request = found.map(|it| Request::Reopen {
                    exercise: it.exercise.clone(),
                    replay: false,
                });
                PlainOutput {
                    text: match &request {
                        None => write::labelled(
                            "REFUSED",
                            "There is no unfinished exercise of that name.",
                        ),
                        Some(_) => String::new(),
                    },
                    request,
                }
            }
            Order::Line(line) => {
                // What a play expects is said only where it does not hold.
                let text = if line.starts_with("wait") {
                    format!("\n{}", write::labelled("MOVE", &line))
                } else {
                    String::new()
                };
                PlainOutput {
                    text,
                    request: Some(Request::Line(line)),
                }
            }
            Order::Open { scenario, history } => {
                let setup = PlaySetup {
                    scenario,
                    history,
                    ..PlaySetup::default()
                };
                PlainOutput {
                    text: String::new(),
                    request: Some(Request::Open(setup)),
                }
            }
            Order::Record(how) => PlainOutput {
                text: String::new(),
                request: Some(Request::Record(how)),
            },
            Order::Next => self.step(),
            Order::Read(place) => {
                self.latest = place;
                said(self.tell(|view| {
                    view.inbox
                        .get(place)
                        .map_or_else(String::new, |it| write::message(it, true))
                }))
            }
            Order::Help => said(write::help(self.history)),
            Order::Status => said(self.tell(write::status)),
            Order::Actions => said(self.tell(|view| write::actions(&view.actions))),
            Order::Decisions => {
                said(self.tell(|view| write::decisions(&view.decisions, &view.now.date)))
            }
            Order::Inbox => said(self.tell(write::inbox)),
            Order::Sources => {
                said(self.tell(|view| write::sources(view.inbox.get(self.latest), self.history)))
            }
            Order::Quit => self.quit(),
        }
    }

    fn quit(&mut self) -> PlainOutput {
        if self.is_over() || self.history || self.follow {
            self.stage = PlainStage::Over;
            return PlainOutput::default();
        }
        self.stop()
    }

    fn obey_room(&mut self, order: RoomOrder) -> PlainOutput {
        if self.history || self.follow || self.view.is_none() {
            self.refused = true;
            let why = "That is for an exercise that is being played.";
            return said(write::labelled("REFUSED", why));
        }
        let request = match order {
            RoomOrder::Ask(request) => Some(request),
            RoomOrder::By(who) => {
                self.reason.by = who;
                None
            }
            RoomOrder::Because(why) => {
                self.reason.why = why;
                None
            }
            RoomOrder::Sure(percent) => {
                self.reason.sure = Some(percent);
                None
            }
        };
        PlainOutput {
            text: String::new(),
            request,
        }
    }

    fn tell(&self, tell: impl Fn(&View) -> String) -> String {
        match &self.view {
            Some(view) => tell(view),
            None => write::labelled("NOTE", "No exercise is running."),
        }
    }

    /// The move in words, so that a transcript holds what was done.
    fn announce(&self, order: &MoveById) -> String {
        let view = self.view.as_ref();
        let text = match order {
            MoveById::Wait => "wait".to_owned(),
            MoveById::Take(id) => {
                let label = view
                    .and_then(|it| it.actions.iter().find(|it| it.id == *id))
                    .map_or("", |it| &it.label);
                format!("take {id}: {label}")
            }
            MoveById::Choose(decision, option) => {
                let asked = view.and_then(|it| it.decisions.iter().find(|it| it.id == *decision));
                let label = asked
                    .and_then(|it| it.options.iter().find(|it| it.id == *option))
                    .map_or("", |it| &it.label);
                format!("choose {decision} {option}: {label}")
            }
        };
        format!("\n{}", write::labelled("MOVE", &text))
    }

    /// Whether what really happened is shown, with what it rests on.
    fn is_record(&self) -> bool {
        self.history && !self.replay
    }

    /// What is new since the last view.
    fn see(&mut self, view: View) -> String {
        let mut text = String::new();
        let rewound = std::mem::take(&mut self.rewound);
        self.asked = Reason::default();
        let mut before = self.view.take();
        let mut known = before.as_ref().map_or(0, |it| it.inbox.len());
        if rewound {
            // What stands was read before; everything else may differ.
            (before, known) = (None, view.inbox.len());
            text += &write::labelled("DATE", &view.now.date);
        }
        let mut date = before.as_ref().map_or("", |it| it.now.date.as_str());
        for (place, message) in view.inbox.iter().enumerate().skip(known) {
            if message.at.date != date && !self.is_record() {
                text += &write::labelled("DATE", &message.at.date);
            }
            date = &message.at.date;
            text += &write::message(message, self.is_record());
            if self.is_record() {
                text += &write::marks(&message.marks, true);
            }
            self.latest = place;
        }
        if before.as_ref().is_none_or(|it| it.board != view.board) {
            text += &write::board(&view.board, before.is_some());
        }
        if view.ending.is_none() {
            text += &self.open(before.as_ref(), &view);
        } else {
            text += &write::ending(&view);
        }
        self.view = Some(view);
        if self.view.as_ref().is_some_and(|it| it.ending.is_some())
            && let Some(scorecard) = self.scorecard.take()
        {
            text += &self.close(scorecard);
        }
        text
    }

    /// What can be answered and done, where it is new.
    fn open(&self, before: Option<&View>, view: &View) -> String {
        let mut text = String::new();
        let same = |old: &OpenDecision, new: &OpenDecision| {
            old.id == new.id && old.options == new.options && old.closes == new.closes
        };
        let known = |it: &OpenDecision| {
            before.is_some_and(|old| old.decisions.iter().any(|old| same(old, it)))
        };
        let count = view.decisions.len();
        for (number, decision) in view.decisions.iter().enumerate() {
            if !known(decision) {
                text += &write::decision(decision, number + 1, count, &view.now.date);
            }
        }
        if self.is_record() {
            return text;
        }
        let ids = |view: &View| {
            view.actions
                .iter()
                .map(|it| it.id.clone())
                .collect::<Vec<_>>()
        };
        if before.is_none_or(|old| ids(old) != ids(view)) && !view.actions.is_empty() {
            text += &write::actions(&view.actions);
        }
        text + &write::now(view)
    }

    /// The account, once: after the ending, or after a stop.
    fn close(&mut self, scorecard: Scorecard) -> String {
        let ended = self.view.as_ref().is_some_and(|it| it.ending.is_some());
        if !ended && self.stage != PlainStage::Stopping {
            // It came before the view that holds the ending.
            self.scorecard = Some(scorecard);
            return String::new();
        }
        self.stage = PlainStage::Over;
        scorecard::write(&scorecard, ended)
    }
}

fn said(text: String) -> PlainOutput {
    PlainOutput {
        text,
        request: None,
    }
}

#[cfg(test)]
mod tests;
