//! Prices an exercise: what each move cost compared with the best one, and what each roll gave or took.
//!
//! A state is worth the points that best play still wins from it. A move is worth its own points and those still to come
//! after it, on average over its rolls. A move *costs* the difference between the best move of its state and itself. A
//! roll *gives* what it changes in that average; several rolls of one step are priced in the order they fell. So, for
//! every exercise,
//!
//! `points + what is left = value at start + the sum of luck − the sum of cost`
//!
//! Best play sees what is hidden, so it may ask for what nobody could have known. That is why people read of cost *with
//! hindsight*.

pub mod lines;
pub mod shown;

#[cfg(test)]
mod tests;

use crate::engine::luck::{Keyed, Luck};
use crate::engine::{self, Event, Move, Observer, Refusal, State};
use crate::program::ids::{ChanceId, DecisionId};
use crate::program::{Chance, Program};
use crate::search::branches::Branches;
use crate::search::notes::PointSum;
use crate::search::worth::{EQUAL, KnownWorths, Worth};
use crate::search::{Budget, Solver, walk::Tell};

/// An exercise as it was played.
#[derive(Clone, Copy, Debug)]
pub struct PlayedExercise<'a> {
    /// The luck as it was before STARTEX, with the forced rolls.
    pub luck: &'a Keyed,
    /// The moves that were made.
    pub moves: &'a [Move],
}

/// What happened in one step: at STARTEX, or with a move.
#[derive(Clone, Debug)]
pub struct Happened {
    /// The move and the state before it; `None` for STARTEX.
    pub of: Option<(Move, State)>,
    /// What happened, each with its minute.
    pub events: Vec<(i64, Event)>,
    /// The state after it.
    pub after: State,
}

impl Happened {
    /// The minute at which it began.
    #[must_use]
    pub fn minute(&self, program: &Program) -> i64 {
        self.of
            .as_ref()
            .map_or(0, |(_, before)| before.now(program))
    }

    /// The points that it gave.
    #[must_use]
    pub fn points(&self) -> i64 {
        let mut points = PointSum::default();
        for (at, event) in &self.events {
            points.see(*at, *event);
        }
        points.0
    }

    /// The rolls in order, each with the position of its outcome.
    pub fn rolls(&self) -> impl Iterator<Item = (ChanceId, usize)> {
        self.events.iter().filter_map(|(_, event)| match event {
            Event::Rolled {
                chance, outcome, ..
            } => Some((*chance, usize::from(*outcome))),
            _ => None,
        })
    }
}

/// Plays the moves of an exercise again: STARTEX, then each move up to the first that is refused. `luck` is then that of
/// what comes after.
pub fn again(program: &Program, moves: &[Move], luck: &mut impl Luck) -> Vec<Happened> {
    let mut events = Vec::new();
    let after = engine::start(program, luck, &mut events);
    let mut happened = vec![Happened {
        of: None,
        events,
        after,
    }];
    for chosen in moves {
        let Ok(step) = make(program, &happened[happened.len() - 1].after, *chosen, luck) else {
            break;
        };
        happened.push(step);
    }
    happened
}

/// Makes one move.
fn make(
    program: &Program,
    before: &State,
    chosen: Move,
    luck: &mut impl Luck,
) -> Result<Happened, Refusal> {
    let mut after = before.clone();
    let mut events = Vec::new();
    engine::step(program, &mut after, chosen, luck, &mut events)?;
    Ok(Happened {
        of: Some((chosen, before.clone())),
        events,
        after,
    })
}

/// An exercise, priced.
#[derive(Clone, Debug)]
pub struct Priced {
    /// STARTEX, then each move.
    pub steps: Vec<PricedStep>,
    /// The points still to come under best play; 0 after ENDEX. `None` if that is not known.
    pub left: Option<f64>,
    /// Whether ENDEX has come.
    pub ended: bool,
}

/// One step of it.
#[derive(Clone, Debug)]
pub struct PricedStep {
    /// The move; `None` for STARTEX.
    pub made: Option<Move>,
    /// Minutes from STARTEX to its beginning.
    pub at: i64,
    /// The points that it gave.
    pub points: i64,
    /// Its rolls, in order.
    pub rolls: Vec<Fallen>,
    /// `None` if it is not known. Then that of no earlier step is known either.
    pub price: Option<Price>,
    /// The move is about a decision whose best option differs between states that look alike to the team.
    pub needs_hindsight: bool,
}

