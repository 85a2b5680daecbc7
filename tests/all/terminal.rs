//! The full screen in a real terminal: what it shows, and that it gives the terminal back.

use std::path::Path;
use std::process::Command;

use sandtable::front::{Msg, Request, Room, Setup};
use sandtable::local::{MouseUse, run_screen};
use sandtable::tui::Key;
use sandtable::tui::theme::Theme;

use crate::program::folder;
use crate::pty::{Size, Terminal};
use crate::twin::Twin;

const SANDTABLE: &str = env!("CARGO_BIN_EXE_sandtable");

const SMALL: Size = (80, 24);

const LARGE: Size = (200, 60);

/// Says how the terminal is set, runs what follows, and says its exit code and the settings again.
const BETWEEN_SETTINGS: &str =
    "trap : TERM HUP; stty -a; \"$@\"; echo \"exit code $?\"; stty -a; echo that was all";

/// Runs a program between two looks at the terminal's settings.
fn between_settings(folder: &Path, program: &[&str], environment: &[(&str, &str)]) -> Terminal {
    let mut whole = vec!["sh", "-c", BETWEEN_SETTINGS, "sh"];
    whole.extend(program);
    Terminal::start(&whole, folder, SMALL, environment)
}

/// After the end: the terminal is as it was, and this was the exit code.
fn given_back(mut terminal: Terminal, code: u32) {
    terminal.shows("that was all");
    terminal.ends();
    assert!(!terminal.screen().alternate_screen());
    assert!(!terminal.screen().hide_cursor());
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (before, rest) = written
        .split_once("\u{1b}[?1049h")
        .expect("the alternate screen was taken");
    let (_, rest) = rest
        .split_once("\u{1b}[?1049l")
        .expect("the alternate screen was left");
    assert!(rest.contains("\u{1b}[?25h"), "the cursor was not shown");
    let (_, rest) = rest
        .split_once(&format!("exit code {code}\r\n"))
        .unwrap_or_else(|| panic!("not exit code {code}: {rest}"));
    let (after, _) = rest.split_once("that was all").expect("it was shown");
    assert_eq!(before, after, "the settings before and after");
    assert!(before.contains(" icanon ") && before.contains(" echo "));
}

fn starter(seed: u64) -> Setup {
    Setup {
        scenario: "starter".to_owned(),
        seed: Some(seed),
        ..Setup::default()
    }
}

/// Plays `starter` from its briefing to its account. Before each move the window takes the next of these sizes.
fn play_to_the_end(sizes: &[Size]) {
    let folder = folder();
    let arguments = ["play", "starter", "--seed", "7"];
    let mut twin = Twin::start(&arguments, starter(7), folder.path(), sizes[0]);
    assert!(twin.text().contains("EXERCISE"));
    let mut next_size = sizes.iter().cycle().skip(1);
    let mut turn = |twin: &mut Twin| {
        if sizes.len() > 1 {
            twin.resize(*next_size.next().expect("it goes round"));
        }
    };
    twin.press(Key::Enter);
    // An action; everything off; and the owner's word for it, which is asked at once.
    for keys in ["a1\r", "3\r", "1\r"] {
        turn(&mut twin);
        for key in keys.chars() {
            twin.press(match key {
                '\r' => Key::Enter,
                '\t' => Key::Tab,
                letter => Key::Char(letter),
            });
        }
    }
    let mut waits = 0;
    while !twin.room.exercise().expect("it began").is_over() {
        turn(&mut twin);
        twin.press(Key::Char('w'));
        waits += 1;
        assert!(waits < 100, "it never ends:\n{}", twin.text());
    }
    assert!(waits > 3, "it ended at once:\n{}", twin.text());
    twin.resize(*sizes.get(1).unwrap_or(&sizes[0]));
    twin.press(Key::Enter);
    assert!(twin.text().contains("ENDEX"), "{}", twin.text());
    assert!(twin.text().contains("Nobody knows"), "{}", twin.text());
    twin.press(Key::Char('q'));
    assert_eq!(twin.terminal.ends(), 0);
    assert!(!twin.terminal.screen().alternate_screen());
}

#[test]
fn an_exercise_is_played_to_its_end_on_a_small_screen() {
    play_to_the_end(&[SMALL]);
}

#[test]
fn an_exercise_is_played_to_its_end_on_a_large_screen() {
    play_to_the_end(&[LARGE]);
}

#[test]
fn an_exercise_is_played_to_its_end_while_the_window_changes() {
    // 40×10 is too small for anything but a sentence; the keys still count.
    play_to_the_end(&[SMALL, LARGE, (40, 10), (120, 40), (60, 16)]);
}

