//! The authored model: what a scenario's YAML says, with the place of every value.
//!
//! Reading checks the shape only (fields, kinds, durations, dates, limits). Names, types and
//! expressions are checked by [`crate::program`].

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Place, Sources};

pub mod read;
pub mod schema;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

/// How many points a thoughtless player must stay behind best play, where a scenario does not say.
pub const MARGIN_POINTS: i64 = 25;

/// Whole minutes. Since STARTEX where a moment is meant.
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
    /// How many points a thoughtless player must stay behind best play; [`MARGIN_POINTS`] where it is not said.
    pub margin: Option<Placed<i64>>,
    /// What the scenario stands on.
    pub record: Record,
    /// What could not be read: nothing, where reading found no error.
    pub lost: Lost,
    /// Comments that begin with `allow`, from the `#` to the end of the line.
    pub allows: Vec<Placed<String>>,
}

/// Names whose definition could not be read. What stands on one of them is not judged, so that one mistake gives one
/// finding.
#[derive(Clone, Debug, Default)]
pub struct Lost {
    /// The names.
    pub names: BTreeSet<String>,
    /// Words that stand in what could not be read, and so may be uses of a name.
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

    /// Whether all could be read.
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

/// How a statement stands to the record.
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
    /// How it stands to the record.
    pub standing: Placed<Provenance>,
    /// Ids of `record.yaml`.
    pub cites: Vec<Placed<String>>,
}

/// A part that somebody plays.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// What this role answers for.
    pub brief: Option<Text>,
}

/// Something that the exercise rates.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// How many points best play should be able to win.
    pub worth: Placed<i64>,
    /// Places in other frameworks, as in `CAF D1`.
    pub maps: Vec<Placed<String>>,
}

/// A named piece of the state.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its name in the files and in expressions.
    pub id: Placed<String>,
    /// Its name on screen; the id where none is given.
    pub title: Option<Placed<String>>,
    /// What it may hold, and holds at STARTEX.
    pub kind: ValueKind,
    /// Shown in no view.
    pub hidden: bool,
    /// Leaving the bounds is meant.
    pub saturates: bool,
    /// Growth; the rates add up.
    pub grows: Vec<Growth>,
}

/// What a value may hold, and what it holds at STARTEX.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// True or false.
    Truth {
        /// At STARTEX.
        initial: Placed<bool>,
    },
    /// A whole number with bounds, both included.
    Number {
        /// The least.
        min: Placed<i64>,
        /// The most.
        max: Placed<i64>,
        /// At STARTEX.
        initial: Placed<i64>,
        /// What is counted, as in `calls`; shown after the number.
        unit: Option<Placed<String>>,
    },
    /// One of a list of words.
    Word {
        /// The words, in order.
        words: Vec<Placed<String>>,
        /// At STARTEX.
        initial: Placed<String>,
    },
}

/// `add` for every `every` minutes while `when` holds.
#[derive(Clone, Debug)]
pub struct Growth {
    /// How much; an expression.
    pub add: Placed<String>,
    /// The period, in minutes.
    pub every: Placed<Minutes>,
    /// A condition.
    pub when: Option<Placed<String>>,
}

/// One entry of the situation board.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// How it looks.
    pub form: IndicatorForm,
    /// The value (for a clock: the inject, decision or action) it shows.
    pub of: Placed<String>,
    /// Its name on screen; the value's title where none is given.
    pub title: Option<Placed<String>>,
    /// Words of a lamp that are well.
    pub good: Vec<Placed<String>>,
    /// Words of a lamp that are bad. All others are in between.
    pub bad: Vec<Placed<String>>,
    /// The phases in which it is shown; empty means all.
    pub phases: Vec<Placed<String>>,
    /// The roles it is shown to; empty means all.
    pub to: Vec<Placed<String>>,
}

/// How an indicator looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorForm {
    /// A word or truth with a tone.
    Lamp,
    /// A number against its maximum.
    Gauge,
    /// A number with its recent course.
    Trend,
    /// The time since something happened.
    Clock,
}

/// A moment as an author writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimePoint {
    /// Minutes after the phase (for `within`: the question) began.
    After(Minutes),
    /// A date in the scenario's zone. One that is past when the phase begins means its beginning.
    On(jiff::civil::DateTime),
}

/// A stretch of the exercise with its own injects and its own end.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// Shown when it begins.
    pub text: Option<Text>,
    /// Effects when it begins.
    pub begins: Vec<Block>,
    /// News, in order; decisions that a moment asks stand among them with no message.
    pub injects: Vec<Inject>,
    /// The first true one ends the phase.
    pub ends: Vec<PhaseEnd>,
    /// What is coarsened when the phase ends.
    pub bands: Vec<Band>,
}

