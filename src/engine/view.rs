//! What one seat may know, as plain data. Faces see this and nothing else of the engine.

pub use crate::scenario::IndicatorForm;

use crate::scenario::Minutes;

/// A moment of the exercise, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Minutes since STARTEX.
    pub minute: Minutes,
    /// `Thu 4 Aug 2022`
    pub date: String,
    /// `07:20`
    pub time: String,
    /// `BST`
    pub zone: String,
}

/// Everything that one seat may know now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The scenario's title.
    pub title: String,
    /// Now.
    pub now: Stamp,
    /// Where the exercise stands.
    pub phase: PhaseView,
    /// All news so far, oldest first. Only ever grows from one view to the next, until moves are taken back.
    pub inbox: Vec<InboxMessage>,
    /// The situation board, in the author's order.
    pub board: Vec<IndicatorReading>,
    /// What was done so far, oldest first.
    pub deeds: Vec<Deed>,
    /// Questions waiting for an answer, the first to close first.
    pub decisions: Vec<OpenDecision>,
    /// Standing actions of this seat in this phase, whether or not they can be used now.
    pub actions: Vec<Choice>,
    /// What is under way, the next to finish first.
    pub under_way: Vec<UnderWay>,
    /// After ENDEX.
    pub ending: Option<EndingView>,
}

/// Where the exercise stands among its phases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseView {
    /// Counted from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Its name on screen.
    pub title: String,
}

/// Why a message is in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A phase began.
    Phase,
    /// News from the scenario.
    Inject,
    /// The answer to what the team just did.
    Feedback,
    /// Something that was under way came out, or luck fell.
    Result,
    /// The exercise itself speaks: a deadline passed, a default was taken, a consent was refused.
    Notice,
    /// Typed on the spot by the facilitator; no part of the scenario.
    Improvised,
}

/// A move, as far as this seat may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The number of the move, counted from 1.
    pub number: usize,
    /// When.
    pub at: Stamp,
    /// How many messages were in the inbox before it.
    pub after: usize,
    /// The label of the option or action; `Wait`.
    pub what: String,
    /// Of an option, what was asked; limited Markdown, empty otherwise.
    pub question: String,
    /// Titles of the roles it belonged to; empty means everybody.
    pub by: Vec<String>,
    /// What the room said of it.
    pub reason: Reason,
}

/// What a room says of its own decision, before it knows what comes of it. All of it may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reason {
    /// Who took it.
    pub by: String,
    /// Why.
    pub why: String,
    /// How sure they were, in percent.
    pub sure: Option<u8>,
}

impl Reason {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by.is_empty() && self.why.is_empty() && self.sure.is_none()
    }
}

/// One entry of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxMessage {
    /// Why it is there.
    pub kind: MessageKind,
    /// When it came.
    pub at: Stamp,
    /// The inject's, option's or action's id; empty where there is none.
    pub id: String,
    /// The sender, in words; empty where there is none.
    pub from: String,
    /// Titles of the receiving roles; empty means everybody.
    pub to: Vec<String>,
    /// One of [`crate::scenario::CHANNELS`]; empty where there is none.
    pub via: String,
    /// Subject.
    pub title: String,
    /// Limited Markdown: paragraphs, lists, emphasis.
    pub text: String,
    /// The decision it asks, by id; empty where it asks none.
    pub asks: String,
    /// What its statements rest on.
    pub marks: Vec<MarkView>,
}

/// A record mark, ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkView {
    /// The statement.
    pub says: String,
    /// `documented`, `inferred` or `invented`.
    pub standing: &'static str,
    /// Entries of the record it cites.
    pub cites: Vec<Citation>,
}

/// An entry of the record, ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// As in `T-10`.
    pub id: String,
    /// The statement of the record.
    pub says: String,
    /// Where it stands, as in `digitalhealth.net, 13 Oct 2022`.
    pub sources: Vec<String>,
    /// Other entries it was worked out from, by id.
    pub rests_on: Vec<String>,
    /// V, V-, S, D or B.
    pub confidence: String,
}

/// What the ids and letters of the record mean, in a sentence for a reader.
pub const RECORD_LEGEND: &str = "Names such as T-10 are entries of the record. V: a public page states it. \
    V-: only a weak page does. S: only a press article does. D: worked out from other entries. \
    B: general knowledge, checked against no page.";

impl Citation {
    /// Where it stands and what it was worked out from, as in `ico.org.uk, 27 Mar 2025; worked out from T-16, L-01`;
    /// empty where neither is known.
    #[must_use]
    pub fn origin(&self) -> String {
        let mut parts = self.sources.clone();
        if !self.rests_on.is_empty() {
            parts.push(format!("worked out from {}", self.rests_on.join(", ")));
        }
        parts.join("; ")
    }
}

/// How good a lamp's word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Well.
    Good,
    /// In between, or not said.
    Plain,
    /// Bad.
    Bad,
}

/// One entry of the situation board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorReading {
    /// How it looks.
    pub form: IndicatorForm,
    /// Its name on screen.
    pub title: String,
    /// A lamp's word; a number with thousands separators and its unit; a clock's `2 h 05 min` or `not yet`.
    pub text: String,
    /// Of a lamp.
    pub tone: Tone,
    /// Of a gauge or trend: value, least and most.
    pub number: Option<(i64, i64, i64)>,
    /// Of a trend: minute and value after each move so far, oldest first.
    pub course: Vec<(Minutes, i64)>,
    /// Whether it differs from what it was before the latest move.
    pub changed: bool,
}

/// A question waiting for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDecision {
    /// Its id in the play grammar.
    pub id: String,
    /// The question, limited Markdown.
    pub question: String,
    /// Titles of the roles asked; empty means everybody.
    pub to: Vec<String>,
    /// When it closes.
    pub closes: Option<Stamp>,
    /// What is left of it, as in `20 min`; `until the phase ends` where it has no deadline.
    pub left: String,
    /// What happens if nobody answers: the option's label.
    pub default: String,
    /// A question for the room.
    pub discuss: Option<String>,
    /// The options in order.
    pub options: Vec<Choice>,
    /// What its statements rest on.
    pub marks: Vec<MarkView>,
}

/// An option or an action, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id in the play grammar.
    pub id: String,
    /// Its name on screen.
    pub label: String,
    /// What it costs, as in `30 min · 2 engineers · asks the Executive`; may be empty.
    pub cost: String,
    /// Why it cannot be chosen now, as a sentence; none if it can.
    pub barred: Option<String>,
    /// Of an action: how often it was used already.
    pub used: u32,
}

/// Something that takes time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// The label of the option or action.
    pub label: String,
    /// When it is done.
    pub until: Stamp,
    /// What is left of it, as in `1 h 30 min`.
    pub left: String,
}

/// How it all came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingView {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub title: String,
    /// The story of it, limited Markdown.
    pub text: String,
    /// What its statements rest on.
    pub marks: Vec<MarkView>,
}
