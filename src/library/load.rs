//! From the files of a scenario to its program in one step.

use std::sync::Arc;

use crate::finding::{Finding, Findings, Sources};
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{Folder, explain_odd_characters, read};

/// A program, and the warnings about its scenario.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The program. Its scenario holds the sources that the warnings point into.
    pub program: Arc<Program>,
    /// In the order of files and places.
    pub warnings: Vec<Finding>,
}

/// A scenario with errors.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Errors and warnings, in the order of files and places.
    pub findings: Vec<Finding>,
    /// What they point into.
    pub sources: Arc<Sources>,
}

/// Reads and compiles a scenario.
pub fn load(folder: &Folder, setup: &ProgramSetup) -> Result<Loaded, Box<Rejected>> {
    let (scenario, mut findings, sources) = read(folder);
    let program = scenario.and_then(|scenario| {
        let (program, more) = compile(&Arc::new(scenario), setup);
        findings.extend(more);
        program
    });
    let findings: Vec<Finding> = Findings::into_sorted(findings);
    match program {
        Some(program) => Ok(Loaded {
            program: Arc::new(program),
            warnings: findings,
        }),
        None => Err(Box::new(Rejected {
            findings: explain_odd_characters(findings, &sources),
            sources,
        })),
    }
}