/// What makes an inject come. With neither `at` nor `when` only an effect brings it.
#[derive(Clone, Debug, Default)]
pub struct Trigger {
    /// The moment. With `when` too: it comes at that moment if the condition then holds.
    pub at: Option<Placed<TimePoint>>,
    /// The condition.
    pub when: Option<Placed<String>>,
    /// How often at the most; 1 where it is not given.
    pub repeats: Option<Placed<i64>>,
    /// Minutes from one time to the next; needed where `repeats` stands beside `at` or `when`.
    pub every: Option<Placed<Minutes>>,
}

/// News delivered to roles, or (without a message) the moment at which a decision is asked.
#[derive(Clone, Debug)]
pub struct Inject {
    /// Its name in the files. A decision it asks has the same.
    pub id: Placed<String>,
    /// What makes it come.
    pub trigger: Trigger,
    /// The news; none for an entry of a phase's `decisions`.
    pub message: Option<Message>,
    /// What happens with it.
    pub block: Block,
    /// The question it puts.
    pub asks: Option<Decision>,
    /// Places in other frameworks, as in `ATT&CK T1133`.
    pub maps: Vec<Placed<String>>,
}

/// What a role receives.
#[derive(Clone, Debug)]
pub struct Message {
    /// Receivers; empty means all.
    pub to: Vec<Placed<String>>,
    /// The sender, in words.
    pub by: Placed<String>,
    /// How it comes: one of [`CHANNELS`].
    pub via: Placed<String>,
    /// Its subject: a few words for the inbox.
    pub title: Placed<String>,
    /// The news.
    pub text: Text,
    /// For the facilitator and the MSEL: what a good team does now.
    pub expect: Option<Placed<String>>,
}

/// How a message may come.
pub const CHANNELS: [&str; 10] = [
    "alert", "chat", "email", "letter", "meeting", "news", "note", "phone", "post", "report",
];

/// A question with options.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The question.
    pub question: Text,
    /// Who answers; empty means whoever received the inject.
    pub to: Vec<Placed<String>>,
    /// When it closes; never before the phase's end where not given.
    pub within: Option<Placed<TimePoint>>,
    /// The option taken when it closes unanswered.
    pub default: Placed<String>,
    /// A question for the room, afterwards or before.
    pub discuss: Option<Placed<String>>,
    /// The answers, in order.
    pub options: Vec<Course>,
}

/// A course of action: an option of a decision, or what a standing action does.
#[derive(Clone, Debug)]
pub struct Course {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub label: Placed<String>,
    /// What must hold for it; an expression.
    pub needs: Option<Placed<String>>,
    /// Numbers held from the start of it to its end.
    pub uses: Vec<(Placed<String>, Placed<i64>)>,
    /// How long until `then`, in minutes.
    pub takes: Option<Placed<Minutes>>,
    /// Who must agree first.
    pub consent: Option<Consent>,
    /// What the team reads at once.
    pub feedback: Option<Text>,
    /// What happens at once.
    pub block: Block,
    /// What happens when the time it takes is over.
    pub then: Vec<Block>,
    /// Marks of the label.
    pub marks: Vec<Mark>,
    /// Places in other frameworks, as in `ATT&CK T1133`.
    pub maps: Vec<Placed<String>>,
}

/// A second decision, asked of another role before a course is taken. Its options are `agree` and `refuse`.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Who is asked.
    pub of: Placed<String>,
    /// The question.
    pub question: Text,
    /// How long they have, in minutes.
    pub within: Placed<Minutes>,
    /// Whether silence agrees.
    pub default_agrees: Placed<bool>,
    /// What happens when they refuse.
    pub refused: Vec<Block>,
}

/// A verb that a team may use whenever its condition holds.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does.
    pub course: Course,
    /// Whose it is; empty means all.
    pub to: Vec<Placed<String>>,
    /// The phases in which it stands; empty means all.
    pub phases: Vec<Placed<String>>,
    /// How often it may be taken; 1 where not given.
    pub repeats: Option<Placed<i64>>,
}

