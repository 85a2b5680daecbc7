//! The full screen on this terminal.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use crate::front::{Msg, PlaySetup, Request, Room};
use crate::local::alarm::Alarm;
use crate::local::terminal::{MouseUse, OwnedTerminal};
use crate::tui::theme::{Colours, Theme};
use crate::tui::{Key, Mouse, MouseAction, Tui};

/// How the full screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenEnd {
    /// Somebody left it.
    Left,
    /// Ctrl-C.
    Interrupted,
    /// A signal with this number.
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

/// SIGHUP: the terminal is gone.
const HANG_UP: i32 = 1;

/// What wakes the loop. In between nothing runs.
enum Wake {
    Key(Key),
    Mouse(Mouse),
    Resized,
    /// Ctrl-Z or SIGTSTP.
    Stop,
    /// SIGCONT: the process goes on after it was stopped.
    Continued,
    /// The room wants to be woken.
    Room,
    Leave(ScreenEnd),
    Failed(io::Error),
}

/// Runs the full screen until somebody leaves it. `first` opens an exercise, or asks for the offers. The terminal is
/// given back in any case, even after a panic.
///
/// # Errors
/// Those of the terminal, after it was given back.
pub fn run_screen(
    room: &mut dyn Room,
    first: Request,
    theme: Theme,
    mouse: MouseUse,
) -> io::Result<ScreenEnd> {
    let (wakes, woken) = mpsc::channel();
    // The theme alone decides about colours: it knows NO_COLOR and the option that overrules it.
    crossterm::style::force_color_output(theme.colours != Colours::None);
    // Signals first, so that one that comes while the terminal is being taken is not lost.
    watch_signals(&wakes)?;
    let mut held = OwnedTerminal::take(mouse)?;
    watch_keys(wakes);
    let mut running = Running {
        room,
        tui: Tui::new(theme),
        opened: None,
        stopped: false,
    };
    let end = running.run(first, &woken, &mut held);
    let restored = held.give_back();
    if let (Ok(ScreenEnd::Left), Ok(()), Some(setup)) = (&end, &restored, &running.opened)
        && let Some(parting) = running.tui.parting(setup)
    {
        writeln!(io::stdout(), "{parting}")?;
    }
    match (end, restored) {
        // If the window is gone, drawing and giving back both fail; SIGHUP may not have come yet.
        (Err(_), Err(_)) => Ok(ScreenEnd::Signal(HANG_UP)),
        (Ok(end @ ScreenEnd::Signal(_)), _) => Ok(end),
        (end, restored) => restored.and(end),
    }
}

/// A screen and the room behind it.
struct Running<'a> {
    room: &'a mut dyn Room,
    tui: Tui,
    /// What was opened last.
    opened: Option<PlaySetup>,
    /// The process stopped itself and has taken the terminal again, but SIGCONT has not been read yet.
    stopped: bool,
}

/// What to do after a wake.
enum AfterWake {
    Draw,
    Nothing,
    End(ScreenEnd),
}

