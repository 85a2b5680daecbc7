//! The exercise as lines of text: for screen readers, simple terminals, pipes and transcripts.
//!
//! One event a line, each with a label; nothing but words and line breaks, eighty columns, and no clock: the same
//! messages and lines give the same text.

pub mod account;

mod grammar;

mod room;

mod scorecard;

mod shown;

mod write;

use crate::front::facilitate::Countdown;
use crate::front::review::Scorecard;
use crate::front::seats::Reason;
use crate::front::sentences;
use crate::front::{
    AccountProgress, Briefing, MoveById, Msg, PlaySetup, Request, ScenarioOffer, Unfinished, clean,
};
use crate::words;
use grammar::Order;
use room::RoomOrder;
use shown::Shown;

/// What the face answers: text for the reader, and what it asks for.
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
    offers: Vec<ScenarioOffer>,
    unfinished: Vec<Unfinished>,
    history: bool,
    /// An exercise that was played before: stepped through like history, shown like play.
    replay: bool,
    /// An exercise that is played elsewhere: it can only be watched.
    follow: bool,
    /// In history: the next step.
    next: Option<String>,
    shown: Shown,
    countdowns: Vec<Countdown>,
    /// What was said about the next decision.
    reason: Reason,
    /// A move was asked for with that, and may still be made.
    asked: bool,
    stage: PlainStage,
    /// A scorecard that came before the view with the ending.
    scorecard: Option<Scorecard>,
    /// The account is being worked out.
    awaits_account: bool,
    refused: bool,
}

