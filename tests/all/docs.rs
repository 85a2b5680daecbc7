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

/// Where a Markdown text names a file of the repository: in code, or as the target of a link.
fn paths(markdown: &str) -> Vec<(usize, &str)> {
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
        found.extend(code.chain(links).map(|path| (index + 1, path)));
    }
    found
}

/// Whether a piece of code is meant as a path of this repository, and not as an example.
fn is_path(code: &str) -> bool {
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

pub fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).expect("the document is there")
}

#[test]
fn every_path_that_a_document_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = document(name);
        let paths = paths(&text);
        assert!(!paths.is_empty(), "{name} names no path");
        let missing: Vec<String> = paths
            .iter()
            .filter(|(_, path)| !root.join(path).exists())
            .map(|(line, path)| format!("{name}:{line}: {path}"))
            .collect();
        assert!(missing.is_empty(), "\n{}", missing.join("\n"));
    }
}

#[test]
fn the_settings_of_editors_are_the_same_in_both_documents() {
    let readme = document("README.md");
    let section = readme.split("### In your editor").nth(1);
    let section = section.and_then(|rest| rest.split("\n## ").next());
    let editors = document("docs/editors.md");
    let unindented = editors.replace("\n  \"", "\n\"");
    let settings = fences(section.expect("the section is there"));
    assert!(settings.len() >= 3, "Neovim, Helix, VS Code");
    for fence in settings {
        assert!(
            editors.contains(&fence.text) || unindented.contains(fence.text.trim_end()),
            "{}",
            fence.text
        );
    }
}

#[test]
fn every_yaml_block_of_a_document_can_be_read() {
    for (name, least) in [("docs/format.md", 8), ("README.md", 1)] {
        let text = document(name);
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
        assert!(count >= least, "{name} holds {count} YAML blocks");
    }
}

#[test]
fn every_cargo_command_of_the_readme_is_run_by_ci() {
    let ci = document(".ci/run");
    let readme = document("README.md");
    let fences = fences(&readme);
    let shell = fences
        .iter()
        .filter(|it| matches!(it.language, "sh" | "console"));
    let mut count = 0;
    for command in shell.flat_map(|it| it.text.lines()) {
        let command = command.trim_start_matches("$ ");
        if command.starts_with("cargo ") {
            count += 1;
            assert!(ci.contains(command), "`.ci/run` does not run `{command}`");
        }
    }
    assert!(count >= 3, "the README holds {count} cargo commands");
}

#[test]
fn paths_and_fences_are_found() {
    let text = "See `src/engine.rs` and [that](docs/format.md#values), not `play.rs x`, `a/b` or [x](https://example.org).\n\
        ```yaml\na: `src/none.rs`\n```\n`Cargo.toml`\n";
    let expected = [
        (1, "src/engine.rs"),
        (1, "docs/format.md"),
        (5, "Cargo.toml"),
    ];
    assert_eq!(paths(text), expected);
    let fences = fences(text);
    assert_eq!(
        (fences.len(), fences[0].line, fences[0].language),
        (1, 3, "yaml")
    );
    assert_eq!(fences[0].text, "a: `src/none.rs`\n");
}
