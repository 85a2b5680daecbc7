//! The whole program: arguments and input in, exit code and every byte of both outputs out.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What one output must be.
#[derive(Clone, Copy)]
pub enum Text<'a> {
    /// Exactly this.
    Is(&'a str),
    /// Something that holds all of these, in this order; for what another library words.
    Holds(&'a [&'a str]),
}

/// One call of the program.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub arguments: &'a [&'a str],
    pub input: &'a str,
    pub code: i32,
    pub stdout: Text<'a>,
    pub stderr: Text<'a>,
}

/// A call that succeeds and says nothing.
pub const SILENT: Call = Call {
    arguments: &[],
    input: "",
    code: 0,
    stdout: Text::Is(""),
    stderr: Text::Is(""),
};

impl Call<'_> {
    /// Makes the call in a folder. The way in which it came out differently, if it did.
    pub fn differs(self, folder: &Path) -> Option<String> {
        let mut child = command(env!("CARGO_BIN_EXE_sandtable"), folder)
            .args(self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("it was asked for");
        // A program that needs no input may have closed it already.
        let _ = stdin.write_all(self.input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        let mut differs = String::new();
        if output.status.code() != Some(self.code) {
            let found = output.status.code();
            let _ = writeln!(differs, "exit code {found:?}, not {}", self.code);
        }
        for (name, wanted, bytes) in [
            ("stdout", self.stdout, output.stdout),
            ("stderr", self.stderr, output.stderr),
        ] {
            let text = String::from_utf8(bytes).expect("outputs are UTF-8");
            if !wanted.fits(&text) {
                let _ = writeln!(differs, "{name} is:\n{text}");
                if let Text::Is(wanted) = wanted {
                    let _ = writeln!(differs, "instead of:\n{wanted}");
                }
            }
        }
        (!differs.is_empty()).then(|| format!("sandtable {}\n{differs}", self.arguments.join(" ")))
    }

    /// Makes the call in a folder, and checks its result.
    pub fn run(self, folder: &Path) {
        if let Some(differs) = self.differs(folder) {
            panic!("{differs}");
        }
    }
}

impl Text<'_> {
    fn fits(self, text: &str) -> bool {
        match self {
            Self::Is(wanted) => wanted == text,
            Self::Holds(pieces) => {
                let mut rest = Some(text);
                for piece in pieces {
                    rest = rest
                        .and_then(|text| text.split_once(piece))
                        .map(|(_, rest)| rest);
                }
                rest.is_some()
            }
        }
    }
}

/// A command in a fixed environment, with the folder as its home.
pub fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("TERM", "dumb")
        .env("NO_COLOR", "1")
        .env("TZ", "Asia/Kathmandu")
        .env("LC_ALL", "C.UTF-8")
        .env("COLUMNS", "80");
    command
}

/// Standard output of a call that gives this exit code.
pub fn written(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = command(env!("CARGO_BIN_EXE_sandtable"), folder)
        .args(arguments)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    String::from_utf8(output.stdout).expect("outputs are UTF-8")
}

/// Arguments that play the starter scenario as plain lines, always with the same luck, and then these.
pub fn starter<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let play = ["play", "starter", "--plain", "--seed", "7"];
    play.iter().chain(more).copied().collect()
}

/// An empty folder that is gone after the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

#[test]
fn help_is_a_result() {
    let help = Call {
        arguments: &["--help"],
        stdout: Text::Holds(&[]),
        ..SILENT
    };
    help.run(folder().path());
}

#[test]
fn a_call_that_comes_out_differently_is_told() {
    let wrong = Call {
        arguments: &["--help"],
        code: 7,
        stdout: Text::Is("what it never says"),
        ..SILENT
    };
    let differs = wrong.differs(folder().path()).expect("it differs");
    assert!(differs.starts_with("sandtable --help\nexit code Some(0), not 7\nstdout is:\n"));
    assert!(!differs.contains("stderr"), "{differs}");
}

#[test]
fn pieces_must_come_in_order() {
    assert!(Text::Holds(&["a", "b"]).fits("xaxbx"));
    assert!(!Text::Holds(&["b", "a"]).fits("xaxbx"));
    assert!(!Text::Is("xa").fits("xaxbx"));
}
