//! Plays that show findings, as files.

use std::io::{self, Write};
use std::path::Path;

use super::Trouble;
use crate::check::prove::Evidence;

/// Writes plays into a folder, which is created if necessary, and names the files.
pub(super) fn write_evidence(folder: &Path, plays: &[Evidence]) -> Result<(), Trouble> {
    if plays.is_empty() {
        return Ok(());
    }
    let failed = |path: &Path, error: &io::Error| {
        let headline = format!("cannot write {}: {error}", path.display());
        Trouble::new(headline, "Name a folder that you may write to.")
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for play in plays {
        let path = folder.join(format!("{}.play", play.name));
        std::fs::write(&path, &play.text).map_err(|error| failed(&path, &error))?;
        writeln!(io::stderr(), "written: {}", path.display())?;
    }
    Ok(())
}
