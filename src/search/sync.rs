//! What threads share, and how large a table begins. The model check in `loom/` puts loom's atomics and locks, and small
//! sizes, in the place of this file.

pub use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
pub use std::sync::{Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard};

/// Buckets of the first index of a table: a power of two.
pub const BUCKETS_MIN: usize = 1 << 12;

/// The least number of words in a chunk, as a power of two.
pub const CHUNK_BITS_MIN: u32 = 10;

/// How many of the longest entries fit into a chunk, so that little is left over at its end.
pub const CHUNK_ENTRIES_MIN: usize = 8;

/// The most words of a table: the index has 32 bits to say where an entry is.
pub const WORDS_MAX: usize = 1 << 32;
