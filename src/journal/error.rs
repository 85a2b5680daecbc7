//! Why there is no journal, or why a line could not be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::{ENDING, JOURNAL_MAX_BYTES, VERSION};
use crate::words;

/// What is wrong with the bytes of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not begin like a journal.
    Foreign,
    /// Not even the head is whole: nothing was ever shown of it.
    HeadTorn,
    /// Of a version that this program does not know.
    Newer(u64),
    /// Rolls are made in a way that this program does not know.
    Algorithm(String),
    /// The head does not hold the scenario.
    NoText,
    /// A line does not fit.
    Broken {
        /// Which, counted from 1.
        line: usize,
        /// In what way: a phrase in lower case.
        what: String,
    },
    /// More bytes or lines than are read.
    TooLarge,
}

/// Why a journal cannot be used. Its text is a phrase without a full stop.
#[derive(Debug)]
pub enum JournalError {
    /// The disk did not do it.
    Io {
        /// What was wanted of it: `read`, `write`, `make`, `remove`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Something lies there already.
    Exists(PathBuf),
    /// Another process writes it.
    Busy(PathBuf),
    /// A folder, a device or the like.
    NotRegular(PathBuf),
    /// Its bytes are wrong.
    Fault {
        /// The file.
        path: PathBuf,
        /// In what way.
        fault: Fault,
    },
    /// A file of the scenario is not text, so that the head cannot hold it.
    NotText(String),
    /// The line or the journal would be longer than what is read again.
    TooLong,
    /// No exercise of this name.
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        names: Vec<String>,
    },
    /// More than one exercise begins like this.
    Several {
        /// What was asked for.
        name: String,
        /// Those that begin with it.
        names: Vec<String>,
    },
    /// There is nothing to resume.
    NoneLeft,
    /// No process writes any.
    NoneInPlay,
    /// More than one is being written: which is meant?
    SeveralInPlay(Vec<String>),
}

/// More names than these are not listed in a hint.
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
                "Name another file; or go on with that one: `sandtable resume FILE`.".into()
            }
            Self::Busy(_) => "Close it there first. An exercise is played in one place.".into(),
            Self::NotRegular(_) => format!("A journal is a file that ends in `{ENDING}`."),
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
                "It is listed by `sandtable exercises` once somebody plays; one that lies elsewhere is \
                 named by its path."
                    .into()
            }
            Self::NoneLeft => {
                "`sandtable play` begins one; `sandtable exercises` lists those that have ended."
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
                "Nothing was shown of this exercise. The file can be removed.".into()
            }
            Self::Newer(_) | Self::Algorithm(_) => {
                "Use the version of sandtable that wrote it, or a newer one.".into()
            }
            Self::NoText => {
                "The exercise cannot be shown without its scenario. Use a copy of the journal from before it was changed."
                    .into()
            }
            Self::Broken { .. } => {
                "The file was changed after it was written. Use a copy from before, or remove the file."
                    .into()
            }
            Self::TooLarge => "No exercise writes so much. Check the path.".into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Foreign => write!(out, "is no journal of sandtable"),
            Self::HeadTorn => write!(out, "holds no whole head"),
            Self::Newer(version) => write!(
                out,
                "is a journal of version {version}; this program reads version {VERSION}"
            ),
            Self::Algorithm(name) => write!(
                out,
                "rolls by `{}`, which this program does not know",
                words::one_line(name)
            ),
            Self::NoText => write!(out, "does not hold the text of its scenario"),
            Self::Broken { line, what } => {
                write!(out, "is damaged in line {line}: {}", words::one_line(what))
            }
            Self::TooLarge => write!(
                out,
                "is longer than any journal ({} MiB)",
                JOURNAL_MAX_BYTES >> 20
            ),
        }
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Io { doing, path, error } => {
                write!(out, "cannot {doing} {}: {error}", shown(path))
            }
            Self::Exists(path) => write!(out, "{} is already there", shown(path)),
            Self::Busy(path) => write!(out, "another process is writing {}", shown(path)),
            Self::NotRegular(path) => write!(out, "{} is no regular file", shown(path)),
            Self::Fault { path, fault } => write!(out, "{} {fault}", shown(path)),
            Self::NotText(file) => {
                write!(
                    out,
                    "the scenario's file {} is not UTF-8",
                    words::one_line(file)
                )
            }
            Self::TooLong => write!(out, "the journal is as long as a journal may be"),
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
            _ => None,
        }
    }
}

fn shown(path: &Path) -> String {
    words::one_line(&path.display().to_string()).into_owned()
}
