//! The plain face between a reader and a writer of lines.

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::front::{Msg, Request, Room};
use crate::local::alarm::Alarm;
use crate::plain::{Plain, PlainOutput};

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainEnd {
    /// Whether any move or line was refused.
    pub refused: bool,
    /// Whether nothing could be opened.
    pub trouble: bool,
}

/// The longest line, in bytes. A longer one is skipped.
const LINE_MOST: u64 = 4096;

/// Where lines come from.
pub enum LineSource<R> {
    /// A file or a pipe: the room is not woken while the next line is read.
    Piped(R),
    /// Somebody types: the room is woken meanwhile.
    Typed(Receiver<io::Result<LineRead>>),
}

/// A line; none if it was too long.
type LineRead = Option<String>;

/// What came of waiting for a line.
enum Heard {
    Line(LineRead),
    Ended,
    /// No line came in time.
    Nothing,
}

impl LineSource<io::Empty> {
    /// Lines that somebody types on standard input.
    #[must_use]
    pub fn typed() -> Self {
        let (lines, typed) = mpsc::channel();
        thread::spawn(move || {
            let mut input = io::stdin().lock();
            while let Some(line) = read_line(&mut input).transpose() {
                if lines.send(line).is_err() {
                    return;
                }
            }
        });
        LineSource::Typed(typed)
    }
}

impl<R: BufRead> LineSource<R> {
    /// The next line. If somebody types, this waits no longer than `within`.
    fn next(&mut self, within: Option<Duration>) -> io::Result<Heard> {
        let line = match self {
            LineSource::Piped(input) => {
                return Ok(read_line(input)?.map_or(Heard::Ended, Heard::Line));
            }
            LineSource::Typed(typed) => match within {
                Some(within) => typed.recv_timeout(within),
                None => typed.recv().map_err(|_| RecvTimeoutError::Disconnected),
            },
        };
        match line {
            Ok(line) => line.map(Heard::Line),
            Err(RecvTimeoutError::Timeout) => Ok(Heard::Nothing),
            Err(RecvTimeoutError::Disconnected) => Ok(Heard::Ended),
        }
    }
}

/// Runs the plain face. `first` opens an exercise, or asks for the offers. If nobody types, there is no prompt, history
/// runs through without reading a line, and an exercise is followed to its end.
///
/// After ENDEX a file or pipe is read on: a play may still expect something. Input that ends before ENDEX stops the
/// exercise and shows the points so far.
///
/// If the reader of the output leaves, the exercise stops there.
///
/// # Errors
/// Those of reading and writing.
pub fn run_plain(
    room: &mut dyn Room,
    first: Request,
    input: LineSource<impl BufRead>,
    output: impl Write,
) -> io::Result<PlainEnd> {
    let mut plain = Plain::new();
    match converse(&mut plain, room, first, input, output) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        done => done?,
    }
    Ok(PlainEnd {
        refused: plain.was_refused(),
        trouble: plain.has_failed(),
    })
}

fn converse(
    plain: &mut Plain,
    room: &mut dyn Room,
    first: Request,
    mut input: LineSource<impl BufRead>,
    mut output: impl Write,
) -> io::Result<()> {
    let interactive = matches!(input, LineSource::Typed(_));
    let messages = room.ask(first);
    take(plain, room, messages, &mut output)?;
    let mut asked = false;
    let mut alarm = Alarm::default();
    while !plain.is_over() {
        let within = alarm.left(room.wakes());
        let said = if plain.has_next() && !interactive {
            plain.step()
        } else {
            if interactive && !asked {
                write!(output, "> ")?;
            }
            asked = true;
            output.flush()?;
            let heard = match within {
                // Nobody types, so only the journal can bring anything.
                Some(within) if plain.is_following() && !interactive => {
                    thread::sleep(within);
                    Heard::Nothing
                }
                within => input.next(within)?,
            };
            match heard {
                Heard::Line(Some(line)) => plain.line(&line),
                Heard::Line(None) => plain.too_long(LINE_MOST),
                Heard::Ended => {
                    output.write_all(if interactive { b"\n" } else { b"" })?;
                    plain.input_ended()
                }
                Heard::Nothing => {
                    alarm.reset();
                    let messages = room.wake();
                    if !messages.is_empty() {
                        let mut fresh = Vec::new();
                        take(plain, room, messages, &mut fresh)?;
                        if !fresh.is_empty() {
                            // The cursor is behind the prompt.
                            output.write_all(if interactive { b"\n" } else { b"" })?;
                            output.write_all(&fresh)?;
                            asked = false;
                        }
                    }
                    continue;
                }
            }
        };
        asked = false;
        let stopping = said.request == Some(Request::Stop);
        answer(plain, room, said, &mut output)?;
        if stopping {
            plain.stopped();
        }
    }
    // Show ENDEX before waiting for anything else.
    output.flush()?;
    while interactive && plain.awaits_account() {
        let Some(within) = alarm.left(room.wakes()) else {
            break;
        };
        match input.next(Some(within))? {
            Heard::Nothing => {
                alarm.reset();
                let messages = room.wake();
                take(plain, room, messages, &mut output)?;
            }
            Heard::Line(_) | Heard::Ended => break,
        }
    }
    output.flush()?;
    while let LineSource::Piped(input) = &mut input
        && let Some(line) = read_line(input)?
    {
        let refused = plain.was_refused();
        let Some(said) = line.and_then(|line| plain.afterwards(&line)) else {
            break;
        };
        let ends = said.request.is_none() && !refused && plain.was_refused();
        answer(plain, room, said, &mut output)?;
        if ends {
            break;
        }
    }
    output.flush()
}

fn read_line(input: &mut impl BufRead) -> io::Result<Option<LineRead>> {
    let mut bytes = Vec::new();
    let read = io::Read::take(&mut *input, LINE_MOST).read_until(b'\n', &mut bytes)?;
    if read as u64 == LINE_MOST && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    // Before the first line it is a byte order mark; it never is a word.
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    Ok((read > 0).then(|| Some(String::from_utf8_lossy(line).into_owned())))
}

fn answer(
    plain: &mut Plain,
    room: &mut dyn Room,
    said: PlainOutput,
    output: &mut impl Write,
) -> io::Result<()> {
    // Ask before writing: a move is shown only once it is recorded.
    let messages = said.request.map(|request| room.ask(request));
    output.write_all(said.text.as_bytes())?;
    take(plain, room, messages.unwrap_or_default(), output)
}

/// Writes what the messages say, and asks what the face asks for next.
fn take(
    plain: &mut Plain,
    room: &mut dyn Room,
    mut messages: Vec<Msg>,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut requests = VecDeque::new();
    loop {
        for msg in messages {
            let said = plain.update(msg);
            output.write_all(said.text.as_bytes())?;
            requests.extend(said.request);
        }
        let Some(request) = requests.pop_front() else {
            return Ok(());
        };
        messages = room.ask(request);
    }
}

#[cfg(test)]
mod tests;
