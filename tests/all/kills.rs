//! SIGKILL at random instants: what was shown goes on, and nothing less.

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use sandtable::engine::luck::Stream;

use crate::program::command;
use crate::random::quick_folder;
use crate::same::{Scripted, plays};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sandtable");

/// The program with a file as its input, so that every line is there at once.
fn start(home: &Path, arguments: &[&str]) -> Command {
    let mut program = command(PROGRAM, home);
    program.args(arguments);
    program
}

/// What is entered beside the moves of a play: after so many of its lines, these.
fn with_a_room(scripted: &Scripted) -> String {
    let mut lines: Vec<String> = scripted.lines.lines().map(str::to_owned).collect();
    // Where a question is open at STARTEX, it is voted on.
    let first: &[&str] = if scripted.arguments[1] == "starter" {
        &["note Who rings whom?", "vote 1 70%", "vote 2 20%", "reveal"]
    } else {
        &["note Who rings whom?"]
    };
    let between: [(usize, &[&str]); 3] = [
        (0, first),
        (
            1,
            &[
                "inject The caretaker: The cellar is dry.",
                "pause",
                "note We wait.",
                "go on",
            ],
        ),
        // What was taken back is made once more.
        (2, &["take back to 1", "observe S They listened."]),
    ];
    let again = lines.get(1).cloned();
    for (place, said) in between.iter().rev() {
        let at = (*place).min(lines.len());
        lines.splice(at..at, said.iter().map(|it| (*it).to_owned()));
    }
    let back = lines.iter().position(|it| it.starts_with("take back"));
    let back = back.expect("it is among them");
    lines.splice(back + 1..=back, again);
    lines.join("\n") + "\n"
}

/// When the wait for a kill begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Since {
    Started,
    Shown,
}

/// How one kill came out.
struct Killed {
    shown: String,
    /// Whether it ended by itself before.
    ended: bool,
}

/// Kills a run after so long: since it was started, or since it had shown something.
fn killed(
    home: &Path,
    arguments: &[&str],
    lines: &str,
    (since, wait): (Since, Duration),
) -> Killed {
    let mut child = start(home, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it was asked for");
    stdin
        .write_all(lines.as_bytes())
        .expect("it fits into a pipe");
    drop(stdin);
    let mut until = Instant::now() + wait;
    let mut stdout = child.stdout.take().expect("it was asked for");
    // Reading on the side, for a full pipe would hold it up.
    let (begins, begun) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut shown = vec![0];
        let first = stdout.read(&mut shown).expect("it can be read");
        shown.truncate(first);
        let _ = begins.send(());
        stdout.read_to_end(&mut shown).expect("what was written");
        shown
    });
    if since == Since::Shown {
        begun.recv().expect("it shows something or ends");
        until = Instant::now() + wait;
    }
    while Instant::now() < until {
        std::hint::spin_loop();
    }
    let ended = child.try_wait().expect("it can be asked").is_some();
    if !ended {
        child.kill().expect("it runs");
    }
    child.wait().expect("it is gone");
    let shown = reader.join().expect("it reads");
    Killed {
        shown: String::from_utf8(shown).expect("whole characters were written"),
        ended,
    }
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    let mut program = start(home, arguments);
    program
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// Kills one exercise, and holds what is taken up again to what was shown. How many had shown something (one or none), and how many of those
/// had not ended by themselves.
fn survives(home: &Path, scripted: &Scripted, lines: &str, wait: (Since, Duration)) -> (u64, u64) {
    let path = home.join("a.jsonl");
    let _ = std::fs::remove_file(&path);
    let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
    arguments.extend(["--plain", "--journal", "a.jsonl"]);
    let killed = killed(home, &arguments, lines, wait);
    if killed.shown.is_empty() {
        // It may have been killed before it had begun.
        return (0, 0);
    }
    let resumed = run(home, &["resume", "a.jsonl", "--plain"]);
    let told = String::from_utf8(resumed.stderr).expect("outputs are UTF-8");
    if told.contains("has ended") {
        // ENDEX lay on disk, whether or not it was shown: then it is shown again.
        let replayed = run(home, &["replay", "a.jsonl", "--plain"]);
        let replayed = String::from_utf8(replayed.stdout).expect("outputs are UTF-8");
        let shown = since_startex(&killed.shown);
        assert!(since_startex(&replayed).starts_with(shown), "{replayed}");
        return (1, u64::from(!killed.ended));
    }
    let text = String::from_utf8(resumed.stdout).expect("outputs are UTF-8");
    assert!(resumed.status.success(), "{told}{text}");
    assert!(
        text.starts_with(&killed.shown),
        "{} killed after {wait:?} (ended: {}):\n{}\n\nand resumed:\n{text}",
        scripted.name,
        killed.ended,
        killed.shown
    );
    (1, u64::from(!killed.ended))
}

