//! Injects, decisions, options and actions.

use crate::scenario::{Block, Mark, Minutes, Placed, Text};

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

/// What makes an inject come. With neither `at` nor `when` only an effect brings it.
#[derive(Clone, Debug, Default)]
pub struct Trigger {
    /// The moment. With `when` too: it comes at that moment if the condition then holds.
    pub at: Option<Placed<TimePoint>>,
    /// The condition.
    pub when: Option<Placed<String>>,
    /// How often it comes at most; once if left out.
    pub repeats: Option<Placed<i64>>,
    /// Minutes from one time to the next; needed if `repeats` is beside `at` or `when`.
    pub every: Option<Placed<Minutes>>,
}

/// A moment as an author writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimePoint {
    /// Minutes after the phase (for `within`: the question) began.
    After(Minutes),
    /// A date in the scenario's zone. If it is past when the phase begins, it means the beginning.
    On(jiff::civil::DateTime),
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
    /// Who answers; empty means the receivers of the inject.
    pub to: Vec<Placed<String>>,
    /// When it closes; at the end of the phase if left out.
    pub within: Option<Placed<TimePoint>>,
    /// The option taken when it closes unanswered.
    pub default: Placed<String>,
    /// A question for the room, before or after the exercise.
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
    /// The phases in which it can be taken; empty means all.
    pub phases: Vec<Placed<String>>,
    /// How often it can be taken; once if left out.
    pub repeats: Option<Placed<i64>>,
}
