//! Exploration: every state that moves and chance can reach, phase by phase.
//!
//! Every roll is tried, equal states are merged, and the engine's one step function makes every step. A phase
//! is explored from all states that enter it together, which counts it, and from some of them alone, which says
//! what one of them costs: phases are where the graph narrows, so that is what an author can make small.

pub(crate) mod branches;
pub mod random;
mod table;

use std::ops::ControlFlow;

use crate::engine::{Move, State, moves, step};
use crate::program::Program;
use crate::program::ids::{EndingId, PhaseId};
use crate::search::branches::Branches;
use crate::search::table::Table;

/// How much may be spent.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The most states that one phase may hold. A state takes as many bytes as `Exploration::state_bytes` says, and
    /// four to eight more for finding it; those that enter later phases, and final ones, come on top.
    pub states_max: usize,
    /// How many of the states that enter a phase are explored alone.
    pub alone_max: usize,
}

impl Default for Budget {
    /// Some 20 million states of 200 bytes, which is 4 GiB.
    fn default() -> Self {
        Self {
            states_max: 20_000_000,
            alone_max: 16,
        }
    }
}

/// What a scenario's graph is made of.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// Each phase played, in order.
    pub phases: Vec<PhaseCount>,
    /// How many final states have each ending.
    pub endings: Vec<usize>,
    /// Bytes of one state.
    pub state_bytes: usize,
    /// Whether everything was seen: no budget was reached, and nobody stopped it.
    pub complete: bool,
}

/// What one phase is made of.
#[derive(Clone, Copy, Debug)]
pub struct PhaseCount {
    /// Which.
    pub phase: PhaseId,
    /// Different states that enter it.
    pub entering: usize,
    /// Different states in it.
    pub states: usize,
    /// The most different states from any one of those that were explored alone.
    pub most_alone: usize,
    /// How many were explored alone.
    pub alone: usize,
    /// Steps from one state to another, rolls counted apart.
    pub steps: usize,
    /// Whether all of it was seen.
    pub complete: bool,
}

/// Explores a scenario. `progress` is told the phase and the states in it so far, now and then, and may stop it.
pub fn explore(
    program: &Program,
    budget: Budget,
    mut progress: impl FnMut(PhaseId, usize) -> ControlFlow<()>,
) -> Exploration {
    let width = program.initial.len();
    let count = program.phases.len();
    let mut entering: Vec<Table> = (0..count).map(|_| Table::new(width)).collect();
    let mut finals = Table::new(width);
    let mut branches = Branches::default();
    loop {
        let state = crate::engine::start(program, &mut branches, &mut ());
        sort_out(program, state.words(), None, &mut entering, &mut finals);
        if !branches.next() {
            break;
        }
    }
    let mut phases = Vec::new();
    for index in program.first.index()..=program.last.index() {
        let phase = PhaseId::at(index);
        let seeds = entering[index].clone();
        if seeds.is_empty() {
            continue;
        }
        let mut inside = Inside {
            program,
            phase,
            entering: &mut entering,
            finals: &mut finals,
        };
        let whole = inside.explore(
            &seeds,
            0..seeds.len(),
            budget.states_max,
            true,
            &mut progress,
        );
        let alone = seeds.len().min(budget.alone_max);
        let (mut most_alone, mut complete) = (0, whole.complete);
        for number in 0..alone {
            // Spread evenly over the states that enter.
            let pick = number * seeds.len() / alone;
            let one = inside.explore(
                &seeds,
                pick..pick + 1,
                budget.states_max,
                false,
                &mut progress,
            );
            most_alone = most_alone.max(one.states);
            complete &= one.complete;
        }
        phases.push(PhaseCount {
            phase,
            entering: seeds.len(),
            most_alone,
            alone,
            complete,
            ..whole
        });
        if !complete {
            break;
        }
    }
    let mut endings = vec![0; program.endings.len()];
    for number in 0..finals.len() {
        if let Some(EndingId(ending)) = program.ended(finals.words(number)) {
            endings[usize::from(ending)] += 1;
        }
    }
    let complete = phases.iter().all(|phase| phase.complete);
    Exploration {
        phases,
        endings,
        state_bytes: width * 8,
        complete,
    }
}

/// Puts a state where it belongs: into the phase's table while it stays, else among what enters a later one or ends.
fn sort_out(
    program: &Program,
    words: &[u64],
    here: Option<(PhaseId, &mut Table)>,
    entering: &mut [Table],
    finals: &mut Table,
) {
    let phase = program.phase.get(words) as usize;
    match here {
        _ if program.ended(words).is_some() => finals.insert(words),
        Some((at, table)) if at.index() == phase => table.insert(words),
        _ => entering[phase].insert(words),
    };
}

/// One phase being explored.
struct Inside<'a> {
    program: &'a Program,
    phase: PhaseId,
    entering: &'a mut Vec<Table>,
    finals: &'a mut Table,
}

impl Inside<'_> {
    fn explore(
        &mut self,
        seeds: &Table,
        chosen: std::ops::Range<usize>,
        states_max: usize,
        keep: bool,
        progress: &mut impl FnMut(PhaseId, usize) -> ControlFlow<()>,
    ) -> PhaseCount {
        let program = self.program;
        let mut table = Table::new(program.initial.len());
        for number in chosen.clone() {
            table.insert(seeds.words(number));
        }
        // What leaves was kept when the phase was explored whole.
        let (mut no_entering, mut no_finals) = (
            vec![Table::new(program.initial.len()); self.entering.len()],
            Table::new(program.initial.len()),
        );
        let mut branches = Branches::default();
        let mut legal: Vec<Move> = Vec::new();
        let mut state = State::from_words(program, &program.initial);
        let mut next = state.clone();
        let (mut done, mut steps, mut complete) = (0, 0, true);
        while done < table.len() {
            state.copy_from(table.words(done));
            done += 1;
            if done % 65_536 == 0 && progress(self.phase, table.len()).is_break()
                || table.len() > states_max
            {
                complete = false;
                break;
            }
            moves(program, &state, &mut legal);
            for chosen in &legal {
                loop {
                    next.copy_from(state.words());
                    let made = step(program, &mut next, *chosen, &mut branches, &mut ());
                    debug_assert!(made.is_ok(), "only legal moves are made");
                    steps += 1;
                    let (entering, finals) = if keep {
                        (&mut *self.entering, &mut *self.finals)
                    } else {
                        (&mut no_entering, &mut no_finals)
                    };
                    sort_out(
                        program,
                        next.words(),
                        Some((self.phase, &mut table)),
                        entering,
                        finals,
                    );
                    if !branches.next() {
                        break;
                    }
                }
            }
        }
        let (entering, alone) = (chosen.len(), 0);
        PhaseCount {
            phase: self.phase,
            entering,
            states: table.len(),
            most_alone: 0,
            alone,
            steps,
            complete,
        }
    }
}

#[cfg(test)]
mod tests;
