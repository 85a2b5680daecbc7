//! The record of a full screen: the same lines that the plain face would have written.

use crate::front::{Msg, Request, Room};
use crate::plain::Plain;

/// A room that keeps the lines of everything it answers.
pub struct Transcribed<R> {
    room: R,
    plain: Plain,
    text: String,
}

impl<R: Room> Transcribed<R> {
    /// Listens to a room.
    #[must_use]
    pub fn new(room: R) -> Self {
        Self {
            room,
            plain: Plain::new(),
            text: String::new(),
        }
    }

    /// Everything so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<R: Room> Room for Transcribed<R> {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        if request == Request::Step {
            let said = self.plain.step();
            self.text.push_str(&said.text);
        }
        let stopping = request == Request::Stop;
        let told = self.room.ask(request);
        for msg in &told {
            // What the plain face would ask for by itself, the screen asks for in its own time.
            let said = self.plain.update(msg.clone());
            self.text.push_str(&said.text);
        }
        if stopping {
            self.plain.stopped();
        }
        told
    }
}
