//! What stands in a journal after its head. These are the stored types; they say everything by name.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::scenario::Minutes;

/// One line after the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was written, by the clock on the wall, in whole seconds. Nothing in the exercise depends on it but
    /// countdowns.
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
    /// The next roll of a chance is forced.
    Roll(Forced),
    /// All moves but the first ones were taken back.
    TakeBack(TakeBack),
    /// News was typed on the spot.
    Inject(RecordedInject),
    /// Something was written down.
    Note(RecordedNote),
    /// A seat voted.
    Ballot(RecordedBallot),
    /// A vote was shown to everybody.
    Reveal(Reveal),
    /// A countdown was set, or taken away.
    Countdown(RecordedCountdown),
    /// The exercise stands still.
    Pause,
    /// It goes on after a pause.
    GoOn,
    /// It was taken up again from the journal.
    Resumed,
    /// The team or the facilitator stopped here. It may go on later.
    Stopped(Stopped),
    /// ENDEX. Nothing but notes follows.
    Ended,
}

/// One roll that fell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedRoll {
    /// The chance, by name.
    pub chance: String,
    /// The outcome's number, counted from 1.
    pub outcome: usize,
    /// Whether a line `roll` said so, against what luck would have given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forced: bool,
}

/// One move, and what luck did with it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedMove {
    /// The move, as a line of a play.
    pub made: String,
    /// The rolls that fell, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rolled: Vec<RecordedRoll>,
    /// The seat that made it, by its place; none where the facilitator or a countdown did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<usize>,
    /// Who took it, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// How sure they were, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<u8>,
}

/// A roll that is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forced {
    /// The chance, by name.
    pub chance: String,
    /// The outcome's number, counted from 1.
    pub outcome: usize,
}

/// Moves taken back. What was typed, forced and voted after them goes too. Notes stay, and so does what is of the wall:
/// pauses, countdowns, and that the exercise was taken up again.
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
    /// Receiving roles, by id; none means everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// The sender, as typed.
    pub from: String,
    /// Subject, as typed.
    pub title: String,
    /// The text, as typed.
    pub text: String,
}

/// Something written down.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedNote {
    /// The seat that wrote it, by its place; none for an observation of the facilitator.
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
    /// As typed.
    pub text: String,
}

/// One vote. A later one of the same seat takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedBallot {
    /// The decision, by id.
    pub decision: String,
    /// The seat, by its place.
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

/// A countdown on the wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedCountdown {
    /// The decision, by id; none for every one, each from when it opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// How long, in seconds; 0 takes it away.
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
