//! Replaces a file with a new version of it.

use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::path::Path;

use super::Trouble;
use crate::files::{self, Existing, Named};

/// Replaces the text of a file in one step. Refuses if the file no longer holds the text that was read.
pub(super) fn replace(path: &str, before: &str, after: &str) -> Result<(), Trouble> {
    let path = Path::new(path);
    let cannot = |error: io::Error| {
        Trouble::new(
            format!("cannot write {}: {error}", path.display()),
            "The file was not changed.",
        )
    };
    if read(path, before.len()).map_err(cannot)? != before.as_bytes() {
        return Err(Trouble::new(
            format!(
                "{} has changed since it was run, or is not UTF-8",
                path.display()
            ),
            "The file was not changed. Run the command again.",
        ));
    }
    files::write(path, Named::ByUs, Existing::Replace, after.as_bytes()).map_err(cannot)
}

/// The bytes of a file that had so many, and one more if there are more now.
fn read(path: &Path, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(file) = files::open_regular(path, OpenOptions::new().read(true))? {
        file.take(length as u64 + 1).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