/// What follows the line that says how to play, which is another one in a replay.
fn since_startex(text: &str) -> &str {
    let Some(at) = text.find("\nSTARTEX ") else {
        return "";
    };
    let rest = &text[at + 1..];
    rest.find("\n\n").map_or("", |gap| &rest[gap..])
}

/// So many kills, over the whole length of a run. More of them were in the middle of something than before it began.
#[test]
fn a_kill_at_a_random_instant_loses_nothing_that_was_shown() {
    let wanted = std::env::var("SANDTABLE_KILLS").ok();
    let wanted = wanted.map_or(60, |it| it.parse().expect("SANDTABLE_KILLS is a number"));
    let mut scripted = plays("starter");
    scripted.extend(plays("advanced-2022").into_iter().take(1));
    let threads = thread::available_parallelism().map_or(1, NonZero::get) as u64;
    let scripted = &scripted;
    let (shown, cut): (u64, u64) = thread::scope(|scope| {
        let kill = |first: u64| {
            scope.spawn(move || {
                let home = quick_folder();
                let mut pick = Stream(first);
                let lines: Vec<String> = scripted.iter().map(with_a_room).collect();
                let longest: Vec<Duration> = scripted
                    .iter()
                    .zip(&lines)
                    .map(|(it, lines)| length(home.path(), it, lines))
                    .collect();
                let kills = (first..wanted).step_by(threads as usize);
                let shown = kills.map(|number| {
                    // Three of the small exercise, then one of the large.
                    let which = (number / threads % 4).min(2) as usize;
                    let micros = longest[which].as_micros() as u64;
                    // Most of a run is over before it shows anything.
                    let wait = match pick.below(4) {
                        0 => (Since::Started, Duration::from_micros(pick.below(micros))),
                        _ => (Since::Shown, Duration::from_micros(pick.below(micros / 4))),
                    };
                    survives(home.path(), &scripted[which], &lines[which], wait)
                });
                shown.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
            })
        };
        let all: Vec<_> = (0..threads).map(kill).collect();
        let all = all.into_iter();
        all.map(|it| {
            it.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
        .fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
    });
    assert!(shown * 2 > wanted, "{shown} of {wanted} had shown anything");
    assert!(
        cut * 4 > wanted,
        "{cut} of {wanted} were in the middle of it"
    );
}

/// How long a whole run takes. No line of it is refused: what is refused is shown, and not recorded.
fn length(home: &Path, scripted: &Scripted, lines: &str) -> Duration {
    let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
    arguments.extend(["--plain", "--journal", "whole.jsonl"]);
    let begun = Instant::now();
    let input = home.join("lines.txt");
    std::fs::write(&input, lines).expect("it can be written");
    let output = start(home, &arguments)
        .stdin(std::fs::File::open(&input).expect("it was written"))
        .output()
        .expect("the program starts");
    let _ = std::fs::remove_file(home.join("whole.jsonl"));
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{shown}");
    begun.elapsed()
}
