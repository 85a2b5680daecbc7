//! The commands of the README and of each page in `docs` are run, in order, in a folder with the repository's scenarios.

use std::path::{Path, PathBuf};

#[cfg(unix)]
use sandtable::front::PlaySetup;
#[cfg(unix)]
use sandtable::tui::Key;

use crate::docs::{document, fences, pages};
use crate::program::{command, folder};
#[cfg(unix)]
use crate::pty::tidy;
#[cfg(unix)]
use crate::twin::Twin;

/// The commands of `sh` and `console` blocks that call the program. Those of cargo alone are compared with CI in `docs`.
fn commands(page: &str) -> Vec<(usize, String)> {
    let mut commands = Vec::new();
    for fence in fences(page) {
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
fn the_commands_of_the_readme_and_the_pages_do_what_they_say() {
    let binary = Path::new(env!("CARGO_BIN_EXE_sandtable"));
    let beside = binary.parent().expect("the program lies in a folder");
    let mut path = vec![PathBuf::from(beside)];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let path = std::env::join_paths(path).expect("folders of a path");
    let mut count = 0;
    for page in pages() {
        let folder = folder();
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        std::os::unix::fs::symlink(scenarios, folder.path().join("scenarios"))
            .expect("a link is made");
        for (line, typed) in commands(&document(&page)) {
            count += 1;
            let output = command("sh", folder.path())
                .env("PATH", &path)
                .args(["-e", "-c", &typed])
                .stdin(std::process::Stdio::null())
                .output()
                .expect("the shell starts");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{page}:{line}: {typed}\n{stderr}");
            let silent = output.stdout.is_empty() && output.stderr.is_empty();
            assert!(!silent, "{page}:{line}: {typed} says nothing");
        }
    }
    assert!(count >= 15, "only {count} commands were run");
}

#[cfg(unix)]
#[test]
fn the_picture_of_the_readme_is_the_screen_at_the_first_decision() {
    let setup = PlaySetup {
        scenario: "advanced-2022".to_owned(),
        seed: Some(7),
        ..PlaySetup::default()
    };
    let folder = folder();
    let arguments = ["play", "advanced-2022", "--seed", "7"];
    let mut twin = Twin::start(&arguments, setup, folder.path(), (80, 24));
    twin.press(Key::Enter);
    twin.press(Key::Char('w'));
    let readme = document("README.md");
    let fences = fences(&readme);
    let picture = fences.iter().find(|it| it.language == "text");
    assert_eq!(tidy(&picture.expect("there is one").text), twin.text());
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
