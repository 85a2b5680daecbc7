//! Checking a scenario: everything that reading and compiling find, and a file for each rule that needs to see the whole.
//!
//! A new rule is a file below this one with `NAME` and `run`, a line in `RUN`, its name in `registry.rs`, and its page in
//! `docs/rules`. No rule stops at an error: it leaves alone what could not be read, and judges everything else.

mod allow;
mod parts;
pub mod prove;
mod registry;
mod subject;
mod times;

mod figures;
mod intervals;
mod known;

mod bad_map;
mod clock_change;
mod confidence_mismatch;
mod constant_condition;
mod deadline_before_opening;
mod endless_phase;
mod figure_mismatch;
mod invented_cites;
mod late_inject;
mod leaves_bounds;
mod missing_feedback;
mod missing_history;
mod one_option;
mod placeholder_text;
mod self_consent;
mod title_too_long;
mod uncited_fact;
mod uncited_mark;
mod unknown_fact;
mod unknown_names;
mod unknown_source;
mod unmarked_text;
mod unread_value;
mod unscored_objective;
mod unused_name;
mod worth_total;
mod yaml_boolean;
mod yaml_number;
mod zero_duration;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use registry::{RULES, Rule, page, rule};

use crate::check::prove::{Evidence, Facts, ProofFinding, SearchFindings};
use crate::check::subject::Subject;
use crate::finding::{Finding, Findings, Place, Severity, Sources};
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{FINDINGS_MAX, Folder, explain_odd_characters, read_partly};
use crate::search::sample::Sample;
use crate::search::walk::Tell;
use crate::search::{Budget, Exploration, Solver};

/// The rules that need to see the whole.
const RUN: [fn(&Subject, &mut Findings); 28] = [
    unmarked_text::run,
    uncited_mark::run,
    unknown_fact::run,
    unknown_source::run,
    confidence_mismatch::run,
    invented_cites::run,
    uncited_fact::run,
    figure_mismatch::run,
    missing_history::run,
    unused_name::run,
    unread_value::run,
    constant_condition::run,
    leaves_bounds::run,
    deadline_before_opening::run,
    late_inject::run,
    clock_change::run,
    endless_phase::run,
    zero_duration::run,
    title_too_long::run,
    missing_feedback::run,
    placeholder_text::run,
    worth_total::run,
    unscored_objective::run,
    one_option::run,
    self_consent::run,
    bad_map::run,
    yaml_boolean::run,
    yaml_number::run,
];

/// How many unknown names of one kind are compared with all known ones: in a large scenario that takes long.
const SUGGESTED_MAX: usize = 100;

/// Checks a scenario, but not its plays. Findings are in order of file and place.
#[must_use]
pub fn check(folder: &Folder) -> (Vec<Finding>, Arc<Sources>) {
    check_with(folder, None)
}

/// The same if the names of its plays are known. They are not run.
#[must_use]
pub fn check_with(folder: &Folder, plays: Option<&[&str]>) -> (Vec<Finding>, Arc<Sources>) {
    let report = check_and_search(folder, plays, |_| SearchFindings::default());
    (report.findings, report.sources)
}

/// What is wrong with a scenario, and plays that show it.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// In order of file and place.
    pub findings: Vec<Finding>,
    /// What they point into.
    pub sources: Arc<Sources>,
    /// For findings that a play can show.
    pub plays: Vec<Evidence>,
    /// Whether somebody stopped the search: then there may be more.
    pub stopped: bool,
}

/// Checks a scenario, and searches it from STARTEX to every ENDEX, unless it has an error.
#[must_use]
pub fn prove(
    folder: &Folder,
    plays: Option<&[&str]>,
    budget: Budget,
    tell: &mut Tell,
) -> CheckReport {
    check_and_search(folder, plays, |program| {
        let mut solver = Solver::new(program, None);
        let gathered = solver.startex(budget, tell);
        let facts = Facts {
            verdicts: &gathered.tally,
            hits: &gathered.hits,
            worth: gathered.value,
        };
        prove::findings(&solver, facts, budget, tell)
    })
}

/// What a finished exploration shows, and nothing else. Without plays: looking for distant ones takes long.
#[must_use]
pub fn check_exploration(
    folder: &Folder,
    plays: Option<&[&str]>,
    solver: &Solver,
    explored: &Exploration,
    budget: Budget,
    tell: &mut Tell,
) -> CheckReport {
    let mut report = check_and_search(folder, plays, |_| {
        prove::findings_without_plays(solver, Facts::from(explored), budget, tell)
    });
    let is_of_search = |finding: &Finding| prove::NAMES.contains(&finding.rule);
    report.findings.retain(is_of_search);
    report
}

