//! Whoever follows an exercise that somebody else plays, in plain lines.

use std::io::{self, BufReader, Read as _, Write};
use std::path::Path;
use std::process::Child;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use sandtable::front::{PlaySetup, Request};
use sandtable::local::{LineSource, LocalRoom, run_plain};
use sandtable::room::{JournalPlace, Recorder, RoomSettings};

use crate::program::folder;
use crate::room::{TWO, since_startex, started};
use crate::same::plays;

/// What a process writes.
fn pieces(child: &mut Child) -> Receiver<Vec<u8>> {
    let mut output = child.stdout.take().expect("it was asked for");
    let (sender, pieces) = mpsc::channel();
    thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(read @ 1..) = output.read(&mut piece) {
            if sender.send(piece[..read].to_vec()).is_err() {
                return;
            }
        }
    });
    pieces
}

/// Reads until this stands in what is written; at most half a minute.
fn until(pieces: &Receiver<Vec<u8>>, wanted: &str) -> String {
    let begun = Instant::now();
    let mut bytes = Vec::new();
    while let Some(left) = Duration::from_secs(30).checked_sub(begun.elapsed()) {
        match pieces.recv_timeout(left) {
            Ok(piece) => bytes.extend(piece),
            Err(_) => break,
        }
        if String::from_utf8_lossy(&bytes).contains(wanted) {
            break;
        }
    }
    // The last line may still come.
    while let Ok(piece) = pieces.recv_timeout(Duration::from_millis(50)) {
        bytes.extend(piece);
    }
    String::from_utf8(bytes).expect("whole characters were written")
}

/// Waits until a journal has begun.
fn wait_for(path: &Path) {
    let begun = Instant::now();
    while !std::fs::read_to_string(path).is_ok_and(|it| it.ends_with('\n')) {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never began");
        thread::yield_now();
    }
}

/// The first lines, and the others.
fn halves(lines: &str) -> (String, String) {
    let lines: Vec<&str> = lines.split_inclusive('\n').collect();
    let (first, rest) = lines.split_at(lines.len() / 2);
    (first.concat(), rest.concat())
}

/// Plays, and follows meanwhile: what the player and the follower were shown. The first lines are played before anybody
/// follows.
fn followed(arguments: &[&str], lines: &str, roles: &[&str]) -> (String, String) {
    let folder = folder();
    let home = folder.path();
    let path = home.join("a.jsonl");
    let mut arguments = arguments.to_vec();
    arguments.retain(|it| *it != "--plain");
    arguments.extend(["--plain", "--journal", "a.jsonl"]);
    let mut player = started(home, &arguments);
    let mut stdin = player.stdin.take().expect("it was asked for");
    let (first, rest) = halves(lines);
    stdin.write_all(first.as_bytes()).expect("it reads");
    wait_for(&path);
    let mut looks = vec!["follow", "a.jsonl", "--plain"];
    looks.extend(roles.iter().flat_map(|it| ["--role", it]));
    let mut follower = started(home, &looks);
    stdin.write_all(rest.as_bytes()).expect("it reads");
    drop(stdin);
    let live = player.wait_with_output().expect("it ends");
    let live = String::from_utf8(live.stdout).expect("outputs are UTF-8");
    let seen = until(&pieces(&mut follower), "\nTOTAL ");
    // After a stop it waits for the exercise to go on.
    let _ = follower.kill();
    let _ = follower.wait();
    (live, seen)
}

/// What is written, handed on as long as somebody reads it.
struct HandedOn(Sender<Vec<u8>>);

impl Write for HandedOn {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.send(bytes.to_vec());
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
            .map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write(&[]).map(|_| ())
    }
}

/// A room on whose wall it is always the same time: what it says of countdowns does not depend on how fast it is.
fn timeless(recorder: Option<Recorder>) -> LocalRoom {
    LocalRoom::new(RoomSettings {
        recorder,
        ..RoomSettings::new(Vec::new(), || 0)
    })
}

/// As [`followed`], for somebody who plays the starter alone, in rooms that share one time.
fn followed_at_one_time(lines: &str) -> (String, String) {
    let folder = folder();
    let path = folder.path().join("a.jsonl");
    let (reader, mut lines_in) = io::pipe().expect("a pipe can be made");
    let place = JournalPlace::File(path.clone());
    let player = thread::spawn(move || {
        let mut room = timeless(Some(Recorder {
            place,
            number: || 0,
        }));
        let first = Request::Open(PlaySetup {
            scenario: "starter".to_owned(),
            seed: Some(7),
            ..PlaySetup::default()
        });
        let mut written = Vec::new();
        let input = LineSource::Piped(BufReader::new(reader));
        run_plain(&mut room, first, input, &mut written).expect("it is written");
        String::from_utf8(written).expect("outputs are UTF-8")
    });
    let (first, rest) = halves(lines);
    lines_in.write_all(first.as_bytes()).expect("it reads");
    wait_for(&path);
    let (sender, pieces) = mpsc::channel();
    let exercise = path.to_str().expect("a path of text").to_owned();
    let follower = thread::spawn(move || {
        let first = Request::Follow {
            exercise,
            roles: Vec::new(),
        };
        let input = LineSource::Piped(io::empty());
        // After a stop it waits for the exercise to go on, until nobody reads.
        let _ = run_plain(&mut timeless(None), first, input, HandedOn(sender));
    });
    lines_in.write_all(rest.as_bytes()).expect("it reads");
    drop(lines_in);
    let live = player.join().expect("it ends");
    let seen = until(&pieces, "\nTOTAL ");
    drop(pieces);
    follower.join().expect("it ends");
    (live, seen)
}

#[test]
fn whoever_follows_sees_what_the_player_sees() {
    let scripted = plays("starter")
        .into_iter()
        .chain(plays("advanced-2022").into_iter().take(1));
    for scripted in scripted {
        let arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
        let (live, seen) = followed(&arguments, &scripted.lines, &[]);
        assert!(live.contains("\nENDEX "), "{live}");
        assert_eq!(
            since_startex(&seen),
            since_startex(&live),
            "{}",
            scripted.name
        );
    }
    let lines = "note Who writes?\nvote 1\nvote 2 30%\nreveal\nchoose note look\n\
        inject Mother: Ring me.\nwait\ncountdown 5\ntake back to 1\npause\nnote Tea.\ngo on\nwait\n\
        stop Lunch.\n";
    let (live, seen) = followed_at_one_time(lines);
    assert!(!live.contains("REFUSED"), "{live}");
    assert_eq!(since_startex(&seen), since_startex(&live));
}

#[test]
fn whoever_follows_a_role_sees_what_it_may_see_and_no_observation() {
    let lines = "take call_round\nobserve U Slow.\ninject to manager Mother: Ring me.\n\
        inject to owner Bank: Pay me.\npass\npass\nstop\n";
    let (_, all) = followed(&TWO[..5], lines, &[]);
    let (_, seen) = followed(&TWO, lines, &["owner"]);
    for hidden in ["  1 Ring patients", "Ring me", "Mother", "waiting_words"] {
        assert!(!seen.contains(hidden), "{hidden}: {seen}");
        assert!(all.contains(hidden), "{hidden}: {all}");
    }
    assert!(seen.contains("  Pay me.\n"), "{seen}");
    // The wall of the room shows what everybody may see.
    let (_, wall) = followed(&TWO, lines, &[]);
    for hidden in ["  1 Ring patients", "Ring me", "Pay me", "Slow"] {
        assert!(!wall.contains(hidden), "{hidden}: {wall}");
    }
    assert!(
        !seen.contains("Slow") && !all.contains("Slow"),
        "{seen}{all}"
    );
}
