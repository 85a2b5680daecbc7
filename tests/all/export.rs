//! `export`: where it writes, and what it refuses. What it writes is opened by other programs in
//! `tests/export-check.sh`.

use std::path::Path;

use crate::program::{Call, SILENT, Text, folder};

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
