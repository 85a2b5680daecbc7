//! The threads of a search: a flag that all of them look at, and what they come to.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ScopedJoinHandle;

/// A flag that threads raise, and look at now and then. Relaxed throughout: a thread that sees it late does a little more
/// than it had to, and what threads have written is handed over when they are joined.
#[derive(Debug, Default)]
pub(super) struct Flag(AtomicBool);

impl Flag {
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn lower(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Runs a job in parts, each on a thread of its own and with its number.
pub(super) fn in_parts<T: Send>(threads: usize, part: impl Fn(usize) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let part = &part;
        let spawn = |number| scope.spawn(move || part(number));
        let parts: Vec<_> = (0..threads).map(spawn).collect();
        parts.into_iter().map(joined).collect()
    })
}

/// What a thread came to. If it panicked, this panics too.
pub(super) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
