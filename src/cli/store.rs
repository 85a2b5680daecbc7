//! `sandtable explore SCENARIO --store`

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::format::program_of;
use super::progress::Bar;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, output};
use crate::journal::fingerprint;
use crate::library::{self, ScenarioFiles, VALUES_FILE};
use crate::local::stored;
use crate::program::{Program, ProgramSetup};
use crate::scenario::read::read;
use crate::search::{Budget, Solver};
use crate::values::{self, Values, ValuesError};
use crate::words;

/// Solves a scenario in every setup, each within the budget, and stores what was found in its folder.
pub(super) fn store(scenario: &str, budget: Budget) -> Result<u8, Trouble> {
    let found = library::find(scenario)?;
    if !library::is_on_disk(scenario) {
        return Err(Trouble::new(
            format!("`{scenario}` is in the program, not on disk"),
            "Name the folder of a scenario: what is stored lies in it.",
        ));
    }
    if found.folder.single {
        return Err(Trouble::new(
            format!("{} is no folder", found.folder.path),
            "Put the file into a folder of its own, as `scenario.yaml`: what is stored lies beside it.",
        ));
    }
    let bar = Bar::new()?;
    let mut setups = Vec::new();
    for setup in setups_of(&found) {
        let Some(program) = program_of(&found, &setup)? else {
            return Ok(EXIT_FINDINGS);
        };
        let mut solver = Solver::new(&program, None);
        solver.startex(budget, &mut |now| bar.phases(&program, now, budget));
        let solved = values::solved(&solver, &setup, budget.threads);
        bar.clear();
        if bar.stopped() {
            let hint = "What was stored before is as it was.";
            return Err(Trouble::new("it was stopped, so nothing was stored", hint));
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
            "`--memory` and `--states-max` allow more states.",
        ));
    }
    let bytes = values::write(&fingerprint(&found.folder), &setups)
        .map_err(|error| unstored(&error, scenario))?;
    let path = Path::new(&found.folder.path).join(VALUES_FILE);
    put(&path, &bytes).map_err(|error| {
        let hint = "What was stored before is as it was. Check that the folder may be written.";
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
    // What is wrong with the scenario is told where it is compiled.
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

/// Puts a file in the place of another, whole or not at all.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

fn unstored(error: &ValuesError, scenario: &str) -> Trouble {
    Trouble::new(error.to_string(), error.hint(scenario))
}

/// What to say of the stored values of a scenario, where there are some and they cannot be used.
pub(super) fn note(found: &ScenarioFiles, program: &Program) -> Option<String> {
    let error = stored(&found.folder, program)?.err()?;
    let hint = error.hint(&found.folder.path);
    Some(format!("note: {error}. {hint}"))
}
