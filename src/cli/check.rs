//! `sandtable check`

use std::io::Write;

use super::arguments::Check;
use super::{EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Trouble, output, report, write_findings};
use crate::library::{self, LibraryError};
use crate::{check, words};

/// Checks scenarios; every finding of all of them comes in one run, also where a path leads nowhere.
pub fn check(chosen: &Check) -> Result<u8, Trouble> {
    let mut output = output();
    let (mut errors, mut missing, mut count, mut scenarios) = (false, false, 0, 0);
    for path in &chosen.paths {
        let found = match library::find_all(path) {
            Ok(found) => found,
            Err(error @ (LibraryError::TooLarge { .. } | LibraryError::TooMuch(_))) => {
                // A mistake of the scenario like any other, found before it is read.
                let path = words::one_line(path);
                writeln!(output, "{path}:1:1: error[too-large] {error}")?;
                writeln!(output, "  {}", error.hint())?;
                (errors, count, scenarios) = (true, count + 1, scenarios + 1);
                continue;
            }
            Err(error) => {
                report(&error.into());
                missing = true;
                continue;
            }
        };
        for found in found {
            let plays: Vec<&str> = found.plays.iter().map(|play| play.name.as_str()).collect();
            // Where one play was named, the others were not looked for.
            let plays = Some(&plays[..]).filter(|_| {
                !std::path::Path::new(path)
                    .extension()
                    .is_some_and(|it| it == "play")
            });
            let (findings, sources) = check::check_with(&found.folder, plays);
            errors |= write_findings(&findings, &sources, chosen.format, &mut output)?;
            count += findings.len();
            scenarios += 1;
        }
    }
    output.flush()?;
    let scenarios = words::count(scenarios, "scenario", "scenarios");
    let findings = words::count(count as i64, "finding", "findings");
    writeln!(std::io::stderr(), "{scenarios} checked, {findings}")?;
    Ok(match (missing, errors) {
        (true, _) => EXIT_TROUBLE,
        (false, true) => EXIT_FINDINGS,
        (false, false) => EXIT_FINE,
    })
}
