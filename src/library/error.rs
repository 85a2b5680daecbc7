//! Why there is no scenario.

use std::fmt;
use std::path::{Path, PathBuf};

use super::embedded;
use crate::words;

/// Why a scenario was not found or could not be read from disk. Its text is a phrase without a full stop.
#[derive(Debug)]
pub enum LibraryError {
    /// Neither a path nor the name of an embedded scenario.
    UnknownName(String),
    /// Nothing lies at the path.
    NoSuchPath(PathBuf),
    /// The folder holds no `scenario.yaml`.
    NoScenario(PathBuf),
    /// A file that is neither YAML nor a play.
    NotYaml(PathBuf),
    /// A play that does not lie in the folder `plays` of a scenario.
    StrayPlay(PathBuf),
    /// A link, a device or the like where a file belongs.
    NotRegular(PathBuf),
    /// A file with more bytes than are read.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How many are read.
        bytes_max: usize,
    },
    /// More files, or more bytes together, than are read.
    TooMuch(PathBuf),
    /// The disk did not give it.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
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
            Self::NotYaml(path) => write!(out, "{} is no scenario", shown(path)),
            Self::StrayPlay(path) => write!(out, "{} lies beside no scenario", shown(path)),
            Self::NotRegular(path) => write!(out, "{} is no regular file", shown(path)),
            Self::TooLarge { path, bytes_max } => {
                write!(
                    out,
                    "{} is larger than {} MiB",
                    shown(path),
                    bytes_max >> 20
                )
            }
            Self::TooMuch(path) => write!(out, "{} holds more than is read", shown(path)),
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
    /// What to do, as whole sentences; may be empty.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownName(name) => {
                let there = embedded();
                let quoted: Vec<String> = there.iter().map(|id| format!("`{id}`")).collect();
                let list = words::list(&quoted);
                let kept = format!("There is {list}; a path must exist.");
                match words::did_you_mean(name, there) {
                    Some(meant) => format!("Did you mean `{meant}`? {kept}"),
                    None => kept,
                }
            }
            Self::NoSuchPath(_) => "Check the path, or give the name of a scenario without a slash.".into(),
            Self::NoScenario(_) | Self::NotYaml(_) => {
                "A scenario is a folder that holds at least `scenario.yaml`, or one file that ends in `.yaml`.".into()
            }
            Self::StrayPlay(_) => "A play lies in the folder `plays` beside `scenario.yaml`.".into(),
            Self::NotRegular(_) => "Put the file itself there: links are not followed within a scenario.".into(),
            Self::TooLarge { .. } | Self::TooMuch(_) => {
                "A scenario is text for people: leave everything else out of its folder.".into()
            }
            Self::Unreadable { .. } => String::new(),
        }
    }
}

fn shown(path: &Path) -> String {
    words::one_line(&path.display().to_string()).into_owned()
}
