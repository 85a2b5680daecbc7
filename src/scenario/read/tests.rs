mod fields;
mod good;
mod hostile;
mod mistakes;

use super::{Folder, read};

const SCENARIO: &str = include_str!("tests/harbour/scenario.yaml");
const OUTAGE: &str = include_str!("tests/harbour/phases/outage.yaml");
const RECORD: &str = include_str!("tests/harbour/record.yaml");

/// The good scenario.
fn harbour() -> Folder {
    let files = [
        ("scenario.yaml", SCENARIO),
        ("phases/outage.yaml", OUTAGE),
        ("record.yaml", RECORD),
    ];
    Folder {
        path: "scenarios/harbour-2024".to_owned(),
        files: files
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into(),
        single: false,
    }
}

/// The good scenario with one file replaced.
fn harbour_with(path: &str, bytes: impl Into<Vec<u8>>) -> Folder {
    let mut folder = harbour();
    folder.files.insert(path.to_owned(), bytes.into());
    folder
}

/// What is found, each as `line:column rule` (with the file where it is not `scenario.yaml`).
fn found(folder: &Folder) -> Vec<String> {
    let (scenario, findings, sources) = read(folder);
    assert_eq!(scenario.is_none(), findings.has_errors());
    let sorted = findings.into_sorted();
    let line = |finding: &crate::finding::Finding| {
        let (line, column) = sources.line_and_column(finding.place);
        let path = &sources.files[usize::from(finding.place.file.0)].path;
        let file = path.rsplit('/').next().unwrap_or_default();
        let file = if file == "scenario.yaml" {
            String::new()
        } else {
            format!("{file}:")
        };
        let full = finding.full(&sources, crate::finding::Colour::Plain);
        assert!(!full.chars().any(crate::words::forbidden), "{full:?}");
        format!("{file}{line}:{column} {}", finding.rule)
    };
    sorted.iter().map(line).collect()
}
