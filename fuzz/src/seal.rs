//! Journals in text with hashes that fit, so that a changed line is read for what it says and not refused for its hash.

use std::collections::BTreeMap;

use sandtable::journal::fingerprint;
use sandtable::scenario::read::Folder;
use sha2::{Digest, Sha256};

const SEAL: &str = ",\"hash\":\"";

/// What stands before the first line.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The same lines, each with its number, the hash of the line before, the fingerprint of the files in it, and its own
/// hash. What else a line holds stays as it is, byte for byte.
pub fn sealed(text: &str) -> String {
    let mut whole = String::with_capacity(text.len() + 256);
    let mut prev = NOTHING.to_owned();
    for (seq, line) in text.lines().enumerate() {
        let content = line.rfind(SEAL).map_or(line, |at| &line[..at]);
        let mut content = with(content, "\"seq\":", &seq.to_string());
        content = with(&content, "\"prev\":", &format!("\"{prev}\""));
        if let Some(fingerprint) = fingerprint_of(&content) {
            content = with(&content, "\"fingerprint\":", &format!("\"{fingerprint}\""));
        }
        prev = hexadecimal(&Sha256::digest(&content));
        whole.extend([&content, SEAL, &prev, "\"}\n"]);
    }
    whole
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |it: u8| char::from_digit(u32::from(it), 16).expect("it is below 16");
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

/// The same content with another value behind a key; as it is where it has no such key.
fn with(content: &str, key: &str, value: &str) -> String {
    let Some(at) = content.find(key) else {
        return content.to_owned();
    };
    let (before, after) = content.split_at(at + key.len());
    let end = after.find([',', '}']).unwrap_or(after.len());
    [before, value, &after[end..]].concat()
}

fn fingerprint_of(content: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Files {
        files: BTreeMap<String, String>,
    }
    let read: Files = serde_json::from_str(&format!("{content}}}")).ok()?;
    let files = read.files.into_iter();
    Some(fingerprint(&Folder {
        files: files
            .map(|(path, text)| (path, text.into_bytes()))
            .collect(),
        ..Folder::default()
    }))
}
