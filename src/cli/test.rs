//! `sandtable test`

use std::io::Write;

use super::arguments::Test;
use super::{EXIT_FINDINGS, EXIT_FINE, Format, Trouble, output, write_findings};
use crate::finding::{Finding, Sources};
use crate::library::{self, PlayText};
use crate::scenario::read::Folder;
use crate::{play, words};

/// Runs plays; each is a line, and what it did not meet follows it.
pub fn test(chosen: &Test) -> Result<u8, Trouble> {
    let mut output = output();
    let (mut passed, mut failed) = (0_i64, 0_i64);
    for path in &chosen.paths {
        for found in library::find_all(path)? {
            for text in &found.plays {
                let met = run(&found.folder, text, chosen.format, &mut output)?;
                passed += i64::from(met);
                failed += i64::from(!met);
            }
        }
    }
    if passed + failed == 0 {
        return Err(Trouble::new(
            "there are no plays here",
            "Plays are `plays/*.play` beside a scenario.",
        ));
    }
    writeln!(
        output,
        "{}, {failed} failed",
        words::count(passed + failed, "play", "plays")
    )?;
    output.flush()?;
    Ok(if failed > 0 { EXIT_FINDINGS } else { EXIT_FINE })
}

/// Runs one play; whether it met everything.
fn run(
    folder: &Folder,
    text: &PlayText,
    format: Format,
    output: &mut impl Write,
) -> Result<bool, Trouble> {
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    let total = match library::load(folder, &play.setup()) {
        Err(rejected) => {
            writeln!(output, "FAIL {}: the scenario has mistakes", text.path)?;
            write_findings(&rejected.findings, &rejected.sources, format, output)?;
            return Ok(false);
        }
        Ok(loaded) => {
            let outcome = play::run(&loaded.program, &play);
            findings.extend(outcome.findings);
            outcome.total
        }
    };
    if findings.is_empty() {
        writeln!(
            output,
            "ok   {} ({})",
            text.path,
            words::count(total, "point", "points")
        )?;
        return Ok(true);
    }
    writeln!(output, "FAIL {}", text.path)?;
    let findings: Vec<Finding> = findings;
    write_findings(&findings, &sources, format, output)?;
    Ok(false)
}
