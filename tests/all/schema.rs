//! The JSON Schemas: their copies in `scenarios/`, and the files that they are tried on. CI tries them with somebody
//! else's validator; here the same files are held against our own checker, so that both refuse the same.

use std::path::{Path, PathBuf};

use sandtable::check::check;
use sandtable::scenario::read::Folder;
use sandtable::scenario::schema::{Document, json};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_copies_in_scenarios_are_those_of_the_program() {
    for document in Document::ALL {
        let name = document.name();
        let path = root().join(format!("scenarios/{name}.schema.json"));
        let copy = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            copy == json(document),
            "renew it: cargo run -- schema {name} > /tmp/schema && cp /tmp/schema scenarios/{name}.schema.json"
        );
    }
}

#[test]
fn every_shipped_file_names_its_schema_in_its_first_line() {
    let mut seen = 0;
    for scenario in entries("scenarios") {
        for (below, pattern) in [("", "../"), ("phases", "../../")] {
            for file in entries(scenario.join(below)) {
                let name = file
                    .file_name()
                    .and_then(|name| name.to_str())
                    .unwrap_or_default();
                let schema = match (below, name) {
                    ("phases", _) => "phase",
                    (_, "scenario.yaml") => "scenario",
                    (_, "record.yaml") => "record",
                    _ => continue,
                };
                let line =
                    format!("# yaml-language-server: $schema={pattern}{schema}.schema.json\n");
                let text = std::fs::read_to_string(&file).expect("it is text");
                assert!(
                    text.starts_with(&line),
                    "{} must begin with {line}",
                    file.display()
                );
                seen += 1;
            }
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn the_checker_refuses_each_known_bad_file_for_what_it_says_of_itself() {
    assert_eq!(
        errors(&root().join("tests/schema/good.yaml")),
        Vec::<&str>::new()
    );
    let bad = entries("tests/schema/bad");
    assert!(bad.len() >= 5, "{bad:?}");
    for path in bad {
        let text = std::fs::read_to_string(&path).expect("it is text");
        let first = text.lines().next().unwrap_or_default();
        let expected = first
            .strip_prefix("# expect: ")
            .expect("the first line names the rule");
        assert_eq!(errors(&path), [expected], "{}", path.display());
    }
}

/// The rules of the errors in a scenario of one file.
fn errors(path: &Path) -> Vec<&'static str> {
    let bytes = std::fs::read(path).expect("it can be read");
    let (findings, _) = check(&Folder::single("bad.yaml", bytes));
    let errors = findings
        .iter()
        .filter(|it| it.severity == sandtable::finding::Severity::Error);
    errors.map(|it| it.rule).collect()
}

/// The sorted contents of a folder of the repository; empty if there is no such folder.
fn entries(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root().join(folder)) else {
        return Vec::new();
    };
    let entries = entries.map(|entry| entry.expect("an entry can be read").path());
    let mut entries: Vec<PathBuf> = entries.collect();
    entries.sort();
    entries
}
