//! One real terminal: the only module that touches it.

mod lines;

mod screen;

mod terminal;

pub use lines::{PlainEnd, run_plain};
pub use screen::{ScreenEnd, run_screen};
