//! Messages and requests that all faces share.
//!
//! A face works as in Elm: it takes [`Msg`]s, may answer with a [`Request`], and draws what it knows.

pub mod clean;

pub mod facilitate;

pub mod seats;

pub mod sentences;

pub mod text;

#[cfg(test)]
pub(crate) mod fixture;

pub use crate::engine::view;

pub use crate::review;

use std::time::Duration;

use facilitate::{Countdown, Facilitate, Panel};
use review::Scorecard;
use review::account::Account;
use review::leads::OptionLead;
use seats::{Note, Reason, RoleBrief, SeatRequest, Seats, Vote};
use view::View;

/// A scenario as the start screen lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioOffer {
    /// Its id, or its path if it is on disk.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One paragraph.
    pub summary: String,
    /// Variants: id, title, sentence. The first is the default.
    pub variants: Vec<(String, String, String)>,
    /// Cuts: id, title, minutes of wall clock.
    pub cuts: Vec<(String, String, i64)>,
    /// Whether it holds `plays/history.play`.
    pub history: bool,
}

/// An exercise that was started and not ended, as the start screen lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The path of its journal.
    pub exercise: String,
    /// Its name.
    pub name: String,
    /// The scenario, by id.
    pub scenario: String,
    /// The team, if it has a name.
    pub team: String,
    /// When it was last written, in UTC, as in `2022-08-04 07:20`.
    pub written: String,
    /// How many moves were made.
    pub moves: usize,
}

/// What is to be played.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PlaySetup {
    /// The scenario's id.
    pub scenario: String,
    /// A variant's id.
    pub variant: Option<String>,
    /// A cut's id.
    pub cut: Option<String>,
    /// The seed; a random one if left out.
    pub seed: Option<u64>,
    /// Whether what really happened is shown, one step at a time, instead of being played.
    pub history: bool,
    /// Who sits where; empty means one seat that holds every role.
    pub seats: Vec<SeatRequest>,
    /// The team's name; may be empty.
    pub team: String,
    /// Whether players may take back their own moves.
    pub allow_take_back: bool,
}

/// What the team reads before STARTEX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Briefing {
    /// The scenario's title.
    pub title: String,
    /// The briefing, limited Markdown; of a cut, what has happened so far.
    pub text: String,
    /// The roles.
    pub roles: Vec<RoleBrief>,
    /// Title and worth of each objective.
    pub objectives: Vec<(String, i64)>,
    /// The seed.
    pub seed: u64,
    /// Whether this is the record being shown, not a team playing.
    pub history: bool,
    /// Whether it is an exercise that was played before, shown one step at a time; `history` is then set too.
    pub replay: bool,
    /// Whether an exercise that is played elsewhere is only watched: a projector's view, to which news comes by itself.
    pub follow: bool,
    /// The team's name; may be empty.
    pub team: String,
    /// Who sits where; empty means one seat that holds every role.
    pub seats: Vec<SeatRequest>,
}

/// Moves that were taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// How many moves remain.
    pub to: usize,
    /// What was taken back, in the words of the play grammar, oldest first. Empty if all moves remain but the scenario was
    /// changed: what follows may then be entirely different.
    pub moves: Vec<String>,
}

/// A move that is allowed but was not made, because it could not be recorded. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrecorded {
    /// Why, as a sentence.
    pub why: String,
    /// Another folder that might work.
    pub folder: String,
}

/// What to do with a move that could not be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Try again: there may be room now.
    Retry,
    /// Record in this folder from now on; what was recorded so far is copied there.
    In(String),
    /// Stop recording.
    Off,
}

/// A move, by ids, as the play grammar has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveById {
    /// `choose DECISION OPTION`
    Choose(String, String),
    /// `take ACTION`
    Take(String),
    /// `wait`
    Wait,
}

/// How far the account of an exercise has been worked out. The work goes on while the face does other things, and stops
/// when another exercise is opened.
#[derive(Clone, Debug, PartialEq)]
pub enum AccountProgress {
    /// It is under way.
    Working {
        /// How many different states were looked at so far.
        states: usize,
    },
    /// As much of it as could be worked out.
    Done(Box<Account>),
}

