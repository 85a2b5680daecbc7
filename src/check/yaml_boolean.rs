//! A word that other readers of YAML take for a truth.

use super::parts::ids;
use super::subject::Subject;
use crate::finding::Findings;

pub(super) const NAME: &str = "yaml-boolean";

const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let mut texts = ids(subject.scenario);
    texts.extend(subject.parts.courses.iter().map(|course| &course.id));
    texts.extend(subject.prose());
    let is_boolean = |text: &str| WORDS.contains(&text.to_ascii_lowercase().as_str());
    for text in texts {
        // `no` as an id is refused already: it is a word of plays.
        if is_boolean(&text.value) && !subject.has_error_at(text.place) {
            let hint = "Put it in quotes, or choose another word: tools that rewrite the file may change it.";
            findings.extend(subject.unquoted(NAME, text, "a truth", hint));
        }
    }
}
