//! What the moves of a state are worth, if everything that may follow is solved.

use crate::engine::{self, Move, State, step};
use crate::search::Solver;
use crate::search::branches::Branches;
use crate::search::notes::PointSum;
use crate::search::worth::MoveWorth;

/// What each legal move of a state is worth, in order. `None` if something that may follow is not solved.
#[must_use]
pub fn weigh(solver: &Solver, state: &State) -> Option<Vec<MoveWorth>> {
    let mut candidates = Vec::new();
    engine::candidates(solver.program(), state, &mut candidates);
    weigh_some(solver, state, &candidates)
}

/// What some moves are worth; those that are not legal are left out.
#[must_use]
pub fn weigh_some(solver: &Solver, state: &State, candidates: &[Move]) -> Option<Vec<MoveWorth>> {
    let program = solver.program();
    let mut branches = Branches::default();
    let mut worths = Vec::new();
    let mut next = state.clone();
    for made in candidates {
        let mut worth = MoveWorth::new(*made);
        let mut odds = 0.0;
        loop {
            next.copy_from(state.words());
            let mut points = PointSum::default();
            if step(program, &mut next, *made, &mut branches, &mut points).is_err() {
                break;
            }
            let to = solver.solved(&next)?;
            odds += branches.odds();
            worth.add(branches.odds(), points.0 as f64, &to);
            if !branches.turn() {
                break;
            }
        }
        if odds > 0.0 {
            worths.push(worth);
        }
    }
    Some(worths)
}
