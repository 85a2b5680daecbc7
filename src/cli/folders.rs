//! Where the program's own files are among the user's.

use std::path::PathBuf;

/// The folder of what the program keeps, if the environment names one.
pub(super) fn state() -> Option<PathBuf> {
    ours("XDG_STATE_HOME", ".local/state", "LOCALAPPDATA")
}

/// The folder of what the user sets, if the environment names one.
pub(super) fn settings() -> Option<PathBuf> {
    ours("XDG_CONFIG_HOME", ".config", "APPDATA")
}

/// Our folder in the one that the first variable names, else in a folder of the home; on Windows in the one that it names
/// before that of the home.
fn ours(named: &str, in_home: &str, on_windows: &str) -> Option<PathBuf> {
    let place = |name: &str| {
        let path = std::env::var_os(name).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    let home = || place("HOME").map(|home| home.join(in_home));
    // Git Bash sets HOME on Windows, other shells there do not: all must find the same folder.
    let above = if cfg!(windows) {
        place(named).or_else(|| place(on_windows)).or_else(home)
    } else {
        place(named).or_else(home)
    };
    above.map(|above| above.join("sandtable"))
}