#[test]
fn the_start_screen_leads_into_an_exercise_and_out_again() {
    for size in [SMALL, LARGE] {
        let folder = folder();
        let mut terminal = Terminal::start(&[SANDTABLE], folder.path(), size, &[]);
        terminal.shows("EXERCISE");
        terminal.shows("The Advanced incident");
        assert!(terminal.screen().alternate_screen());
        terminal.until("a hidden cursor", vt100::Screen::hide_cursor);
        terminal.send("p");
        terminal.shows("You run the crisis team");
        terminal.send("\r");
        terminal.shows("21:00");
        terminal.send("q");
        terminal.shows("back to the start screen");
        terminal.send("h");
        terminal.shows("The Advanced incident");
        terminal.send("q");
        assert_eq!(terminal.ends(), 0);
    }
}

#[test]
fn leaving_gives_the_terminal_back() {
    let folder = folder();
    let mut terminal = between_settings(folder.path(), &[SANDTABLE], &[]);
    terminal.shows("The Advanced incident");
    terminal.send("q");
    given_back(terminal, 0);
}

#[test]
fn control_c_gives_the_terminal_back() {
    let folder = folder();
    let mut terminal = between_settings(folder.path(), &[SANDTABLE, "play", "starter"], &[]);
    terminal.shows("The note at reception");
    terminal.send("\u{3}");
    given_back(terminal, 130);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let folder = folder();
        let mut terminal = between_settings(folder.path(), &[SANDTABLE, "play", "starter"], &[]);
        terminal.shows("The note at reception");
        // The shell that waits outlives it by its trap.
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{signal} -{}", terminal.group())])
            .status();
        assert!(sent.expect("a shell starts").success());
        given_back(terminal, code);
    }
}

#[test]
fn a_closed_window_ends_the_program() {
    let folder = folder();
    let arguments = [
        SANDTABLE,
        "play",
        "starter",
        "--seed",
        "7",
        "--transcript",
        "kept.txt",
    ];
    let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, &[]);
    terminal.shows("The note at reception");
    terminal.send("\r");
    terminal.shows("What do you do first?");
    terminal.close();
    assert_eq!(terminal.ends(), 129);
    let kept = std::fs::read_to_string(folder.path().join("kept.txt")).expect("it was written");
    assert!(kept.contains("DECISION 1 of 1: note"), "{kept}");
}

/// Set where this test binary runs itself in a pseudo-terminal.
const INSIDE: &str = "SANDTABLE_TESTS_INSIDE_A_TERMINAL";

/// A room in which something goes badly wrong at the first question.
struct Panicking;

impl Room for Panicking {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        panic!("the room fell in at {request:?}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_readable() {
    if std::env::var_os(INSIDE).is_some() {
        let end = run_screen(
            &mut Panicking,
            Request::Home,
            Theme::default(),
            MouseUse::Screen,
        );
        unreachable!("{end:?}");
    }
    let itself = std::env::current_exe().expect("this binary has a path");
    let program = [
        itself.to_str().expect("the path is text"),
        "terminal::a_panic_gives_the_terminal_back_and_is_readable",
        "--exact",
        "--nocapture",
    ];
    let folder = folder();
    let mut terminal = between_settings(folder.path(), &program, &[(INSIDE, "1")]);
    terminal.shows("that was all");
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (_, after) = written
        .split_once("\u{1b}[?1049l")
        .expect("the alternate screen was left");
    assert!(after.contains("the room fell in at Home"), "{after}");
    // What the test binary itself says before stands between the settings.
    let settings: Vec<&str> = written
        .lines()
        .map(|line| line.trim_start_matches(|c| c != ' ' && c != '-' && c != 'i'))
        .filter(|line| line.contains("icanon"))
        .collect();
    assert_eq!(settings.len(), 2, "{written}");
    assert_eq!(settings[0], settings[1]);
    assert!(!settings[0].contains("-icanon"));
    assert!(!terminal.screen().alternate_screen());
    assert!(!terminal.screen().hide_cursor());
}

/// The numbers of every sequence that sets colours or styles.
fn styles(written: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(written).into_owned();
    let mut numbers = Vec::new();
    for piece in text.split("\u{1b}[").skip(1) {
        let end = piece.find(|c: char| c.is_ascii_alphabetic());
        if let Some(end) = end.filter(|&end| piece[end..].starts_with('m')) {
            numbers.extend(
                piece[..end]
                    .split([';', ':'])
                    .filter_map(|it| it.parse::<u16>().ok()),
            );
        }
    }
    numbers
}

#[test]
fn no_color_means_no_colours() {
    let is_colour = |number: &u16| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107);
    for (environment, coloured) in [(&[][..], true), (&[("NO_COLOR", "1")][..], false)] {
        let folder = folder();
        let arguments = [SANDTABLE, "play", "starter", "--seed", "7"];
        let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, environment);
        terminal.shows("The note at reception");
        terminal.send("\r");
        terminal.shows("What do you do first?");
        terminal.send("1");
        terminal.shows("Enter takes option 1");
        terminal.send("q");
        terminal.shows("leave the program");
        terminal.send("q");
        assert_eq!(terminal.ends(), 0);
        let numbers = styles(&terminal.written);
        assert_eq!(numbers.iter().any(is_colour), coloured, "{numbers:?}");
        // Bold and reversed stay.
        assert!(numbers.contains(&1) && numbers.contains(&7), "{numbers:?}");
    }
}
