//! The plain face in a pipe: input and readers that end early.

use crate::program::folder;

/// The output of a piped call of the plain face after the last move.
fn after_the_last_line(arguments: &[&str], input: &str, code: i32) -> String {
    let folder = folder();
    let moves = folder.path().join("moves.txt");
    std::fs::write(&moves, input).expect("it can be written");
    let output = crate::program::command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
        .args(arguments)
        .stdin(std::fs::File::open(moves).expect("it was written"))
        .output()
        .expect("the program starts");
    let stdout = String::from_utf8(output.stdout).expect("outputs are UTF-8");
    assert_eq!(output.status.code(), Some(code), "{stdout}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let begins = ["\nREFUSED ", "\nSTOP ", "\nENDEX "];
    let at = begins.iter().filter_map(|label| stdout.find(label)).min();
    stdout[at.expect("it ends with one of these") + 1..].to_owned()
}

const NOTHING_YET: &str = "\
NOTE ENDEX was not reached; these points leave out what was still to come.
OBJECTIVE Stop it: 0 of 8
  Nothing was won or lost.
OBJECTIVE See the patients: 0 of 4
  Nothing was won or lost.
OBJECTIVE Tell those who must know: 0 of 5
  Nothing was won or lost.
TOTAL 0 of 17
";

#[test]
fn input_that_ends_early_gives_the_points_so_far() {
    let cases = [
        ("", 0, "STOP at Mon 4 Mar 2024 08:00 GMT; points so far:\n"),
        (
            "quit\nwait\n",
            0,
            "STOP at Mon 4 Mar 2024 08:00 GMT; points so far:\n",
        ),
        (
            "choose note look_\n",
            1,
            "REFUSED There is no option of note `look_`; did you mean `look`?\n\
             STOP at Mon 4 Mar 2024 08:00 GMT; points so far:\n",
        ),
        (
            "wiat\n",
            1,
            "REFUSED There is no command `wiat`; did you mean `wait`?\n\
             STOP at Mon 4 Mar 2024 08:00 GMT; points so far:\n",
        ),
        (
            "take \u{1b}[31m\u{202e}\n",
            1,
            "REFUSED There is no action `\u{241b}[31m<U+202E>`; there is only 1.\n\
             STOP at Mon 4 Mar 2024 08:00 GMT; points so far:\n",
        ),
    ];
    for (input, code, said) in cases {
        let rest = after_the_last_line(&["play", "starter", "--plain", "--seed", "7"], input, code);
        assert_eq!(rest, format!("{said}{NOTHING_YET}"), "{input:?}");
    }
}

#[test]
fn history_ends_with_the_penalty_and_the_account() {
    let rest = after_the_last_line(&["history", "--plain"], "", 0);
    assert!(
        rest.starts_with("ENDEX 12:00 GMT, Thu 27 Mar 2025: As in history\n"),
        "{rest}"
    );
    let (story, scorecard) = rest
        .split_once("\nOBJECTIVE ")
        .expect("the account follows");
    for figure in ["\u{a3}6.09m", "\u{a3}3,076,320"] {
        assert!(story.contains(figure), "{figure} in {story}");
    }
    let last = scorecard.lines().last().expect("it has lines");
    assert!(
        last.starts_with("TOTAL ") && last.ends_with(" of 100"),
        "{last}"
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_news() {
    let folder = folder();
    let text = format!("x:\n{}", "  - &a 1\n".repeat(20_000));
    std::fs::write(folder.path().join("many.yaml"), text).expect("it can be written");
    // The exit code says what was found, whoever reads on.
    let moves = "printf 'choose nothing x\\nwait\\nwait\\n'";
    let cases = [
        ("", "check many.yaml", 1),
        ("", "history --plain", 0),
        (moves, "play starter --plain --seed 7", 1),
    ];
    for (input, arguments, code) in cases {
        let script = format!("{{ \"$0\" {arguments}; echo $? >code; }} | head -n 1");
        let script = if input.is_empty() {
            script
        } else {
            format!("{input} | {script}")
        };
        let output = crate::program::command("sh", folder.path())
            .args(["-c", &script])
            .arg(env!("CARGO_BIN_EXE_sandtable"))
            .output()
            .expect("a shell starts");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(stdout.lines().count(), 1, "{stdout}");
        let seen = std::fs::read_to_string(folder.path().join("code")).expect("it was written");
        assert_eq!(seen.trim(), code.to_string(), "{arguments}");
    }
}
