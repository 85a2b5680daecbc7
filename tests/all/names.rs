//! One word for one thing: no two top-level types below `src` share a name, unless the table says why.

use std::collections::BTreeMap;
use std::path::Path;

use crate::scanner::{all_sources, bare};

/// The names that two types share, the modules that they are in, and the reason.
const SHARED: &[(&[&str], [&str; 2], &str)] = &[(
    &[
        "Action", "Block", "Chance", "Consent", "Course", "Decision", "Inject", "Phase", "Value",
    ],
    ["program", "scenario"],
    "a thing as its author wrote it, and the same thing compiled; where both are needed, the module is written before the name",
)];

/// The names of the types that begin a line: tests and fixtures count.
fn types(source: &str) -> Vec<String> {
    let bare = bare(source);
    let name = |line: &str| {
        let line = match line.strip_prefix("pub(") {
            Some(rest) => rest.split_once(") ")?.1,
            None => line.strip_prefix("pub ").unwrap_or(line),
        };
        let line = line.strip_prefix("unsafe ").unwrap_or(line);
        let (keyword, rest) = line.split_once(' ')?;
        let is_type = ["struct", "enum", "trait", "type", "union"].contains(&keyword);
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        is_type.then(|| rest[..end.unwrap_or(rest.len())].to_owned())
    };
    bare.lines().filter_map(name).collect()
}

/// The top-level module of a file: `engine` of `src/engine/luck.rs`.
fn module_of(file: &Path) -> String {
    let first = file.iter().nth(1).map(Path::new).expect("it is below src");
    first.with_extension("").display().to_string()
}

#[test]
fn no_two_types_share_a_name_without_a_reason() {
    let mut places: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (file, source) in all_sources() {
        for name in types(&source) {
            let place = (module_of(&file), file.display().to_string());
            places.entry(name).or_default().push(place);
        }
    }
    places.retain(|_, places| places.len() > 1);
    for (names, modules, reason) in SHARED {
        assert!(!reason.is_empty());
        for name in *names {
            let mut found: Vec<String> = places
                .remove(*name)
                .unwrap_or_default()
                .into_iter()
                .map(|(module, _)| module)
                .collect();
            found.sort();
            assert_eq!(
                found, modules,
                "the table names `{name}`, but its types are elsewhere"
            );
        }
    }
    let left: Vec<String> = places
        .into_iter()
        .map(|(name, places)| {
            let files: Vec<String> = places.into_iter().map(|(_, file)| file).collect();
            format!("`{name}`: {}", files.join(", "))
        })
        .collect();
    assert!(
        left.is_empty(),
        "types that share a name:\n{}",
        left.join("\n")
    );
}

#[test]
fn types_are_found_where_they_begin_a_line() {
    let source = "/// struct Doc\npub struct One;\npub(crate) enum Two<T> {}\npub(in crate::a) type Three = u8;\n\
        trait Four {}\nunsafe trait Five {}\nfn f() {\n    struct Inner;\n}\nlet a = \"\nstruct Text;\n\";\ntypes();\n";
    assert_eq!(types(source), ["One", "Two", "Three", "Four", "Five"]);
}
