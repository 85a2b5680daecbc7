//! Writing a journal: a whole line, or nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::engine::luck::ALGORITHM;
use crate::journal::disk::{self, Medium};
use crate::journal::line::{self, HeadLine, NextLine};
use crate::journal::lock::JournalLock;
use crate::journal::{
    ENDING, Entry, Head, JOURNAL_MAX_BYTES, JournalError, JournalLoss, LINE_MAX_BYTES, LINES_MAX,
    OpenedJournal, VERSION, fingerprint, notice, read,
};

/// A journal that is being written, and locked against other processes.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// The name that it was given, before it was written again under another.
    named: PathBuf,
    medium: Box<dyn Medium>,
    /// Everything that is on the disk, so that it can be written again in another place.
    text: Vec<u8>,
    /// Whether half a line may follow that, because it could not be cut off.
    ragged: bool,
    seq: u64,
    prev: String,
    /// What nobody was told yet.
    notices: Vec<String>,
    /// The last, so that the file is closed before others may write it.
    lock: JournalLock,
}

impl Journal {
    /// Creates a journal with its head. If that fails, no file is left behind.
    pub fn create(path: &Path, head: &Head) -> Result<Self, JournalError> {
        let head = head_line(head)?;
        let (text, hash) = line::seal(&head);
        check_length(text.as_bytes())?;
        disk::make_room(path)?;
        let lock = JournalLock::take(path)?;
        let file = disk::create(path, text.as_bytes())?;
        Ok(Self {
            path: path.into(),
            named: path.into(),
            notices: Vec::from_iter(notice::unguaranteed(path, &lock, &file)),
            medium: Box::new(file),
            text: text.into_bytes(),
            ragged: false,
            seq: 1,
            prev: hash,
            lock,
        })
    }

