//! A file that is being written.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::files::target::{self, Target};
use crate::files::{Existing, Named, acl, folder};

/// How the name of a file begins before it has its own: hidden, and without an ending that anything looks for.
const BEFORE: &str = ".sandtable-";

/// The letters that make such a name one that nobody can guess.
const LETTERS: usize = 16;

/// A file on its way. Until [`Self::finish`] nothing has its name; if this is dropped before, nothing is left of it.
#[derive(Debug)]
pub struct OutputFile {
    writes_to: WritesTo,
}

#[derive(Debug)]
enum WritesTo {
    Stdout,
    Stderr,
    Stream(File),
    New {
        file: NamedTempFile,
        path: PathBuf,
        existing: Existing,
        /// What stood there when it was begun.
        old: Option<File>,
    },
}

impl OutputFile {
    /// Begins a file, or opens the device or pipe that stands there.
    pub fn begin(path: &Path, named: Named, existing: Existing) -> io::Result<Self> {
        Self::begin_with(path, named, existing, 0o666)
    }

    /// Begins a file that only its owner may read.
    pub fn begin_private(path: &Path, named: Named) -> io::Result<Self> {
        Self::begin_with(path, named, Existing::Keep, 0o600)
    }

    fn begin_with(path: &Path, named: Named, existing: Existing, mode: u32) -> io::Result<Self> {
        let (path, old) = match target::look(path, named, existing)? {
            Target::Stdout => return Ok(Self::to(WritesTo::Stdout)),
            Target::Stderr => return Ok(Self::to(WritesTo::Stderr)),
            Target::Stream(file) => return Ok(Self::to(WritesTo::Stream(file))),
            Target::Free(path) => (path, None),
            Target::Taken(path, file) => (path, Some(file)),
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // In place of a file that others may not read, it must not be readable for a moment either.
            options.mode(if old.is_some() { 0o600 } else { mode });
        }
        #[cfg(not(unix))]
        let _ = mode;
        let mut builder = Builder::new();
        builder.prefix(BEFORE).rand_bytes(LETTERS);
        let file = builder.make_in(folder::parent(&path), |path| options.open(path))?;
        Ok(Self::to(WritesTo::New {
            file,
            path,
            existing,
            old,
        }))
    }

    fn to(writes_to: WritesTo) -> Self {
        Self { writes_to }
    }

    /// Gives it its name, once all of it is on the disk.
    pub fn finish(self) -> io::Result<()> {
        self.finish_open().map(|_| ())
    }

    /// As [`Self::finish`]. The file stays open; the second is whether the disk keeps its name through a power cut. Without a
    /// file a device or a pipe was written to.
    pub fn finish_open(mut self) -> io::Result<(Option<File>, bool)> {
        self.flush()?;
        let WritesTo::New {
            file,
            path,
            existing,
            old,
        } = self.writes_to
        else {
            return Ok((None, true));
        };
        if let Some(old) = &old {
            acl::keep(old, file.as_file())?;
        }
        let is_synced = folder::sync_file(file.as_file())?;
        let (file, before) = file.into_parts();
        name(before, &path, existing)?;
        match folder::sync_folder(folder::parent(&path)) {
            Ok(synced) => Ok((Some(file), is_synced && synced)),
            Err(error) => {
                if old.is_none() {
                    // It has its name already, and the first error says more than a second one.
                    let _ = std::fs::remove_file(&path);
                }
                Err(error)
            }
        }
    }
}

/// Renames a file.
fn name(before: TempPath, path: &Path, existing: Existing) -> io::Result<()> {
    if existing == Existing::Replace {
        return before.persist(path).map_err(|it| it.error);
    }
    let Err(refused) = before.persist_noclobber(path) else {
        return Ok(());
    };
    if refused.error.kind() == io::ErrorKind::AlreadyExists {
        return Err(refused.error);
    }
    // Some disks can neither rename without replacing nor give a file a second name. The name is taken first.
    OpenOptions::new().write(true).create_new(true).open(path)?;
    refused.path.persist(path).map_err(|it| {
        // It is empty, and was made just now.
        let _ = std::fs::remove_file(path);
        it.error
    })
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writes_to {
            WritesTo::Stdout => io::stdout().write(bytes),
            WritesTo::Stderr => io::stderr().write(bytes),
            WritesTo::Stream(file) => file.write(bytes),
            WritesTo::New { file, .. } => file.as_file_mut().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writes_to {
            WritesTo::Stdout => io::stdout().flush(),
            WritesTo::Stderr => io::stderr().flush(),
            WritesTo::Stream(_) | WritesTo::New { .. } => Ok(()),
        }
    }
}
