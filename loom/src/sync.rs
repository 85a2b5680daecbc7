//! In the place of `src/search/sync.rs`: what loom knows of, and a table so small that it grows after a few states.

pub use std::sync::PoisonError;
pub use std::sync::atomic::Ordering;

use loom::sync::atomic::AtomicBool;
pub use loom::sync::atomic::{AtomicU64, AtomicUsize};
pub use loom::sync::{Mutex, RwLock, RwLockReadGuard};

pub const BUCKETS_MIN: usize = 8;

/// Chunks of 8 words: two entries of one word with its value.
pub const CHUNK_BITS_MIN: u32 = 3;
pub const CHUNK_ENTRIES_MIN: usize = 2;

pub const WORDS_MAX: usize = 1 << 7;

/// As std's, which loom does not know: whoever sees that it is filled sees what it holds, and nobody else does.
#[derive(Debug)]
pub struct OnceLock<T> {
    is_filled: AtomicBool,
    value: std::sync::OnceLock<T>,
}

impl<T> OnceLock<T> {
    #[expect(clippy::new_without_default, reason = "as std's")]
    pub fn new() -> Self {
        Self {
            is_filled: AtomicBool::new(false),
            value: std::sync::OnceLock::new(),
        }
    }

    pub fn get(&self) -> Option<&T> {
        let is_filled = self.is_filled.load(Ordering::Acquire);
        is_filled.then(|| self.value.get()).flatten()
    }

    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        let value = self.value.get_or_init(make);
        self.is_filled.store(true, Ordering::Release);
        value
    }
}
