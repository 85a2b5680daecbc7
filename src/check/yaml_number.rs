//! A text that other readers of YAML take for a number.

use super::subject::Subject;
use crate::finding::{Finding, Findings};

pub(super) const NAME: &str = "yaml-number";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let entries = &scenario.record.entries;
    let of_record = entries
        .iter()
        .flat_map(|entry| entry.date.iter().chain(&entry.figures));
    for text in subject.prose().into_iter().chain(of_record) {
        let is_bare = scenario.sources.text(text.place) == text.value;
        if is_bare && is_number(&text.value) {
            let headline = format!("other readers of YAML take `{}` for a number", text.value);
            let hint = "Put it in quotes: the schema wants a text here, and tools that rewrite the file may change it.";
            findings.push(
                Finding::warning(NAME, text.place, headline)
                    .hint(hint)
                    .instead(format!("\"{}\"", text.value)),
            );
        }
    }
}

/// Whether YAML, in any version, has it as a number: `111`, `-1.5`, `1e3`, `1_000`, `0x6f`.
fn is_number(text: &str) -> bool {
    let plain = text.replace('_', "");
    let bare = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let of_base = |prefix: &str, base| {
        let digits = bare.strip_prefix(prefix);
        digits.is_some_and(|digits| i64::from_str_radix(digits, base).is_ok())
    };
    // Words such as `inf` are numbers to the standard library, and none to YAML.
    let begins = bare.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    begins && (bare.parse::<f64>().is_ok() || of_base("0x", 16) || of_base("0o", 8))
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_are_what_some_version_of_yaml_takes_for_one() {
        for number in [
            "111", "-1", "+3", "1.5", ".5", "1e3", "1_000", "0x6f", "0o17",
        ] {
            assert!(is_number(number), "{number}");
        }
        for text in [
            "NHS 111", "1,000", "-", ".", "_", "inf", "33(1)", "40%", "T-10", "08:00", "0x", "",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }
}
