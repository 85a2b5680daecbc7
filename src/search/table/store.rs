//! Where the states of a table stand: words that never move, so that threads can read them while others write more.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The most words of a table: the index has 32 bits to say where a state stands.
const WORDS_MAX: usize = 1 << 32;

/// Where a state stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateHandle(pub(super) u32);

/// What stands before the words of a state: how many they are, and whether the value behind them is known. It is not 0.
#[derive(Clone, Copy)]
pub(super) struct Header(pub u64);

impl Header {
    const STANDS: u64 = 1 << 62;
    pub const KNOWN: u64 = 1 << 63;

    fn new(length: usize) -> Self {
        Self(length as u64 | Self::STANDS)
    }

    pub fn length(self) -> usize {
        self.0 as u32 as usize
    }

    pub fn is_known(self) -> bool {
        self.0 & Self::KNOWN != 0
    }
}

/// Words that never move, in blocks that are made as they are needed, each some eighth of all before it. Threads
/// claim chunks of them; entries stand in a chunk one after another, and a 0 follows the last.
#[derive(Debug)]
pub(super) struct Store {
    blocks: Box<[OnceLock<Vec<AtomicU64>>]>,
    /// A chunk has 2 to the power of this many words.
    pub chunk_bits: u32,
    /// Chunks claimed so far.
    claimed: AtomicUsize,
    /// What is left of chunks whose threads have gone: for those who come after them.
    left: Mutex<Vec<Range<usize>>>,
}

impl Store {
    /// For entries of so many words at the most.
    pub fn new(longest: usize) -> Self {
        // Eight of them, so that little is left over, and one more, since the first chunk has a word less.
        let chunk_bits = (8 * longest + 1).next_power_of_two().ilog2().max(10);
        let last = (WORDS_MAX >> chunk_bits).saturating_sub(1);
        Self {
            blocks: (0..=ChunkBlock::of(last).number)
                .map(|_| OnceLock::new())
                .collect(),
            chunk_bits,
            claimed: AtomicUsize::new(0),
            left: Mutex::default(),
        }
    }

    /// Words in use.
    pub fn words(&self) -> usize {
        let blocks = self.blocks.iter().filter_map(OnceLock::get);
        blocks.map(Vec::len).sum()
    }

    pub fn chunks(&self) -> usize {
        self.claimed.load(Ordering::Acquire)
    }

    /// Where in a chunk the first entry stands. The first word of all is nobody's, so that no entry stands at 0.
    pub fn first_of(&self, chunk: usize) -> usize {
        (chunk << self.chunk_bits).max(1)
    }

    /// Words for one thread, with room for an entry of so many. None where there are none left.
    pub fn claim(&self, length: usize) -> Option<Range<usize>> {
        let chunk_words = 1 << self.chunk_bits;
        // The first chunk has a word less.
        if length >= chunk_words {
            return None;
        }
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = left.iter().position(|free| free.len() >= length) {
            return Some(left.swap_remove(at));
        }
        let chunk = self.claimed.load(Ordering::Relaxed);
        if chunk + 1 > WORDS_MAX >> self.chunk_bits {
            return None;
        }
        let block = ChunkBlock::of(chunk);
        self.blocks[block.number].get_or_init(|| zeros(block.chunks * chunk_words));
        self.claimed.store(chunk + 1, Ordering::Release);
        Some(self.first_of(chunk)..(chunk + 1) * chunk_words)
    }

    /// Takes back what a thread has not written to. What is too short for most entries is left idle.
    pub fn give_back(&self, free: Range<usize>) {
        if free.len() * 8 >= 1 << self.chunk_bits {
            let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
            left.push(free);
        }
    }

    /// The words from a place to the end of its block.
    #[inline]
    pub fn from(&self, place: StateHandle) -> &[AtomicU64] {
        let start = place.0 as usize;
        let block = ChunkBlock::of(start >> self.chunk_bits);
        let words = self.blocks[block.number]
            .get()
            .map_or(&[][..], Vec::as_slice);
        &words[start - (block.first << self.chunk_bits)..]
    }

    /// What stands at the beginning of an entry of a chunk; none behind the last.
    pub fn standing(&self, chunk: usize, start: usize) -> Option<Header> {
        if start >> self.chunk_bits != chunk {
            return None;
        }
        let header = self.from(StateHandle(start as u32))[0].load(Ordering::Acquire);
        (header != 0).then_some(Header(header))
    }

    #[inline]
    pub fn write(&self, start: usize, words: &[u64]) {
        let entry = self.from(StateHandle(start as u32));
        entry[0].store(Header::new(words.len()).0, Ordering::Relaxed);
        for (word, written) in entry[1..].iter().zip(words) {
            word.store(*written, Ordering::Relaxed);
        }
    }

    /// Takes back what was written: a 0 follows the last entry of a chunk, whatever was to stand there.
    pub fn unwrite(&self, start: usize, length: usize) {
        for word in &self.from(StateHandle(start as u32))[..=length] {
            word.store(0, Ordering::Relaxed);
        }
    }
}

/// A block of chunks: eight of one chunk each, then eight of two, eight of four, and so on.
#[derive(Clone, Copy)]
struct ChunkBlock {
    number: usize,
    /// Its first chunk.
    first: usize,
    /// How many chunks it has.
    chunks: usize,
}

impl ChunkBlock {
    /// The block in which a chunk lies.
    #[inline]
    fn of(chunk: usize) -> Self {
        let from_eight = chunk + 8;
        let doubled = from_eight.ilog2() - 3;
        Self {
            number: doubled as usize * 8 + (from_eight >> doubled) - 8,
            first: (from_eight >> doubled << doubled) - 8,
            chunks: 1 << doubled,
        }
    }
}

pub(super) fn zeros(count: usize) -> Vec<AtomicU64> {
    std::iter::repeat_with(AtomicU64::default)
        .take(count)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ChunkBlock;

    #[test]
    fn every_chunk_lies_in_one_block() {
        let mut next = 0;
        let mut number = 0;
        while next < 1 << 22 {
            let block = ChunkBlock::of(next);
            assert_eq!((block.number, block.first), (number, next));
            let last = ChunkBlock::of(next + block.chunks - 1);
            assert_eq!((last.number, last.first), (number, next));
            assert!(block.chunks <= (next / 4).max(1));
            next += block.chunks;
            number += 1;
        }
    }
}
