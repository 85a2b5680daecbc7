//! Messages and requests that every face shares.
//!
//! A face is an Elm machine: it takes [`Msg`]s, may answer with a [`Request`], and draws what it knows.

pub mod clean;

pub mod text;

#[cfg(test)]
pub(crate) mod fixture;

pub use crate::engine::view;

pub use crate::review;

use review::Account;
use view::View;

/// A scenario as the start screen lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
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

/// What is to be played.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Setup {
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
}

/// What the team reads before STARTEX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Briefing {
    /// The scenario's title.
    pub title: String,
    /// The briefing, limited Markdown; of a cut, what has happened so far.
    pub text: String,
    /// Title and brief of each role.
    pub roles: Vec<(String, String)>,
    /// Title and worth of each objective.
    pub objectives: Vec<(String, i64)>,
    /// The seed.
    pub seed: u64,
    /// Whether this is the record being shown, not a team playing.
    pub history: bool,
    /// Whether it is an exercise that was played before, shown one step at a time. Then `history` holds too.
    pub replay: bool,
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

/// What a face is told.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The scenarios that can be played.
    Offers(Vec<Offer>),
    /// An exercise is about to begin.
    Briefing(Briefing),
    /// What this seat knows now.
    View(Box<View>),
    /// Every point so far; sent together with the view that holds the ending, or when the exercise was stopped.
    Account(Account),
    /// A move was refused, with the sentence that says why.
    Refused(String),
    /// A move that was made before this face was there; the view that it brought follows.
    Made(MoveById),
    /// The move asked for could not be recorded and was not made; [`Request::Record`] says what to do.
    Unrecorded(Unrecorded),
    /// In history: what the next step is, in words; none when there is none left.
    Next(Option<String>),
    /// Something went wrong outside the exercise, as a sentence.
    Trouble(String),
}

/// What a face asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Open this exercise; a briefing is the answer.
    Open(Setup),
    /// STARTEX; a view is the answer.
    Begin,
    /// Make a move; a view or a refusal is the answer.
    Move(MoveById),
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
}
