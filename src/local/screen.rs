//! The full screen on this terminal.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::front::{Request, Room, Setup};
use crate::local::terminal::Held;
use crate::tui::theme::Theme;
use crate::tui::{Key, Tui};

/// How the screen was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenEnd {
    /// By its own way out.
    Left,
    /// By Ctrl-C.
    Interrupted,
    /// By a signal of this number.
    Signal(i32),
}

impl ScreenEnd {
    /// The exit code that a shell expects.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            ScreenEnd::Left => 0,
            ScreenEnd::Interrupted => 130,
            ScreenEnd::Signal(number) => 128_u8.saturating_add(u8::try_from(number).unwrap_or(0)),
        }
    }
}

/// The number of the signal for a terminal that went away.
const HANG_UP: i32 = 1;

/// What wakes the loop. Between two of these nothing runs.
enum Wake {
    Key(Key),
    Resized,
    Leave(ScreenEnd),
    Failed(io::Error),
}

/// Runs the full screen until it is left. `first` opens an exercise, or asks for the offers.
/// The terminal is given back on every way out, a panic among them.
///
/// # Errors
/// What the terminal gives, after it was given back.
pub fn run_screen(room: &mut dyn Room, first: Request, theme: Theme) -> io::Result<ScreenEnd> {
    let (wakes, woken) = mpsc::channel();
    // Signals first: one that comes while the terminal is being taken is not lost.
    watch_signals(&wakes)?;
    let mut held = Held::take()?;
    watch_keys(wakes);
    let mut tui = Tui::new(theme);
    let mut opened = None;
    let end = run(room, first, (&mut tui, &mut opened), &woken, &mut held);
    let restored = held.give_back();
    if let (Ok(ScreenEnd::Left), Ok(()), Some(setup)) = (&end, &restored, &opened)
        && let Some(parting) = tui.parting(setup)
    {
        writeln!(io::stdout(), "{parting}")?;
    }
    match (end, restored) {
        // A window that is gone can neither be drawn nor given back; its signal may still be under way.
        (Err(_), Err(_)) => Ok(ScreenEnd::Signal(HANG_UP)),
        (Ok(end @ ScreenEnd::Signal(_)), _) => Ok(end),
        (end, restored) => restored.and(end),
    }
}

fn run(
    room: &mut dyn Room,
    first: Request,
    (tui, opened): (&mut Tui, &mut Option<Setup>),
    woken: &Receiver<Wake>,
    held: &mut Held,
) -> io::Result<ScreenEnd> {
    let mut ask = |tui: &mut Tui, request: Request| {
        if let Request::Open(setup) = &request {
            *opened = Some(setup.clone());
        }
        serve(tui, room, request);
    };
    ask(tui, first);
    held.draw(tui)?;
    loop {
        // The key thread lives as long as the terminal can be read.
        let wake = woken
            .recv()
            .map_err(|_| io::Error::other("the terminal can no longer be read"))?;
        match wake {
            Wake::Key(key) => {
                if let Some(request) = tui.key(key) {
                    let leaves = request == Request::Quit;
                    ask(tui, request);
                    if leaves {
                        return Ok(ScreenEnd::Left);
                    }
                }
            }
            Wake::Resized => {}
            Wake::Leave(end) => return Ok(end),
            Wake::Failed(error) => return Err(error),
        }
        held.draw(tui)?;
    }
}

fn serve(tui: &mut Tui, room: &mut dyn Room, request: Request) {
    let mut request = Some(request);
    while let Some(asked) = request.take() {
        for msg in room.ask(asked) {
            request = tui.update(msg).or(request);
        }
    }
}

fn watch_keys(wakes: Sender<Wake>) {
    thread::spawn(move || {
        loop {
            let wake = match event::read() {
                // What means nothing here draws too: a resize that comes with a key is told by that key only.
                Ok(Event::Key(key)) => from_terminal(key).unwrap_or(Wake::Resized),
                Ok(_) => Wake::Resized,
                Err(error) => Wake::Failed(error),
            };
            let failed = matches!(wake, Wake::Failed(_));
            if wakes.send(wake).is_err() || failed {
                return;
            }
        }
    });
}

#[cfg(unix)]
fn watch_signals(wakes: &Sender<Wake>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    let wakes = wakes.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            if wakes.send(Wake::Leave(ScreenEnd::Signal(signal))).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the same shape on every system")]
fn watch_signals(_: &Sender<Wake>) -> io::Result<()> {
    Ok(())
}

fn from_terminal(key: KeyEvent) -> Option<Wake> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        let interrupts = matches!(key.code, KeyCode::Char('c' | 'C'));
        return interrupts.then_some(Wake::Leave(ScreenEnd::Interrupted));
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let key = match key.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Backspace => Key::Backspace,
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
    Some(Wake::Key(key))
}

#[cfg(test)]
mod tests {
    use super::{ScreenEnd, Wake, from_terminal};
    use crate::tui::Key;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn exit_codes_are_those_of_a_shell() {
        assert_eq!(ScreenEnd::Left.code(), 0);
        assert_eq!(ScreenEnd::Interrupted.code(), 130);
        assert_eq!(ScreenEnd::Signal(15).code(), 143);
        assert_eq!(ScreenEnd::Signal(1).code(), 129);
    }

    #[test]
    fn control_c_leaves_and_other_controls_do_nothing() {
        let key = |code, modifiers| from_terminal(KeyEvent::new(code, modifiers));
        let interrupt = key(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert!(matches!(
            interrupt,
            Some(Wake::Leave(ScreenEnd::Interrupted))
        ));
        assert!(key(KeyCode::Char('w'), KeyModifiers::CONTROL).is_none());
        let plain = key(KeyCode::Char('w'), KeyModifiers::NONE);
        assert!(matches!(plain, Some(Wake::Key(Key::Char('w')))));
    }
}
