//! What a terminal sends: bytes in, keys, clicks, pastes and answers out.
//!
//! One reader for every terminal, whether it is this one or stands at the other end of a connection. It reads nothing
//! itself and knows no clock: its owner hands over what each read brought, and says when nothing has come for
//! [`QUIET`]. Until then the start of an escape sequence may still be the Escape key.
//!
//! A paste never acts as keys. Terminals bracket it if they are asked to ([`ASK_FOR_PASTES`]); from one that does not, what
//! no hands can type in one read is taken as pasted.

mod sequence;

use std::time::Duration;

use crate::tui::theme::Ground;
use crate::tui::{Key, Mouse};
use sequence::{TerminalToken, token};

/// Asks a terminal to bracket what is pasted.
pub const ASK_FOR_PASTES: &str = "\x1b[?2004h";

/// Takes [`ASK_FOR_PASTES`] back.
pub const STOP_ASKING_FOR_PASTES: &str = "\x1b[?2004l";

/// Asks for the colour of the background, then for what every terminal answers: without the first, the second is
/// [`Input::Answered`] all the same, and nobody waits in vain.
pub const ASK_FOR_BACKGROUND: &str = "\x1b]11;?\x1b\\\x1b[c";

/// How long nothing must come before the start of a sequence counts as a key of its own, and a paste as complete.
pub const QUIET: Duration = Duration::from_millis(50);

/// After so much quiet a bracketed paste is taken to be over, though its end never came.
const QUIETS_IN_PASTE_MAX: u32 = 40;

/// More printable characters than this in one read were not typed.
const TYPED_MAX: usize = 16;

/// Nor were more characters than this, if a line break is among them.
const TYPED_WITH_BREAK_MAX: usize = 3;

/// What is kept of a paste, in bytes. No field holds more.
const PASTE_MAX_BYTES: usize = 64 * 1024;

/// What somebody did at a terminal, or what it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key that a screen understands.
    Key(Key),
    /// A click or the wheel.
    Mouse(Mouse),
    /// A whole paste. Line breaks are `\n`.
    Paste(String),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
    /// Ctrl-L: what is on the screen may have been overwritten.
    Repaint,
    /// What the background is like.
    Background(Ground),
    /// The terminal has answered everything that it was asked before.
    Answered,
}

/// Turns reads into [`Input`].
#[derive(Debug, Default)]
pub struct InputReader {
    /// The beginning of something, or of several.
    pending: Vec<u8>,
    paste: Option<Paste>,
}

/// A paste that is still coming.
#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    /// Whether its end will be marked.
    bracketed: bool,
    /// For how many [`QUIET`]s nothing came.
    quiets: u32,
}

impl Paste {
    fn push(&mut self, bytes: &[u8]) {
        self.quiets = 0;
        let room = PASTE_MAX_BYTES.saturating_sub(self.text.len());
        self.text.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// Takes what looked typed; answers of the terminal are not part of a paste.
    fn swallow(&mut self, input: &Input) -> bool {
        match input {
            Input::Key(Key::Char(c)) => self.push(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Input::Key(Key::Enter) => self.push(b"\n"),
            Input::Key(Key::Tab) => self.push(b" "),
            Input::Background(_) | Input::Answered => return false,
            _ => {}
        }
        true
    }

    fn input(self) -> Input {
        let text = String::from_utf8_lossy(&self.text);
        Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))
    }
}

impl InputReader {
    /// Takes what one read brought.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Input> {
        self.pending.extend_from_slice(bytes);
        let mut inputs = Vec::new();
        // Before a paste that begins in this read, what came was typed.
        let mut typed = 0;
        let mut start = 0;
        while start < self.pending.len() {
            let rest = &self.pending[start..];
            if let Some(paste) = self.paste.as_mut().filter(|it| it.bracketed) {
                let (text, end) = sequence::until_paste_end(rest);
                paste.push(&rest[..text]);
                paste.bracketed = !end;
                start += text;
                if !end {
                    break;
                }
                // What came in the same read with the end is not typed either.
                start += sequence::PASTE_END.len();
                continue;
            }
            match token(rest) {
                TerminalToken::Incomplete => break,
                TerminalToken::PasteBegin(length) => {
                    start += length;
                    if self.paste.is_none() {
                        typed = inputs.len();
                    }
                    self.paste.get_or_insert_default().bracketed = true;
                }
                TerminalToken::Input(input, length) => {
                    start += length;
                    inputs.extend(input);
                }
            }
        }
        self.pending.drain(..start);
        let others = inputs.split_off(typed);
        inputs.extend(self.sort_out(others));
        inputs
    }

    /// Of what came at once, gives what was typed, and keeps what was pasted. All that a terminal needs that sends events,
    /// not bytes.
    pub fn sort_out(&mut self, mut inputs: Vec<Input>) -> Vec<Input> {
        if self.paste.is_some() || is_pasted(&inputs) {
            let paste = self.paste.get_or_insert_default();
            inputs.retain(|it| !paste.swallow(it));
        }
        inputs
    }

    /// Nothing has come for [`QUIET`].
    pub fn quiet(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        if let Some(mut paste) = self.paste.take() {
            paste.quiets += 1;
            if paste.bracketed && paste.quiets < QUIETS_IN_PASTE_MAX {
                self.paste = Some(paste);
                return inputs;
            }
            if paste.bracketed {
                paste.push(&std::mem::take(&mut self.pending));
            }
            inputs.push(paste.input());
        }
        let left = std::mem::take(&mut self.pending);
        inputs.extend(sequence::broken_off(&left).into_iter().map(Input::Key));
        inputs
    }

    /// Whether something has begun that only more bytes, or quiet, can end.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.paste.is_some() || !self.pending.is_empty()
    }
}

/// Whether all this came in one read because it was pasted.
fn is_pasted(inputs: &[Input]) -> bool {
    let count = |is: fn(&Input) -> bool| inputs.iter().filter(|it| is(it)).count();
    let printable = count(|it| matches!(it, Input::Key(Key::Char(_))));
    let breaks = count(|it| matches!(it, Input::Key(Key::Enter)));
    printable > TYPED_MAX || (breaks > 0 && printable + breaks > TYPED_WITH_BREAK_MAX)
}

#[cfg(test)]
mod tests;
