//! Works out a few stored values again.

use std::ops::ControlFlow;

use super::{Values, ValuesError};
use crate::engine::luck::Stream;
use crate::engine::{Move, State, moves, start, step};
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::search::worth::{EQUAL, KnownWorths, Worth};
use crate::search::{Budget, Solver};

/// How many exercises are played at random. Every state in them that enters a phase must be stored.
const PLAYS: usize = 8;

/// How many of these states are solved again, all in the latest phase that was reached.
const SOLVED: usize = 2;

/// How many states solving them may take together: a second on a small machine. Beyond it the values are trusted.
const STATES_MAX: usize = 200_000;

/// Plays a few exercises at random, from a seed. Every state that enters a phase must be stored, and some of the latest
/// phase, which can be solved by itself, must be worth what is stored.
pub fn sample(values: &Values, program: &Program, seed: u64) -> Result<(), ValuesError> {
    let mut stream = Stream(seed);
    let solver = Solver::new(program, None);
    let mut entered: Vec<(PhaseId, State, Worth)> = Vec::new();
    let mut packed = Vec::new();
    for _ in 0..PLAYS {
        for (phase, state) in entering(program, &mut stream) {
            let narrow = solver.walk().narrow(phase);
            narrow.pack(program, state.words(), &mut packed);
            let stored = values.worth(phase, &packed).ok_or(ValuesError::Missing)?;
            entered.push((phase, state, stored));
        }
    }
    let latest = entered.iter().map(|(phase, ..)| *phase).max();
    let budget = Budget {
        threads: 1,
        states_max: STATES_MAX,
    };
    let of_latest = entered.iter().filter(|(phase, ..)| Some(*phase) == latest);
    for (_, state, stored) in of_latest.take(SOLVED) {
        // The budget is for all of them together.
        let Some(again) = solver.worth(state, budget, &mut |_| ControlFlow::Continue(())) else {
            break;
        };
        if !is_same(&again, stored) {
            return Err(ValuesError::Wrong);
        }
    }
    Ok(())
}

/// The states that enter a phase in one exercise, played at random.
fn entering(program: &Program, stream: &mut Stream) -> Vec<(PhaseId, State)> {
    let mut state = start(program, stream, &mut ());
    let mut entered = Vec::new();
    let mut before = None;
    let mut can: Vec<Move> = Vec::new();
    while state.ended(program).is_none() {
        let phase = state.phase(program);
        if before.replace(phase) != Some(phase) {
            entered.push((phase, state.clone()));
        }
        moves(program, &state, &mut can);
        let made = can[stream.below(can.len() as u64) as usize];
        step(program, &mut state, made, stream, &mut ()).expect("it was listed as legal");
    }
    entered
}

fn is_same(one: &Worth, other: &Worth) -> bool {
    let close = |one: f64, other: f64| (one - other).abs() <= EQUAL;
    close(one.best, other.best)
        && close(one.worst, other.worst)
        && close(one.random, other.random)
        && (one.moves, one.endex, one.exits) == (other.moves, other.endex, other.exits)
}
