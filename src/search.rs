//! Exploration: every state that moves and luck can reach, and what each is worth.
//!
//! Every roll is tried, states with the same future are merged, and the engine's one step function makes every step.
//! [`explore`] answers an author's questions about a scenario; a [`Solver`] says what states are worth.

pub mod alike;
pub mod bounds;
pub mod branches;
pub mod broken;
pub mod count;
pub mod evidence;
pub mod monitors;
pub mod multiplies;
pub mod narrow;
pub mod notes;
pub mod policy;
pub mod pricing;
pub mod random;
pub mod sample;
mod sync;
pub mod table;
mod threads;
pub mod walk;
pub mod weigh;
pub mod worth;

use crate::engine::State;
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::search::bounds::{Interval, IntervalSolver};
use crate::search::multiplies::Factor;
use crate::search::notes::Occurrences;
use crate::search::walk::{Gathered, Tell, Walked};
use crate::search::worth::{KnownWorths, Verdicts, Worth, Worths};

pub use count::count;
pub use walk::{Budget, Progress};

/// Bytes that a state is assumed to take: what one takes in the scenario that ships, rounded up.
pub const STATE_BYTES: usize = 256;

impl Budget {
    /// The same on one thread.
    #[must_use]
    pub fn alone(self) -> Self {
        Self { threads: 1, ..self }
    }
}

impl Default for Budget {
    /// One thread, and as many states as fit into 12 GiB.
    fn default() -> Self {
        Self {
            threads: 1,
            states_max: (12 << 30) / STATE_BYTES,
        }
    }
}

/// Solves states of one program, and remembers every state that it solved.
#[derive(Debug)]
pub struct Solver<'p> {
    program: &'p Program,
    known: Option<&'p dyn KnownWorths>,
    walk: Walked<'p, Worths<'p>>,
}

impl<'p> Solver<'p> {
    /// A solver that has solved nothing yet. It does not solve states that enter a phase and that `known` knows.
    #[must_use]
    pub fn new(program: &'p Program, known: Option<&'p dyn KnownWorths>) -> Self {
        Self {
            program,
            known,
            walk: Walked::new(program, Worths { program, known }),
        }
    }

    /// What STARTEX is worth, and all counts. They do not depend on the number of threads, even if the budget does not
    /// allow for every state.
    pub fn startex(&mut self, budget: Budget, tell: &mut Tell) -> Gathered<Worths<'p>> {
        let gathered = self.walk.whole(budget, tell);
        if gathered.value.is_some() || self.walk.interrupted() || budget.threads <= 1 {
            return gathered;
        }
        // How far several threads get is chance; one thread goes the same way every time.
        *self = Self::new(self.program, self.known);
        self.walk.whole(budget.alone(), tell)
    }

    /// What a state is worth, solved now unless it is solved already. `None` if the budget was reached or somebody stopped it.
    pub fn worth(&self, state: &State, budget: Budget, tell: &mut Tell) -> Option<Worth> {
        if let Some(worth) = self.walk.value(state) {
            return Some(worth);
        }
        self.walk.after(state, budget, tell).value
    }

    /// What a state is worth, if it is solved.
    #[must_use]
    pub fn solved(&self, state: &State) -> Option<Worth> {
        self.walk.value(state)
    }

    /// The walk, whose tables hold the states.
    #[must_use]
    pub fn walk(&self) -> &Walked<'p, Worths<'p>> {
        &self.walk
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &'p Program {
        self.program
    }
}

/// The size of a scenario's graph, and what it is worth.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// Each phase that was reached, in order.
    pub phases: Vec<PhaseCount>,
    /// The number of different final states with each ending.
    pub endings: Vec<usize>,
    /// What STARTEX is worth. `None` if the budget was reached or somebody stopped it.
    pub worth: Option<Worth>,
    /// If that is not known: bounds of the score under best play, unless somebody stopped it.
    pub bounds: Option<Interval>,
    /// How often each option was right. Partial if `worth` is `None`.
    pub verdicts: Verdicts,
    /// What happened in any exercise. Partial if `worth` is `None`.
    pub hits: Occurrences,
    /// Bytes that the tables took at the end.
    pub bytes: usize,
}

/// The size of one phase.
#[derive(Clone, Debug)]
pub struct PhaseCount {
    /// The phase.
    pub phase: PhaseId,
    /// Different states that enter it.
    pub entering: usize,
    /// Different states in it.
    pub states: usize,
    /// Transitions from its states: each way in which the rolls of a move may fall is one.
    pub steps: u64,
    /// What multiplies its states, largest first.
    pub factors: Vec<Factor>,
}

/// Explores a whole scenario. `tell` may stop it.
pub fn explore(solver: &mut Solver, budget: Budget, tell: &mut Tell) -> Exploration {
    let program = solver.program;
    let Gathered {
        value,
        tally: verdicts,
        hits,
    } = solver.startex(budget, tell);
    let walk = &solver.walk;
    let bounds = (value.is_none() && !walk.interrupted())
        .then(|| bounds_of(program, budget, tell))
        .flatten();
    let all = (0..program.phases.len()).map(PhaseId::at);
    let phases = all.filter(|phase| !walk.table(*phase).is_empty());
    let phases = phases.map(|phase| PhaseCount {
        phase,
        entering: walk.entering(phase).len(),
        states: walk.table(phase).len(),
        steps: verdicts.steps.get(phase.index()).copied().unwrap_or(0),
        factors: multiplies::factors(program, walk, phase, budget.threads),
    });
    let phases = phases.collect();
    let mut endings = vec![0; program.endings.len()];
    walk.finals().each(|words, _| {
        if let Some(ending) = program.ended(words) {
            endings[ending.index()] += 1;
        }
    });
    Exploration {
        phases,
        endings,
        worth: value,
        bounds,
        verdicts,
        hits,
        bytes: walk.bytes(),
    }
}

/// Bounds of the score under best play for when not every state can be explored. On one thread, so that the same states are
/// seen every time.
fn bounds_of(program: &Program, budget: Budget, tell: &mut Tell) -> Option<Interval> {
    let walk = Walked::new(program, IntervalSolver::new(program));
    walk.whole(budget.alone(), tell).value
}

#[cfg(test)]
mod tests;
