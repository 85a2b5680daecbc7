//! Why there is no journal, or why a line could not be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::{ENDING, JOURNAL_MAX_BYTES, VERSION};
use crate::words;

/// What is wrong with the bytes of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not start like a journal.
    Foreign,
    /// Not even the head is complete, so nobody has seen anything of it.
    HeadTorn,
    /// Its version is newer than this program.
    Newer(u64),
    /// It makes rolls in a way that this program does not know.
    Algorithm(String),
    /// The head lacks the scenario.
    NoText,
    /// A line is wrong.
    Broken {
        /// Its number, counted from 1.
        line: usize,
        /// What is wrong: a phrase in lower case.
        what: String,
    },
    /// It has more bytes or lines than are read.
    TooLarge,
}

/// What became of a journal while it was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalLoss {
    /// It has gone from its place.
    Removed,
    /// Another file stands in its place.
    Replaced,
    /// Its end is gone.
    Shortened,
    /// It says something else.
    Changed,
}

/// Why a journal cannot be used. Its text is a phrase without a full stop.
#[derive(Debug)]
pub enum JournalError {
    /// The disk failed.
    Io {
        /// What it was to do: `read`, `write`, `create`, `remove`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file exists already.
    Exists(PathBuf),
    /// Another process is writing it.
    Busy(PathBuf),
    /// It is a folder, a device or the like.
    NotRegular(PathBuf),
    /// Its bytes are wrong.
    Fault {
        /// The file.
        path: PathBuf,
        /// What is wrong with them.
        fault: Fault,
    },
    /// A file of the scenario is not text, so the head cannot hold it.
    NotText(String),
    /// The line or the journal would be too long to be read again.
    TooLong,
    /// It is a link in the folder of journals, where links are not followed.
    Link(PathBuf),
    /// Somebody did something to it while it was played, and it could not be written again.
    Lost {
        /// The file.
        path: PathBuf,
        /// What was done to it.
        loss: JournalLoss,
        /// Why it could not be written again.
        error: Box<JournalError>,
    },
    /// There is no exercise of this name.
    Unknown {
        /// What was asked for.
        name: String,
        /// The names that there are.
        names: Vec<String>,
    },
    /// The names of several exercises begin like this.
    Several {
        /// What was asked for.
        name: String,
        /// The names that begin with it.
        names: Vec<String>,
    },
    /// There is nothing to resume.
    NoneLeft,
    /// No exercise is being played.
    NoneInPlay,
    /// Several are being played.
    SeveralInPlay(Vec<String>),
}

/// The most names that a hint lists.
const NAMES_SHOWN: usize = 4;

impl JournalError {
    pub(super) fn io(doing: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io {
            doing,
            path: path.into(),
            error,
        }
    }

    pub(super) fn fault(path: &Path, fault: Fault) -> Self {
        Self::Fault {
            path: path.into(),
            fault,
        }
    }

    /// What to do, as whole sentences; may be empty.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Io { .. } | Self::TooLong => String::new(),
            Self::Exists(_) => {
                "Name another file, or continue that exercise: `sandtable resume FILE`.".into()
            }
            Self::Busy(_) => "Close it there first: an exercise is played in one place at a time.".into(),
            Self::NotRegular(_) => format!("The name of a journal ends in `{ENDING}`."),
            Self::Link(_) => {
                "Give the path of the journal itself, or of the link if you trust where it leads.".into()
            }
            Self::Lost { .. } => {
                "Every move so far is in memory, and is written to the next folder that you name.".into()
            }
            Self::Fault { fault, .. } => fault.hint(),
            Self::NotText(_) => {
                "Save it as UTF-8, or play without a journal: `--no-journal`.".into()
            }
            Self::Unknown { name, names } => {
                let near = words::did_you_mean(name, names.iter().map(String::as_str));
                match near {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "`sandtable exercises` lists them.".into(),
                }
            }
            Self::Several { names, .. } | Self::SeveralInPlay(names) => {
                let shown: Vec<String> = names
                    .iter()
                    .take(NAMES_SHOWN)
                    .map(|it| format!("`{it}`"))
                    .collect();
                let shown = words::choice(&shown);
                match self {
                    Self::SeveralInPlay(_) => format!("Name one: {shown}."),
                    _ => format!("Write more of the name, as in {shown}."),
                }
            }
            Self::NoneInPlay => {
                "`sandtable exercises` lists an exercise once somebody plays it. For a journal in another \
                 folder, give its path."
                    .into()
            }
            Self::NoneLeft => {
                "`sandtable play` starts one; `sandtable exercises` lists those that have ended."
                    .into()
            }
        }
    }
}

