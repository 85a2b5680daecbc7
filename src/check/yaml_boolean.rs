//! A word that other readers of YAML take for a truth.

use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::{Placed, ValueKind};

pub(super) const NAME: &str = "yaml-boolean";

const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let mut names: Vec<&Placed<String>> = Vec::new();
    for value in &scenario.values {
        names.push(&value.id);
        if let ValueKind::Word { words, .. } = &value.kind {
            names.extend(words);
        }
    }
    names.extend(scenario.roles.iter().map(|role| &role.id));
    names.extend(scenario.objectives.iter().map(|objective| &objective.id));
    names.extend(scenario.phases.iter().map(|phase| &phase.id));
    names.extend(subject.walk.courses.iter().map(|course| &course.id));
    names.extend(
        scenario
            .phases
            .iter()
            .flat_map(|phase| &phase.injects)
            .map(|inject| &inject.id),
    );
    names.extend(subject.prose());
    for name in names {
        let is_bare = scenario.sources.text(name.place) == name.value;
        // `no` as a name of its own kind is refused already, as a word of plays.
        if is_bare
            && WORDS.contains(&name.value.to_ascii_lowercase().as_str())
            && !subject.has_error_at(name.place)
        {
            let headline = format!("other readers of YAML take `{}` for a truth", name.value);
            let hint = "Put it in quotes, or choose another word: tools that rewrite the file may change it.";
            findings.push(
                Finding::warning(NAME, name.place, headline)
                    .hint(hint)
                    .instead(format!("\"{}\"", name.value)),
            );
        }
    }
}
