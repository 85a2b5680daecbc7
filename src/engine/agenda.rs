//! What is still due: one bit for each entry, and the minute where an entry keeps one.

use crate::program::ids::{DecisionId, DueId};
use crate::program::{Closes, DueWhat, Program};
use crate::scenario::Minutes;

#[inline]
fn bit(program: &Program, id: DueId) -> (usize, u64) {
    (
        program.agenda.start + id.index() / 64,
        1 << (id.index() % 64),
    )
}

/// Whether an entry is due some time.
#[inline]
pub fn is_set(program: &Program, words: &[u64], id: DueId) -> bool {
    let (word, bit) = bit(program, id);
    words[word] & bit != 0
}

/// Enters something for a minute, which is dropped where the entry keeps none.
#[inline]
pub fn set(program: &Program, words: &mut [u64], id: DueId, minute: Minutes) {
    let (word, bit) = bit(program, id);
    words[word] |= bit;
    if let Some(slot) = program.dues[id.index()].at {
        slot.set(words, minute);
    }
}

/// Takes an entry away.
#[inline]
pub fn clear(program: &Program, words: &mut [u64], id: DueId) {
    let (word, bit) = bit(program, id);
    words[word] &= !bit;
    if let Some(slot) = program.dues[id.index()].at {
        slot.set_raw(words, 0);
    }
}

/// Takes everything away.
pub fn clear_all(program: &Program, words: &mut [u64]) {
    for (index, word) in program.agenda.clone().enumerate() {
        for bit in Bits(words[word]) {
            clear(program, words, DueId::at(index * 64 + bit));
        }
    }
}

/// The minute of an entry that is set; none where only the end of a phase ends it.
#[inline]
pub fn minute(program: &Program, words: &[u64], id: DueId) -> Option<Minutes> {
    let due = &program.dues[id.index()];
    if let Some(slot) = due.at {
        return Some(slot.get(words));
    }
    let DueWhat::Deadline(decision) = due.what else {
        return None;
    };
    match program.decisions[decision.index()].closes {
        Closes::On(minute) => Some(minute),
        Closes::WithPhase | Closes::After(_) => None,
    }
}

/// All entries that are set, in the order in which they happen at one moment.
pub fn entries<'a>(program: &'a Program, words: &'a [u64]) -> impl Iterator<Item = DueId> + 'a {
    program
        .agenda
        .clone()
        .enumerate()
        .flat_map(move |(index, word)| {
            Bits(words[word]).map(move |bit| DueId::at(index * 64 + bit))
        })
}

/// Calls for each open decision, in source order.
#[inline]
pub fn each_open(program: &Program, words: &[u64], mut call: impl FnMut(DecisionId)) {
    let (first, last) = (
        program.first_deadline,
        program.first_deadline + program.decisions.len(),
    );
    for index in first / 64..last.div_ceil(64) {
        let here = index * 64;
        // Other entries may stand before the first and behind the last.
        let mut bits = words[program.agenda.start + index];
        if here < first {
            bits &= u64::MAX << (first - here);
        }
        if here + 64 > last {
            bits &= u64::MAX >> (here + 64 - last);
        }
        for bit in Bits(bits) {
            call(DecisionId::at(here + bit - first));
        }
    }
}

/// The set bits of a word, from the lowest.
pub struct Bits(pub u64);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let lowest = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(lowest)
    }
}
