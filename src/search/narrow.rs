//! Packed states, as the search keeps them: the bits that a phase can still read, and the minutes of what is due.

use crate::engine::{State, agenda};
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::program::layout::Slot;

/// The version of the packing. Raise it whenever [`Narrow::pack`] or what it relies on changes, so that nothing reads states
/// that were packed in another way.
pub const PACKING: u32 = 1;

/// How the states of one phase are packed. Packed states differ in length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrow {
    /// Words with live bits, and those bits.
    kept: Vec<(u16, u64)>,
    /// Words of the longest packed state, in which everything is due.
    longest: usize,
    phase: PhaseId,
}

impl Narrow {
    /// Packs the states of a phase in which these bits of each word are live.
    #[must_use]
    pub fn new(program: &Program, phase: PhaseId, live: &[u64]) -> Self {
        let fixed = live[..program.agenda.end].iter().enumerate();
        let kept = fixed.filter(|(_, bits)| **bits != 0);
        let kept: Vec<_> = kept.map(|(word, bits)| (word as u16, *bits)).collect();
        let minutes = program.dues.iter().filter(|due| due.slot.is_some()).count();
        Self {
            longest: kept.len() + minutes.div_ceil(2),
            kept,
            phase,
        }
    }

    /// Packs a state.
    #[inline]
    pub fn pack(&self, program: &Program, words: &[u64], into: &mut Vec<u64>) {
        into.clear();
        into.extend(
            self.kept
                .iter()
                .map(|(word, bits)| words[usize::from(*word)] & bits),
        );
        // Minutes have far fewer than 32 bits, so a word holds two.
        let mut half = None;
        for index in program.agenda.clone() {
            for bit in agenda::SetBits(words[index]) {
                let due = &program.dues[(index - program.agenda.start) * 64 + bit];
                let Some(minute) = due.slot.map(|slot| slot.raw(words)) else {
                    continue;
                };
                match half.take() {
                    Some(first) => into.push(first | minute << 32),
                    None => half = Some(minute),
                }
            }
        }
        into.extend(half);
    }

    /// Unpacks a state; bits that are not live are 0.
    #[inline]
    pub fn unpack(&self, program: &Program, packed: &[u64], words: &mut [u64]) {
        words.fill(0);
        for ((word, _), kept) in self.kept.iter().zip(packed) {
            words[usize::from(*word)] = *kept;
        }
        let mut minutes = packed[self.kept.len()..]
            .iter()
            .flat_map(|word| [word & u64::from(u32::MAX), word >> 32]);
        for index in program.agenda.clone() {
            for bit in agenda::SetBits(words[index]) {
                let due = &program.dues[(index - program.agenda.start) * 64 + bit];
                if let (Some(slot), Some(minute)) =
                    (due.slot, due.slot.and_then(|_| minutes.next()))
                {
                    slot.set_raw(words, minute);
                }
            }
        }
        program.phase.set(words, i64::from(self.phase.0));
    }

    /// The words of a state with live bits, and those bits.
    #[must_use]
    pub fn live_words(&self) -> &[(u16, u64)] {
        &self.kept
    }

    /// Words of the longest packed state.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Bytes of a packed state if nothing is due.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.kept.len() * 8
    }
}

/// How the states of every phase are packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrows(Box<[Narrow]>);

impl Narrows {
    /// Packs the states of a program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        Self::with(program, &[])
    }

    /// The same, with these slots in every phase, and so with whatever changes them.
    #[must_use]
    pub fn with(program: &Program, shown: &[Slot]) -> Self {
        let live = program.live_with(shown);
        let phases = live.iter().enumerate();
        let narrow = phases.map(|(phase, live)| Narrow::new(program, PhaseId::at(phase), live));
        Self(narrow.collect())
    }

    /// Words of the longest packed state of any phase.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.0.iter().map(Narrow::longest).max().unwrap_or(0)
    }

    /// How the states of one phase are packed.
    #[inline]
    #[must_use]
    pub fn in_phase(&self, phase: PhaseId) -> &Narrow {
        &self.0[phase.index()]
    }

    /// Packs a state, and returns its phase, without which packed words mean nothing.
    #[inline]
    pub fn pack(&self, program: &Program, state: &State, into: &mut Vec<u64>) -> PhaseId {
        let phase = state.phase(program);
        self.in_phase(phase).pack(program, state.words(), into);
        phase
    }
}
