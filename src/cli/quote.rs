//! Paths in commands that people copy.

use std::path::Path;

/// A path as it is typed into a shell: that of Windows on Windows, else one that takes `'`.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    // What begins with a dash would be an option.
    let path = if path.starts_with('-') {
        format!("./{path}")
    } else {
        path
    };
    if cfg!(windows) {
        powershell(&path)
    } else {
        sh(&path)
    }
}

fn sh(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}

/// For `PowerShell`, and for the old command prompt unless the path holds a sign that means something in double quotes.
fn powershell(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-.\\/:".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        return path.to_owned();
    }
    // PowerShell takes typographic quotes for quotes.
    let means_something = |c: char| "$`%!\"".contains(c) || ('\u{201c}'..='\u{201e}').contains(&c);
    if path.contains(means_something) {
        let doubled = path.chars().flat_map(|c| {
            let is_quote = c == '\'' || ('\u{2018}'..='\u{201b}').contains(&c);
            std::iter::repeat_n(c, 1 + usize::from(is_quote))
        });
        return format!("'{}'", doubled.collect::<String>());
    }
    format!("\"{path}\"")
}

#[cfg(test)]
mod tests {
    use super::{powershell, sh};

    #[test]
    fn a_path_can_be_copied_into_a_shell() {
        let cases = [
            ("drills/first", "drills/first", "drills/first"),
            (
                "my drills/first",
                "'my drills/first'",
                "\"my drills/first\"",
            ),
            ("it's/first", "'it'\\''s/first'", "\"it's/first\""),
            ("a$b/first", "'a$b/first'", "'a$b/first'"),
            ("a$b's/first", "'a$b'\\''s/first'", "'a$b''s/first'"),
            ("(new)/first", "'(new)/first'", "\"(new)/first\""),
            ("~x/first", "'~x/first'", "\"~x/first\""),
            ("Übung/first", "'Übung/first'", "Übung/first"),
            ("", "''", "\"\""),
        ];
        for (path, in_sh, in_powershell) in cases {
            assert_eq!(sh(path), in_sh);
            assert_eq!(powershell(path), in_powershell);
        }
        assert_eq!(powershell("C:\\my drills"), "\"C:\\my drills\"");
    }
}
