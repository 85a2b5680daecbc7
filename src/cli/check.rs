//! `sandtable check`

use std::io::Write;

use super::arguments::Check;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, output, write_findings};
use crate::library::{self, LibraryError};
use crate::{check, words};

/// Checks scenarios; every finding of all of them comes in one run.
pub fn check(chosen: &Check) -> Result<u8, Trouble> {
    let mut output = output();
    let (mut errors, mut count, mut scenarios) = (false, 0, 0);
    for path in &chosen.paths {
        let found = match library::find_all(path) {
            Err(error @ (LibraryError::TooLarge { .. } | LibraryError::TooMuch(_))) => {
                // A mistake of the scenario like any other, found before it is read.
                writeln!(
                    output,
                    "{}:1:1: error[too-large] {error}",
                    words::one_line(path)
                )?;
                writeln!(output, "  {}", error.hint())?;
                (errors, count, scenarios) = (true, count + 1, scenarios + 1);
                continue;
            }
            found => found?,
        };
        for found in found {
            let (findings, sources) = check::check(&found.folder);
            errors |= write_findings(&findings, &sources, chosen.format, &mut output)?;
            count += findings.len();
            scenarios += 1;
        }
    }
    let scenarios = words::count(scenarios, "scenario", "scenarios");
    let findings = words::count(count as i64, "finding", "findings");
    writeln!(std::io::stderr(), "{scenarios} checked, {findings}")?;
    output.flush()?;
    Ok(if errors { EXIT_FINDINGS } else { EXIT_FINE })
}
