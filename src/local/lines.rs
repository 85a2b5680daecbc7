//! The exercise as lines between a reader and a writer.

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};

use crate::front::{Msg, Request, Room};
use crate::plain::{Plain, Said};

/// How a session of lines came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainEnd {
    /// Whether any move or line was refused.
    pub refused: bool,
    /// Whether nothing could be opened.
    pub trouble: bool,
}

/// The longest line that is read, in bytes; what is longer is read in pieces, and refused as what it then says.
const LINE_MOST: u64 = 4096;

/// Runs an exercise between lines. `first` opens it, or asks for the offers. Where nobody sits at the other end
/// (`interactive` is false) no prompt is written, and history runs through without reading a line.
///
/// After ENDEX a file that is piped in is read on: a play may still expect something.
///
/// Input that ends before ENDEX stops the exercise and shows the points so far.
///
/// # Errors
/// What reading or writing gives.
pub fn run_plain(
    room: &mut dyn Room,
    first: Request,
    mut input: impl BufRead,
    mut output: impl Write,
    interactive: bool,
) -> io::Result<PlainEnd> {
    let mut plain = Plain::new();
    serve(&mut plain, room, first, &mut output)?;
    while !plain.is_over() {
        let said = if plain.has_next() && !interactive {
            plain.step()
        } else {
            if interactive {
                write!(output, "> ")?;
            }
            output.flush()?;
            match read_line(&mut input)? {
                Some(line) => plain.line(&line),
                None => ended(&mut plain, interactive, &mut output)?,
            }
        };
        let stopping = said.request == Some(Request::Stop);
        answer(&mut plain, room, said, &mut output)?;
        if stopping {
            plain.stopped();
        }
    }
    // What ENDEX brought is shown before anything more is waited for.
    output.flush()?;
    while !interactive && let Some(line) = read_line(&mut input)? {
        let refused = plain.was_refused();
        let Some(said) = plain.afterwards(&line) else {
            break;
        };
        let ends = said.request.is_none() && !refused && plain.was_refused();
        answer(&mut plain, room, said, &mut output)?;
        if ends {
            break;
        }
    }
    output.flush()?;
    Ok(PlainEnd {
        refused: plain.was_refused(),
        trouble: plain.has_failed(),
    })
}

fn ended(plain: &mut Plain, interactive: bool, output: &mut impl Write) -> io::Result<Said> {
    if interactive {
        writeln!(output)?;
    }
    Ok(plain.input_ended())
}

fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = io::Read::take(&mut *input, LINE_MOST).read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

fn answer(
    plain: &mut Plain,
    room: &mut dyn Room,
    said: Said,
    output: &mut impl Write,
) -> io::Result<()> {
    // A move is shown once it was made, so that nothing is shown that an exercise would not show again.
    let told = said.request.map(|request| room.ask(request));
    output.write_all(said.text.as_bytes())?;
    match told {
        Some(told) => take(plain, room, told, output),
        None => Ok(()),
    }
}

/// Asks, writes what comes back, and asks what that asks for.
fn serve(
    plain: &mut Plain,
    room: &mut dyn Room,
    first: Request,
    output: &mut impl Write,
) -> io::Result<()> {
    let told = room.ask(first);
    take(plain, room, told, output)
}

fn take(
    plain: &mut Plain,
    room: &mut dyn Room,
    mut told: Vec<Msg>,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut requests = VecDeque::new();
    loop {
        for msg in told {
            let said = plain.update(msg);
            output.write_all(said.text.as_bytes())?;
            requests.extend(said.request);
        }
        let Some(request) = requests.pop_front() else {
            return Ok(());
        };
        told = room.ask(request);
    }
}

#[cfg(test)]
mod tests;
