//! A set of packed states, each with a value once that is known, which threads share without locking any state.
//!
//! The entry of a state is written to words that never move, before anybody knows of it; then one word of an index says
//! where it is. Several threads may work out one value, and all write the same. Threads wait only while an index grows or
//! words are claimed.

mod index;
mod store;
mod words;
mod writer;

use std::marker::PhantomData;

pub use store::StateHandle;
pub use words::AsWords;
pub use writer::{Sought, Writer};

use crate::search::sync::{AtomicUsize, Ordering, PoisonError, RwLock, RwLockReadGuard};
use index::{Index, hash};
use store::Store;
use words::word_count;

/// Different states of one phase, each with a value once that is known.
#[derive(Debug)]
pub struct StateTable<V> {
    store: Store,
    /// Locked for writing only while it grows.
    index: RwLock<Index>,
    /// How many states writers have put in, or may put in before they claim more.
    claimed: AtomicUsize,
    value: PhantomData<V>,
}

/// What putting in a state found.
#[derive(Clone, Copy, Debug)]
pub struct Insertion<V> {
    /// Where it is.
    pub handle: StateHandle,
    /// It was not there before.
    pub new: bool,
    /// Its value, if it is known.
    pub value: Option<V>,
}

/// Why a state cannot be put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertRefused {
    /// The table has to grow first.
    Crowded,
    /// There is no room and never will be: a table ends at 32 GiB, and takes no state longer than was announced.
    Full,
}

impl<V: AsWords> StateTable<V> {
    /// An empty table, for states of at most this many words.
    #[must_use]
    pub fn new(longest: usize) -> Self {
        Self {
            store: Store::new(1 + longest + word_count::<V>()),
            index: RwLock::default(),
            claimed: AtomicUsize::new(0),
            value: PhantomData,
        }
    }

    /// How many states there are. While there is a [`Writer`], some more may be counted.
    #[must_use]
    pub fn len(&self) -> usize {
        // Relaxed: it is exact once the threads that wrote were joined.
        self.claimed.load(Ordering::Relaxed)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes taken. Not for a thread that is in the table: it might wait for itself.
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.store.words() + self.read().len()) * 8
    }

    /// A way in for one thread.
    #[must_use]
    pub fn writer(&self) -> Writer<'_, V> {
        Writer::new(self)
    }

    /// The value of a state, if it is known. Not for a thread that is in the table.
    #[must_use]
    pub fn value_of(&self, words: &[u64]) -> Option<V> {
        self.look_up(&self.read(), words)
    }

    fn look_up(&self, index: &Index, words: &[u64]) -> Option<V> {
        let found = index.find(hash(words), |handle| self.store.is_of(handle, words));
        self.store.value(found.ok()?)
    }

    /// Calls for each state with its value, if that is known, in no particular order. Only when nobody puts in states.
    pub fn each(&self, call: impl FnMut(&[u64], Option<V>)) {
        self.each_part((0, 1), call);
    }

    /// The same for one of several parts of the states: `(number, of)`.
    pub fn each_part(&self, part: (usize, usize), mut call: impl FnMut(&[u64], Option<V>)) {
        let mut words = Vec::new();
        self.store.each::<V>(part, |handle| {
            self.store.copy(handle, &mut words);
            call(&words, self.store.value(handle));
        });
    }

    /// Makes the index larger where it is narrow. Waits until no writer is in the table.
    pub fn grow(&self) {
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        index.grow(self.len() + self.portion());
    }

    fn read(&self) -> RwLockReadGuard<'_, Index> {
        // A thread that panicked takes the whole search with it, so what it left behind is never looked at.
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many states a writer claims at once: what a chunk can hold.
    fn portion(&self) -> usize {
        self.store.chunk_words() / (1 + word_count::<V>())
    }
}

#[cfg(test)]
mod tests;
