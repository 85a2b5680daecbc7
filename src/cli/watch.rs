//! Runs a command again whenever a file is saved.
//!
//! Files are polled every 300 ms. That works the same on every system, also on network drives and in containers, where
//! the kernel sends no notices, and whether an editor replaces a file or writes it in place.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::{EXIT_TROUBLE, Trouble, report};
use crate::library::WatchedFiles;
use crate::words;

/// How often files are polled.
const LOOK: Duration = Duration::from_millis(300);

/// How long nothing must change before a save counts as complete.
const SETTLED: Duration = Duration::from_millis(40);

/// How often to wait for that. A file that never rests is checked anyway.
const SETTLING_MAX: usize = 25;

/// The width of the line between two runs.
const RULE: usize = 78;

/// Runs a command now, and again whenever a file that the paths mean changes. A signal ends it, with the exit code that
/// a shell gives such a signal: 130 after Ctrl-C.
pub(super) fn watch(
    paths: Vec<String>,
    mut turn: impl FnMut() -> Result<u8, Trouble>,
) -> Result<u8, Trouble> {
    let (ends, ended) = mpsc::channel();
    watch_signals(ends)?;
    let mut watched = WatchedFiles::new(paths);
    again(&mut turn)?;
    writeln!(io::stderr(), "Watching for changes; Ctrl-C stops.")?;
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

/// One run. A failure is reported, and may be gone after the next save.
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
    // Not `output`: without a reader there is nothing to watch for.
    let mut output = io::stdout().lock();
    writeln!(output, "{}", "-".repeat(RULE))?;
    writeln!(output, "{turns}: {} changed\n", words::list(&named))?;
    output.flush()
}

/// Waits, and returns the exit code if a signal comes first.
fn wait(ended: &Receiver<u8>, within: Duration) -> Option<u8> {
    match ended.recv_timeout(within) {
        Ok(code) => Some(code),
        Err(RecvTimeoutError::Timeout) => None,
        // On this system nothing listens for signals: they end the program themselves.
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
