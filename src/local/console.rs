//! What a console of Windows needs: VT sequences and UTF-8 while the program runs, and afterwards what was there before.
//! Other systems need nothing.

#[cfg(not(windows))]
mod elsewhere;

#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
pub use elsewhere::{colour_term, has_console};
#[cfg(windows)]
pub use windows::{colour_term, has_console, stop_on_interrupt};

/// The console while the program runs. Dropping it restores what was there before.
#[derive(Debug)]
pub struct PreparedConsole(());

impl PreparedConsole {
    /// Switches on what the program needs.
    #[must_use]
    pub fn prepare() -> Self {
        #[cfg(windows)]
        windows::prepare();
        Self(())
    }
}

impl Drop for PreparedConsole {
    fn drop(&mut self) {
        #[cfg(windows)]
        windows::restore();
    }
}