/// A roll that fell.
#[derive(Clone, Copy, Debug)]
pub struct Fallen {
    /// The chance.
    pub chance: ChanceId,
    /// The position of the outcome.
    pub outcome: usize,
    /// What it gave, or took if negative. `None` if that is not known.
    pub luck: Option<f64>,
}

/// What a step was worth: its own points and those still to come.
#[derive(Clone, Debug)]
pub struct Price {
    /// With the best move. For STARTEX, the value at the start.
    pub before: f64,
    /// With the move that was made, before its rolls fell.
    pub made: f64,
    /// Every legal move and what it was worth. Empty for STARTEX.
    pub moves: Vec<(Move, f64)>,
}

impl Price {
    /// How much more the best move was worth than the one that was made.
    #[must_use]
    pub fn cost(&self) -> f64 {
        (self.before - self.made).max(0.0)
    }

    /// The best move: the one that was made, if none was better.
    #[must_use]
    pub fn best(&self, made: Move) -> Move {
        if self.cost() <= EQUAL {
            return made;
        }
        best_of(&self.moves).unwrap_or(made)
    }
}

/// The best of some moves. Of several that are as good, an answer comes before a wait, and a wait before an action, which
/// is then not needed.
fn best_of(moves: &[(Move, f64)]) -> Option<Move> {
    let most = moves
        .iter()
        .map(|(_, worth)| *worth)
        .fold(f64::NEG_INFINITY, f64::max);
    let best = moves.iter().filter(|(_, worth)| *worth >= most - EQUAL);
    let rank = |made: &Move| match made {
        Move::Choose(..) => 0,
        Move::Wait => 1,
        Move::Take(_) => 2,
    };
    best.map(|(made, _)| *made)
        .min_by_key(|made| (rank(made), *made))
}

impl Priced {
    /// The points so far.
    #[must_use]
    pub fn points(&self) -> i64 {
        self.steps.iter().map(|step| step.points).sum()
    }

    /// The value at the start, before any roll. `None` if that is not known.
    #[must_use]
    pub fn start(&self) -> Option<f64> {
        Some(self.steps.first()?.price.as_ref()?.before)
    }
}

/// Prices moves and rolls of one program, and remembers every state that it solved.
#[derive(Debug)]
pub struct Pricer<'p> {
    program: &'p Program,
    known: Option<&'p dyn KnownWorths>,
    solver: Solver<'p>,
    budget: Budget,
}

impl<'p> Pricer<'p> {
    /// A pricer that has solved nothing yet. It does not solve what `known` knows.
    #[must_use]
    pub fn new(program: &'p Program, known: Option<&'p dyn KnownWorths>, budget: Budget) -> Self {
        Self {
            program,
            known,
            solver: Solver::new(program, known),
            budget,
        }
    }

