use std::collections::BTreeMap;

use sandtable::check;
use sandtable::library;
use sandtable::program::ProgramSetup;
use sandtable::scenario::read::outline::outline;
use sandtable::scenario::read::{Folder, PHASES_FOLDER, RECORD_FILE, SCENARIO_FILE};
use sandtable::scenario::schema::Document;

use super::files;
use super::hold;

/// A scenario with a phase in a file of its own.
const AROUND: &str = include_str!("around.yaml");

const PHASE: &str = include_str!("one.yaml");

const PHASE_FILE: &str = "phases/one.yaml";

/// Reads an input: as the files that it names, or as each file that a scenario may have.
pub fn run(bytes: &[u8]) {
    if let Some(folder) = files::folder(bytes) {
        checked(&folder);
        return;
    }
    checked(&Folder::single("it.yaml", bytes.to_vec()));
    for path in [RECORD_FILE, PHASE_FILE] {
        let files = [
            (SCENARIO_FILE, AROUND.as_bytes()),
            (PHASE_FILE, PHASE.as_bytes()),
            (path, bytes),
        ];
        let files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        checked(&Folder {
            path: "it".to_owned(),
            files: BTreeMap::from(files),
            single: false,
        });
    }
}

/// Findings that can be shown, or a program; the same whoever asks.
pub fn checked(folder: &Folder) {
    let (found, sources) = check::check(folder);
    hold::findings(&found, &sources);
    match library::load(folder, &ProgramSetup::default()) {
        Ok(loaded) => {
            assert!(
                !loaded.warnings.iter().any(is_error),
                "{:?}",
                loaded.warnings
            );
        }
        Err(rejected) => {
            hold::findings(&rejected.findings, &rejected.sources);
            assert!(rejected.findings.iter().any(is_error), "no reason why not");
            assert!(
                found.iter().any(is_error),
                "`check` finds nothing of {:?}",
                rejected.findings
            );
        }
    }
    for (path, bytes) in &folder.files {
        let document = match path.as_str() {
            RECORD_FILE => Document::Record,
            path if path.starts_with(PHASES_FOLDER) => Document::Phase,
            _ => Document::Scenario,
        };
        let _ = outline(document, &String::from_utf8_lossy(bytes));
    }
}

fn is_error(finding: &sandtable::finding::Finding) -> bool {
    finding.severity == sandtable::finding::Severity::Error
}
