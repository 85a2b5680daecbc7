//! Taking the terminal and giving it back.

use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::tui::Tui;
use crate::tui::input::{ASK_FOR_BACKGROUND, ASK_FOR_PASTES, STOP_ASKING_FOR_PASTES};

/// Whether the terminal is ours. A process has only one.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is ours too, while the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Whether giving the terminal back has come to its end.
static GIVEN_BACK: AtomicBool = AtomicBool::new(false);

/// The panic hook is set once. It does nothing unless the terminal is ours.
static HOOK: Once = Once::new();

/// The size of the buffer that holds a frame until it is complete, in bytes.
const FRAME_BYTES: usize = 64 * 1024;

/// Who takes the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseUse {
    /// The full screen takes clicks and the wheel; text is selected with Shift held down.
    Screen,
    /// The terminal, as usual.
    Terminal,
}

/// Standard output while the terminal is ours, and a sink afterwards: what [`Terminal`] writes when it is dropped must
/// not reach the shell, and an error there would panic.
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

/// Takes the mouse, or gives it back: buttons and the wheel, but not movement, which would wake the program all the time.
struct TakeMouse(bool);

impl Command for TakeMouse {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        // Buttons, and coordinates beyond column 223.
        out.write_str(if self.0 {
            "\x1b[?1000h\x1b[?1006h"
        } else {
            "\x1b[?1006l\x1b[?1000l"
        })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        if self.0 {
            crossterm::event::EnableMouseCapture.execute_winapi()
        } else {
            crossterm::event::DisableMouseCapture.execute_winapi()
        }
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
    /// Takes the terminal, and asks what its background is like.
    pub(super) fn take(mouse: MouseUse, asks: bool) -> io::Result<OwnedTerminal> {
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // The terminal first: the message would vanish with the alternate screen.
                let _ = restore();
                before(info);
            }));
        });
        let terminal = take(mouse)?;
        if asks {
            print(ASK_FOR_BACKGROUND)?;
        }
        Ok(OwnedTerminal { terminal, mouse })
    }

    /// Draws one frame, at once and with a hidden cursor, so that nothing flickers.
    pub(super) fn draw(&mut self, tui: &Tui) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate, Hide)?;
        self.terminal.draw(|frame| tui.render(frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Forgets what is on the screen, so that the next frame draws all of it.
    pub(super) fn repaint(&mut self) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), Clear(ClearType::All))?;
        // Without asking for the cursor, as `Terminal::clear` does.
        self.terminal.swap_buffers();
        Ok(())
    }

    /// Takes the terminal again and clears it, after somebody else had it.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        restore()?;
        self.terminal = take(self.mouse)?;
        Ok(())
    }

    /// Gives the terminal back, stops this process until it is continued, and takes the terminal again. Returns whether it
    /// was stopped, which it is not if nobody could continue it.
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

    /// This system cannot stop a process.
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
        // If this fails, there is no terminal left to say so.
        let _ = restore();
    }
}

fn take(mouse: MouseUse) -> io::Result<TerminalScreen> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    GIVEN_BACK.store(false, Ordering::SeqCst);
    // Not with `Terminal::clear`: it asks for the cursor, and some terminals never answer.
    let mut built = execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All));
    if built.is_ok() && mouse == MouseUse::Screen {
        MOUSE.store(true, Ordering::SeqCst);
        built = execute!(io::stdout(), TakeMouse(true));
    }
    if built.is_ok() && cfg!(unix) {
        built = print(ASK_FOR_PASTES);
    }
    let out = BufWriter::with_capacity(FRAME_BYTES, Ours(io::stdout()));
    let built = built.and_then(|()| Terminal::new(CrosstermBackend::new(out)));
    if built.is_err() {
        // The first error says more than one from giving back.
        let _ = restore();
    }
    built
}

/// Gives the terminal back. Calling it again does nothing.
fn restore() -> io::Result<()> {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let mut out = io::stdout();
    let mouse = if MOUSE.swap(false, Ordering::SeqCst) {
        execute!(out, TakeMouse(false))
    } else {
        Ok(())
    };
    let left = leave_screen(&mut out);
    let modes = disable_raw_mode();
    // Whatever went wrong, nothing waits for the terminal any more.
    GIVEN_BACK.store(true, Ordering::SeqCst);
    modes.and(mouse).and(left)
}

fn leave_screen(out: &mut impl Write) -> io::Result<()> {
    out.write_all(STOP_ASKING_FOR_PASTES.as_bytes())?;
    // A panic may have interrupted a frame.
    execute!(out, EndSynchronizedUpdate, LeaveAlternateScreen, Show)
}

fn print(sequence: &str) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(sequence.as_bytes())?;
    out.flush()
}

/// Ends the process with this exit code if the terminal is not given back by then: it takes no more output, and whoever
/// draws waits for it without end. Every entry is on disk already. Modes of the line are set back in any case; what
/// else the terminal is sent, it may never read.
pub(super) fn abandon_after(within: Duration, code: u8) {
    thread::spawn(move || {
        thread::sleep(within);
        if GIVEN_BACK.load(Ordering::SeqCst) {
            return;
        }
        let _ = disable_raw_mode();
        // This may wait without end too.
        thread::spawn(|| {
            let mut terminal = File::options().write(true).open("/dev/tty")?;
            execute!(terminal, TakeMouse(false))?;
            leave_screen(&mut terminal)
        });
        thread::sleep(Duration::from_millis(100));
        std::process::exit(code.into());
    });
}

/// Gives the terminal back although another thread may stand still in the middle of writing to it. A terminal that takes
/// nothing is not waited for.
#[cfg(unix)]
pub(super) fn give_back_at_once() {
    use std::os::unix::fs::OpenOptionsExt;
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = disable_raw_mode();
    let at_once = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let terminal = File::options()
        .write(true)
        .custom_flags(at_once)
        .open("/dev/tty");
    // If this fails, there is no terminal left to say so.
    let _ = terminal.and_then(|mut terminal| {
        execute!(terminal, TakeMouse(false))?;
        leave_screen(&mut terminal)?;
        terminal.write_all(ABORTED.as_bytes())
    });
}

/// Said when there was no time to say more.
#[cfg(unix)]
const ABORTED: &str = "error: the program had to stop at once, perhaps for want of memory\r\n\
    hint: What was recorded is on disk: `sandtable resume` continues it.\r\n";

/// Whether a parent in the same session can continue this process once it is stopped. A terminal that runs nothing but
/// this program would hang for ever.
#[cfg(target_os = "linux")]
fn can_be_continued() -> bool {
    let session = |process: &str| {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name in brackets may contain anything; after it come state, parent, group and session.
        let (_, rest) = stat.rsplit_once(')')?;
        let mut fields = rest.split_whitespace().skip(1);
        let parent = fields.next()?.to_owned();
        Some((parent, fields.nth(1)?.to_owned()))
    };
    // If we cannot tell, trust whoever pressed the key.
    session("self")
        .is_none_or(|(parent, ours)| session(&parent).is_some_and(|(_, theirs)| theirs == ours))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn can_be_continued() -> bool {
    true
}
