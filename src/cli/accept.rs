//! A file takes the place of another one.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::Trouble;

/// Replaces the text of a file, all of it or nothing. It is refused where the file no longer holds what was read.
pub(super) fn replace(path: &str, before: &str, after: &str) -> Result<(), Trouble> {
    let path = Path::new(path);
    let cannot = |error: std::io::Error| {
        Trouble::new(
            format!("cannot write {}: {error}", path.display()),
            "Nothing was changed in it.",
        )
    };
    if fs::read(path).map_err(cannot)? != before.as_bytes() {
        return Err(Trouble::new(
            format!(
                "{} is no longer what was run, or is no UTF-8",
                path.display()
            ),
            "Nothing was changed in it. Run it again.",
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Hidden, and without the ending of a play, so that nobody takes it for one.
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = write(&beside, after, path).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // It may not have been made at all.
        let _ = fs::remove_file(&beside);
        cannot(error)
    })
}

/// Writes a new file with the permissions of another one, and waits until it lies on the disk.
fn write(path: &Path, text: &str, like: &Path) -> std::io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(like)?.permissions())?;
    file.sync_all()
}
