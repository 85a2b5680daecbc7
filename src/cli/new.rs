//! `sandtable new`

use std::fs;
use std::io::Write;

use super::arguments::NewArgs;
use super::{EXIT_FINE, Trouble, output};
use crate::library;
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
    let wrong = |error: std::io::Error| {
        Trouble::new(format!("cannot write {}: {error}", folder.display()), "")
    };
    for (path, bytes) in &found.folder.files {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replacen(&format!("\nid: {STARTER} "), &format!("\nid: {id} "), 1);
        let text = text.replacen("$schema=../", &format!("$schema={SCHEMAS}/"), 1);
        write(&folder.join(path), &text).map_err(wrong)?;
    }
    for document in Document::ALL {
        let name = format!("{}.schema.json", document.name());
        write(&folder.join(SCHEMAS).join(name), &schema::json(document)).map_err(wrong)?;
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
