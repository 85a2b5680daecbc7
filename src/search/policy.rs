//! Ways to play, and what they score on average: exactly, over every way in which luck may fall.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{Move, State, refusal};
use crate::program::ids::{ActionId, BlockId, CourseId, DecisionId, ObjectiveId, PhaseId};
use crate::program::{Block, Program};
use crate::search::Solver;
use crate::search::narrow::Narrows;
use crate::search::walk::{Budget, Fold, Tell, Transition, Walked};
use crate::search::weigh::weigh_some;
use crate::search::worth::EQUAL;

/// A way to play: one move for each state.
pub trait Policy: Sync + std::fmt::Debug {
    /// One of the moves that can be made, which are at least one.
    fn choose(&self, state: &State, legal: &[Move]) -> Move;
}

/// What a way to play scores on average, all objectives together or one. None where the budget was reached or it was
/// stopped.
pub fn mean(
    program: &Program,
    policy: &dyn Policy,
    of: Option<ObjectiveId>,
    budget: Budget,
    tell: &mut Tell,
) -> Option<f64> {
    let fold = Means {
        program,
        policy,
        of,
    };
    let walk = Walked::new(program, fold);
    walk.whole(budget, tell).value
}

/// Works out means.
#[derive(Debug)]
struct Means<'p> {
    program: &'p Program,
    policy: &'p dyn Policy,
    of: Option<ObjectiveId>,
}

impl Fold for Means<'_> {
    type Value = f64;
    type Seen = ();
    type Tally = ();

    fn look(&self, _state: &State) {}

    fn ended(&self, _state: &State) -> f64 {
        0.0
    }

    fn fold(&self, (): (), steps: &[Transition<f64>]) -> f64 {
        let points = |step: &Transition<f64>| step.odds * (step.points + step.to);
        steps.iter().map(points).sum()
    }

    fn root(&self, steps: &[Transition<f64>]) -> f64 {
        self.fold((), steps)
    }

    fn count(&self, _tally: &mut (), _seen: (), _steps: &[Transition<f64>], _value: &f64) {}

    fn join(&self, _tally: &mut (), _other: ()) {}

    fn counted(&self) -> Option<ObjectiveId> {
        self.of
    }

    fn allow(&self, state: &State, moves: &mut Vec<Move>) {
        moves.retain(|made| refusal(self.program, state, *made).is_ok());
        let chosen = self.policy.choose(state, moves);
        moves.clear();
        moves.push(chosen);
    }
}

/// Somebody who plays without a thought.
#[derive(Debug)]
pub struct Player<'p> {
    /// As a list of players has it: `first option`.
    pub name: &'static str,
    /// What such a player does: `always takes the first option`.
    pub does: &'static str,
    /// How such a player plays.
    pub policy: Box<dyn Policy + 'p>,
}

/// Everybody who plays without a thought.
#[must_use]
pub fn thoughtless(program: &Program) -> Vec<Player<'_>> {
    vec![
        Player {
            name: "first option",
            does: "always takes the first option",
            policy: Box::new(Thoughtless::First),
        },
        Player {
            name: "last option",
            does: "always takes the last option",
            policy: Box::new(Thoughtless::Last),
        },
        Player {
            name: "only waits",
            does: "only waits",
            policy: Box::new(Thoughtless::Wait),
        },
        Player {
            name: "most drastic",
            does: "always does the most drastic thing",
            policy: Box::new(Drastic::new(program)),
        },
    ]
}

/// Habits that are kept whatever happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoughtless {
    /// Takes the first option of the first open question that it may, and waits where there is none.
    First,
    /// Takes the last option instead.
    Last,
    /// Always waits.
    Wait,
}

impl Policy for Thoughtless {
    fn choose(&self, _state: &State, legal: &[Move]) -> Move {
        let mut questions = legal
            .chunk_by(|one, next| question(*one).is_some() && question(*one) == question(*next))
            .filter(|group| question(group[0]).is_some());
        let chosen = match self {
            Self::First => questions.next().and_then(<[Move]>::first),
            Self::Last => questions.next().and_then(<[Move]>::last),
            Self::Wait => None,
        };
        chosen.copied().unwrap_or(Move::Wait)
    }
}

fn question(made: Move) -> Option<DecisionId> {
    match made {
        Move::Choose(decision, _) => Some(decision),
        Move::Take(_) | Move::Wait => None,
    }
}

/// Always does what changes most: uses every action at once, and takes of each question the option that writes to most
/// values and holds most.
#[derive(Clone, Debug)]
pub struct Drastic<'p> {
    program: &'p Program,
    /// For each course, how much it changes.
    changes: Vec<i64>,
}

