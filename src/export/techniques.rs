//! Where a scenario names techniques of MITRE ATT&CK.
//!
//! There are two ways. `maps` of an objective, inject, option or action can name one, as in `ATT&CK T1133` or `T1133`. And
//! a record mark can cite an entry of `record.yaml` whose statement begins with one, as in `T1078 Valid Accounts: …`; the
//! technique then has the standing of the mark.

use std::collections::BTreeMap;

use crate::scenario::{Course, Fact, Mark, Placed, Provenance, Scenario};

use super::{phrase, walk};

/// What may stand before the id of a technique in `maps`.
const FRAMEWORKS: [&str; 2] = ["MITRE ATT&CK", "ATT&CK"];

/// One place that names a technique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TechniqueUse {
    /// What names it, as in `inject “Odd logon”, Initial access`.
    pub place: String,
    /// Its standing in the record, if a mark gives one.
    pub standing: Option<Provenance>,
    /// What the mark says and cites; may be empty.
    pub says: String,
}

/// Every technique by its id, with the places that name it.
pub type Techniques = BTreeMap<String, Vec<TechniqueUse>>;

/// The techniques of a scenario.
pub fn techniques(scenario: &Scenario) -> Techniques {
    let mut found = TechniqueList {
        scenario,
        techniques: BTreeMap::new(),
    };
    for objective in &scenario.objectives {
        let place = format!("objective “{}”", objective.title.value);
        found.add(&place, &objective.maps, &[]);
    }
    for phase in &scenario.phases {
        let mut marks: Vec<&Mark> = phase.text.iter().flat_map(|it| &it.marks).collect();
        walk::marks_of_blocks(&phase.begins, &mut marks);
        found.add(&format!("phase “{}”", phase.title.value), &[], &marks);
        for inject in &phase.injects {
            let title = match (&inject.message, &inject.asks) {
                (Some(message), _) => message.title.value.clone(),
                (None, Some(asks)) => phrase::prose(&asks.question.text.value),
                (None, None) => inject.id.value.clone(),
            };
            let place = format!("inject “{title}”, {}", phase.title.value);
            found.add(&place, &inject.maps, &walk::marks_of_inject(inject));
            for option in inject.asks.iter().flat_map(|asks| &asks.options) {
                let label = &option.label.value;
                found.add(&format!("option “{label}” of {place}"), &option.maps, &[]);
            }
        }
    }
    for action in &scenario.actions {
        let course: &Course = &action.course;
        let place = format!("action “{}”", course.label.value);
        found.add(&place, &course.maps, &walk::marks_of_course(course));
    }
    found.techniques
}

/// The technique that a line names, if it names nothing else.
fn technique_of_map(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = FRAMEWORKS.iter().find_map(|name| line.strip_prefix(name));
    let id = rest.unwrap_or(line).trim();
    is_technique(id).then_some(id)
}

/// Whether this is `T` and four digits, perhaps with a dot and three more.
fn is_technique(id: &str) -> bool {
    let are_digits =
        |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    id.strip_prefix('T')
        .is_some_and(|digits| match digits.split_once('.') {
            Some((whole, part)) => are_digits(whole, 4) && are_digits(part, 3),
            None => are_digits(digits, 4),
        })
}

/// The technique that an entry of the record begins with.
fn technique_of_fact(entry: &Fact) -> Option<&str> {
    let first = entry.says.value.split_whitespace().next()?;
    is_technique(first).then_some(first)
}

struct TechniqueList<'s> {
    scenario: &'s Scenario,
    techniques: Techniques,
}

impl TechniqueList<'_> {
    /// Adds the techniques of a place. One that is both in `maps` and cited by a mark has the standing of the mark.
    fn add(&mut self, place: &str, maps: &[Placed<String>], marks: &[&Mark]) {
        let mut cited: Vec<(&str, &Mark)> = Vec::new();
        for mark in marks {
            for id in &mark.cites {
                let entries = self.scenario.record.entries.iter();
                let entry = entries.clone().find(|entry| entry.id.value == id.value);
                cited.extend(
                    entry
                        .and_then(technique_of_fact)
                        .map(|technique| (technique, *mark)),
                );
            }
        }
        for (technique, mark) in &cited {
            let ids: Vec<&str> = mark.cites.iter().map(|id| id.value.as_str()).collect();
            let named = TechniqueUse {
                place: place.to_owned(),
                standing: Some(mark.standing.value),
                says: format!("{} [{}]", mark.says.value, ids.join(", ")),
            };
            self.insert(technique, named);
        }
        for technique in maps.iter().filter_map(|map| technique_of_map(&map.value)) {
            if cited.iter().all(|(other, _)| *other != technique) {
                let named = TechniqueUse {
                    place: place.to_owned(),
                    standing: None,
                    says: String::new(),
                };
                self.insert(technique, named);
            }
        }
    }

    fn insert(&mut self, technique: &str, named: TechniqueUse) {
        let places = self.techniques.entry(technique.to_owned()).or_default();
        if !places.contains(&named) {
            places.push(named);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::technique_of_map;

    #[test]
    fn only_an_id_of_a_technique_counts() {
        let cases = [
            ("T1133", Some("T1133")),
            ("ATT&CK T1021.001", Some("T1021.001")),
            ("MITRE ATT&CK T1486", Some("T1486")),
            ("T113", None),
            ("T1133.1", None),
            ("T1133 and more", None),
            ("CAF D1", None),
            ("TA0001", None),
            ("T११३३", None),
        ];
        for (line, expected) in cases {
            assert_eq!(technique_of_map(line), expected, "{line}");
        }
    }
}
