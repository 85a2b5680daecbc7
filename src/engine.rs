//! State, moves, events, chance and the one step function.
//!
//! The same step runs live, where an [`Observer`] sees every event, and in the search, where nobody watches
//! and watching costs nothing. Luck is an argument. Nothing here does I/O, reads a clock or has luck of its own.

pub(crate) mod agenda;
mod blocks;
mod event;
mod legal;
pub mod look;
pub mod luck;
mod phases;
mod run;
mod time;
pub mod view;

#[cfg(test)]
mod tests;

pub use event::{Event, Observer};
pub use legal::Refusal;

pub(crate) use run::Run;

use crate::engine::luck::Luck;
use crate::program::ids::{ActionId, DecisionId, EndingId, PhaseId, ValueId};
use crate::program::{Phase, Program};
use crate::scenario::Minutes;

/// Everything that the future depends on: bounded integers packed into words, compared and hashed as words.
#[derive(Clone, Debug)]
pub struct State {
    words: Box<[u64]>,
    rates: Rates,
}

/// How fast each growing value grows: a cache, computed from the words.
#[derive(Clone, Debug)]
struct Rates {
    /// Fractions per minute of each growing value.
    units: Box<[i64]>,
    /// The marks of what changed since they were computed.
    stale: u64,
}

impl State {
    fn new(program: &Program, words: &[u64]) -> Self {
        let units = vec![0; program.growing.len()].into_boxed_slice();
        Self {
            words: words.into(),
            rates: Rates {
                units,
                stale: u64::MAX,
            },
        }
    }

    /// The words that it is packed into.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// A state from its words, which must come from [`State::words`] under the same program. Nothing is checked here.
    #[must_use]
    pub fn from_words(program: &Program, words: &[u64]) -> Self {
        Self::new(program, words)
    }

    /// Copies the words of another state, without allocating.
    ///
    /// # Panics
    /// If a state of this program has another number of words.
    pub fn copy_from(&mut self, words: &[u64]) {
        self.words.copy_from_slice(words);
        self.rates.stale = u64::MAX;
    }

    /// Rewrites the words, without allocating. The result must be a state of this program.
    pub fn fill(&mut self, write: impl FnOnce(&mut [u64])) {
        write(&mut self.words);
        self.rates.stale = u64::MAX;
    }

    /// Minutes since STARTEX.
    #[must_use]
    pub fn now(&self, program: &Program) -> Minutes {
        program.clock.get(&self.words)
    }

    /// The current phase; after ENDEX the one in which it came.
    #[must_use]
    pub fn phase(&self, program: &Program) -> PhaseId {
        PhaseId::at(program.phase.get(&self.words) as usize)
    }

    /// The ending, after ENDEX.
    #[must_use]
    pub fn ended(&self, program: &Program) -> Option<EndingId> {
        program.ended(&self.words)
    }

    /// What a value holds, in wholes: a number, 0 or 1, or the position of a word.
    #[must_use]
    pub fn value(&self, program: &Program, id: ValueId) -> i64 {
        program.value(id, &self.words)
    }

    /// Whether a decision waits for an answer.
    #[must_use]
    pub fn is_open(&self, program: &Program, id: DecisionId) -> bool {
        agenda::is_set(program, &self.words, program.deadline(id))
    }

    /// The open decisions, in the order of the agenda.
    #[must_use]
    pub fn open(&self, program: &Program) -> Vec<DecisionId> {
        let mut open = Vec::new();
        agenda::each_open(program, &self.words, |id| open.push(id));
        open
    }