/// What happens, in the order of the fields. All of it is optional.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Only if this holds.
    pub when: Option<Placed<String>>,
    /// Only after so many minutes (the condition is tested then).
    pub after: Option<Placed<Minutes>>,
    /// Effects: `NAME = EXPR`, `NAME += EXPR`, `NAME -= EXPR`.
    pub effects: Vec<Placed<String>>,
    /// Points by objective; each needs `because`.
    pub score: Vec<(Placed<String>, Placed<i64>)>,
    /// The reason of the points.
    pub because: Option<Text>,
    /// What the team reads.
    pub text: Option<Text>,
    /// Injects that it brings.
    pub injects: Vec<Placed<String>>,
    /// Luck.
    pub chance: Option<Chance>,
}

/// A named point of luck with ordered outcomes.
#[derive(Clone, Debug)]
pub struct Chance {
    /// Its name: rolls are keyed by it.
    pub name: Placed<String>,
    /// In order.
    pub outcomes: Vec<Outcome>,
}

/// One way that luck can fall.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its weight, at least 1; the odds of all need not add up to 100.
    pub odds: Placed<i64>,
    /// What happens. No `when`, no `after`.
    pub block: Block,
}

/// One way a phase ends.
#[derive(Clone, Debug)]
pub struct PhaseEnd {
    /// By condition.
    pub when: Option<Placed<String>>,
    /// By moment. With `when` too: at that moment if the condition then holds.
    pub at: Option<Placed<TimePoint>>,
    /// The next phase, or `endex`.
    pub to: Placed<String>,
}

/// How a number is coarsened at the end of a phase: down to the next of the marks.
#[derive(Clone, Debug)]
pub struct Band {
    /// The value.
    pub of: Placed<String>,
    /// Multiples of a step, or listed marks.
    pub marks: Placed<Bands>,
}

/// The marks of a [`Band`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bands {
    /// Down to a multiple of this.
    Step(i64),
    /// Down to the greatest of these that is not above it; to the first where all are.
    List(Vec<i64>),
}

/// How it all came out.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// When it is this one; the last one needs none.
    pub when: Option<Placed<String>>,
    /// The story of it.
    pub text: Text,
}

/// A named set of initial values.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// A sentence for the start screen.
    pub text: Option<Text>,
    /// Values by name, as written.
    pub initial: Vec<(Placed<String>, Placed<String>)>,
}

/// A part of the scenario, for a shorter meeting.
#[derive(Clone, Debug)]
pub struct Cut {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// How long a meeting it fits, in minutes of wall clock.
    pub minutes: Placed<i64>,
    /// The first phase.
    pub from: Placed<String>,
    /// When it starts.
    pub at: Placed<jiff::civil::DateTime>,
    /// The last phase; ENDEX comes when it ends.
    pub to: Placed<String>,
    /// What the team is told has happened so far.
    pub text: Option<Text>,
    /// Values by name, as written.
    pub initial: Vec<(Placed<String>, Placed<String>)>,
}

/// What must hold, however it is played. The search looks for a play that breaks it.
#[derive(Clone, Debug)]
pub struct AuthorRule {
    /// Its name in the files.
    pub id: Placed<String>,
    /// What must hold.
    pub demand: Demand,
    /// Why; told with the play that breaks it.
    pub because: Option<Placed<String>>,
}

/// What a rule demands. Conditions are expressions; they are looked at wherever the team may move, and at ENDEX.
#[derive(Clone, Debug)]
pub enum Demand {
    /// It holds everywhere.
    Always(Placed<String>),
    /// It holds nowhere.
    Never(Placed<String>),
    /// On every way through the exercise it holds somewhere.
    Eventually(Placed<String>),
    /// Whenever one thing holds, another does so soon enough.
    Within {
        /// How soon, in minutes.
        within: Placed<Minutes>,
        /// What begins the time.
        after: Placed<String>,
        /// What must then hold before it is over.
        holds: Placed<String>,
    },
}

/// `record.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Names that only a marked text may use.
    pub organisations: Vec<Placed<String>>,
    /// Source codes and what they stand for.
    pub sources: Vec<(Placed<String>, Placed<String>)>,
    /// The facts.
    pub entries: Vec<Fact>,
}

/// One fact of the record.
#[derive(Clone, Debug)]
pub struct Fact {
    /// As in `T-10`.
    pub id: Placed<String>,
    /// As a reader writes it.
    pub date: Option<Placed<String>>,
    /// The statement.
    pub says: Placed<String>,
    /// The numbers in it.
    pub figures: Vec<Placed<String>>,
    /// Codes of its sources.
    pub source: Vec<Placed<String>>,
    /// Other facts it was worked out from.
    pub rests_on: Vec<Placed<String>>,
    /// V, V-, S, D or B.
    pub confidence: Placed<String>,
}
