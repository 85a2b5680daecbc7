//! What a play has to reach to show a finding.

use crate::check::prove::Proof;
use crate::engine::{self, Event, Move, State};
use crate::program::ids::{CourseId, DecisionId, PhaseId};
use crate::program::{Owner, Program};
use crate::search::alike::{self, Packed, asked};
use crate::search::evidence::{Seek, Sight, Witness, shortest};
use crate::search::narrow::Narrows;
use crate::search::weigh::weigh;
use crate::search::worth::{EQUAL, Worth};

use super::SHOWN_STATES_MAX;

/// What a play has to reach.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    /// A phase, or the exercise in it, has ended.
    Passed(PhaseId),
    /// A question is open.
    Open(DecisionId),
    /// A question is open, and at least two of its options can be taken.
    Asked(DecisionId),
    /// An option or action can be taken, and something else as well.
    Choice(CourseId),
    /// The same, and it is better than everything else.
    Better(CourseId),
    /// None of the ends of this phase can come any more.
    Stuck(PhaseId),
    /// This state, in which a question is open.
    State(DecisionId, Packed),
    /// The way is known already.
    Known(Witness),
}

impl Goal {
    /// The question whose options are compared; `None` if all moves are.
    pub(super) fn decision(&self, program: &Program) -> Option<DecisionId> {
        match self {
            Self::Asked(id) | Self::State(id, _) => Some(*id),
            Self::Choice(id) | Self::Better(id) => match program.courses[id.index()].owner {
                Owner::Option(id, _) | Owner::Answer(id, _) => Some(id),
                Owner::Action(_) => None,
            },
            Self::Open(_) | Self::Passed(_) | Self::Stuck(_) | Self::Known(_) => None,
        }
    }
}

/// The shortest way to each of some goals.
pub(super) fn ways(proof: &Proof, goals: &[Goal]) -> Vec<Option<Witness>> {
    let known = goals.iter().map(|goal| match goal {
        Goal::Known(way) => Some(way.clone()),
        _ => None,
    });
    let mut ways: Vec<Option<Witness>> = known.collect();
    let unknown: Vec<usize> = (0..goals.len()).filter(|it| ways[*it].is_none()).collect();
    // Two states that look alike are told apart from others by what a seat sees, which nothing else may read.
    let is_state = |it: &usize| matches!(goals[*it], Goal::State(..));
    let (alike, others): (Vec<usize>, Vec<usize>) = unknown.into_iter().partition(is_state);
    let program = proof.program;
    let searches = [
        (others, Narrows::new(program)),
        (alike, alike::narrows(program)),
    ];
    for (numbers, narrows) in searches {
        if numbers.is_empty() {
            continue;
        }
        let mut seek = Goals {
            proof,
            narrows: &narrows,
            wanted: (0..).zip(numbers.iter().map(|it| &goals[*it])).collect(),
        };
        let states_max = SHOWN_STATES_MAX.min(proof.budget.states_max);
        let tell = &mut |now| (proof.tell)(now);
        let found = shortest(
            program,
            &narrows,
            states_max,
            numbers.len(),
            &mut seek,
            tell,
        );
        for (number, way) in numbers.into_iter().zip(found.ways) {
            ways[number] = way;
        }
    }
    ways
}

struct Goals<'a, 'p> {
    proof: &'a Proof<'a, 'p>,
    /// How states are told apart.
    narrows: &'a Narrows,
    /// Those that are still looked for, with their numbers.
    wanted: Vec<(usize, &'a Goal)>,
}

impl Goals<'_, '_> {
    fn take(&mut self, found: &mut Vec<usize>, mut is_met: impl FnMut(&Goal) -> bool) {
        self.wanted.retain(|(number, goal)| {
            let met = is_met(goal);
            if met {
                found.push(*number);
            }
            !met
        });
    }
}

impl Seek for Goals<'_, '_> {
    fn step(&mut self, sight: &Sight, found: &mut Vec<usize>) -> Option<u64> {
        for (_, event) in sight.events {
            if let Event::PhaseEnded(ended) = event {
                self.take(
                    found,
                    |goal| matches!(goal, Goal::Passed(phase) if phase == ended),
                );
            }
        }
        Some(0)
    }

    fn state(&mut self, state: &State, found: &mut Vec<usize>) {
        let (proof, narrows) = (self.proof, self.narrows);
        let program = proof.program;
        let open = state.open(program);
        let asked = asked(program, state);
        let mut moves = Vec::new();
        engine::moves(program, state, &mut moves);
        let phase = state.phase(program);
        let mut packed = None;
        self.take(found, |goal| match goal {
            Goal::Passed(_) | Goal::Known(_) => false,
            Goal::Open(id) => open.contains(id),
            Goal::Asked(id) => asked.iter().any(|(it, _)| it == id),
            Goal::Choice(id) => choice(proof, *id, &moves, &asked).is_some(),
            Goal::Better(id) => choice(proof, *id, &moves, &asked)
                .is_some_and(|taken| is_better(proof, state, taken)),
            Goal::Stuck(id) => {
                let worth = proof.solver.solved(state);
                *id == phase && worth.is_some_and(|it| is_dead(proof, phase, it))
            }
            Goal::State(_, (id, words)) => {
                let packed = packed.get_or_insert_with(|| {
                    let mut packed = Vec::new();
                    narrows.pack(program, state, &mut packed);
                    packed
                });
                *id == phase && **words == packed[..]
            }
        });
    }
}

/// The move that takes an option or action, if both it and something else of its kind are legal.
fn choice(
    proof: &Proof,
    id: CourseId,
    moves: &[Move],
    asked: &[(DecisionId, Vec<Move>)],
) -> Option<Move> {
    match proof.program.courses[id.index()].owner {
        Owner::Option(decision, option) | Owner::Answer(decision, option) => {
            let choose = Move::Choose(decision, option);
            let (_, options) = asked.iter().find(|(it, _)| *it == decision)?;
            options.contains(&choose).then_some(choose)
        }
        Owner::Action(action) => moves
            .contains(&Move::Take(action))
            .then_some(Move::Take(action)),
    }
}

/// Whether a move is better than everything that it is compared with.
fn is_better(proof: &Proof, state: &State, taken: Move) -> bool {
    let Some(worths) = weigh(proof.solver, state) else {
        return false;
    };
    let Some(own) = worths.iter().find(|it| it.made == taken) else {
        return false;
    };
    let compared = |other: Move| match (taken, other) {
        (Move::Choose(of, _), Move::Choose(other, _)) => of == other,
        (Move::Choose(..), Move::Take(_) | Move::Wait) => false,
        (Move::Take(_) | Move::Wait, _) => true,
    };
    let mut others = worths
        .iter()
        .filter(|it| it.made != taken && compared(it.made));
    others.all(|other| own.best > other.best + EQUAL)
}

/// Whether a state of a phase is a dead end. In the last phase only if the team can do nothing but wait once: that phase
/// may well be intended to last until time is over.
pub(super) fn is_dead(proof: &Proof, phase: PhaseId, worth: Worth) -> bool {
    !worth.exits && (phase != proof.program.last || worth.moves == (1, 1))
}