impl<'p> Drastic<'p> {
    /// Measures every option and action.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let all = (0..program.courses.len()).map(CourseId::at);
        Self {
            program,
            changes: all.map(|id| changes(program, id)).collect(),
        }
    }

    fn changes(&self, made: Move) -> Option<i64> {
        Some(self.changes[course(self.program, made)?.index()])
    }
}

impl Policy for Drastic<'_> {
    fn choose(&self, _state: &State, legal: &[Move]) -> Move {
        // The first of those that change most.
        let most = legal.iter().filter_map(|made| self.changes(*made)).max();
        let found = legal.iter().find(|made| self.changes(**made) == most);
        found.copied().unwrap_or(Move::Wait)
    }
}

/// The option or action that a move takes.
#[must_use]
pub fn course(program: &Program, made: Move) -> Option<CourseId> {
    match made {
        Move::Choose(decision, option) => program.decisions[decision.index()]
            .options
            .get(usize::from(option))
            .copied(),
        Move::Take(action) => Some(program.actions[action.index()].course),
        Move::Wait => None,
    }
}

/// Values that a course may write to, and what it holds.
fn changes(program: &Program, id: CourseId) -> i64 {
    let course = &program.courses[id.index()];
    let uses = &program.uses[usize::from(course.uses.start)..usize::from(course.uses.end)];
    let held: i64 = uses.iter().map(|held| held.number).sum();
    let blocks = course.then.clone().map(BlockId);
    let blocks = blocks.chain([course.block]);
    held + blocks
        .map(|block| writes(program, program.block(block)))
        .sum::<i64>()
}

fn writes(program: &Program, block: &Block) -> i64 {
    let lucky = block.chance.map_or(0, |(chance, first)| {
        let outcomes = 0..program.chances[chance.index()].odds.len();
        let blocks = outcomes.map(|it| first.index() + it);
        let writes = blocks.map(|it| writes(program, &program.blocks[it]));
        writes.max().unwrap_or(0)
    });
    i64::from(block.effects.end - block.effects.start) + lucky
}

/// What was really done: the moves of a play where everything is as it was then; elsewhere its answer to a question
/// that it answered, its actions as soon as they can be used, and waiting.
#[derive(Clone, Debug)]
pub struct ReplayPolicy {
    program: Arc<Program>,
    narrows: Narrows,
    path: BTreeMap<(PhaseId, Vec<u64>), Move>,
    answers: BTreeMap<DecisionId, u8>,
    actions: BTreeMap<ActionId, u32>,
}

impl ReplayPolicy {
    /// From the states of a play and the moves that were made in them.
    #[must_use]
    pub fn new(program: &Arc<Program>, made: &[(State, Move)]) -> Self {
        let narrows = Narrows::new(program);
        let (mut path, mut answers, mut actions) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (state, made) in made {
            let mut packed = Vec::new();
            let phase = narrows.pack(program, state, &mut packed);
            path.insert((phase, packed), *made);
            match made {
                Move::Choose(decision, option) => {
                    answers.insert(*decision, *option);
                }
                Move::Take(action) => *actions.entry(*action).or_insert(0) += 1,
                Move::Wait => {}
            }
        }
        Self {
            program: Arc::clone(program),
            narrows,
            path,
            answers,
            actions,
        }
    }
}

impl Policy for ReplayPolicy {
    fn choose(&self, state: &State, legal: &[Move]) -> Move {
        let mut packed = Vec::new();
        let phase = self.narrows.pack(&self.program, state, &mut packed);
        let then = self.path.get(&(phase, packed));
        if let Some(made) = then.filter(|made| legal.contains(made)) {
            return *made;
        }
        let used = |action: ActionId| self.program.actions[action.index()].used.get(state.words());
        let did = |made: &&Move| match made {
            Move::Choose(decision, option) => self.answers.get(decision) == Some(option),
            Move::Take(action) => {
                let times = self.actions.get(action);
                times.is_some_and(|times| used(*action) < i64::from(*times))
            }
            Move::Wait => false,
        };
        legal.iter().find(did).copied().unwrap_or(Move::Wait)
    }
}

/// The best move of every state, the first of several: from a solver that has solved everything that may come.
#[derive(Debug)]
pub struct BestPolicy<'s, 'p>(pub &'s Solver<'p>);

impl Policy for BestPolicy<'_, '_> {
    fn choose(&self, state: &State, legal: &[Move]) -> Move {
        let mut best = (f64::NEG_INFINITY, Move::Wait);
        for worth in weigh_some(self.0, state, legal).unwrap_or_default() {
            if worth.best > best.0 + EQUAL {
                best = (worth.best, worth.made);
            }
        }
        best.1
    }
}
