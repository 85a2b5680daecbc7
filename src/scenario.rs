//! The authored model: what a scenario's YAML says, with the place of every value.
//!
//! Reading checks the shape only (fields, kinds, durations, dates, limits). Names, types and
//! expressions are checked by [`crate::program`].

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Place, Sources};

mod blocks;
mod injects;
mod phases;
pub mod read;
mod record;
pub mod schema;
mod top;
mod values;

pub use blocks::{Block, Chance, ChanceOutcome};
pub use injects::{
    Action, CHANNELS, Consent, Course, Decision, Inject, Message, TimePoint, Trigger,
};
pub use phases::{Band, Bands, Phase, PhaseEnd};
pub use record::{Fact, Record};
pub use top::{AuthorRule, Cut, Demand, Ending, Objective, Role, Variant};
pub use values::{Growth, Indicator, IndicatorForm, Value, ValueKind};

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Placed<T> {
    /// A value that was written at a place.
    #[must_use]
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

/// How many points a player who does not think must stay behind best play, unless the scenario says otherwise.
pub const MARGIN_POINTS: i64 = 25;

/// Whole minutes; of a moment, since STARTEX.
pub type Minutes = i64;

/// A whole scenario as its author wrote it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The files it was read from; every [`Place`] points into them.
    pub sources: Arc<Sources>,
    /// The name of its folder: lower-case letters, digits and hyphens.
    pub id: Placed<String>,
    /// What the start screen calls it.
    pub title: Placed<String>,
    /// One paragraph for the start screen.
    pub summary: Option<Text>,
    /// What the team reads before STARTEX.
    pub briefing: Option<Text>,
    /// An IANA time zone.
    pub zone: Placed<String>,
    /// STARTEX, in local time of `zone`.
    pub startex: Placed<jiff::civil::DateTime>,
    /// When ENDEX comes at the latest, in minutes after STARTEX.
    pub lasts: Placed<Minutes>,
    /// Who plays.
    pub roles: Vec<Role>,
    /// What is scored.
    pub objectives: Vec<Objective>,
    /// The state.
    pub values: Vec<Value>,
    /// What the situation board shows, in order.
    pub board: Vec<Indicator>,
    /// Standing actions.
    pub actions: Vec<Action>,
    /// In the order of play.
    pub phases: Vec<Phase>,
    /// What is scored at ENDEX.
    pub endex: Vec<Block>,
    /// The first whose `when` holds is the ending.
    pub endings: Vec<Ending>,
    /// Named sets of initial values.
    pub variants: Vec<Variant>,
    /// Parts of the scenario that fit a shorter meeting.
    pub cuts: Vec<Cut>,
    /// What must hold, however it is played.
    pub rules: Vec<AuthorRule>,
    /// How many points a player who does not think must stay behind best play, if not [`MARGIN_POINTS`].
    pub margin: Option<Placed<i64>>,
    /// What the scenario stands on.
    pub record: Record,
    /// What could not be read: nothing, if reading found no error.
    pub lost: Lost,
    /// Comments that begin with `allow`, from the `#` to the end of the line.
    pub allows: Vec<Placed<String>>,
}

/// Names whose definition could not be read. Nothing that depends on one of them is reported, so that one mistake gives
/// one finding.
#[derive(Clone, Debug, Default)]
pub struct Lost {
    /// The names.
    pub names: BTreeSet<String>,
    /// Words in what could not be read, each of which may have been a use of a name.
    pub mentioned: BTreeSet<String>,
    /// Whether a whole file is missing, so that any name may have been defined in it.
    pub any: bool,
}

impl Lost {
    /// Whether a name may have been defined in what could not be read.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.any || name.is_empty() || self.names.contains(name)
    }

    /// Whether everything could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.any && self.names.is_empty() && self.mentioned.is_empty()
    }
}

/// Prose with its record marks. The prose is limited Markdown: paragraphs, lists, emphasis.
#[derive(Clone, Debug)]
pub struct Text {
    /// The prose.
    pub text: Placed<String>,
    /// What it rests on.
    pub marks: Vec<Mark>,
}

/// How far the record supports a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    /// A source says so.
    Documented,
    /// It follows from what sources say.
    Inferred,
    /// It was made up for the exercise.
    Invented,
}

/// A record mark: one statement of a text and what it rests on.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The statement.
    pub says: Placed<String>,
    /// How far the record supports it.
    pub standing: Placed<Provenance>,
    /// Ids of `record.yaml`.
    pub cites: Vec<Placed<String>>,
}
