//! `sandtable explore`

use std::io::{self, Write};

use super::arguments::Explore;
use super::format::program_of;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, store};
use crate::library;
use crate::program::Setup;
use crate::search::Budget;

/// Explores a scenario whole.
pub fn explore(chosen: &Explore) -> Result<u8, Trouble> {
    if chosen.store {
        let budget = Budget {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            states_max: chosen.states_max,
        };
        return store::store(&chosen.scenario, budget);
    }
    let found = library::find(&chosen.scenario)?;
    let setup = Setup {
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
    };
    let Some(program) = program_of(&found, &setup)? else {
        return Ok(EXIT_FINDINGS);
    };
    if let Some(note) = store::note(&found, &program, &setup) {
        writeln!(io::stderr(), "{note}")?;
    }
    Ok(EXIT_FINE)
}
