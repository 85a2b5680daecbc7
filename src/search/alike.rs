//! States that look alike to the team but call for different answers, so that only hindsight knows what was best.
//!
//! Two states look alike if everything that a seat may see in them is the same: the minute, values that are not hidden,
//! messages that are remembered, questions, what was chosen and done and is under way, and what can be chosen. What was
//! read earlier and is not remembered in the state is not compared.

mod views;
mod visible;

use std::collections::BTreeMap;

use crate::engine::{self, Move, State};
use crate::program::Program;
use crate::program::ids::{DecisionId, PhaseId};
use crate::search::Solver;
use crate::search::alike::views::Views;
use crate::search::alike::visible::Visible;
use crate::search::count::Counting;
use crate::search::threads::in_parts;
use crate::search::walk::{Budget, Fold, Tell, Walked};
use crate::search::weigh::weigh_some;
use crate::search::worth::{EQUAL, MoveWorth};

pub use visible::narrows;

/// How many parts the states of a phase are divided into.
const PARTS: usize = 64;

/// A packed state with its phase.
pub type Packed = (PhaseId, Box<[u64]>);

/// Two states that look alike but have no best option in common.
pub type Pair = (Packed, Packed);

/// For each decision, two states that look alike but have no best option in common, if there are any, packed by [`narrows`].
/// The solver must have seen every state.
///
/// The solver leaves out a value that only the board reads, though it may tell states apart that look alike without it. So
/// if such states are found, every state is looked for once more, with those values. If the budget of both searches together
/// does not allow for that, or `tell` stops it, nothing is found.
#[must_use]
pub fn needs_hindsight(solver: &Solver, budget: Budget, tell: &mut Tell) -> Vec<Option<Pair>> {
    let (program, solved) = (solver.program(), solver.walk());
    let pairs = pairs(solver, solved, budget.threads, &|_| true);
    let narrows = narrows(program);
    if pairs.iter().all(Option::is_none) || narrows == *solved.narrows() {
        return pairs;
    }
    let left = Budget {
        states_max: budget.states_max.saturating_sub(solved.state_count()),
        ..budget
    };
    let fuller = Walked::packed_by(narrows, program, Counting);
    fuller.whole(left, tell);
    if fuller.stopped() {
        return vec![None; pairs.len()];
    }
    let is_wanted = |decision: DecisionId| pairs[decision.index()].is_some();
    self::pairs(solver, &fuller, budget.threads, &is_wanted)
}

/// The same for some decisions, among the states of a walk.
fn pairs<F: Fold>(
    solver: &Solver,
    walk: &Walked<F>,
    threads: usize,
    is_wanted: &(dyn Fn(DecisionId) -> bool + Sync),
) -> Vec<Option<Pair>> {
    let threads = threads.clamp(1, PARTS);
    let parts = in_parts(threads, |thread| {
        let mut views = Views::default();
        let mut add = |decision, view, best, _| views.add(decision, view, best);
        let is_wanted = |decision, _| is_wanted(decision);
        each_asked(solver, walk, (thread, threads), &is_wanted, &mut add);
        views
    });
    let mut views = Views::default();
    for part in parts {
        views.join(part);
    }
    let mut pairs = vec![None; solver.program().decisions.len()];
    for (decision, states) in states_of(solver, walk, &views.least()) {
        pairs[decision.index()] = least_apart(states);
    }
    pairs
}

/// For each wanted view, the least state with each set of best options.
fn states_of<F: Fold>(
    solver: &Solver,
    walk: &Walked<F>,
    wanted: &BTreeMap<DecisionId, u64>,
) -> BTreeMap<DecisionId, Vec<(u64, Packed)>> {
    let mut found: BTreeMap<DecisionId, Vec<(u64, Packed)>> = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    let is_wanted = |decision: DecisionId, view: u64| wanted.get(&decision) == Some(&view);
    let mut keep = |decision, _, best, packed| {
        let states = found.entry(decision).or_default();
        match states.iter_mut().find(|(kept, _)| *kept == best) {
            Some((_, least)) if packed < *least => *least = packed,
            Some(_) => {}
            None => states.push((best, packed)),
        }
    };
    each_asked(solver, walk, (0, 1), &is_wanted, &mut keep);
    found
}

/// The least two states that have no best option in common.
fn least_apart(mut states: Vec<(u64, Packed)>) -> Option<Pair> {
    states.sort_by(|one, other| one.1.cmp(&other.1));
    for (at, (best, one)) in states.iter().enumerate() {
        let mut others = states[at + 1..].iter();
        if let Some((_, other)) = others.find(|(other, _)| best & other == 0) {
            return Some((one.clone(), other.clone()));
        }
    }
    None
}

/// Calls for each state of a walk and each decision in it that has two legal options or more, if the view is wanted: with a hash of
/// how the state looks, and one bit for each of the best options.
fn each_asked<F: Fold>(
    solver: &Solver,
    walk: &Walked<F>,
    (thread, threads): (usize, usize),
    is_wanted: &dyn Fn(DecisionId, u64) -> bool,
    call: &mut dyn FnMut(DecisionId, u64, u64, Packed),
) {
    let program = solver.program();
    let visible = Visible::new(program);
    let mut state = State::from_words(program, &program.initial);
    for phase in (0..program.phases.len()).map(PhaseId::at) {
        if program.phases[phase.index()].decisions.is_empty() {
            continue;
        }
        for part in (thread..PARTS).step_by(threads) {
            walk.each_packed(phase, (part, PARTS), &mut state, |packed, state| {
                let asked = asked(program, state);
                if asked.is_empty() {
                    return;
                }
                let view = visible.hash(program, state);
                for (decision, options) in asked {
                    if !is_wanted(decision, view) {
                        continue;
                    }
                    let Some(worths) = weigh_some(solver, state, &options) else {
                        continue;
                    };
                    call(decision, view, best_of(&worths), (phase, Box::from(packed)));
                }
            });
        }
    }
}

/// The open decisions of a state that have two legal options or more, with those options.
#[must_use]
pub fn asked(program: &Program, state: &State) -> Vec<(DecisionId, Vec<Move>)> {
    let open = state.open(program).into_iter();
    let asked = open.map(|id| {
        let options = 0..program.decisions[id.index()].options.len() as u8;
        let options = options.map(|option| Move::Choose(id, option));
        let legal = options.filter(|it| engine::refusal(program, state, *it).is_ok());
        (id, legal.collect::<Vec<_>>())
    });
    asked.filter(|(_, options)| options.len() > 1).collect()
}

fn best_of(worths: &[MoveWorth]) -> u64 {
    let best = worths
        .iter()
        .map(|it| it.best)
        .fold(f64::NEG_INFINITY, f64::max);
    let is_best = worths.iter().filter(|it| it.best >= best - EQUAL);
    is_best.fold(0, |mask, it| match it.made {
        Move::Choose(_, option) => mask | 1 << option,
        Move::Take(_) | Move::Wait => mask,
    })
}

#[cfg(test)]
mod tests;
