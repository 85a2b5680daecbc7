//! The full screen in a real terminal: what it shows, and that it restores the terminal.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use sandtable::front::{Msg, PlaySetup, Request, Room};
use sandtable::local::{MouseUse, ScreenEnd, ScreenSetup, run_screen};
use sandtable::tui::Key;
use sandtable::tui::theme::terminal::Look;

use crate::program::folder;
use crate::pty::{Size, Terminal};
use crate::twin::Twin;

pub const SANDTABLE: &str = env!("CARGO_BIN_EXE_sandtable");

pub const SMALL: Size = (80, 24);

const LARGE: Size = (200, 60);

/// Prints the terminal's settings, runs a command, and prints its exit code and the settings again.
const BETWEEN_SETTINGS: &str = "ulimit -c 0; trap : TERM HUP QUIT ABRT; stty -a; \"$@\"; echo \"exit code $?\"; stty -a; echo that was all";

/// Runs a program between two looks at the terminal's settings.
fn between_settings(folder: &Path, program: &[&str], environment: &[(&str, &str)]) -> Terminal {
    let mut whole = vec!["sh", "-c", BETWEEN_SETTINGS, "sh"];
    whole.extend(program);
    Terminal::start(&whole, folder, SMALL, environment)
}

/// Checks that the terminal is as it was before, and the exit code.
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
    let mouse = terminal.screen().mouse_protocol_mode();
    assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse was kept");
    let (_, rest) = rest
        .split_once(&format!("exit code {code}\r\n"))
        .unwrap_or_else(|| panic!("not exit code {code}: {rest}"));
    let (after, _) = rest.split_once("that was all").expect("it was shown");
    assert_eq!(before, after, "the settings before and after");
    assert!(before.contains(" icanon ") && before.contains(" echo "));
}

