//! What the rules look at.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{ScenarioParts, injects, names_read};
use super::times::PhaseTimes;
use crate::finding::{FileId, Finding, Findings, Place, Severity, Sources};
use crate::program::expression::parse_effect;
use crate::scenario::read::place_inside;
use crate::scenario::{IndicatorForm, Mark, Placed, Scenario};
use crate::words;

/// What belongs to an option or a decision stands this near to its first text, in bytes.
const NEAR_MAX_BYTES: u32 = 1_500;

/// How much of a line on either side of an error is looked at.
const LINE_MAX_BYTES: usize = 200;

/// A scenario, perhaps read only partly, with everything that rules ask of it worked out once.
pub(super) struct Subject<'a> {
    pub scenario: &'a Scenario,
    pub parts: ScenarioParts<'a>,
    /// Every mark, once.
    pub marks: Vec<&'a Mark>,
    /// Where each value is first written.
    pub written: BTreeMap<String, Place>,
    /// When phases begin and end, if STARTEX and the zone are known.
    pub times: Option<PhaseTimes>,
    /// Whether it is one file, with nothing beside it.
    pub alone: bool,
    /// The names of the plays, if they are known.
    pub plays: Option<&'a [&'a str]>,
    reads: BTreeSet<String>,
    /// Words beside errors: they may be uses of a name.
    doubtful: BTreeSet<String>,
    /// Where errors are, in order.
    errors: Vec<(FileId, u32)>,
}

impl<'a> Subject<'a> {
    pub fn new(
        scenario: &'a Scenario,
        alone: bool,
        plays: Option<&'a [&'a str]>,
        findings: &Findings,
    ) -> Self {
        let parts = ScenarioParts::new(scenario);
        let mut reads = names_read(&parts);
        let board = scenario.board.iter();
        let shown = board.filter(|it| it.form != IndicatorForm::Clock);
        reads.extend(shown.map(|it| it.of.value.clone()));
        let used = parts.courses.iter().flat_map(|course| &course.uses);
        reads.extend(used.map(|(name, _)| name.value.clone()));
        let mut doubtful = BTreeSet::new();
        let mut errors = Vec::new();
        for finding in findings.iter() {
            if finding.severity == Severity::Error {
                errors.push((finding.place.file, finding.place.start));
                doubtful.extend(finding.instead.clone());
                doubtful.extend(words_of(line_of(&scenario.sources, finding.place)));
            }
        }
        errors.sort_unstable();
        Self {
            written: first_writes(scenario, &parts),
            times: PhaseTimes::new(scenario),
            scenario,
            marks: parts.marks(),
            parts,
            alone,
            plays,
            reads,
            doubtful,
            errors,
        }
    }

    /// Whether an expression, the board or a course reads a name.
    pub fn is_read(&self, name: &str) -> bool {
        self.reads.contains(name)
    }

    /// Whether a name may be used or defined where something is wrong.
    pub fn is_doubtful(&self, name: &str) -> bool {
        let lost = &self.scenario.lost;
        lost.holds(name) || lost.mentioned.contains(name) || self.doubtful.contains(name)
    }

    /// Whether there is an error between two places, or near the first if there is no second.
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

    /// The ids of entries that marks or other entries cite, known or not.
    pub fn cited(&self) -> BTreeSet<&'a str> {
        let by_marks = self.marks.iter().flat_map(|mark| &mark.cites);
        let entries = self.scenario.record.entries.iter();
        let by_entries = entries.flat_map(|entry| &entry.rests_on);
        by_marks
            .chain(by_entries)
            .map(|id| id.value.as_str())
            .collect()
    }

    /// The entry of the record that an unknown id probably means: preferably one that nothing cites.
    pub fn meant_fact(&self, id: &str) -> Option<&'a str> {
        let entries = &self.scenario.record.entries;
        let cited = self.cited();
        // One that is left uncited on purpose is not it.
        let is_meant = |id: &Placed<String>| {
            !line_of(&self.scenario.sources, id.place).contains("allow uncited-fact")
        };
        let ids = entries.iter().map(|entry| &entry.id);
        let uncited = (ids.clone()).filter(|id| !cited.contains(id.value.as_str()) && is_meant(id));
        words::did_you_mean(id, uncited.map(|id| id.value.as_str()))
            .or_else(|| words::did_you_mean(id, ids.map(|id| id.value.as_str())))
    }

    /// Whether there is an error at a place.
    pub fn has_error_at(&self, place: Place) -> bool {
        self.errors
            .binary_search(&(place.file, place.start))
            .is_ok()
    }

    /// Everything that somebody reads, titles among it.
    pub fn prose(&self) -> Vec<&'a Placed<String>> {
        let scenario = self.scenario;
        let mut all: Vec<&Placed<String>> = vec![&scenario.title];
        all.extend(self.parts.texts.iter().map(|text| text.text));
        all.extend(scenario.roles.iter().map(|role| &role.title));
        all.extend(scenario.objectives.iter().map(|objective| &objective.title));
        all.extend(scenario.values.iter().filter_map(|it| it.title.as_ref()));
        all.extend(scenario.board.iter().filter_map(|it| it.title.as_ref()));
        for inject in injects(scenario) {
            let message = inject.message.iter();
            all.extend(message.flat_map(|it| [&it.by].into_iter().chain(&it.expect)));
            all.extend(inject.asks.iter().filter_map(|it| it.discuss.as_ref()));
        }
        all
    }

    /// What to say of a text that other readers of YAML take for something else, unless it is in quotes.
    pub fn unquoted(
        &self,
        rule: &'static str,
        text: &Placed<String>,
        what: &str,
        hint: &str,
    ) -> Option<Finding> {
        let headline = format!("other readers of YAML take `{}` for {what}", text.value);
        let finding = Finding::warning(rule, text.place, headline).hint(hint);
        let is_bare = self.scenario.sources.text(text.place) == text.value;
        is_bare.then(|| finding.instead(format!("\"{}\"", text.value)))
    }
}

/// Where each value is first written.
fn first_writes(scenario: &Scenario, parts: &ScenarioParts) -> BTreeMap<String, Place> {
    let mut writes: BTreeMap<String, Place> = BTreeMap::new();
    for source in parts.effects() {
        if let Ok(effect) = parse_effect(&source.value) {
            let place = place_inside(&scenario.sources, source, effect.name_range);
            let first = writes.entry(effect.name).or_insert(place);
            *first = (*first).min(place);
        }
    }
    writes
}

/// The line that a place begins on, or the part of it that is near.
fn line_of(sources: &Sources, place: Place) -> &str {
    let at = place.start as usize;
    let text = |range| sources.text(Place::new(place.file, range));
    let before = text(at.saturating_sub(LINE_MAX_BYTES)..at);
    let after = text(at..at + LINE_MAX_BYTES);
    let start = before.rsplit('\n').next().map_or(0, str::len);
    let end = after.find('\n').unwrap_or(after.len());
    text(at.saturating_sub(start)..at + end)
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !"_-".contains(letter));
    words
        .filter(|word| !word.is_empty() && word.len() <= 100)
        .map(str::to_owned)
}
