//! Between what the score lies, where a scenario is too large to be explored whole.
//!
//! States beyond the budget are not looked into. Of those it is known only how many points their phase and later ones
//! hold at the most and at the least. From that it follows for every state that was explored, and so for STARTEX, what
//! best play reaches at least (by choosing what promises most for certain) and at most.

use crate::engine::State;
use crate::program::ids::{BlockId, PhaseId};
use crate::program::{Block, Cause, Owner, Phase, Program};
use crate::search::walk::{Fold, Step};

/// The score under best play lies between these, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// At least.
    pub least: f64,
    /// At most.
    pub most: f64,
}

/// Works out intervals.
#[derive(Clone, Debug)]
pub struct Intervals<'p> {
    program: &'p Program,
    /// What may still come, from each phase on.
    left: Vec<Interval>,
}

impl<'p> Intervals<'p> {
    /// Adds up what every part of the scenario can give.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let mut left = vec![Interval::default(); program.phases.len()];
        // Outcomes are counted with the block whose luck they are.
        for block in program.blocks.iter().filter(|block| !block.lucky) {
            let gives = of_block(program, block);
            let times = f64::from(times(program, block.cause));
            for interval in &mut left[..=last_phase(program, block)] {
                interval.least += times * gives.least.min(0.0);
                interval.most += times * gives.most.max(0.0);
            }
        }
        Self { program, left }
    }
}

/// What a block gives when it happens.
fn of_block(program: &Program, block: &Block) -> Interval {
    let scores = &program.scores[usize::from(block.scores.start)..usize::from(block.scores.end)];
    let points: i64 = scores.iter().map(|score| score.points).sum();
    let mut gives = Interval {
        least: points as f64,
        most: points as f64,
    };
    if let Some((chance, first)) = block.chance {
        let outcomes = 0..program.chances[chance.index()].odds.len();
        let outcomes =
            outcomes.map(|it| of_block(program, program.block(BlockId::at(first.index() + it))));
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for outcome in outcomes {
            (least, most) = (least.min(outcome.least), most.max(outcome.most));
        }
        gives.least += least;
        gives.most += most;
    }
    gives
}

/// How often a block may happen, at the most.
fn times(program: &Program, cause: Cause) -> u32 {
    match cause {
        Cause::Phase(_) | Cause::Endex => 1,
        Cause::Inject(inject) => program.injects[inject.index()].repeats,
        Cause::Course(course) => match program.courses[course.index()].owner {
            Owner::Action(action) => program.actions[action.index()].repeats,
            Owner::Option(decision, _) | Owner::Answer(decision, _) => {
                let asked = program.script.decision(decision).inject;
                let of_action = || {
                    let of = program.decisions[decision.index()].consent_to?;
                    match program.courses[of.index()].owner {
                        Owner::Action(action) => Some(program.actions[action.index()].repeats),
                        Owner::Option(..) | Owner::Answer(..) => {
                            Some(times(program, Cause::Course(of)))
                        }
                    }
                };
                asked.map_or_else(
                    || of_action().unwrap_or(u32::MAX),
                    |inject| program.injects[inject.index()].repeats,
                )
            }
        },
    }
}

/// The last phase in which a block can happen.
fn last_phase(program: &Program, block: &Block) -> usize {
    let last = program.phases.len() - 1;
    if block.after > 0 {
        return last;
    }
    match block.cause {
        Cause::Endex => last,
        Cause::Phase(phase) => phase.index(),
        Cause::Inject(inject) => program.injects[inject.index()].phase.index(),
        Cause::Course(id) => {
            let course = &program.courses[id.index()];
            match course.owner {
                _ if course.takes > 0 => last,
                Owner::Action(action) => {
                    let stands = &program.actions[action.index()].stands;
                    stands.iter().rposition(|it| *it).unwrap_or(0)
                }
                Owner::Option(decision, _) | Owner::Answer(decision, _) => {
                    let asks = |phase: &Phase| phase.decisions.contains(&decision);
                    program.phases.iter().rposition(asks).unwrap_or(last)
                }
            }
        }
    }
}

impl Fold for Intervals<'_> {
    type Value = Interval;
    type Seen = ();
    type Tally = ();

    fn look(&self, _state: &State) {}

    fn ended(&self, _state: &State) -> Interval {
        Interval::default()
    }

    fn fold(&self, (): (), steps: &[Step<Interval>]) -> Interval {
        let mut best = Interval {
            least: f64::NEG_INFINITY,
            most: f64::NEG_INFINITY,
        };
        for of in steps.chunk_by(|one, next| one.made == next.made) {
            let of = expected(of);
            best.least = best.least.max(of.least);
            best.most = best.most.max(of.most);
        }
        best
    }

    fn root(&self, steps: &[Step<Interval>]) -> Interval {
        expected(steps)
    }

    fn count(&self, _tally: &mut (), _seen: (), _steps: &[Step<Interval>], _value: &Interval) {}

    fn join(&self, _tally: &mut (), _other: ()) {}

    fn beyond(&self, phase: PhaseId) -> Option<Interval> {
        debug_assert!(phase.index() < self.program.phases.len());
        Some(self.left[phase.index()])
    }
}

/// The mean over what luck may do.
fn expected(steps: &[Step<Interval>]) -> Interval {
    let mut mean = Interval::default();
    for step in steps {
        mean.least += step.odds * (step.points + step.to.least);
        mean.most += step.odds * (step.points + step.to.most);
    }
    mean
}
