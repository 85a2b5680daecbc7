//! Full disks, other folders, other writers.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::journal::disk::Medium;
use crate::journal::tests::{head, step, written};
use crate::journal::{Journal, JournalError, look, read};

/// A disk with room for so many bytes.
#[derive(Debug, Default)]
struct Small {
    room: usize,
    held: Vec<u8>,
    /// Cannot even cut.
    stuck: bool,
}

#[derive(Clone, Debug, Default)]
struct Shared(Arc<Mutex<Small>>);

impl Medium for Shared {
    fn append(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.0.lock().expect("one thread");
        assert_eq!(disk.held.len() as u64, at, "it is written at the end");
        let fits = bytes.len().min(disk.room.saturating_sub(disk.held.len()));
        disk.held.extend(&bytes[..fits]);
        if fits < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    fn cut(&mut self, at: u64) -> io::Result<()> {
        let mut disk = self.0.lock().expect("one thread");
        if disk.stuck {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        disk.held.truncate(at as usize);
        Ok(())
    }
}

#[test]
fn a_full_disk_refuses_the_move_and_takes_it_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    let journal = Journal::create(&path, &head()).expect("there is room");
    let begun = fs::read(&path).expect("it was written");
    drop(journal);
    for stuck in [false, true] {
        let disk = Shared::default();
        *disk.0.lock().expect("one thread") = Small {
            room: begun.len() + 40,
            held: begun.clone(),
            stuck,
        };
        fs::remove_file(&path).expect("it is there");
        let journal = Journal::create(&path, &head()).expect("there is room");
        let mut journal = journal.on(disk.clone());
        for _ in 0..3 {
            let error = journal.enter(&step("wait", 60)).expect_err("it is full");
            assert!(matches!(error, JournalError::Io { doing: "write", .. }));
        }
        {
            let mut disk = disk.0.lock().expect("one thread");
            let left = if stuck { begun.len() + 40 } else { begun.len() };
            assert_eq!(disk.held.len(), left, "half a line is cut where it can be");
            (disk.room, disk.stuck) = (1 << 20, false);
        }
        journal.enter(&step("wait", 60)).expect("there is room now");
        let held = disk.0.lock().expect("one thread").held.clone();
        assert_eq!(read(&held).expect("it is whole").recorded.moves(), 1);
    }
}

#[test]
fn a_journal_goes_on_in_another_folder_with_all_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path());
    let (journal, _) = Journal::open(&path).expect("it is whole");
    let mut journal = journal.on(Shared::default());
    let other = folder.path().join("other/place");
    journal.move_to(&other).expect("there is room");
    journal.enter(&step("wait", 120)).expect("there is room");
    assert_eq!(journal.path(), other.join("a.jsonl"));
    let moved = look(journal.path()).expect("it is whole");
    assert_eq!(moved.recorded.moves(), 4);
    let before = look(&path).expect("the old one stays");
    assert_eq!(before.recorded.moves(), 3);
    let again = journal.move_to(&other).expect_err("it is there already");
    assert!(matches!(again, JournalError::Exists(_)));
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_journal() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("state/exercises");
    fs::create_dir(folder.path().join("state")).expect("it can be made");
    Journal::create(&inside.join("a.jsonl"), &head()).expect("there is room");
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(&inside.join("a.jsonl")), 0o600);
    assert_eq!(mode(&inside), 0o700);
}
