//! `sandtable new`

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::arguments::NewArgs;
use super::{EXIT_FINE, Trouble, output};
use crate::files::{self, Existing, Named};
use crate::library::{self, ScenarioFiles};
use crate::scenario::read::ID_MAX_CHARACTERS;
use crate::scenario::schema::{self, Document};

/// The scenario that is written out.
const STARTER: &str = "starter";

/// The folder of its schemas, which the first line of each file names for an editor.
const SCHEMAS: &str = "schema";

/// Writes the starter scenario into a new folder, under that folder's name.
pub fn new(chosen: &NewArgs) -> Result<u8, Trouble> {
    let folder = &chosen.folder;
    let id = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let is_plain = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '_'
    };
    let begins_plainly = id.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins_plainly || !id.chars().all(is_plain) || id.len() > ID_MAX_CHARACTERS {
        let hint = format!(
            "The folder's name becomes the scenario's id: a lower-case letter, then more of them, digits, `-` and `_`, \
             at most {ID_MAX_CHARACTERS} characters in all."
        );
        return Err(Trouble::new(
            format!("`{id}` cannot be the name of a scenario"),
            hint,
        ));
    }
    if folder.exists() {
        let what = format!("{} already exists", folder.display());
        return Err(Trouble::new(
            what,
            "Nothing was changed. Name a folder that does not exist.",
        ));
    }
    let found = library::find(STARTER)?;
    let wrong =
        |error: io::Error| Trouble::new(format!("cannot write {}: {error}", folder.display()), "");
    files::create_folder(files::parent(folder), false)
        .and_then(|()| fs::create_dir(folder))
        .map_err(wrong)?;
    fill(folder, id, &found).map_err(|error| {
        // It was made just now, and half a scenario is of no use.
        let _ = fs::remove_dir_all(folder);
        wrong(error)
    })?;
    let shown = folder.display();
    let mut output = output();
    writeln!(output, "Wrote {shown}. Next:")?;
    writeln!(output, "  sandtable check {shown}")?;
    writeln!(output, "  sandtable test {shown}")?;
    writeln!(output, "  sandtable play {shown}")?;
    Ok(EXIT_FINE)
}

/// Writes the scenario into its new folder.
fn fill(folder: &Path, id: &str, found: &ScenarioFiles) -> io::Result<()> {
    for (path, bytes) in &found.folder.files {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replacen(&format!("\nid: {STARTER} "), &format!("\nid: {id} "), 1);
        let text = text.replacen("$schema=../", &format!("$schema={SCHEMAS}/"), 1);
        write(&folder.join(path), &text)?;
    }
    for document in Document::ALL {
        let name = format!("{}.schema.json", document.name());
        write(&folder.join(SCHEMAS).join(name), &schema::json(document))?;
    }
    for play in &found.plays {
        let name = format!("{}.play", play.name);
        write(&folder.join("plays").join(name), &play.text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    files::create_folder(files::parent(path), false)?;
    files::write(path, Named::ByUs, Existing::Keep, text.as_bytes())
}
