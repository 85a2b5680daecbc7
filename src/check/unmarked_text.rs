//! A text that states something and does not say on what it rests.
//!
//! # What it checks
//! A text that holds a digit, the name of a month or a weekday, or the name of one of the `organisations` of
//! `record.yaml` has `record` marks beside it. Titles of the scenario, of roles, objectives and values are exempt.
//!
//! # Why it matters
//! Readers take dates, figures and names for facts. The record says which of them are documented, which were worked
//! out and which were made up; without a mark nobody can tell.
//!
//! # Example
//! ```yaml
//! text: On 4 August the hosting team sees 40 renamed servers.
//! ```
//!
//! # Instead
//! ```yaml
//! text: On 4 August the hosting team sees 40 renamed servers.
//! record:
//!   - {says: the encryption began on 4 August, is: documented, cites: [T-14]}
//!   - {says: how many servers were seen, is: invented}
//! ```

use std::ops::Range;

use super::figures::names_of_dates;
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;
use crate::scenario::read::place_inside;

pub(super) const NAME: &str = "unmarked-text";

/// In small letters these are words of another kind.
const AMBIGUOUS: [&str; 3] = ["March", "May", "August"];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    for marked in subject
        .texts
        .iter()
        .filter(|marked| marked.marks.is_empty())
    {
        let Some((range, what)) = statement(&marked.text.value, &scenario.record.organisations)
        else {
            continue;
        };
        let written = &marked.text.value[range.clone()];
        let headline = format!("{what} `{written}` in a text without a record mark");
        let place = place_inside(&scenario.sources, marked.text, range);
        let hint = "Add `record` beside the text: what it says, and whether that is documented, inferred or invented.";
        findings.push(Finding::error(NAME, place, headline).hint(hint));
    }
}

/// The first thing in a text that needs a mark, and what it is.
fn statement(text: &str, organisations: &[Placed<String>]) -> Option<(Range<usize>, &'static str)> {
    let digits = text
        .find(|letter: char| letter.is_ascii_digit())
        .map(|start| {
            let length = text[start..].find(|letter: char| !letter.is_ascii_digit());
            (
                start..length.map_or(text.len(), |length| start + length),
                "the number",
            )
        });
    let dates = names_of_dates().filter_map(|name| Some((whole_word(text, name)?, "the date")));
    // Nothing else is meant by these, however they are written.
    let lower = text.to_ascii_lowercase();
    let others = names_of_dates()
        .filter(|name| !AMBIGUOUS.contains(name))
        .flat_map(|name| {
            let name = name.to_ascii_lowercase();
            let plural = name.ends_with("day").then(|| format!("{name}s"));
            [Some(name), plural]
        });
    let others = others
        .flatten()
        .filter_map(|name| Some((whole_word(&lower, &name)?, "the date")));
    let names = organisations.iter().map(|name| name.value.as_str());
    let names = names.filter_map(|name| Some((whole_word(text, name)?, "the organisation")));
    // Of two that begin together the longer one was meant: NHS England, not NHS.
    let first = |(range, _): &(Range<usize>, _)| (range.start, std::cmp::Reverse(range.end));
    digits
        .into_iter()
        .chain(dates)
        .chain(others)
        .chain(names)
        .min_by_key(first)
}

/// Where a name first stands with no letter or digit on either side.
pub(super) fn whole_word(text: &str, name: &str) -> Option<Range<usize>> {
    let is_apart =
        |neighbour: Option<char>| neighbour.is_none_or(|letter| !letter.is_alphanumeric());
    let mut places = text
        .match_indices(name)
        .map(|(start, _)| start..start + name.len());
    places.find(|range| {
        let before = text[..range.start].chars().next_back();
        !name.is_empty() && is_apart(before) && is_apart(text[range.end..].chars().next())
    })
}
