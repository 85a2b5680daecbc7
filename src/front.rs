//! Messages and requests that every face shares.
//!
//! A face is an Elm machine: it takes [`Msg`]s, may answer with a [`Request`], and draws what it knows.

pub mod clean;

pub mod facilitate;

pub mod seats;

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
    /// Its id, or its path where it lies on disk.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One paragraph.
    pub summary: String,
    /// Variants: id, title, sentence. The first is the one taken where none is named.
    pub variants: Vec<(String, String, String)>,
    /// Cuts: id, title, minutes of wall clock.
    pub cuts: Vec<(String, String, i64)>,
    /// Whether it holds `plays/history.play`.
    pub history: bool,
}

/// An exercise that was begun and not ended, as the start screen lists it.
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
    /// The seed; one is drawn where none is given.
    pub seed: Option<u64>,
    /// What really happened is shown, one step at a time, instead of being played.
    pub history: bool,
    /// Who sits where; nobody named means one seat that holds every role.
    pub seats: Vec<SeatRequest>,
    /// The team's name; may be empty.
    pub team: String,
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
    /// Whether it is an exercise that was played before, shown one step at a time. Then `history` holds too.
    pub replay: bool,
    /// Whether an exercise that is played elsewhere is only looked at: a projector's view. What comes, comes by itself.
    pub follow: bool,
    /// The team's name; may be empty.
    pub team: String,
    /// Who sits where; nobody means one seat that holds every role.
    pub seats: Vec<SeatRequest>,
}

/// Moves that were taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// How many moves remain.
    pub to: usize,
    /// What was taken back, in the words of the play grammar, oldest first. None where all moves stand, and the scenario
    /// was changed under them: what follows may differ in everything.
    pub moves: Vec<String>,
}

/// Why a move was not made although it may be: it could not be recorded. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrecorded {
    /// What the disk said, as a sentence.
    pub why: String,
    /// Another folder that might do.
    pub folder: String,
}

/// What to do with a move that could not be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recording {
    /// The same again: there may be room now.
    Retry,
    /// Record in this folder from now on; what was recorded so far goes there too.
    In(String),
    /// Record nothing any more.
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

/// How far the balance of an exercise has been worked out. That goes on while the face does other things, and ends with
/// the exercise on the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Reckoning {
    /// It is under way.
    Working {
        /// Different states that were looked at so far.
        states: usize,
    },
    /// As much of it as could be worked out.
    Done(Box<Account>),
}

/// What a face is told.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The scenarios that can be played.
    Offers(Vec<ScenarioOffer>),
    /// An exercise is about to begin.
    Briefing(Briefing),
    /// What this seat knows now.
    View(Box<View>),
    /// Every point so far; sent together with the view that holds the ending, or when the exercise was stopped.
    Scorecard(Scorecard),
    /// What moves cost and luck gave in an exercise that is over: after its account, and again as it is worked out.
    Account(Reckoning),
    /// A move was refused, with the sentence that says why.
    Refused(String),
    /// A move that this face did not ask for; the view that it brought follows.
    Made(MoveById, Reason),
    /// Exercises that can be taken up again, the latest first; the offers follow.
    Unfinished(Vec<Unfinished>),
    /// Who sits where, and who is ready. Where the current seat changed, its view follows.
    Seats(Seats),
    /// Moves were taken back; the view that follows is of an earlier moment.
    TakenBack(TakenBack),
    /// Something was written down.
    Note(Note),
    /// How a hidden vote stands.
    Vote(Vote),
    /// Whether the exercise stands still.
    Paused(bool),
    /// Every countdown that runs.
    Countdowns(Vec<Countdown>),
    /// The facilitator's panel.
    Panel(Box<Panel>),
    /// What each open option leads to. Nobody but the facilitator may see it.
    Leads(Vec<OptionLead>),
    /// The facilitator ended the exercise, with a reason that may be empty; the account follows.
    Stopped(String),
    /// The move asked for could not be recorded and was not made; [`Request::Record`] says what to do.
    Unrecorded(Unrecorded),
    /// In history: what the next step is, in words; none when there is none left.
    Next(Option<String>),
    /// The scenario was saved and the exercise goes on in it, as a sentence.
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
    /// Make a move for the current seat; a view or a refusal is the answer. Of several seats, one that waits is ready.
    Move(MoveById),
    /// The same, with who decided, why, and how sure they were.
    Reasoned(MoveById, Reason),
    /// Vote for an option, hidden from the others; the vote is the answer.
    Vote {
        /// The decision, by id.
        decision: String,
        /// The option, by id.
        option: String,
        /// How sure, in percent.
        sure: Option<u8>,
    },
    /// Show everybody what was voted on a decision.
    Reveal(String),
    /// Write something down for the current seat.
    Note(String),
    /// What only a facilitator may ask.
    Facilitate(Facilitate),
    /// Do what this line of the play grammar says. The answers are those of its moves; what it expects in vain, or
    /// says wrongly, is refused.
    Line(String),
    /// In history: make the next step.
    Step,
    /// Of a move that could not be recorded: make it after all, like this. A view or the same message is the answer.
    Record(Recording),
    /// Open a journal, by its path: to go on where the exercise stood, or to show it again step by step.
    Reopen {
        /// The path of the journal.
        exercise: String,
        /// Whether it is only shown.
        replay: bool,
    },
    /// Look at the journal of an exercise that is played elsewhere, and go on looking.
    Follow {
        /// The path of the journal.
        exercise: String,
        /// The roles whose view is shown, by id; none for what every seat may see.
        roles: Vec<String>,
    },
    /// End the exercise here; the account is the answer.
    Stop,
    /// Back to the start screen; the offers are the answer.
    Home,
    /// Leave the program.
    Quit,
}

/// Whoever answers a face: an exercise on this machine, or a far one.
pub trait Room {
    /// Does what is asked and says what the face must know now. An empty answer means that nothing changed.
    fn ask(&mut self, request: Request) -> Vec<Msg>;

    /// How long from now the room wants to be woken; none where nothing happens by itself.
    fn wakes(&self) -> Option<Duration> {
        None
    }

    /// What happened by itself: a countdown went on, a journal grew.
    fn wake(&mut self) -> Vec<Msg> {
        Vec::new()
    }
}
