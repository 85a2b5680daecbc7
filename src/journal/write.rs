//! Writing a journal: a line is there whole, or it is not there.

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

/// A journal that is being written. No other process can write it meanwhile.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    medium: Box<dyn Medium>,
    /// All that lies safe, so that it can be written again in another place.
    text: Vec<u8>,
    /// Whether something may lie behind that: half a line that could not be cut yet.
    ragged: bool,
    seq: u64,
    prev: String,
}

impl Journal {
    /// Makes a journal with its head. Nothing is left behind where that fails.
    pub fn create(path: &Path, head: &Head) -> Result<Self, JournalError> {
        let head = head_line(head)?;
        let (text, hash) = line::sealed(&head);
        let medium = begun(path, text.as_bytes())?;
        Ok(Self {
            path: path.into(),
            medium,
            text: text.into_bytes(),
            ragged: false,
            seq: 1,
            prev: hash,
        })
    }

    /// Opens a journal to go on with it. A torn last line is cut.
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

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes an entry. When this returns well, it lies safe; when it does not, the journal is as it was.
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

    /// Goes on in another folder, under the same name: everything so far is written there first. The old file stays.
    pub fn move_to(&mut self, folder: &Path) -> Result<(), JournalError> {
        let name = self.path.file_name().unwrap_or_default();
        let path = folder.join(name);
        self.medium = begun(&path, &self.text)?;
        self.path = path;
        self.ragged = false;
        Ok(())
    }

    fn append(&mut self, content: &impl Serialize) -> Result<String, JournalError> {
        let (text, hash) = line::sealed(content);
        let much = self.text.len() + text.len() > JOURNAL_MAX_BYTES;
        if much || text.len() > LINE_MAX_BYTES || self.seq as usize >= LINES_MAX {
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

/// A new file that begins with these bytes; none is left behind where they cannot be written.
fn begun(path: &Path, bytes: &[u8]) -> Result<Box<dyn Medium>, JournalError> {
    if bytes.len() > JOURNAL_MAX_BYTES {
        return Err(JournalError::TooLong);
    }
    let mut file = disk::make(path)?;
    let written = file
        .append(0, bytes)
        .map_err(|error| JournalError::io("write", path, error))
        .and_then(|()| disk::sync_folder(path));
    if let Err(error) = written {
        // It was made here a moment ago, and the first error says more than a second one.
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
        prev: line::NOTHING.to_owned(),
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
