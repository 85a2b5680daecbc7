//! The file of a journal: readable only by its owner, written in one call and synced.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files::{self, Named, OutputFile};
use crate::journal::{JOURNAL_MAX_BYTES, JournalError, JournalLoss, lock};

/// The most names that are tried beside a journal.
pub(super) const BESIDE_MAX: usize = 1_000;

/// What a journal is written to. Tests use one that fills up.
pub(super) trait Medium: fmt::Debug + Send + Sync {
    /// Writes at the end, which is at this byte, in one call, and returns once it is on the disk.
    fn append(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts off everything after this byte.
    fn cut(&mut self, at: u64) -> io::Result<()>;

    /// What somebody else did to the file since the last line, which ended this text.
    fn loss(&mut self, path: &Path, text: &[u8]) -> Option<JournalLoss> {
        let _ = (path, text);
        None
    }

    /// Whether what was written there just now can be read under the path.
    fn is_under(&mut self, path: &Path, at: u64, bytes: &[u8]) -> bool {
        let _ = (path, at, bytes);
        true
    }
}

/// The file, open.
#[derive(Debug)]
pub(super) struct JournalFile {
    file: File,
    /// When it was last written, as the disk says.
    written: Option<SystemTime>,
    /// Whether the disk says when a name or a text is safe.
    pub(super) syncs: bool,
}

impl Medium for JournalFile {
    fn append(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(at))?;
        let written = self.file.write(bytes)?;
        if written < bytes.len() {
            let what = format!("only {written} of {} bytes could be written", bytes.len());
            return Err(io::Error::new(io::ErrorKind::StorageFull, what));
        }
        match self.file.sync_data() {
            Err(error) if !files::is_unsupported(&error) => return Err(error),
            synced => self.syncs &= synced.is_ok(),
        }
        self.note_time();
        Ok(())
    }

    fn cut(&mut self, at: u64) -> io::Result<()> {
        self.file.set_len(at)?;
        self.note_time();
        Ok(())
    }

    fn loss(&mut self, path: &Path, text: &[u8]) -> Option<JournalLoss> {
        if let Err(error) = fs::metadata(path)
            && matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            )
        {
            return Some(JournalLoss::Removed);
        }
        // What a disk cannot say now, it will say when it is written to.
        let now = self.file.metadata().ok()?;
        if now.len() < text.len() as u64 {
            return Some(JournalLoss::Shortened);
        }
        let same = now.len() == text.len() as u64 && now.modified().ok() == self.written;
        if same || self.text().ok()? == text {
            return None;
        }
        Some(JournalLoss::Changed)
    }

    fn is_under(&mut self, path: &Path, at: u64, bytes: &[u8]) -> bool {
        // Numbers of files can change on network disks, so only what is read there counts.
        files::is_same(&self.file, path) || holds(path, at, bytes).unwrap_or(false)
    }
}

impl JournalFile {
    fn note_time(&mut self) {
        let known = self.file.metadata().and_then(|it| it.modified());
        self.written = known.ok();
    }

    /// Everything that is in the file, or one byte more than a journal may have.
    pub(super) fn text(&mut self) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        let most = JOURNAL_MAX_BYTES as u64 + 1;
        (&mut self.file).take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Whether a file ends with these bytes, which begin there.
fn holds(path: &Path, at: u64, bytes: &[u8]) -> io::Result<bool> {
    let Some(mut file) = files::open_regular(path, OpenOptions::new().read(true))? else {
        return Ok(false);
    };
    file.seek(SeekFrom::Start(at))?;
    let mut there = Vec::new();
    file.take(bytes.len() as u64 + 1).read_to_end(&mut there)?;
    Ok(there == bytes)
}

/// Creates the folders above a file that does not exist.
pub(super) fn make_room(path: &Path) -> Result<(), JournalError> {
    let folder = files::parent(path);
    files::create_folder(folder, true)
        .map_err(|error| JournalError::io("create", folder, error))?;
    if path.symlink_metadata().is_ok() {
        return Err(JournalError::Exists(path.into()));
    }
    Ok(())
}

/// Creates a file that did not exist, with these bytes. Only its owner may read it. If that fails, no file is left behind.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<JournalFile, JournalError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => JournalError::Exists(path.into()),
        _ => JournalError::io("create", path, error),
    };
    let mut output = OutputFile::begin_private(path, Named::ByUs).map_err(failed)?;
    output
        .write_all(bytes)
        .map_err(|error| JournalError::io("write", path, error))?;
    let (file, synced) = output.finish_open().map_err(failed)?;
    let file = file.ok_or_else(|| JournalError::NotRegular(path.into()))?;
    #[cfg(windows)]
    let file = {
        // What keeps others out there is how a file is opened, and one that is kept so cannot be renamed.
        drop(file);
        lock::options().open(path).map_err(failed)?
    };
    let mut file = JournalFile {
        file,
        written: None,
        syncs: synced,
    };
    file.note_time();
    Ok(file)
}

/// Opens a file to read and write it.
pub(super) fn open(path: &Path) -> Result<JournalFile, JournalError> {
    let opened = files::open_regular(path, &mut lock::options());
    let file = opened
        .map_err(|error| match error {
            error if lock::is_refused(&error) => JournalError::Busy(path.into()),
            error => JournalError::io("write", path, error),
        })?
        .ok_or_else(|| JournalError::NotRegular(path.into()))?;
    let mut file = JournalFile {
        file,
        written: None,
        syncs: true,
    };
    file.note_time();
    Ok(file)
}

/// Keeps bytes that are about to be cut off in a new file beside the journal, and names it.
pub(super) fn keep_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, JournalError> {
    for number in 1..=BESIDE_MAX {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(if number == 1 {
            ".damaged".to_owned()
        } else {
            format!(".damaged-{number}")
        });
        let beside = path.with_file_name(name);
        let written = OutputFile::begin_private(&beside, Named::ByUs)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.finish()));
        match written {
            Ok(()) => return Ok(beside),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(JournalError::io("create", &beside, error)),
        }
    }
    Err(JournalError::Exists(path.into()))
}
