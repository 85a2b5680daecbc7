//! How an exercise could have gone on: the best line from a point, and what if one move or one roll had been different.
//!
//! The luck is the exercise's own: a roll depends on the seed, its name and how often that name was rolled, so whatever
//! the changed move does not touch stays as it was.

use crate::engine::luck::{Keyed, Luck};
use crate::engine::{self, Move, Refusal, State};
use crate::program::ids::ChanceId;
use crate::program::{Chance, Program};
use crate::search::pricing::{Happened, PlayedExercise, Pricer, again, make};
use crate::search::walk::Tell;

/// What is changed at a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// Nothing: the line goes on from before the move.
    Nothing,
    /// Another move is made.
    Move(Move),
    /// The first roll of a chance in it falls on another outcome, by position.
    Roll(ChanceId, usize),
}

/// How the exercise goes on after the change.
#[derive(Clone, Copy, Debug)]
pub enum Onwards<'a> {
    /// With the best move each time.
    Best,
    /// With the later moves of the same exercise.
    Same,
    /// With the moves of another exercise.
    Other(&'a [TimedMove]),
}

/// A move with the minute at which it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedMove {
    /// Minutes since STARTEX.
    pub at: i64,
    /// The move.
    pub made: Move,
}

/// How the exercise would have gone on.
#[derive(Clone, Debug)]
pub struct Continuation {
    /// What happened from the change on.
    pub steps: Vec<Happened>,
    /// All points in the end, with those before the change.
    pub points: i64,
    /// All points by objective, in the scenario's order.
    pub objectives: Vec<i64>,
    /// What the exercise was worth right after the change, with the points so far; if a move was changed, before its rolls
    /// fell. `None` if that is not known.
    pub value: Option<f64>,
    /// The points still to come where the line ends; 0 after ENDEX. `None` if that is not known.
    pub left: Option<f64>,
    /// Later moves that could no longer be made.
    pub left_out: Vec<Move>,
    /// Whether it came to ENDEX.
    pub ended: bool,
}

/// Why there is no such line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoLine {
    /// There are only this many moves.
    NoSuchMove(usize),
    /// The other move is not legal.
    Refused(Refusal),
    /// That step does not roll this chance, but these.
    NotRolled(Vec<ChanceId>),
    /// Best play is not known: the budget was reached.
    Unknown,
}

impl<'p> Pricer<'p> {
    /// The best line from before a move, counted from 1. One more than the number of moves stands for the end of an exercise
    /// that is not over.
    pub fn best_from(
        &self,
        played: PlayedExercise,
        number: usize,
        tell: &mut Tell,
    ) -> Result<Continuation, NoLine> {
        self.what_if(played, number, Deviation::Nothing, Onwards::Best, tell)
    }

    /// How an exercise goes on if something is changed at a move, counted from 1; 0 is STARTEX, of which a roll may be
    /// changed.
    pub fn what_if(
        &self,
        played: PlayedExercise,
        number: usize,
        change: Deviation,
        then: Onwards,
        tell: &mut Tell,
    ) -> Result<Continuation, NoLine> {
        let program = self.program;
        let (mut going, first) = self.changed(played, number, change)?;
        let value = self.value(&going.steps, first, change, tell);
        let left_out = match then {
            Onwards::Best => {
                going.best(tell)?;
                Vec::new()
            }
            Onwards::Same => {
                let all = timed(program, played);
                let later = all.get(number..).unwrap_or_default();
                going.follow(later.to_vec(), stopped_at(program, played))
            }
            Onwards::Other(moves) => {
                let since = going.state().now(program);
                let applies = |it: &&TimedMove| match it.made {
                    Move::Choose(..) => true,
                    Move::Take(_) => it.at >= since,
                    Move::Wait => false,
                };
                going.follow(moves.iter().filter(applies).copied().collect(), None)
            }
        };
        let last = going.state().clone();
        Ok(Continuation {
            points: going.steps.iter().map(Happened::points).sum(),
            objectives: objectives(program, &going.steps),
            value,
            left: self.worth(&last, tell),
            left_out,
            ended: last.ended(program).is_some(),
            steps: going.steps.split_off(first),
        })
    }

