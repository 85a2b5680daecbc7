//! Writing a journal: a whole line, or nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::engine::luck::ALGORITHM;
use crate::journal::disk::{self, Medium};
use crate::journal::line::{self, HeadLine, NextLine};
use crate::journal::read::bounded;
use crate::journal::{
    Entry, Head, JOURNAL_MAX_BYTES, JournalError, LINE_MAX_BYTES, LINES_MAX, OpenedJournal,
    VERSION, fingerprint, read,
};

/// A journal that is being written, and locked against other processes.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    medium: Box<dyn Medium>,
    /// Everything that is on the disk, so that it can be written again in another folder.
    text: Vec<u8>,
    /// Whether half a line may follow that, because it could not be cut off.
    ragged: bool,
    seq: u64,
    prev: String,
}

impl Journal {
    /// Creates a journal with its head. If that fails, no file is left behind.
    pub fn create(path: &Path, head: &Head) -> Result<Self, JournalError> {
        let head = head_line(head)?;
        let (text, hash) = line::seal(&head);
        let medium = create_file(path, text.as_bytes())?;
        Ok(Self {
            path: path.into(),
            medium,
            text: text.into_bytes(),
            ragged: false,
            seq: 1,
            prev: hash,
        })
    }

    /// Opens a journal to continue it. A torn last line is cut off.
    pub fn open(path: &Path) -> Result<(Self, OpenedJournal), JournalError> {
        let mut file = disk::open(path)?;
        let mut text = bounded(&mut file.0, path)?;
        let reading = read(&text).map_err(|fault| JournalError::fault(path, fault))?;
        text.truncate(reading.whole_bytes);
        if reading.torn {
            file.cut(reading.whole_bytes as u64)
                .map_err(|error| JournalError::io("write", path, error))?;
        }
        let journal = Self {
            path: path.into(),
            medium: Box::new(file),
            text,
            ragged: false,
            seq: reading.seq,
            prev: reading.prev.clone(),
        };
        Ok((journal, reading))
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes an entry. On success it is on the disk; on failure the journal is as it was.
    pub fn enter(&mut self, entry: &Entry) -> Result<(), JournalError> {
        let next = NextLine {
            seq: self.seq,
            prev: self.prev.clone(),
            at: entry.at,
            minute: entry.minute,
            entry: entry.what.clone(),
        };
        self.prev = self.append(&next)?;
        self.seq += 1;
        Ok(())
    }

    /// Continues in another folder under the same name, where everything so far is written first. The old file stays.
    pub fn move_to(&mut self, folder: &Path) -> Result<(), JournalError> {
        let name = self.path.file_name().unwrap_or_default();
        let path = folder.join(name);
        self.medium = create_file(&path, &self.text)?;
        self.path = path;
        self.ragged = false;
        Ok(())
    }

    fn append(&mut self, content: &impl Serialize) -> Result<String, JournalError> {
        let (text, hash) = line::seal(content);
        let is_full = self.text.len() + text.len() > JOURNAL_MAX_BYTES;
        if is_full || text.len() > LINE_MAX_BYTES || self.seq as usize >= LINES_MAX {
            return Err(JournalError::TooLong);
        }
        let end = self.text.len() as u64;
        let failed = |error| JournalError::io("write", &self.path, error);
        if self.ragged {
            self.medium.cut(end).map_err(failed)?;
        }
        if let Err(error) = self.medium.append(end, text.as_bytes()) {
            self.ragged = self.medium.cut(end).is_err();
            return Err(JournalError::io("write", &self.path, error));
        }
        self.ragged = false;
        self.text.extend(text.as_bytes());
        Ok(hash)
    }

    /// The same journal on another medium, for tests of what a disk can do.
    #[cfg(test)]
    pub(super) fn on(mut self, medium: impl Medium + 'static) -> Self {
        self.medium = Box::new(medium);
        self
    }
}

/// Creates a file with these bytes. If they cannot be written, no file is left behind.
fn create_file(path: &Path, bytes: &[u8]) -> Result<Box<dyn Medium>, JournalError> {
    if bytes.len() > JOURNAL_MAX_BYTES {
        return Err(JournalError::TooLong);
    }
    let mut file = disk::create(path)?;
    let written = file
        .append(0, bytes)
        .map_err(|error| JournalError::io("write", path, error))
        .and_then(|()| disk::sync_folder(path));
    if let Err(error) = written {
        // It was created a moment ago, and the first error says more than a second one.
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(Box::new(file))
}

fn head_line(head: &Head) -> Result<HeadLine, JournalError> {
    let mut files = BTreeMap::new();
    for (path, bytes) in &head.folder.files {
        let text = std::str::from_utf8(bytes).map_err(|_| JournalError::NotText(path.clone()))?;
        files.insert(path.clone(), text.to_owned());
    }
    Ok(HeadLine {
        journal: VERSION,
        seq: 0,
        prev: line::NO_LINE.to_owned(),
        program: head.program.clone(),
        begun: head.begun.clone(),
        scenario: head.scenario.clone(),
        fingerprint: fingerprint(&head.folder),
        variant: head.variant.clone(),
        cut: head.cut.clone(),
        seed: head.seed,
        team: head.team.clone(),
        seats: head.seats.clone(),
        rolls: ALGORITHM.to_owned(),
        minute: head.minute,
        rolled: head.rolled.clone(),
        path: head.folder.path.clone(),
        single: head.folder.single,
        files,
    })
}
