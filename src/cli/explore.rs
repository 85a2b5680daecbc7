//! `sandtable explore`

mod json;
mod progress;
mod text;

use std::io::{self, Write};
use std::sync::Arc;

use super::arguments::Explore;
use super::format::program_of;
use super::{EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Trouble, known, output, store};
use crate::check;
use crate::engine::{Move, State, start, step};
use crate::finding::{FileId, Finding, Severity, Sources};
use crate::library::{self, Found};
use crate::local::HISTORY;
use crate::play;
use crate::program::ids::ObjectiveId;
use crate::program::{Program, Setup};
use crate::search::policy::{Again, Best, Drastic, Policy, Thoughtless, mean};
use crate::search::sample::{Sample, sample};
use crate::search::walk::Tell;
use crate::search::worth::EQUAL;
use crate::search::{Budget, Exploration, Solver, explore as search};
use progress::Bar;

/// Bytes of a GiB.
const GIB: usize = 1 << 30;

/// Everything that is told of a scenario.
struct Explored<'a> {
    program: &'a Program,
    budget: Budget,
    exploration: Exploration,
    /// The score under best play, by objective; empty where it is not known.
    objectives: Vec<f64>,
    /// Ways to play by name, with their mean scores, best first.
    players: Vec<(&'static str, f64)>,
    /// Random exercises.
    sample: Sample,
    /// What the search finds wrong; of the whole scenario as it is, not of a variant or a cut.
    findings: Vec<Finding>,
    sources: Arc<Sources>,
}

/// Explores a scenario whole, or plays it at random.
pub fn explore(chosen: &Explore) -> Result<u8, Trouble> {
    if chosen.store {
        return store::store(&chosen.scenario, budget(chosen));
    }
    let found = library::find(&chosen.scenario)?;
    known(&found, chosen.variant.as_deref(), chosen.cut.as_deref())?;
    let setup = Setup {
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
    };
    let Some(program) = program_of(&found, &setup)? else {
        return Ok(EXIT_FINDINGS);
    };
    if let Some(note) = store::note(&found, &program) {
        writeln!(io::stderr(), "{note}")?;
    }
    let budget = budget(chosen);
    let bar = Bar::new()?;
    let plays = chosen.plays.unwrap_or(chosen.sample);
    let sample = sample(&program, plays, chosen.seed, budget.threads, &mut |done| {
        bar.plays(done, plays)
    });
    let mut output = output();
    if chosen.plays.is_some() {
        bar.clear();
        if chosen.json {
            json::write_sample(&program, &sample, chosen.seed, &mut output)?;
        } else {
            text::write_sample(&program, &sample, &mut output)?;
        }
        return Ok(if bar.stopped() {
            EXIT_TROUBLE
        } else {
            EXIT_FINE
        });
    }
    let explored = explored(&found, &program, budget, sample, &bar);
    bar.clear();
    if chosen.json {
        json::write(&explored, &mut output)?;
    } else {
        text::write(&explored, &mut output)?;
    }
    output.flush()?;
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    Ok(if explored.exploration.stopped {
        EXIT_TROUBLE
    } else if explored.findings.iter().any(is_error) {
        EXIT_FINDINGS
    } else {
        EXIT_FINE
    })
}

/// How much the search may spend.
fn budget(chosen: &Explore) -> Budget {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let fit = chosen.memory.saturating_mul(GIB) / crate::search::STATE_BYTES;
    Budget {
        threads: chosen.threads.map_or_else(cores, usize::from),
        states_max: chosen.states_max.unwrap_or(fit),
    }
}

fn explored<'a>(
    found: &Found,
    program: &'a Arc<Program>,
    budget: Budget,
    sample: Sample,
    bar: &Bar,
) -> Explored<'a> {
    let mut tell = |now| bar.states(program, now, budget);
    let solver = Solver::new(program, None);
    let mut exploration = search(&solver, budget, &mut tell);
    let mut players = thoughtless(found, program, budget, &mut tell);
    let mut objectives = Vec::new();
    if let Some(worth) = exploration.worth {
        let best = Best(&solver);
        let all = 0..program.script.scenario.objectives.len();
        let mut of = |id| mean(program, &best, Some(ObjectiveId::at(id)), budget, &mut tell);
        objectives = all.filter_map(&mut of).collect();
        players.insert(0, ("best", worth.best));
        players.extend([("random", worth.random), ("worst", worth.worst)]);
    }
    // Of players that are as good the best one comes first: sums in another order differ in the last digits.
    let order = |score: f64| (score / EQUAL).round();
    players.sort_by(|one, other| order(other.1).total_cmp(&order(one.1)));
    if let (Some(bounds), Some((_, mean))) = (&mut exploration.bounds, players.first()) {
        // Best play is at least as good as any player.
        bounds.least = bounds.least.max(*mean);
    }
    let plain = program.script.variant.is_none() && program.script.cut.is_none();
    let (mut findings, mut sources) = (Vec::new(), Arc::default());
    if plain && !exploration.stopped {
        let plays: Vec<&str> = found.plays.iter().map(|it| it.name.as_str()).collect();
        let proved = check::proved(&found.folder, Some(&plays), &solver, &exploration, budget);
        (findings, sources) = (proved.findings, proved.sources);
    }
    Explored {
        program,
        budget,
        exploration,
        objectives,
        players,
        sample,
        findings,
        sources,
    }
}

/// Players who need not know what anything is worth, with their mean scores.
fn thoughtless(
    found: &Found,
    program: &Arc<Program>,
    budget: Budget,
    tell: &mut Tell,
) -> Vec<(&'static str, f64)> {
    let drastic = Drastic::new(program);
    let again = history(found, program).map(|made| Again::new(program, &made));
    let mut policies: Vec<(&str, &dyn Policy)> = vec![
        ("first option", &Thoughtless::First),
        ("last option", &Thoughtless::Last),
        ("only waits", &Thoughtless::Wait),
        ("most drastic", &drastic),
    ];
    if let Some(again) = &again {
        policies.push(("history", again));
    }
    let policies = policies.into_iter();
    let mean = |(name, policy)| mean(program, policy, None, budget, tell).map(|mean| (name, mean));
    policies.filter_map(mean).collect()
}

/// The states and moves of the play of what really happened, whatever its variant. None where a part is explored.
fn history(found: &Found, program: &Program) -> Option<Vec<(State, Move)>> {
    let text = found.plays.iter().find(|play| play.name == HISTORY)?;
    let (play, _) = play::parse(&text.text, FileId(0));
    if program.script.cut.is_some() || play.setup().cut.is_some() {
        return None;
    }
    // States of one scenario's variants are laid out alike.
    let program = library::load(&found.folder, &play.setup()).ok()?.program;
    let outcome = play::run(&program, &play);
    let mut luck = outcome.luck.clone();
    let mut state = start(&program, &mut luck, &mut ());
    let mut made = Vec::new();
    for chosen in outcome.moves {
        made.push((state.clone(), chosen));
        step(&program, &mut state, chosen, &mut luck, &mut ()).ok()?;
    }
    Some(made)
}
