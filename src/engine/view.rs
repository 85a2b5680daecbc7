//! What one seat may know, as plain data. Faces see nothing else of the engine.

pub use crate::scenario::IndicatorForm;

use crate::scenario::Minutes;

/// A moment of the exercise, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
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
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct View {
    /// The scenario's title.
    pub title: String,
    /// The time.
    pub now: Stamp,
    /// Where the exercise stands.
    pub phase: PhaseView,
    /// What still stands of the view before, in front of the lists here. All zero: this view is whole.
    pub since: Since,
    /// The news, oldest first.
    pub inbox: Vec<InboxMessage>,
    /// The situation board, in the author's order.
    pub board: Vec<IndicatorReading>,
    /// The moves, oldest first.
    pub moves: Vec<MoveView>,
    /// Questions waiting for an answer, the first to close first.
    pub decisions: Vec<OpenDecision>,
    /// Standing actions of this seat in this phase, whether or not they can be used now.
    pub actions: Vec<Choice>,
    /// What is under way, the next to finish first.
    pub under_way: Vec<UnderWay>,
    /// The ending, after ENDEX.
    pub ending: Option<EndingView>,
}

/// How many entries of each list still stand from the view before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Since {
    /// Of [`View::inbox`].
    pub messages: usize,
    /// Of [`View::moves`].
    pub moves: usize,
    /// Of each [`IndicatorReading::course`]; the board then has the same entries as before.
    pub samples: usize,
}

impl View {
    /// Puts what still stands of the view before in front, so that this view is whole. Takes it out of the other.
    pub fn follow(&mut self, before: &mut View) {
        let since = std::mem::take(&mut self.since);
        put_in_front(&mut self.inbox, since.messages, &mut before.inbox);
        put_in_front(&mut self.moves, since.moves, &mut before.moves);
        for (reading, old) in self.board.iter_mut().zip(&mut before.board) {
            if reading.form == IndicatorForm::Trend {
                put_in_front(&mut reading.course, since.samples, &mut old.course);
            }
        }
    }

    /// Whether the board is the same as in a whole view before.
    #[must_use]
    pub fn has_board_of(&self, before: &View) -> bool {
        let since = self.since.samples;
        let same_course = |new: &IndicatorReading, old: &IndicatorReading| match since {
            0 => new.course == old.course,
            _ => new.course.is_empty() && old.course.len() <= since,
        };
        let mut both = self.board.iter().zip(&before.board);
        self.board.len() == before.board.len()
            && both.all(|(new, old)| new.reads_like(old) && same_course(new, old))
    }
}

/// Makes one list of the first entries of an old one and of all of the new one.
fn put_in_front<T>(new: &mut Vec<T>, stand: usize, old: &mut Vec<T>) {
    if stand > 0 {
        let mut whole = std::mem::take(old);
        whole.truncate(stand);
        whole.append(new);
        *new = whole;
    }
}

/// Where the exercise stands among its phases.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PhaseView {
    /// Counted from 1.
    pub number: usize,
    /// The number of phases.
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
    /// The response to what the team just did.
    Feedback,
    /// Something was finished, or a chance was rolled.
    Result,
    /// From the exercise itself: a deadline passed, a default was taken, a consent was refused.
    Notice,
    /// Typed by the facilitator during play; not part of the scenario.
    Improvised,
}

/// A move that this seat may know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveView {
    /// The number of the move, counted from 1.
    pub number: usize,
    /// When it was made.
    pub at: Stamp,
    /// How many messages were in the inbox before it.
    pub after: usize,
    /// The label of the option or action; `Wait`.
    pub what: String,
    /// Of an option, the question in limited Markdown; otherwise empty.
    pub question: String,
    /// Titles of the roles it belonged to; empty means everybody.
    pub by: Vec<String>,
    /// The reason that the room gave.
    pub reason: Reason,
}

/// Why a room decided as it did, said before it knows the result. All of it may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reason {
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
    /// How sure they were, in percent.
    pub sure: Option<u8>,
}

impl Reason {
    /// Whether no reason was given.
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
    /// When it arrived.
    pub at: Stamp,
    /// The id of the inject, option or action; may be empty.
    pub id: String,
    /// The sender, in words; may be empty.
    pub from: String,
    /// Titles of the receiving roles; empty means everybody.
    pub to: Vec<String>,
    /// One of [`crate::scenario::CHANNELS`], or empty.
    pub via: String,
    /// Subject.
    pub title: String,
    /// Limited Markdown: paragraphs, lists, emphasis.
    pub text: String,
    /// The id of the decision that it asks; may be empty.
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
    /// Where it was published, as in `digitalhealth.net, 13 Oct 2022`.
    pub sources: Vec<String>,
    /// The ids of other entries that it was worked out from.
    pub rests_on: Vec<String>,
    /// V, V-, S, D or B.
    pub confidence: String,
}

/// What the ids and letters of the record mean, in a sentence for a reader.
pub const RECORD_LEGEND: &str = "Names such as T-10 are entries of the record. V: a public page states it. \
    V-: only a weak page does. S: only a press article does. D: worked out from other entries. \
    B: general knowledge, checked against no page.";

impl Citation {
    /// Where it was published and what it was worked out from, as in `ico.org.uk, 27 Mar 2025; worked out from T-16, L-01`;
    /// empty if neither is known.
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
    /// Good.
    Good,
    /// In between, or not stated.
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
    /// A lamp's word, a number with thousands separators and its unit, or a clock's `2 h 05 min` or `not yet`.
    pub text: String,
    /// How good the word of a lamp is.
    pub tone: Tone,
    /// Of a gauge or trend: the value and its bounds.
    pub number: Option<(i64, i64, i64)>,
    /// Of a trend: the minute and value after each move so far, oldest first.
    pub course: Vec<(Minutes, i64)>,
    /// Whether the latest move changed it.
    pub changed: bool,
}

impl IndicatorReading {
    /// Whether everything but the course is the same.
    fn reads_like(&self, other: &Self) -> bool {
        let all = |it: &Self| (it.form, it.tone, it.number, it.changed);
        all(self) == all(other) && self.title == other.title && self.text == other.text
    }
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
    /// The time that is left, as in `20 min`; `until the phase ends` if there is no deadline.
    pub left: String,
    /// The label of the option that is taken if nobody answers.
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
    /// Why it cannot be chosen now, as a sentence; `None` if it can.
    pub barred: Option<String>,
    /// Of an action: how often it has been used.
    pub used: u32,
}

/// Something that takes time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// The label of the option or action.
    pub label: String,
    /// When it is done.
    pub until: Stamp,
    /// The time that is left, as in `1 h 30 min`.
    pub left: String,
}

/// How the exercise ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingView {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub title: String,
    /// Its story, in limited Markdown.
    pub text: String,
    /// What its statements rest on.
    pub marks: Vec<MarkView>,
}
