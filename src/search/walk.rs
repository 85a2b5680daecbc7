//! The walk through every state that can be reached, depth first. A state is expanded once, and its value is worked out
//! as soon as the values of all that follow it are known; so transitions are kept only for the states on the stack.
//!
//! Several threads walk over the same tables at once, from different ends. A thread that meets a state on which another is
//! still at work goes into it as well, and finds most of what follows known already; time only goes forward, so nobody
//! waits for a state. The values do not depend on who comes first.

mod walker;
mod writers;

use std::ops::ControlFlow;

use crate::engine::{Move, State};
use crate::program::Program;
use crate::program::ids::{ObjectiveId, PhaseId};
use crate::search::narrow::{Narrow, Narrows};
use crate::search::notes::Occurrences;
use crate::search::sync::{AtomicUsize, Ordering};
use crate::search::table::{AsWords, StateHandle, StateTable};
use crate::search::threads::{Flag, joined};
use crate::search::walk::walker::Walker;

/// How the value of a state is worked out from those that follow it.
pub trait Fold: Sync {
    /// What is kept for each state.
    type Value: AsWords + Send + Sync + Default;
    /// What is noted of a state when it is expanded, for when its value is worked out.
    type Seen: Copy + Send;
    /// Counts over all states.
    type Tally: Default + Send;

    /// Looks at a state that is about to be expanded.
    fn look(&self, state: &State) -> Self::Seen;
    /// The value of a state after ENDEX.
    fn ended(&self, state: &State) -> Self::Value;
    /// The value of a state in which the team may move, from every transition that may follow, grouped by move. Two threads
    /// may work it out at once and must come to the same bits; a fold that cannot promise that walks on one thread.
    fn fold(&self, seen: Self::Seen, steps: &[Transition<Self::Value>]) -> Self::Value;
    /// The value of STARTEX, from every transition to a state with which an exercise may begin.
    fn root(&self, steps: &[Transition<Self::Value>]) -> Self::Value;
    /// Counts a state: called once for each, in any order.
    fn count(
        &self,
        tally: &mut Self::Tally,
        seen: Self::Seen,
        steps: &[Transition<Self::Value>],
        value: &Self::Value,
    );
    /// Adds what another thread has counted.
    fn join(&self, tally: &mut Self::Tally, other: Self::Tally);
    /// The value of a state that enters a phase, if it is known beforehand.
    fn known(&self, phase: PhaseId, packed: &[u64]) -> Option<Self::Value> {
        let _ = (phase, packed);
        None
    }
    /// The only objective whose points count; `None` counts all.
    fn counted(&self) -> Option<ObjectiveId> {
        None
    }
    /// Removes the moves that are not to be tried.
    fn allow(&self, state: &State, moves: &mut Vec<Move>) {
        let _ = (state, moves);
    }
    /// The value of a state that the budget has no room for; `None` stops the walk there.
    fn beyond(&self, phase: PhaseId) -> Option<Self::Value> {
        let _ = phase;
        None
    }
}

/// One way on from a state: a move, and one way in which all its rolls may fall.
#[derive(Clone, Copy, Debug)]
pub struct Transition<V> {
    /// The move.
    pub made: Move,
    /// How likely the rolls are to fall that way: from 0 to 1.
    pub odds: f64,
    /// The points that it gives.
    pub points: f64,
    /// Whether it leaves the phase.
    pub leaves: bool,
    /// The value of the state it leads to.
    pub to: V,
    /// That state, while its value is not known.
    open: Option<(PhaseId, StateHandle)>,
}

/// How far a search has got.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The phase of the state that the reporting thread is at.
    pub phase: PhaseId,
    /// Different states so far.
    pub states: usize,
    /// Bytes that they take.
    pub bytes: usize,
    /// How many moves after STARTEX the reporting thread is.
    pub depth: usize,
}

/// How much a search may spend.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Threads that search at once.
    pub threads: usize,
    /// The most different states.
    pub states_max: usize,
}

/// Is called now and then with how far a search has got, and may stop it.
pub type Tell<'t> = dyn FnMut(Progress) -> ControlFlow<()> + 't;

/// Every state that was found, with its value once that is known.
#[derive(Debug)]
pub struct Walked<'p, F: Fold> {
    program: &'p Program,
    fold: F,
    narrows: Narrows,
    tables: Vec<StateTable<F::Value>>,
    entering: Vec<StateTable<()>>,
    finals: StateTable<()>,
    /// How many states threads have found, as far as they have said so.
    states: AtomicUsize,
    stopped: Flag,
    interrupted: Flag,
    /// A thread has the value of the root.
    done: Flag,
    /// How many threads wait for a table to grow, which it can once all others have left it.
    waiting: AtomicUsize,
}

/// What the threads have worked out and counted.
#[derive(Debug)]
pub struct Gathered<F: Fold> {
    /// The value of the root; `None` if the walk was stopped.
    pub value: Option<F::Value>,
    /// Counts over all states.
    pub tally: F::Tally,
    /// What ever happened.
    pub hits: Occurrences,
}

impl<'p, F: Fold> Walked<'p, F> {
    /// A walk that has not begun.
    #[must_use]
    pub fn new(program: &'p Program, fold: F) -> Self {
        Self::packed_by(Narrows::new(program), program, fold)
    }

