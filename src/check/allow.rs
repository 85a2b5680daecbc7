//! Comments that allow a finding: `# allow RULE: reason`, on its line or alone on a line above it.

use std::collections::BTreeMap;

use super::prove;
use super::registry::{self, RULES};
use crate::finding::{FileId, Finding, Findings, Place, Severity};
use crate::scenario::{Placed, Scenario};
use crate::words;

/// A comment that could not be followed.
const BAD: &str = "bad-allow";

/// A comment that allows what is not found.
const UNUSED: &str = "unused-allow";

/// So many lines of comments may stand between a comment and the line it speaks of.
const STACKED_MAX: usize = 20;

/// What was looked at beside the scenario itself. About a comment that speaks of the rest nothing is said.
#[derive(Clone, Copy)]
pub(super) struct CheckedScope {
    /// Which plays there are.
    pub plays: bool,
    /// Every state.
    pub proofs: bool,
}

/// So far an error may keep a rule from finding something, in bytes: what belongs together stands together.
const NEAR_MAX_BYTES: u32 = 1_500;

/// One comment.
struct Allow<'a> {
    rule: &'static str,
    comment: &'a Placed<String>,
    /// The line that it speaks of, by its first byte.
    line: (FileId, u32),
    used: bool,
}

/// Leaves out the warnings that comments allow, and adds what is wrong with the comments. In order of file and place.
pub(super) fn allowed(
    findings: Vec<Finding>,
    scenario: &Scenario,
    known: CheckedScope,
) -> Vec<Finding> {
    if scenario.allows.is_empty() {
        return findings;
    }
    let mut kept = Findings::default();
    let mut allows = Vec::new();
    for comment in &scenario.allows {
        match parsed(scenario, comment) {
            Ok(Some(rule)) => allows.push(Allow {
                rule,
                line: spoken_of(scenario, comment.place),
                comment,
                used: false,
            }),
            Ok(None) => {}
            Err(mistake) => {
                let (rule, finding) = *mistake;
                kept.push(finding);
                // What was meant is clear: that the comment is wrong is the one mistake.
                if let Some(rule) = rule {
                    allows.push(Allow {
                        rule,
                        line: spoken_of(scenario, comment.place),
                        comment,
                        used: true,
                    });
                }
            }
        }
    }
    let errors: Vec<Place> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.place)
        .collect();
    let mut by_line: BTreeMap<(FileId, u32), Vec<usize>> = BTreeMap::new();
    for (index, allow) in allows.iter().enumerate() {
        by_line.entry(allow.line).or_default().push(index);
    }
    for mut finding in findings {
        let line = line_of(scenario, finding.place);
        let here = by_line.get(&line).into_iter().flatten().copied();
        let allow = here
            .into_iter()
            .find(|index| allows[*index].rule == finding.rule);
        let Some(index) = allow else {
            kept.push(finding);
            continue;
        };
        allows[index].used = true;
        if finding.severity == Severity::Error {
            finding = finding.hint("An error cannot be allowed: mend it, and remove the comment.");
            kept.push(finding);
        }
    }
    // Where something could not be read, nothing can be said about what was not found.
    let all_read = scenario.lost.is_empty();
    let is_judged = |allow: &&Allow| {
        let of_plays = known.plays || allow.rule != "missing-history";
        let of_proofs = known.proofs || !prove::NAMES.contains(&allow.rule);
        // What did not come in one sample may come in another.
        let of_samples = allow.rule != prove::NOT_SEEN;
        !allow.used && all_read && of_plays && of_proofs && of_samples && !hidden_by(allow, &errors)
    };
    for allow in allows.iter().filter(is_judged) {
        let headline = format!("nothing to allow: `{}` finds nothing here", allow.rule);
        let hint =
            "Remove the comment, or put it on the line of the finding or alone on the line above.";
        kept.push(Finding::warning(UNUSED, allow.comment.place, headline).hint(hint));
    }
    kept.into_sorted()
}

/// Whether an error near by may be why a rule finds nothing: it keeps silent about what stands in doubt.
fn hidden_by(allow: &Allow, errors: &[Place]) -> bool {
    let (file, line) = allow.line;
    let near = |place: &&Place| place.file == file && place.start.abs_diff(line) < NEAR_MAX_BYTES;
    errors.iter().any(|place| near(&place))
}

/// What is wrong with a comment, and the rule that was probably meant.
type Mistake = (Option<&'static str>, Finding);

/// The rule that a comment names; none if it is a comment like any other.
fn parsed(
    scenario: &Scenario,
    comment: &Placed<String>,
) -> Result<Option<&'static str>, Box<Mistake>> {
    let Some(rest) = comment.value.strip_prefix("allow") else {
        return Ok(None);
    };
    let (name, reason) = rest
        .split_once(':')
        .map_or((rest, ""), |(name, reason)| (name, reason));
    let (name, is_one_word) = (name.trim(), !name.trim().contains(char::is_whitespace));
    if !rest.starts_with(' ')
        || name.is_empty()
        || !is_one_word
        || !(rest.contains(':') || name.contains('-'))
    {
        return Ok(None);
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
        return Err(Box::new((
            meant.and_then(registry::rule).map(|rule| rule.name),
            finding,
        )));
    };
    if reason.trim().is_empty() {
        let headline = format!("no reason why `{}` is allowed", rule.name);
        let finding = Finding::error(BAD, place, headline);
        let finding = finding.hint(format!("Write `# allow {}: why`.", rule.name));
        return Err(Box::new((Some(rule.name), finding)));
    }
    Ok(Some(rule.name))
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

/// The line that a comment speaks of: its own, or where it stands alone the next that is more than a comment.
fn spoken_of(scenario: &Scenario, comment: Place) -> (FileId, u32) {
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
