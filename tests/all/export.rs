//! `export`: where it writes, and what it refuses. What it writes is opened by other programs in
//! `tests/export-check.sh`.

use std::path::Path;

use crate::program::{Call, SILENT, Text, command, folder};

const FORMS: [&str; 6] = [
    "msel-csv",
    "msel-xlsx",
    "mermaid",
    "dot",
    "navigator",
    "drn",
];

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("the file is there")
}

#[test]
fn every_form_goes_to_a_new_file() {
    let folder = folder();
    for form in FORMS {
        if form == "msel-xlsx" && !cfg!(feature = "xlsx") {
            continue;
        }
        let path = folder.path().join(form);
        let name = path.to_str().expect("a path");
        let call = Call {
            arguments: &["export", "starter", "--as", form, "-o", name],
            stderr: Text::Holds(&["wrote ", form, ": "]),
            ..SILENT
        };
        call.run(folder.path());
        assert!(read(&path).len() > 1000, "{form}");
    }
}

#[test]
fn a_file_that_is_there_is_kept_without_force() {
    let folder = folder();
    let path = folder.path().join("graph.dot");
    std::fs::write(&path, "mine").expect("it can be written");
    let call = |arguments, code, stderr| Call {
        arguments,
        code,
        stderr: Text::Is(stderr),
        ..SILENT
    };
    let arguments = [
        "export",
        "starter",
        "--as",
        "dot",
        "-o",
        "graph.dot",
        "--force",
    ];
    let refused = "error: graph.dot already exists\nhint: Nothing was changed. Use `--force` to overwrite it.\n";
    call(&arguments[..6], 2, refused).run(folder.path());
    assert_eq!(read(&path), b"mine");
    call(&arguments, 0, "wrote graph.dot: 23 nodes, 13 edges\n").run(folder.path());
    assert!(read(&path).starts_with(b"digraph exercise {\n"));
}

#[test]
fn a_layer_holds_one_domain_and_says_what_it_leaves_out() {
    let folder = folder();
    let new = Call {
        arguments: &["new", "mine"],
        stdout: Text::Holds(&[]),
        ..SILENT
    };
    new.run(folder.path());
    let path = folder.path().join("mine/scenario.yaml");
    let text = String::from_utf8(read(&path)).expect("it is UTF-8");
    let maps = "maps: [ATT&CK T0886, T0843, ATT&CK T1566.001, ATT&CK T1660, ATT&CK T9999";
    assert_eq!(text.matches("maps: [ATT&CK T1657").count(), 1);
    std::fs::write(&path, text.replace("maps: [ATT&CK T1657", maps)).expect("a file");
    let ics = "note: T0843 and T0886 are of another matrix of ATT&CK and left out; `--domain ics` writes a layer with them\n";
    let mobile = "note: T1660 is of another matrix of ATT&CK and left out; `--domain mobile` writes a layer with it\n";
    let enterprise = "note: T1566.001 is of another matrix of ATT&CK and left out; `--domain enterprise` writes a layer with it\n";
    let none = "note: T9999 is in no matrix of ATT&CK 18.1, and left out\n";
    let cases = [
        (
            "enterprise",
            vec!["T1566.001"],
            format!("{ics}{mobile}{none}"),
        ),
        (
            "ics",
            vec!["T0843", "T0886"],
            format!("{enterprise}{mobile}{none}"),
        ),
        ("mobile", vec!["T1660"], format!("{enterprise}{ics}{none}")),
    ];
    for (domain, expected, stderr) in cases {
        let output = command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
            .args(["export", "mine", "--as", "navigator", "--domain", domain])
            .output()
            .expect("it starts");
        assert_eq!(String::from_utf8_lossy(&output.stderr), stderr);
        let layer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        assert_eq!(layer["domain"], format!("{domain}-attack"));
        let ids = layer["techniques"].as_array().expect("a list").iter();
        let ids: Vec<&str> = ids.filter_map(|it| it["techniqueID"].as_str()).collect();
        assert_eq!(ids, expected);
    }
}

#[test]
fn text_goes_to_standard_output() {
    let cases: &[(&str, &[&str])] = &[
        (
            "msel-csv",
            &["\u{feff}Phase,Number,Time,", "\r\nThe week,7,"],
        ),
        ("mermaid", &["flowchart TB\n", "A note on the screen"]),
        ("dot", &["digraph exercise {\n", "A note on the screen"]),
        ("navigator", &["\"domain\": \"enterprise-attack\"", "T1657"]),
        (
            "drn",
            &[
                "// starter: best ",
                "@type: MDP\n",
                " end ending_",
                " phase_week\n",
                "\taction wait [",
                " init\n\taction startex [0]\n",
            ],
        ),
    ];
    for (form, stdout) in cases {
        let call = Call {
            arguments: &["export", "starter", "--as", form],
            stdout: Text::Holds(stdout),
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn what_cannot_be_exported_is_said() {
    let folder = folder();
    std::fs::write(folder.path().join("wrong.yaml"), "format: 1\nid: wrong\n")
        .expect("it can be written");
    let cases: &[(&[&str], i32, Text, Text)] = &[
        (
            &["export", "starter", "--as", "pdf"],
            2,
            Text::Is(""),
            Text::Holds(&["invalid value 'pdf'", "msel-csv"]),
        ),
        (
            &["export", "advanced-2023", "--as", "dot"],
            2,
            Text::Is(""),
            Text::Holds(&["error: ", "advanced-2023"]),
        ),
        (
            &["export", "starter", "--as", "dot", "-o", "none/graph.dot"],
            2,
            Text::Is(""),
            Text::Holds(&["error: cannot write none/graph.dot: "]),
        ),
        (
            &["export", "starter", "--as", "dot", "--cut", "the_week"],
            2,
            Text::Is(""),
            Text::Holds(&["error: only a process can be exported for a variant or a cut\n"]),
        ),
        (
            &["export", "starter", "--as", "drn", "--cut", "the_weak"],
            2,
            Text::Is(""),
            Text::Holds(&["has no cut `the_weak`\n", "Did you mean `the_week`?\n"]),
        ),
        (
            &[
                "export",
                "starter",
                "--as",
                "drn",
                "--states-max",
                "10",
                "-o",
                "large.drn",
            ],
            2,
            Text::Is(""),
            Text::Holds(&[
                "error: the process has more than 10 states; nothing was written\n",
                "--states-max",
            ]),
        ),
        (
            &["export", "wrong.yaml", "--as", "dot"],
            1,
            Text::Holds(&["error[missing-field]"]),
            Text::Is(""),
        ),
    ];
    for (arguments, code, stdout, stderr) in cases {
        let call = Call {
            arguments,
            code: *code,
            stdout: *stdout,
            stderr: *stderr,
            ..SILENT
        };
        call.run(folder.path());
    }
    assert!(!folder.path().join("large.drn").exists());
}

#[cfg(all(unix, feature = "xlsx"))]
#[test]
fn a_workbook_is_kept_from_a_terminal() {
    use crate::pty::Terminal;

    let folder = folder();
    let arguments = [
        env!("CARGO_BIN_EXE_sandtable"),
        "export",
        "starter",
        "--as",
        "msel-xlsx",
    ];
    let mut terminal = Terminal::start(&arguments, folder.path(), (80, 24), &[]);
    terminal.shows("error: a workbook cannot be shown in a terminal");
    assert_eq!(terminal.ends(), 2);
    let written = String::from_utf8_lossy(&terminal.written);
    assert!(
        written.contains("-o FILE.xlsx") && !written.contains("PK"),
        "{written}"
    );
}