    /// Opens a journal to continue it. A torn last line is cut off; if it is damaged, its bytes are kept beside the journal
    /// first.
    pub fn open(path: &Path) -> Result<(Self, OpenedJournal), JournalError> {
        let mut file = disk::open(path)?;
        let lock = JournalLock::take(path)?;
        let mut text = file
            .text()
            .map_err(|error| JournalError::io("read", path, error))?;
        let reading = read(&text).map_err(|fault| JournalError::fault(path, fault))?;
        let mut notices = Vec::from_iter(notice::unguaranteed(path, &lock, &file));
        if reading.damaged {
            let beside = disk::keep_beside(path, &text[reading.whole_bytes..])?;
            notices.push(notice::kept(&beside));
        }
        text.truncate(reading.whole_bytes);
        if reading.torn {
            file.cut(reading.whole_bytes as u64)
                .map_err(|error| JournalError::io("write", path, error))?;
        }
        let journal = Self {
            path: path.into(),
            named: path.into(),
            medium: Box::new(file),
            text,
            ragged: false,
            seq: reading.seq,
            prev: reading.prev.clone(),
            notices,
            lock,
        };
        Ok((journal, reading))
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What people should know about the file and were not told yet, as sentences: what the disk does not guarantee, or that
    /// the file was lost and written again.
    pub fn take_notice(&mut self) -> Option<String> {
        let notices = std::mem::take(&mut self.notices);
        (!notices.is_empty()).then(|| notices.join(" "))
    }

    /// Writes an entry. On success it is on the disk; on failure the journal is as it was. A file that was removed, replaced
    /// or changed meanwhile is written again, whole.
    pub fn enter(&mut self, entry: &Entry) -> Result<(), JournalError> {
        let next = NextLine {
            seq: self.seq,
            prev: self.prev.clone(),
            at: entry.at,
            minute: entry.minute,
            entry: entry.what.clone(),
        };
        let (line, hash) = line::seal(&next);
        self.append(line.as_bytes())?;
        self.prev = hash;
        self.seq += 1;
        Ok(())
    }

    /// Continues in another folder under the same name, where everything so far is written first. The old file stays.
    pub fn move_to(&mut self, folder: &Path) -> Result<(), JournalError> {
        let name = self.path.file_name().unwrap_or_default();
        let path = folder.join(name);
        self.go_on_in(path.clone(), &[])?;
        self.named = path;
        Ok(())
    }

    /// Creates a file with everything so far and this line, and continues there.
    fn go_on_in(&mut self, path: PathBuf, line: &[u8]) -> Result<(), JournalError> {
        let text = [&self.text, line].concat();
        check_length(&text)?;
        disk::make_room(&path)?;
        let other = if self.lock.is_of(&path) {
            None
        } else {
            Some(JournalLock::take(&path)?)
        };
        let file = disk::create(&path, &text)?;
        let lock = other.as_ref().unwrap_or(&self.lock);
        self.notices
            .extend(notice::unguaranteed(&path, lock, &file));
        self.medium = Box::new(file);
        if let Some(other) = other {
            self.lock = other;
        }
        self.path = path;
        self.ragged = false;
        Ok(())
    }

    fn append(&mut self, line: &[u8]) -> Result<(), JournalError> {
        let is_full = self.text.len() + line.len() > JOURNAL_MAX_BYTES;
        if is_full || line.len() > LINE_MAX_BYTES || self.seq as usize >= LINES_MAX {
            return Err(JournalError::TooLong);
        }
        if let Some(loss) = self.write(line)? {
            self.write_again(loss, line)?;
        }
        self.text.extend(line);
        Ok(())
    }

    /// Writes a line, unless the file is no longer what it was.
    fn write(&mut self, line: &[u8]) -> Result<Option<JournalLoss>, JournalError> {
        let end = self.text.len() as u64;
        if self.ragged {
            // A file that is gone cannot be cut, and need not be.
            if let Err(error) = self.medium.cut(end) {
                let loss = self.medium.loss(&self.path, &self.text);
                let removed = loss.filter(|it| *it == JournalLoss::Removed);
                return match removed {
                    Some(loss) => Ok(Some(loss)),
                    None => Err(JournalError::io("write", &self.path, error)),
                };
            }
            self.ragged = false;
        }
        if let Some(loss) = self.medium.loss(&self.path, &self.text) {
            return Ok(Some(loss));
        }
        if let Err(error) = self.medium.append(end, line) {
            self.ragged = self.medium.cut(end).is_err();
            return Err(JournalError::io("write", &self.path, error));
        }
        let is_ours = self.medium.is_under(&self.path, end, line);
        Ok((!is_ours).then_some(JournalLoss::Replaced))
    }

    /// Writes everything and a line again: at the old place if nothing stands there, else beside it.
    fn write_again(&mut self, loss: JournalLoss, line: &[u8]) -> Result<(), JournalError> {
        let old = self.path.clone();
        for path in beside(&self.named) {
            match self.go_on_in(path, line) {
                Ok(()) => {
                    self.notices.push(notice::again(&old, loss, &self.path));
                    return Ok(());
                }
                Err(JournalError::Exists(_) | JournalError::Busy(_)) => {}
                Err(error) => {
                    return Err(JournalError::Lost {
                        path: old,
                        loss,
                        error: Box::new(error),
                    });
                }
            }
        }
        Err(JournalError::Exists(old))
    }

    /// The same journal on another medium, for tests of what a disk can do.
    #[cfg(test)]
    pub(super) fn on(mut self, medium: impl Medium + 'static) -> Self {
        self.medium = Box::new(medium);
        self
    }
}

/// Where a journal is written again: `a.jsonl`, `a-2.jsonl`, …
fn beside(path: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let stem = path.file_stem().unwrap_or_default().to_os_string();
    let numbered = (2..=disk::BESIDE_MAX).map(move |number| {
        let mut name = stem.clone();
        name.push(format!("-{number}{ENDING}"));
        name
    });
    let path = path.to_owned();
    let first = path.clone();
    std::iter::once(first).chain(numbered.map(move |name| path.with_file_name(name)))
}

fn check_length(bytes: &[u8]) -> Result<(), JournalError> {
    if bytes.len() > JOURNAL_MAX_BYTES {
        return Err(JournalError::TooLong);
    }
    Ok(())
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
        take_back: head.take_back,
        rolls: ALGORITHM.to_owned(),
        minute: head.minute,
        rolled: head.rolled.clone(),
        path: head.folder.path.clone(),
        single: head.folder.single,
        files,
    })
}
