//! What a shell and the manual need: completions of every command, and the page of the manual.

use crate::program::{Call, SILENT, Text, folder};

/// The output of a command that must succeed.
fn written(arguments: &[&str]) -> Vec<u8> {
    let output = crate::program::command(env!("CARGO_BIN_EXE_sandtable"), folder().path())
        .args(arguments)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    output.stdout
}

/// The output of another program for a file, if there is such a program.
fn through(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<std::process::Output> {
    let folder = folder();
    std::fs::write(folder.path().join("it"), bytes).expect("it can be written");
    crate::program::command(program, folder.path())
        .args(arguments)
        .arg("it")
        .output()
        .ok()
}

/// The names of all commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = String::from_utf8(written(&["--help"])).expect("it is text");
    let list = help.split_once("Commands:\n").expect("they are listed").1;
    let lines = list.lines().take_while(|line| !line.is_empty());
    let first_word = |line: &str| {
        line.strip_prefix("  ")?
            .split(' ')
            .next()
            .map(str::to_owned)
    };
    let names: Vec<String> = lines
        .filter_map(first_word)
        .filter(|it| !it.is_empty())
        .collect();
    names.into_iter().filter(|it| it != "help").collect()
}

#[test]
fn every_shell_can_complete_every_command() {
    let commands = commands();
    assert!(commands.len() >= 11, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(written(&["completions", shell])).expect("it is text");
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
        assert!(script.contains("no-journal"), "{shell}");
    }
}

#[test]
fn the_completions_of_bash_are_sound_and_complete() {
    let script = written(&["completions", "bash"]);
    let Some(parsed) = through("bash", &["-n"], &script) else {
        // A machine without this shell does not need them.
        return;
    };
    let stderr = String::from_utf8_lossy(&parsed.stderr);
    assert!(parsed.status.success() && stderr.is_empty(), "{stderr}");
    let mut asks = script;
    asks.extend(
        b"\nCOMP_WORDS=(sandtable pl) COMP_CWORD=1\n_sandtable sandtable pl sandtable\necho \"${COMPREPLY[@]}\"\n",
    );
    let completed = through("bash", &["--norc"], &asks).expect("it was there");
    assert_eq!(String::from_utf8_lossy(&completed.stdout), "play\n");
}

#[test]
fn a_shell_that_is_not_known_is_trouble() {
    let call = Call {
        arguments: &["completions", "csh"],
        code: 2,
        stderr: Text::Holds(&["invalid value 'csh'", "bash", "elvish"]),
        ..SILENT
    };
    call.run(folder().path());
}

#[test]
fn the_page_of_the_manual_holds_every_command_and_renders() {
    let page = written(&["man"]);
    let text = String::from_utf8(page.clone()).expect("it is text");
    let first = text.lines().find(|line| line.starts_with(".TH "));
    assert!(
        first.is_some_and(|it| it.starts_with(".TH sandtable 1 ")),
        "{text}"
    );
    for command in commands() {
        let chapter = format!(".SH \"SANDTABLE {}\"\n", command.to_uppercase());
        assert!(text.contains(&chapter), "{command}");
    }
    let Some(rendered) = through("groff", &["-man", "-Tutf8", "-ww", "-P-cbou"], &page) else {
        return;
    };
    assert_eq!(String::from_utf8_lossy(&rendered.stderr), "");
    let shown = String::from_utf8_lossy(&rendered.stdout).into_owned();
    // Lines are filled with spaces.
    let shown: Vec<&str> = shown.split_whitespace().collect();
    let shown = shown.join(" ");
    for piece in [
        "EXIT STATUS",
        "SANDTABLE PLAY",
        "--no-journal",
        "--seed <SEED> The seed of all luck",
    ] {
        assert!(shown.contains(piece), "{piece} in\n{shown}");
    }
}
