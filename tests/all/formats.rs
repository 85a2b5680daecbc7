//! What `check` and `test` write, for whom, and with which exit code.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::docs::{document, fences};
use crate::program::{Call, SILENT, Text, command, folder, written};

/// A scenario in the folder `mine`.
pub fn mine(folder: &Path) {
    let call = Call {
        arguments: &["new", "mine"],
        stdout: Text::Holds(&["Wrote mine."]),
        ..SILENT
    };
    call.run(folder);
}

/// Changes a text in a file of that scenario.
pub fn change(folder: &Path, from: &str, to: &str) {
    let path = folder.join("mine/scenario.yaml");
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).expect("it can be written");
}

#[test]
fn the_documented_json_is_what_is_written() {
    let text = document("docs/findings.md");
    let example = fences(&text).into_iter().find(|it| it.language == "json");
    let mut example: Value =
        serde_json::from_str(&example.expect("there is one").text).expect("it is JSON");
    let folder = folder();
    mine(folder.path());
    change(folder.path(), "\nsummary:", "\nsummry:");
    let json = written(folder.path(), &["check", "mine", "--format", "json"], 1);
    let read: Value = serde_json::from_str(&json).expect("it is JSON");
    // The starter's first lines may become longer; the example stays.
    let text_of_it = fs::read_to_string(folder.path().join("mine/scenario.yaml"));
    let text_of_it = text_of_it.expect("it is there");
    let at = text_of_it.find("summry").expect("it was changed");
    let line = text_of_it[..at].lines().count() + 1;
    for (key, offset) in [("start", at), ("end", at + "summry".len())] {
        example["findings"][0][key]["offset"] = offset.into();
        example["findings"][0][key]["line"] = line.into();
    }
    assert_eq!(read, example);
    // Every key has its row.
    for key in [
        "version", "tool", "findings", "summary", "rule", "headline", "instead", "column", "offset",
    ] {
        assert!(text.contains(&format!("`{key}`")), "{key}");
    }
}

/// What is wrong; options; the exit code; what is shown, one line each; what the last line ends with.
type Threshold<'a> = (&'a str, &'a [&'a str], i32, &'a [&'a str], &'a str);

#[test]
fn the_threshold_says_what_is_shown_and_what_counts() {
    let warned = ["mine/phases/none.yaml:1:1: warning[unused-file] "];
    let both = ["error[unknown-field] ", "warning[unused-file] "];
    let error = ["error[unknown-field] "];
    let cases: &[Threshold] = &[
        ("warning", &[], 0, &warned, "1 finding\n"),
        (
            "warning",
            &["--severity", "warning"],
            1,
            &warned,
            "1 finding\n",
        ),
        ("warning", &["--severity", "error"], 0, &[], "0 findings\n"),
        ("both", &[], 1, &both, "2 findings\n"),
        ("both", &["--severity", "error"], 1, &error, "1 finding\n"),
    ];
    for (what, options, code, shown, sum) in cases {
        let folder = folder();
        mine(folder.path());
        fs::create_dir(folder.path().join("mine/phases")).expect("it can be made");
        fs::write(folder.path().join("mine/phases/none.yaml"), "title: None\n")
            .expect("it can be written");
        if *what == "both" {
            change(folder.path(), "\nsummary:", "\nsummry:");
        }
        let arguments = [&["check", "mine", "--format", "short"], *options].concat();
        let call = Call {
            arguments: &arguments,
            code: *code,
            stdout: if shown.is_empty() {
                Text::Is("")
            } else {
                Text::Holds(shown)
            },
            stderr: Text::Holds(&["1 scenario checked, ", sum]),
            ..SILENT
        };
        call.run(folder.path());
        let short = written(folder.path(), &arguments, *code);
        assert_eq!(short.lines().count(), shown.len(), "{short}");
    }
}

#[test]
fn standard_input_is_one_scenario() {
    let call = Call {
        arguments: &["check", "-", "--format", "short"],
        input: "format: 1\nid: piped\n",
        code: 1,
        stdout: Text::Holds(&["<stdin>:1:1: error[missing-field] "]),
        stderr: Text::Holds(&["1 scenario checked, "]),
    };
    call.run(folder().path());
}

