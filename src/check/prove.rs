//! The rules that need the search: what no way through the exercise reaches, what no choice changes, and which of the
//! author's own rules are broken.
//!
//! A rule is a file below this one. It makes a `Claim`: a finding, and what a play has to reach to show it. All plays are
//! then looked for at once.

mod always_right;
mod broken_rule;
mod dead_end;
mod default_never_better;
mod needs_hindsight;
mod never_right;
mod not_proven;
mod not_seen;
mod pointless_decision;
mod thoughtless_bot;
mod unreachable_action;
mod unreachable_ending;
mod unreachable_inject;
mod unreachable_option;
mod unreachable_phase;

mod goals;
mod named;
mod play;

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use crate::check::prove::goals::Goal;
use crate::check::prove::named::WrittenNames;
use crate::finding::Finding;
use crate::program::Program;
use crate::program::code::Code;
use crate::program::ids::{CourseId, DecisionId, PhaseId};
use crate::search::notes::Occurrences;
use crate::search::sample::Sample;
use crate::search::walk::Tell;
use crate::search::worth::{CourseVerdict, DecisionVerdict, Verdicts, Worth};
use crate::search::{Budget, Exploration, Progress, Solver};
use crate::words;

/// The most states among which a play that shows a finding is looked for: one that is further away is too long to read.
const SHOWN_STATES_MAX: usize = 2_000_000;

/// Every rule that needs the search, by name.
pub(super) const NAMES: [&str; 14] = [
    always_right::NAME,
    broken_rule::NAME,
    dead_end::NAME,
    default_never_better::NAME,
    needs_hindsight::NAME,
    never_right::NAME,
    not_proven::NAME,
    pointless_decision::NAME,
    thoughtless_bot::NAME,
    unreachable_action::NAME,
    unreachable_ending::NAME,
    unreachable_inject::NAME,
    unreachable_option::NAME,
    unreachable_phase::NAME,
];

const RUN: [fn(&Proof, &mut Vec<Claim>); 14] = [
    not_proven::run,
    unreachable_phase::run,
    unreachable_inject::run,
    unreachable_option::run,
    unreachable_action::run,
    unreachable_ending::run,
    dead_end::run,
    pointless_decision::run,
    never_right::run,
    always_right::run,
    default_never_better::run,
    needs_hindsight::run,
    broken_rule::run,
    thoughtless_bot::run,
];

/// The rule that only looks at random exercises.
pub(super) const NOT_SEEN: &str = not_seen::NAME;

/// The rules that look at random exercises, by name.
pub(super) const SAMPLED: [&str; 2] = [broken_rule::NAME, NOT_SEEN];

/// What an exploration has counted.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// How often each option was right.
    pub verdicts: &'a Verdicts,
    /// What happened in any of them.
    pub hits: &'a Occurrences,
    /// What STARTEX is worth; `None` if not every state was seen.
    pub worth: Option<Worth>,
}

impl Facts<'_> {
    /// Whether every state was seen.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.worth.is_some()
    }
}

impl<'a> From<&'a Exploration> for Facts<'a> {
    fn from(explored: &'a Exploration) -> Self {
        Self {
            verdicts: &explored.verdicts,
            hits: &explored.hits,
            worth: explored.worth,
        }
    }
}

/// What a search finds wrong with a scenario.
#[derive(Clone, Debug, Default)]
pub struct SearchFindings {
    /// With the plays that show them.
    pub findings: Vec<ProofFinding>,
    /// Whether every state was seen.
    pub whole: bool,
    /// Whether somebody stopped the search.
    pub stopped: bool,
}

/// A finding, and the plays that show it, if any can.
#[derive(Clone, Debug)]
pub struct ProofFinding {
    /// What is wrong.
    pub finding: Finding,
    /// One play, or two that only show it together.
    pub plays: Vec<Evidence>,
}

/// A play that shows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The name of its file, without the ending: `broken-rule-told_in_time`.
    pub name: String,
    /// Its text, which `sandtable test` passes.
    pub text: String,
}

/// Everything that the search finds wrong with a scenario. The solver must have explored it from STARTEX, without values
/// that were stored before. If not every state was seen, only what is certain. `tell` hears how far the search for plays
/// is, and may stop it.
pub fn findings(solver: &Solver, facts: Facts, budget: Budget, tell: &mut Tell) -> SearchFindings {
    run_rules(solver, facts, budget, tell, play::find_plays)
}

/// The same without the plays.
pub fn findings_without_plays(
    solver: &Solver,
    facts: Facts,
    budget: Budget,
    tell: &mut Tell,
) -> SearchFindings {
    run_rules(solver, facts, budget, tell, |_, claims| {
        vec![None; claims.len()]
    })
}

