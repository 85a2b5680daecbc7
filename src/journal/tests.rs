//! What a disk, a hand or a crash can do to a journal.

mod between;
mod entries;
mod lock;
mod lost;
mod reading;
mod shelf;
mod writing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::journal::{
    Entry, EntryKind, Head, Journal, RecordedMove, RecordedRoll, RecordedSeat, Stopped,
};
use crate::scenario::read::Folder;

fn head() -> Head {
    Head {
        program: "0.1.0".to_owned(),
        begun: "2022-08-02T20:00:00Z".to_owned(),
        scenario: "small".to_owned(),
        folder: Folder {
            path: "small".to_owned(),
            files: BTreeMap::from([("scenario.yaml".to_owned(), b"id: small\n".to_vec())]),
            single: false,
        },
        variant: None,
        cut: Some("first_hours".to_owned()),
        seed: 7,
        team: "Blue".to_owned(),
        take_back: false,
        seats: vec![RecordedSeat {
            roles: vec!["tech".to_owned(), "clinical".to_owned()],
            person: "Anna".to_owned(),
        }],
        minute: 30,
        rolled: Vec::new(),
    }
}

fn entry(what: EntryKind, minute: i64) -> Entry {
    let at = "2022-08-02T20:00:05Z".parse().expect("it is a time");
    Entry { at, minute, what }
}

fn step(made: &str, minute: i64) -> Entry {
    let chance = "eviction \"quoted\"".to_owned();
    let step = RecordedMove {
        made: made.to_owned(),
        rolled: vec![RecordedRoll {
            chance,
            outcome: 2,
            forced: false,
        }],
        ..RecordedMove::default()
    };
    entry(EntryKind::Move(step), minute)
}

fn stopped() -> Entry {
    entry(EntryKind::Stopped(Stopped::default()), 90)
}

/// A journal with three moves and a stop.
fn written(folder: &Path) -> PathBuf {
    let path = folder.join("a.jsonl");
    let mut journal = Journal::create(&path, &head()).expect("there is room");
    for (made, minute) in [("wait", 60), ("choose odd_logon cut", 60), ("wait", 90)] {
        journal.enter(&step(made, minute)).expect("there is room");
    }
    journal.enter(&stopped()).expect("there is room");
    path
}

fn bytes() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::read(written(folder.path())).expect("it was written")
}

/// Where each line begins, and where the last one ends.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let ends = (0..bytes.len()).filter(|at| bytes[*at] == b'\n');
    std::iter::once(0).chain(ends.map(|at| at + 1)).collect()
}
