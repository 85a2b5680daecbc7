//! A problem in a scenario or a play: what is wrong, where, and what to do about it.

mod build;
mod checked;
mod collect;
mod excerpt;
mod github;
mod json;
mod junit;
mod render;
mod sarif;
mod sources;

#[cfg(test)]
mod fixture;

pub use checked::Checked;
pub use collect::Findings;
pub use github::github;
pub use json::json;
pub use junit::{JunitCase, Suite, cases, junit};
pub use render::Colour;
pub use sarif::{Page, SarifInput, sarif};
pub use sources::LineColumn;

/// Which of the [`Sources`] a place lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// A range of bytes in one source file. `start == end` points between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The scenario cannot be run, or breaks a promise.
    Error,
    /// The scenario runs, but not as somebody expects.
    Warning,
}

/// A problem with its place. The headline is the one phrase shown if only one thing can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, as in `unknown-name`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One phrase: lower case, no full stop.
    pub headline: String,
    /// Where it is.
    pub place: Place,
    /// A few words beside the underlined place; may be empty.
    pub label: String,
    /// Another place that explains this one, with a label: "first defined here".
    pub related: Option<(Place, String)>,
    /// What to do, or why it matters, as whole sentences.
    pub hints: Vec<String>,
    /// The text that was probably meant at the place: *did you mean*.
    pub instead: Option<String>,
}

/// One source file, as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the reader of a finding should see it.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Where its lines begin, once that was asked.
    pub(crate) line_starts: std::sync::OnceLock<Vec<u32>>,
}

/// All files that findings point into.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// In order of reading; [`FileId`] is the index.
    pub files: Vec<Source>,
}