    /// When an open decision closes; `None` if only the end of its phase closes it.
    #[must_use]
    pub fn closes(&self, program: &Program, id: DecisionId) -> Option<Minutes> {
        agenda::minute(program, &self.words, program.deadline(id))
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for State {}

impl std::hash::Hash for State {
    fn hash<H: std::hash::Hasher>(&self, hasher: &mut H) {
        self.words.hash(hasher);
    }
}

/// What a team does. Choosing and acting take no time; time passes only when the team waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// Choose an option, by its position.
    Choose(DecisionId, u8),
    /// Use a standing action.
    Take(ActionId),
    /// Wait until something happens that somebody sees.
    Wait,
}

/// STARTEX: the first state, after what happens in its first moment.
#[must_use]
pub fn start(program: &Program, luck: &mut impl Luck, observer: &mut impl Observer) -> State {
    let mut state = State::new(program, &program.initial);
    restart(program, &mut state, luck, observer);
    state
}

/// STARTEX in place of another state of the same program, without allocating.
pub fn restart(
    program: &Program,
    state: &mut State,
    luck: &mut impl Luck,
    observer: &mut impl Observer,
) {
    state.copy_from(&program.initial);
    Run::new(program, state, luck, observer).begin();
}

/// Makes a move. A refused move leaves the state as it was.
pub fn step(
    program: &Program,
    state: &mut State,
    chosen: Move,
    luck: &mut impl Luck,
    observer: &mut impl Observer,
) -> Result<(), Refusal> {
    legal::check(program, &state.words, chosen)?;
    make(program, state, chosen, luck, observer);
    Ok(())
}

/// Makes a move that [`refusal`] allows, for callers that have checked.
pub(crate) fn make(
    program: &Program,
    state: &mut State,
    chosen: Move,
    luck: &mut impl Luck,
    observer: &mut impl Observer,
) {
    debug_assert_eq!(legal::check(program, &state.words, chosen), Ok(()));
    Run::new(program, state, luck, observer).make(chosen);
}

/// Lets time pass until a minute, through everything that happens on the way, whether or not anybody sees it.
/// The state is the same however a stretch of time is divided into such calls.
pub fn advance(
    program: &Program,
    state: &mut State,
    to: Minutes,
    luck: &mut impl Luck,
    observer: &mut impl Observer,
) {
    Run::new(program, state, luck, observer).wait_until(to);
}

/// Whether a move can be made now, or why not.
pub fn refusal(program: &Program, state: &State, wanted: Move) -> Result<(), Refusal> {
    legal::check(program, &state.words, wanted)
}

/// Every move that can be made now: options in order, actions in order, and waiting; none after ENDEX.
pub fn moves(program: &Program, state: &State, into: &mut Vec<Move>) {
    candidates(program, state, into);
    into.retain(|wanted| refusal(program, state, *wanted).is_ok());
}

/// Every move that might be possible now; [`refusal`] says which of them are.
pub fn candidates(program: &Program, state: &State, into: &mut Vec<Move>) {
    into.clear();
    let phase = &program.phases[state.phase(program).index()];
    each_group(program, phase, &state.words, |group| {
        into.extend(group.moves());
    });
}

/// The options of one decision, or any other move alone.
#[derive(Clone, Copy, Debug)]
struct Group {
    first: Move,
    /// How many moves there are.
    count: u8,
}

impl Group {
    /// One of the moves, by its position.
    #[inline]
    fn nth(self, position: u8) -> Move {
        match self.first {
            Move::Choose(decision, _) => Move::Choose(decision, position),
            alone => alone,
        }
    }

    fn moves(self) -> impl Iterator<Item = Move> {
        (0..self.count).map(move |position| self.nth(position))
    }
}

/// The moves that might be possible in a phase now.
#[inline]
fn each_group(program: &Program, phase: &Phase, words: &[u64], mut call: impl FnMut(Group)) {
    agenda::each_open(program, words, |id| {
        let first = Move::Choose(id, 0);
        let count = program.decisions[id.index()].options.len() as u8;
        call(Group { first, count });
    });
    for id in &phase.actions {
        let action = &program.actions[id.index()];
        if action.used.get(words) < i64::from(action.repeats) {
            let first = Move::Take(*id);
            call(Group { first, count: 1 });
        }
    }
    let first = Move::Wait;
    call(Group { first, count: 1 });
}
