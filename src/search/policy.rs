//! Ways to play, and their exact mean scores over every way in which luck may fall.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{Move, State, refusal};
use crate::program::ids::{ActionId, BlockId, CourseId, DecisionId, ObjectiveId, PhaseId};
use crate::program::{Block, Program};
use crate::search::Solver;
use crate::search::narrow::Narrows;
use crate::search::notes::course_of;
use crate::search::walk::{Budget, Fold, Tell, Transition, Walked};
use crate::search::weigh::weigh_some;
use crate::search::worth::EQUAL;

/// A way to play: one move for each state.
pub trait Policy: Sync + std::fmt::Debug {
    /// One of the legal moves, of which there is at least one.
    fn choose(&self, state: &State, legal: &[Move]) -> Move;
}

/// The mean score of a policy, over all objectives or one of them. `None` if the budget was reached or somebody stopped it.
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

/// Works out mean scores.
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

/// A player who does not think.
#[derive(Debug)]
pub struct Player<'p> {
    /// In a list of players: `first option`.
    pub name: &'static str,
    /// In a sentence: `always takes the first option`.
    pub does: &'static str,
    /// The moves.
    pub policy: Box<dyn Policy + 'p>,
}

/// Every player who does not think.
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

/// What a player who does not think always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoughtless {
    /// Takes the first legal option of the first open question, or waits.
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

/// Always makes the move that changes most: the option or action with the most effects and the most people or things held.
#[derive(Clone, Debug)]
pub struct Drastic<'p> {
    program: &'p Program,
    /// How much each course changes.
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
        Some(self.changes[course_of(self.program, made)?.index()])
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

/// How many effects a course may have, and how much it holds.
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

/// The moves of a play. In a state that the play did not come to: its answer to a question that it answered, its actions
/// as soon as they can be used, and waiting.
#[derive(Clone, Debug)]
pub struct ReplayPolicy {
    program: Arc<Program>,
    narrows: Narrows,
    path: BTreeMap<(PhaseId, Vec<u64>), Move>,
    answers: BTreeMap<DecisionId, u8>,
    actions: BTreeMap<ActionId, u32>,
}

impl ReplayPolicy {
    /// From the states of a play, each with the move that was made in it.
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

/// The best move of every state, or the first of several, from a solver that has solved everything that may come.
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
