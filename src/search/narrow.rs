//! States as the search keeps them: the live bits of a phase, one after another.

use crate::program::Program;
use crate::program::ids::PhaseId;

/// How the states of one phase are packed.
#[derive(Clone, Debug)]
pub struct Narrow {
    runs: Vec<Run>,
    /// Words of a packed state.
    pub width: usize,
    phase: PhaseId,
}

/// Neighbouring live bits, which stay neighbours.
#[derive(Clone, Copy, Debug)]
struct Run {
    from: u16,
    shift: u8,
    to: u16,
    at: u8,
    mask: u64,
}

impl Narrow {
    /// The way to pack the states of a phase in which these bits of each word are live.
    #[must_use]
    pub fn new(phase: PhaseId, live: &[u64]) -> Self {
        let (mut runs, mut to) = (Vec::new(), 0_usize);
        for (from, word) in live.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let shift = rest.trailing_zeros();
                let at = to % 64;
                // No run crosses the edge of a packed word.
                let bits = (rest >> shift).trailing_ones().min(64 - at as u32);
                let mask = u64::MAX >> (64 - bits);
                rest &= !(mask << shift);
                runs.push(Run {
                    from: from as u16,
                    shift: shift as u8,
                    to: (to / 64) as u16,
                    at: at as u8,
                    mask,
                });
                to += bits as usize;
            }
        }
        Self {
            runs,
            width: to.div_ceil(64).max(1),
            phase,
        }
    }

    /// Packs a state.
    #[inline]
    pub fn pack(&self, words: &[u64], into: &mut [u64]) {
        into.fill(0);
        for run in &self.runs {
            into[usize::from(run.to)] |=
                (words[usize::from(run.from)] >> run.shift & run.mask) << run.at;
        }
    }

    /// The state again, with every bit that is not live as 0.
    #[inline]
    pub fn unpack(&self, program: &Program, packed: &[u64], words: &mut [u64]) {
        words.fill(0);
        for run in &self.runs {
            words[usize::from(run.from)] |=
                (packed[usize::from(run.to)] >> run.at & run.mask) << run.shift;
        }
        program.phase.set(words, i64::from(self.phase.0));
    }
}
