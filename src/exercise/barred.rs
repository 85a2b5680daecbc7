//! What may be entered, and why not.

use crate::engine::{Move, Refusal};
use crate::exercise::{Exercise, role_named};
use crate::journal::{
    Entry, EntryKind, Forced, JournalError, RecordedBallot, RecordedNote, TakeBack,
};
use crate::program::Program;
use crate::program::ids::RoleId;
use crate::words;

/// The most moves of one exercise, including those that were taken back. A long one has about 150; one of two years with
/// a move an hour has 17,520. Time and memory grow with them, not with their square.
pub const MOVES_MAX: usize = 20_000;

/// The most improvised injects.
pub const INJECTS_MAX: usize = 200;

/// The most take-backs.
pub const TAKE_BACKS_MAX: usize = 200;

/// Why a move or anything else was not entered. Nothing has changed.
#[derive(Debug)]
pub enum NotMade {
    /// The rules do not allow it.
    Refused(Refusal),
    /// The room does not allow it.
    Barred(Barred),
    /// It could not be recorded.
    Unrecorded(JournalError),
}

/// What a room does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// The decision or action belongs to these roles, and the seat holds none of them.
    NotYours(Vec<RoleId>),
    /// There is no such seat.
    NotSeated,
    /// This role was given twice.
    Twice(RoleId),
    /// The exercise is paused.
    Paused,
    /// The exercise is not paused.
    NotPaused,
    /// The scenario has nothing of that name.
    Unknown {
        /// As in `role`.
        what: &'static str,
        /// As typed.
        name: String,
    },
    /// Something is missing: the sentence, as in `A note needs a text.`
    Empty(&'static str),
    /// This many moves stand, so no more than that can remain.
    NotSoMany(usize),
    /// The latest move stands: the sentence that says why.
    Stands(&'static str),
    /// The decision is not open.
    NotOpen(String),
    /// The votes on it have been revealed.
    Revealed,
    /// Nobody has voted on it.
    NoBallots,
    /// Somebody is more than 100 percent sure: this much.
    TooSure(u8),
    /// An exercise has no room for more of these, as in `moves`.
    TooMany(&'static str),
    /// The exercise is over.
    Over,
    /// It is a move, which [`Exercise::submit`] makes.
    IsMove,
}

impl From<Barred> for NotMade {
    fn from(barred: Barred) -> Self {
        NotMade::Barred(barred)
    }
}

/// An error if this holds.
fn bar_if(holds: bool, barred: impl FnOnce() -> Barred) -> Result<(), Barred> {
    if holds { Err(barred()) } else { Ok(()) }
}

fn check_text(text: &str, missing: &'static str) -> Result<(), Barred> {
    bar_if(text.trim().is_empty(), || Barred::Empty(missing))
}

impl Barred {
    pub(super) fn unknown(what: &'static str, name: &str) -> Self {
        let name = name.to_owned();
        Barred::Unknown { what, name }
    }

    /// The sentence for a person.
    #[must_use]
    pub fn sentence(&self, program: &Program) -> String {
        let title = |role: &RoleId| {
            let role = &program.script.scenario.roles[role.index()];
            role.title.value.as_str()
        };
        match self {
            Barred::NotYours(roles) => {
                let roles: Vec<&str> = roles.iter().map(title).collect();
                format!("That is for {}, not for this seat.", words::list(&roles))
            }
            Barred::NotSeated => "There is no such seat.".to_owned(),
            Barred::Twice(role) => format!("The role {} was given twice.", title(role)),
            Barred::Paused => "The exercise is paused.".to_owned(),
            Barred::NotPaused => "The exercise is not paused.".to_owned(),
            Barred::Unknown { what, name } => {
                format!("There is no {what} `{}`.", words::one_line(name))
            }
            Barred::Empty(sentence) | Barred::Stands(sentence) => (*sentence).to_owned(),
            Barred::NotSoMany(moves) => {
                let made = words::count(*moves as i64, "move stands", "moves stand");
                format!("{made}: only fewer can remain.")
            }
            Barred::NotOpen(id) => format!("`{}` is not open.", words::one_line(id)),
            Barred::Revealed => "The votes on this question have been shown already.".to_owned(),
            Barred::NoBallots => "Nobody has voted on this question.".to_owned(),
            Barred::TooSure(percent) => {
                format!("Confidence goes up to 100 %, not {percent} %.")
            }
            Barred::TooMany(what) => format!("There are too many {what} in this exercise already."),
            Barred::Over => "The exercise is over.".to_owned(),
            Barred::IsMove => "That is a move.".to_owned(),
        }
    }
}

impl NotMade {
    /// The sentence for a person; none if it could not be recorded.
    #[must_use]
    pub fn sentence(&self, program: &Program) -> Option<String> {
        match self {
            NotMade::Refused(refusal) => Some(refusal.sentence(program)),
            NotMade::Barred(barred) => Some(barred.sentence(program)),
            NotMade::Unrecorded(_) => None,
        }
    }
}

impl Exercise {
    /// Whether something may be entered now.
    pub(super) fn check(&self, what: &EntryKind) -> Result<(), Barred> {
        self.check_count(what)?;
        // After ENDEX people go on talking, and write down what they say.
        if self.is_over() && !matches!(what, EntryKind::Note(_) | EntryKind::Ended) {
            return Err(Barred::Over);
        }
        match what {
            EntryKind::Move(_) => Err(Barred::IsMove),
            EntryKind::Ended if !self.is_over() => Err(Barred::NotOpen("ENDEX".to_owned())),
            // A journal with a second ENDEX cannot be read.
            EntryKind::Ended if self.entries().any(|it| it.what == EntryKind::Ended) => {
                Err(Barred::Over)
            }
            EntryKind::TakeBack(back) => self.check_take_back(back.to),
            EntryKind::Inject(said) => {
                said.to.iter().try_for_each(|id| self.check_role(id))?;
                check_text(&said.text, "An improvised inject needs a text.")
            }
            EntryKind::Note(note) => self.check_note(note),
            EntryKind::Ballot(ballot) => self.check_ballot(ballot),
            EntryKind::Reveal(reveal) => self.check_reveal(&reveal.decision),
            EntryKind::Countdown(it) => it
                .decision
                .iter()
                .try_for_each(|id| self.check_open(id).map(|_| ())),
            EntryKind::Pause | EntryKind::Roll(_) if self.paused => Err(Barred::Paused),
            EntryKind::GoOn if !self.paused => Err(Barred::NotPaused),
            EntryKind::Roll(forced) => self.check_roll(forced),
            EntryKind::Pause
            | EntryKind::GoOn
            | EntryKind::Resumed
            | EntryKind::Stopped(_)
            | EntryKind::Ended => Ok(()),
        }
    }

    /// Whether there is room for one more of this kind. A resumed exercise shows a view for each, so the number in a
    /// journal, which anybody may have written, must be limited.
    pub(super) fn check_count(&self, what: &EntryKind) -> Result<(), Barred> {
        let (count, most, name) = match what {
            EntryKind::Move(_) => (self.counts.moves, MOVES_MAX, "moves"),
            EntryKind::Inject(_) => (
                self.counts.injects,
                INJECTS_MAX,
                "injects typed on the spot",
            ),
            EntryKind::TakeBack(_) => (self.counts.take_backs, TAKE_BACKS_MAX, "take-backs"),
            _ => return Ok(()),
        };
        bar_if(count >= most, || Barred::TooMany(name))
    }

    /// Whether players may take back their own moves, and when: see [`Self::own_take_back`].
    #[must_use]
    pub fn allows_take_back(&self) -> bool {
        self.take_back_allowed
    }

    /// The take-back that a seat may ask for: of the latest move, if it made that itself, no time passed and no luck fell
    /// in it, and nothing but notes followed. None of the seats has learnt anything from it but what it says itself.
    ///
    /// # Errors
    /// Why the move stands.
    pub fn own_take_back(&self, seat: Option<usize>) -> Result<TakeBack, Barred> {
        if !self.take_back_allowed {
            return Err(Barred::Stands(
                "Taking back was not allowed when this exercise began.",
            ));
        }
        bar_if(self.is_over(), || Barred::Over)?;
        bar_if(self.paused, || Barred::Paused)?;
        let is_note = |entry: &&Entry| matches!(entry.what, EntryKind::Note(_));
        let (made, recorded) = match (
            self.history.moves.last(),
            self.entries()
                .rev()
                .find(|it| !is_note(it))
                .map(|it| &it.what),
        ) {
            (Some(made), Some(EntryKind::Move(recorded))) => (made, recorded),
            (None, _) => return Err(Barred::Stands("No move has been made.")),
            _ => return Err(Barred::Stands("More has happened since the last move.")),
        };
        let elsewhere = self.seats.len() > 1 && recorded.seat != seat;
        for (stands, why) in [
            (made.what == Move::Wait, "Time has passed; a wait stands."),
            (elsewhere, "The last move was made at another seat."),
            (
                !recorded.rolled.is_empty(),
                "Luck fell with the last move, so it stands.",
            ),
        ] {
            bar_if(stands, || Barred::Stands(why))?;
        }
        Ok(TakeBack {
            to: self.history.moves.len() - 1,
        })
    }

    /// A take-back says how many moves remain: fewer than stand now.
    fn check_take_back(&self, remain: usize) -> Result<(), Barred> {
        let moves = self.moves().len();
        bar_if(remain >= moves, || Barred::NotSoMany(moves))
    }

    fn check_note(&self, note: &RecordedNote) -> Result<(), Barred> {
        note.role.iter().try_for_each(|id| self.check_role(id))?;
        if let Some(id) = &note.objective {
            self.check_objective(id)?;
        }
        if let Some(letter) = note.rating {
            let known = ['P', 'S', 'M', 'U'].contains(&letter);
            bar_if(!known, || Barred::unknown("rating", &letter.to_string()))?;
        }
        match note.seat {
            Some(seat) if seat >= self.seats.len() => Err(Barred::NotSeated),
            // A rating alone says something.
            None if note.rating.is_some() => Ok(()),
            _ => check_text(&note.text, "A note needs a text."),
        }
    }

    fn check_roll(&self, forced: &Forced) -> Result<(), Barred> {
        let chance = self.program.chance_named(&forced.chance);
        let odds = chance.map_or(0, |id| self.program.chances[id.index()].odds.len());
        bar_if(!(1..=odds).contains(&forced.outcome), || {
            Barred::unknown("outcome", &format!("{} {}", forced.chance, forced.outcome))
        })
    }

    fn check_role(&self, id: &str) -> Result<(), Barred> {
        role_named(&self.program, id).map(|_| ())
    }

    fn check_objective(&self, id: &str) -> Result<(), Barred> {
        let mut objectives = self.program.script.scenario.objectives.iter();
        let known = objectives.any(|it| it.id.value == id);
        bar_if(!known, || Barred::unknown("objective", id))
    }

    fn check_open(&self, id: &str) -> Result<crate::program::ids::DecisionId, Barred> {
        let not_open = || Barred::NotOpen(id.to_owned());
        let decision = self.program.decision_named(id).ok_or_else(not_open)?;
        if self.history.state.is_open(&self.program, decision) {
            Ok(decision)
        } else {
            Err(not_open())
        }
    }

    /// Confidence goes up to 100 %, in journals too: no version has written more.
    pub(super) fn check_sure(sure: Option<u8>) -> Result<(), Barred> {
        match sure {
            Some(percent @ 101..) => Err(Barred::TooSure(percent)),
            _ => Ok(()),
        }
    }

    /// A seat may vote, and change its vote, on an open decision of its own until the votes are shown.
    fn check_ballot(&self, ballot: &RecordedBallot) -> Result<(), Barred> {
        Self::check_sure(ballot.sure)?;
        let decision = self.check_open(&ballot.decision)?;
        let option = self.program.option_named(decision, &ballot.option);
        let option = option.ok_or_else(|| Barred::unknown("option", &ballot.option))?;
        self.check_hidden(&ballot.decision)?;
        self.may(ballot.seat, Move::Choose(decision, option))
    }

    /// Votes are shown once somebody has voted, and only once.
    fn check_reveal(&self, decision: &str) -> Result<(), Barred> {
        self.check_open(decision)?;
        self.check_hidden(decision)?;
        let voted = self.ballots(decision).next().is_some();
        bar_if(!voted, || Barred::NoBallots)
    }

    /// Whether the votes on a decision are still hidden.
    fn check_hidden(&self, decision: &str) -> Result<(), Barred> {
        bar_if(self.is_revealed(decision), || Barred::Revealed)
    }

    /// What was entered since a decision was last asked, oldest first.
    fn since_asked<'a>(&'a self, decision: &str) -> impl Iterator<Item = &'a EntryKind> {
        let id = self.program.decision_named(decision);
        let moves = id.map_or(0, |id| self.history.moves_before_asked(id));
        let first = self.entries.partition_point(|(made, _)| *made < moves);
        self.entries[first..].iter().map(|(_, entry)| &entry.what)
    }

    /// The votes on a decision since it was last asked: the latest of each seat, in the order of the seats.
    pub fn ballots(&self, decision: &str) -> impl Iterator<Item = &RecordedBallot> {
        let cast = self.since_asked(decision).filter_map(|what| match what {
            EntryKind::Ballot(ballot) if ballot.decision == decision => Some(ballot),
            _ => None,
        });
        let mut by_seat = std::collections::BTreeMap::new();
        for ballot in cast {
            by_seat.insert(ballot.seat, ballot);
        }
        by_seat.into_values()
    }

    /// Whether the votes on a decision have been shown to everybody.
    #[must_use]
    pub fn is_revealed(&self, decision: &str) -> bool {
        self.since_asked(decision).any(|what| match what {
            EntryKind::Reveal(it) => it.decision == decision,
            _ => false,
        })
    }
}
