//! `sandtable config`

use std::io::{self, Write};

use super::exercises::table;
use super::settings::{Decider, KEYS, SettingsFile, name, words_of};
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, output};
use crate::words;

/// Says where the settings are, what they are now, and what they may be.
pub fn config() -> Result<u8, Trouble> {
    let mut file = SettingsFile::read();
    let mut output = output();
    writeln!(output, "{}\n", place(&file))?;
    for line in table(&rows(&file)) {
        writeln!(output, "{line}")?;
    }
    output.flush()?;
    if let Some(trouble) = file.trouble.take() {
        return Err(trouble);
    }
    file.write_findings(&mut anstream::AutoStream::auto(io::stderr().lock()))?;
    Ok(if file.is_fine() {
        EXIT_FINE
    } else {
        EXIT_FINDINGS
    })
}

fn place(file: &SettingsFile) -> String {
    let Some(path) = &file.path else {
        return "There is no place for settings: neither XDG_CONFIG_HOME nor HOME is set."
            .to_owned();
    };
    let path = path.display().to_string();
    let path = words::one_line(&path);
    if file.is_there {
        format!("Settings: {path}")
    } else {
        format!("Settings: {path} (not there)")
    }
}

/// A row for each key, in the order of the keys.
fn rows(file: &SettingsFile) -> Vec<[String; 4]> {
    let no_color = std::env::var("NO_COLOR").ok();
    let (colours, colours_by) = file.colours(None, no_color.as_deref());
    let (wait, wait_by) = file.wait();
    let now = [(name(&colours), colours_by), (name(&wait), wait_by)];
    let heads = ["SETTING", "VALUE", "FROM", "MAY BE"];
    let mut rows = vec![heads.map(str::to_owned)];
    for (key, (value, by)) in KEYS.into_iter().zip(now) {
        let from = match by {
            Decider::Option => "option".to_owned(),
            Decider::NoColor => "NO_COLOR".to_owned(),
            Decider::Line(line) => format!("line {line}"),
            Decider::Default => "default".to_owned(),
        };
        rows.push([key.to_owned(), value, from, words_of(key).join(", ")]);
    }
    rows
}
