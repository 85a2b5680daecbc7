//! Who sits where, and what the seats write, vote and think about their moves.

pub use crate::engine::view::Reason;

use crate::front::view::Stamp;

/// A role, as its player reads it before STARTEX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleBrief {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub title: String,
    /// What it answers for; may be empty.
    pub brief: String,
}

/// A seat that somebody wants: some roles, and who plays them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SeatRequest {
    /// Roles, by id.
    pub roles: Vec<String>,
    /// Who sits there, in words; may be empty.
    pub person: String,
}

/// A seat at this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatView {
    /// The titles of its roles.
    pub title: String,
    /// Who sits there; may be empty.
    pub person: String,
    /// Whether it has nothing more to do before time passes.
    pub ready: bool,
}

/// All seats. Time passes when each of them is ready.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Seats {
    /// At least one.
    pub seats: Vec<SeatView>,
    /// The index of the seat whose view is shown. When it changes, the view that follows is another person's.
    pub current: usize,
    /// Titles of the roles that nobody plays: their decisions take the defaults.
    pub absent: Vec<String>,
}

/// How a hidden vote stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The decision, by id.
    pub decision: String,
    /// The question, in limited Markdown.
    pub question: String,
    /// Titles of the seats that have voted.
    pub cast: Vec<String>,
    /// Titles of the seats that have not.
    pub waiting: Vec<String>,
    /// The votes, once they are revealed.
    pub ballots: Option<Vec<Ballot>>,
}

/// One vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The title of the seat.
    pub who: String,
    /// The option, by id.
    pub option: String,
    /// Its label.
    pub label: String,
    /// How sure, in percent.
    pub sure: Option<u8>,
}

/// How well something was performed, in the words that exercise evaluators use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    /// P: performed without challenges.
    Performed,
    /// S: performed with some challenges.
    Some,
    /// M: performed with major challenges.
    Major,
    /// U: unable to be performed.
    Unable,
}

impl Rating {
    /// From the best to the worst.
    pub const ALL: [Rating; 4] = [
        Rating::Performed,
        Rating::Some,
        Rating::Major,
        Rating::Unable,
    ];

    /// P, S, M or U.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Rating::Performed => 'P',
            Rating::Some => 'S',
            Rating::Major => 'M',
            Rating::Unable => 'U',
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Rating::Performed => "performed without challenges",
            Rating::Some => "performed with some challenges",
            Rating::Major => "performed with major challenges",
            Rating::Unable => "unable to be performed",
        }
    }

    /// The rating with this letter, in either case.
    #[must_use]
    pub fn from_letter(letter: char) -> Option<Rating> {
        Rating::ALL
            .into_iter()
            .find(|it| it.letter() == letter.to_ascii_uppercase())
    }
}

/// Something written down while playing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The time of the exercise.
    pub at: Stamp,
    /// The title of the seat that wrote it; `Facilitator` for an observation.
    pub by: String,
    /// Whether it is an observation of the facilitator, which the team does not read.
    pub observation: bool,
    /// The title of the role or objective that it is about; may be empty.
    pub about: String,
    /// The rating of an observation.
    pub rating: Option<Rating>,
    /// Exactly as typed.
    pub text: String,
}