fn run_rules(
    solver: &Solver,
    facts: Facts,
    budget: Budget,
    tell: &mut Tell,
    find_plays: fn(&Proof, &[Claim]) -> Vec<Option<Evidence>>,
) -> SearchFindings {
    let stopped = Cell::new(solver.walk().interrupted());
    let tell = RefCell::new(tell);
    let proof = Proof {
        tell: &|now| {
            let goes_on = (tell.borrow_mut())(now);
            stopped.set(stopped.get() || goes_on.is_break());
            goes_on
        },
        stopped: &stopped,
        program: solver.program(),
        names: WrittenNames(solver.program()),
        solver,
        facts,
        budget,
    };
    let mut claims = Vec::new();
    for run in RUN {
        run(&proof, &mut claims);
    }
    let plays = find_plays(&proof, &claims);
    SearchFindings {
        findings: join(claims, plays),
        whole: facts.whole(),
        stopped: stopped.get(),
    }
}

/// Two claims of one finding are reported once.
fn join(claims: Vec<Claim>, plays: Vec<Option<Evidence>>) -> Vec<ProofFinding> {
    let mut findings: Vec<ProofFinding> = Vec::new();
    for (claim, play) in claims.into_iter().zip(plays) {
        match findings.last_mut() {
            Some(last) if last.finding == claim.finding => last.plays.extend(play),
            _ => findings.push(ProofFinding {
                finding: claim.finding,
                plays: play.into_iter().collect(),
            }),
        }
    }
    findings
}

/// Everything that random exercises show to be wrong with a scenario, or make doubtful.
#[must_use]
pub fn sample_findings(program: &Program, sample: &Sample) -> SearchFindings {
    let mut claims = Vec::new();
    for (index, breaks) in sample.rules.iter().enumerate() {
        claims.extend(broken_rule::sample_claim(
            program,
            index,
            sample.plays,
            breaks,
        ));
    }
    if sample.plays > 0 {
        not_seen::run(program, sample, &mut claims);
    }
    let play = |claim: &Claim| match &claim.goal {
        Some(Goal::Known(way)) => play::write_play(program, claim, way, &|_| String::new()),
        _ => None,
    };
    let plays = claims.iter().map(play).collect();
    SearchFindings {
        findings: join(claims, plays),
        ..SearchFindings::default()
    }
}

/// The name of the play that shows that one of the author's rules is broken.
#[must_use]
pub fn name_of_broken(rule: &str) -> String {
    play::name_of(broken_rule::NAME, rule)
}

/// What the rules look at.
struct Proof<'a, 'p> {
    program: &'p Program,
    names: WrittenNames<'p>,
    solver: &'a Solver<'p>,
    facts: Facts<'a>,
    budget: Budget,
    /// Hears how far the search is, and may stop it.
    tell: &'a dyn Fn(Progress) -> ControlFlow<()>,
    /// Whether somebody stopped the search.
    stopped: &'a Cell<bool>,
}

/// A finding, and how a play can show it.
struct Claim {
    finding: Finding,
    /// What it is about, as in the name of its play.
    id: String,
    /// What a play has to reach.
    goal: Option<Goal>,
    /// Expectations that then hold, besides the place and the time.
    expects: Vec<String>,
    /// Conditions whose values the play expects at its end.
    reads: Vec<Code>,
}

impl Claim {
    fn new(finding: Finding, id: impl Into<String>) -> Self {
        Self {
            finding,
            id: id.into(),
            goal: None,
            expects: Vec::new(),
            reads: Vec::new(),
        }
    }

    fn shown_by(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    fn expecting(mut self, line: String) -> Self {
        self.expects.push(line);
        self
    }
}

fn count_states(states: u64) -> String {
    words::count(states as i64, "state", "states")
}

impl Proof<'_, '_> {
    /// How many states of the exercise were seen, as in `12 states`.
    fn states(&self) -> String {
        count_states(self.solver.walk().state_count() as u64)
    }

    fn course(&self, id: CourseId) -> CourseVerdict {
        let courses = &self.facts.verdicts.courses;
        courses.get(id.index()).copied().unwrap_or_default()
    }

    fn decision(&self, id: DecisionId) -> DecisionVerdict {
        let decisions = &self.facts.verdicts.decisions;
        decisions.get(id.index()).copied().unwrap_or_default()
    }

    /// Whether a phase can begin.
    fn begins(&self, id: PhaseId) -> bool {
        self.facts.hits.phases[id.index()]
    }

    /// Whether an option or action is always right, and everything else always worse.
    fn is_only_right(&self, id: CourseId) -> bool {
        let verdict = self.course(id);
        verdict.stood > 0 && verdict.sole == verdict.stood
    }
}
