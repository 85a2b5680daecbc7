//! Paths of Windows as everybody else writes them.

use std::borrow::Cow;

/// A path with `/` between its parts and without the prefix `\\?\`, if it is one of Windows, as it is otherwise.
#[must_use]
pub fn slashed(path: &str, windows: bool) -> Cow<'_, str> {
    if !windows {
        return Cow::Borrowed(path);
    }
    let plain = match (path.strip_prefix(r"\\?\UNC\"), path.strip_prefix(r"\\?\")) {
        (Some(share), _) => format!(r"\\{share}"),
        (None, rest) => rest.unwrap_or(path).to_owned(),
    };
    Cow::Owned(plain.replace('\\', "/"))
}

/// What the URI of a file begins with, before its path with slashes: nothing for a relative path.
#[must_use]
pub fn file_scheme(path: &str, windows: bool) -> &'static str {
    let is_drive =
        matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    match path {
        // A share: the name of its computer takes the place of the host.
        _ if windows && path.starts_with("//") => "file:",
        _ if path.starts_with('/') => "file://",
        _ if windows && is_drive => "file:///",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{file_scheme, slashed};

    #[test]
    fn paths_of_windows_become_those_of_uris() {
        let cases = [
            (r"C:\a b\x.yaml", "C:/a b/x.yaml", "file:///"),
            ("c:/x.yaml", "c:/x.yaml", "file:///"),
            (r"\\?\C:\x.yaml", "C:/x.yaml", "file:///"),
            (r"\\nas\exercises\x.yaml", "//nas/exercises/x.yaml", "file:"),
            (r"\\?\UNC\nas\x.yaml", "//nas/x.yaml", "file:"),
            (r"scenarios\starter", "scenarios/starter", ""),
            ("c:x", "c:x", ""),
        ];
        for (path, expected, scheme) in cases {
            let path = slashed(path, true);
            assert_eq!(path, expected);
            assert_eq!(file_scheme(&path, true), scheme);
        }
        assert_eq!(slashed(r"a\b", false), r"a\b");
        assert_eq!(file_scheme("/a", false), "file://");
        assert_eq!(file_scheme("c:/a", false), "");
    }
}
