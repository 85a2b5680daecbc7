//! Plays: text files of moves and expectations, and how they are run.
//!
//! [`parse`] reads a file and reports every mistake at once; [`parse_line`] reads one line and needs no program.
//! A [`Stepper`] follows the lines of a play in any running exercise; [`run`] is the shortest way to use one.
//!
//! | line | does |
//! |---|---|
//! | `seed 7`, `variant NAME`, `cut NAME` | says how to start; only before the first move |
//! | `choose DECISION OPTION`, `take ACTION`, `wait` | makes a move |
//! | `wait until 2022-08-04 07:00` | waits until the clock is at or past a date |
//! | `wait for NAME` | waits until an inject has come or a decision is open |
//! | `roll CHANCE 2` | gives the next roll that is not forced yet the second outcome |
//! | `expect VALUE WORD`, `expect VALUE >= 3` | compares a value |
//! | `expect inject X`, `expect no inject X` | whether an inject has come |
//! | `expect chosen DECISION OPTION` | which option was taken last |
//! | `expect score OBJECTIVE 3`, `expect total >= 10` | compares the points so far |
//! | `expect phase P`, `expect ending E` | where the exercise stands |
//! | `expect time 2022-08-04 07:00` | what the clock says; `2022-10-30 01:30 GMT` where that comes twice |
//! | `end` | ENDEX must have come |
//!
//! A `#` begins a comment. Lines before the first move, expectation or wait hold from STARTEX on, so a roll that is
//! forced there may be one of the first moment.

mod accept;
mod doubts;
mod expect;
mod file;
mod line;
mod moments;
mod names;
mod read_line;
mod run;
mod stepper;

#[cfg(test)]
mod tests;

pub use accept::{Accepted, accept};
pub use doubts::doubts;
pub use expect::{Difference, date};
pub use file::{PlacedLine, Play, parse};
pub use line::{Expectation, LineError, PlayLine, WrittenDate, WrittenName, line_of};
pub use moments::moments;
pub use read_line::parse_line;
pub use run::{FailurePoint, PlayOutcome, run};
pub use stepper::{PlayStep, Stepper};
