//! How many states there are, without any values.

use std::ops::ControlFlow;

use crate::engine::State;
use crate::program::Program;
use crate::search::walk::{Budget, Fold, Transition, Walked};

/// How many states can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCount {
    /// Different states before ENDEX.
    pub states: usize,
    /// Different states after it.
    pub finals: usize,
    /// Bytes that the tables took at the end.
    pub bytes: usize,
    /// Whether these are all: the budget was not reached.
    pub whole: bool,
}

/// Counts the states that can be reached.
#[must_use]
pub fn count(program: &Program, budget: Budget) -> StateCount {
    let walk = Walked::new(program, Counting);
    walk.whole(budget, &mut |_| ControlFlow::Continue(()));
    StateCount {
        states: walk.state_count(),
        finals: walk.finals().len(),
        bytes: walk.bytes(),
        whole: !walk.stopped(),
    }
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counting;

impl Fold for Counting {
    type Value = ();
    type Seen = ();
    type Tally = ();

    fn look(&self, _state: &State) {}

    fn ended(&self, _state: &State) {}

    fn fold(&self, (): (), _steps: &[Transition<()>]) {}

    fn root(&self, _steps: &[Transition<()>]) {}

    fn count(&self, (): &mut (), (): (), _steps: &[Transition<()>], (): &()) {}

    fn join(&self, (): &mut (), (): ()) {}
}
