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
