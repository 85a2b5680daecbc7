//! `sandtable test`

use std::io::Write;

use super::arguments::Test;
use super::{
    EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Format, Trouble, output, report, write_findings,
};
use crate::finding::Sources;
use crate::library::{self, PlayText};
use crate::scenario::read::Folder;
use crate::{play, words};

/// Runs plays; each is a line, and what it did not meet follows it.
pub fn test(chosen: &Test) -> Result<u8, Trouble> {
    let mut output = output();
    let (mut passed, mut failed, mut missing) = (0_i64, 0_i64, false);
    for path in &chosen.paths {
        let found = library::find_all(path).unwrap_or_else(|error| {
            report(&error.into());
            missing = true;
            Vec::new()
        });
        for found in found {
            for text in &found.plays {
                let met = run(&found.folder, text, chosen.format, &mut output)?;
                passed += i64::from(met);
                failed += i64::from(!met);
            }
        }
    }
    if passed + failed == 0 {
        if missing {
            return Ok(EXIT_TROUBLE);
        }
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
    Ok(match (missing, failed) {
        (true, _) => EXIT_TROUBLE,
        (false, 0) => EXIT_FINE,
        (false, _) => EXIT_FINDINGS,
    })
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
    // The setup is looked at first: what is wrong with it lies in the play, not in the scenario.
    if let (Some(scenario), _, _) = crate::scenario::read::read(folder) {
        findings.extend(play.unknown_setup(&scenario));
    }
    let mut total = 0;
    if findings.is_empty() {
        match library::load(folder, &play.setup()) {
            Err(rejected) => {
                writeln!(output, "FAIL {}: the scenario has mistakes", text.path)?;
                write_findings(&rejected.findings, &rejected.sources, format, output)?;
                return Ok(false);
            }
            Ok(loaded) => {
                let outcome = play::run(&loaded.program, &play);
                (findings, total) = (outcome.findings, outcome.total);
            }
        }
    }
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
    write_findings(&findings, &sources, format, output)?;
    Ok(false)
}