impl Running<'_> {
    fn run(
        &mut self,
        first: Request,
        woken: &Receiver<Wake>,
        held: &mut OwnedTerminal,
    ) -> io::Result<ScreenEnd> {
        self.serve(first);
        held.draw(&self.tui)?;
        let mut alarm = Alarm::default();
        loop {
            let wake = next(woken, self.room, &mut alarm)?;
            match self.answer(wake, held)? {
                AfterWake::Draw => held.draw(&self.tui)?,
                AfterWake::Nothing => {}
                AfterWake::End(end) => return Ok(end),
            }
        }
    }

    fn answer(&mut self, wake: Wake, held: &mut OwnedTerminal) -> io::Result<AfterWake> {
        let asked = match wake {
            Wake::Key(key) => self.tui.key(key),
            Wake::Mouse(mouse) => self.tui.mouse(mouse),
            Wake::Resized => None,
            Wake::Stop => {
                self.stopped |= held.stop()?;
                None
            }
            Wake::Continued => {
                if !std::mem::take(&mut self.stopped) {
                    held.take_again()?;
                }
                None
            }
            Wake::Room => {
                let messages = self.room.wake();
                if messages.is_empty() {
                    return Ok(AfterWake::Nothing);
                }
                self.hear(messages);
                None
            }
            Wake::Leave(end) => return Ok(AfterWake::End(end)),
            Wake::Failed(error) => return Err(error),
        };
        if let Some(request) = asked {
            let leaves = request == Request::Quit;
            self.serve(request);
            if leaves {
                return Ok(AfterWake::End(ScreenEnd::Left));
            }
        }
        Ok(AfterWake::Draw)
    }

    fn serve(&mut self, request: Request) {
        match &request {
            Request::Open(setup) => self.opened = Some(setup.clone()),
            // A setup alone cannot open these again.
            Request::Reopen { .. } | Request::Follow { .. } => self.opened = None,
            _ => {}
        }
        let messages = self.room.ask(request);
        self.hear(messages);
    }

    fn hear(&mut self, mut messages: Vec<Msg>) {
        while !messages.is_empty() {
            let mut request = None;
            for msg in messages {
                request = self.tui.update(msg).or(request);
            }
            messages = request.map_or_else(Vec::new, |request| self.room.ask(request));
        }
    }
}

/// Waits for the next wake.
fn next(woken: &Receiver<Wake>, room: &dyn Room, alarm: &mut Alarm) -> io::Result<Wake> {
    // The thread for keys ends only when the terminal cannot be read.
    let gone = || io::Error::other("the terminal can no longer be read");
    match alarm.left(room.wakes()) {
        None => woken.recv().map_err(|_| gone()),
        Some(left) => match woken.recv_timeout(left) {
            Ok(wake) => Ok(wake),
            Err(RecvTimeoutError::Timeout) => {
                alarm.reset();
                Ok(Wake::Room)
            }
            Err(RecvTimeoutError::Disconnected) => Err(gone()),
        },
    }
}

fn watch_keys(wakes: Sender<Wake>) {
    thread::spawn(move || {
        loop {
            let wake = match event::read() {
                // Even a key without meaning draws: a resize that comes with a key sends no event of its own.
                Ok(Event::Key(key)) => from_terminal(key).unwrap_or(Wake::Resized),
                Ok(Event::Mouse(mouse)) => from_mouse(mouse).map_or(Wake::Resized, Wake::Mouse),
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
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let all = [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    let wakes = wakes.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            let wake = match signal {
                SIGTSTP => Wake::Stop,
                SIGCONT => Wake::Continued,
                other => Wake::Leave(ScreenEnd::Signal(other)),
            };
            if wakes.send(wake).is_err() {
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
        return match key.code {
            KeyCode::Char('c' | 'C') => Some(Wake::Leave(ScreenEnd::Interrupted)),
            KeyCode::Char('z' | 'Z') => Some(Wake::Stop),
            _ => None,
        };
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

fn from_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let action = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Press,
        MouseEventKind::ScrollUp => MouseAction::WheelUp,
        MouseEventKind::ScrollDown => MouseAction::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        column: mouse.column,
        row: mouse.row,
        action,
    })
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
    fn control_c_leaves_control_z_stops_and_other_controls_do_nothing() {
        let key = |code, modifiers| from_terminal(KeyEvent::new(code, modifiers));
        let interrupt = key(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert!(matches!(
            interrupt,
            Some(Wake::Leave(ScreenEnd::Interrupted))
        ));
        let stop = key(KeyCode::Char('z'), KeyModifiers::CONTROL);
        assert!(matches!(stop, Some(Wake::Stop)));
        assert!(key(KeyCode::Char('w'), KeyModifiers::CONTROL).is_none());
        let plain = key(KeyCode::Char('w'), KeyModifiers::NONE);
        assert!(matches!(plain, Some(Wake::Key(Key::Char('w')))));
    }
}
