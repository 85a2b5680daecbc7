//! What a packed state means, in 32 bytes.

use sha2::{Digest, Sha256};

use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::search::Solver;
use crate::search::narrow::PACKING;

/// Tells one way of laying out and packing the states of a program from another, even if nobody has thought of
/// [`PACKING`]: the SHA-256 of the initial words, and of where each value, each deadline and each phase's live bits lie.
#[must_use]
pub fn shape(program: &Program) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |number: u64| hash.update(number.to_le_bytes());
    add(u64::from(PACKING));
    add(program.initial.len() as u64);
    program.initial.iter().for_each(|word| add(*word));
    let values = program.values.iter().map(|value| Some(value.slot));
    let dues = program.dues.iter().map(|due| due.slot);
    let own = [program.clock, program.phase, program.began, program.ending];
    for slot in values.chain(dues).chain(own.map(Some)) {
        let (word, mask, _) = slot.map_or((u16::MAX, 0, 0), |slot| slot.pattern(0));
        add(u64::from(word));
        add(mask);
    }
    let solver = Solver::new(program, None);
    for phase in 0..program.phases.len() {
        let kept = solver.walk().narrow(PhaseId::at(phase)).live_words();
        add(kept.len() as u64);
        for (word, bits) in kept {
            add(u64::from(*word));
            add(*bits);
        }
    }
    hash.finalize().into()
}
