//! What the rules look at.

use std::collections::{BTreeMap, BTreeSet};

use super::texts::{MarkedText, marked_texts, marks_of};
use super::times::Times;
use super::walk::{Reads, ScenarioParts};
use crate::finding::{FileId, Findings, Place, Severity, Sources};
use crate::program::expression::parse_effect;
use crate::scenario::read::place_inside;
use crate::scenario::{IndicatorForm, Mark, Placed, Scenario};
use crate::words;

/// What belongs to an option or a decision stands as near as this to its first text, in bytes.
const NEAR_MAX_BYTES: u32 = 1_500;

/// More of a line than this on either side of an error is not looked at.
const LINE_MAX_BYTES: usize = 200;

/// A scenario, perhaps read only partly, and what was worked out about it once for all rules.
pub(super) struct Subject<'a> {
    pub scenario: &'a Scenario,
    /// Every text that a team may read and that must keep to the record, in source order.
    pub texts: Vec<MarkedText<'a>>,
    /// Every mark, once.
    pub marks: Vec<&'a Mark>,
    pub walk: ScenarioParts<'a>,
    /// Where each value is first written.
    pub written: BTreeMap<String, Place>,
    /// When phases begin and end, if dates can be told.
    pub times: Option<Times>,
    /// Whether it is one file, with nothing beside it.
    pub alone: bool,
    /// The names of the plays, if they are known.
    pub plays: Option<&'a [&'a str]>,
    reads: BTreeSet<String>,
    /// Words that stand where something is wrong: they may be uses of a name.
    shaky: BTreeSet<String>,
    /// Where errors are, in order.
    errors: Vec<(FileId, u32)>,
}

impl<'a> Subject<'a> {
    pub fn of(
        scenario: &'a Scenario,
        alone: bool,
        plays: Option<&'a [&'a str]>,
        findings: &Findings,
    ) -> Self {
        let texts = marked_texts(scenario);
        let marks = marks_of(&texts);
        let walk = ScenarioParts::of(scenario);
        let mut reads = Reads::of(&walk).names;
        let shown = scenario
            .board
            .iter()
            .filter(|it| it.form != IndicatorForm::Clock);
        reads.extend(shown.map(|it| it.of.value.clone()));
        let used = walk.courses.iter().flat_map(|course| &course.uses);
        reads.extend(used.map(|(name, _)| name.value.clone()));
        let findings = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        let mut shaky = BTreeSet::new();
        let mut errors = Vec::new();
        for finding in findings {
            errors.push((finding.place.file, finding.place.start));
            shaky.extend(finding.instead.clone());
            shaky.extend(words_of(line_of(&scenario.sources, finding.place)));
        }
        errors.sort_unstable();
        Self {
            written: written(scenario, &walk),
            times: Times::of(scenario),
            scenario,
            texts,
            marks,
            walk,
            alone,
            plays,
            reads,
            shaky,
            errors,
        }
    }

    /// Whether an expression, the board or a course reads a name.
    pub fn is_read(&self, name: &str) -> bool {
        self.reads.contains(name)
    }

    /// Whether a name may be used where something is wrong.
    pub fn is_shaky(&self, name: &str) -> bool {
        let lost = &self.scenario.lost;
        lost.holds(name) || lost.mentioned.contains(name) || self.shaky.contains(name)
    }

    /// Whether there is an error from one place to another, or near the first where there is no other.
    pub fn has_error_between(&self, from: Place, to: Option<Place>) -> bool {
        let to = to.filter(|to| to.file == from.file);
        let end = to.map_or(from.start.saturating_add(NEAR_MAX_BYTES), |to| to.start);
        let first = self
            .errors
            .partition_point(|error| *error < (from.file, from.start));
        self.errors
            .get(first)
            .is_some_and(|(file, start)| *file == from.file && *start < end)
    }

    /// The entry of the record that an unknown id probably means: rather one that nothing cites.
    pub fn meant_fact(&self, id: &str) -> Option<&'a str> {
        let entries = &self.scenario.record.entries;
        let by_marks = self.marks.iter().flat_map(|mark| &mark.cites);
        let by_entries = entries.iter().flat_map(|entry| &entry.rests_on);
        let cited: BTreeSet<&str> = by_marks
            .chain(by_entries)
            .map(|code| code.value.as_str())
            .collect();
        let all = entries.iter().map(|entry| entry.id.value.as_str());
        // One that is left uncited on purpose is not it.
        let is_meant = |id: &Placed<String>| {
            !line_of(&self.scenario.sources, id.place).contains("allow uncited-fact")
        };
        let uncited = entries.iter().map(|entry| &entry.id);
        let uncited = uncited.filter(|id| !cited.contains(id.value.as_str()) && is_meant(id));
        let uncited = uncited.map(|id| id.value.as_str());
        words::did_you_mean(id, uncited).or_else(|| words::did_you_mean(id, all))
    }

    /// Whether there is an error at a place.
    pub fn has_error_at(&self, place: Place) -> bool {
        self.errors
            .binary_search(&(place.file, place.start))
            .is_ok()
    }

    /// Everything that somebody reads, names on screen among it.
    pub fn prose(&self) -> Vec<&'a Placed<String>> {
        let scenario = self.scenario;
        let mut all: Vec<&Placed<String>> = vec![&scenario.title];
        all.extend(self.texts.iter().map(|text| text.text));
        all.extend(scenario.roles.iter().map(|role| &role.title));
        all.extend(scenario.objectives.iter().map(|objective| &objective.title));
        all.extend(
            scenario
                .values
                .iter()
                .filter_map(|value| value.title.as_ref()),
        );
        all.extend(scenario.board.iter().filter_map(|it| it.title.as_ref()));
        for inject in scenario.phases.iter().flat_map(|phase| &phase.injects) {
            if let Some(message) = &inject.message {
                all.push(&message.by);
                all.extend(&message.expect);
            }
            all.extend(
                inject
                    .asks
                    .iter()
                    .filter_map(|decision| decision.discuss.as_ref()),
            );
        }
        let mut seen = BTreeSet::new();
        all.retain(|text| seen.insert(text.place));
        all
    }
}

fn written(scenario: &Scenario, walk: &ScenarioParts) -> BTreeMap<String, Place> {
    let mut written: BTreeMap<String, Place> = BTreeMap::new();
    for source in walk
        .blocks
        .iter()
        .flat_map(|guarded| &guarded.block.effects)
    {
        let Ok(effect) = parse_effect(&source.value) else {
            continue;
        };
        let place = place_inside(&scenario.sources, source, effect.name_range);
        let first = written.entry(effect.name).or_insert(place);
        *first = (*first).min(place);
    }
    written
}

/// The line that a place begins on, or as much of it as is near.
fn line_of(sources: &Sources, place: Place) -> &str {
    let Some(source) = sources.get(place.file) else {
        return "";
    };
    let text = source.text.as_str();
    let at = (place.start as usize).min(text.len());
    let bytes = text.as_bytes();
    let from = at.saturating_sub(LINE_MAX_BYTES);
    let to = (at + LINE_MAX_BYTES).min(bytes.len());
    let start = bytes[from..at].iter().rposition(|byte| *byte == b'\n');
    let mut start = start.map_or(from, |newline| from + newline + 1);
    let end = bytes[at..to].iter().position(|byte| *byte == b'\n');
    let mut end = end.map_or(to, |newline| at + newline);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[start..end]
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !"_-".contains(letter));
    words
        .filter(|word| !word.is_empty() && word.len() <= 100)
        .map(str::to_owned)
}
