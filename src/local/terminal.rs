//! Taking the terminal and giving it back.

use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::tui::Tui;

/// Whether the terminal is ours. A process has one terminal, so it has one of these.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is ours too, while the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// The panic hook is set once and does nothing while the terminal is not ours.
static HOOK: Once = Once::new();

/// Bytes of a frame that are held back until it is whole.
const FRAME_BYTES: usize = 64 * 1024;

/// Whose the mouse is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseUse {
    /// Clicks and the wheel are the screen's; to select text, terminals want Shift held down.
    Screen,
    /// The terminal's own, as everywhere else.
    Terminal,
}

/// Standard output while the terminal is ours. Afterwards it takes everything and writes nothing: what [`Terminal`]
/// still writes when it is dropped may neither reach a shell nor fail, for it would panic over a window that is gone.
struct Ours(Stdout);

impl Write for Ours {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if TAKEN.load(Ordering::SeqCst) {
            self.0.write(bytes)
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if TAKEN.load(Ordering::SeqCst) {
            self.0.flush()
        } else {
            Ok(())
        }
    }
}

/// Buttons and the wheel, but not every move of the mouse: each would wake the program.
struct TakeMouse;

impl Command for TakeMouse {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        // Buttons; and places that may lie beyond column 223.
        out.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// The terminal's own mouse again.
struct GiveMouse;

impl Command for GiveMouse {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1006l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::DisableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

type TerminalScreen = Terminal<CrosstermBackend<BufWriter<Ours>>>;

/// The terminal while it is ours: raw mode, the alternate screen, the mouse. Dropping it gives it back.
pub(super) struct OwnedTerminal {
    terminal: TerminalScreen,
    mouse: MouseUse,
}

impl OwnedTerminal {
    /// Takes the terminal.
    pub(super) fn take(mouse: MouseUse) -> io::Result<OwnedTerminal> {
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // The terminal first, or the message is lost with the alternate screen.
                let _ = restore();
                before(info);
            }));
        });
        let terminal = take(mouse)?;
        Ok(OwnedTerminal { terminal, mouse })
    }

    /// Draws one frame. It reaches the terminal whole and the cursor only moves to its place, so that nothing flickers.
    pub(super) fn draw(&mut self, tui: &Tui) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate, Hide)?;
        self.terminal.draw(|frame| tui.render(frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Takes the terminal again after somebody else had it: nothing of what was there is trusted.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        restore()?;
        self.terminal = take(self.mouse)?;
        Ok(())
    }

    /// Gives the terminal back, stops this process until it is continued, and takes the terminal again. Whether it
    /// was stopped: where nobody could continue it, it is not.
    #[cfg(unix)]
    pub(super) fn stop(&mut self) -> io::Result<bool> {
        if !can_be_continued() {
            return Ok(false);
        }
        restore()?;
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.terminal = take(self.mouse)?;
        Ok(true)
    }

    /// Nothing is stopped on this system.
    #[cfg(not(unix))]
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "the same shape on every system"
    )]
    pub(super) fn stop(&mut self) -> io::Result<bool> {
        Ok(false)
    }

    /// Gives the terminal back and says whether that went well.
    pub(super) fn give_back(self) -> io::Result<()> {
        let restored = restore();
        drop(self);
        restored
    }
}

impl Drop for OwnedTerminal {
    fn drop(&mut self) {
        // Where it fails there is no terminal left to say so.
        let _ = restore();
    }
}

fn take(mouse: MouseUse) -> io::Result<TerminalScreen> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    // Not by `Terminal::clear`: it asks where the cursor is, and waits for those that never answer.
    let mut built = execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All));
    if built.is_ok() && mouse == MouseUse::Screen {
        MOUSE.store(true, Ordering::SeqCst);
        built = execute!(io::stdout(), TakeMouse);
    }
    let out = BufWriter::with_capacity(FRAME_BYTES, Ours(io::stdout()));
    let built = built.and_then(|()| Terminal::new(CrosstermBackend::new(out)));
    if built.is_err() {
        // The first error says more than one about giving back.
        let _ = restore();
    }
    built
}

/// Gives the terminal back, once however often it is called.
fn restore() -> io::Result<()> {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let mut out = io::stdout();
    let mouse = if MOUSE.swap(false, Ordering::SeqCst) {
        execute!(out, GiveMouse)
    } else {
        Ok(())
    };
    // A panic may have come in the middle of a frame.
    let left = execute!(out, EndSynchronizedUpdate, LeaveAlternateScreen, Show);
    disable_raw_mode()?;
    mouse?;
    left?;
    out.flush()
}

/// Whether somebody is there who sees that this process was stopped and may continue it: a parent in the same session.
/// A terminal that runs nothing but this program would stand still for ever.
#[cfg(target_os = "linux")]
fn can_be_continued() -> bool {
    let session = |process: &str| {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name in brackets may hold anything; after it come state, parent, group and session.
        let (_, rest) = stat.rsplit_once(')')?;
        let mut fields = rest.split_whitespace().skip(1);
        let parent = fields.next()?.to_owned();
        Some((parent, fields.nth(1)?.to_owned()))
    };
    // Where it cannot be known, whoever presses the key does.
    session("self")
        .is_none_or(|(parent, ours)| session(&parent).is_some_and(|(_, theirs)| theirs == ours))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn can_be_continued() -> bool {
    true
}
