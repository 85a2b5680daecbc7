//! Programs in a pseudo-terminal: keys in, the screen as a person sees it out.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The longest that anything awaited may take: far more than it does, so that only what never comes fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// Columns and rows.
pub type Size = (u16, u16);

/// A program in a terminal of its own.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    /// Nobody reads any more.
    closed: Arc<AtomicBool>,
    /// Nobody reads for now.
    held: Arc<AtomicBool>,
    screen: vt100::Parser,
    /// Every byte so far.
    pub written: Vec<u8>,
    frames: Frames,
}

/// The full screen's frames so far: each is written as one update, which says where it begins and ends.
#[derive(Clone, Copy, Default)]
struct Frames {
    begun: usize,
    whole: usize,
}

const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";

const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

impl Terminal {
    /// Starts a program in a fixed environment, to which `environment` is added.
    pub fn start(
        program: &[&str],
        folder: &Path,
        size: Size,
        environment: &[(&str, &str)],
    ) -> Terminal {
        let pair = native_pty_system()
            .openpty(in_cells(size))
            .expect("a pseudo-terminal can be opened");
        let mut command = CommandBuilder::new(program[0]);
        command.args(&program[1..]);
        command.cwd(folder);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", folder);
        command.env("TERM", "xterm-256color");
        command.env("TZ", "Asia/Kathmandu");
        command.env("LC_ALL", "C.UTF-8");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("it starts");
        let mut reader = pair.master.try_clone_reader().expect("it can be read");
        let (sender, output) = mpsc::channel();
        let closed = Arc::new(AtomicBool::new(false));
        let held = Arc::new(AtomicBool::new(false));
        let (stop, hold) = (Arc::clone(&closed), Arc::clone(&held));
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                while hold.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(2));
                }
                if stop.load(Ordering::SeqCst) || sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal {
            keys: Some(pair.master.take_writer().expect("it can be written")),
            master: Some(pair.master),
            child,
            output,
            closed,
            held,
            screen: vt100::Parser::new(cells(size.1), cells(size.0), 0),
            written: Vec::new(),
            frames: Frames::default(),
        }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        let to = self.keys.as_mut().expect("the terminal is open");
        to.write_all(keys.as_bytes())
            .and_then(|()| to.flush())
            .expect("keys can be sent");
    }

    /// Makes the window larger or smaller.
    pub fn resize(&mut self, size: Size) {
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(in_cells(size)).expect("it can be resized");
        self.screen.set_size(cells(size.1), cells(size.0));
    }

    /// Waits until the screen is as it should be.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |terminal| is_so(terminal.screen.screen()));
    }

    /// Waits until this many frames of the full screen were drawn, the last of them whole, and the screen is as it should
    /// be. A program that draws once for every event has then taken as many events, whatever the screen shows.
    pub fn until_drawn(
        &mut self,
        frames: usize,
        what: &str,
        is_so: impl Fn(&vt100::Screen) -> bool,
    ) {
        self.wait(what, |terminal| {
            let Frames { begun, whole } = terminal.frames;
            whole >= frames && begun == whole && is_so(terminal.screen.screen())
        });
    }

    /// How many frames of the full screen were drawn.
    pub fn drawn(&self) -> usize {
        self.frames.whole
    }

    fn wait(&mut self, what: &str, is_so: impl Fn(&Terminal) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("never came: {what}\n{}", self.text()),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("ended without: {what}\n{}", self.text())
                }
            }
        }
    }

    /// Waits until the screen shows a text.
    pub fn shows(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has ended, reads what is left, and says its exit code.
    pub fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        // The other side closes with the last program that has it open.
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("never ended\n{}", self.text());
                }
            }
        }
        loop {
            if let Some(status) = self.child.try_wait().expect("it was started") {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "never ended\n{}", self.text());
            // Ending has no output to wait for.
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// From now on the terminal takes what it can hold, and no more, until the program has ended.
    pub fn holds_output(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    /// Waits until the program has ended, and says its exit code, while its output is held.
    pub fn ends_held(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("it was started") {
                self.held.store(false, Ordering::SeqCst);
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "never ended\n{}", self.text());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Closes the window under the program, which must be one that redraws when the window changes.
    pub fn close(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        // The reading thread holds the window open until there is something to read.
        self.resize((100, 30));
        self.keys = None;
        self.master = None;
    }

    /// The process group in front, for signals.
    pub fn group(&self) -> i32 {
        let master = self.master.as_ref().expect("the terminal is open");
        master.process_group_leader().expect("something runs")
    }

    /// What is on the screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// The screen as lines without what is empty at their ends.
    pub fn text(&self) -> String {
        tidy(&self.screen.screen().contents())
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        // A mark may have come in two pieces.
        let from = self.written.len().saturating_sub(FRAME_ENDS.len() - 1);
        self.written.extend_from_slice(bytes);
        let fresh = &self.written[from..];
        let count = |mark: &[u8]| fresh.windows(mark.len()).filter(|it| *it == mark).count();
        self.frames.begun += count(FRAME_BEGINS);
        self.frames.whole += count(FRAME_ENDS);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
    }
}

/// Lines without what is empty at their ends, nor empty lines at the end.
pub fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

fn in_cells((cols, rows): Size) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}
