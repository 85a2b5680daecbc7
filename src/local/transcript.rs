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

    /// Whom it listens to.
    #[must_use]
    pub fn room(&self) -> &R {
        &self.room
    }

    /// Everything so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<R: Room> Room for Transcribed<R> {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        let said = self.plain.overhear(&request);
        self.text.push_str(&said.text);
        if request == Request::Quit && said.request == Some(Request::Stop) {
            // The screen closes without the account; the lines never end without it.
            let told = self.room.ask(Request::Stop);
            self.keep(&told);
            self.plain.stopped();
        }
        let told = self.room.ask(request.clone());
        self.keep(&told);
        if request == Request::Stop {
            self.plain.stopped();
        }
        told
    }
}

impl<R> Transcribed<R> {
    fn keep(&mut self, told: &[Msg]) {
        for msg in told {
            // What the plain face would ask for by itself, the screen asks for in its own time.
            let said = self.plain.update(msg.clone());
            self.text.push_str(&said.text);
        }
    }
}
