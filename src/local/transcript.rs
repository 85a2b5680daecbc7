//! What the plain face would have written for somebody who holds every role.

use crate::front::Msg;
use crate::plain::Plain;

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    plain: Plain,
    text: String,
}

impl Transcript {
    pub(super) fn hear(&mut self, messages: Vec<Msg>) {
        for msg in messages {
            // What the plain face would ask for next, the person at the screen asks for in their own time.
            self.text.push_str(&self.plain.update(msg).text);
        }
    }

    /// Hears that somebody asks for the next step of a history.
    pub(super) fn step(&mut self) {
        self.text.push_str(&self.plain.step().text);
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}
