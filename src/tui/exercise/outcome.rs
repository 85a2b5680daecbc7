//! What a key leads to. A part of the screen changes its own fields and says the rest with these.

use crate::front::Request;
use crate::tui::hits::Hits;

/// What [`crate::tui::exercise::ExerciseScreen`] does after a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeyOutcome {
    /// Nothing more.
    Stay,
    /// Shows this sentence above the keys.
    Say(String),
    /// Closes what stands on top.
    Close,
    /// Closes what stands on top, and gives the key to what lies below.
    Pass,
    /// Opens something on top.
    Open(Opening),
    /// Selects this message of the inbox.
    Select(usize),
    /// Selects it and opens it large.
    OpenMessage(usize),
    /// Asks the room.
    Ask(Request),
    /// Closes what stands on top, and asks the room.
    CloseAsking(Request),
}

impl KeyOutcome {
    pub(super) fn say(text: &str) -> KeyOutcome {
        KeyOutcome::Say(text.to_owned())
    }
}

/// What can be opened on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Sheet(SheetKind),
    /// The standing actions, one of them marked.
    Actions(Option<usize>),
    /// The list of seats, one of them marked.
    Chooser(usize),
    Reason(MarkedOption),
    Ballot(MarkedOption),
    /// Shows the votes on this decision although some are missing.
    Reveal(String),
    /// Everything in order; at the end with what moves cost.
    Timeline {
        ended: bool,
    },
    Notes,
    Console,
    Ending,
}

/// What a sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SheetKind {
    Help,
    Leave,
    Message,
    Marks,
    Situation,
    Decision,
}

/// The option that is marked and its decision, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkedOption {
    pub(super) decision: String,
    pub(super) option: String,
}

/// What something on the screen is, for a click or the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExerciseTarget {
    /// The name of a key.
    Key(crate::tui::Key),
    /// A message, by its place in the inbox.
    Message(usize),
    /// An option of the decision on screen.
    Option(usize),
    /// An action in their list, by its place in it.
    Action(usize),
    /// The same beside the question: a click opens the list.
    Act(usize),
    /// The list of messages.
    List,
    /// The open message.
    Text,
    /// The part that scrolls of what stands on top.
    Top,
}

/// Where the parts of an exercise's screen stood in the last frame.
pub(super) type ExerciseHits = Hits<ExerciseTarget>;

impl ExerciseTarget {
    /// Whether the wheel scrolls it; otherwise it can be clicked.
    pub(super) fn scrolls(self) -> bool {
        matches!(
            self,
            ExerciseTarget::List | ExerciseTarget::Text | ExerciseTarget::Top
        )
    }
}
