//! `sandtable completions` and `sandtable man`: what a shell and its manual need to know of the command.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;

use super::arguments::{Arguments, CompletionsArgs};
use super::{EXIT_FINE, Trouble};

/// The name that is typed.
const NAME: &str = "sandtable";

/// Writes the completions of one shell.
pub fn completions(chosen: &CompletionsArgs) -> Result<u8, Trouble> {
    let mut script = Vec::new();
    clap_complete::generate(chosen.shell, &mut Arguments::command(), NAME, &mut script);
    write(&script)
}

/// Writes the page of the manual, in roff: the whole, and then each command with what it takes.
pub fn man() -> Result<u8, Trouble> {
    // One page names no others, so the commands are chapters of it and not references.
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let whole = Man::new(command.clone());
    let mut page = Vec::new();
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    for part in command.get_subcommands() {
        page.extend(chapter(part)?.bytes());
    }
    let mut end = Vec::new();
    whole.render_extra_section(&mut end)?;
    page.extend(retitled(&end, &[("EXTRA", ".SH \"EXIT STATUS\"")]).bytes());
    whole.render_version_section(&mut page)?;
    write(&page)
}

/// One command, as a chapter.
fn chapter(part: &clap::Command) -> io::Result<String> {
    let man = Man::new(part.clone());
    let mut sections = Vec::new();
    man.render_synopsis_section(&mut sections)?;
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let title = format!(".SH \"{NAME} {}\"", part.get_name()).to_uppercase();
    let headings = [
        ("SYNOPSIS", title.as_str()),
        ("DESCRIPTION", ".PP"),
        ("OPTIONS", ".PP"),
    ];
    Ok(retitled(&sections, &headings))
}

/// Roff with other headings in the places of some.
fn retitled(roff: &[u8], headings: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for line in String::from_utf8_lossy(roff).lines() {
        let is_this = |(name, _): &&(&str, &str)| line.strip_prefix(".SH ") == Some(name);
        let other = headings.iter().find(is_this);
        text.push_str(other.map_or(line, |(_, heading)| heading));
        text.push('\n');
    }
    text
}

fn write(bytes: &[u8]) -> Result<u8, Trouble> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()?;
    Ok(EXIT_FINE)
}
