//! `sandtable new`

use std::fs;
use std::io::Write;

use super::arguments::New;
use super::{EXIT_FINE, Trouble, output};
use crate::{check, library};

/// The scenario that is written out.
const STARTER: &str = "starter";

/// Writes the starter scenario into a new folder, under that folder's name.
pub fn new(chosen: &New) -> Result<u8, Trouble> {
    let folder = &chosen.folder;
    let id = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    if folder.exists() {
        let what = format!("{} is already there", folder.display());
        return Err(Trouble::new(
            what,
            "Nothing was changed. Name a folder that does not exist.",
        ));
    }
    let mut found = library::find(STARTER)?;
    for bytes in found.folder.files.values_mut() {
        let text = String::from_utf8_lossy(bytes);
        *bytes = text
            .replacen(&format!("\nid: {STARTER}\n"), &format!("\nid: {id}\n"), 1)
            .into_bytes();
    }
    // Reading says what may be a name, so it is asked before anything is written.
    let (findings, _) = check::check(&found.folder);
    if let Some(finding) = findings.first() {
        return Err(Trouble::new(
            format!("`{id}` is no name for a scenario: {}", finding.headline),
            "The folder's name becomes the scenario's. Use lower-case letters, digits and hyphens, a letter first.",
        ));
    }
    let wrong = |error: std::io::Error| {
        Trouble::new(
            format!("cannot write {}: {error}", folder.display()),
            "Name a folder where you may write.",
        )
    };
    for (path, bytes) in &found.folder.files {
        write(&folder.join(path), &String::from_utf8_lossy(bytes)).map_err(wrong)?;
    }
    for play in &found.plays {
        write(
            &folder.join("plays").join(format!("{}.play", play.name)),
            &play.text,
        )
        .map_err(wrong)?;
    }
    let shown = folder.display();
    let mut output = output();
    writeln!(output, "Wrote {shown}. Next:")?;
    writeln!(output, "  sandtable check {shown}")?;
    writeln!(output, "  sandtable test {shown}")?;
    writeln!(output, "  sandtable play {shown}")?;
    Ok(EXIT_FINE)
}

fn write(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}
