//! A small file that gives some keys one of a few words each: the program's own settings, in the YAML of scenarios.

use super::decode::{Decoder, empty_field};
use super::limits::QUOTED_MAX_CHARACTERS;
use super::node::{YamlKind, YamlNode};
use super::tree;
use crate::finding::{Finding, Findings, Severity, Sources};
use crate::scenario::Placed;
use crate::words;

/// A key, and the words that it may have.
#[derive(Clone, Debug)]
pub struct KeyWords {
    /// The key.
    pub key: &'static str,
    /// At least one.
    pub words: Vec<String>,
}

/// What a file says: a word for each known key that has one, in the order of the known keys.
#[derive(Debug)]
pub struct WordsRead {
    /// None if the key is not there, or its value is wrong.
    pub words: Vec<Option<Placed<String>>>,
    /// What is wrong. All are warnings, because whatever is wrong is left out and the rest counts.
    pub findings: Vec<Finding>,
    /// The file.
    pub sources: Sources,
}

/// Reads the words of some keys. A misspelt key or word is reported and never taken for the one that it resembles. A file
/// without keys says nothing, and is not a mistake.
#[must_use]
pub fn words_by_key(path: &str, bytes: &[u8], known: &[KeyWords]) -> WordsRead {
    let mut decoder = Decoder::default();
    let root = tree::parse_bytes(&mut decoder, path.to_owned(), bytes);
    let mut found = vec![None; known.len()];
    match root.as_ref().map(|root| (root, &root.kind)) {
        None | Some((_, YamlKind::Nothing)) => {}
        Some((_, YamlKind::Map(entries))) => {
            for (key, value) in entries {
                match known.iter().position(|it| it.key == key.value) {
                    Some(place) => found[place] = word(&mut decoder, &known[place], key, value),
                    // A key that is out of place has been reported.
                    None if matches!(value.kind, YamlKind::Broken) => {}
                    None => decoder.report(unknown(key, known)),
                }
            }
        }
        Some((root, _)) => {
            decoder.wrong_kind(root, "keys with words", "Write `key: word`, one on a line.");
        }
    }
    WordsRead {
        words: found,
        findings: as_warnings(decoder.findings),
        sources: decoder.sources,
    }
}

fn word(
    decoder: &mut Decoder,
    known: &KeyWords,
    key: &Placed<String>,
    value: &YamlNode,
) -> Option<Placed<String>> {
    let text = match &value.kind {
        YamlKind::Text { text, .. } => text,
        YamlKind::Nothing => {
            decoder.report(empty_field(key));
            return None;
        }
        _ => {
            let hint = format!("It is {}.", words::choice(&quoted(&known.words)));
            decoder.wrong_kind(value, "a word", &hint);
            return None;
        }
    };
    if known.words.contains(text) {
        return Some(Placed::new(text.clone(), value.place));
    }
    let lower = text.to_lowercase();
    let words = known.words.iter().map(String::as_str);
    let same = words.clone().find(|word| *word == lower);
    let meant = same.or_else(|| words::did_you_mean(text, words));
    let shown = words::clipped(text, QUOTED_MAX_CHARACTERS);
    let headline = format!("`{}` cannot be `{shown}`", known.key);
    let finding = Finding::error("unknown-name", value.place, headline)
        .hint(format!("It is {}.", words::choice(&quoted(&known.words))))
        .instead_if(meant);
    decoder.report(finding);
    None
}

fn unknown(key: &Placed<String>, known: &[KeyWords]) -> Finding {
    let keys: Vec<&str> = known.iter().map(|it| it.key).collect();
    let shown = words::clipped(&key.value, QUOTED_MAX_CHARACTERS);
    Finding::error("unknown-field", key.place, format!("unknown key `{shown}`"))
        .hint(format!("The keys are {}.", words::list(&quoted(&keys))))
        .instead_if(words::did_you_mean(&key.value, keys))
}

fn quoted<S: AsRef<str>>(words: &[S]) -> Vec<String> {
    words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect()
}

