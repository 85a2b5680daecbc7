//! Checking a scenario: everything that reading and compiling find, and one file per rule for what only a look at
//! the whole shows.
//!
//! A new rule is a file below this one with `NAME` and `run`, a line in `RUN`, its name in `registry.rs`, and its page in
//! `docs/rules`. No rule stops at an error: what could not be read is left alone, everything else is judged.

mod allow;
pub mod prove;
mod registry;
mod subject;
mod texts;
mod times;
mod walk;

mod figures;
mod intervals;
mod known;

mod bad_map;
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

use crate::check::prove::{Evidence, Facts};
use crate::check::subject::Subject;
use crate::finding::{Finding, Findings, Place, Severity, Sources};
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{FINDINGS_MAX, Folder, read_partly};
use crate::search::sample::Sample;
use crate::search::walk::Tell;
use crate::search::{Budget, Exploration, Solver};

/// What a rule finds.
type RuleRun = fn(&Subject, &mut Findings);

/// The rules that look at the whole.
const RUN: [RuleRun; 27] = [
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

/// So many unknown names of one kind are compared with all others: in a large scenario that is what takes long.
const SUGGESTED_MAX: usize = 100;

/// Checks a scenario, all but its plays. Findings are in order of file and place.
#[must_use]
pub fn check(folder: &Folder) -> (Vec<Finding>, Arc<Sources>) {
    check_with(folder, None)
}

/// Checks a scenario of which it is known which plays it has, by name. They are not run.
#[must_use]
pub fn check_with(folder: &Folder, plays: Option<&[&str]>) -> (Vec<Finding>, Arc<Sources>) {
    let checked = check_and(folder, plays, &mut |_| None);
    (checked.findings, checked.sources)
}

/// What checking found, and the plays that show it.
#[derive(Clone, Debug)]
pub struct Proved {
    /// In order of file and place.
    pub findings: Vec<Finding>,
    /// What they point into.
    pub sources: Arc<Sources>,
    /// Of findings that a play can show.
    pub plays: Vec<Evidence>,
    /// Whether somebody stopped the search: then there may be more.
    pub stopped: bool,
}

/// Checks a scenario, and searches it from STARTEX to every ENDEX. One with an error is not searched.
#[must_use]
pub fn prove(folder: &Folder, plays: Option<&[&str]>, budget: Budget, tell: &mut Tell) -> Proved {
    let mut stopped = false;
    let tell: &mut Tell = &mut |now| {
        let goes_on = tell(now);
        stopped |= goes_on.is_break();
        goes_on
    };
    let mut proved = check_and(folder, plays, &mut |program| {
        let mut solver = Solver::new(program, None);
        let gathered = solver.startex(budget, tell);
        let facts = Facts {
            verdicts: &gathered.tally,
            hits: &gathered.hits,
            worth: gathered.value,
        };
        Some(Searched {
            proven: prove::findings(&solver, facts, budget, tell),
            whole: facts.whole(),
        })
    });
    proved.stopped = stopped;
    proved
}

/// What a search that was made already finds, and nothing else: no plays, which take as long as they are far away.
#[must_use]
pub fn proved(
    folder: &Folder,
    plays: Option<&[&str]>,
    solver: &Solver,
    explored: &Exploration,
    budget: Budget,
    tell: &mut Tell,
) -> Proved {
    let facts = Facts::from(explored);
    let mut proved = check_and(folder, plays, &mut |_| {
        Some(Searched {
            proven: prove::without_plays(solver, facts, budget, tell),
            whole: facts.whole(),
        })
    });
    let of_search = |finding: &Finding| prove::NAMES.contains(&finding.rule);
    proved.findings.retain(of_search);
    proved
}

/// What random exercises find, and nothing else: of the scenario, or of a variant or a cut of it.
#[must_use]
pub fn sampled(
    folder: &Folder,
    plays: Option<&[&str]>,
    program: &Program,
    sample: &Sample,
) -> Proved {
    let mut proved = check_and(folder, plays, &mut |_| {
        Some(Searched {
            proven: prove::sampled(program, sample),
            whole: false,
        })
    });
    let of_sample = |finding: &Finding| prove::SAMPLED.contains(&finding.rule);
    proved.findings.retain(of_sample);
    proved
}

/// What the search found.
struct Searched {
    proven: Vec<prove::Proven>,
    whole: bool,
}

/// Checks a scenario, and has its program searched where it has one.
fn check_and(
    folder: &Folder,
    plays: Option<&[&str]>,
    search: &mut dyn FnMut(&Program) -> Option<Searched>,
) -> Proved {
    // A single file has no place for plays.
    let plays = plays.filter(|_| !folder.single);
    let (scenario, mut findings, sources) = read_partly(folder);
    let Some(scenario) = scenario.map(Arc::new) else {
        return Proved {
            findings: findings.into_sorted(),
            sources,
            plays: Vec::new(),
            stopped: false,
        };
    };
    let (program, more) = compile(&scenario, &ProgramSetup::default());
    findings.extend(more);
    let program = program.filter(|_| !findings.has_errors());
    let subject = Subject::of(&scenario, folder.single, plays, &findings);
    for run in RUN {
        run(&subject, &mut findings);
    }
    let searched = program.and_then(|program| search(&program));
    let whole = searched.as_ref().is_some_and(|it| it.whole);
    let proven = searched.map_or_else(Vec::new, |it| it.proven);
    findings.extend(proven.iter().map(|it| it.finding.clone()));
    let findings = without_tails(findings.into_sorted(), &sources);
    let findings: Findings = unknown_names::joined(findings, &scenario)
        .into_iter()
        .collect();
    let findings = findings.into_sorted();
    let known = allow::CheckedScope {
        plays: plays.is_some(),
        proofs: whole,
    };
    let findings = bounded(allow::allowed(findings, &scenario, known));
    // What a comment allows is not shown either.
    let is_told = |it: &prove::Proven| {
        let same = |told: &Finding| (told.rule, told.place) == (it.finding.rule, it.finding.place);
        findings.iter().any(same)
    };
    let plays = proven.into_iter().filter(is_told).flat_map(|it| it.plays);
    Proved {
        plays: plays.collect(),
        findings,
        sources,
        stopped: false,
    }
}

/// Leaves out what only follows from another finding: an expression that YAML cut short does not parse. What is cut short
/// is then the error.
fn without_tails(mut findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let is_cut = |finding: &Finding| finding.rule == "cut-short-by-comment";
    let cuts: Vec<Place> = findings
        .iter()
        .filter(|finding| is_cut(finding))
        .map(|finding| finding.place)
        .collect();
    if cuts.is_empty() {
        return findings;
    }
    let cut_after = |finding: &Finding| {
        let is_tail = ["expression-syntax", "unknown-name", "wrong-type"].contains(&finding.rule);
        cuts.iter().copied().find(|cut| {
            let between = Place::new(cut.file, finding.place.start as usize..cut.start as usize);
            is_tail
                && cut.file == finding.place.file
                && finding.place.start < cut.start
                && !sources.text(between).contains('\n')
        })
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

/// No more than anybody reads.
fn bounded(mut findings: Vec<Finding>) -> Vec<Finding> {
    let is_told = findings
        .iter()
        .any(|finding| finding.rule == "too-many-findings");
    if findings.len() > FINDINGS_MAX + usize::from(is_told) {
        let place = findings[FINDINGS_MAX].place;
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        let worse = findings[FINDINGS_MAX..].iter().any(is_error);
        findings.truncate(FINDINGS_MAX);
        let headline = format!("more than {FINDINGS_MAX} findings; the others are left out");
        findings.push(if worse {
            Finding::error("too-many-findings", place, headline)
        } else {
            Finding::warning("too-many-findings", place, headline)
        });
    }
    findings
}
