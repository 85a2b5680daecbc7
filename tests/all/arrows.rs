//! Which module may import which. `ARCHITECTURE.md` shows the same arrows as a picture.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::scanner::{all_sources, bare, branches};

/// A module, and the paths below `crate::` that it may name besides its own. Everyone may name `words`.
///
/// A module stands below everything it names, so no ring of imports can be written down here
/// ([`the_table_has_no_rings`]). A path with two parts allows that part alone: faces may see a view, not a state.
const ARROWS: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("finding", &[]),
    ("scenario", &["finding"]),
    ("program", &["scenario", "finding"]),
    // Minutes and marks are the scenario's; its texts reach a view through the program's script.
    ("engine", &["program", "scenario"]),
    ("play", &["program", "engine", "finding", "scenario"]),
    ("search", &["program", "engine", "scenario"]),
    // What the search finds is shown by plays.
    (
        "check",
        &["scenario", "program", "engine", "play", "search", "finding"],
    ),
    // A sample of what was stored is played and solved again.
    ("values", &["search", "program", "engine"]),
    // Writing and opening, below everything that has a file.
    ("files", &[]),
    ("library", &["files", "scenario", "program", "finding"]),
    // The checker again; what is not open is read through the library.
    (
        "lsp",
        &["check", "library", "play", "program", "scenario", "finding"],
    ),
    // It holds the texts that a scenario is read from, and names the way rolls are made.
    ("journal", &["files", "scenario", "engine"]),
    // A recorded move is a line of a play.
    (
        "exercise",
        &["program", "engine", "journal", "play", "scenario"],
    ),
    // A move is shown as a play writes it.
    (
        "review",
        &["engine", "program", "play", "search", "scenario"],
    ),
    // A scenario as it was written, and its dates: plain data in, bytes out. The search walks its whole process, and a
    // move is named as a play writes it.
    (
        "export",
        &["program", "scenario", "search", "engine", "play"],
    ),
    // How a value is written is the scenario's word for it, and a view passes it on.
    ("front", &["engine::view", "review", "scenario::Form"]),
    // Whoever answers faces: it finds, compiles, plays, records and accounts.
    (
        "room",
        &[
            "front", "exercise", "journal", "library", "play", "program", "engine", "review",
            "search", "values", "scenario", "finding",
        ],
    ),
    (
        "plain",
        &["front", "play", "engine::view", "review", "scenario::Form"],
    ),
    (
        "tui",
        &["front", "engine::view", "review", "scenario::Form"],
    ),
    // A terminal and the room behind it.
    (
        "local",
        &["front", "room", "tui", "plain", "exercise", "search"],
    ),
    (
        "cli",
        &[
            "finding", "scenario", "program", "engine", "play", "search", "values", "check",
            "files", "library", "lsp", "journal", "exercise", "review", "export", "front", "room",
            "plain", "tui", "local",
        ],
    ),
];

/// An import against the arrows.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    file: PathBuf,
    line: usize,
    module: String,
    names: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Self {
            file,
            line,
            module,
            names,
        } = self;
        let file = file.display();
        write!(
            out,
            "{file}:{line}: `{module}` may not name `crate::{names}`"
        )
    }
}