/// How far an exercise is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PlainStage {
    #[default]
    Running,
    /// The team asked to stop; the scorecard has not come yet.
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
        self.is_over() && self.shown.view.is_none()
    }

    /// Whether an exercise that is played elsewhere is being watched.
    #[must_use]
    pub fn is_following(&self) -> bool {
        self.follow
    }

    /// Whether the account is being worked out, and will come by itself.
    #[must_use]
    pub fn awaits_account(&self) -> bool {
        self.awaits_account
    }

    /// In history: whether a step is left.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.history && self.next.is_some() && !self.is_over()
    }

    /// Whether what really happened is shown, with what it rests on.
    fn is_record(&self) -> bool {
        self.history && !self.replay
    }

    /// Takes a message. STARTEX follows a briefing at once.
    pub fn update(&mut self, msg: Msg) -> PlainOutput {
        says(match clean::msg(msg) {
            Msg::Briefing(briefing) => return self.open(&briefing),
            Msg::Offers(offers) => {
                let text = write::offers(&offers);
                self.offers = offers;
                text
            }
            Msg::View(view) => {
                let text = self.shown.see(*view, self.is_record());
                let early = self.scorecard.take_if(|_| self.shown.has_ended());
                text + &early.map_or_else(String::new, |it| self.close(it))
            }
            Msg::Scorecard(scorecard) => self.close(scorecard),
            Msg::Account(AccountProgress::Working { .. }) => {
                // Said once: progress would be a line each time it is asked for.
                if std::mem::replace(&mut self.awaits_account, true) {
                    return PlainOutput::default();
                }
                let text =
                    "What moves cost with hindsight is being worked out. An empty line leaves.";
                write::labelled("ACCOUNT", text)
            }
            Msg::Account(AccountProgress::Done(it)) => {
                self.awaits_account = false;
                account::summary(&it) + &account::curve(&it)
            }
            Msg::Refused(why) => {
                self.asked = false;
                return self.refuse(&why);
            }
            Msg::Made(made, reason) => {
                if std::mem::take(&mut self.asked) {
                    self.reason = Reason::default();
                }
                self.shown.announce(&made) + &room::reason(&reason)
            }
            Msg::Unfinished(them) => {
                let text = room::unfinished(&them);
                self.unfinished = them;
                text
            }
            Msg::Seats(seats) => {
                let (text, is_another) = self.shown.sit(seats);
                if is_another {
                    // What was said about the next choice came from the seat before.
                    self.reason = Reason::default();
                }
                text
            }
            Msg::TakenBack(it) => {
                self.shown.rewind();
                room::taken_back(&it)
            }
            Msg::MayTakeBack(_) => String::new(),
            Msg::Note(it) => room::note(&it),
            Msg::Vote(it) => room::votes(&it),
            Msg::Paused(true) => write::labelled("PAUSED", sentences::PAUSED),
            Msg::Paused(false) => write::labelled("GOES ON", "The pause is over."),
            Msg::Countdowns(now) => {
                let text = room::countdowns(&self.countdowns, &now);
                self.countdowns = now;
                text
            }
            Msg::Panel(it) => room::panel(&it),
            Msg::Leads(them) => room::leads(&them),
            Msg::Stopped(why) => self.stop_here(&why),
            Msg::Unrecorded(it) => {
                self.refused = true;
                write::unrecorded(&it)
            }
            Msg::Next(step) => self.take_next(step),
            Msg::Saved(what) => write::labelled("SAVED", &what),
            Msg::Trouble(what) => {
                if self.shown.view.is_none() && self.offers.is_empty() && !self.history {
                    // Nothing was opened and nothing can be: no line would help.
                    self.stage = PlainStage::Over;
                }
                write::labelled("TROUBLE", &what)
            }
        })
    }

    /// Starts afresh with the exercise of a briefing.
    fn open(&mut self, briefing: &Briefing) -> PlainOutput {
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
            text: write::briefing(briefing),
            request: (!briefing.follow).then_some(Request::Begin),
        }
    }

    /// Takes what the next step of the history is; after the last one it is over.
    fn take_next(&mut self, step: Option<String>) -> String {
        self.next = step;
        // A replay that reached ENDEX ends with its scorecard, as the exercise did.
        let is_closed = self.is_over() || self.replay && self.shown.has_ended();
        if !self.history || self.next.is_some() || is_closed {
            return String::new();
        }
        self.stage = PlainStage::Over;
        write::labelled("END", sentences::LAST_STEP)
    }

    fn refuse(&mut self, why: &str) -> PlainOutput {
        self.refused = true;
        says(write::labelled("REFUSED", why))
    }

    /// A line had more bytes than are read.
    pub fn too_long(&mut self, most: u64) -> PlainOutput {
        let most = words::number(most as i64);
        self.refuse(&format!(
            "The line is longer than {most} bytes, so none of it was read."
        ))
    }

    /// The next step of the history, announced. A replay announces its moves itself.
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

    /// There are no more lines: asks for the points so far.
    pub fn input_ended(&mut self) -> PlainOutput {
        if self.is_over() {
            PlainOutput::default()
        } else if self.follow {
            self.quit()
        } else {
            self.stop()
        }
    }

    /// Asks for the points so far; where nothing is running, it is over.
    fn stop(&mut self) -> PlainOutput {
        if self.shown.view.is_none() {
            self.stage = PlainStage::Over;
            return PlainOutput::default();
        }
        self.stage = PlainStage::Stopping;
        asks(Request::Stop)
    }

    /// Says when the exercise was stopped, and why. The points so far follow.
    fn stop_here(&mut self, why: &str) -> String {
        let Some(view) = &self.shown.view else {
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

    /// A room that has no scorecard to give ends the exercise all the same.
    pub fn stopped(&mut self) {
        if self.stage == PlainStage::Stopping {
            self.stage = PlainStage::Over;
        }
    }

    /// Takes a line in the play grammar. Comments and blank lines do nothing, but in history a blank line makes the next
    /// step.
    pub fn line(&mut self, line: &str) -> PlainOutput {
        if self.history && line.trim().is_empty() {
            return self.step();
        }
        // What is typed for others to read is taken as it is, whatever is in it.
        match room::order(line, self.shown.view.as_ref()) {
            None => {}
            Some(Ok(order)) => return self.obey_room(order),
            Some(Err(why)) => return self.refuse(&why),
        }
        let line = without_comment(line);
        if line.is_empty() {
            return PlainOutput::default();
        }
        match grammar::read(&line, self.shown.view.as_ref(), &self.offers) {
            Ok(order) => self.obey(order),
            Err(why) => self.refuse(&why),
        }
    }

    /// Takes a line of a play after ENDEX: it may still check what it expects. None if no further line is read.
    pub fn afterwards(&mut self, line: &str) -> Option<PlainOutput> {
        if !self.shown.has_ended() || self.history {
            return None;
        }
        match without_comment(line).as_str() {
            "" => Some(PlainOutput::default()),
            "quit" | "exit" => None,
            line if grammar::says_after_endex(line) => Some(asks(Request::Line(line.to_owned()))),
            _ => Some(self.refuse("The exercise is over; this line was not read.")),
        }
    }

    fn obey(&mut self, order: Order) -> PlainOutput {
        match order {
            Order::Move(_) | Order::Line(_) | Order::Record(_) if self.history || self.follow => {
                self.refuse(if self.follow {
                    "This exercise is played elsewhere and only shown here."
                } else if self.replay {
                    "This was played before; use `next` for its next step."
                } else {
                    "This is the record; use `next` for its next step."
                })
            }
            Order::Move(it) => self.ask_move(it),
            Order::Resume(name) => match self.unfinished.iter().find(|it| it.name == name) {
                Some(it) => asks(Request::Reopen {
                    exercise: it.exercise.clone(),
                    replay: false,
                }),
                None => says(write::labelled(
                    "REFUSED",
                    "There is no unfinished exercise with that name.",
                )),
            },
            Order::Line(line) => asks(Request::Line(line)),
            Order::Open { scenario, history } => asks(Request::Open(PlaySetup {
                scenario,
                history,
                ..PlaySetup::default()
            })),
            Order::Record(how) => asks(Request::Record(how)),
            Order::Next => self.step(),
            Order::Read(position) => {
                self.shown.latest = position;
                says(self.shown.tell(|view| {
                    let message = view.inbox.get(position);
                    message.map_or_else(String::new, |it| write::message(it, true))
                }))
            }
            Order::Help => says(write::help(self.history)),
            Order::Status => says(self.shown.tell(write::status)),
            Order::Actions => says(self.shown.tell(|view| write::actions(&view.actions))),
            Order::Decisions => says(
                self.shown
                    .tell(|view| write::decisions(&view.decisions, &view.now.date)),
            ),
            Order::Inbox => says(self.shown.tell(write::inbox)),
            Order::Sources => says(
                self.shown
                    .tell(|view| write::sources(view.inbox.get(self.shown.latest), self.history)),
            ),
            Order::Quit => self.quit(),
        }
    }

    /// Asks for a move; a choice takes with it what was said about it before.
    fn ask_move(&mut self, it: MoveById) -> PlainOutput {
        self.asked = it != MoveById::Wait;
        asks(if self.asked && !self.reason.is_empty() {
            Request::Reasoned(it, self.reason.clone())
        } else {
            Request::Move(it)
        })
    }

    fn quit(&mut self) -> PlainOutput {
        if self.is_over() || self.history || self.follow {
            self.stage = PlainStage::Over;
            return PlainOutput::default();
        }
        self.stop()
    }

    fn obey_room(&mut self, order: RoomOrder) -> PlainOutput {
        if self.history || self.follow || self.shown.view.is_none() {
            return self.refuse("That works only while an exercise is being played.");
        }
        match order {
            RoomOrder::Ask(request) => return asks(request),
            RoomOrder::By(who) => self.reason.by = who,
            RoomOrder::Because(why) => self.reason.why = why,
            RoomOrder::Sure(percent) => self.reason.sure = Some(percent),
        }
        // It is for the next move, even if the one before is still to be recorded.
        self.asked = false;
        PlainOutput::default()
    }

    /// The scorecard, once: after the ending, or after a stop.
    fn close(&mut self, scorecard: Scorecard) -> String {
        let ended = self.shown.has_ended();
        if !ended && self.stage != PlainStage::Stopping {
            self.scorecard = Some(scorecard);
            return String::new();
        }
        self.stage = PlainStage::Over;
        scorecard::write(&scorecard, ended)
    }
}

fn says(text: String) -> PlainOutput {
    PlainOutput {
        text,
        request: None,
    }
}

fn asks(request: Request) -> PlainOutput {
    PlainOutput {
        text: String::new(),
        request: Some(request),
    }
}

fn without_comment(line: &str) -> String {
    clean::line(line.split('#').next().unwrap_or_default())
}

#[cfg(test)]
mod tests;
