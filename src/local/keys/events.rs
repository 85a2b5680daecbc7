//! Keys as events, where a terminal does not send bytes.

#[cfg(windows)]
use std::sync::mpsc::Sender;
#[cfg(windows)]
use std::thread;
#[cfg(windows)]
use std::time::Duration;

#[cfg(windows)]
use crossterm::event::{self, Event};
use crossterm::event::{
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

#[cfg(windows)]
use crate::local::wake::{HANG_UP, ScreenEnd, Wake, leave, pass_on};
use crate::tui::input::Input;
#[cfg(windows)]
use crate::tui::input::{InputReader, QUIET};
use crate::tui::{Key, Mouse, MouseAction};

/// Wakes the screen with what is typed, until the terminal cannot be read.
#[cfg(windows)]
pub(in crate::local) fn watch_keys(wakes: Sender<Wake>) {
    thread::spawn(move || {
        let mut reader = InputReader::default();
        loop {
            let Ok(events) = together(&reader) else {
                return leave(&wakes, ScreenEnd::Signal(HANG_UP));
            };
            let mut inputs = Vec::new();
            for event in &events {
                match event {
                    Event::Key(key) => inputs.extend(from_terminal(*key)),
                    Event::Mouse(mouse) => inputs.extend(from_mouse(*mouse)),
                    // A resize that comes with a key sends no event of its own.
                    _ => drop(wakes.send(Wake::Resized)),
                }
            }
            let inputs = if events.is_empty() {
                reader.quiet()
            } else {
                reader.sort_out(inputs)
            };
            if !pass_on(&wakes, inputs) {
                return;
            }
        }
    });
}

/// The events that are there at once; none if a paste was going on and there is quiet now.
#[cfg(windows)]
fn together(reader: &InputReader) -> std::io::Result<Vec<Event>> {
    if reader.is_waiting() && !event::poll(QUIET)? {
        return Ok(Vec::new());
    }
    let mut events = vec![event::read()?];
    while event::poll(Duration::ZERO)? {
        events.push(event::read()?);
    }
    Ok(events)
}

fn from_terminal(key: KeyEvent) -> Option<Input> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let key = match key.code {
        // AltGr comes as both, with the character that it makes.
        KeyCode::Char(c) if control && alt && !c.is_ascii_alphanumeric() => Key::Char(c),
        KeyCode::Char('c' | 'C') if control => return Some(Input::Interrupt),
        KeyCode::Char('l' | 'L') if control => return Some(Input::Repaint),
        KeyCode::Char('z' | 'Z') if control => return Some(Input::Suspend),
        // Some terminals send Ctrl-H for the Backspace key.
        KeyCode::Char('h') if control => Key::Backspace,
        KeyCode::Backspace => Key::Backspace,
        _ if control || alt => return None,
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Delete => Key::Delete,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    };
    Some(Input::Key(key))
}

#[cfg_attr(
    not(windows),
    allow(dead_code, reason = "compiled for the test of keys")
)]
fn from_mouse(mouse: MouseEvent) -> Option<Input> {
    let action = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Press,
        MouseEventKind::ScrollUp => MouseAction::WheelUp,
        MouseEventKind::ScrollDown => MouseAction::WheelDown,
        _ => return None,
    };
    Some(Input::Mouse(Mouse {
        column: mouse.column,
        row: mouse.row,
        action,
    }))
}

#[cfg(test)]
mod tests {
    use super::from_terminal;
    use crate::tui::Key;
    use crate::tui::input::Input;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn controls_have_their_meaning_and_alt_gr_types() {
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        for (code, modifiers, expected) in [
            ('w', KeyModifiers::NONE, Some(Input::Key(Key::Char('w')))),
            ('c', KeyModifiers::CONTROL, Some(Input::Interrupt)),
            ('z', KeyModifiers::CONTROL, Some(Input::Suspend)),
            ('l', KeyModifiers::CONTROL, Some(Input::Repaint)),
            ('h', KeyModifiers::CONTROL, Some(Input::Key(Key::Backspace))),
            ('w', KeyModifiers::CONTROL, None),
            ('w', KeyModifiers::ALT, None),
            ('w', alt_gr, None),
            ('1', alt_gr, None),
            ('@', alt_gr, Some(Input::Key(Key::Char('@')))),
            ('€', alt_gr, Some(Input::Key(Key::Char('€')))),
            ('á', alt_gr, Some(Input::Key(Key::Char('á')))),
        ] {
            let key = KeyEvent::new(KeyCode::Char(code), modifiers);
            assert_eq!(from_terminal(key), expected, "{code} {modifiers:?}");
        }
    }
}
