//! A text that other readers of YAML take for a number.

use super::subject::Subject;
use crate::finding::Findings;

pub(super) const NAME: &str = "yaml-number";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let entries = subject.scenario.record.entries.iter();
    let in_record = entries.flat_map(|entry| entry.date.iter().chain(&entry.figures));
    let texts = subject.prose().into_iter().chain(in_record);
    for text in texts.filter(|text| is_number(&text.value)) {
        let hint = "Put it in quotes: the schema wants a text here, and tools that rewrite the file may change it.";
        findings.extend(subject.unquoted(NAME, text, "a number", hint));
    }
}

/// Whether this is a number in YAML 1.1 or 1.2: `111`, `-1.5`, `1e3`, `1_000`, `0x6f`, and `21:00`, in base sixty.
fn is_number(text: &str) -> bool {
    let signless = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Words such as `inf` are numbers to the standard library, but not to YAML.
    if !signless.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return false;
    }
    let bare = signless.replace('_', "");
    let is_in_base = |prefix: &str, base| {
        let digits = bare.strip_prefix(prefix).unwrap_or("");
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base))
    };
    bare.parse::<f64>().is_ok()
        || [("0x", 16), ("0o", 8), ("0b", 2)]
            .iter()
            .any(|(prefix, base)| is_in_base(prefix, *base))
        || is_in_base_sixty(&bare)
}

/// As YAML 1.1 writes it: `190:20:30`. The first part does not begin with a zero, so `08:00` is a text everywhere.
fn is_in_base_sixty(bare: &str) -> bool {
    let is_digits = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    let is_below_sixty = |part: &str| {
        (1..=2).contains(&part.len())
            && is_digits(part)
            && part.parse::<u8>().is_ok_and(|number| number < 60)
    };
    bare.split_once(':').is_some_and(|(first, others)| {
        first.starts_with(|digit| matches!(digit, '1'..='9'))
            && is_digits(first)
            && others.split(':').all(is_below_sixty)
    })
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_are_what_some_version_of_yaml_takes_for_one() {
        for number in [
            "111",
            "-1",
            "+3",
            "1.5",
            ".5",
            "1e3",
            "1_000",
            "0x6f",
            "0o17",
            "0b101",
            "21:00",
            "190:20:30",
        ] {
            assert!(is_number(number), "{number}");
        }
        for text in [
            "NHS 111", "1,000", "-", ".", "_", "inf", "33(1)", "40%", "T-10", "08:00", "21:60",
            "21:", "0x", "0x-5", "_1", "",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }
}
