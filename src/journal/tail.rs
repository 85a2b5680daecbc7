//! A journal that another process is writing, read as it grows.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::files;
use crate::journal::{Entry, Head, JOURNAL_MAX_BYTES, JournalError, OpenedJournal, Recorded, look};

/// The end of a growing journal. It is only read, and does not lock the file.
#[derive(Debug)]
pub struct Tail {
    path: PathBuf,
    file: File,
    reading: OpenedJournal,
}

impl Tail {
    /// Reads everything so far.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let reading = look(path)?;
        let opened = files::open_regular(path, OpenOptions::new().read(true));
        let file = opened
            .map_err(|error| JournalError::io("read", path, error))?
            .ok_or_else(|| JournalError::NotRegular(path.into()))?;
        Ok(Self {
            path: path.into(),
            file,
            reading,
        })
    }

    /// How the exercise began.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.reading.recorded.head
    }

    /// Every entry so far.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.reading.recorded.entries
    }

    /// Everything so far.
    #[must_use]
    pub fn recorded(&self) -> &Recorded {
        &self.reading.recorded
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads what was added since. A line that is still being written is left for the next time. Returns false if it must be
    /// read from the beginning: the file has become shorter than what was read, because its last line was not on the disk yet,
    /// or was written again under its name.
    pub fn more(&mut self) -> Result<bool, JournalError> {
        let failed = |error| JournalError::io("read", &self.path, error);
        let known = self.reading.whole_bytes as u64;
        let length = self.file.metadata().map_err(failed)?.len();
        if length <= known {
            let there = fs::metadata(&self.path).map_or(length, |it| it.len());
            return Ok(length == known && there <= length);
        }
        self.file.seek(SeekFrom::Start(known)).map_err(failed)?;
        let mut fresh = Vec::new();
        let most = (JOURNAL_MAX_BYTES as u64).saturating_sub(known) + 1;
        (&mut self.file)
            .take(most)
            .read_to_end(&mut fresh)
            .map_err(failed)?;
        self.reading
            .read_on(&fresh)
            .map_err(|fault| JournalError::fault(&self.path, fault))?;
        Ok(true)
    }
}