    /// The same, with states that are packed in this way.
    #[must_use]
    pub fn packed_by(narrows: Narrows, program: &'p Program, fold: F) -> Self {
        let phases = || (0..program.phases.len()).map(|it| narrows.in_phase(PhaseId::at(it)));
        Self {
            program,
            fold,
            tables: phases().map(|it| StateTable::new(it.longest())).collect(),
            entering: phases().map(|it| StateTable::new(it.longest())).collect(),
            finals: StateTable::new(program.initial.len()),
            narrows,
            states: AtomicUsize::new(0),
            stopped: Flag::default(),
            interrupted: Flag::default(),
            done: Flag::default(),
            waiting: AtomicUsize::new(0),
        }
    }

    /// Explores everything that STARTEX leads to, and works out the values. `progress` may stop it.
    pub fn whole(&self, budget: Budget, progress: &mut Tell) -> Gathered<F> {
        let mut walker = Walker::new(self, 0);
        let room = walker.start();
        self.below(walker, room, budget, progress)
    }

    /// Explores everything that a state leads to.
    pub fn after(&self, state: &State, budget: Budget, progress: &mut Tell) -> Gathered<F> {
        let mut walker = Walker::new(self, 0);
        let room = walker.start_from(state);
        self.below(walker, room, budget, progress)
    }

    /// Walks on from the first states, at which `first` has arrived.
    fn below(
        &self,
        mut first: Walker<'_, 'p, F>,
        room: bool,
        budget: Budget,
        progress: &mut Tell,
    ) -> Gathered<F> {
        if !room {
            self.stopped.raise();
        }
        self.done.lower();
        let roots = first.take_steps();
        let roots = roots.as_slice();
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..budget.threads)
                .map(|number| {
                    scope.spawn(move || {
                        let mut walker = Walker::new(self, number);
                        let value = walker.walk(roots, budget, &mut |_| ControlFlow::Continue(()));
                        walker.gathered(value)
                    })
                })
                .collect();
            let value = first.walk(roots, budget, progress);
            // This drops the walker, and so leaves the tables: joining first would deadlock with a thread that waits to
            // grow one.
            let mut gathered = first.gathered(value);
            for other in others {
                let other = joined(other);
                gathered.value = gathered.value.or(other.value);
                self.fold.join(&mut gathered.tally, other.tally);
                gathered.hits.join(&other.hits);
            }
            // A thread can finish before it sees the others' counts, so together they may exceed the budget. Relaxed: the
            // threads are joined.
            let is_over = self.states.load(Ordering::Relaxed) > budget.states_max;
            if is_over && self.fold.beyond(self.program.first).is_none() {
                self.stopped.raise();
                gathered.value = None;
            }
            gathered
        })
    }

    /// Whether a budget was reached or somebody stopped it, so that not everything was seen.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stopped.is_raised()
    }

    /// Whether somebody stopped it.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.interrupted.is_raised()
    }

    /// Calls with the words of each state of a phase, in no particular order. `part` takes one of several parts of the
    /// states: `(number, of)`.
    pub fn each_state(
        &self,
        phase: PhaseId,
        part: (usize, usize),
        state: &mut State,
        mut call: impl FnMut(&[u64]),
    ) {
        self.each_packed(phase, part, state, |_, state| call(state.words()));
    }

    /// The same, with the packed words as well.
    pub fn each_packed(
        &self,
        phase: PhaseId,
        part: (usize, usize),
        state: &mut State,
        mut call: impl FnMut(&[u64], &State),
    ) {
        let narrow = self.narrow(phase);
        self.tables[phase.index()].each_part(part, |packed, _| {
            state.fill(|words| narrow.unpack(self.program, packed, words));
            call(packed, state);
        });
    }

    /// How many states were found. While threads walk, some more may be counted.
    #[must_use]
    pub fn state_count(&self) -> usize {
        self.tables.iter().map(StateTable::len).sum()
    }

    /// The states of a phase that were found.
    #[must_use]
    pub fn table(&self, phase: PhaseId) -> &StateTable<F::Value> {
        &self.tables[phase.index()]
    }

    /// The states of a phase that enter it from another, or begin the exercise.
    #[must_use]
    pub fn entering(&self, phase: PhaseId) -> &StateTable<()> {
        &self.entering[phase.index()]
    }

    /// Different states after ENDEX.
    #[must_use]
    pub fn finals(&self) -> &StateTable<()> {
        &self.finals
    }

    /// How the states are packed.
    #[must_use]
    pub fn narrows(&self) -> &Narrows {
        &self.narrows
    }

    /// How the states of a phase are packed.
    #[must_use]
    pub fn narrow(&self, phase: PhaseId) -> &Narrow {
        self.narrows.in_phase(phase)
    }

    /// Packs a state, and returns its phase, without which packed words mean nothing.
    pub fn pack(&self, state: &State, into: &mut Vec<u64>) -> PhaseId {
        self.narrows.pack(self.program, state, into)
    }

    /// Bytes that all tables take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let tables: usize = self.tables.iter().map(StateTable::bytes).sum();
        let entering: usize = self.entering.iter().map(StateTable::bytes).sum();
        tables + entering + self.finals.bytes()
    }

    /// The value of a state, if it was worked out.
    #[must_use]
    pub fn value(&self, state: &State) -> Option<F::Value> {
        if state.ended(self.program).is_some() {
            return Some(self.fold.ended(state));
        }
        let mut packed = Vec::new();
        let phase = self.pack(state, &mut packed);
        self.tables[phase.index()].value_of(&packed)
    }
}
