//! The stored values of an exercise's scenario, where the library has some that fit.

use crate::journal::fingerprint;
use crate::library;
use crate::program::{Program, ProgramSetup};
use crate::scenario::read::Folder;
use crate::values::{self, Values, ValuesError};

/// Which exercises are played to look whether what is stored holds: the same every time.
pub const SEED: u64 = 20_220_804;

/// What is stored for a scenario with this text, played in this program's setup. None where nothing is stored; an error
/// where it is of another text, or broken.
#[must_use]
pub fn stored(folder: &Folder, program: &Program) -> Option<Result<Values, ValuesError>> {
    let script = &program.script;
    let cut = script.cut.map(|cut| &script.scenario.cuts[cut].id.value);
    let setup = ProgramSetup {
        variant: script.variant.clone(),
        cut: cut.cloned(),
    };
    // Where it lies on disk, if it does; else in the program.
    let on_disk = library::is_on_disk(&folder.path).then_some(folder.path.as_str());
    let found = library::find(on_disk.unwrap_or(&script.scenario.id.value));
    let bytes = found.ok()?.values?;
    Some(values::open(
        &bytes,
        &fingerprint(folder),
        program,
        &setup,
        SEED,
    ))
}
