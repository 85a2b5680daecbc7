//! `sandtable new`

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::arguments::NewArgs;
use super::quote::quoted;
use super::{EXIT_FINE, Trouble, output};
use crate::files::{self, Existing, Named};
use crate::library::ScenarioFiles;
use crate::scenario::read::ID_MAX_CHARACTERS;
use crate::scenario::schema::{self, Document};
use crate::{library, words};

/// The scenario that is written out.
const STARTER: &str = "starter";

/// The folder of its schemas, which the first line of each file names for an editor.
const SCHEMAS: &str = "schema";

/// Writes the starter scenario into a folder, under that folder's name. The folder is new, or empty.
pub fn new(chosen: &NewArgs) -> Result<u8, Trouble> {
    let folder = &chosen.folder;
    let named = named(folder);
    let name = named.file_name().map(std::ffi::OsStr::to_string_lossy);
    let id = name.unwrap_or_else(|| folder.to_string_lossy());
    if !is_id(&id) {
        return Err(not_a_name(folder, &id));
    }
    if folder.symlink_metadata().is_ok() && !is_empty_folder(folder)? {
        let what = format!("{} already exists", folder.display());
        return Err(Trouble::new(
            what,
            "Nothing was changed. Name a folder that does not exist.",
        ));
    }
    let found = library::find(STARTER)?;
    let wrong =
        |error: io::Error| Trouble::new(format!("cannot write {}: {error}", folder.display()), "");
    let made = !folder.is_dir();
    if made {
        files::create_folder(files::parent(folder), false)
            .and_then(|()| fs::create_dir(folder))
            .map_err(wrong)?;
    }
    fill(folder, made, &files_of(&id, &found)).map_err(wrong)?;
    let shown = quoted(folder);
    let mut output = output();
    // The sentence would read `Wrote ..` for the current folder.
    let wrote = named.display().to_string();
    writeln!(output, "Wrote {}. Next:", words::one_line(&wrote))?;
    writeln!(output, "  sandtable check {shown}")?;
    writeln!(output, "  sandtable test {shown}")?;
    writeln!(output, "  sandtable play {shown}")?;
    Ok(EXIT_FINE)
}

/// The path whose last part is the folder's name: for `.`, the whole path of the current folder.
fn named(folder: &Path) -> PathBuf {
    let is_here = folder.components().all(|part| part == Component::CurDir);
    let here = std::env::current_dir().ok().filter(|_| is_here);
    here.unwrap_or_else(|| folder.to_owned())
}

fn is_id(name: &str) -> bool {
    let is_plain = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '_'
    };
    let begins_plainly = name.starts_with(|first: char| first.is_ascii_lowercase());
    begins_plainly && name.chars().all(is_plain) && name.len() <= ID_MAX_CHARACTERS
}

fn not_a_name(folder: &Path, id: &str) -> Trouble {
    let mut hint = format!(
        "The folder's name becomes the scenario's id: a lower-case letter, then more of them, digits, `-` and `_`, \
         at most {ID_MAX_CHARACTERS} characters in all."
    );
    if let Some(meant) = meant(id) {
        let meant = if named(folder) == folder {
            folder.with_file_name(meant)
        } else {
            meant.into()
        };
        hint = format!("{hint}\nTry `sandtable new {}`.", quoted(&meant));
    }
    Trouble::new(format!("`{id}` cannot be the name of a scenario"), hint)
}

/// The nearest name that a scenario can have.
fn meant(name: &str) -> Option<String> {
    let plain = |letter: char| {
        let letter = letter.to_ascii_lowercase();
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_' {
            letter
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(plain).collect();
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    let name = name.trim_start_matches(|first: char| !first.is_ascii_lowercase());
    let name: String = name.chars().take(ID_MAX_CHARACTERS).collect();
    is_id(&name).then_some(name)
}

/// Whether a path is a folder with nothing in it but what is hidden.
fn is_empty_folder(path: &Path) -> Result<bool, Trouble> {
    if !path.is_dir() {
        return Ok(false);
    }
    let cannot = |error: std::io::Error| {
        let what = format!("cannot read {}: {error}", path.display());
        Trouble::new(what, "Nothing was changed.")
    };
    for entry in fs::read_dir(path).map_err(cannot)? {
        let name = entry.map_err(cannot)?.file_name();
        if !name.to_string_lossy().starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The files of a new scenario: where each goes in its folder, and its text.
fn files_of(id: &str, found: &ScenarioFiles) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for (path, bytes) in &found.folder.files {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replacen(&format!("\nid: {STARTER} "), &format!("\nid: {id} "), 1);
        let text = text.replacen("$schema=../", &format!("$schema={SCHEMAS}/"), 1);
        files.push((path.into(), text));
    }
    for document in Document::ALL {
        let name = format!("{}.schema.json", document.name());
        files.push((Path::new(SCHEMAS).join(name), schema::json(document)));
    }
    for play in &found.plays {
        let name = format!("{}.play", play.name);
        files.push((Path::new("plays").join(name), play.text.clone()));
    }
    files
}

/// Writes the files into a folder. If that fails, what was written is removed again, and the folder too if it was `made` for
/// them: half a scenario is of no use.
fn fill(folder: &Path, made: bool, files: &[(PathBuf, String)]) -> io::Result<()> {
    for (at, (path, text)) in files.iter().enumerate() {
        if let Err(error) = write(&folder.join(path), text) {
            for (path, _) in &files[..at] {
                let _ = fs::remove_file(folder.join(path));
            }
            // Only an empty folder can be removed in this way.
            let inner = files.iter().map(|(path, _)| files::parent(path));
            for path in inner.filter(|path| *path != Path::new(".")) {
                let _ = fs::remove_dir(folder.join(path));
            }
            if made {
                let _ = fs::remove_dir(folder);
            }
            return Err(error);
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    files::create_folder(files::parent(path), false)?;
    files::write(path, Named::ByUs, Existing::Keep, text.as_bytes())
}
