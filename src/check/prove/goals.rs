//! What a play has to come to, so that it shows a finding.

use crate::check::prove::Proof;
use crate::engine::{self, Event, Move, State};
use crate::program::ids::{CourseId, DecisionId, PhaseId};
use crate::program::{Owner, Program};
use crate::search::alike::{Packed, asked};
use crate::search::evidence::{Seek, Sight, Witness, shortest};
use crate::search::weigh::weigh;
use crate::search::worth::{EQUAL, Worth};

use super::SHOWN_STATES_MAX;

/// What a play has to come to.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    /// A phase, or the exercise in it, has ended.
    Passed(PhaseId),
    /// A question is open.
    Open(DecisionId),
    /// A question is open, and two options or more can be taken.
    Asked(DecisionId),
    /// An option or action can be taken, and something else as well.
    Choice(CourseId),
    /// The same, and it is better than everything else.
    Better(CourseId),
    /// No end of this phase can come any more.
    Stuck(PhaseId),
    /// This state, in which a question is open.
    State(DecisionId, Packed),
    /// The way is known already.
    Known(Witness),
}

impl Goal {
    /// The question whose options are compared; none where all moves are.
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
    let sought: Vec<usize> = (0..goals.len()).filter(|it| ways[*it].is_none()).collect();
    if sought.is_empty() {
        return ways;
    }
    let mut seek = Goals {
        proof,
        goals: sought
            .iter()
            .map(|number| &goals[*number])
            .enumerate()
            .collect(),
    };
    let states_max = SHOWN_STATES_MAX.min(proof.budget.states_max);
    let tell = &mut |now| (proof.tell)(now);
    let shown = shortest(proof.program, states_max, sought.len(), &mut seek, tell);
    for (number, way) in sought.into_iter().zip(shown.ways) {
        ways[number] = way;
    }
    ways
}

struct Goals<'a, 'p> {
    proof: &'a Proof<'a, 'p>,
    /// Those that are still sought, with their numbers.
    goals: Vec<(usize, &'a Goal)>,
}

impl Goals<'_, '_> {
    fn take(&mut self, found: &mut Vec<usize>, mut is_met: impl FnMut(&Goal) -> bool) {
        self.goals.retain(|(number, goal)| {
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
        let passed = sight
            .events
            .iter()
            .any(|(_, it)| matches!(it, Event::PhaseEnded(_)));
        if passed {
            self.take(found, |goal| match goal {
                Goal::Passed(phase) => {
                    let is_end = |it: &(_, Event)| it.1 == Event::PhaseEnded(*phase);
                    sight.events.iter().any(is_end)
                }
                _ => false,
            });
        }
        Some(0)
    }

    fn state(&mut self, state: &State, found: &mut Vec<usize>) {
        let proof = self.proof;
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
            Goal::Better(id) => {
                choice(proof, *id, &moves, &asked).is_some_and(|made| is_better(proof, state, made))
            }
            Goal::Stuck(id) => {
                let worth = proof.solver.solved(state);
                *id == phase && worth.is_some_and(|it| is_dead(proof, phase, it))
            }
            Goal::State(_, (id, words)) => {
                let packed = packed.get_or_insert_with(|| {
                    let mut packed = Vec::new();
                    let narrow = proof.solver.walk().narrow(phase);
                    narrow.pack(program, state.words(), &mut packed);
                    packed
                });
                *id == phase && **words == packed[..]
            }
        });
    }
}

/// The move that takes an option or action, where it is legal and something else of its kind is.
fn choice(
    proof: &Proof,
    id: CourseId,
    moves: &[Move],
    asked: &[(DecisionId, Vec<Move>)],
) -> Option<Move> {
    match proof.program.courses[id.index()].owner {
        Owner::Option(decision, option) | Owner::Answer(decision, option) => {
            let made = Move::Choose(decision, option);
            let (_, options) = asked.iter().find(|(it, _)| *it == decision)?;
            options.contains(&made).then_some(made)
        }
        Owner::Action(action) => moves
            .contains(&Move::Take(action))
            .then_some(Move::Take(action)),
    }
}

/// Whether a move is better than whatever it is compared with.
fn is_better(proof: &Proof, state: &State, made: Move) -> bool {
    let Some(worths) = weigh(proof.solver, state) else {
        return false;
    };
    let Some(own) = worths.iter().find(|it| it.made == made) else {
        return false;
    };
    let compared = |other: Move| match (made, other) {
        (Move::Choose(of, _), Move::Choose(other, _)) => of == other,
        (Move::Choose(..), Move::Take(_) | Move::Wait) => false,
        (Move::Take(_) | Move::Wait, _) => true,
    };
    let mut others = worths
        .iter()
        .filter(|it| it.made != made && compared(it.made));
    others.all(|other| own.best > other.best + EQUAL)
}

/// Whether what is known of a state of a phase makes it a dead end. Of the last phase only where the team can but wait
/// once: it may well be meant to last until time is over.
pub(super) fn is_dead(proof: &Proof, phase: PhaseId, worth: Worth) -> bool {
    !worth.exits && (phase != proof.program.last || worth.moves == (1, 1))
}
