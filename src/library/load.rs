//! From the files of a scenario to its program in one step.

use std::sync::Arc;

use crate::finding::{Finding, Findings, Sources};
use crate::library::{LibraryError, ScenarioFiles, find};
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::Scenario;
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

/// A scenario that was read, and is not compiled yet.
#[derive(Debug)]
pub struct ReadScenario {
    /// None if it has errors.
    pub scenario: Option<Arc<Scenario>>,
    findings: Findings,
    sources: Arc<Sources>,
}

/// A scenario of the library, found and read once, for whoever looks at it before it is compiled.
#[derive(Debug)]
pub struct OpenedScenario {
    /// The name or path that it was found by.
    pub name: String,
    /// Its files.
    pub files: ScenarioFiles,
    /// What they say.
    pub read: ReadScenario,
}

impl ReadScenario {
    /// Reads a scenario.
    #[must_use]
    pub fn new(folder: &Folder) -> Self {
        let (scenario, findings, sources) = read(folder);
        Self {
            scenario: scenario.map(Arc::new),
            findings,
            sources,
        }
    }

    /// Compiles it.
    pub fn compile(self, setup: &ProgramSetup) -> Result<Loaded, Box<Rejected>> {
        let mut findings = self.findings;
        let program = self.scenario.and_then(|scenario| {
            let (program, more) = compile(&scenario, setup);
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
                findings: explain_odd_characters(findings, &self.sources),
                sources: self.sources,
            })),
        }
    }
}

/// Finds and reads a scenario of the library, by its name or path.
pub fn open(name_or_path: &str) -> Result<OpenedScenario, LibraryError> {
    let files = find(name_or_path)?;
    Ok(OpenedScenario {
        name: name_or_path.to_owned(),
        read: ReadScenario::new(&files.folder),
        files,
    })
}

/// Reads and compiles a scenario.
pub fn load(folder: &Folder, setup: &ProgramSetup) -> Result<Loaded, Box<Rejected>> {
    ReadScenario::new(folder).compile(setup)
}
