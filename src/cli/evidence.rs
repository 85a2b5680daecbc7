//! Plays that show findings, as files.

use std::io::{self, Write};
use std::path::Path;

use super::Trouble;
use crate::check::prove::Evidence;
use crate::files::{self, Existing, Named};
use crate::scenario::read::SCENARIO_FILE;

/// Writes plays into a folder, which is created if necessary, and names the files.
pub(super) fn write_evidence(folder: &Path, plays: &[Evidence]) -> Result<(), Trouble> {
    if plays.is_empty() {
        return Ok(());
    }
    let failed = |path: &Path, error: &io::Error| {
        let headline = format!("cannot write {}: {error}", path.display());
        Trouble::new(headline, "Name a folder that you may write to.")
    };
    if folder.is_symlink() && files::parent(folder).join(SCENARIO_FILE).exists() {
        let headline = format!(
            "{} is a symbolic link in the folder of a scenario, and is not followed",
            folder.display()
        );
        return Err(Trouble::new(headline, "Name the folder that is meant."));
    }
    files::create_folder(folder, false).map_err(|error| failed(folder, &error))?;
    for play in plays {
        let path = folder.join(format!("{}.play", play.name));
        files::write(&path, Named::ByUs, Existing::Replace, play.text.as_bytes())
            .map_err(|error| failed(&path, &error))?;
        writeln!(io::stderr(), "written: {}", path.display())?;
    }
    Ok(())
}
