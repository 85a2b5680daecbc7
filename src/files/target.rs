//! Where a file is to be written, and what stands there already.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::files::parent;

/// Who chose the name of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The user did: links are followed, and devices and pipes are written to.
    ByUser,
    /// We did, in a folder that somebody else may have filled.
    ByUs,
}

/// What happens to a file that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and writing fails with [`io::ErrorKind::AlreadyExists`].
    Keep,
    /// It is replaced.
    Replace,
}

/// What stands where a file is to be written.
#[derive(Debug)]
pub(super) enum Target {
    /// The program's standard output.
    Stdout,
    /// The program's standard error.
    Stderr,
    /// A device or a pipe.
    Stream(File),
    /// Nothing.
    Free(PathBuf),
    /// A file, which may be replaced.
    Taken(PathBuf, File),
}

/// The most links from one to the next, as in Linux.
const LINKS_MAX: usize = 40;

/// Looks at what stands there.
pub(super) fn look(path: &Path, named: Named, existing: Existing) -> io::Result<Target> {
    if named == Named::ByUser {
        // Opened by name, a file that the shell made for us would be replaced under the shell's hands.
        match path.to_str() {
            Some("/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1") => return Ok(Target::Stdout),
            Some("/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2") => return Ok(Target::Stderr),
            _ => {}
        }
    }
    let path = match named {
        Named::ByUser => followed(path)?,
        Named::ByUs => path.to_owned(),
    };
    let kind = match fs::symlink_metadata(&path) {
        Ok(kind) => kind,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Target::Free(path)),
        Err(error) => return Err(error),
    };
    if kind.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if named == Named::ByUs && kind.is_symlink() {
        return Err(refused(
            "it is a symbolic link, and one in this folder is not followed",
        ));
    }
    if !kind.is_file() {
        // For `/dev/fd/3` the shell may have opened a file, which then is emptied as by any other program.
        let mut options = OpenOptions::new();
        options.write(true).truncate(kind.is_symlink());
        return match named {
            Named::ByUser => options.open(path).map(Target::Stream),
            Named::ByUs => Err(refused("it is not a regular file")),
        };
    }
    if existing == Existing::Keep {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // A file that was protected from writing stays.
    let file = OpenOptions::new().write(true).open(&path)?;
    Ok(Target::Taken(path, file))
}

/// The path behind the links of its last part. Links to open files (`/dev/fd/3`) have no path behind them and stay.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS_MAX {
        let is_link = fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_symlink());
        if !is_link {
            return Ok(path);
        }
        let folder = fs::canonicalize(parent(&path))?;
        if folder.starts_with("/proc") {
            return Ok(path);
        }
        path = folder.join(fs::read_link(&path)?);
    }
    Err(refused("it is a ring of symbolic links"))
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}
