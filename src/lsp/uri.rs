//! File URIs, as editors write them, and their paths.
//!
//! Editors differ: in what they percent-encode, in the case of drive letters and hexadecimal digits, in the number of
//! slashes. All spellings of a file have one path, so a file that is named in two ways is one file.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::words;

/// What the path of a URI holds only percent-encoded: everything but letters, digits and these.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path of a file: `/home/anna/x.yaml` for `file:///home/anna/x.yaml`, `c:/x.yaml` for `file:///C%3A/x.yaml`,
/// `//server/share/x.yaml` for `file://server/share/x.yaml`. None if the URI names no file.
pub fn path_of(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    // `#` and `?` are written raw by editors that encode nothing, and the URI of a document has neither query nor fragment.
    let rest = decoded(rest);
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) if has_drive(rest) => ("", rest),
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest.as_str()),
    };
    let bare = path.strip_prefix('/').unwrap_or(path);
    if has_drive(bare) {
        let drive = bare[..1].to_ascii_lowercase();
        return Some(joined(&format!("{drive}:"), &bare[2..].replace('\\', "/")));
    }
    if bare.len() == path.len() || bare.is_empty() {
        return None;
    }
    let is_here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    let server = format!("//{}", host.to_ascii_lowercase());
    Some(joined(if is_here { "" } else { &server }, path))
}

/// Whether a path begins with a drive letter.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':' | b'|', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

/// Resolves what is percent-encoded. A segment that would not be UTF-8 then, or has a `%` of its own, stays as it is.
fn decoded(text: &str) -> String {
    let segments = text.split('/').map(|segment| {
        let decoded = percent_decode_str(segment).decode_utf8();
        decoded.map_or_else(|_| segment.to_owned(), std::borrow::Cow::into_owned)
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The path without segments that mean nothing: `.`, `..` with the one before it, and empty ones.
fn joined(root: &str, path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    format!("{root}/{}", segments.join("/"))
}

/// The URI of a file.
pub fn uri_of(path: &str) -> String {
    let path = &*words::slashed(path, cfg!(windows));
    let (root, path) = match path.strip_prefix("//") {
        Some(on_server) => ("", on_server),
        None if path.starts_with('/') => ("", path),
        None => ("/", path),
    };
    format!("file://{root}{}", utf8_percent_encode(path, &ENCODED))
}

#[cfg(test)]
mod tests {
    use super::{path_of, uri_of};

    /// A path, the URI that is written for it, and others that editors send for the same file.
    const FILES: &[(&str, &str, &[&str])] = &[
        (
            "/home/anna/x.yaml",
            "file:///home/anna/x.yaml",
            &[
                "file:/home/anna/x.yaml",
                "FILE:///home/anna/x.yaml",
                "file://localhost/home/anna/x.yaml",
                "file://LocalHost/home/anna/x.yaml",
                "file:///home/anna%2Fx.yaml",
                "file:///home/./anna//x.yaml",
                "file:///home/bert/../anna/x.yaml",
                "file:///home/%61nna/x%2Eyaml",
            ],
        ),
        (
            "/a b/ü#?[1]%.yaml",
            "file:///a%20b/%C3%BC%23%3F%5B1%5D%25.yaml",
            &[
                "file:///a b/ü#?[1]%.yaml",
                "file:///a%20b/ü%23%3f[1]%25.yaml",
                "file:///a b/%c3%bc#?%5b1%5d%.yaml",
            ],
        ),
        // Bytes that are not UTF-8 stay as they are sent, so that the file has a path at all.
        (
            "/w/%FF.yaml",
            "file:///w/%25FF.yaml",
            &["file:///w/%FF.yaml"],
        ),
        (
            "c:/my exercises/x.yaml",
            "file:///c%3A/my%20exercises/x.yaml",
            &[
                "file:///c%3a/my exercises/x.yaml",
                "file:///C%3A/my%20exercises/x.yaml",
                "file:///C:/my exercises/x.yaml",
                "file:/c:/my exercises/x.yaml",
                "file:c:/my exercises/x.yaml",
                "file://c:/my exercises/x.yaml",
                "file://localhost/C:/my exercises/x.yaml",
                "file:///C:\\my exercises\\x.yaml",
                "file:///C|/my exercises/x.yaml",
            ],
        ),
        (
            "//server/share/x.yaml",
            "file://server/share/x.yaml",
            &["file://SERVER/share/x.yaml"],
        ),
    ];

    #[test]
    fn a_file_has_one_path_however_it_is_written() {
        for (path, uri, others) in FILES {
            assert_eq!(uri_of(path), *uri);
            for uri in [uri].into_iter().chain(*others) {
                assert_eq!(path_of(uri).as_deref(), Some(*path), "{uri}");
            }
        }
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for uri in [
            "untitled:Untitled-1",
            "file:",
            "file:///",
            "file:x.yaml",
            "x.yaml",
            "",
        ] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
