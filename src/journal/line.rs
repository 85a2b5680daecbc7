//! One line: its content, and the hash that seals it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::journal::{EntryKind, RecordedRoll, RecordedSeat};
use crate::scenario::Minutes;

/// Separates a line's content from its hash.
const SEAL: &str = ",\"hash\":\"";

/// Ends a line, before the line feed.
const CLOSE: &str = "\"}";

/// The length of a hash in a line.
const HASH_DIGITS: usize = 64;

/// The `prev` of the head, which has no line before it.
pub(super) const NO_LINE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How every head starts, whatever its version.
pub(super) const HEAD_BEGINS: &str = "{\"journal\":";

/// The first line. Its keys are explained in the module's doc.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadLine {
    pub(super) journal: u64,
    pub(super) seq: u64,
    pub(super) prev: String,
    pub(super) program: String,
    pub(super) begun: String,
    pub(super) scenario: String,
    pub(super) fingerprint: String,
    pub(super) variant: Option<String>,
    pub(super) cut: Option<String>,
    pub(super) seed: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) team: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) seats: Vec<RecordedSeat>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) take_back: bool,
    pub(super) rolls: String,
    pub(super) minute: Minutes,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rolled: Vec<RecordedRoll>,
    #[serde(default)]
    pub(super) path: String,
    #[serde(default)]
    pub(super) single: bool,
    #[serde(default)]
    pub(super) files: BTreeMap<String, String>,
}

/// Any other line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NextLine {
    pub(super) seq: u64,
    pub(super) prev: String,
    pub(super) at: Timestamp,
    pub(super) minute: Minutes,
    pub(super) entry: EntryKind,
}

/// The line as it is written, including its line feed, and its hash.
pub(super) fn seal(content: &impl Serialize) -> (String, String) {
    let mut text = serde_json::to_string(content).expect("texts and numbers are always JSON");
    // The closing brace follows the hash.
    text.pop();
    let hash = hexadecimal(&Sha256::digest(&text));
    text.extend([SEAL, &hash, CLOSE, "\n"]);
    (text, hash)
}

/// The content of a line, without its last brace, and its hash; `None` if they do not match.
pub(super) fn unseal(line: &[u8]) -> Option<(&str, &str)> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix(CLOSE)?;
    let at = line.rfind(SEAL)?;
    let (content, rest) = line.split_at(at);
    let hash = &rest[SEAL.len()..];
    (hexadecimal(&Sha256::digest(content)) == hash).then_some((content, hash))
}

/// Whether more bytes follow a complete line where it should have ended. A text cannot look like a seal, because its
/// quotes are escaped.
pub(super) fn runs_on(bytes: &[u8]) -> bool {
    let seal = bytes
        .windows(SEAL.len())
        .position(|window| window == SEAL.as_bytes());
    let end = seal.map(|at| at + SEAL.len() + HASH_DIGITS + CLOSE.len());
    end.is_some_and(|end| end < bytes.len() && unseal(&bytes[..end]).is_some())
}

/// What a content says, or why it is not the JSON that belongs there.
pub(super) fn parse<T: DeserializeOwned>(content: &str) -> Result<T, String> {
    serde_json::from_str(&format!("{content}}}")).map_err(|error| error.to_string())
}

/// The version that a head names; `None` if it is not a JSON object with a version.
pub(super) fn version(head: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Version {
        journal: u64,
    }
    serde_json::from_str::<Version>(head)
        .ok()
        .map(|it| it.journal)
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a String takes any text");
    }
    text
}
