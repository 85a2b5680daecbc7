//! What a console of Windows needs: VT sequences and UTF-8 while the program runs, and afterwards what was there before.
//! Other systems need nothing.

#[cfg(not(windows))]
mod elsewhere;

#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
pub use elsewhere::{PreparedConsole, colour_term, has_console};
#[cfg(windows)]
pub use windows::{PreparedConsole, colour_term, has_console, stop_on_interrupt};
