//! Playing, and showing what really happened.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::arguments::{Face, History, Play};
use super::{EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Trouble, known};
use crate::front::clean::InAscii;
use crate::front::{Request, Room, Setup};
use crate::library;
use crate::local::{HISTORY, LocalRoom, SEED_MAX, Transcribed, run_plain, run_screen};
use crate::tui::theme::Theme;

/// `sandtable` alone.
pub fn start_screen() -> Result<u8, Trouble> {
    if !is_screen() {
        return Err(Trouble::new(
            "the start screen needs a terminal",
            "Try `sandtable play advanced-2022 --plain` for lines of text, or `sandtable --help`.",
        ));
    }
    let face = Face {
        plain: false,
        ascii: false,
        transcript: None,
    };
    show(Request::Home, &face)
}

/// `sandtable play`
pub fn play(chosen: &Play) -> Result<u8, Trouble> {
    let found = library::find(&chosen.scenario)?;
    known(&found, chosen.variant.as_deref(), chosen.cut.as_deref())?;
    let setup = Setup {
        scenario: chosen.scenario.clone(),
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
        seed: chosen.seed,
        history: false,
    };
    show(Request::Open(setup), &chosen.face)
}

/// `sandtable history`
pub fn history(chosen: &History) -> Result<u8, Trouble> {
    let found = library::find(&chosen.scenario)?;
    if found.plays.iter().all(|play| play.name != HISTORY) {
        return Err(Trouble::new(
            format!("the scenario has no `plays/{HISTORY}.play`"),
            "Only a play of that name says what really happened.",
        ));
    }
    let setup = Setup {
        scenario: chosen.scenario.clone(),
        history: true,
        ..Setup::default()
    };
    show(Request::Open(setup), &chosen.face)
}

fn show(first: Request, face: &Face) -> Result<u8, Trouble> {
    let offered = library::embedded().into_iter().map(str::to_owned).collect();
    let room = LocalRoom::new(offered, drawn_seed);
    let Some(path) = &face.transcript else {
        let mut room = room;
        return run(&mut room, first, face);
    };
    // Found out before the exercise, not after it.
    fs::write(path, "").map_err(|error| cannot_write(path, &error))?;
    let mut room = Transcribed::new(room);
    let end = run(&mut room, first, face);
    fs::write(path, room.text()).map_err(|error| cannot_write(path, &error))?;
    end
}

fn cannot_write(path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(
        format!("cannot write {}: {error}", path.display()),
        "Name another file after `--transcript`.",
    )
}

fn run(room: &mut dyn Room, first: Request, face: &Face) -> Result<u8, Trouble> {
    if face.plain || !is_screen() || std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        let interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
        let output = io::BufWriter::new(io::stdout().lock());
        let mut in_ascii = InAscii(room);
        let room: &mut dyn Room = if face.ascii {
            &mut in_ascii
        } else {
            in_ascii.0
        };
        let end = match run_plain(room, first, io::stdin().lock(), output, interactive) {
            // Whoever was reading has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(EXIT_FINE),
            end => end?,
        };
        io::stdout().flush()?;
        if end.trouble {
            return Ok(EXIT_TROUBLE);
        }
        return Ok(if end.refused && !interactive {
            EXIT_FINDINGS
        } else {
            EXIT_FINE
        });
    }
    let plain_colours = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let theme = Theme {
        colour: !plain_colours,
        ascii: face.ascii,
    };
    Ok(run_screen(room, first, theme)?.code())
}

/// Whether both ends are a terminal.
fn is_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// A seed that nobody chose. Randomness is the edge's business; afterwards it is part of the exercise.
fn drawn_seed() -> u64 {
    RandomState::new().hash_one("sandtable") % SEED_MAX
}
