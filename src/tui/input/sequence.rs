//! The first thing in what a terminal sent: a character, a control character, or an escape sequence (ECMA-48, and what
//! xterm adds to it).

use std::str;

use crate::tui::input::Input;
use crate::tui::theme::Ground;
use crate::tui::{Key, Mouse, MouseAction};

const ESC: u8 = 0x1b;

/// What ends a bracketed paste.
pub(super) const PASTE_END: &[u8] = b"\x1b[201~";

/// A sequence that is longer is no longer waited for, in bytes.
const SEQUENCE_MAX_BYTES: usize = 64;

/// The same of an answer in words.
const STRING_MAX_BYTES: usize = 4096;

/// The first thing, with the bytes that it takes.
#[derive(Debug)]
pub(super) enum TerminalToken {
    /// More must come.
    Incomplete,
    /// A bracketed paste begins.
    PasteBegin(usize),
    /// Means something, or nothing.
    Input(Option<Input>, usize),
}

/// The first thing in `bytes`, which are not empty.
pub(super) fn token(bytes: &[u8]) -> TerminalToken {
    match bytes[0] {
        ESC => escape(bytes),
        byte @ (0..0x20 | 0x7f) => TerminalToken::Input(control(byte), 1),
        _ => character(bytes),
    }
}

/// How many bytes belong to a paste, and whether its end follows. The beginning of an end is left where it is.
pub(super) fn until_paste_end(bytes: &[u8]) -> (usize, bool) {
    if let Some(at) = bytes
        .windows(PASTE_END.len())
        .position(|it| it == PASTE_END)
    {
        return (at, true);
    }
    let begun = (1..PASTE_END.len()).rev();
    let begun = begun
        .into_iter()
        .find(|length| bytes.ends_with(&PASTE_END[..*length]));
    (bytes.len() - begun.unwrap_or(0), false)
}

/// The keys in what was begun and not completed: Escape, then what was typed after it.
pub(super) fn broken_off(bytes: &[u8]) -> Vec<Key> {
    match bytes {
        [ESC] => vec![Key::Esc],
        [ESC, then @ (b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X')] => {
            vec![Key::Esc, Key::Char(char::from(*then))]
        }
        _ => Vec::new(),
    }
}

fn key(key: Key, length: usize) -> TerminalToken {
    TerminalToken::Input(Some(Input::Key(key)), length)
}

fn control(byte: u8) -> Option<Input> {
    Some(match byte {
        0x03 => Input::Interrupt,
        0x0c => Input::Repaint,
        0x1a => Input::Suspend,
        // Some terminals send Ctrl-H for the Backspace key.
        0x08 | 0x7f => Input::Key(Key::Backspace),
        b'\t' => Input::Key(Key::Tab),
        b'\r' | b'\n' => Input::Key(Key::Enter),
        _ => return None,
    })
}

fn character(bytes: &[u8]) -> TerminalToken {
    let most = &bytes[..bytes.len().min(4)];
    let valid = match str::from_utf8(most) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            str::from_utf8(&most[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => {
            return match error.error_len() {
                None => TerminalToken::Incomplete,
                Some(length) => TerminalToken::Input(None, length),
            };
        }
    };
    match valid.chars().next() {
        // C1 controls are controls in UTF-8 too.
        Some(c) if c.is_control() => TerminalToken::Input(None, c.len_utf8()),
        Some(c) => key(Key::Char(c), c.len_utf8()),
        None => TerminalToken::Input(None, 1),
    }
}

fn escape(bytes: &[u8]) -> TerminalToken {
    match bytes.get(1) {
        None => TerminalToken::Incomplete,
        Some(b'[') => control_sequence(bytes),
        Some(b'O') => match bytes.get(2) {
            None => TerminalToken::Incomplete,
            // The keypad's Enter.
            Some(b'M') => key(Key::Enter, 3),
            Some(last @ 0x40..=0x7e) => TerminalToken::Input(cursor_key(*last).map(Input::Key), 3),
            Some(_) => key(Key::Esc, 1),
        },
        Some(b']' | b'P' | b'_' | b'^' | b'X') => string(bytes),
        // The Escape key and another in one read, which some read as Alt. Alt means nothing here.
        Some(_) => key(Key::Esc, 1),
    }
}

/// A sequence that begins with `ESC [`.
fn control_sequence(bytes: &[u8]) -> TerminalToken {
    let body = &bytes[2..];
    let Some(end) = body.iter().position(|it| !(0x20..=0x3f).contains(it)) else {
        return if body.len() < SEQUENCE_MAX_BYTES {
            TerminalToken::Incomplete
        } else {
            TerminalToken::Input(None, bytes.len())
        };
    };
    let (parameters, last) = (&body[..end], body[end]);
    let length = end + 3;
    // Old mouse reports and the function keys of Linux's console go on after what ends every other sequence.
    let more = match last {
        b'M' if parameters.is_empty() => 3,
        b'[' if parameters.is_empty() => 1,
        _ => 0,
    };
    if bytes.len() < length + more {
        return TerminalToken::Incomplete;
    }
    match last {
        b'~' if parameters == b"200" => TerminalToken::PasteBegin(length),
        0x40..=0x7e => TerminalToken::Input(meaning(parameters, last), length + more),
        // Something else begins in the middle of it.
        _ => TerminalToken::Input(None, length - 1),
    }
}

fn meaning(parameters: &[u8], last: u8) -> Option<Input> {
    if let Some(report) = parameters.strip_prefix(b"<") {
        return mouse(report, last).map(Input::Mouse);
    }
    if last == b'c' && parameters.starts_with(b"?") {
        return Some(Input::Answered);
    }
    let mut numbers = numbers(parameters)?.into_iter();
    let first = numbers.next().unwrap_or(0);
    // One more than the sum of Shift 1, Alt 2, Ctrl 4 …; only Shift changes nothing.
    let modifiers = numbers.next().unwrap_or(1).max(1) - 1;
    if modifiers > 1 {
        return None;
    }
    let key = match (last, first) {
        (b'~', 1 | 7) => Key::Home,
        (b'~', 3) => Key::Delete,
        (b'~', 4 | 8) => Key::End,
        (b'~', 5) => Key::PageUp,
        (b'~', 6) => Key::PageDown,
        (b'Z', _) => Key::BackTab,
        (b'~', _) => return None,
        (last, 0 | 1) => cursor_key(last)?,
        _ => return None,
    };
    Some(Input::Key(key))
}

fn cursor_key(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        _ => return None,
    })
}