/// What random exercises show, and nothing else: of the scenario, or of a variant or a cut of it.
#[must_use]
pub fn check_sample(
    folder: &Folder,
    plays: Option<&[&str]>,
    program: &Program,
    sample: &Sample,
) -> CheckReport {
    let mut report = check_and_search(folder, plays, |_| prove::sample_findings(program, sample));
    let is_of_sample = |finding: &Finding| prove::SAMPLED.contains(&finding.rule);
    report.findings.retain(is_of_sample);
    report
}

/// Checks a scenario, and has its program searched if it has one.
fn check_and_search(
    folder: &Folder,
    plays: Option<&[&str]>,
    search: impl FnOnce(&Program) -> SearchFindings,
) -> CheckReport {
    // A single file has no place for plays.
    let plays = plays.filter(|_| !folder.single);
    let (scenario, mut findings, sources) = read_partly(folder);
    let Some(scenario) = scenario.map(Arc::new) else {
        return CheckReport {
            findings: explain_odd_characters(findings.into_sorted(), &sources),
            sources,
            plays: Vec::new(),
            stopped: false,
        };
    };
    let (program, more) = compile(&scenario, &ProgramSetup::default());
    findings.extend(more);
    let program = program.filter(|_| !findings.has_errors());
    let subject = Subject::new(&scenario, folder.single, plays, &findings);
    for run in RUN {
        run(&subject, &mut findings);
    }
    let searched = program.map(|program| search(&program));
    let searched = searched.unwrap_or_default();
    findings.extend(searched.findings.iter().map(|it| it.finding.clone()));
    let findings = without_consequences(findings.into_sorted(), &sources);
    let findings = explain_odd_characters(findings, &sources);
    let findings: Findings = unknown_names::join(findings, &scenario)
        .into_iter()
        .collect();
    let scope = allow::CheckedScope {
        plays: plays.is_some(),
        proofs: searched.whole,
    };
    let findings = limit(allow::apply_allows(
        findings.into_sorted(),
        &scenario,
        scope,
    ));
    // A finding that a comment allows needs no play.
    let is_reported = |it: &ProofFinding| {
        let mut reported = findings.iter().map(|other| (other.rule, other.place));
        reported.any(|other| other == (it.finding.rule, it.finding.place))
    };
    let shown = searched.findings.into_iter().filter(is_reported);
    CheckReport {
        plays: shown.flat_map(|it| it.plays).collect(),
        findings,
        sources,
        stopped: searched.stopped,
    }
}

/// Leaves out what only follows from another finding: an expression that YAML cut short or split does not parse. The cut
/// is then the error.
fn without_consequences(mut findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let is_split = |it: &Finding| it.rule == "split-at-comma" && it.severity == Severity::Error;
    let splits = findings.iter().filter(|it| is_split(it));
    let splits: Vec<Place> = splits.map(|it| it.place).collect();
    findings.retain(|it| {
        let within = |split: &Place| {
            split.file == it.place.file
                && split.start <= it.place.start
                && it.place.end <= split.end
        };
        is_split(it) || !splits.iter().any(within)
    });
    let is_cut = |finding: &Finding| finding.rule == "cut-short-by-comment";
    let cuts = findings.iter().filter(|finding| is_cut(finding));
    let cuts: Vec<Place> = cuts.map(|finding| finding.place).collect();
    let cut_after = |finding: &Finding| {
        let from = finding.place;
        let is_consequence =
            ["expression-syntax", "unknown-name", "wrong-type"].contains(&finding.rule);
        let is_on_line = |cut: &&Place| {
            let between = Place::new(cut.file, from.start as usize..cut.start as usize);
            cut.file == from.file && from.start < cut.start && !sources.text(between).contains('\n')
        };
        cuts.iter()
            .find(is_on_line)
            .filter(|_| is_consequence)
            .copied()
    };
    let broken: Vec<Place> = findings.iter().filter_map(cut_after).collect();
    findings.retain(|finding| cut_after(finding).is_none());
    for finding in &mut findings {
        if is_cut(finding) && broken.contains(&finding.place) {
            finding.severity = Severity::Error;
        }
    }
    findings
}

/// Keeps no more findings than anybody reads.
fn limit(mut findings: Vec<Finding>) -> Vec<Finding> {
    const NAME: &str = "too-many-findings";
    let is_reported = findings.iter().any(|finding| finding.rule == NAME);
    if findings.len() > FINDINGS_MAX + usize::from(is_reported) {
        let rest = findings.split_off(FINDINGS_MAX);
        let headline = format!("more than {FINDINGS_MAX} findings; the others are left out");
        let mut finding = Finding::warning(NAME, rest[0].place, headline);
        if rest.iter().any(|it| it.severity == Severity::Error) {
            finding.severity = Severity::Error;
        }
        findings.push(finding);
    }
    findings
}
