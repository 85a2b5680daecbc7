//! How one thread of the walk reads and writes all tables at once, and makes way where one of them has to grow.

use crate::search::sync::{AtomicUsize, Ordering};
use crate::search::table::{AsWords, InsertRefused, Insertion, Sought, StateTable, Writer};

/// A thread's way into all tables. Every thread enters them in one order, so one that waits at a table is only in tables
/// before it; and those that are in the last table that anybody waits at are walking, and make way. So nobody waits for
/// ever.
pub struct Writers<'w, V: AsWords> {
    /// How many threads wait for a table to grow.
    waiting: &'w AtomicUsize,
    pub states: Vec<Writer<'w, V>>,
    pub entering: Vec<Writer<'w, ()>>,
    pub finals: Writer<'w, ()>,
}

impl<'w, V: AsWords> Writers<'w, V> {
    pub fn new(
        waiting: &'w AtomicUsize,
        states: &'w [StateTable<V>],
        entering: &'w [StateTable<()>],
        finals: &'w StateTable<()>,
    ) -> Self {
        Self {
            waiting,
            states: states.iter().map(StateTable::writer).collect(),
            entering: entering.iter().map(StateTable::writer).collect(),
            finals: finals.writer(),
        }
    }

    /// Puts a state into one of the tables. `None` if there is no room.
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
                    // Relaxed, here and below: a thread that sees it late makes way a turn later. What tables hold is
                    // handed over by their locks.
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
        // Relaxed: as in `put`.
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
