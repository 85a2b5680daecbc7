//! `sandtable explore SCENARIO --store`

use std::io::{self, Write};
use std::path::Path;

use super::format::load_program;
use super::progress::Bar;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, output};
use crate::files::{self, Existing, Named};
use crate::journal::fingerprint;
use crate::library::{self, ScenarioFiles, VALUES_FILE};
use crate::program::{Program, ProgramSetup};
use crate::room::stored_values;
use crate::scenario::read::read;
use crate::search::{Budget, Solver};
use crate::values::{self, Values};
use crate::words;

/// Solves a scenario in every setup, each within the budget, and stores the values in its folder.
pub(super) fn store(scenario: &str, budget: Budget) -> Result<u8, Trouble> {
    let found = library::find(scenario)?;
    if !library::is_on_disk(scenario) {
        return Err(Trouble::new(
            format!("`{scenario}` is built in, not on disk"),
            "Name the folder of a scenario: the values are stored in it.",
        ));
    }
    if found.folder.single {
        return Err(Trouble::new(
            format!("{} is not a folder", found.folder.path),
            "Put the file into a folder of its own as `scenario.yaml`: the values are stored beside it.",
        ));
    }
    let bar = Bar::new()?;
    let mut setups = Vec::new();
    for setup in setups_of(&found) {
        let Some(program) = load_program(&found, &setup)? else {
            return Ok(EXIT_FINDINGS);
        };
        let mut solver = Solver::new(&program, None);
        let mut tell = |now| bar.phases(&program, now, budget);
        solver.startex(budget, &mut tell);
        let solved = values::solved(&solver, &setup, budget, &mut tell);
        bar.clear();
        if bar.stopped() {
            let hint = "The values stored before are unchanged.";
            return Err(Trouble::new(
                "the search was stopped, so nothing was stored",
                hint,
            ));
        }
        match solved {
            Some(values) => setups.push(values),
            None => writeln!(
                io::stderr(),
                "note: {} has more than {}, and is left out",
                named(&setup),
                words::count(budget.states_max as i64, "state", "states")
            )?,
        }
    }
    if setups.is_empty() {
        return Err(Trouble::new(
            "nothing could be solved, so nothing was stored",
            "Allow more states with `--memory` or `--states-max`.",
        ));
    }
    let bytes = values::write(&fingerprint(&found.folder.with_line_feeds()), &setups)
        .map_err(|error| Trouble::new(error.to_string(), error.hint(scenario)))?;
    let path = Path::new(&found.folder.path).join(VALUES_FILE);
    let stored = files::write(&path, Named::ByUs, Existing::Replace, &bytes);
    stored.map_err(|error| {
        let hint =
            "The values stored before are unchanged. Check that you may write to the folder.";
        Trouble::new(format!("cannot write {}: {error}", path.display()), hint)
    })?;
    let states = setups.iter().map(Values::len).sum::<usize>();
    writeln!(
        output(),
        "wrote {}: {} of {}, {} bytes",
        path.display(),
        words::count(states as i64, "state", "states"),
        words::count(setups.len() as i64, "setup", "setups"),
        words::number(bytes.len() as i64)
    )?;
    Ok(EXIT_FINE)
}

/// The scenario as it is, each of its variants, and each of its cuts.
fn setups_of(found: &ScenarioFiles) -> Vec<ProgramSetup> {
    let mut setups = vec![ProgramSetup::default()];
    // A scenario with mistakes is reported when it is compiled.
    let Some(scenario) = read(&found.folder).0 else {
        return setups;
    };
    setups.extend(scenario.variants.iter().map(|it| ProgramSetup {
        variant: Some(it.id.value.clone()),
        cut: None,
    }));
    setups.extend(scenario.cuts.iter().map(|it| ProgramSetup {
        variant: None,
        cut: Some(it.id.value.clone()),
    }));
    setups
}

fn named(setup: &ProgramSetup) -> String {
    match (&setup.variant, &setup.cut) {
        (Some(variant), _) => format!("the variant `{variant}`"),
        (None, Some(cut)) => format!("the cut `{cut}`"),
        (None, None) => "the scenario".to_owned(),
    }
}

/// A note for stored values that cannot be used.
pub(super) fn values_note(found: &ScenarioFiles, program: &Program) -> Option<String> {
    let error = stored_values(&found.folder, program)?.err()?;
    let hint = error.hint(&found.folder.path);
    Some(format!("note: {error}. {hint}"))
}
