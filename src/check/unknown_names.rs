//! An unknown name is one mistake, however often it stands in the files, and is reported once.
//!
//! If it stands in several places and something with a similar name is never used, the definition was misspelt, and the
//! finding points there.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::ids;
use crate::finding::{Finding, Place, Severity};
use crate::scenario::Scenario;
use crate::words;

const JOINED: [&str; 3] = ["unknown-name", "unknown-fact", "unknown-source"];

/// For how many names the files are searched for a definition that nothing uses.
const SEARCHED_MAX: usize = 10;

/// Joins findings about one name. They stay in order of file and place, but for those that move to a definition.
pub(super) fn join(findings: Vec<Finding>, scenario: &Scenario) -> Vec<Finding> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings
        .iter()
        .filter(|finding| JOINED.contains(&finding.rule))
    {
        *places.entry(finding.headline.clone()).or_default() += 1;
    }
    if places.values().all(|count| *count == 1) {
        return findings;
    }
    // Not every finding has a suggestion: making them takes long.
    let meant: BTreeMap<String, String> = findings
        .iter()
        .filter_map(|finding| Some((finding.headline.clone(), finding.instead.clone()?)))
        .collect();
    let (mut reported, mut searched) = (BTreeSet::new(), 0);
    let mut kept = Vec::with_capacity(findings.len());
    for mut finding in findings {
        let count = places.get(&finding.headline).copied().unwrap_or(1);
        if !JOINED.contains(&finding.rule) || count == 1 {
            kept.push(finding);
        } else if reported.insert(finding.headline.clone()) {
            finding.instead = meant.get(&finding.headline).cloned();
            searched += 1;
            let scenario = Some(scenario).filter(|_| searched <= SEARCHED_MAX);
            kept.push(one_of_many(finding, count, scenario));
        }
    }
    kept
}

fn one_of_many(finding: Finding, count: usize, scenario: Option<&Scenario>) -> Finding {
    let more = words::count(count as i64 - 1, "more place", "more places");
    let definition = scenario.and_then(|scenario| {
        let meant = finding.instead.as_deref()?;
        Some((scenario, unused_definition(meant, scenario)?))
    });
    if let Some((scenario, place)) = definition {
        let written = scenario.sources.text(finding.place);
        let meant = finding.instead.as_deref().unwrap_or("");
        let headline = format!("nothing uses `{meant}`, but `{written}` is used and not defined");
        return Finding {
            severity: Severity::Error,
            headline,
            place,
            label: "defined here".into(),
            related: Some((finding.place, format!("used here, and in {more}"))),
            hints: Vec::new(),
            instead: Some(written.to_owned()),
            rule: finding.rule,
        };
    }
    finding.hint(format!("It stands in {more}."))
}

/// Where a name is defined, if it stands nowhere else in the files.
fn unused_definition(name: &str, scenario: &Scenario) -> Option<Place> {
    let entries = scenario.record.entries.iter().map(|entry| &entry.id);
    let mut ids = ids(scenario).into_iter().chain(entries);
    let defined = ids.find(|id| id.value == name)?.place;
    let is_letter = |letter: Option<char>| {
        letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == '-')
    };
    let times = scenario.sources.files.iter().map(|source| {
        let text = source.text.as_str();
        let whole = text.match_indices(name).filter(|(at, _)| {
            !is_letter(text[..*at].chars().next_back())
                && !is_letter(text[at + name.len()..].chars().next())
        });
        whole.take(2).count()
    });
    (times.sum::<usize>() == 1).then_some(defined)
}
