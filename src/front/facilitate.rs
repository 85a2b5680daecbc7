//! What the facilitator asks for, and what the room answers.

use crate::front::seats::Rating;
use crate::front::view::Stamp;
pub use crate::review::leads::{Branch, OptionLead};
pub use crate::review::left::Left;

/// What a facilitator asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facilitate {
    /// The panel; [`Panel`] is the answer.
    Panel,
    /// What each open option leads to; [`crate::front::Msg::Leads`] is the answer.
    Leads,
    /// Stop everything, seats and countdowns, until [`Facilitate::GoOn`].
    Pause,
    /// End a pause.
    GoOn,
    /// Let time pass, even if some seats are not ready.
    Wait,
    /// Start a countdown for one question, or for each one from when it opens. At its end the default is taken. It replaces
    /// any earlier countdown.
    Countdown {
        /// The decision, by id; none for all of them.
        decision: Option<String>,
        /// How long, in seconds of real time; 0 removes the countdown.
        seconds: u32,
    },
    /// News typed on the spot. It changes only what is known.
    Inject(Improvised),
    /// Something the facilitator saw.
    Observe(Observation),
    /// Take back moves until this many remain.
    TakeBack(usize),
    /// End the exercise here, with a reason that may be empty; the scorecard is the answer.
    Stop(String),
}

/// News that is not in the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Improvised {
    /// Receiving roles, by id; empty means everybody.
    pub to: Vec<String>,
    /// The sender, in words.
    pub from: String,
    /// Subject.
    pub title: String,
    /// The text, as typed.
    pub text: String,
}

/// What an observation is about.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum About {
    /// The room as a whole.
    #[default]
    Room,
    /// A role, by id.
    Role(String),
    /// An objective, by id.
    Objective(String),
}

/// Something that the facilitator saw.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Observation {
    /// Who or what it is about.
    pub about: About,
    /// How it went.
    pub rating: Option<Rating>,
    /// In words.
    pub text: String,
}

/// What the facilitator's panel shows. All that it says about the future is how long the exercise may still take.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Panel {
    /// Every move that was not taken back, oldest first: when, and what in words.
    pub moves: Vec<(Stamp, String)>,
    /// Id and title of every role.
    pub roles: Vec<(String, String)>,
    /// Id and title of every objective.
    pub objectives: Vec<(String, String)>,
    /// What is left on the shortest and the longest way to ENDEX that were found; none after ENDEX.
    pub left: Option<Left>,
    /// Minutes of real time since STARTEX, without pauses and times when nobody was there; none if that is not known.
    pub played_minutes: Option<u32>,
}

/// A countdown that is running or paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// The decision, by id.
    pub decision: String,
    /// Seconds left.
    pub seconds: u32,
}
