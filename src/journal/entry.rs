//! The entries of a journal. These are the stored types; they say everything by name.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::scenario::Minutes;

/// One line after the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was written, by the computer's clock, in whole seconds. Only countdowns depend on it.
    pub at: Timestamp,
    /// Minutes since STARTEX, after it.
    pub minute: Minutes,
    /// What it says.
    pub what: EntryKind,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A move was made.
    Move(RecordedMove),
    /// The outcome of the next roll of a chance is fixed.
    Roll(Forced),
    /// The latest moves were taken back.
    TakeBack(TakeBack),
    /// The facilitator typed news during play.
    Inject(RecordedInject),
    /// Somebody wrote a note.
    Note(RecordedNote),
    /// A seat voted.
    Ballot(RecordedBallot),
    /// The result of a vote was shown to everybody.
    Reveal(Reveal),
    /// A countdown was set or removed.
    Countdown(RecordedCountdown),
    /// The exercise was paused.
    Pause,
    /// It continued after a pause.
    GoOn,
    /// It was opened again from the journal.
    Resumed,
    /// The team or the facilitator stopped. It may be resumed later.
    Stopped(Stopped),
    /// ENDEX. Only notes may follow.
    Ended,
}

/// One roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedRoll {
    /// The chance, by name.
    pub chance: String,
    /// The outcome's number, counted from 1.
    pub outcome: usize,
    /// Whether a `roll` line changed what luck would have given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forced: bool,
}

/// One move with its rolls.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedMove {
    /// The move, as a line of a play.
    pub made: String,
    /// The rolls, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rolled: Vec<RecordedRoll>,
    /// The position of the seat that made it; `None` if the facilitator or a countdown did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<usize>,
    /// Who decided, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// How sure they were, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<u8>,
}

/// The next roll of a chance, fixed in advance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forced {
    /// The chance, by name.
    pub chance: String,
    /// The outcome's number, counted from 1.
    pub outcome: usize,
}

/// A take-back. News, fixed rolls and votes since then go too. Notes stay, and so does everything that is about the room:
/// pauses, countdowns and resumptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// How many moves remain.
    pub to: usize,
}

/// News that is not in the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedInject {
    /// Receiving roles, by id; empty means everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// The sender, as typed.
    pub from: String,
    /// Subject, as typed.
    pub title: String,
    /// The text, as typed.
    pub text: String,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedNote {
    /// The position of the seat that wrote it; `None` for an observation of the facilitator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<usize>,
    /// The role that it is about, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The objective that it is about, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// P, S, M or U.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<char>,
    /// The text, as typed.
    pub text: String,
}

/// One vote. A later one by the same seat replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedBallot {
    /// The decision, by id.
    pub decision: String,
    /// The position of the seat.
    pub seat: usize,
    /// The option, by id.
    pub option: String,
    /// How sure, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<u8>,
}

/// The end of a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// The decision, by id.
    pub decision: String,
}

/// A countdown by the computer's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedCountdown {
    /// The decision, by id; `None` for every decision, each from when it opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Its length in seconds; 0 removes it.
    pub seconds: u32,
}

/// A stop.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stopped {
    /// Why, as typed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// Who sits in a seat.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedSeat {
    /// The roles, by id.
    pub roles: Vec<String>,
    /// Who, as typed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person: String,
}
