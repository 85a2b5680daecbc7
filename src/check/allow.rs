//! Comments that allow a finding: `# allow RULE: reason`, on its line or alone on a line above it.

use std::collections::BTreeMap;

use super::prove;
use super::registry::{self, RULES};
use crate::finding::{FileId, Finding, Findings, Place, Severity};
use crate::scenario::{Placed, Scenario};
use crate::words;

/// A comment that cannot be followed.
const BAD: &str = "bad-allow";

/// A comment that allows something that is not found.
const UNUSED: &str = "unused-allow";

/// How many lines of comments may stand between a comment and the line it speaks of.
const STACKED_MAX: usize = 20;

/// What was checked besides the scenario itself. A comment about anything else is not judged.
#[derive(Clone, Copy)]
pub(super) struct CheckedScope {
    /// Whether it is known which plays there are.
    pub plays: bool,
    /// Whether every state was searched.
    pub proofs: bool,
}

/// How far away an error may keep a rule from finding something, in bytes: what belongs together stands together.
const NEAR_MAX_BYTES: u32 = 1_500;

struct Allow<'a> {
    rule: &'static str,
    comment: &'a Placed<String>,
    /// The line that it speaks of, by its first byte.
    line: (FileId, u32),
    used: bool,
}

/// Leaves out the warnings that comments allow, and adds what is wrong with the comments. In order of file and place.
pub(super) fn apply_allows(
    findings: Vec<Finding>,
    scenario: &Scenario,
    scope: CheckedScope,
) -> Vec<Finding> {
    if scenario.allows.is_empty() {
        return findings;
    }
    let mut remaining = Findings::default();
    let mut allows = Vec::new();
    for comment in &scenario.allows {
        let (rule, mistake) = parse(scenario, comment);
        allows.extend(rule.map(|rule| Allow {
            rule,
            line: line_below(scenario, comment.place),
            comment,
            // If the comment is wrong, that is the one mistake.
            used: mistake.is_some(),
        }));
        remaining.extend(mistake);
    }
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let errors = findings.iter().filter(is_error);
    let errors: Vec<Place> = errors.map(|finding| finding.place).collect();
    let mut by_line: BTreeMap<(FileId, u32), Vec<usize>> = BTreeMap::new();
    for (index, allow) in allows.iter().enumerate() {
        by_line.entry(allow.line).or_default().push(index);
    }
    for mut finding in findings {
        let line = line_of(scenario, finding.place);
        let mut here = by_line.get(&line).into_iter().flatten();
        let Some(index) = here.find(|index| allows[**index].rule == finding.rule) else {
            remaining.push(finding);
            continue;
        };
        allows[*index].used = true;
        if finding.severity == Severity::Error {
            finding = finding.hint("An error cannot be allowed: fix it, and remove the comment.");
            remaining.push(finding);
        }
    }
    // If something could not be read, it may hold what a comment allows.
    let all_read = scenario.lost.is_empty();
    let is_judged = |allow: &&Allow| {
        let was_checked = match allow.rule {
            "missing-history" => scope.plays,
            // What did not happen in one sample may happen in another.
            prove::NOT_SEEN => false,
            rule => scope.proofs || !prove::NAMES.contains(&rule),
        };
        was_checked && all_read && !allow.used && !is_near_error(allow, &errors)
    };
    for allow in allows.iter().filter(is_judged) {
        let headline = format!("nothing to allow: `{}` finds nothing here", allow.rule);
        let hint =
            "Remove the comment, or put it on the line of the finding or alone on the line above.";
        remaining.push(Finding::warning(UNUSED, allow.comment.place, headline).hint(hint));
    }
    remaining.into_sorted()
}

/// Whether an error near by may be why a rule finds nothing: rules are silent about what is in doubt.
fn is_near_error(allow: &Allow, errors: &[Place]) -> bool {
    let (file, line) = allow.line;
    let near = |place: &&Place| place.file == file && place.start.abs_diff(line) < NEAR_MAX_BYTES;
    errors.iter().any(|place| near(&place))
}

/// The rule that a comment names or probably means, and what is wrong with the comment. Neither for any other comment.
fn parse(scenario: &Scenario, comment: &Placed<String>) -> (Option<&'static str>, Option<Finding>) {
    let Some(rest) = comment.value.strip_prefix("allow") else {
        return (None, None);
    };
    let (name, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let name = name.trim();
    let is_one_word = !name.is_empty() && !name.contains(char::is_whitespace);
    let is_rule = rest.contains(':') || name.contains('-');
    if !rest.starts_with(' ') || !is_one_word || !is_rule {
        return (None, None);
    }
    let raw = scenario.sources.text(comment.place);
    let at = raw.find(name).unwrap_or(0);
    let start = comment.place.start as usize + at;
    let place = Place::new(comment.place.file, start..start + name.len());
    let Some(rule) = registry::rule(name) else {
        let meant = words::did_you_mean(name, RULES.iter().map(|rule| rule.name));
        let shown = words::clipped(name, 40);
        let finding = Finding::error(BAD, place, format!("there is no rule `{shown}`"));
        let finding = finding
            .hint("`sandtable explain` lists the rules.")
            .instead_if(meant);
        let meant = meant.and_then(registry::rule).map(|rule| rule.name);
        return (meant, Some(finding));
    };
    if reason.trim().is_empty() {
        let headline = format!("no reason why `{}` is allowed", rule.name);
        let finding = Finding::error(BAD, place, headline);
        let finding = finding.hint(format!("Write `# allow {}: why`.", rule.name));
        return (Some(rule.name), Some(finding));
    }
    (Some(rule.name), None)
}

/// The line that a place begins on, by its first byte.
fn line_of(scenario: &Scenario, place: Place) -> (FileId, u32) {
    let Some(source) = scenario.sources.get(place.file) else {
        return (place.file, 0);
    };
    let starts = source.line_starts();
    let after = starts.partition_point(|start| *start <= place.start);
    (place.file, starts[after.saturating_sub(1)])
}

/// The line that a comment speaks of: its own, or if it stands alone, the next line that is more than a comment.
fn line_below(scenario: &Scenario, comment: Place) -> (FileId, u32) {
    let own = line_of(scenario, comment);
    let Some(source) = scenario.sources.get(comment.file) else {
        return own;
    };
    let line_at = |start: u32| {
        let rest = source.text.get(start as usize..).unwrap_or("");
        rest.lines().next().unwrap_or("").trim_start()
    };
    if !line_at(own.1).starts_with('#') {
        return own;
    }
    let starts = source.line_starts();
    let after = starts.partition_point(|start| *start <= own.1);
    let next = starts[after..]
        .iter()
        .take(STACKED_MAX)
        .find(|start| !line_at(**start).starts_with('#'));
    (comment.file, next.copied().unwrap_or(own.1))
}
