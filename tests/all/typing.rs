//! What is typed and pasted at a real terminal, and terminals that are gone or take nothing.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::folder;
use crate::pty::Terminal;
use crate::terminal::{SANDTABLE, SMALL};

/// What somebody pastes into the wrong window.
const CHAT: &str = "Hi all, we think:\r1. look\r2. tell them\rw\rq";

/// Plays the starter, recorded in `journal.jsonl`.
const PLAY: [&str; 7] = [
    SANDTABLE,
    "play",
    "starter",
    "--seed",
    "7",
    "--journal",
    "journal.jsonl",
];

/// The starter, past its briefing.
fn playing(folder: &Path) -> Terminal {
    begun(&PLAY, folder)
}

fn begun(program: &[&str], folder: &Path) -> Terminal {
    let mut terminal = Terminal::start(program, folder, SMALL, &[]);
    terminal.shows("The note at reception");
    terminal.send("\r");
    terminal.shows("What do you do first?");
    terminal
}

fn journal(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("journal.jsonl")).expect("it is recorded")
}

#[test]
fn a_paste_where_nothing_is_typed_makes_no_move_and_says_so() {
    for brackets in [("", ""), ("\x1b[200~", "\x1b[201~")] {
        let folder = folder();
        let mut terminal = playing(folder.path());
        terminal.send(&[brackets.0, CHAT, brackets.1].concat());
        terminal.shows("Nothing was pasted");
        terminal.send("q");
        terminal.shows("Leave");
        terminal.send("q");
        terminal.ends();
        assert_eq!(journal(folder.path()).matches("\"move\"").count(), 0);
    }
}

#[test]
fn a_paste_goes_into_the_open_field_on_one_line_and_sends_nothing() {
    for brackets in [("", ""), ("\x1b[200~", "\x1b[201~")] {
        let folder = folder();
        let mut terminal = playing(folder.path());
        terminal.send("n");
        terminal.shows("Write");
        terminal.send(&[brackets.0, CHAT, brackets.1].concat());
        terminal.shows("2. tell them w q");
        assert!(!journal(folder.path()).contains("\"note\""));
        terminal.send("\x08");
        terminal.send("\r");
        let noted = "\"Hi all, we think: 1. look 2. tell them w";
        let deadline = Instant::now() + Duration::from_mins(1);
        while !journal(folder.path()).contains(noted) {
            assert!(Instant::now() < deadline, "{}", terminal.text());
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(!journal(folder.path()).contains("w q"));
    }
}

#[test]
fn a_megabyte_that_is_pasted_delays_neither_keys_nor_signals() {
    let folder = folder();
    let mut terminal = playing(folder.path());
    terminal.send("n");
    terminal.shows("Write");
    terminal.send(&["\x1b[200~", &"hello ".repeat(180_000), "\x1b[201~"].concat());
    terminal.shows("its end was left out");
    terminal.send("\x1b");
    terminal.shows("What do you do first?");
    terminal.send("\x1b[200~hello");
    let sent = Instant::now();
    signal(&terminal, "TERM");
    assert_eq!(terminal.ends(), 143);
    assert!(sent.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_terminal_that_takes_nothing_cannot_hold_back_a_signal() {
    let folder = folder();
    let mut terminal = playing(folder.path());
    terminal.holds_output();
    // Frames that fill what the terminal holds.
    for _ in 0..300 {
        terminal.send("\x0c");
        std::thread::sleep(Duration::from_millis(2));
    }
    signal(&terminal, "TERM");
    assert_eq!(terminal.ends_held(), 143);
}

fn signal(terminal: &Terminal, name: &str) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{name} -{}", terminal.group())])
        .status();
    assert!(sent.expect("a shell starts").success());
}

#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program() {
    let folder = folder();
    // Who started it takes the signal, and the program is in a group of its own.
    let script = "trap '' HUP; \"$@\"; echo $? > code";
    let program = [&["sh", "-c", script, "sh"], &PLAY[..]].concat();
    let mut terminal = begun(&program, folder.path());
    terminal.close();
    terminal.ends();
    let code = std::fs::read_to_string(folder.path().join("code")).expect("it ended");
    assert_eq!(code.trim(), "129");
    // The journal is free again.
    let resumed = Command::new(SANDTABLE)
        .args(["replay", "journal.jsonl", "--as-play"])
        .current_dir(folder.path())
        .output()
        .expect("it starts");
    assert!(resumed.status.success());
}
