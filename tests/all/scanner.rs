//! What `arrows`, `circles` and `names` read the sources with: files, source text without comments and strings, and the
//! paths that a file names.

use std::path::{Path, PathBuf};

/// Every Rust file below `src`, by its path from the root of the repository, with its text.
pub fn all_sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    list(&root.join("src"), &mut files);
    assert!(files.len() > 50, "only {} files were found", files.len());
    let read = |path: PathBuf| {
        let source = std::fs::read_to_string(&path).expect("a source is text");
        let file = path.strip_prefix(root).expect("it lies below the root");
        (file.to_owned(), source)
    };
    files.into_iter().map(read).collect()
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("the sources can be listed");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            list(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push(path);
        }
    }
}

/// The source without comments, strings and characters; lines stay where they are.
pub fn bare(source: &str) -> String {
    let mut bare = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if next == '"' {
            text_length(rest)
        } else if next == '\'' {
            character_length(rest)
        } else if next == 'r' && !ends_in_word(&bare) {
            raw_length(rest)
        } else {
            0
        };
        if skipped == 0 {
            bare.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        }
        let (gone, left) = rest.split_at(skipped);
        bare.extend(gone.chars().filter(|c| *c == '\n'));
        rest = left;
    }
    bare
}

/// How many bytes the string takes that `rest` begins with, its quotes counted.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The same of a character; 0 for a lifetime.
fn character_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(rest.len(), |end| 3 + end + 1),
        _ => match letters.next() {
            Some((at, '\'')) => at + 1,
            _ => 0,
        },
    }
}

/// The same of a raw string; 0 where none begins.
fn raw_length(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    let Some(text) = rest[1 + hashes..].strip_prefix('"') else {
        return 0;
    };
    let end = format!("\"{}", "#".repeat(hashes));
    let head = rest.len() - text.len();
    text.find(&end)
        .map_or(rest.len(), |at| head + at + end.len())
}

/// Whether a text ends within a name.
fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Calls `found` with each path of a use tree, after the path `before` it; returns the text after the tree.
pub fn branches<'a>(text: &'a str, before: &str, found: &mut impl FnMut(String)) -> &'a str {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix('{') {
        let mut rest = inside;
        loop {
            rest = branches(rest, before, found).trim_start();
            match rest.strip_prefix(',') {
                Some(more) if !more.trim_start().starts_with('}') => rest = more,
                Some(more) => rest = more.trim_start(),
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*');
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    let path = if before.is_empty() {
        word.to_owned()
    } else {
        format!("{before}::{word}")
    };
    if let Some(deeper) = rest.strip_prefix("::") {
        return branches(deeper, &path, found);
    }
    if let Some(alias) = rest.trim_start().strip_prefix("as ") {
        let end = alias.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (alias, rest) = alias.split_at(end.unwrap_or(alias.len()));
        found(format!("{path} as {alias}"));
        return rest;
    }
    found(path);
    rest
}

#[test]
fn comments_strings_and_characters_are_gone_and_lines_stay() {
    let cases = [
        ("a // b\nc", "a \nc"),
        ("a /* b\n c */ d", "a \n d"),
        (r#"f("x \" y", z)"#, "f(, z)"),
        ("r#\"a \" b\"#; r\"c\"; for", "; ; for"),
        (r"('{', '\'', '\u{7f}', &'a str)", "(, , , &'a str)"),
    ];
    for (source, expected) in cases {
        assert_eq!(bare(source), expected, "{source}");
    }
}
