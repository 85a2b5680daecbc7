//! Stored values of the scenario of an exercise.

use crate::journal::fingerprint;
use crate::library;
use crate::program::{Program, ProgramSetup};
use crate::scenario::read::Folder;
use crate::values::{self, Values, ValuesError};

/// The seed of the exercises that are played to check what is stored: the same every time.
const SEED: u64 = 20_220_804;

/// What the library stores for a scenario with this text, in this program's setup. None if nothing is stored; an error if
/// it belongs to another text or is broken.
#[must_use]
pub fn stored_values(folder: &Folder, program: &Program) -> Option<Result<Values, ValuesError>> {
    let script = &program.script;
    let cut = script.cut.map(|cut| &script.scenario.cuts[cut].id.value);
    let setup = ProgramSetup {
        variant: script.variant.clone(),
        cut: cut.cloned(),
    };
    let on_disk = library::is_on_disk(&folder.path).then_some(folder.path.as_str());
    let found = library::find(on_disk.unwrap_or(&script.scenario.id.value));
    let bytes = found.ok()?.values?;
    Some(values::open(
        &bytes,
        &fingerprint(&folder.with_line_feeds()),
        program,
        &setup,
        SEED,
    ))
}
