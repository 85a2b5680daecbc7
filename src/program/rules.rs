//! What must hold, however a scenario is played.

use crate::program::Program;
use crate::program::code::Code;
use crate::program::layout::Slot;
use crate::program::live::{Live, live};
use crate::scenario::Minutes;

/// A rule. Conditions are tested wherever the team may move, and at ENDEX.
#[derive(Clone, Copy, Debug)]
pub enum CompiledRule {
    /// This holds everywhere.
    Always(Code),
    /// This holds nowhere.
    Never(Code),
    /// On every way through the exercise this holds somewhere.
    Eventually(Code),
    /// Whenever `after` holds and `holds` does not, `holds` becomes true before `minutes` have passed.
    Within {
        /// At least 1.
        minutes: Minutes,
        /// What starts the time.
        after: Code,
        /// What must then hold.
        holds: Code,
    },
}

impl CompiledRule {
    /// The conditions that it tests.
    pub fn codes(self) -> impl Iterator<Item = Code> {
        let (first, second) = match self {
            Self::Always(code) | Self::Never(code) | Self::Eventually(code) => (code, None),
            Self::Within { after, holds, .. } => (after, Some(holds)),
        };
        std::iter::once(first).chain(second)
    }
}

impl Program {
    /// The live bits of each phase: what play or the rules can still read.
    #[must_use]
    pub fn live(&self) -> Live {
        self.live_with(&[])
    }

    /// The same, where these slots are read in every phase as well.
    #[must_use]
    pub fn live_with(&self, shown: &[Slot]) -> Live {
        let read: Vec<Code> = self.rules.iter().flat_map(|rule| rule.codes()).collect();
        live(self, &read, shown)
    }
}
