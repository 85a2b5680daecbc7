//! The entries of a table: words that never move, so that threads can read them while others write more.

use std::ops::Range;

use crate::search::sync::{
    AtomicU64, AtomicUsize, CHUNK_BITS_MIN, CHUNK_ENTRIES_MIN, Mutex, OnceLock, Ordering,
    PoisonError, WORDS_MAX,
};
use crate::search::table::words::{AsWords, word_count};

/// Where the entry of a state begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateHandle(pub(super) u32);

/// The first word of an entry: how many words the state behind it has, and whether the value behind that is known. It is
/// never 0.
#[derive(Clone, Copy)]
pub(super) struct Header(u64);

impl Header {
    const STANDS: u64 = 1 << 62;
    const KNOWN: u64 = 1 << 63;

    fn new(length: usize) -> Self {
        Self(length as u64 | Self::STANDS)
    }

    pub fn length(self) -> usize {
        self.0 as u32 as usize
    }

    fn is_known(self) -> bool {
        self.0 & Self::KNOWN != 0
    }
}

/// Words in blocks that are allocated as they are needed, each about an eighth of all before it. Threads claim chunks of
/// them, and write entries into their chunks one after another; a 0 follows the last.
#[derive(Debug)]
pub(super) struct Store {
    blocks: Box<[OnceLock<Vec<AtomicU64>>]>,
    /// A chunk has 2 to the power of this many words.
    chunk_bits: u32,
    /// Chunks claimed so far.
    claimed: AtomicUsize,
    /// What finished threads left of their chunks, for those that come after them.
    left: Mutex<Vec<Range<usize>>>,
}

impl Store {
    /// For entries of at most this many words.
    pub fn new(longest: usize) -> Self {
        // One word more, since the first chunk has one less.
        let chunk_bits = (CHUNK_ENTRIES_MIN * longest + 1)
            .next_power_of_two()
            .ilog2();
        let chunk_bits = chunk_bits.max(CHUNK_BITS_MIN);
        let last = (WORDS_MAX >> chunk_bits).saturating_sub(1);
        let blocks = 0..=ChunkBlock::holding(last).number;
        Self {
            blocks: blocks.map(|_| OnceLock::new()).collect(),
            chunk_bits,
            claimed: AtomicUsize::new(0),
            left: Mutex::default(),
        }
    }

    /// Words allocated.
    pub fn words(&self) -> usize {
        let blocks = self.blocks.iter().filter_map(OnceLock::get);
        blocks.map(Vec::len).sum()
    }

    pub fn chunk_words(&self) -> usize {
        1 << self.chunk_bits
    }

    /// Words for one thread, with room for an entry of this length. `None` if there are none left.
    pub fn claim(&self, length: usize) -> Option<Range<usize>> {
        // The first chunk has a word less.
        if length >= self.chunk_words() {
            return None;
        }
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = left.iter().position(|free| free.len() >= length) {
            return Some(left.swap_remove(at));
        }
        // Relaxed: it only changes under the lock above.
        let chunk = self.claimed.load(Ordering::Relaxed);
        if chunk + 1 > WORDS_MAX >> self.chunk_bits {
            return None;
        }
        let block = ChunkBlock::holding(chunk);
        self.blocks[block.number].get_or_init(|| zeros(block.chunks * self.chunk_words()));
        // Release: pairs with the load in `each`, which then finds the block.
        self.claimed.store(chunk + 1, Ordering::Release);
        Some(self.first_entry(chunk)..(chunk + 1) * self.chunk_words())
    }

    /// Takes back words that a thread has not written to, unless they are too few for most entries.
    pub fn give_back(&self, free: Range<usize>) {
        if free.len() * 8 >= self.chunk_words() {
            let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
            left.push(free);
        }
    }

    /// Where in a chunk the first entry begins. The first word of all is left free, so that no handle is 0.
    fn first_entry(&self, chunk: usize) -> usize {
        (chunk << self.chunk_bits).max(1)
    }

    /// The words from the beginning of an entry to the end of its block.
    #[inline]
    fn entry(&self, handle: StateHandle) -> &[AtomicU64] {
        let start = handle.0 as usize;
        let block = ChunkBlock::holding(start >> self.chunk_bits);
        let words = self.blocks[block.number].get();
        let words = words.map_or(&[][..], Vec::as_slice);
        &words[start - (block.first << self.chunk_bits)..]
    }

