//! The full screen on this terminal.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::front::{Msg, PlaySetup, Request, Room};
use crate::local::alarm::Alarm;
use crate::local::keys::watch_keys;
use crate::local::terminal::{MouseUse, OwnedTerminal};
use crate::local::wake::{HANG_UP, ScreenEnd, Wake};
use crate::tui::Tui;
use crate::tui::input::Input;
use crate::tui::theme::terminal::Look;
use crate::tui::theme::{Colours, Ground};

/// How long a terminal may take to answer what its background is like, before the first frame.
const ANSWER_WITHIN: Duration = Duration::from_millis(100);

/// How the full screen is used.
#[derive(Clone, Debug)]
pub struct ScreenSetup {
    /// What the terminal can show, and what somebody wants of it.
    pub look: Look,
    /// Who takes the mouse.
    pub mouse: MouseUse,
    /// Whether `w` waits even past a deadline without saying so first.
    pub waits_at_once: bool,
}

/// Runs the full screen until somebody leaves it. `first` opens an exercise, or asks for the offers. The terminal is
/// given back in any case, even after a panic.
///
/// # Errors
/// Those of the terminal, after it was given back.
pub fn run_screen(
    room: &mut dyn Room,
    first: Request,
    setup: &ScreenSetup,
) -> io::Result<ScreenEnd> {
    let look = &setup.look;
    let (wakes, woken) = mpsc::channel();
    // The theme alone decides about colours: it knows NO_COLOR and the option that overrules it.
    crossterm::style::force_color_output(look.theme(None).colours != Colours::None);
    // Signals first, so that one that comes while the terminal is being taken is not lost.
    watch_signals(&wakes)?;
    #[cfg(unix)]
    crate::local::abort::watch()?;
    // Elsewhere the answers would come as keys.
    let asks = cfg!(unix) && look.asks_for_background();
    let mut held = OwnedTerminal::take(setup.mouse, asks)?;
    watch_keys(wakes);
    let mut tui = Tui::new(look.theme(None));
    if setup.waits_at_once {
        tui = tui.waiting_at_once();
    }
    let mut running = Running {
        room,
        tui,
        look,
        opened: None,
        stopped: false,
    };
    let early = if asks {
        running.wait_for_answer(&woken)
    } else {
        Vec::new()
    };
    let end = running.run(first, early, &woken, &mut held);
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
    look: &'a Look,
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
    /// Waits a moment for what the terminal answers about its background. Gives back what else came.
    fn wait_for_answer(&mut self, woken: &Receiver<Wake>) -> Vec<Wake> {
        let until = Instant::now() + ANSWER_WITHIN;
        let mut others = Vec::new();
        while let Ok(wake) = woken.recv_timeout(until.saturating_duration_since(Instant::now())) {
            match wake {
                Wake::Input(Input::Background(ground)) => self.suit(ground),
                Wake::Input(Input::Answered) => break,
                other => others.push(other),
            }
        }
        others
    }

    /// Takes the colours for the background that the terminal says it has.
    fn suit(&mut self, ground: Ground) {
        self.tui.set_theme(self.look.theme(Some(ground)));
    }

    fn run(
        &mut self,
        first: Request,
        early: Vec<Wake>,
        woken: &Receiver<Wake>,
        held: &mut OwnedTerminal,
    ) -> io::Result<ScreenEnd> {
        self.serve(first);
        held.draw(&self.tui)?;
        let mut alarm = Alarm::default();
        let mut early = early.into_iter();
        loop {
            let wake = match early.next() {
                Some(wake) => wake,
                None => next(woken, self.room, &mut alarm)?,
            };
            match self.answer(wake, held)? {
                AfterWake::Draw => held.draw(&self.tui)?,
                AfterWake::Nothing => {}
                AfterWake::End(end) => return Ok(end),
            }
        }
    }

    fn answer(&mut self, wake: Wake, held: &mut OwnedTerminal) -> io::Result<AfterWake> {
        let asked = match wake {
            Wake::Input(Input::Key(key)) => self.tui.key(key),
            Wake::Input(Input::Mouse(mouse)) => self.tui.mouse(mouse),
            Wake::Input(Input::Paste(text)) => {
                self.tui.paste(&text);
                None
            }
            Wake::Input(Input::Interrupt) => return Ok(AfterWake::End(ScreenEnd::Interrupted)),
            Wake::Input(Input::Repaint) => {
                held.repaint()?;
                None
            }
            // It answered late.
            Wake::Input(Input::Background(ground)) => {
                self.suit(ground);
                None
            }
            Wake::Input(Input::Answered) => return Ok(AfterWake::Nothing),
            Wake::Resized => None,
            Wake::Input(Input::Suspend) | Wake::Stop => {
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

#[cfg(unix)]
fn watch_signals(wakes: &Sender<Wake>) -> io::Result<()> {
    use crate::local::wake::leave;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    let wakes = wakes.clone();
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let wake = match signal {
                SIGTSTP => Wake::Stop,
                SIGCONT => Wake::Continued,
                SIGWINCH => Wake::Resized,
                other => {
                    leave(&wakes, ScreenEnd::Signal(other));
                    continue;
                }
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
