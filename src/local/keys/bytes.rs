//! Keys as the bytes that a terminal sends.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;

use crate::local::wake::{HANG_UP, ScreenEnd, Wake, leave, pass_on};
use crate::tui::input::{Input, InputReader, QUIET};

/// The most that one read takes, in bytes: what a terminal holds.
const READ_BYTES: usize = 4096;

/// So many reads wait to be understood; the next one waits for these.
const READS_MAX: usize = 16;

/// Wakes the screen with what is typed, until the terminal is gone.
pub(in crate::local) fn watch_keys(wakes: Sender<Wake>) {
    // Two threads: one waits for the terminal without end, the other for a while.
    let (reads, read) = mpsc::sync_channel(READS_MAX);
    thread::spawn(move || read_all(&reads));
    thread::spawn(move || {
        let mut reader = InputReader::default();
        while let Some(inputs) = next(&mut reader, &read) {
            if !pass_on(&wakes, inputs) {
                return;
            }
        }
        leave(&wakes, ScreenEnd::Signal(HANG_UP));
    });
}

/// What comes next; none if the terminal is gone.
fn next(reader: &mut InputReader, read: &Receiver<Vec<u8>>) -> Option<Vec<Input>> {
    if !reader.is_waiting() {
        return read.recv().ok().map(|bytes| reader.read(&bytes));
    }
    match read.recv_timeout(QUIET) {
        Ok(bytes) => Some(reader.read(&bytes)),
        Err(RecvTimeoutError::Timeout) => Some(reader.quiet()),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

/// Reads until the terminal is gone: then it ends, or gives an error. Not every terminal also sends SIGHUP.
fn read_all(reads: &SyncSender<Vec<u8>>) {
    let Ok(mut terminal) = terminal() else { return };
    let mut buffer = [0; READ_BYTES];
    loop {
        match terminal.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) if reads.send(buffer[..length].to_vec()).is_err() => return,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Whoever shares the terminal with us has set it not to wait: open it anew.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => match File::open(TERMINAL) {
                Ok(opened) => terminal = opened,
                Err(_) => return,
            },
            Err(_) => return,
        }
    }
}

/// The terminal of this process, whatever standard input is.
const TERMINAL: &str = "/dev/tty";

fn terminal() -> io::Result<File> {
    let input = io::stdin();
    if io::IsTerminal::is_terminal(&input) {
        return Ok(File::from(input.as_fd().try_clone_to_owned()?));
    }
    File::open(TERMINAL)
}
