//! Folders, and getting names and texts onto the disk.

use std::fs::{DirBuilder, File};
use std::io;
use std::path::Path;

/// The folder of a file; `.` if the path is only a name.
#[must_use]
pub fn parent(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Creates a folder and those above it, and puts the name of each on the disk. Only their owner may enter them if they are
/// `private`.
pub fn create_folder(path: &Path, private: bool) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    create_folder(parent(path), private)?;
    #[cfg_attr(not(unix), expect(unused_mut, reason = "folders have no mode"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, if private { 0o700 } else { 0o777 });
    match builder.create(path) {
        // Another process may have been quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {
            return Ok(());
        }
        created => created?,
    }
    sync_folder(path)?;
    sync_folder(parent(path)).map(|_| ())
}

/// Puts a text on the disk. False if the disk cannot say when it is there.
pub fn sync_file(file: &File) -> io::Result<bool> {
    supported(file.sync_all())
}

/// Puts the names in a folder on the disk. False if the disk cannot do that for folders.
pub fn sync_folder(path: &Path) -> io::Result<bool> {
    if !cfg!(unix) {
        return Ok(true);
    }
    match File::open(path) {
        Ok(folder) => supported(folder.sync_all()),
        // New files may be allowed in a folder that may not be listed, and only what can be opened can be synced.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(false),
        Err(error) => Err(error),
    }
}

fn supported(synced: io::Result<()>) -> io::Result<bool> {
    match synced {
        Ok(()) => Ok(true),
        Err(error) if is_unsupported(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether an error says that a disk does not know a lock or a sync: a network home without a lock daemon, one of NFS 4 that
/// refuses `flock` with `EBADF`, CIFS and some FUSE disks that refuse `fsync` of a folder with `EINVAL`. A disk that fails or is
/// full is something else.
#[must_use]
pub fn is_unsupported(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let unknown = [
            Errno::NOLCK,
            Errno::INVAL,
            Errno::BADF,
            Errno::OPNOTSUPP,
            Errno::NOTSUP,
            Errno::NOSYS,
        ];
        if let Some(number) = Errno::from_io_error(error) {
            return unknown.contains(&number);
        }
    }
    error.kind() == io::ErrorKind::Unsupported
}
