//! The record of a room as lines: what the plain face would have written for somebody who holds every role.

use crate::front::Msg;
use crate::plain::Plain;

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    plain: Plain,
    text: String,
}

impl Transcript {
    /// Hears what a room says.
    pub(super) fn hear(&mut self, told: impl IntoIterator<Item = Msg>) {
        for msg in told {
            // What the plain face would ask for by itself, somebody else asks for in their own time.
            let said = self.plain.update(msg);
            self.text.push_str(&said.text);
        }
    }

    /// Hears that the next step of the history is made.
    pub(super) fn step(&mut self) {
        let said = self.plain.step();
        self.text.push_str(&said.text);
    }

    /// Everything so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}
