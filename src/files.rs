//! Files: one way to write one, and one to open one that somebody else made.
//!
//! A file is written beside its place, under a name that nobody can guess, synced, and renamed; until then the old file is
//! whole. What already stands there decides what else happens:
//!
//! | what stands there | if the user named it | if the name is ours, in a scenario's or the program's own folder |
//! |---|---|---|
//! | a link | it is followed | refused |
//! | a device, a pipe | it is written to directly | refused |
//! | a file | replaced only where that was asked for; its mode, its access list and, where that is allowed, its owner are kept | the same |
//! | a folder | refused | refused |
//!
//! A file with several names (hard links) keeps its old text under the others. A file that may not be written is not
//! replaced either.

mod acl;
mod folder;
mod open;
mod output;
mod target;

#[cfg(test)]
mod tests;

pub use folder::{create_folder, is_unsupported, parent, sync_file, sync_folder};
pub use open::{is_same, open_private, open_regular};
pub use output::OutputFile;
pub use target::{Existing, Named};

use std::io::{self, Write as _};
use std::path::Path;

/// Writes a whole file. If that fails, what stood there stays as it was.
pub fn write(path: &Path, named: Named, existing: Existing, bytes: &[u8]) -> io::Result<()> {
    let mut file = OutputFile::begin(path, named, existing)?;
    file.write_all(bytes)?;
    file.finish()
}
