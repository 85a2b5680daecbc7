//! The command line: arguments become calls, errors become exit codes. Results go to standard output, everything else to
//! standard error.

mod accept;
mod account;
mod arguments;
mod budget;
mod check;
mod config;
mod evidence;
mod exercises;
mod explain;
mod explore;
mod export;
mod folders;
mod format;
mod historical;
mod lsp;
mod new;
mod play;
mod progress;
mod quote;
mod schema;
mod settings;
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
use crate::local::PreparedConsole;
use crate::scenario::Scenario;
use crate::{scenario, words};
use arguments::{Command, ProgramArgs};
use format::{Format, write_findings};

/// Success.
pub const EXIT_FINE: u8 = 0;

/// Findings, a failed expectation, or a refused move.
pub const EXIT_FINDINGS: u8 = 1;

/// The command could not be carried out.
pub const EXIT_TROUBLE: u8 = 2;

/// Why a command could not be carried out.
#[derive(Debug)]
pub struct Trouble {
    /// What happened: a fragment in lower case, without a full stop.
    what: String,
    /// What to do about it, as a sentence; may be empty.
    hint: String,
    /// The reader of the output closed it, which is not a failure.
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

/// An error while writing results, or of the terminal.
impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self {
            is_closed_pipe: error.kind() == io::ErrorKind::BrokenPipe,
            ..Self::new(
                format!("cannot write the result: {error}"),
                "Check where standard output goes, and that the disk is not full.",
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
    let _console = PreparedConsole::prepare();
    let arguments = match ProgramArgs::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Nothing more can be done if this cannot be printed.
            let _ = error.print();
            let is_mistake = error.use_stderr();
            return ExitCode::from(if is_mistake { EXIT_TROUBLE } else { EXIT_FINE });
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
        Some(Command::Config) => config::config(),
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
    // If even this cannot be written, the exit code has to do.
    let _ = io::stderr().write_all(lines.as_bytes());
}

/// Reports a scenario that cannot be read, and returns why.
fn reported(error: LibraryError) -> String {
    let why = error.to_string();
    report(&error.into());
    why
}

/// Reports the files that are not scenarios. A shell that expands `scenarios/*` names other files too, so they are only
/// mentioned if there is a scenario among the paths. If there is none, each is an error, and these are returned.
fn pass_over(skipped: Vec<LibraryError>, among_scenarios: bool) -> io::Result<Vec<String>> {
    let mut troubles = Vec::new();
    for error in skipped {
        if among_scenarios {
            writeln!(io::stderr(), "skipped: {error}")?;
        } else {
            troubles.push(reported(error));
        }
    }
    Ok(troubles)
}

/// Refuses a variant or a cut that a scenario does not have, before anything is opened.
fn check_setup(
    found: &ScenarioFiles,
    variant: Option<&str>,
    cut: Option<&str>,
) -> Result<(), Trouble> {
    if variant.is_none() && cut.is_none() {
        return Ok(());
    }
    let (Some(scenario), _, _) = scenario::read::read(&found.folder) else {
        // A scenario with mistakes is reported when it is loaded.
        return Ok(());
    };
    check_setup_of(&scenario, variant, cut)
}

/// The same for a scenario that was read already.
fn check_setup_of(
    scenario: &Scenario,
    variant: Option<&str>,
    cut: Option<&str>,
) -> Result<(), Trouble> {
    let variants = scenario.variants.iter().map(|it| it.id.value.as_str());
    let cuts = scenario.cuts.iter().map(|it| it.id.value.as_str());
    check_name("variant", variant, variants.collect())?;
    check_name("cut", cut, cuts.collect())
}

/// Refuses roles that a scenario does not have.
fn check_roles(scenario: &Scenario, wanted: &[String]) -> Result<(), Trouble> {
    let roles: Vec<&str> = scenario
        .roles
        .iter()
        .map(|it| it.id.value.as_str())
        .collect();
    wanted
        .iter()
        .try_for_each(|id| check_name("role", Some(id), roles.clone()))
}

fn check_name(what: &str, wanted: Option<&str>, there: Vec<&str>) -> Result<(), Trouble> {
    let Some(wanted) = wanted.filter(|wanted| !there.contains(wanted)) else {
        return Ok(());
    };
    let quoted: Vec<String> = there.iter().map(|id| format!("`{id}`")).collect();
    let hint = match did_you_mean(wanted, there) {
        Some(meant) => meant,
        None if quoted.is_empty() => format!("It has none, so leave out `--{what}`."),
        None => format!("It has {}.", words::list(&quoted)),
    };
    Err(Trouble::new(
        format!("the scenario has no {what} `{wanted}`"),
        hint,
    ))
}

/// The name that was probably meant, as a hint.
fn did_you_mean<'a>(wanted: &str, there: impl IntoIterator<Item = &'a str>) -> Option<String> {
    words::did_you_mean(wanted, there).map(|meant| format!("Did you mean `{meant}`?"))
}

/// A path that is the same for every way to name a file. A path that is not on disk stays as it is.
fn canonical(path: &str) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// Standard output, with colours only if they are wanted.
fn output() -> Output<anstream::AutoStream<io::StdoutLock<'static>>> {
    Output {
        to: anstream::AutoStream::auto(io::stdout().lock()),
        is_closed: false,
    }
}

/// If the reader leaves, what is still written is dropped, so that the exit code says what was found all the same.
struct Output<W> {
    to: W,
    /// Whether the reader has left.
    is_closed: bool,
}

impl<W> Output<W> {
    fn unless_closed<T>(&mut self, done: io::Result<T>, dropped: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(dropped)
            }
            done => done,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.to.write(bytes);
        self.unless_closed(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.to.flush();
        self.unless_closed(done, ())
    }
}
