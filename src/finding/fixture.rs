//! Findings for tests of the formats: untrusted text in every field, and places of every kind.

use std::sync::Arc;

use super::{Checked, Finding, Place, Sources};

/// A name with everything that a path of a scenario may hold and a format must escape.
pub const PATH: &str = "my exercise/50%,a:b#é\u{1b}\u{fffe}.yaml";

/// Three findings in the first of two files, two of them errors.
pub fn hostile() -> Checked {
    let mut sources = Sources::default();
    let text = "naïve: 🚑 x\nsecond: \"]]>&amp;\"\r\nlast\n";
    let file = sources.add(PATH, text);
    sources.add("clean.yaml", "format: 1\n");
    let findings = vec![
        // The x: two bytes and four bytes stand before it.
        Finding::error(
            "bad-word",
            Place::new(file, 13..14),
            "unknown `x`\u{1b}[31m\u{9b}\u{202e}",
        )
        .label("not, a: word")
        .related(Place::new(file, 0..6), "first\nsaid here")
        .hint("Say it: in 100% of cases.")
        .hint("Or,\r\nnot.")
        .instead("y<&>"),
        // Over two lines.
        Finding::warning("two-lines", Place::new(file, 23..38), "it is long"),
        // Between two characters, at the end.
        Finding::error(
            "at-the-end",
            Place::new(file, 42..42),
            "something is missing\u{fffe}",
        ),
    ];
    Checked {
        name: "my exercise".to_owned(),
        findings,
        sources: Arc::new(sources),
    }
}
