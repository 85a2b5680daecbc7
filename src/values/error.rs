//! Why stored values cannot be used.

use std::fmt;

use super::{VALUES_MAX_BYTES, VERSION};

/// Why stored values cannot be used. Its text is a phrase without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValuesError {
    /// They do not begin as stored values do.
    Foreign,
    /// They have a version that this program does not know.
    Version(u32),
    /// This program packs or lays out states differently.
    Packing,
    /// Their bytes do not fit together.
    Broken(&'static str),
    /// They have more bytes than may be read or written.
    TooLarge,
    /// They were made from another text of the scenario.
    OtherText,
    /// They were not made for this variant and cut.
    NoSetup,
    /// A state that can be reached is not among them.
    Missing,
    /// A state was solved again, and is worth something else.
    Wrong,
}

impl fmt::Display for ValuesError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Foreign => write!(out, "the file does not hold stored values"),
            Self::Version(version) => {
                write!(out, "stored values have version {version}, not {VERSION}")
            }
            Self::Packing => write!(
                out,
                "the stored values come from another version of the program"
            ),
            Self::Broken(how) => write!(out, "stored values are broken: {how}"),
            Self::TooLarge => {
                let most = VALUES_MAX_BYTES >> 20;
                write!(out, "stored values take more than {most} MiB")
            }
            Self::OtherText => write!(
                out,
                "the stored values come from another text of this scenario"
            ),
            Self::NoSetup => write!(out, "no values are stored for this variant and cut"),
            Self::Missing => write!(
                out,
                "a state that can be reached is not among the stored values"
            ),
            Self::Wrong => write!(
                out,
                "stored values are wrong: a state was solved again and is worth something else"
            ),
        }
    }
}

impl std::error::Error for ValuesError {}

impl ValuesError {
    /// What to do, as a whole sentence. `scenario` is what the command line calls it.
    #[must_use]
    pub fn hint(&self, scenario: &str) -> String {
        match self {
            Self::TooLarge => {
                "Too many states enter its phases: `sandtable explore` says what multiplies them."
                    .into()
            }
            _ => format!("Make them again with `sandtable explore {scenario} --store`."),
        }
    }
}
