//! The recipes of ARCHITECTURE.md: a name in backticks occurs in the file that is named before it.

use std::path::Path;

use crate::docs::{document, is_path};

/// How the heading of the section with the recipes begins.
const SECTION: &str = "## How do I";

/// A paragraph or a list item, with the line on which it begins.
struct Passage {
    line: usize,
    text: String,
}

/// The paragraphs and list items of the recipes, without fenced blocks.
fn passages(markdown: &str) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut inside, mut fenced, mut begins) = (false, false, true);
    for (index, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
            begins = true;
            continue;
        }
        if fenced {
            continue;
        }
        if line.starts_with("## ") {
            inside = line.starts_with(SECTION);
        }
        let is_heading = line.starts_with('#');
        let is_item = ["- ", "* "]
            .iter()
            .any(|it| line.trim_start().starts_with(it))
            || line
                .trim_start()
                .trim_start_matches(|it: char| it.is_ascii_digit())
                .starts_with(". ");
        begins |= is_item || is_heading || line.trim().is_empty();
        if inside && !is_heading && !line.trim().is_empty() {
            if begins {
                passages.push(Passage {
                    line: index + 1,
                    text: String::new(),
                });
            }
            if let Some(passage) = passages.last_mut() {
                passage.text.push_str(line);
                passage.text.push('\n');
            }
            begins = false;
        }
    }
    passages
}

/// Whether a piece of code is a name of the source: a word, perhaps with `::` in it, or a macro.
fn is_name(code: &str) -> bool {
    let word = code.strip_suffix('!').unwrap_or(code);
    word.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && word
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_' || it == ':')
}

/// Whether a name occurs in a text as a whole word.
fn occurs(name: &str, text: &str) -> bool {
    let part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    text.match_indices(name).any(|(at, _)| {
        let after = &text[at + name.len()..];
        !text[..at].ends_with(part) && (name.ends_with('!') || !after.starts_with(part))
    })
}

/// The names that do not occur in their files, each with its line. `read` gives the text of a file.
fn wrong_names(markdown: &str, read: impl Fn(&str) -> Option<String>) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    for passage in passages(markdown) {
        let mut file: Option<(&str, String)> = None;
        let mut line = passage.line;
        for (index, piece) in passage.text.split('`').enumerate() {
            let is_code = index % 2 == 1;
            if is_code && is_path(piece) {
                file = Some((piece, read(piece).unwrap_or_default()));
            } else if is_code
                && is_name(piece)
                && let Some((path, text)) = &file
                && !occurs(piece, text)
            {
                wrong.push((line, format!("`{piece}` is not in `{path}`")));
            }
            line += piece.matches('\n').count();
        }
    }
    wrong
}

/// The text of a file, or of all files in a folder.
fn text_of(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if !path.is_dir() {
        return std::fs::read_to_string(path).ok();
    }
    let entries = std::fs::read_dir(path).ok()?;
    let texts = entries.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
    Some(texts.collect())
}

#[test]
fn every_name_in_a_recipe_is_in_the_file_named_before_it() {
    let text = document("ARCHITECTURE.md");
    assert!(passages(&text).len() >= 4, "the recipes are there");
    let wrong = wrong_names(&text, text_of).into_iter();
    let wrong = wrong.map(|(line, what)| format!("ARCHITECTURE.md:{line}: {what}"));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_wrong_name_in_a_recipe_is_found() {
    let markdown = "# Map\n\n`src/a.rs` has `nothing`.\n\n## How do I …\n\n### … add a rule?\n\n\
        Write `src/a.rs`, with `run` and `NAME`;\nthen a line in `src/b.rs` (`RULES`, `RUN`,\n`vec!`, `Rule::new`).\n\n\
        - `run` alone names no file.\n\
        - In `src/b.rs` say `run`, `cargo test` and `RULE`.\n  1. And `src/c.rs` holds `gone`.\n\n\
        ```rust\n`src/a.rs` `nothing`\n```\n\n## Decisions\n\n`src/a.rs` has `nothing`.\n";
    let read = |path: &str| match path {
        "src/a.rs" => Some("pub const NAME: &str = \"a\"; fn run() {}".to_owned()),
        "src/b.rs" => Some("pub const RULES: &[Rule] = vec![Rule::new(RUNS)];".to_owned()),
        _ => None,
    };
    let expected = [
        (10, "`RUN` is not in `src/b.rs`"),
        (14, "`run` is not in `src/b.rs`"),
        (14, "`RULE` is not in `src/b.rs`"),
        (15, "`gone` is not in `src/c.rs`"),
    ];
    let expected = expected.map(|(line, what)| (line, what.to_owned()));
    assert_eq!(wrong_names(markdown, read), expected);
}
