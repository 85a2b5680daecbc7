//! Opening a file that may be anything.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file; none if it is something else. A pipe without its other end does not hold it up, not even one that
/// is put there meanwhile.
pub fn open_regular(path: &Path, options: &mut OpenOptions) -> io::Result<Option<File>> {
    // Opening a device can already do something.
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.open(path)?;
    Ok(file.metadata()?.is_file().then_some(file))
}

/// Opens a file of our own that only its owner may read, or creates an empty one. A link is not followed.
pub fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// Whether a path names this very file, as far as the system can say.
#[must_use]
pub fn is_same(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(ours), Ok(there)) = (file.metadata(), fs::metadata(path)) {
        use std::os::unix::fs::MetadataExt as _;
        return (ours.dev(), ours.ino()) == (there.dev(), there.ino());
    }
    let _ = (file, path);
    false
}
