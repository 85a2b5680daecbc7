//! How one thread of the walk reads and writes all tables at once, and makes way where one of them has to grow.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::search::table::{AsWords, InsertRefused, Insertion, Sought, StateTable, Writer};
use crate::search::walk::{Fold, Walked};

/// A thread's way into all tables. It enters them in one order, so that whoever waits at one holds only such as stand before
/// it; those who hold the last that is waited for are walking, and make way.
pub(super) struct Writers<'w, V: AsWords> {
    waiting: &'w AtomicUsize,
    pub states: Vec<Writer<'w, V>>,
    pub entering: Vec<Writer<'w, ()>>,
    pub finals: Writer<'w, ()>,
}

impl<'w, V: AsWords> Writers<'w, V> {
    pub fn new<F: Fold<Value = V>>(walk: &'w Walked<F>) -> Self {
        Self {
            waiting: &walk.waiting,
            states: walk.tables.iter().map(StateTable::writer).collect(),
            entering: walk.entering.iter().map(StateTable::writer).collect(),
            finals: walk.finals.writer(),
        }
    }

    /// Puts a state into one of the tables. None where there is no room.
    #[inline]
    pub fn put<W: AsWords + 'w>(
        &mut self,
        of: impl Fn(&mut Self) -> &mut Writer<'w, W>,
        words: &[u64],
        sought: Sought,
    ) -> Option<Insertion<W>> {
        loop {
            match of(self).insert(words, sought) {
                Ok(found) => return Some(found),
                Err(InsertRefused::Full) => return None,
                Err(InsertRefused::Crowded) => {
                    let table = of(self).table();
                    self.waiting.fetch_add(1, Ordering::Relaxed);
                    self.leave();
                    table.grow();
                    self.waiting.fetch_sub(1, Ordering::Relaxed);
                    self.enter();
                }
            }
        }
    }

    /// Leaves the tables while others wait for that.
    #[inline]
    pub fn make_way(&mut self) {
        if self.waiting.load(Ordering::Relaxed) != 0 {
            self.leave();
            self.enter();
        }
    }

    pub fn leave(&mut self) {
        self.states.iter_mut().for_each(Writer::leave);
        self.entering.iter_mut().for_each(Writer::leave);
        self.finals.leave();
    }

    pub fn enter(&mut self) {
        self.states.iter_mut().for_each(Writer::enter);
        self.entering.iter_mut().for_each(Writer::enter);
        self.finals.enter();
    }
}