impl Fault {
    /// What to do, as whole sentences.
    fn hint(&self) -> String {
        match self {
            Self::Foreign => "Check the path; `sandtable exercises` lists the journals here.".into(),
            Self::HeadTorn => {
                "Nobody has seen anything of this exercise, so the file can be removed.".into()
            }
            Self::Newer(_) | Self::Algorithm(_) => {
                "Use the version of sandtable that wrote it, or a newer one.".into()
            }
            Self::NoText => {
                "The exercise cannot be shown without its scenario. Use a copy of the journal from before the change."
                    .into()
            }
            Self::Broken { .. } => {
                "The file was changed after it was written. Use an earlier copy, or remove the file."
                    .into()
            }
            Self::TooLarge => "No exercise writes that much. Check the path.".into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Foreign => write!(out, "is not a sandtable journal"),
            Self::HeadTorn => write!(out, "ends before its first line is complete"),
            Self::Newer(version) => write!(
                out,
                "is a journal of version {version}; this program reads version {VERSION}"
            ),
            Self::Algorithm(name) => write!(
                out,
                "makes rolls by `{}`, which this program does not know",
                words::one_line(name)
            ),
            Self::NoText => write!(out, "does not hold the text of its scenario"),
            Self::Broken { line, what } => {
                write!(out, "is damaged in line {line}: {}", words::one_line(what))
            }
            Self::TooLarge => write!(
                out,
                "is larger than a journal may be ({} MiB)",
                JOURNAL_MAX_BYTES >> 20
            ),
        }
    }
}

impl fmt::Display for JournalLoss {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::Removed => "was removed or moved",
            Self::Replaced => "was replaced by another file",
            Self::Shortened => "was cut short",
            Self::Changed => "was changed by something else",
        })
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Io { doing, path, error } => {
                write!(out, "cannot {doing} {}: {error}", shown(path))
            }
            Self::Exists(path) => write!(out, "{} already exists", shown(path)),
            Self::Busy(path) => write!(out, "another process is writing {}", shown(path)),
            Self::NotRegular(path) => write!(out, "{} is not a regular file", shown(path)),
            Self::Link(path) => write!(
                out,
                "{} is a symbolic link, and one in this folder is not followed",
                shown(path)
            ),
            Self::Lost { path, loss, error } => write!(
                out,
                "{} {loss} while it was played, and could not be written again: {error}",
                shown(path)
            ),
            Self::Fault { path, fault } => write!(out, "{} {fault}", shown(path)),
            Self::NotText(file) => {
                write!(
                    out,
                    "the scenario file {} is not UTF-8",
                    words::one_line(file)
                )
            }
            Self::TooLong => write!(out, "the journal has reached its largest size"),
            Self::Unknown { name, .. } => {
                write!(out, "there is no exercise `{}`", words::one_line(name))
            }
            Self::Several { name, names } => write!(
                out,
                "{} exercises begin with `{}`",
                names.len(),
                words::one_line(name)
            ),
            Self::NoneLeft => write!(out, "there is no unfinished exercise"),
            Self::NoneInPlay => write!(out, "no exercise is in play"),
            Self::SeveralInPlay(names) => write!(out, "{} exercises are in play", names.len()),
        }
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Lost { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// A path as it is shown.
pub(super) fn shown(path: &Path) -> String {
    words::one_line(&path.display().to_string()).into_owned()
}
