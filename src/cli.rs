//! The command: arguments to calls, errors to exit codes. Results go to standard output, everything else to
//! standard error.

mod accept;
mod account;
mod arguments;
mod budget;
mod check;
mod evidence;
mod exercises;
mod explain;
mod explore;
mod export;
mod format;
mod historical;
mod lsp;
mod new;
mod play;
mod progress;
mod schema;
mod shell;
mod store;
mod test;
mod watch;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::library::{LibraryError, ScenarioFiles};
use crate::{scenario, words};
use arguments::{Arguments, Command};
use format::{Format, write_findings};

/// Fine.
pub const EXIT_FINE: u8 = 0;

/// Findings, or an expectation that was not met, or a move that was refused.
pub const EXIT_FINDINGS: u8 = 1;

/// The command could not be carried out.
pub const EXIT_TROUBLE: u8 = 2;

/// Why a command could not be carried out.
#[derive(Debug)]
pub struct Trouble {
    /// What happened: a fragment in lower case, without a full stop; empty where there is nobody to be told.
    what: String,
    /// What to do, as a sentence; may be empty.
    hint: String,
    /// Whoever read the output has seen enough: nothing went wrong.
    is_closed_pipe: bool,
}

impl Trouble {
    fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: hint.into(),
            is_closed_pipe: false,
        }
    }
}

/// Of writing results, or of the terminal.
impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self {
            is_closed_pipe: error.kind() == io::ErrorKind::BrokenPipe,
            ..Self::new(
                format!("cannot write the result: {error}"),
                "Check where standard output goes, and that there is room.",
            )
        }
    }
}

impl From<crate::journal::JournalError> for Trouble {
    fn from(error: crate::journal::JournalError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

impl From<crate::library::LibraryError> for Trouble {
    fn from(error: crate::library::LibraryError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are results; a mistake is not. Neither may fail louder than this.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() {
                EXIT_TROUBLE
            } else {
                EXIT_FINE
            });
        }
    };
    let code = match arguments.command {
        None => play::start_screen(),
        Some(Command::Play(chosen)) => play::play(&chosen),
        Some(Command::Resume(chosen)) => play::resume(&chosen),
        Some(Command::Exercises(chosen)) => exercises::exercises(&chosen),
        Some(Command::Replay(chosen)) => play::replay(&chosen),
        Some(Command::Follow(chosen)) => play::follow(&chosen),
        Some(Command::History(chosen)) => play::history(&chosen),
        Some(Command::Check(chosen)) => check::check(&chosen),
        Some(Command::Test(chosen)) => test::test(&chosen),
        Some(Command::Explain(chosen)) => explain::explain(&chosen),
        Some(Command::Account(chosen)) => account::account(&chosen),
        Some(Command::Explore(chosen)) => explore::explore(&chosen),
        Some(Command::Export(chosen)) => export::export(&chosen),
        Some(Command::New(chosen)) => new::new(&chosen),
        Some(Command::Schema(chosen)) => schema::schema(&chosen),
        Some(Command::Lsp(_)) => lsp::lsp(),
        Some(Command::Completions(chosen)) => shell::completions(&chosen),
        Some(Command::Man) => shell::man(),
    };
    ExitCode::from(code.unwrap_or_else(|trouble| {
        if trouble.is_closed_pipe {
            return EXIT_FINE;
        }
        report(&trouble);
        EXIT_TROUBLE
    }))
}

fn report(trouble: &Trouble) {
    let (what, hint) = (words::visible(&trouble.what), words::visible(&trouble.hint));
    let lines = if hint.is_empty() {
        format!("error: {what}\n")
    } else {
        format!("error: {what}\nhint: {hint}\n")
    };
    // Where even this cannot be written, the exit code has to do.
    let _ = io::stderr().write_all(lines.as_bytes());
}

/// Says which files are no scenarios. A shell that fills in `scenarios/*` names what lies beside them too, so they are
/// passed over where there is a scenario among the paths; where there is none, somebody meant them, and each is trouble
/// that was reported.
fn pass_over(skipped: Vec<LibraryError>, among_scenarios: bool) -> io::Result<Vec<String>> {
    let mut troubles = Vec::new();
    for error in skipped {
        if among_scenarios {
            writeln!(io::stderr(), "skipped: {error}")?;
        } else {
            troubles.push(error.to_string());
            report(&error.into());
        }
    }
    Ok(troubles)
}

/// Refuses a variant or a cut that a scenario does not have, before anything is opened.
fn known(found: &ScenarioFiles, variant: Option<&str>, cut: Option<&str>) -> Result<(), Trouble> {
    let (Some(scenario), _, _) = scenario::read::read(&found.folder) else {
        // What is wrong with the scenario itself is told where it is loaded.
        return Ok(());
    };
    let variants = scenario.variants.iter().map(|it| it.id.value.as_str());
    let cuts = scenario.cuts.iter().map(|it| it.id.value.as_str());
    one_of("variant", variant, variants.collect())?;
    one_of("cut", cut, cuts.collect())
}

/// Whether a scenario has these roles.
fn known_roles(folder: &scenario::read::Folder, wanted: &[String]) -> Result<(), Trouble> {
    let (Some(scenario), _, _) = scenario::read::read(folder) else {
        return Ok(());
    };
    let roles: Vec<&str> = scenario
        .roles
        .iter()
        .map(|it| it.id.value.as_str())
        .collect();
    wanted
        .iter()
        .try_for_each(|id| one_of("role", Some(id), roles.clone()))
}

fn one_of(what: &str, wanted: Option<&str>, there: Vec<&str>) -> Result<(), Trouble> {
    let Some(wanted) = wanted.filter(|wanted| !there.contains(wanted)) else {
        return Ok(());
    };
    let quoted: Vec<String> = there.iter().map(|id| format!("`{id}`")).collect();
    let hint = match words::did_you_mean(wanted, there) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None if quoted.is_empty() => format!("It is played without `--{what}`."),
        None => format!("There is {}.", words::list(&quoted)),
    };
    Err(Trouble::new(
        format!("the scenario has no {what} `{wanted}`"),
        hint,
    ))
}

/// A path by which the same file is known as the same, however it was named; what is not on disk stays as it is.
fn in_full(path: &str) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// Standard output: colours only where they are wanted.
fn output() -> anstream::AutoStream<io::StdoutLock<'static>> {
    anstream::AutoStream::auto(io::stdout().lock())
}
