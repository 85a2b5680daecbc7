//! `sandtable explore`

mod json;
mod text;

use std::io::{self, Write};
use std::sync::Arc;

use super::arguments::ExploreArgs;
use super::evidence::write_evidence;
use super::format::load_program;
use super::historical::Historical;
use super::progress::Bar;
use super::{EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Trouble, check_setup, output, store};
use crate::check::{self, CheckReport, prove};
use crate::engine::{Move, State};
use crate::finding::{Finding, Severity, Sources};
use crate::library::{self, ScenarioFiles};
use crate::program::ids::ObjectiveId;
use crate::program::{Program, ProgramSetup};
use crate::search::policy::{BestPolicy, Policy, ReplayPolicy, mean, thoughtless};
use crate::search::pricing::{Happened, again};
use crate::search::sample::{Sample, sample};
use crate::search::walk::Tell;
use crate::search::worth::EQUAL;
use crate::search::{Budget, Exploration, Solver, explore as search};

/// Everything that is reported about a scenario.
struct Explored<'a> {
    program: &'a Program,
    budget: Budget,
    exploration: Exploration,
    /// The mean points of each objective under best play; empty if they are not known.
    objectives: Vec<f64>,
    /// Ways to play by name, with their mean scores, best first.
    players: Vec<(&'static str, f64)>,
    /// Random exercises.
    sample: Sample,
    /// Whether it was stopped, so that something is missing.
    stopped: bool,
    /// The findings of the search. A variant or a cut has none.
    findings: Vec<Finding>,
    sources: Arc<Sources>,
}

/// Why a result is partial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Partial {
    /// There are more states than the budget allows.
    Budget,
    /// It was stopped with Ctrl-C.
    Stopped,
}

impl Explored<'_> {
    fn partial(&self) -> Option<Partial> {
        match (self.stopped, self.exploration.worth) {
            (true, _) => Some(Partial::Stopped),
            (false, None) => Some(Partial::Budget),
            (false, Some(_)) => None,
        }
    }

    /// Whether every state was seen.
    fn is_whole(&self) -> bool {
        self.exploration.worth.is_some()
    }
}

/// Everything that is reported about random exercises alone.
struct Sampled<'a> {
    program: &'a Program,
    seed: u64,
    sample: Sample,
    /// How many were asked for.
    wanted: u64,
    /// The findings, with the plays that show them.
    proved: CheckReport,
    /// Whether the plays are written to files.
    written: bool,
}

impl Sampled<'_> {
    fn partial(&self) -> Option<Partial> {
        (self.sample.plays < self.wanted).then_some(Partial::Stopped)
    }

    /// The first exercise that breaks a rule: its number, the rule, and the exercise as a play up to that point.
    fn first_broken(&self) -> Option<(u64, &str, Option<&str>)> {
        let (number, rule) = self.sample.first_broken()?;
        Some((number, self.rule(rule), self.play(rule)))
    }

    fn rule(&self, rule: usize) -> &str {
        &self.program.script.scenario.rules[rule].id.value
    }

    /// The first exercise that breaks this rule, as a play up to that point.
    fn play(&self, rule: usize) -> Option<&str> {
        let name = prove::name_of_broken(self.rule(rule));
        let play = self.proved.plays.iter().find(|it| it.name == name)?;
        Some(&play.text)
    }
}

/// Explores a scenario, or plays it at random.
pub fn explore(chosen: &ExploreArgs) -> Result<u8, Trouble> {
    if chosen.store {
        return store::store(&chosen.scenario, chosen.spend.budget());
    }
    let found = library::find(&chosen.scenario)?;
    check_setup(&found, chosen.variant.as_deref(), chosen.cut.as_deref())?;
    let setup = ProgramSetup {
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
    };
    let Some(program) = load_program(&found, &setup)? else {
        return Ok(EXIT_FINDINGS);
    };
    if let Some(note) = store::values_note(&found, &program) {
        writeln!(io::stderr(), "{note}")?;
    }
    let budget = chosen.spend.budget();
    let bar = Bar::new()?;
    let plays = chosen.plays.unwrap_or(chosen.sample);
    // In an exploration the search checks the rules.
    let rules = chosen.plays.map_or(&[][..], |_| &program.rules);
    let tell = &mut |done| bar.plays(done, plays);
    let sample = sample(&program, rules, plays, chosen.seed, budget.threads, tell);
    if chosen.plays.is_some() {
        bar.clear();
        return sampled(chosen, &found, &program, plays, sample);
    }
    let explored = explored(&found, &program, budget, sample, &bar);
    bar.clear();
    let mut output = output();
    if chosen.json {
        json::write(&explored, &mut output)?;
    } else {
        text::write(&explored, &mut output)?;
    }
    output.flush()?;
    Ok(exit_code(explored.partial(), &explored.findings))
}

