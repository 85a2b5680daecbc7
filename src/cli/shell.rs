//! `sandtable completions` and `sandtable man`.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;

use super::arguments::{CompletionsArgs, ProgramArgs};
use super::{EXIT_FINE, Trouble};

/// The name of the program.
const NAME: &str = "sandtable";

/// Writes the completion script of one shell.
pub fn completions(chosen: &CompletionsArgs) -> Result<u8, Trouble> {
    let mut script = Vec::new();
    clap_complete::generate(chosen.shell, &mut ProgramArgs::command(), NAME, &mut script);
    write(&script)
}

/// Writes the manual page in roff: the program first, then a chapter for each command.
pub fn man() -> Result<u8, Trouble> {
    // There is only one page, so the commands are its chapters instead of references.
    let mut command = ProgramArgs::command().disable_help_subcommand(true);
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

/// Roff with some of its headings replaced.
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
