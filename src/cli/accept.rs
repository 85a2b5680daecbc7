//! Replaces a file with a new version of it.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::Trouble;

/// Replaces the text of a file in one step. Refuses if the file no longer holds the text that was read.
pub(super) fn replace(path: &str, before: &str, after: &str) -> Result<(), Trouble> {
    let path = Path::new(path);
    let cannot = |error: std::io::Error| {
        Trouble::new(
            format!("cannot write {}: {error}", path.display()),
            "The file was not changed.",
        )
    };
    if fs::read(path).map_err(cannot)? != before.as_bytes() {
        return Err(Trouble::new(
            format!(
                "{} has changed since it was run, or is not UTF-8",
                path.display()
            ),
            "The file was not changed. Run the command again.",
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Hidden, and without the ending of a play, so that nothing takes it for one.
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = write(&beside, after, path).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // It may not exist.
        let _ = fs::remove_file(&beside);
        cannot(error)
    })
}

/// Writes a new file with the permissions of another one, and waits until it is safely on disk.
fn write(path: &Path, text: &str, like: &Path) -> std::io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(like)?.permissions())?;
    file.sync_all()
}