fn exit_code(partial: Option<Partial>, findings: &[Finding]) -> u8 {
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    if partial == Some(Partial::Stopped) {
        EXIT_TROUBLE
    } else if findings.iter().any(is_error) {
        EXIT_FINDINGS
    } else {
        EXIT_FINE
    }
}

/// Reports random exercises alone.
fn sampled(
    chosen: &ExploreArgs,
    found: &ScenarioFiles,
    program: &Program,
    wanted: u64,
    sample: Sample,
) -> Result<u8, Trouble> {
    let proved = check::check_sample(&found.folder, Some(&found.play_names()), program, &sample);
    let sampled = Sampled {
        program,
        seed: chosen.seed,
        sample,
        wanted,
        proved,
        written: chosen.plays_to.is_some(),
    };
    let mut output = output();
    if chosen.json {
        json::write_sampled(&sampled, &mut output)?;
    } else {
        text::write_sampled(&sampled, &mut output)?;
    }
    output.flush()?;
    if let Some(folder) = &chosen.plays_to {
        write_evidence(folder, &sampled.proved.plays)?;
    }
    Ok(exit_code(sampled.partial(), &sampled.proved.findings))
}

fn explored<'a>(
    found: &ScenarioFiles,
    program: &'a Arc<Program>,
    budget: Budget,
    sample: Sample,
    bar: &Bar,
) -> Explored<'a> {
    let mut tell = |now| bar.phases(program, now, budget);
    let mut solver = Solver::new(program, None);
    let mut exploration = search(&mut solver, budget, &mut tell);
    let mut players = players(found, program, budget, &mut tell);
    let mut objectives = Vec::new();
    if let Some(worth) = exploration.worth {
        let best = BestPolicy(&solver);
        let all = 0..program.script.scenario.objectives.len();
        let mut of = |id| mean(program, &best, Some(ObjectiveId::at(id)), budget, &mut tell);
        objectives = all.filter_map(&mut of).collect();
        players.insert(0, ("best", worth.best));
        players.extend([("random", worth.random), ("worst", worth.worst)]);
    }
    // Rounded, because sums in another order differ in the last digits: among equals the first keeps its place.
    let order = |score: f64| (score / EQUAL).round();
    players.sort_by(|one, other| order(other.1).total_cmp(&order(one.1)));
    if let (Some(bounds), Some((_, mean))) = (&mut exploration.bounds, players.first()) {
        // Best play is at least as good as any player.
        bounds.least = bounds.least.max(*mean);
    }
    let plain = program.script.variant.is_none() && program.script.cut.is_none();
    let (mut findings, mut sources) = (Vec::new(), Arc::default());
    if plain && !bar.stopped() {
        let plays = found.play_names();
        let (folder, plays) = (&found.folder, Some(&plays[..]));
        let proved =
            check::check_exploration(folder, plays, &solver, &exploration, budget, &mut tell);
        (findings, sources) = (proved.findings, proved.sources);
    }
    Explored {
        program,
        budget,
        exploration,
        objectives,
        players,
        sample,
        stopped: bar.stopped(),
        findings,
        sources,
    }
}

/// The mean scores of players who do not need to know what anything is worth.
fn players(
    found: &ScenarioFiles,
    program: &Arc<Program>,
    budget: Budget,
    tell: &mut Tell,
) -> Vec<(&'static str, f64)> {
    let habits = thoughtless(program).into_iter();
    let mut players: Vec<(_, Box<dyn Policy>)> = habits.map(|it| (it.name, it.policy)).collect();
    if let Some(made) = history(found, program) {
        players.push(("history", Box::new(ReplayPolicy::new(program, &made))));
    }
    let players = players.into_iter();
    let mean = |(name, policy): (_, Box<dyn Policy>)| {
        Some((name, mean(program, &*policy, None, budget, tell)?))
    };
    players.filter_map(mean).collect()
}

/// The states and moves of what really happened, whatever its variant, unless a cut is explored.
fn history(found: &ScenarioFiles, program: &Program) -> Option<Vec<(State, Move)>> {
    let historical = Historical::load(found)?;
    // The states of all variants of a scenario have the same layout.
    let then = &historical.program;
    if program.script.cut.is_some() || then.script.cut.is_some() {
        return None;
    }
    let played = historical.played();
    let happened = again(then, played.moves, &mut played.luck.again());
    let made = |step: Happened| step.of.map(|(made, before)| (before, made));
    Some(happened.into_iter().filter_map(made).collect())
}
