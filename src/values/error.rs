//! Why stored values cannot be used.

use std::fmt;

use super::{VALUES_MAX_BYTES, VERSION};

/// Why stored values cannot be used. Its text is a phrase without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValuesError {
    /// They do not begin like stored values.
    Foreign,
    /// Of a version that this program does not know.
    Version(u32),
    /// Of states packed in a way, or laid out in a way, that is not this program's.
    Packing,
    /// The bytes do not fit together.
    Broken(&'static str),
    /// More bytes than are read or written.
    TooLarge,
    /// Made of another text of the scenario.
    OtherText,
    /// Not made for this variant and cut.
    NoSetup,
    /// A state that can be reached is not among them.
    Missing,
    /// A state was solved again, and is worth something else.
    Wrong,
}

impl fmt::Display for ValuesError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Foreign => write!(out, "the file of stored values holds something else"),
            Self::Version(version) => {
                write!(out, "stored values have version {version}, not {VERSION}")
            }
            Self::Packing => write!(out, "stored values are of another version of the program"),
            Self::Broken(how) => write!(out, "stored values are broken: {how}"),
            Self::TooLarge => {
                let most = VALUES_MAX_BYTES >> 20;
                write!(out, "stored values take more than {most} MiB")
            }
            Self::OtherText => write!(out, "stored values are of another text of this scenario"),
            Self::NoSetup => write!(out, "nothing is stored for this variant and cut"),
            Self::Missing => write!(out, "stored values lack a state that can be reached"),
            Self::Wrong => write!(
                out,
                "stored values are wrong: a state was solved again and is worth something else"
            ),
        }
    }
}

impl std::error::Error for ValuesError {}

impl ValuesError {
    /// What to do, as a whole sentence, with the scenario as it was named on the command line; empty where nothing helps.
    #[must_use]
    pub fn hint(&self, scenario: &str) -> String {
        match self {
            Self::TooLarge => {
                "Too many states enter its phases: `sandtable explore` says what multiplies them."
                    .into()
            }
            _ => format!("Make them anew with `sandtable explore {scenario} --store`."),
        }
    }
}