    /// Whether somebody stopped it.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.solver.walk().interrupted()
    }

    /// The points that best play still wins from a state. `None` if the budget was reached or somebody stopped it.
    pub fn worth(&self, state: &State, tell: &mut Tell) -> Option<f64> {
        let solved = self.solver.solved(state).or_else(|| self.stored(state));
        let worth = solved.or_else(|| self.solver.worth(state, self.budget, tell));
        Some(worth?.best)
    }

    /// What a state is worth, if an earlier search knows.
    fn stored(&self, state: &State) -> Option<Worth> {
        let known = self.known?;
        let mut packed = Vec::new();
        let phase = self.solver.walk().pack(state, &mut packed);
        known.worth(phase, &packed)
    }

    /// What each move of a state is worth, in order. After ENDEX there are no moves.
    pub fn moves(&self, state: &State, tell: &mut Tell) -> Option<Vec<(Move, f64)>> {
        let mut legal = Vec::new();
        engine::moves(self.program, state, &mut legal);
        let worth = |made: Move| Some((made, self.expected(Some((made, state)), &[], tell)?));
        legal.into_iter().map(worth).collect()
    }

    /// The best move of a state; `None` after ENDEX, or if it is not known.
    pub fn best(&self, state: &State, tell: &mut Tell) -> Option<Move> {
        best_of(&self.moves(state, tell)?)
    }

    /// What a step is worth if its first rolls fall as `fell` says, on average over the others. `of` is `None` for STARTEX.
    pub fn expected(
        &self,
        of: Option<(Move, &State)>,
        fell: &[usize],
        tell: &mut Tell,
    ) -> Option<f64> {
        let mut branches = Branches::default();
        let mut mean = 0.0;
        loop {
            let mut luck = Begun {
                fell,
                made: 0,
                rest: &mut branches,
            };
            let mut points = PointSum::default();
            let next = match of {
                None => engine::start(self.program, &mut luck, &mut points),
                Some((made, state)) => {
                    let mut next = state.clone();
                    engine::step(self.program, &mut next, made, &mut luck, &mut points).ok()?;
                    next
                }
            };
            mean += branches.odds() * (points.0 as f64 + self.worth(&next, tell)?);
            if !branches.turn() {
                return Some(mean);
            }
        }
    }

    /// Prices an exercise. Moves about a decision of `needs_hindsight` are marked, whatever they cost.
    pub fn account(
        &self,
        played: PlayedExercise,
        needs_hindsight: &[DecisionId],
        tell: &mut Tell,
    ) -> Priced {
        let happened = again(self.program, played.moves, &mut played.luck.again());
        let last = happened.last().map(|it| &it.after);
        let left = last.and_then(|state| self.worth(state, tell));
        let mut steps: Vec<PricedStep> = happened.iter().map(|it| self.unpriced(it)).collect();
        // From the end, since less follows from a later state: if the budget does not reach the beginning, the end is known
        // all the same.
        for (step, happened) in steps.iter_mut().zip(&happened).rev() {
            if left.is_none() || self.price(happened, step, tell).is_none() {
                break;
            }
            step.needs_hindsight = step.is_about(needs_hindsight);
        }
        Priced {
            steps,
            left,
            ended: last.is_some_and(|state| state.ended(self.program).is_some()),
        }
    }

    fn unpriced(&self, happened: &Happened) -> PricedStep {
        let roll = |(chance, outcome)| Fallen {
            chance,
            outcome,
            luck: None,
        };
        PricedStep {
            made: happened.of.as_ref().map(|(made, _)| *made),
            at: happened.minute(self.program),
            points: happened.points(),
            rolls: happened.rolls().map(roll).collect(),
            price: None,
            needs_hindsight: false,
        }
    }

    fn price(&self, happened: &Happened, step: &mut PricedStep, tell: &mut Tell) -> Option<()> {
        let of = happened.of.as_ref().map(|(made, before)| (*made, before));
        let moves = match of {
            Some((_, before)) => self.moves(before, tell)?,
            None => Vec::new(),
        };
        let made = self.expected(of, &[], tell)?;
        let fell: Vec<usize> = step.rolls.iter().map(|roll| roll.outcome).collect();
        let mut expected = made;
        let mut given = Vec::new();
        for count in 1..=fell.len() {
            let then = self.expected(of, &fell[..count], tell)?;
            given.push(then - expected);
            expected = then;
        }
        for (roll, given) in step.rolls.iter_mut().zip(given) {
            roll.luck = Some(given);
        }
        let best = moves.iter().map(|(_, worth)| *worth);
        step.price = Some(Price {
            before: best.fold(made, f64::max),
            made,
            moves,
        });
        Some(())
    }
}

impl PricedStep {
    /// Whether the move answers one of these decisions, or waits where it would have been better to answer one.
    fn is_about(&self, decisions: &[DecisionId]) -> bool {
        let (Some(made), Some(price)) = (self.made, &self.price) else {
            return false;
        };
        let asked = |made| match made {
            Move::Choose(decision, _) => decisions.contains(&decision),
            Move::Take(_) | Move::Wait => false,
        };
        asked(made) || made == Move::Wait && asked(price.best(made))
    }
}

/// Luck whose first rolls are given, and that then falls every possible way.
struct Begun<'a> {
    fell: &'a [usize],
    made: usize,
    rest: &'a mut Branches,
}

impl Luck for Begun<'_> {
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let fell = self.fell.get(self.made).copied();
        self.made += 1;
        fell.unwrap_or_else(|| self.rest.roll(id, chance))
    }
}
