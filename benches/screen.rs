//! How fast a person is answered, and how much memory a long evening takes: keys to frames, moves to the disk and back,
//! and the process after thousands of moves.
//!
//! `cargo bench --bench screen` prints the figures; nothing here fails because a machine is slow. With `--test`
//! everything runs, a few times only.
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures time and memory, and stands outside the program"
)]
#![allow(clippy::print_stdout, reason = "the figures are the result")]

#[path = "screen/player.rs"]
mod player;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sandtable::engine::luck::Stream;
use sandtable::local::LocalRoom;
use sandtable::room::{JournalPlace, Recorder, RoomSettings};
use sandtable::tui::Key;

use player::Player;

/// The sizes that the design names: the smallest usual terminal, and a projector's.
const SIZES: [(u16, u16); 2] = [(80, 24), (200, 60)];

/// Keys that browse, open and close, and mark: none makes a move.
const KEYS: [Key; 22] = [
    Key::Up,
    Key::Up,
    Key::Up,
    Key::Down,
    Key::Down,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Char('i'),
    Key::Char('v'),
    Key::Char('m'),
    Key::Char('s'),
    Key::Char('d'),
    Key::Char('a'),
    Key::Char('?'),
    Key::Tab,
    Key::BackTab,
    Key::Char('1'),
    Key::Char('2'),
    Key::Esc,
    Key::Esc,
];

/// The seed of everything random here.
const SEED: u64 = 7;

/// How much is measured.
struct Counts {
    keys: usize,
    moves: usize,
    /// After how many moves the memory is measured.
    memory: [usize; 3],
}

const MEASURED: Counts = Counts {
    keys: 5_000,
    moves: 2_000,
    memory: [1_000, 5_000, 10_000],
};

const TESTED: Counts = Counts {
    keys: 50,
    moves: 20,
    memory: [10, 50, 100],
};

fn main() {
    let tested = std::env::args().any(|argument| argument == "--test");
    let counts = if tested { TESTED } else { MEASURED };
    keys_to_frames(&counts);
    moves_to_frames(&counts);
    memory(&counts);
}

/// A room, and where it records.
fn room(recorder: Option<Recorder>) -> LocalRoom {
    LocalRoom::new(RoomSettings {
        recorder,
        ..RoomSettings::new(vec!["advanced-2022".into()], || SEED)
    })
}

/// From a key to its frame, early, in the middle and late in an exercise.
fn keys_to_frames(counts: &Counts) {
    println!("a key to its frame (update, drawing, and what changed on the screen):");
    let mut whole = Player::new(room(None), SIZES[0], SEED);
    let mut length = 0;
    while !whole.is_over() {
        whole.make_any();
        length += 1;
    }
    for size in SIZES {
        for (when, moves) in [("early", 2), ("middle", length / 2), ("late", length - 1)] {
            let mut player = Player::new(room(None), size, SEED);
            for _ in 0..moves {
                player.make_any();
            }
            let messages = player.messages();
            let mut drawn = Stream(SEED);
            let mut times = Vec::with_capacity(counts.keys);
            for _ in 0..counts.keys {
                let key = KEYS[drawn.below(KEYS.len() as u64) as usize];
                let begun = Instant::now();
                player.press(key);
                times.push(begun.elapsed());
            }
            let (width, height) = size;
            let what = format!("{width}x{height} {when}, {messages} messages");
            tell(&what, times);
        }
    }
}

/// From a submitted move to its frame: with a journal, which is on disk before anything is shown, and without.
fn moves_to_frames(counts: &Counts) {
    println!("a submitted move to its frame at 200x60:");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let recorder = recorder(folder.path());
    for (what, recorder) in [("journal on disk", Some(recorder)), ("no journal", None)] {
        let mut player = Player::new(room(recorder), SIZES[1], SEED);
        let (mut answers, mut frames) = (Vec::new(), Vec::new());
        while frames.len() < counts.moves {
            if player.is_over() {
                player.again();
            }
            let (answer, frame) = player.make_any();
            answers.push(answer);
            frames.push(answer + frame);
        }
        let journals = std::fs::read_dir(folder.path()).map_or(0, Iterator::count);
        assert!(journals > 0, "exercises are recorded");
        tell(&format!("{what}, until the room answers"), answers);
        tell(&format!("{what}, until the frame"), frames);
    }
}

fn recorder(folder: &std::path::Path) -> Recorder {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    Recorder {
        place: JournalPlace::Folder(folder.to_owned()),
        number: || Stream(NUMBER.fetch_add(1, Ordering::Relaxed)).number(),
    }
}

/// The memory of the process after more and more moves of more and more exercises in one room, recorded and drawn.
fn memory(counts: &Counts) {
    println!("memory of the process, one room and one screen, every exercise recorded:");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let room = room(Some(recorder(folder.path())));
    let mut player = Player::new(room, SIZES[1], SEED);
    let (mut made, mut exercises) = (0, 1);
    for until in counts.memory {
        while made < until {
            if player.is_over() {
                player.again();
                exercises += 1;
            }
            player.make_any();
            made += 1;
        }
        let held = resident().unwrap_or_else(|| "not known on this system".into());
        println!("  {made:>6} moves, {exercises:>4} exercises: {held}");
    }
}

/// The memory in use, as the system reports it.
fn resident() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    Some(line.trim().to_owned())
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let shown = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1_000.0);
    println!(
        "  {what:<42} median {:>10}   99th percentile {:>10}   worst {:>10}   of {}",
        shown(at(50)),
        shown(at(99)),
        shown(at(100)),
        times.len()
    );
}
