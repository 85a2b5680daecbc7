//! Errors of the library.

use std::fmt;
use std::path::{Path, PathBuf};

use super::embedded;
use crate::words;

/// Why a scenario was not found or could not be read from disk. `Display` gives a phrase without a full stop.
#[derive(Debug)]
pub enum LibraryError {
    /// Neither a path nor the name of an embedded scenario.
    UnknownName(String),
    /// Nothing exists at the path.
    NoSuchPath(PathBuf),
    /// The folder holds no `scenario.yaml`.
    NoScenario(PathBuf),
    /// The file is neither YAML nor a play.
    NotYaml(PathBuf),
    /// The play is not in the folder `plays` of a scenario.
    StrayPlay(PathBuf),
    /// A link, a device or the like stands where a file belongs.
    NotRegular(PathBuf),
    /// A scenario's file under a name that is not looked for.
    Misnamed {
        /// The file.
        path: PathBuf,
        /// What it must be called.
        right: &'static str,
    },
    /// A link that leads nowhere.
    LooseLink(PathBuf),
    /// A folder below too many others.
    TooDeep(PathBuf),
    /// A name that is not UTF-8.
    OddName(PathBuf),
    /// A file that is too large.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most bytes that a file may have.
        bytes_max: usize,
    },
    /// The folder holds more files, or more bytes together, than a scenario may have.
    TooMuch(PathBuf),
    /// The system could not read the file or folder.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why it could not be read.
        error: std::io::Error,
    },
}

impl fmt::Display for LibraryError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::UnknownName(name) => {
                write!(out, "there is no scenario `{}`", words::one_line(name))
            }
            Self::NoSuchPath(path) => write!(out, "there is nothing at {}", shown(path)),
            Self::NoScenario(path) => write!(out, "there is no `scenario.yaml` in {}", shown(path)),
            Self::NotYaml(path) => write!(out, "{} is not a scenario", shown(path)),
            Self::StrayPlay(path) => write!(out, "{} does not belong to a scenario", shown(path)),
            Self::NotRegular(path) => write!(out, "{} is not a regular file", shown(path)),
            Self::Misnamed { path, right } => {
                write!(
                    out,
                    "{} is not read: it must be called `{right}`",
                    shown(path)
                )
            }
            Self::LooseLink(path) => write!(out, "{} is a link that leads nowhere", shown(path)),
            Self::TooDeep(path) => write!(
                out,
                "{}, and what lies as deep, is not looked into",
                shown(path)
            ),
            Self::OddName(path) => write!(out, "the name of {} is not UTF-8", shown(path)),
            Self::TooLarge { path, bytes_max } => {
                let mebibytes = bytes_max >> 20;
                write!(out, "{} is larger than {mebibytes} MiB", shown(path))
            }
            Self::TooMuch(path) => write!(out, "{} holds more than a scenario may", shown(path)),
            Self::Unreadable { path, error } => write!(out, "cannot read {}: {error}", shown(path)),
        }
    }
}

impl std::error::Error for LibraryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl LibraryError {
    /// What to do about it, as whole sentences; may be empty.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownName(name) => {
                let there = embedded();
                let quoted: Vec<String> = there.iter().map(|id| format!("`{id}`")).collect();
                let list = words::list(&quoted);
                let all = format!("Built in are {list}; a path must exist.");
                match words::did_you_mean(name, there) {
                    Some(meant) => format!("Did you mean `{meant}`? {all}"),
                    None => all,
                }
            }
            Self::NoSuchPath(_) => "Check the path, or give the name of a built-in scenario, without a slash.".into(),
            Self::NoScenario(_) | Self::NotYaml(_) => {
                "A scenario is a folder that holds at least `scenario.yaml`, or one file that ends in `.yaml`.".into()
            }
            Self::StrayPlay(_) => "Plays belong in the folder `plays` beside `scenario.yaml`.".into(),
            Self::NotRegular(_) => "Put the file itself there: links inside a scenario are not followed.".into(),
            Self::TooLarge { .. } | Self::TooMuch(_) => {
                "A scenario is text for people: leave everything else out of its folder.".into()
            }
            Self::Misnamed { right, .. } => format!("Rename it to `{right}`."),
            Self::LooseLink(_) => "Put the folder itself there, or remove the link.".into(),
            Self::TooDeep(_) => "Name the folder itself.".into(),
            Self::OddName(_) => "Rename it.".into(),
            Self::Unreadable { .. } => String::new(),
        }
    }
}

fn shown(path: &Path) -> String {
    words::one_line(&path.display().to_string()).into_owned()
}
