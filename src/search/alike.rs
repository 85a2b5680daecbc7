//! States that look alike to the team but call for different answers, so that only hindsight knows what was best.
//!
//! Two states look alike if everything that a seat may see in them is the same: the minute, values that are not hidden,
//! messages that are remembered, questions, what was chosen and done and is under way, and what can be chosen. What was
//! read earlier and is not remembered in the state is not compared.

use std::collections::BTreeMap;

use crate::engine::{self, Move, State, agenda};
use crate::program::ids::{DecisionId, PhaseId};
use crate::program::layout::Slot;
use crate::program::{DueKind, Program};
use crate::search::Solver;
use crate::search::threads::in_parts;
use crate::search::weigh::weigh_some;
use crate::search::worth::{EQUAL, MoveWorth};

/// How many views are kept. If there are more, only a share of all views is looked at, chosen by hash.
const VIEWS_MAX: usize = 1 << 20;

/// How many parts the states of a phase are divided into.
const PARTS: usize = 64;

/// A packed state with its phase.
pub type Packed = (PhaseId, Box<[u64]>);

/// For each decision, two states that look alike but have no best option in common, if there are any. The solver must have
/// seen every state.
#[must_use]
pub fn needs_hindsight(solver: &Solver, threads: usize) -> Vec<Option<(Packed, Packed)>> {
    let program = solver.program();
    let threads = threads.clamp(1, PARTS);
    let mut views = Views::default();
    for part in in_parts(threads, |thread| views_of(solver, thread, threads)) {
        views.join(part);
    }
    // The least view of each decision, so that the same pair is found every time.
    let mut wanted: BTreeMap<DecisionId, u64> = BTreeMap::new();
    for ((decision, view), best) in &views.best {
        if best.differ() {
            wanted.entry(*decision).or_insert(*view);
        }
    }
    let mut pairs = vec![None; program.decisions.len()];
    for (decision, states) in states_of(solver, &wanted) {
        pairs[decision.index()] = least_apart(states);
    }
    pairs
}

/// The views of a share of the states.
fn views_of(solver: &Solver, thread: usize, threads: usize) -> Views {
    let mut views = Views::default();
    let mut add = |decision, view, best, _| views.add(decision, view, best);
    each_asked(solver, (thread, threads), &|_, _| true, &mut add);
    views
}

/// For each wanted view, the least state with each set of best options.
fn states_of(
    solver: &Solver,
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
    each_asked(solver, (0, 1), &is_wanted, &mut keep);
    found
}

/// The least two states that have no best option in common.
fn least_apart(mut states: Vec<(u64, Packed)>) -> Option<(Packed, Packed)> {
    states.sort_by(|one, other| one.1.cmp(&other.1));
    for (at, (best, one)) in states.iter().enumerate() {
        let mut others = states[at + 1..].iter();
        if let Some((_, other)) = others.find(|(other, _)| best & other == 0) {
            return Some((one.clone(), other.clone()));
        }
    }
    None
}

/// Calls for each state and each decision in it that has two legal options or more, if the view is wanted: with a hash of
/// how the state looks, and one bit for each of the best options.
fn each_asked(
    solver: &Solver,
    (thread, threads): (usize, usize),
    is_wanted: &dyn Fn(DecisionId, u64) -> bool,
    call: &mut dyn FnMut(DecisionId, u64, u64, Packed),
) {
    let (program, walk) = (solver.program(), solver.walk());
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

/// The sets of best options for each decision, by how a state looks.
#[derive(Default)]
struct Views {
    best: BTreeMap<(DecisionId, u64), BestOptions>,
    /// Only views whose hash ends in this many zeros are kept.
    zeros: u32,
}

/// The different sets of best options among states that look alike.
struct BestOptions {
    first: u64,
    others: Vec<u64>,
}

impl BestOptions {
    fn add(&mut self, mask: u64) {
        if self.first != mask && !self.others.contains(&mask) {
            self.others.push(mask);
        }
    }

    /// Whether any two of them have no option in common.
    fn differ(&self) -> bool {
        let all = || std::iter::once(&self.first).chain(&self.others);
        all().any(|one| all().any(|other| one & other == 0))
    }
}

impl Views {
    fn add(&mut self, decision: DecisionId, view: u64, mask: u64) {
        if view.trailing_zeros() < self.zeros {
            return;
        }
        if let Some(best) = self.best.get_mut(&(decision, view)) {
            best.add(mask);
            return;
        }
        let best = BestOptions {
            first: mask,
            others: Vec::new(),
        };
        self.best.insert((decision, view), best);
        self.shrink();
    }

    /// Keeps a smaller share if there are too many. Which share that is depends only on the views, not on their order.
    fn shrink(&mut self) {
        while self.best.len() > VIEWS_MAX {
            self.zeros += 1;
            let zeros = self.zeros;
            self.best
                .retain(|(_, view), _| view.trailing_zeros() >= zeros);
        }
    }

    fn join(&mut self, other: Self) {
        self.zeros = self.zeros.max(other.zeros);
        let zeros = self.zeros;
        self.best
            .retain(|(_, view), _| view.trailing_zeros() >= zeros);
        for ((decision, view), best) in other.best {
            self.add(decision, view, best.first);
            for mask in best.others {
                self.add(decision, view, mask);
            }
        }
    }
}

/// What a seat may see of a state.
struct Visible {
    /// Slots, each with how many fractions make a whole.
    slots: Vec<(Slot, i64)>,
}

impl Visible {
    fn new(program: &Program) -> Self {
        let mut slots = vec![(program.clock, 1)];
        let values = program.values.iter().zip(&program.script.values);
        let shown = values.filter(|(_, script)| !script.hidden);
        slots.extend(shown.map(|(value, _)| (value.slot, value.per)));
        let mut plain = |slot: Option<Slot>| slots.extend(slot.map(|slot| (slot, 1)));
        for inject in program
            .injects
            .iter()
            .filter(|it| it.shows || it.asks.is_some())
        {
            plain(inject.came);
            plain(inject.when);
        }
        for decision in &program.decisions {
            plain(decision.chosen);
            plain(decision.when);
        }
        for action in &program.actions {
            plain(Some(action.used));
            plain(action.when);
        }
        for consent in program.courses.iter().filter_map(|it| it.consent.as_ref()) {
            plain(Some(consent.refused));
        }
        Self { slots }
    }

    fn hash(&self, program: &Program, state: &State) -> u64 {
        let words = state.words();
        let mut hash = u64::from(state.phase(program).0);
        let mut mix = |number: u64| hash = mixed(hash ^ number);
        for (slot, per) in &self.slots {
            mix(slot.get(words).div_euclid(*per) as u64);
        }
        for id in agenda::entries(program, words) {
            if let DueKind::Deadline(_) | DueKind::Finish(_) = program.dues[id.index()].kind {
                mix(u64::from(id.0) << 32 | agenda::minute(program, words, id).unwrap_or(0) as u64);
            }
        }
        let mut moves = Vec::new();
        engine::moves(program, state, &mut moves);
        for made in moves {
            mix(match made {
                Move::Choose(decision, option) => {
                    1 << 40 | u64::from(decision.0) << 8 | u64::from(option)
                }
                Move::Take(action) => 2 << 40 | u64::from(action.0),
                Move::Wait => 3 << 40,
            });
        }
        hash
    }
}

fn mixed(number: u64) -> u64 {
    let product =
        u128::from(number ^ 0x243f_6a88_85a3_08d3) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests;
