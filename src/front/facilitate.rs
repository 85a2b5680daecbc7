//! What whoever runs the room asks for, and is told.

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
    /// Nothing moves until [`Facilitate::GoOn`]: no seat, and no countdown.
    Pause,
    /// The end of a pause.
    GoOn,
    /// Time passes, whoever is not ready.
    Wait,
    /// A countdown for one question, or for every question that is open or opens later, each from when it opened.
    /// Its end takes the default. It takes the place of one that ran.
    Countdown {
        /// The decision, by id; none for every one.
        decision: Option<String>,
        /// How long, in seconds of the clock on the wall; 0 takes the countdown away.
        seconds: u32,
    },
    /// News typed on the spot. It changes nothing but what is known.
    Inject(Improvised),
    /// Something seen, against a role or an objective.
    Observe(Observation),
    /// Take back moves until so many remain.
    TakeBack(usize),
    /// End the exercise here, with a reason that may be empty; the account is the answer.
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
    /// Of whom or what.
    pub about: About,
    /// How it went.
    pub rating: Option<Rating>,
    /// In words.
    pub text: String,
}

/// What the facilitator's panel shows. It holds nothing of what is to come but how long it may take.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Panel {
    /// Every move that stands, oldest first: when, and what in words.
    pub moves: Vec<(Stamp, String)>,
    /// Id and title of every role.
    pub roles: Vec<(String, String)>,
    /// Id and title of every objective.
    pub objectives: Vec<(String, String)>,
    /// What is left on the shortest and on the longest way to ENDEX that were found; none after it.
    pub left: Option<Left>,
    /// Minutes on the wall since STARTEX, without pauses and without the time that nobody was there; none where nothing is known of the wall.
    pub played_minutes: Option<u32>,
}

/// A countdown that runs, or stands still in a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// The decision, by id.
    pub decision: String,
    /// Seconds left.
    pub seconds: u32,
}
