//! One terminal, and the room behind it: the only module that touches the terminal.

#[cfg(unix)]
mod abort;
mod alarm;
mod console;
mod keys;
mod lines;
mod room;
mod screen;
mod terminal;
mod wake;

#[cfg(windows)]
pub use console::stop_on_interrupt;
pub use console::{PreparedConsole, colour_term, has_console};
pub use lines::{LineSource, PlainEnd, run_plain};
pub use room::LocalRoom;
pub use screen::{ScreenSetup, run_screen};
pub use terminal::MouseUse;
pub use wake::ScreenEnd;
