//! One real terminal: the only module that touches it.

mod alarm;

mod facilitate;

mod follow;

mod line;

mod lines;

mod moves;

mod offers;

mod recorded;

mod room;

mod screen;

mod stored;

mod table;

mod tell;

mod terminal;

mod transcript;

mod wall;

mod watch;

pub use lines::{LineSource, PlainEnd, run_plain};
pub use recorded::{JournalPlace, RecordedExercise, Recorder, entered};
pub use room::{HISTORY, LocalRoom, SEED_MAX};
pub use screen::{ScreenEnd, run_screen};
pub use stored::stored;
pub use terminal::MouseUse;