    /// The exercise up to the change and with it, and the number of the step with which the line begins.
    fn changed<'a>(
        &'a self,
        played: PlayedExercise,
        number: usize,
        change: Deviation,
    ) -> Result<(Going<'a, 'p>, usize), NoLine> {
        let program = self.program;
        let count = played.moves.len();
        let beyond = count + usize::from(change == Deviation::Nothing);
        if number > beyond || number == 0 && !matches!(change, Deviation::Roll(..)) {
            return Err(NoLine::NoSuchMove(count));
        }
        let mut luck = Turned {
            luck: played.luck.again(),
            turned: None,
        };
        let mut steps = match number.checked_sub(1) {
            Some(kept) => again(program, &played.moves[..kept], &mut luck),
            None => Vec::new(),
        };
        let first = steps.len();
        let is_over = |step: &Happened| step.after.ended(program).is_some();
        if number > count && steps.last().is_some_and(is_over) {
            return Err(NoLine::NoSuchMove(count));
        }
        let made = match change {
            Deviation::Nothing => None,
            Deviation::Move(made) => Some(made),
            Deviation::Roll(chance, outcome) => {
                luck.turned = Some((chance, luck.luck.count(chance), outcome));
                number.checked_sub(1).map(|index| played.moves[index])
            }
        };
        match (made, steps.last()) {
            (Some(made), Some(step)) => {
                let before = step.after.clone();
                steps.push(make(program, &before, made, &mut luck).map_err(NoLine::Refused)?);
            }
            (None, None) => steps.extend(again(program, &[], &mut luck)),
            _ => {}
        }
        if let (Deviation::Roll(chance, _), Some(step)) = (change, steps.last())
            && step.rolls().all(|(id, _)| id != chance)
        {
            return Err(NoLine::NotRolled(step.rolls().map(|(id, _)| id).collect()));
        }
        let going = Going {
            pricer: self,
            luck,
            steps,
        };
        Ok((going, first))
    }

    /// See [`Continuation::value`].
    fn value(
        &self,
        steps: &[Happened],
        first: usize,
        change: Deviation,
        tell: &mut Tell,
    ) -> Option<f64> {
        let points = |steps: &[Happened]| steps.iter().map(Happened::points).sum::<i64>() as f64;
        if let (Deviation::Move(made), Some(step)) = (change, steps.get(first))
            && let Some((_, before)) = &step.of
        {
            let worth = self.expected(Some((made, before)), &[], tell)?;
            return Some(points(&steps[..first]) + worth);
        }
        let last = steps.last()?;
        Some(points(steps) + self.worth(&last.after, tell)?)
    }
}

/// The minute at which an exercise was stopped; `None` if it came to ENDEX.
fn stopped_at(program: &Program, played: PlayedExercise) -> Option<i64> {
    let over = again(program, played.moves, &mut played.luck.again());
    let last = over.last().map(|it| &it.after)?;
    last.ended(program).is_none().then(|| last.now(program))
}

/// Points by objective, in the scenario's order.
#[must_use]
pub fn objectives(program: &Program, steps: &[Happened]) -> Vec<i64> {
    let mut sums = vec![0; program.script.scenario.objectives.len()];
    for (_, event) in steps.iter().flat_map(|step| &step.events) {
        if let engine::Event::Scored {
            objective, points, ..
        } = event
        {
            sums[objective.index()] += points;
        }
    }
    sums
}

/// The moves of an exercise, each with its minute.
#[must_use]
pub fn timed(program: &Program, played: PlayedExercise) -> Vec<TimedMove> {
    let happened = again(program, played.moves, &mut played.luck.again());
    let of = |step: &Happened| {
        let (made, before) = step.of.as_ref()?;
        Some(TimedMove {
            at: before.now(program),
            made: *made,
        })
    };
    happened.iter().filter_map(of).collect()
}

/// The luck of an exercise, except for one roll.
#[derive(Clone, Debug)]
struct Turned {
    luck: Keyed,
    /// The chance, how often it was rolled before, and the position of the outcome.
    turned: Option<(ChanceId, u32, usize)>,
}

impl Luck for Turned {
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let count = self.luck.count(id);
        let fell = self.luck.roll(id, chance);
        match self.turned {
            Some((turned, at, outcome)) if (turned, at) == (id, count) => outcome,
            _ => fell,
        }
    }
}

/// A line that is being played.
struct Going<'a, 'p> {
    pricer: &'a Pricer<'p>,
    luck: Turned,
    /// At least STARTEX.
    steps: Vec<Happened>,
}

impl Going<'_, '_> {
    fn state(&self) -> &State {
        &self.steps[self.steps.len() - 1].after
    }

    /// Makes a move, or returns false and changes nothing if it is refused.
    fn make(&mut self, made: Move) -> bool {
        let before = self.state().clone();
        let step = make(self.pricer.program, &before, made, &mut self.luck);
        let is_made = step.is_ok();
        self.steps.extend(step);
        is_made
    }

    fn is_over(&self) -> bool {
        self.state().ended(self.pricer.program).is_some()
    }

    /// Plays on to ENDEX with best moves.
    fn best(&mut self, tell: &mut Tell) -> Result<(), NoLine> {
        while !self.is_over() {
            let best = self.pricer.best(self.state(), tell);
            if !self.make(best.ok_or(NoLine::Unknown)?) {
                break;
            }
        }
        Ok(())
    }

    /// Plays on with moves that have minutes: each at the first stop from its minute on at which it is legal, or sooner if
    /// it is an answer and the next wait would close its question. In between the team waits, up to ENDEX or to the first
    /// stop from `until` on. Returns the moves that were never made.
    fn follow(&mut self, mut later: Vec<TimedMove>, until: Option<i64>) -> Vec<Move> {
        later.retain(|it| it.made != Move::Wait);
        let program = self.pricer.program;
        while !self.is_over() {
            let now = self.state().now(program);
            let next = later.iter().position(|it| {
                engine::refusal(program, self.state(), it.made).is_ok()
                    && (it.at <= now || self.closes(it.made))
            });
            if let Some(next) = next {
                let made = later.remove(next).made;
                self.make(made);
                continue;
            }
            if until.is_some_and(|until| until <= now) || !self.make(Move::Wait) {
                break;
            }
        }
        later.into_iter().map(|it| it.made).collect()
    }

    /// Whether the next wait would close the question that a move answers.
    fn closes(&self, made: Move) -> bool {
        let Move::Choose(decision, _) = made else {
            return false;
        };
        let program = self.pricer.program;
        let waited = make(program, self.state(), Move::Wait, &mut self.luck.clone());
        waited.is_ok_and(|step| !step.after.is_open(program, decision))
    }
}
