//! Taking the terminal and giving it back.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::tui::Tui;

/// Whether the terminal is ours. A process has one terminal, so it has one of these.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The panic hook is set once and does nothing while the terminal is not ours.
static HOOK: Once = Once::new();

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

/// The terminal while it is ours: raw mode, the alternate screen. Dropping it gives it back.
pub(super) struct Held {
    terminal: Terminal<CrosstermBackend<Ours>>,
}

impl Held {
    /// Takes the terminal.
    pub(super) fn take() -> io::Result<Held> {
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // The terminal first, or the message is lost with the alternate screen.
                let _ = restore();
                before(info);
            }));
        });
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        // Not by `Terminal::clear`: it asks where the cursor is, and waits for those that never answer.
        let built = execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All))
            .and_then(|()| Terminal::new(CrosstermBackend::new(Ours(io::stdout()))));
        match built {
            Ok(terminal) => Ok(Held { terminal }),
            Err(error) => {
                // The first error says more than one about giving back.
                let _ = restore();
                Err(error)
            }
        }
    }

    /// Draws one frame.
    pub(super) fn draw(&mut self, tui: &Tui) -> io::Result<()> {
        self.terminal.draw(|frame| tui.render(frame)).map(|_| ())
    }

    /// Gives the terminal back and says whether that went well.
    pub(super) fn give_back(self) -> io::Result<()> {
        let restored = restore();
        drop(self);
        restored
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Where it fails there is no terminal left to say so.
        let _ = restore();
    }
}

/// Gives the terminal back, once however often it is called.
fn restore() -> io::Result<()> {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let mut out = io::stdout();
    let left = execute!(out, LeaveAlternateScreen, Show);
    disable_raw_mode()?;
    left?;
    out.flush()
}
