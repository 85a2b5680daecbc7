//! Every rule that the sources name has its page, and every page belongs to a rule that something reports.

use std::collections::BTreeSet;
use std::path::Path;

/// What stands before the name of a rule in the sources.
const BEFORE: [&str; 5] = [
    "Finding::error(",
    "Finding::warning(",
    "self.error(",
    ".error(",
    "NAME: &str =",
];

/// Names whose rule stands in another place of a call.
const IN_CALLS: [&str; 5] = [
    "bad-channel",
    "bad-confidence",
    "bad-default",
    "bad-standing",
    "ring-of-injects",
];

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let mut named: BTreeSet<String> = IN_CALLS.iter().map(|name| (*name).to_owned()).collect();
    let mut texts = String::new();
    for folder in ["scenario", "program", "check", "play"] {
        read(&Path::new("src").join(folder), &mut texts);
    }
    for before in BEFORE {
        for (_, after) in texts
            .match_indices(before)
            .map(|(at, found)| (at, &texts[at + found.len()..]))
        {
            let Some(name) = after.trim_start().strip_prefix('"') else {
                continue;
            };
            named.extend(name.split('"').next().map(str::to_owned));
        }
    }
    for constant in ["BAD", "UNUSED"] {
        let line = texts.split(&format!("const {constant}: &str = \"")).nth(1);
        named.extend(line.and_then(|rest| Some(rest.split('"').next()?.to_owned())));
    }
    let pages: BTreeSet<String> = sandtable::check::RULES
        .iter()
        .map(|rule| rule.name.to_owned())
        .collect();
    assert_eq!(named, pages);
}

/// All sources below a folder but tests, one after another.
fn read(folder: &Path, into: &mut String) {
    let entries = std::fs::read_dir(folder).expect("the sources can be listed");
    for path in entries.map(|entry| entry.expect("an entry can be read").path()) {
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        if path.is_dir() {
            read(&path, into);
        } else if name.is_some_and(|name| name != "tests" && name != "registry") {
            let text = std::fs::read_to_string(&path).expect("a source can be read");
            into.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(""));
        }
    }
}
