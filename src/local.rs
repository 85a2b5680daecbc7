//! One real terminal: the only module that touches it.

mod line;

mod lines;

mod recorded;

mod room;

mod screen;

mod terminal;

mod transcript;

pub use lines::{PlainEnd, run_plain};
pub use recorded::{Kept, Place, Recorder};
pub use room::{HISTORY, LocalRoom, SEED_MAX};
pub use screen::{ScreenEnd, run_screen};
pub use terminal::MouseUse;
pub use transcript::Transcribed;
