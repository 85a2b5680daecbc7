//! The documents: what they name exists, and what they quote can be read.

use std::path::Path;

/// A fenced block of a Markdown text.
pub struct Fence<'a> {
    /// The line of its first line, counted from 1.
    pub line: usize,
    /// `yaml`, `sh`, `console`; may be empty.
    pub language: &'a str,
    pub text: String,
}

pub fn fences(markdown: &str) -> Vec<Fence<'_>> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut open = false;
    for (index, line) in markdown.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(language) => {
                open = true;
                fences.push(Fence {
                    line: index + 2,
                    language: language.trim(),
                    text: String::new(),
                });
            }
            None => {
                if let (true, Some(fence)) = (open, fences.last_mut()) {
                    fence.text.push_str(line);
                    fence.text.push('\n');
                }
            }
        }
    }
    fences
}

/// Where a Markdown text names a file of the repository: in code, from the root; or as the target of a link, from the
/// folder of the text.
fn paths(folder: &str, markdown: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open = false;
    for (index, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            open = !open;
        }
        if open {
            continue;
        }
        let code = line.split('`').skip(1).step_by(2).filter(|it| is_path(it));
        let links = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let links = links
            .map(|link| link.split('#').next().unwrap_or_default())
            .filter(|link| !link.is_empty() && !link.contains("://"));
        let links = links.map(|link| format!("{folder}{link}"));
        let all = code.map(str::to_owned).chain(links);
        found.extend(all.map(|path| (index + 1, path)));
    }
    found
}

/// Whether a piece of code is meant as a path of this repository, and not as an example.
pub fn is_path(code: &str) -> bool {
    let tops = [
        "src/",
        "docs/",
        "scenarios/",
        "tests/",
        "benches/",
        "fuzz/",
        ".ci/",
    ];
    let ends = [".md", ".toml"];
    let plain = code
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    plain
        && (tops.iter().any(|it| code.starts_with(it)) || ends.iter().any(|it| code.ends_with(it)))
}

/// The README and the pages of `docs`.
pub fn pages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    let names = names.map(|name| format!("docs/{}", name.to_string_lossy()));
    let mut pages: Vec<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|it| it == "md"))
        .collect();
    pages.push("README.md".to_owned());
    pages.sort();
    pages
}

pub fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).expect("the document is there")
}

#[test]
fn every_path_that_a_document_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names = pages();
    names.extend(["ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned));
    let mut missing = Vec::new();
    for name in &names {
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]);
        let paths = paths(folder, &document(name));
        let is_page = name.starts_with("docs/");
        assert!(is_page || !paths.is_empty(), "{name} names no path");
        for (line, path) in paths.iter().filter(|(_, path)| !root.join(path).exists()) {
            missing.push(format!("{name}:{line}: {path}"));
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn the_readme_or_the_map_leads_to_every_page() {
    let both = document("README.md") + &document("ARCHITECTURE.md");
    for page in pages().iter().filter(|it| it.starts_with("docs/")) {
        assert!(both.contains(page.as_str()), "nothing leads to {page}");
    }
}

#[test]
fn the_settings_of_editors_start_the_language_server() {
    let text = document("docs/editors.md");
    let fences = fences(&text);
    let languages = fences.iter().map(|it| it.language);
    let expected = ["yaml", "lua", "lua", "lua", "toml", "json"];
    assert_eq!(languages.collect::<Vec<_>>(), expected);
    for fence in &fences[1..] {
        for word in ["sandtable", "\"lsp\""] {
            assert!(fence.text.contains(word), "docs/editors.md:{}", fence.line);
        }
        if fence.language == "json" {
            let read = serde_json::from_str::<serde_json::Value>(&fence.text);
            assert!(read.is_ok(), "{read:?}");
        }
    }
}

#[test]
fn every_yaml_block_of_a_document_can_be_read() {
    let least = [
        ("docs/format.md", 8),
        ("docs/authors.md", 1),
        ("docs/ci.md", 3),
    ];
    for name in pages() {
        let text = document(&name);
        let fences = fences(&text);
        let yaml = fences.iter().filter(|it| it.language == "yaml");
        let mut count = 0;
        for fence in yaml {
            count += 1;
            let read = serde_yaml::from_str::<serde::de::IgnoredAny>(&fence.text);
            assert!(
                read.is_ok(),
                "{name}:{}: {}",
                fence.line,
                read.expect_err("it failed")
            );
        }
        let least = least.iter().find(|(page, _)| *page == name);
        let least = least.map_or(0, |(_, least)| *least);
        assert!(count >= least, "{name} holds {count} YAML blocks");
    }
}

#[test]
fn every_cargo_command_of_the_readme_and_the_pages_is_run_by_ci() {
    let ci = document(".ci/run");
    let mut count = 0;
    for name in pages() {
        let text = document(&name);
        let fences = fences(&text);
        let shell = fences
            .iter()
            .filter(|it| matches!(it.language, "sh" | "console"));
        for command in shell.flat_map(|it| it.text.lines()) {
            let command = command.trim_start_matches("$ ");
            if command.starts_with("cargo ") {
                count += usize::from(name == "README.md");
                assert!(
                    ci.contains(command),
                    "`.ci/run` does not run `{command}` of {name}"
                );
            }
        }
    }
    assert!(count >= 3, "the README holds {count} cargo commands");
}

#[test]
fn paths_and_fences_are_found() {
    let text = "See `src/engine.rs` and [that](docs/format.md#values), not `play.rs x`, `a/b` or [x](https://example.org).\n\
        ```yaml\na: `src/none.rs`\n```\n`Cargo.toml`\n";
    let expected = |folder| {
        [
            (1, "src/engine.rs".to_owned()),
            (1, format!("{folder}docs/format.md")),
            (5, "Cargo.toml".to_owned()),
        ]
    };
    for folder in ["", "docs/"] {
        assert_eq!(paths(folder, text), expected(folder));
    }
    let fences = fences(text);
    assert_eq!(
        (fences.len(), fences[0].line, fences[0].language),
        (1, 3, "yaml")
    );
    assert_eq!(fences[0].text, "a: `src/none.rs`\n");
}