/// What a room tells a face.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The scenarios that can be played.
    Offers(Vec<ScenarioOffer>),
    /// An exercise is about to begin.
    Briefing(Briefing),
    /// What this seat knows now.
    View(Box<View>),
    /// Every point so far; sent with the view that holds the ending, or when the exercise was stopped.
    Scorecard(Scorecard),
    /// The account of an exercise that is over: sent after its scorecard, and again as it is worked out.
    Account(AccountProgress),
    /// A move was refused, with the sentence that says why.
    Refused(String),
    /// A move that this face did not ask for; the view after it follows.
    Made(MoveById, Reason),
    /// Exercises that can be resumed, the latest first; the offers follow.
    Unfinished(Vec<Unfinished>),
    /// Who sits where, and who is ready. If the current seat changed, its view follows.
    Seats(Seats),
    /// Moves were taken back; the view that follows is of an earlier moment.
    TakenBack(TakenBack),
    /// Whether the current seat may take back the latest move; only where that was allowed at the start.
    MayTakeBack(bool),
    /// Something was written down.
    Note(Note),
    /// How a hidden vote stands.
    Vote(Vote),
    /// Whether the exercise is paused.
    Paused(bool),
    /// Every countdown.
    Countdowns(Vec<Countdown>),
    /// The facilitator's panel.
    Panel(Box<Panel>),
    /// What each open option leads to. Only the facilitator may see it.
    Leads(Vec<OptionLead>),
    /// The facilitator ended the exercise, with a reason that may be empty; the scorecard follows.
    Stopped(String),
    /// The move could not be recorded, so it was not made; [`Request::Record`] says what to do.
    Unrecorded(Unrecorded),
    /// In history: the next step in words; none after the last one.
    Next(Option<String>),
    /// The scenario was saved, and the exercise goes on in the new version; as a sentence.
    Saved(String),
    /// Something went wrong outside the exercise, as a sentence.
    Trouble(String),
}

/// What a face asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Open this exercise; a briefing is the answer.
    Open(PlaySetup),
    /// STARTEX; a view is the answer.
    Begin,
    /// Before STARTEX: who sits where. The briefing again is the answer.
    Sit(Vec<SeatRequest>),
    /// Show the view of another seat.
    Seat(usize),
    /// Make a move for the current seat; a view or a refusal is the answer. With several seats, waiting means being ready.
    Move(MoveById),
    /// The same, with who decided, why, and how sure they were.
    Reasoned(MoveById, Reason),
    /// Vote for an option in secret; the vote is the answer.
    Vote {
        /// The decision, by id.
        decision: String,
        /// The option, by id.
        option: String,
        /// How sure, in percent.
        sure: Option<u8>,
    },
    /// Show everybody the votes on a decision.
    Reveal(String),
    /// Take back the latest move of the current seat: an answer or an action in which no luck fell, and which nothing but
    /// notes followed, where that was allowed at the start.
    TakeBack,
    /// Write something down for the current seat.
    Note(String),
    /// What only a facilitator may ask.
    Facilitate(Facilitate),
    /// Do what this line of the play grammar says. The answers are those of its moves; a wrong line, or an expectation
    /// that does not hold, is refused.
    Line(String),
    /// In history: make the next step.
    Step,
    /// Make a move after all that could not be recorded. A view or the same message is the answer.
    Record(Recording),
    /// Open a journal, to resume the exercise or to show it again step by step.
    Reopen {
        /// The path of the journal.
        exercise: String,
        /// Whether it is only shown.
        replay: bool,
    },
    /// Watch an exercise that is played elsewhere, through its journal.
    Follow {
        /// The path of the journal.
        exercise: String,
        /// The roles whose view is shown, by id; empty for what every seat may see.
        roles: Vec<String>,
    },
    /// End the exercise here; the scorecard is the answer.
    Stop,
    /// Back to the start screen; the offers are the answer.
    Home,
    /// Leave the program.
    Quit,
}

/// What answers a face: an exercise on this machine, or on another one.
pub trait Room {
    /// Does what is asked, and returns what the face must know now: nothing if nothing changed.
    fn ask(&mut self, request: Request) -> Vec<Msg>;

    /// After how long the room must be woken; none if nothing happens by itself.
    fn wakes(&self) -> Option<Duration> {
        None
    }

    /// What happened by itself: a countdown went on, or a journal grew.
    fn wake(&mut self) -> Vec<Msg> {
        Vec::new()
    }
}
