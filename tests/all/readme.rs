//! The README's commands are run, in order, in a folder where the repository's scenarios lie.

use std::path::{Path, PathBuf};

use crate::docs::{document, fences};
use crate::program::{command, folder};

/// The commands of `sh` and `console` blocks that call the program. What only cargo does, `docs` holds against CI.
fn commands(readme: &str) -> Vec<(usize, String)> {
    let mut commands = Vec::new();
    for fence in fences(readme) {
        if !matches!(fence.language, "sh" | "console") {
            continue;
        }
        for (index, line) in fence.text.lines().enumerate() {
            let typed = match fence.language {
                "console" => line.strip_prefix("$ "),
                _ => Some(line),
            };
            if let Some(typed) = typed.filter(|it| it.contains("sandtable ")) {
                commands.push((fence.line + index, typed.to_owned()));
            }
        }
    }
    commands
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let binary = Path::new(env!("CARGO_BIN_EXE_sandtable"));
    let beside = binary.parent().expect("the program lies in a folder");
    let mut path = vec![PathBuf::from(beside)];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let path = std::env::join_paths(path).expect("folders of a path");
    let commands = commands(&document("README.md"));
    assert!(commands.len() >= 6, "{commands:?}");
    let folder = folder();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    std::os::unix::fs::symlink(scenarios, folder.path().join("scenarios")).expect("a link is made");
    for (line, typed) in commands {
        let output = command("sh", folder.path())
            .env("PATH", &path)
            .args(["-e", "-c", &typed])
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the shell starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "README.md:{line}: {typed}\n{stderr}"
        );
        let silent = output.stdout.is_empty() && output.stderr.is_empty();
        assert!(!silent, "README.md:{line}: {typed} says nothing");
    }
}

#[test]
fn commands_are_found_in_blocks_of_a_shell() {
    let text = "```sh\nsandtable check x\ncargo test\n```\n```console\n$ sandtable test x\nok sandtable x\n```\n```text\nsandtable play\n```\n";
    let expected = [
        (2, "sandtable check x".to_owned()),
        (6, "sandtable test x".to_owned()),
    ];
    assert_eq!(commands(text), expected);
}