fn starter(seed: u64) -> PlaySetup {
    PlaySetup {
        scenario: "starter".to_owned(),
        seed: Some(seed),
        ..PlaySetup::default()
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
        terminal.until("a cursor", |screen| !screen.hide_cursor());
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
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("QUIT", 131), ("ABRT", 134)] {
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

/// Set when this test binary runs itself in a pseudo-terminal.
const INSIDE: &str = "SANDTABLE_TESTS_INSIDE_A_TERMINAL";

fn setup(mouse: MouseUse) -> ScreenSetup {
    ScreenSetup {
        look: Look::default(),
        mouse,
        waits_at_once: false,
    }
}

/// A room that wants more memory than there is.
struct Greedy;

impl Room for Greedy {
    fn ask(&mut self, _: Request) -> Vec<Msg> {
        let bytes: Vec<u8> = Vec::with_capacity(isize::MAX as usize);
        panic!("there were {} bytes", bytes.capacity());
    }
}

/// A room that panics at the first question.
struct Panicking;

impl Room for Panicking {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        panic!("the room fell in at {request:?}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_readable() {
    let name = "a_panic_gives_the_terminal_back_and_is_readable";
    falls_in(&mut Panicking, name, "the room fell in at Home");
}

#[test]
fn memory_that_cannot_be_had_gives_the_terminal_back() {
    let name = "memory_that_cannot_be_had_gives_the_terminal_back";
    falls_in(&mut Greedy, name, "error: the program had to stop at once");
}

/// Plays in a room that takes the program down, in this test of this binary, and checks that the terminal was given back
/// and what was said then.
fn falls_in(room: &mut dyn Room, test: &str, said: &str) {
    if std::env::var_os(INSIDE).is_some() {
        let end = run_screen(room, Request::Home, &setup(MouseUse::Screen));
        unreachable!("{end:?}");
    }
    let itself = std::env::current_exe().expect("this binary has a path");
    let program = [
        itself.to_str().expect("the path is text"),
        &format!("terminal::{test}"),
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
    assert!(after.contains(said), "{after}");
    // What the test binary itself says before stands between the settings.
    let settings: Vec<&str> = written
        .lines()
        .map(|line| line.trim_start_matches(|c| c != ' ' && c != '-' && c != 'i'))
        .filter(|line| line.contains("icanon"))
        .collect();
    assert_eq!(settings.len(), 2, "{written}");
    assert_eq!(settings[0], settings[1]);
    assert!(!settings[0].contains("-icanon"));
    let mouse = terminal.screen().mouse_protocol_mode();
    assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse was kept");
    assert!(!terminal.screen().alternate_screen());
    assert!(!terminal.screen().hide_cursor());
}

/// Waits until the cursor is on a text.
fn cursor_on(terminal: &mut Terminal, text: &str) {
    let stands = |screen: &vt100::Screen| {
        let (row, column) = screen.cursor_position();
        let line = screen.rows(column, SMALL.0 - column).nth(row.into());
        !screen.hide_cursor() && line.is_some_and(|line| line.starts_with(text))
    };
    terminal.until(&format!("the cursor on {text}"), stands);
}

#[test]
fn the_cursor_is_seen_on_what_is_marked() {
    let folder = folder();
    let arguments = [SANDTABLE, "play", "starter", "--seed", "7"];
    let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, &[]);
    terminal.shows("The note at reception");
    terminal.send("\r");
    cursor_on(&mut terminal, ">");
    terminal.send("2");
    cursor_on(&mut terminal, "> 2");
    terminal.send("\u{1b}");
    terminal.shows("Waiting past");
    terminal.send("/xy");
    terminal.shows("/ xy");
    terminal.until("the cursor behind what is typed", |screen| {
        let (row, column) = screen.cursor_position();
        let line = screen.rows(column - 4, 4).nth(row.into());
        line.as_deref() == Some("/ xy")
    });
}

/// Sends a press of the first mouse button on the cell where a text begins.
fn press_on(terminal: &mut Terminal, text: &str) {
    terminal.shows(text);
    let rows: Vec<String> = terminal.screen().rows(0, SMALL.0).collect();
    let mut rows = rows.into_iter().enumerate();
    let found = rows.find_map(|(row, line)| Some((row, line.find(text)?, line)));
    let (row, at, line) = found.expect("it is shown");
    let column = line[..at].chars().count();
    terminal.send(&format!("\u{1b}[<0;{};{}M", column + 1, row + 1));
}

#[test]
fn a_click_marks_and_makes_no_move() {
    let folder = folder();
    let arguments = [SANDTABLE, "play", "starter", "--seed", "7"];
    let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, &[]);
    terminal.shows("The note at reception");
    press_on(&mut terminal, "STARTEX");
    terminal.shows("What do you do first?");
    press_on(&mut terminal, "  1  ");
    terminal.shows("Enter takes option 1");
    press_on(&mut terminal, "q leave");
    press_on(&mut terminal, "q  leave the program");
    assert_eq!(terminal.ends(), 0);
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (_, after) = written
        .split_once("\u{1b}[?1000h")
        .expect("the mouse was taken");
    assert!(after.contains("\u{1b}[?1000l"), "the mouse was kept");
}

#[test]
fn the_mouse_can_be_left_to_the_terminal() {
    let folder = folder();
    let mut terminal = Terminal::start(
        &[SANDTABLE, "play", "starter", "--no-mouse"],
        folder.path(),
        SMALL,
        &[],
    );
    terminal.shows("The note at reception");
    terminal.send("\u{3}");
    terminal.ends();
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    assert!(!written.contains("\u{1b}[?1000"), "{written:?}");
}

/// Runs the program as a job, says when it was stopped, continues it when asked, and says its exit code.
const AS_A_JOB: &str = "set -m; \"$@\"; stty -a; echo \"it was stopped\"; read -r go; fg >/dev/null; \
    echo \"exit code $?\"; echo that was all";

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    // By the key, and by a signal from outside.
    for by_key in [true, false] {
        let folder = folder();
        let program = ["sh", "-c", AS_A_JOB, "sh", SANDTABLE, "play", "starter"];
        let mut terminal = Terminal::start(&program, folder.path(), SMALL, &[]);
        terminal.shows("The note at reception");
        terminal.send("\r");
        terminal.shows("What do you do first?");
        terminal.send("1");
        terminal.shows("Enter takes option 1");
        let before = terminal.text();
        if by_key {
            terminal.send("\u{1a}");
        } else {
            let sent = Command::new("sh")
                .args(["-c", &format!("kill -TSTP -{}", terminal.group())])
                .status();
            assert!(sent.expect("a shell starts").success());
        }
        terminal.shows("it was stopped");
        assert!(!terminal.screen().alternate_screen());
        assert!(!terminal.screen().hide_cursor());
        assert_eq!(
            terminal.screen().mouse_protocol_mode(),
            vt100::MouseProtocolMode::None
        );
        let written = String::from_utf8_lossy(&terminal.written).into_owned();
        assert!(written.contains(" icanon ") && written.contains(" echo "));
        terminal.send("go\n");
        terminal.until("the same screen", |screen| {
            screen.alternate_screen() && crate::pty::tidy(&screen.contents()) == before
        });
        terminal.send("q");
        terminal.shows("leave the program");
        terminal.send("q");
        terminal.shows("that was all");
        assert!(
            terminal.text().contains("exit code 0"),
            "{}",
            terminal.text()
        );
        terminal.ends();
        assert!(!terminal.screen().alternate_screen());
    }
}

#[test]
fn a_program_that_nobody_could_continue_is_not_stopped() {
    let folder = folder();
    // The only program in its terminal: no shell is behind it.
    let arguments = [SANDTABLE, "play", "starter", "--seed", "7"];
    let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, &[]);
    terminal.shows("The note at reception");
    terminal.send("\u{1a}\r");
    terminal.shows("What do you do first?");
    terminal.send("qq");
    assert_eq!(terminal.ends(), 0);
}

/// A room that sends messages by itself, a given number of times.
struct Waking {
    left: usize,
    told: usize,
}

impl Room for Waking {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        match request {
            Request::Home => vec![Msg::Trouble("nothing yet".to_owned())],
            _ => Vec::new(),
        }
    }

    fn wakes(&self) -> Option<Duration> {
        (self.left > 0).then_some(Duration::ZERO)
    }

    fn wake(&mut self) -> Vec<Msg> {
        self.left -= 1;
        // Every second time nothing has happened.
        if self.left.is_multiple_of(2) {
            self.told += 1;
            vec![Msg::Trouble(format!("woken {} times", self.told))]
        } else {
            Vec::new()
        }
    }
}

#[test]
fn a_room_is_woken_as_often_as_it_asks_and_no_more() {
    if std::env::var_os(INSIDE).is_some() {
        let mut room = Waking { left: 6, told: 0 };
        let end = run_screen(&mut room, Request::Home, &setup(MouseUse::Terminal));
        assert!(matches!(end, Ok(ScreenEnd::Interrupted)), "{end:?}");
        assert_eq!((room.left, room.told), (0, 3));
        return;
    }
    let itself = std::env::current_exe().expect("this binary has a path");
    let program = [
        itself.to_str().expect("the path is text"),
        "terminal::a_room_is_woken_as_often_as_it_asks_and_no_more",
        "--exact",
        "--nocapture",
    ];
    let folder = folder();
    let mut terminal = Terminal::start(&program, folder.path(), SMALL, &[(INSIDE, "1")]);
    terminal.shows("woken 3 times");
    terminal.send("\u{3}");
    assert_eq!(terminal.ends(), 0, "{}", terminal.text());
}