/// What follows each `crate::`: the line, and one path for each branch of a braced list.
fn named(source: &str) -> Vec<(usize, String)> {
    let bare = bare(source);
    let mut found = Vec::new();
    for (at, prefix) in bare.match_indices("crate::") {
        // `$crate::` and `my_crate::` are other things.
        if bare[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let line = bare[..at].matches('\n').count() + 1;
        branches(&bare[at + prefix.len()..], "", &mut |path| {
            let path = path.split(" as ").next().unwrap_or_default();
            found.push((line, path.to_owned()));
        });
    }
    found
}

/// The imports of one file that go against the arrows.
fn wrong(file: &Path, source: &str) -> Vec<Wrong> {
    let Some(module) = module_of(file) else {
        return Vec::new();
    };
    let table: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let allowed = table.get(module.as_str()).copied();
    named(source)
        .into_iter()
        .filter(|(_, path)| {
            let first = path.split("::").next().unwrap_or_default();
            let granted = |arrow: &str| path == arrow || path.starts_with(&format!("{arrow}::"));
            first != module
                && first != "words"
                && !allowed.is_some_and(|arrows| arrows.iter().any(|arrow| granted(arrow)))
        })
        .map(|(line, names)| Wrong {
            file: file.to_owned(),
            line,
            module: module.clone(),
            names,
        })
        .collect()
}

/// `src/engine/luck.rs` is of `engine`; `src/lib.rs` and `src/main.rs` are of no module. Neither are files of tests: to see
/// what was compiled happen, a test of `program` needs the engine, and nothing that ships depends on it.
fn module_of(file: &Path) -> Option<String> {
    let below = file.strip_prefix("src").ok()?;
    let mut parts = below.components().map(std::path::Component::as_os_str);
    if parts.any(|part| part == "tests" || part == "tests.rs") {
        return None;
    }
    let first = Path::new(below.components().next()?.as_os_str());
    let module = first.with_extension("").display().to_string();
    (module != "lib" && module != "main").then_some(module)
}

#[test]
fn imports_only_point_up_the_table() {
    let mut mistakes = Vec::new();
    for (file, source) in all_sources() {
        // Tests of a module may drive whatever stands on it.
        if file
            .iter()
            .any(|part| part == "tests" || part == "tests.rs")
        {
            continue;
        }
        mistakes.extend(wrong(&file, &source).iter().map(Wrong::to_string));
    }
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

#[test]
fn every_module_stands_in_the_table() {
    let lib = include_str!("../../src/lib.rs");
    let modules = lib.lines().filter_map(|line| {
        line.strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
    });
    let modules: Vec<&str> = modules.collect();
    let table: Vec<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    let missing: Vec<_> = modules.iter().filter(|it| !table.contains(it)).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

#[test]
fn the_table_has_no_rings() {
    for (place, (module, arrows)) in ARROWS.iter().enumerate() {
        let above: Vec<&str> = ARROWS[..place].iter().map(|(it, _)| *it).collect();
        for arrow in *arrows {
            let first = arrow.split("::").next().unwrap_or_default();
            assert!(
                above.contains(&first),
                "{module} names {arrow}, which does not stand above it"
            );
        }
    }
}

#[test]
fn an_import_against_the_arrows_is_found_with_its_line() {
    type Found = [(usize, &'static str)];
    let cases: &[(&str, &str, &Found)] = &[
        (
            "src/engine/run.rs",
            "use crate::front::Msg;",
            &[(1, "front::Msg")],
        ),
        (
            "src/engine.rs",
            "fn f() {\n    crate::cli::go();\n}",
            &[(2, "cli::go")],
        ),
        ("src/tui/start.rs", "use crate::engine::view::View;", &[]),
        (
            "src/tui/start.rs",
            "use crate::engine::State;",
            &[(1, "engine::State")],
        ),
        (
            "src/plain.rs",
            "use crate::{\n    engine::{view::View, State},\n    front,\n    exercise::Exercise,\n};",
            &[(1, "engine::State"), (1, "exercise::Exercise")],
        ),
        (
            "src/words.rs",
            "use crate::finding::Finding;",
            &[(1, "finding::Finding")],
        ),
        ("src/finding.rs", "use crate::words::list;", &[]),
        ("src/search.rs", "use crate::search::table::Table;", &[]),
        (
            "src/search.rs",
            "pub use crate::play as other;",
            &[(1, "play")],
        ),
        ("src/search.rs", "use crate::*;", &[(1, "*")]),
        (
            "src/search.rs",
            "// crate::cli\n/* crate::tui */ let a = \"crate::cli \\\" crate::tui\";",
            &[],
        ),
        (
            "src/search.rs",
            "let quote = '\"'; crate::cli::go();",
            &[(1, "cli::go")],
        ),
        ("src/main.rs", "use crate::cli;", &[]),
        (
            "src/program/compile/tests/limits.rs",
            "use crate::engine::step;",
            &[],
        ),
        ("src/program/tests.rs", "use crate::engine::step;", &[]),
        (
            "src/program/contests.rs",
            "use crate::engine::step;",
            &[(1, "engine::step")],
        ),
        (
            "src/unheard_of.rs",
            "use crate::engine::State;",
            &[(1, "engine::State")],
        ),
    ];
    for (file, source, expected) in cases {
        let found = wrong(Path::new(file), source);
        let found: Vec<(usize, &str)> = found
            .iter()
            .map(|it| (it.line, it.names.as_str()))
            .collect();
        assert_eq!(&found, expected, "{file}: {source}");
    }
}
