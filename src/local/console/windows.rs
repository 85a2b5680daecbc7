//! The console of Windows.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use win32console::console::WinConsole;

/// `ENABLE_VIRTUAL_TERMINAL_PROCESSING`: the console carries out VT sequences.
const CARRY_OUT_VT: u32 = 0x0004;

/// The code page of UTF-8, for the program at the other end of a pipe.
const UTF_8: u32 = 65_001;

/// The exit code after Ctrl-C.
const INTERRUPTED: i32 = 130;

/// What to restore; none if nothing was changed, or all is as it was before.
static BEFORE: Mutex<Option<Before>> = Mutex::new(None);

/// What the first Ctrl-C sets instead of ending the program.
static STOP: Mutex<Option<Arc<AtomicBool>>> = Mutex::new(None);

/// What the console was before; none for what is not a console.
#[derive(Clone, Copy, Debug)]
struct Before {
    code_page: Option<u32>,
    input: Option<u32>,
    output: Option<u32>,
    error: Option<u32>,
}

/// Switches on what the program needs. A console that refuses, or none at all, is no failure: then there are no colours.
pub(super) fn prepare() {
    let before = Before {
        code_page: WinConsole::get_output_code_page().ok(),
        input: WinConsole::input().get_mode().ok(),
        output: WinConsole::output().get_mode().ok(),
        error: WinConsole::error().get_mode().ok(),
    };
    *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = Some(before);
    if before.code_page.is_some() {
        let _ = WinConsole::set_output_code(UTF_8);
    }
    if let Some(mode) = before.output {
        let _ = WinConsole::output().set_mode(mode | CARRY_OUT_VT);
    }
    if let Some(mode) = before.error {
        let _ = WinConsole::error().set_mode(mode | CARRY_OUT_VT);
    }
    // Without a handler, Ctrl-C ends the program at once, with the console as it is now.
    let _ = ctrlc::set_handler(|| {
        let stop = STOP.lock().unwrap_or_else(PoisonError::into_inner).take();
        match stop {
            Some(stop) => stop.store(true, Ordering::SeqCst),
            None => {
                restore();
                std::process::exit(INTERRUPTED);
            }
        }
    });
}

/// The next Ctrl-C sets this, and the one after it ends the program.
pub fn stop_on_interrupt(stop: &Arc<AtomicBool>) {
    *STOP.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(stop));
}

/// Whether there is a console to take keys from. The window of Git Bash looks like a terminal, but is none to a program.
#[must_use]
pub fn has_console() -> bool {
    WinConsole::input().get_mode().is_ok() && WinConsole::output().get_mode().is_ok()
}

/// What `COLORTERM` would say: a console that carries out VT sequences shows every colour.
#[must_use]
pub fn colour_term() -> Option<String> {
    let mode = WinConsole::output().get_mode().ok()?;
    (mode & CARRY_OUT_VT != 0).then(|| "truecolor".to_owned())
}

/// Restores what was there before. Calling it again does nothing.
pub(super) fn restore() {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(before) = before else { return };
    let restored: [(Option<u32>, fn(u32) -> io::Result<()>); 4] = [
        (before.code_page, WinConsole::set_output_code),
        (before.input, |mode| WinConsole::input().set_mode(mode)),
        (before.output, |mode| WinConsole::output().set_mode(mode)),
        (before.error, |mode| WinConsole::error().set_mode(mode)),
    ];
    for (value, set) in restored {
        if let Some(value) = value {
            // A console that is gone needs nothing.
            let _ = set(value);
        }
    }
}