#[test]
fn a_folder_is_searched_and_nothing_is_checked_twice() {
    let folder = folder();
    mine(folder.path());
    fs::create_dir_all(folder.path().join("2022/august")).expect("it can be made");
    fs::rename(
        folder.path().join("mine"),
        folder.path().join("2022/august/mine"),
    )
    .expect("it can be moved");
    let calls: [(&[&str], &str); 3] = [
        (&["check", "."], "1 scenario checked, 0 findings\n"),
        (
            &[
                "check",
                ".",
                "2022",
                "2022/august/mine/record.yaml",
                "./2022/august/mine/",
            ],
            "1 scenario checked, 0 findings\n",
        ),
        (
            &["check", "2022", "starter"],
            "2 scenarios checked, 0 findings\n",
        ),
    ];
    for (arguments, stderr) in calls {
        let call = Call {
            arguments,
            stderr: Text::Is(stderr),
            ..SILENT
        };
        call.run(folder.path());
    }
    let call = Call {
        arguments: &["test", "2022", "2022/august/mine/plays/wait.play"],
        stdout: Text::Holds(&[
            "ok 2022/august/mine/plays/first.play",
            "2 plays, 0 failed\n",
        ]),
        ..SILENT
    };
    call.run(folder.path());
}

#[test]
fn what_cannot_be_looked_at_gives_2_and_what_can_be_is_reported() {
    let folder = folder();
    mine(folder.path());
    change(folder.path(), "\nsummary:", "\nsummry:");
    for (format, holds) in [
        ("short", "mine/scenario.yaml:6:1: error[unknown-field] "),
        ("sarif", "\"executionSuccessful\": false"),
        ("json", "\"rule\": \"unknown-field\""),
        ("junit", "failures=\"1\""),
        (
            "github",
            "::error file=mine/scenario.yaml,line=6,col=1,endColumn=6,title=unknown-field::",
        ),
    ] {
        let call = Call {
            arguments: &["check", "no/where", "mine", "--format", format],
            code: 2,
            stdout: Text::Holds(&[holds]),
            stderr: Text::Holds(&["error: there is nothing at no/where\n"]),
            ..SILENT
        };
        call.run(folder.path());
    }
}

#[test]
fn a_scenario_without_findings_is_a_result_in_every_format() {
    let clean: [(&str, &[&str]); 4] = [
        ("json", &["\"findings\": []", "\"checked\": 1"]),
        (
            "sarif",
            &["\"executionSuccessful\": true", "\"results\": []"],
        ),
        (
            "junit",
            &[
                "failures=\"0\"",
                "<testcase name=\"starter/scenario.yaml\" classname=\"starter\"/>",
            ],
        ),
        ("github", &[]),
    ];
    for (format, holds) in clean {
        let text = written(
            folder().path(),
            &["check", "starter", "--format", format],
            0,
        );
        assert_eq!(text.is_empty(), holds.is_empty(), "{format}");
        for piece in holds {
            assert!(text.contains(piece), "{piece} in {text}");
        }
    }
}

/// The commands of this program in the YAML of the page on CI, and those of the hooks.
fn ci_commands() -> Vec<String> {
    let page = document("docs/ci.md");
    let mut commands = Vec::new();
    for fence in fences(&page).iter().filter(|it| it.language == "yaml") {
        for line in fence.text.lines() {
            let line = line
                .trim()
                .trim_start_matches("- ")
                .trim_start_matches("run: ");
            if line.starts_with("sandtable ") {
                commands.push(line.to_owned());
            }
        }
    }
    let files = "scenarios/starter/scenario.yaml scenarios/starter/record.yaml scenarios/advanced-2022/phases/access.yaml";
    for line in document(".pre-commit-hooks.yaml").lines() {
        if let Some(entry) = line.trim().strip_prefix("entry: ") {
            commands.push(format!("{entry} {files}"));
        }
    }
    commands
}

#[cfg(unix)]
#[test]
fn the_snippets_for_ci_run() {
    let commands = ci_commands();
    assert!(commands.len() >= 9, "{commands:?}");
    let folder = folder();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    std::os::unix::fs::symlink(scenarios, folder.path().join("scenarios")).expect("a link is made");
    let binary = Path::new(env!("CARGO_BIN_EXE_sandtable"));
    let beside = binary.parent().expect("the program lies in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    for typed in commands {
        let output = command("sh", folder.path())
            .env("PATH", format!("{}:{path}", beside.display()))
            .args(["-e", "-c", &typed])
            .output()
            .expect("the shell starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{typed}\n{stderr}");
    }
    for file in ["sandtable.sarif", "check.xml", "test.xml"] {
        let text = fs::read_to_string(folder.path().join(file)).expect("it was written");
        assert!(
            text.contains("scenarios/starter") || file.ends_with("sarif"),
            "{file}: {text}"
        );
    }
}