/// A mouse report: button, column and row, counted from 1; `M` where a button goes down, `m` where one goes up.
fn mouse(report: &[u8], last: u8) -> Option<Mouse> {
    let &[button, column, row] = numbers(report)?.as_slice() else {
        return None;
    };
    // Shift, Alt and Ctrl.
    let action = match (button & !0b1_1100, last) {
        (0, b'M') => MouseAction::Press,
        (64, b'M') => MouseAction::WheelUp,
        (65, b'M') => MouseAction::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        column: column.checked_sub(1)?,
        row: row.checked_sub(1)?,
        action,
    })
}

/// The numbers between semicolons; one that is left out is 0.
fn numbers(parameters: &[u8]) -> Option<Vec<u16>> {
    let number = |part: &[u8]| match part {
        [] => Some(0),
        part => str::from_utf8(part).ok()?.parse().ok(),
    };
    parameters.split(|it| *it == b';').map(number).collect()
}

/// An answer in words, which ends in BEL or `ESC \`.
fn string(bytes: &[u8]) -> TerminalToken {
    let ends = bytes.iter().enumerate().skip(2);
    let end = ends
        .map(|(at, byte)| (at, *byte))
        .find(|(_, byte)| [0x07, ESC].contains(byte));
    let (text, length) = match end {
        Some((at, ESC)) => match bytes.get(at + 1) {
            None => return TerminalToken::Incomplete,
            Some(b'\\') => (&bytes[2..at], at + 2),
            // Something else begins in the middle of it.
            Some(_) => return TerminalToken::Input(None, at),
        },
        Some((at, _)) => (&bytes[2..at], at + 1),
        None if bytes.len() < STRING_MAX_BYTES => return TerminalToken::Incomplete,
        None => return TerminalToken::Input(None, bytes.len()),
    };
    let background = (bytes[1] == b']').then(|| background(text)).flatten();
    TerminalToken::Input(background.map(Input::Background), length)
}

/// The answer `11;rgb:RRRR/GGGG/BBBB`, with one to four digits for each.
fn background(answer: &[u8]) -> Option<Ground> {
    let text = str::from_utf8(answer).ok()?.strip_prefix("11;")?;
    let colours = text
        .strip_prefix("rgb:")
        .or_else(|| text.strip_prefix("rgba:"))?;
    let mut shares = colours.split('/').map(|it| {
        let most = 16_u32.checked_pow(it.len() as u32)?.checked_sub(1)?;
        Some(f64::from(u32::from_str_radix(it, 16).ok()?) / f64::from(most))
    });
    let mut next = || shares.next()?.filter(|it| it.is_finite());
    let (red, green, blue) = (next()?, next()?, next()?);
    // How bright a colour looks (ITU-R BT.601).
    let bright = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if bright > 0.5 {
        Ground::Light
    } else {
        Ground::Dark
    })
}