fn as_warnings(findings: Findings) -> Vec<Finding> {
    let mut findings = findings.into_sorted();
    for finding in &mut findings {
        finding.severity = Severity::Warning;
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{KeyWords, words_by_key};
    use crate::finding::{Finding, Severity};

    fn known() -> [KeyWords; 2] {
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        [
            KeyWords {
                key: "colours",
                words: words(&["auto", "dark", "light", "none"]),
            },
            KeyWords {
                key: "wait",
                words: words(&["ask", "at-once"]),
            },
        ]
    }

    /// The words of both keys, and each finding as `line:column rule`, with what was meant.
    fn read(bytes: &[u8]) -> ([String; 2], Vec<String>) {
        let read = words_by_key("settings.yaml", bytes, &known());
        let shown = |finding: &Finding| {
            assert_eq!(finding.severity, Severity::Warning);
            let (line, column) = read.sources.line_and_column(finding.place);
            let meant = finding.instead.as_ref();
            let meant = meant.map_or_else(String::new, |it| format!(", {it}?"));
            format!("{line}:{column} {}{meant}", finding.rule)
        };
        let words: Vec<String> = read
            .words
            .iter()
            .map(|it| it.as_ref().map_or_else(String::new, |it| it.value.clone()))
            .collect();
        let words = words.try_into().expect("there are two keys");
        (words, read.findings.iter().map(shown).collect())
    }

    #[test]
    fn the_words_of_keys_are_read_and_each_mistake_has_its_place() {
        let cases: &[(&str, [&str; 2], &[&str])] = &[
            ("", ["", ""], &[]),
            ("# nothing yet\n\n", ["", ""], &[]),
            ("\u{feff}", ["", ""], &[]),
            ("{}", ["", ""], &[]),
            ("colours: light\nwait: at-once\n", ["light", "at-once"], &[]),
            ("wait: \"ask\"   # always", ["", "ask"], &[]),
            (
                "\u{feff}colours: none\r\nwait: ask\r\n",
                ["none", "ask"],
                &[],
            ),
            (
                "\u{feff}colour: dark\r\nwait: ask\r\n",
                ["", "ask"],
                &["1:1 unknown-field, colours?"],
            ),
            (
                "wait: at_once\ncolours: Light\n",
                ["", ""],
                &["1:7 unknown-name, at-once?", "2:10 unknown-name, light?"],
            ),
            ("wait: 5\n", ["", ""], &["1:7 unknown-name"]),
            ("wait:\ncolours: dark", ["dark", ""], &["1:1 empty-field"]),
            (
                "colours: [dark]\nwait: {ask: yes}\n",
                ["", ""],
                &["1:10 wrong-kind", "2:7 wrong-kind"],
            ),
            ("light\n", ["", ""], &["1:1 wrong-kind"]),
            ("- colours: light\n", ["", ""], &["1:1 wrong-kind"]),
            (
                "wait: ask\nwait: at-once\n",
                ["", "ask"],
                &["2:1 repeated-key"],
            ),
            (
                "colours: light\nnoise\nwait: ask\n",
                ["light", "ask"],
                &["2:1 yaml-syntax"],
            ),
            (
                "theme: dark\nwait: ask\n",
                ["", "ask"],
                &["1:1 unknown-field"],
            ),
        ];
        for (text, words, findings) in cases {
            let (found, told) = read(text.as_bytes());
            assert_eq!(found, *words, "{text:?} {told:?}");
            assert_eq!(told, *findings, "{text:?}");
        }
        let (words, told) = read(b"colours: \xff\n");
        assert_eq!(words, ["", ""]);
        assert_eq!(told, ["1:10 not-utf8"]);
    }

    #[test]
    fn no_brackets_are_too_many() {
        for text in ["[".repeat(60_000), "colours: {".repeat(6_000)] {
            assert_eq!(read(text.as_bytes()).0, ["", ""]);
        }
    }
}
