//! Scenarios by somebody who means harm, or whose disk does: each is refused with its place, in little time and memory.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Instant;

use crate::program::{command, folder};

/// The most memory that a check may use, in KiB: 1 GiB.
const MEMORY_MAX: u32 = 1 << 20;

const STARTER: &str = include_str!("../../scenarios/starter/scenario.yaml");

/// Runs `sandtable check` with bounded memory, and prints what it took.
#[allow(
    clippy::print_stdout,
    reason = "what it took is a figure to read, not to hold"
)]
fn check(folder: &Path, arguments: &[&str]) -> Output {
    let begun = Instant::now();
    let output = command("bash", folder)
        .args([
            "-c",
            &format!("ulimit -v {MEMORY_MAX}; exec \"$0\" check \"$@\""),
            env!("CARGO_BIN_EXE_sandtable"),
        ])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("bash starts");
    println!("{arguments:?}: {} ms", begun.elapsed().as_millis());
    for text in [&output.stdout, &output.stderr] {
        let text = std::str::from_utf8(text).expect("outputs are UTF-8");
        assert!(!text.contains(is_dangerous), "{text:?}");
    }
    output
}

/// What a terminal obeys instead of showing it.
fn is_dangerous(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Holds that a file is refused with exit code 1, a place and a rule, and that something is said about what to do.
fn refused(name: &str, bytes: &[u8], place: &str) {
    let folder = folder();
    std::fs::write(folder.path().join(name), bytes).expect("it can be written");
    let short = check(folder.path(), &[name, "--format", "short"]);
    let text = String::from_utf8_lossy(&short.stdout).into_owned();
    assert_eq!(short.status.code(), Some(1), "{name}: {text}");
    let begins = format!("{name}:{place} ");
    assert!(
        text.lines().any(|line| line.starts_with(&begins)),
        "{name}: no {begins}in\n{}",
        first_lines(&text)
    );
    let full = check(folder.path(), &[name]);
    let text = String::from_utf8_lossy(&full.stdout).into_owned();
    assert_eq!(full.status.code(), Some(1), "{name}: {text}");
    let what_to_do = ["= help: ", "help: ", "[wrong-kind]: expected "];
    assert!(
        what_to_do.iter().any(|hint| text.contains(hint)),
        "{name}: nothing says what to do:\n{}",
        first_lines(&text)
    );
}

fn first_lines(text: &str) -> String {
    text.lines().take(20).collect::<Vec<_>>().join("\n")
}

/// The starter scenario with one thing changed.
fn changed(from: &str, to: &str) -> Vec<u8> {
    assert!(STARTER.contains(from), "{from}");
    STARTER.replacen(from, to, 1).into_bytes()
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    // After the starter, and an empty line.
    let second = format!("{}:1: error[yaml-syntax]", STARTER.lines().count() + 2);
    let title = "title: The note at reception";
    let cases: &[(&str, Vec<u8>, &str)] = &[
        (
            "role.yaml",
            changed("to: [manager]", "to: [manger]"),
            "39:10: error[unknown-name]",
        ),
        (
            "value.yaml",
            changed("needs: helpers", "needs: helprs"),
            "42:12: error[unknown-name]",
        ),
        (
            "number.yaml",
            changed("worth: 8", "worth: eight"),
            "16:36: error[bad-number]",
        ),
        (
            "kind.yaml",
            changed("format: 1", "format: {}"),
            "3:9: error[wrong-kind]",
        ),
        (
            "range.yaml",
            changed("worth: 8", "worth: 99999999999999999999"),
            "16:36: error[number-out-of-range]",
        ),
        (
            "field.yaml",
            changed("summary:", "sumary:"),
            "6:1: error[unknown-field]",
        ),
        (
            "twice.yaml",
            changed(
                "zone: Europe/London",
                "zone: Europe/London\nzone: Asia/Tokyo",
            ),
            "10:1: error[repeated-key]",
        ),
        (
            "within.yaml",
            changed(
                "told: {initial: false,",
                "told: {initial: false, initial: true,",
            ),
            "20:26: error[repeated-key]",
        ),
        (
            "tag.yaml",
            changed("format: 1", "format: !!python/object:os.system 1"),
            "3:9: error[yaml-tag]",
        ),
        (
            "merge.yaml",
            changed("manager: {title", "manager: {<<: *x, title"),
            "13:17: error[yaml-alias]",
        ),
        (
            "second.yaml",
            format!("{STARTER}\n---\nformat: 1\n").into_bytes(),
            &second,
        ),
        (
            "colon.yaml",
            changed(title, "title: The note: at reception"),
            "5:16: error[yaml-syntax]",
        ),
    ];
    for (name, bytes, place) in cases {
        refused(name, bytes, place);
    }
}

#[test]
fn what_no_terminal_may_see_is_refused_with_its_place() {
    let title = "title: The note at reception";
    let cases: &[(&str, Vec<u8>, &str)] = &[
        (
            "control.yaml",
            changed(title, "title: The \u{1b}[31mnote\u{7}"),
            "5:12: error[control-character]",
        ),
        (
            "escape.yaml",
            changed(title, "title: \"The \\x1b[31mnote\""),
            "5:13: error[control-character]",
        ),
        (
            "c1.yaml",
            changed(title, "title: \"The \\u009b31mnote\""),
            "5:13: error[control-character]",
        ),
        (
            "bidi.yaml",
            changed(title, "title: The \u{202e}note\u{2066}"),
            "5:17: error[control-character]",
        ),
        (
            "bidi_escape.yaml",
            changed(title, "title: \"The \\u202e note\""),
            "5:13: error[control-character]",
        ),
        (
            "comment.yaml",
            changed("# One page", "# One \u{1b}[2J\u{202e}page"),
            "2:7: error[control-character]",
        ),
        (
            "key.yaml",
            changed("  network: {", "  \"net\\x1b[2J\": {"),
            "23:3: error[bad-id]",
        ),
        (
            "latin1.yaml",
            changed(title, "title: The n\u{f6}te")
                .into_iter()
                .map(|byte| if byte == 0xc3 { 0xf6 } else { byte })
                .collect(),
            "5:13: error[not-utf8]",
        ),
        (
            "utf16.yaml",
            STARTER.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "1:2: error[control-character]",
        ),
        ("ff.yaml", vec![0xff; 1000], "1:1: error[not-utf8]"),
        ("nul.yaml", vec![0; 1000], "1:1: error[control-character]"),
        ("empty.yaml", Vec::new(), "1:1: error[empty-field]"),
        ("spaces.yaml", b"  \n\n".to_vec(), "1:1: error[empty-field]"),
        ("list.yaml", b"- 1\n".to_vec(), "1:1: error[wrong-kind]"),
    ];
    for (name, bytes, place) in cases {
        refused(name, bytes, place);
    }
}

#[test]
fn what_would_grow_is_refused_before_it_grows() {
    let mut bomb = "format: 1\na: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (name, before) in ('b'..='z').zip('a'..) {
        let again = vec![format!("*{before}"); 9].join(",");
        let _ = writeln!(bomb, "{name}: &{name} [{again}]");
    }
    let deep = 10_000;
    let mut indented = String::new();
    for depth in 0..deep {
        let _ = writeln!(indented, "{:depth$}a:", "");
        if indented.len() > 3 << 20 {
            break;
        }
    }
    let many: String = (0..150_000).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "k{number}: 1");
        text
    });
    let anchors: String = (0..100_000).fold("x:\n".to_owned(), |mut text, number| {
        let _ = writeln!(text, "  - &a{number} 1");
        text
    });
    let cases: &[(&str, String, &str)] = &[
        ("bomb.yaml", bomb, "2:4: error[yaml-alias]"),
        ("braces.yaml", "{".repeat(deep), "1:256: error[too-deep]"),
        (
            "maps.yaml",
            format!("x: {}1{}", "{a: ".repeat(deep), "}".repeat(deep)),
            "1:128: error[too-deep]",
        ),
        (
            "brackets.yaml",
            format!("x: {}{}", "[".repeat(deep), "]".repeat(deep)),
            "1:259: error[too-deep]",
        ),
        (
            "dashes.yaml",
            format!("x:\n  {}1", "- ".repeat(deep)),
            "2:65: error[too-deep]",
        ),
        ("indented.yaml", indented, "33:33: error[too-deep]"),
        ("many.yaml", many, "100001:1: error[too-large]"),
        ("anchors.yaml", anchors, "2:5: error[yaml-alias]"),
        (
            "open.yaml",
            format!("title: \"{}", "x".repeat(3 << 20)),
            "1:8: error[yaml-syntax]",
        ),
    ];
    for (name, text, place) in cases {
        refused(name, text.as_bytes(), place);
    }
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let folder = folder();
    let path = folder.path().join("large.yaml");
    let mut file = std::fs::File::create(&path).expect("it can be made");
    let lines = "x: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(32_768);
    for _ in 0..100 {
        file.write_all(lines.as_bytes()).expect("it can be written");
    }
    drop(file);
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).expect("it can be made");
    std::fs::rename(&path, inside.join("scenario.yaml")).expect("it can be moved");
    for argument in ["inside", "inside/scenario.yaml"] {
        let output = check(folder.path(), &[argument]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{text}");
        let headline = "error[too-large]: inside/scenario.yaml is larger than 4 MiB\n";
        assert!(text.starts_with(headline), "{text}");
        assert!(text.contains(&format!(" {argument}:1:1\n")), "{text}");
        assert!(
            text.contains("help: A scenario is text for people"),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_scenario_at_all_is_trouble() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("empty")).expect("it can be made");
    std::fs::create_dir(folder.path().join("linked")).expect("it can be made");
    let mut cases = vec![
        ("empty", "error: there is no `scenario.yaml` in empty\n"),
        (
            "missing.yaml",
            "error: there is no scenario `missing.yaml`\n",
        ),
        ("no/such", "error: there is nothing at no/such\n"),
        ("", "error: there is no scenario ``\n"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("linked/scenario.yaml"))
            .expect("it can be linked");
        let pipe = command("mkfifo", folder.path()).arg("pipe").status();
        assert!(pipe.expect("it starts").success());
        cases.extend([
            ("/dev/zero", "error: /dev/zero is not a regular file\n"),
            (
                "linked",
                "error: linked/scenario.yaml is not a regular file\n",
            ),
            ("pipe", "error: pipe is not a regular file\n"),
        ]);
    }
    for (argument, begins) in cases {
        let output = check(folder.path(), &[argument]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{argument}: {text}");
        assert_eq!(output.stdout, b"", "{argument}");
        assert!(text.starts_with(begins), "{argument}: {text}");
        assert!(text.contains("\nhint: "), "{argument}: {text}");
    }
}
