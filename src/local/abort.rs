//! The terminal is given back before an abort ends the process: when memory cannot be had, the whole process is gone at
//! once, without unwinding.
//!
//! An abort raises SIGABRT in the thread that aborts, and ends the process when the handler returns. Handlers may do next
//! to nothing, so ours waits: it writes into a pipe that is full. Meanwhile a thread that waited for just this gives the
//! terminal back, and then makes room in the pipe.

use std::io::{self, PipeReader, Read, Write};
use std::thread;
use std::time::Duration;

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use signal_hook::consts::SIGABRT;
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, pipe};

use crate::local::terminal;

/// Bytes written or read at once: a page, so that reading that much makes room.
const PIECE: usize = 4096;

/// Sees to it that an abort gives the terminal back.
pub(super) fn watch() -> io::Result<()> {
    // This thread hears of the signal first: actions run in the order in which they were registered.
    let mut aborts = Signals::new([SIGABRT])?;
    let mut full = hold_back()?;
    thread::spawn(move || {
        if aborts.forever().next().is_some() {
            terminal::give_back_at_once();
            // What aborts goes on to its end. If the signal came from outside, nothing else ends the process.
            let _ = full.read(&mut [0; PIECE]);
            thread::sleep(Duration::from_millis(100));
            let _ = emulate_default_handler(SIGABRT);
        }
    });
    Ok(())
}

/// From here on the handler of SIGABRT waits until somebody reads from this pipe.
fn hold_back() -> io::Result<PipeReader> {
    let (full, mut writer) = io::pipe()?;
    let kept = writer.try_clone()?;
    pipe::register(SIGABRT, writer.try_clone()?)?;
    // It was registered without waiting, so it can be filled; what was set is shared by all clones.
    while writer.write(&[0; PIECE]).is_ok() {}
    while writer.write(&[0]).is_ok() {}
    fcntl_setfl(&kept, fcntl_getfl(&kept)?.difference(OFlags::NONBLOCK))?;
    Ok(full)
}
