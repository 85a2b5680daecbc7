//! Stored values: what the states that enter a phase are worth. With them a phase can be solved again from any of its
//! states without the phases after it, so that an exercise is priced at once.
//!
//! `sandtable explore SCENARIO --store` writes them as a file beside the scenario: for the whole scenario, for each of its
//! variants, and for each of its cuts. All numbers are little-endian.
//!
//! | bytes | holds |
//! |---|---|
//! | 8 | `sandvals` |
//! | 4 | the version of the format: 1 |
//! | 4 | [`PACKING`], the way in which states are packed |
//! | 64 | the fingerprint of the scenario's files, as in a journal, with a line feed for each CR LF |
//! | 2 | how many setups follow |
//! | of each setup: 2 + n, 2 + n | the ids of its variant and of its cut: the number of bytes, and UTF-8; 65,535 and no bytes without one |
//! | 32 | its [`shape`] |
//! | 4 | how many states follow, by phase and then by words |
//! | of each state: 2, 2 | its phase, and how many words it is packed into |
//! | 8 each | the words |
//! | 8, 8, 8 | [`Worth`]: best, worst, random, as IEEE 754 |
//! | 2, 2, 4, 4, 1 | fewest and most moves, earliest and latest ENDEX, whether the phase can still end by an end of its own: 0 or 1 |
//! | 2 | how many decisions need hindsight: their best option differs between states that look alike |
//! | 2 each | their numbers, in order |
//! | 32 | SHA-256 of everything before |
//!
//! A state is its own key: hashes would be half as long, but would have to be trusted.
//!
//! *Invariant*: values are only used with the text they were made from. Anything that does not fit is reported, and costs
//! nothing but time: every value can be worked out again.

mod error;
mod read;
mod sample;
mod shape;
mod write;

#[cfg(test)]
mod tests;

pub use error::ValuesError;
pub use read::{Stored, read};
pub use sample::sample;
pub use shape::shape;
pub use write::{solved, write};

use crate::program::ids::{DecisionId, PhaseId};
use crate::program::{Program, ProgramSetup};
use crate::search::narrow::PACKING;
use crate::search::worth::{KnownWorths, Worth};

/// The first bytes.
const MAGIC: &[u8; 8] = b"sandvals";

/// The version of the format: the only one that is written or read.
pub const VERSION: u32 = 1;

/// The largest file, in bytes, so that the program stays small. The scenario that ships needs a fifth of it.
pub const VALUES_MAX_BYTES: usize = 8 << 20;

/// Characters of a fingerprint.
const FINGERPRINT_BYTES: usize = 64;

/// What the states that enter a phase are worth, if a scenario is played in one setup.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// The setup.
    pub setup: ProgramSetup,
    shape: [u8; 32],
    /// By phase and words.
    states: Vec<Entering>,
    /// Decisions whose best option differs between states that look alike, in order.
    pub needs_hindsight: Vec<DecisionId>,
}

/// A state that enters a phase.
#[derive(Clone, Debug, PartialEq)]
struct Entering {
    phase: PhaseId,
    /// Packed.
    words: Box<[u64]>,
    worth: Worth,
}

impl Values {
    /// The number of states.
    #[must_use]
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there are no states.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}

impl KnownWorths for Values {
    fn worth(&self, phase: PhaseId, packed: &[u64]) -> Option<Worth> {
        let found = self
            .states
            .binary_search_by(|state| (state.phase, &*state.words).cmp(&(phase, packed)));
        found.ok().map(|at| self.states[at].worth)
    }
}

/// The stored values of a scenario in one setup, if they fit and a sample of them is right: see [`Stored::fit`] and
/// [`sample`]. This takes milliseconds, and the time to solve the last phase from a few states.
pub fn open(
    bytes: &[u8],
    fingerprint: &str,
    program: &Program,
    setup: &ProgramSetup,
    seed: u64,
) -> Result<Values, ValuesError> {
    let values = read(bytes)?.fit(fingerprint, program, setup)?;
    sample(&values, program, seed)?;
    Ok(values)
}