    /// The header of an entry. Relaxed: a thread that has a handle sees its entry, since `Index::find` acquires what
    /// `Index::put` released. Only whether the value is known may change later, and `value` asks for that itself.
    #[inline]
    pub fn header(&self, handle: StateHandle) -> Header {
        Header(self.entry(handle)[0].load(Ordering::Relaxed))
    }

    /// Whether an entry is that of a state.
    #[inline]
    pub fn is_of(&self, handle: StateHandle, words: &[u64]) -> bool {
        let entry = self.entry(handle);
        // Relaxed, here and below: as in `header`.
        let header = Header(entry[0].load(Ordering::Relaxed));
        let mut standing = entry[1..].iter().zip(words);
        header.length() == words.len()
            && standing.all(|(word, sought)| word.load(Ordering::Relaxed) == *sought)
    }

    /// Copies the words of a state.
    #[inline]
    pub fn copy(&self, handle: StateHandle, into: &mut Vec<u64>) {
        let entry = self.entry(handle);
        // Relaxed, here and below: as in `header`.
        let header = Header(entry[0].load(Ordering::Relaxed));
        let words = entry[1..=header.length()].iter();
        into.clear();
        into.extend(words.map(|word| word.load(Ordering::Relaxed)));
    }

    /// The value of a state, if it is known.
    #[inline]
    pub fn value<V: AsWords>(&self, handle: StateHandle) -> Option<V> {
        let entry = self.entry(handle);
        // Acquire: pairs with `settle`. A thread that sees that a value is known sees its words.
        let header = Header(entry[0].load(Ordering::Acquire));
        header.is_known().then(|| {
            let mut words = V::Words::default();
            let kept = &entry[1 + header.length()..];
            for (word, kept) in words.as_mut().iter_mut().zip(kept) {
                // Relaxed: another thread may write meanwhile, but the same.
                *word = kept.load(Ordering::Relaxed);
            }
            V::from_words(words)
        })
    }

    /// Makes a value known, which is the same whichever thread works it out. False if it was known already.
    pub fn settle<V: AsWords>(&self, handle: StateHandle, value: V) -> bool {
        let entry = self.entry(handle);
        // Relaxed: it only spares the work below, and the length is seen as in `header`.
        let header = Header(entry[0].load(Ordering::Relaxed));
        if header.is_known() {
            return false;
        }
        let words = value.to_words();
        for (kept, word) in entry[1 + header.length()..].iter().zip(words.as_ref()) {
            // Relaxed: released by what follows.
            kept.store(*word, Ordering::Relaxed);
        }
        // Release: pairs with `value`. Of a thread that was quicker, only the bit is read.
        let before = entry[0].fetch_or(Header::KNOWN, Ordering::Release);
        !Header(before).is_known()
    }

    /// Writes an entry that no other thread knows of yet. Relaxed: `Index::put` publishes it.
    #[inline]
    pub fn write(&self, handle: StateHandle, words: &[u64]) {
        let entry = self.entry(handle);
        entry[0].store(Header::new(words.len()).0, Ordering::Relaxed);
        for (word, written) in entry[1..].iter().zip(words) {
            word.store(*written, Ordering::Relaxed);
        }
    }

    /// Takes back an entry that no other thread knew of, since a 0 follows the last entry of a chunk. Relaxed: only this
    /// thread uses these words, or one that gets them by a lock, until all threads were joined.
    pub fn unwrite(&self, handle: StateHandle, length: usize) {
        for word in &self.entry(handle)[..=length] {
            word.store(0, Ordering::Relaxed);
        }
    }

    /// Calls for each entry in one of several parts of the chunks: `(number, of)`. Only when nobody writes, and after the
    /// threads that did were joined.
    pub fn each<V: AsWords>(&self, (part, of): (usize, usize), mut call: impl FnMut(StateHandle)) {
        // Acquire: pairs with `claim`.
        let chunks = self.claimed.load(Ordering::Acquire);
        for chunk in (part..chunks).step_by(of) {
            let mut start = self.first_entry(chunk);
            while start >> self.chunk_bits == chunk {
                let handle = StateHandle(start as u32);
                let header = self.header(handle);
                if header.0 == 0 {
                    break;
                }
                call(handle);
                start += 1 + header.length() + word_count::<V>();
            }
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
    fn holding(chunk: usize) -> Self {
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
            let block = ChunkBlock::holding(next);
            assert_eq!((block.number, block.first), (number, next));
            let last = ChunkBlock::holding(next + block.chunks - 1);
            assert_eq!((last.number, last.first), (number, next));
            assert!(block.chunks <= (next / 4).max(1));
            next += block.chunks;
            number += 1;
        }
    }
}
