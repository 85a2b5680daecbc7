//! One thread's way into a table.

use std::ops::Range;

use crate::search::sync::{Ordering, RwLockReadGuard};
use crate::search::table::index::{Index, hash, matching};
use crate::search::table::words::{AsWords, word_count};
use crate::search::table::{InsertRefused, Insertion, StateHandle, StateTable};

/// A thread's way into a table, which cannot grow while a writer is in it. A thread that stays for long leaves now and
/// then; one that lets a table grow leaves every other table first, or two threads could wait for each other.
#[derive(Debug)]
pub struct Writer<'t, V: AsWords> {
    table: &'t StateTable<V>,
    /// None while it is outside.
    index: Option<RwLockReadGuard<'t, Index>>,
    /// The words that it alone writes to.
    free: Range<usize>,
    /// How many states it may put in before it claims more.
    left: usize,
}

/// A state that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    hash: u64,
    /// What its first bucket held.
    first: u64,
}

impl<'t, V: AsWords> Writer<'t, V> {
    pub(super) fn new(table: &'t StateTable<V>) -> Self {
        Self {
            table,
            index: Some(table.read()),
            free: 0..0,
            left: 0,
        }
    }

    /// Begins to look for a state. Of several states, all are sought first, then approached, then put in: so memory is
    /// fetched for one while the next is looked for.
    #[inline]
    #[must_use]
    pub fn seek(&self, words: &[u64]) -> Sought {
        let hash = hash(words);
        let first = self.index.as_deref().map_or(0, |index| index.peek(hash));
        Sought { hash, first }
    }

    /// Bytes that the table takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.table.store.words() + self.index.as_deref().map_or(0, Index::len)) * 8
    }

    /// Goes on looking for a state, without waiting for memory.
    #[inline]
    pub fn approach(&self, sought: Sought) {
        if let Some(handle) = matching(sought.first, sought.hash) {
            std::hint::black_box(self.table.store.header(handle));
        }
    }

    /// Puts in a state, unless it is there.
    #[inline]
    pub fn insert(&mut self, words: &[u64], sought: Sought) -> Result<Insertion<V>, InsertRefused> {
        let table = self.table;
        let store = &table.store;
        let length = 1 + words.len() + word_count::<V>();
        loop {
            let index = self.index.as_deref().ok_or(InsertRefused::Crowded)?;
            let free = match index.find(sought.hash, |handle| store.is_of(handle, words)) {
                Ok(handle) => {
                    return Ok(Insertion {
                        handle,
                        new: false,
                        value: store.value(handle),
                    });
                }
                Err(free) => free,
            };
            if self.left == 0 || self.free.len() < length {
                self.claim(length)?;
                continue;
            }
            let handle = StateHandle(self.free.start as u32);
            store.write(handle, words);
            if index.put(free, sought.hash, handle) {
                self.free.start += length;
                self.left -= 1;
                return Ok(Insertion {
                    handle,
                    new: true,
                    value: None,
                });
            }
            store.unwrite(handle, words.len());
        }
    }

    /// The value of a state, if it is known.
    #[must_use]
    pub fn value_of(&self, words: &[u64]) -> Option<V> {
        self.table.look_up(self.index.as_deref()?, words)
    }

    /// The value of a state that is there, if it is known.
    #[inline]
    #[must_use]
    pub fn value(&self, handle: StateHandle) -> Option<V> {
        self.table.store.value(handle)
    }

    /// Copies the words of a state.
    #[inline]
    pub fn copy(&self, handle: StateHandle, into: &mut Vec<u64>) {
        self.table.store.copy(handle, into);
    }

    /// Makes a value known, which is the same whichever thread works it out. False if it was known already.
    pub fn settle(&self, handle: StateHandle, value: V) -> bool {
        self.table.store.settle(handle, value)
    }

    /// Leaves the table, so that it can grow. Nothing is found until [`Writer::enter`].
    pub fn leave(&mut self) {
        self.index = None;
    }

    /// Comes back.
    pub fn enter(&mut self) {
        self.index = Some(self.table.read());
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &'t StateTable<V> {
        self.table
    }

    /// Lets the table grow. For a thread that is in no other table.
    pub fn grow(&mut self) {
        self.leave();
        self.table.grow();
        self.enter();
    }

    /// Claims words to write to, and as many states as they may hold.
    fn claim(&mut self, length: usize) -> Result<(), InsertRefused> {
        let table = self.table;
        if self.free.len() < length {
            let free = table.store.claim(length).ok_or(InsertRefused::Full)?;
            let rest = std::mem::replace(&mut self.free, free);
            table.store.give_back(rest);
        }
        let more = table.portion() - self.left;
        // Relaxed, here and below: it is a count, and nothing is read on its account.
        let claimed = table.claimed.fetch_add(more, Ordering::Relaxed) + more;
        if self.index.as_deref().is_none_or(|it| it.is_narrow(claimed)) {
            table.claimed.fetch_sub(more, Ordering::Relaxed);
            return Err(InsertRefused::Crowded);
        }
        self.left += more;
        Ok(())
    }
}

impl<V: AsWords> Drop for Writer<'_, V> {
    fn drop(&mut self) {
        if self.left != 0 {
            // Relaxed: as in `claim`.
            self.table.claimed.fetch_sub(self.left, Ordering::Relaxed);
        }
        self.table.store.give_back(self.free.clone());
    }
}
