//! Stored values: what the states are worth that enter a phase. With them a phase can be solved again from any of its
//! states without those that follow it, so that an exercise is priced at once.
//!
//! They are a file beside the scenario, made by `sandtable explore SCENARIO --store`: the scenario played whole, each of
//! its variants, and each of its cuts. All numbers are little end first.
//!
//! | bytes | holds |
//! |---|---|
//! | 8 | `sandvals` |
//! | 4 | the version of the format: 1 |
//! | 4 | [`PACKING`], the way in which states are packed |
//! | 64 | the fingerprint of the scenario's files, as in a journal |
//! | 2 | how many setups follow |
//! | of each setup: 2 + n, 2 + n | the ids of its variant and of its cut: the number of bytes, and UTF-8; none is 65,535 and no bytes |
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
//! A state is its own key: hashes would be half as long and would have to be trusted.
//!
//! *Invariant*: values are used only with the text they were made of. Whatever does not fit is said, and nothing is lost
//! but time: every value can be worked out anew.

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

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u32 = 1;

/// The largest file, in bytes: what a small program can carry. The scenario that ships needs a fifth of it.
pub const VALUES_MAX_BYTES: usize = 8 << 20;

/// Characters of a fingerprint.
const FINGERPRINT_BYTES: usize = 64;

/// What the states are worth that enter a phase, where a scenario is played in one setup.
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
    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is none.
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

/// The stored values of a scenario in one setup, where they fit and a sample of them is right: see [`Stored::fit`] and
/// [`sample`]. Takes milliseconds, and as long as the last phase takes from a few states.
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
