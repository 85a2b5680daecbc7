//! Doing something again whenever a file is saved.
//!
//! Files are looked at every 300 ms, from outside: it is the same on every system, on network drives and in containers,
//! where the notices of the system's kernel do not come, and an editor may replace a file or write it in place.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::{EXIT_TROUBLE, Trouble, output, report};
use crate::library::WatchedFiles;
use crate::words;

/// How often files are looked at.
const LOOK: Duration = Duration::from_millis(300);

/// How long nothing may have changed before what was saved counts as whole.
const SETTLED: Duration = Duration::from_millis(40);

/// How often that is waited for. A file that never rests is looked at nevertheless.
const SETTLING_MAX: usize = 25;

/// The width of the line between two turns.
const RULE: usize = 78;

/// Does something now, and again whenever a file changes that the paths mean. Ends with the signal that ends it, as the
/// exit code that a shell gives it: 130 after Ctrl-C.
pub(super) fn watch(
    paths: Vec<String>,
    mut turn: impl FnMut() -> Result<u8, Trouble>,
) -> Result<u8, Trouble> {
    let (ends, ended) = mpsc::channel();
    watch_signals(ends)?;
    let mut watched = WatchedFiles::new(paths);
    again(&mut turn)?;
    writeln!(io::stderr(), "Watching; Ctrl-C ends.")?;
    let mut turns = 1_usize;
    loop {
        if let Some(code) = wait(&ended, LOOK) {
            return Ok(code);
        }
        let mut changed = watched.changed();
        if changed.is_empty() {
            continue;
        }
        for _ in 0..SETTLING_MAX {
            if let Some(code) = wait(&ended, SETTLED) {
                return Ok(code);
            }
            let more = watched.changed();
            if more.is_empty() {
                break;
            }
            changed.extend(more);
        }
        turns += 1;
        head(turns, changed)?;
        again(&mut turn)?;
    }
}

/// One turn. What could not be done is told, and may be otherwise after the next save.
fn again(turn: &mut impl FnMut() -> Result<u8, Trouble>) -> Result<u8, Trouble> {
    match turn() {
        Err(trouble) if !trouble.is_closed_pipe => {
            report(&trouble);
            Ok(EXIT_TROUBLE)
        }
        done => done,
    }
}

fn head(turns: usize, mut changed: Vec<PathBuf>) -> io::Result<()> {
    changed.sort();
    changed.dedup();
    let named = |path: &PathBuf| words::one_line(&path.display().to_string()).into_owned();
    let named: Vec<String> = changed.iter().map(named).collect();
    let mut output = output();
    writeln!(output, "{}", "-".repeat(RULE))?;
    writeln!(output, "{turns}: {} changed\n", words::list(&named))?;
    output.flush()
}

/// Waits so long; the exit code where something ends it before.
fn wait(ended: &Receiver<u8>, within: Duration) -> Option<u8> {
    match ended.recv_timeout(within) {
        Ok(code) => Some(code),
        Err(RecvTimeoutError::Timeout) => None,
        // Nobody listens for signals here: they end the program by themselves.
        Err(RecvTimeoutError::Disconnected) => {
            thread::sleep(within);
            None
        }
    }
}

#[cfg(unix)]
fn watch_signals(ends: Sender<u8>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let number = u8::try_from(signal).unwrap_or_default();
            if ends.send(128_u8.saturating_add(number)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the same shape on every system")]
fn watch_signals(_: Sender<u8>) -> io::Result<()> {
    Ok(())
}
