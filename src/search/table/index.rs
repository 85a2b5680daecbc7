//! The index of a table: where the entry of each state is.

use crate::search::sync::{AtomicU64, BUCKETS_MIN, Ordering};
use crate::search::table::StateHandle;
use crate::search::table::store::zeros;

/// Open addressing with linear probing. A bucket holds the high half of a state's hash and, in its low half, the handle of
/// its entry; 0 while it is free. The highest bits of a hash choose its first bucket, so buckets are in the order of
/// hashes, and growing goes through both indexes from front to end.
#[derive(Debug, Default)]
pub(super) struct Index {
    buckets: Vec<AtomicU64>,
}

impl Index {
    /// How many buckets there are: 0, or a power of two.
    pub fn len(&self) -> usize {
        self.buckets.len()
    }

    /// Whether it is too small for this many states. A quarter of the buckets stays free, so that searches stay short.
    pub fn is_narrow(&self, states: usize) -> bool {
        states * 4 > self.len() * 3
    }

    /// What the first bucket for a hash holds.
    #[inline]
    pub fn peek(&self, hash: u64) -> u64 {
        let first = self.buckets.get(first_bucket(hash, self.len()));
        // Acquire: pairs with `put`, since the handle that it may hold is followed.
        first.map_or(0, |bucket| bucket.load(Ordering::Acquire))
    }

    /// The entry of a state, or else the free bucket where its handle would be put.
    #[inline]
    pub fn find(
        &self,
        hash: u64,
        is_it: impl Fn(StateHandle) -> bool,
    ) -> Result<StateHandle, usize> {
        let mut at = first_bucket(hash, self.len());
        loop {
            // Acquire: pairs with `put`. A thread that sees a handle sees the block of its entry, and the words in it.
            let bucket = self.buckets.get(at);
            match bucket.map_or(0, |it| it.load(Ordering::Acquire)) {
                0 => return Err(at),
                held => {
                    if let Some(handle) = matching(held, hash)
                        && is_it(handle)
                    {
                        return Ok(handle);
                    }
                }
            }
            at = (at + 1) & (self.len() - 1);
        }
    }

    /// Puts a handle into a free bucket. False where another thread was quicker, perhaps with the same state.
    #[inline]
    pub fn put(&self, at: usize, hash: u64, handle: StateHandle) -> bool {
        let held = hash >> 32 << 32 | u64::from(handle.0);
        // Release: pairs with the loads in `find` and `peek`, which then see the entry. Relaxed on failure: `find` loads the
        // other thread's handle again.
        self.buckets[at]
            .compare_exchange(0, held, Ordering::Release, Ordering::Relaxed)
            .is_ok()
    }

    /// Grows until it is large enough for this many states.
    pub fn grow(&mut self, states: usize) {
        while self.is_narrow(states) {
            let grown = zeros(larger(self.len()));
            for bucket in &self.buckets {
                // Relaxed, here and below: no other thread is inside the lock, and the lock publishes what is written.
                let held = bucket.load(Ordering::Relaxed);
                if held == 0 {
                    continue;
                }
                let mut at = first_bucket(held, grown.len());
                while grown[at].load(Ordering::Relaxed) != 0 {
                    at = (at + 1) & (grown.len() - 1);
                }
                grown[at].store(held, Ordering::Relaxed);
            }
            self.buckets = grown;
        }
    }
}

/// The handle in a bucket, if the half of the hash beside it matches.
#[inline]
pub(super) fn matching(held: u64, hash: u64) -> Option<StateHandle> {
    (held != 0 && held >> 32 == hash >> 32).then_some(StateHandle(held as u32))
}

/// The next number of buckets. While a table is small, growing costs most, since threads wait for one another; once it is
/// large, memory does.
fn larger(buckets: usize) -> usize {
    match buckets {
        0 => BUCKETS_MIN,
        small if small < 1 << 18 => small * 4,
        large => large * 2,
    }
}

/// The first bucket where a state with this hash may be.
#[inline]
fn first_bucket(hash: u64, buckets: usize) -> usize {
    (((hash >> 32) * buckets as u64) >> 32) as usize
}

/// Multiplied and folded, word by word: every bit of a state reaches the bits that choose a bucket.
#[inline]
pub(super) fn hash(words: &[u64]) -> u64 {
    let mut hash = 0x243f_6a88_85a3_08d3_u64;
    for word in words {
        let product = u128::from(hash ^ word) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
        hash = product as u64 ^ (product >> 64) as u64;
    }
    let product = u128::from(hash) * u128::from(0xd1b5_4a32_d192_ed03_u64);
    product as u64 ^ (product >> 64) as u64
}
