//! File URIs, as editors name files, and their paths.

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What the path of a URI holds only percent-encoded: everything but letters, digits and these.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path of a file: `/home/anna/x.yaml` for `file:///home/anna/x.yaml`, `c:/x.yaml` for `file:///c%3A/x.yaml`.
pub fn path_of(uri: &Uri) -> Option<String> {
    uri.scheme().filter(|scheme| scheme.eq_lowercase("file"))?;
    let path = percent_decode_str(uri.path().as_str()).decode_utf8().ok()?;
    let rest = path.strip_prefix('/')?;
    let is_drive = rest.as_bytes().get(1) == Some(&b':');
    Some(if is_drive { rest } else { &path }.to_owned())
}

/// The URI of a file.
pub fn uri_of(path: &str) -> String {
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{}", utf8_percent_encode(path, &ENCODED))
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use lsp_types::Uri;

    use super::{path_of, uri_of};

    #[test]
    fn paths_and_uris_are_the_same_files() {
        let cases = [
            ("/home/anna/x.yaml", "file:///home/anna/x.yaml"),
            ("/a b/é#%.yaml", "file:///a%20b/%C3%A9%23%25.yaml"),
            ("c:/x.yaml", "file:///c%3A/x.yaml"),
        ];
        for (path, uri) in cases {
            assert_eq!(uri_of(path), uri);
            let uri = Uri::from_str(uri).expect("it is a URI");
            assert_eq!(path_of(&uri).as_deref(), Some(path));
        }
        for uri in [
            "untitled:Untitled-1",
            "file:",
            "file:///%",
            "file:///%zz",
            "file:///%ff",
        ] {
            let path = Uri::from_str(uri).ok().and_then(|uri| path_of(&uri));
            assert_eq!(path, None, "{uri}");
        }
    }
}
