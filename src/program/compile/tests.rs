//! What compiling finds, and that nothing makes it panic.

mod comparisons;
mod limits;
mod mistakes;
mod mutants;

use std::sync::Arc;

use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{Folder, read};

/// What a short form leaves out: each is put in front where the text has no such key.
const DEFAULTS: [(&str, &str); 9] = [
    ("format:", "1"),
    ("id:", "test"),
    ("title:", "Test"),
    ("zone:", "Europe/London"),
    ("startex:", "2022-08-02 21:00"),
    ("lasts:", "10h"),
    ("margin:", "0"),
    (
        "roles:",
        "{lead: {title: Lead}, tech: {title: Tech}, exec: {title: Exec}}",
    ),
    ("objectives:", "{points: {title: Points, worth: 10}}"),
];

const ENDINGS: &str = "endings: {over: {title: Over, text: Over.}}\n";

/// A whole scenario from a short form: top-level fields left out are filled in; `MSG` stands for the fields of a
/// message, `ASK` for a question.
pub(crate) fn written(text: &str) -> String {
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    let mut whole = String::new();
    for (key, value) in DEFAULTS.iter().filter(|(key, _)| !has(key)) {
        whole.extend([key, " ", value, "\n"]);
    }
    whole.push_str(
        &text
            .replace("MSG", "by: Somebody, via: note, title: News, text: News.")
            .replace("ASK", "question: What now?"),
    );
    if !has("endings:") {
        whole.push('\n');
        whole.push_str(ENDINGS);
    }
    whole
}

/// Reads and compiles; findings as `line:column rule`.
pub(crate) fn compiled(text: &str, setup: &ProgramSetup) -> (Option<Program>, Vec<String>) {
    let (scenario, findings, sources) =
        read(&Folder::single("test.yaml", text.as_bytes().to_vec()));
    let mut found = findings.into_sorted();
    let mut program = None;
    if let Some(scenario) = scenario {
        let (compiled, more) = compile(&Arc::new(scenario), setup);
        program = compiled;
        let mut more_findings = crate::finding::Findings::default();
        more_findings.extend(more);
        found.extend(more_findings.into_sorted());
    }
    let line = |finding: &crate::finding::Finding| {
        let (line, column) = sources.line_and_column(finding.place);
        format!("{line}:{column} {}: {}", finding.rule, finding.headline)
    };
    (program, found.iter().map(line).collect())
}
