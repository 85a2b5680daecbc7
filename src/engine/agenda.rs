//! What is still due: one bit for each entry, and its minute if it stores one.

use crate::program::Program;
use crate::program::ids::{DecisionId, DueId};
use crate::scenario::Minutes;

#[inline]
fn bit(program: &Program, id: DueId) -> (usize, u64) {
    (
        program.agenda.start + id.index() / 64,
        1 << (id.index() % 64),
    )
}

/// Whether an entry is set.
#[inline]
pub fn is_set(program: &Program, words: &[u64], id: DueId) -> bool {
    let (word, bit) = bit(program, id);
    words[word] & bit != 0
}

/// Sets an entry for a minute, which is dropped if the entry does not store one.
#[inline]
pub fn set(program: &Program, words: &mut [u64], id: DueId, minute: Minutes) {
    let (word, bit) = bit(program, id);
    words[word] |= bit;
    if let Some(slot) = program.dues[id.index()].slot {
        slot.set(words, minute);
    }
}

#[inline]
pub fn clear(program: &Program, words: &mut [u64], id: DueId) {
    let (word, bit) = bit(program, id);
    words[word] &= !bit;
    if let Some(slot) = program.dues[id.index()].slot {
        slot.set_raw(words, 0);
    }
}

pub fn clear_all(program: &Program, words: &mut [u64]) {
    for (index, word) in program.agenda.clone().enumerate() {
        for bit in SetBits(words[word]) {
            clear(program, words, DueId::at(index * 64 + bit));
        }
    }
}

/// The minute of an entry that is set; `None` if only the end of the phase closes it.
#[inline]
pub fn minute(program: &Program, words: &[u64], id: DueId) -> Option<Minutes> {
    let due = &program.dues[id.index()];
    match due.slot {
        Some(slot) => Some(slot.get(words)),
        None => due.minute,
    }
}

/// The entries that are set, in the order in which they happen at one moment.
pub fn entries<'a>(program: &'a Program, words: &'a [u64]) -> impl Iterator<Item = DueId> + 'a {
    program
        .agenda
        .clone()
        .enumerate()
        .flat_map(move |(index, word)| {
            SetBits(words[word]).map(move |bit| DueId::at(index * 64 + bit))
        })
}

/// Calls `call` for each open decision, in source order.
#[inline]
pub fn each_open(program: &Program, words: &[u64], mut call: impl FnMut(DecisionId)) {
    for deadlines in &program.deadlines {
        for bit in SetBits((words[deadlines.word] & deadlines.mask) >> deadlines.shift) {
            call(DecisionId::at(deadlines.first + bit));
        }
    }
}

/// The set bits of a word, from the lowest up.
pub struct SetBits(pub u64);

impl Iterator for SetBits {
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
