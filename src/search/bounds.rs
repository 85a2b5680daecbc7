//! Bounds of the score under best play, for a scenario that is too large to be explored whole.
//!
//! States beyond the budget are not explored. All that is known of them is the least and the most that their phase and
//! later ones may still give. For every state that was explored, and so for STARTEX, it follows what best play reaches at
//! least (it chooses what promises most for certain) and at most. A question counts with one of its options, and luck with
//! one of its outcomes; conditions are not looked at.

use crate::engine::State;
use crate::program::Program;
use crate::program::ids::{BlockId, CourseId, DecisionId, PhaseId};
use crate::search::table::AsWords;
use crate::search::walk::{Fold, Transition};

/// Bounds of a score, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// At least.
    pub least: f64,
    /// At most.
    pub most: f64,
}

impl AsWords for Interval {
    type Words = [u64; 2];

    fn to_words(self) -> [u64; 2] {
        [self.least.to_bits(), self.most.to_bits()]
    }

    fn from_words([least, most]: [u64; 2]) -> Self {
        Self {
            least: f64::from_bits(least),
            most: f64::from_bits(most),
        }
    }
}

/// Works out intervals.
#[derive(Clone, Debug)]
pub struct IntervalSolver<'p> {
    program: &'p Program,
    /// What may still come from each phase on.
    left: Vec<Interval>,
}

impl<'p> IntervalSolver<'p> {
    /// Adds up what each part of the scenario may give.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let mut sums = Sums {
            program,
            left: vec![Interval::default(); program.phases.len()],
        };
        for (index, phase) in program.phases.iter().enumerate() {
            let here = PhaseId::at(index);
            sums.may_give(sums.blocks(phase.begins.clone()), here, 1);
            for decision in &phase.decisions {
                sums.decision(*decision, here);
            }
        }
        for inject in &program.injects {
            let gives = sums.block(inject.block);
            sums.may_give(gives, inject.phase, inject.repeats);
        }
        for action in &program.actions {
            let last = action.stands.iter().rposition(|stands| *stands);
            let last = PhaseId::at(last.unwrap_or(0));
            sums.may_give(sums.course(action.course), last, action.repeats);
            // Once refused, it stays refused.
            sums.may_give(sums.refusal(action.course), last, 1);
        }
        let endex = sums.blocks(program.endex.clone());
        sums.may_give(endex, PhaseId::at(program.phases.len() - 1), 1);
        Self {
            program,
            left: sums.left,
        }
    }
}

/// The points of something that happens, and whether some of them come later.
#[derive(Clone, Copy, Debug, Default)]
struct Gives {
    points: Interval,
    later: bool,
}

impl Gives {
    /// Both happen.
    fn and(self, other: Self) -> Self {
        Self {
            points: Interval {
                least: self.points.least + other.points.least,
                most: self.points.most + other.points.most,
            },
            later: self.later || other.later,
        }
    }

    /// Either happens.
    fn or(self, other: Self) -> Self {
        Self {
            points: Interval {
                least: self.points.least.min(other.points.least),
                most: self.points.most.max(other.points.most),
            },
            later: self.later || other.later,
        }
    }

    /// It may not happen.
    fn or_nothing(self) -> Self {
        self.or(Self::default())
    }
}

/// What may still come, added up by phase.
struct Sums<'p> {
    program: &'p Program,
    left: Vec<Interval>,
}

impl Sums<'_> {
    /// Counts something that may happen so many times in a phase. What comes later may come in any later phase.
    fn may_give(&mut self, gives: Gives, phase: PhaseId, times: u32) {
        let gives_at_all = gives.or_nothing();
        let last = if gives.later {
            self.left.len() - 1
        } else {
            phase.index()
        };
        for interval in &mut self.left[..=last] {
            interval.least += f64::from(times) * gives_at_all.points.least;
            interval.most += f64::from(times) * gives_at_all.points.most;
        }
    }

    /// A question is answered once each time it is asked. Before that, each option that needs consent may be refused.
    fn decision(&mut self, id: DecisionId, phase: PhaseId) {
        let decision = &self.program.decisions[id.index()];
        let Some(inject) = self.program.script.decision(id).inject else {
            return;
        };
        let times = self.program.injects[inject.index()].repeats;
        let options = decision.options.iter().map(|course| self.course(*course));
        if let Some(gives) = options.reduce(Gives::or) {
            self.may_give(gives, phase, times);
        }
        for course in &decision.options {
            self.may_give(self.refusal(*course), phase, times);
        }
    }

    fn course(&self, id: CourseId) -> Gives {
        let course = &self.program.courses[id.index()];
        let then = self.blocks(course.then.clone());
        self.block(course.block).and(Gives {
            later: then.later || course.takes > 0,
            ..then
        })
    }

    /// What a course gives when its consent is refused.
    fn refusal(&self, id: CourseId) -> Gives {
        let consent = self.program.courses[id.index()].consent.as_ref();
        consent.map_or_else(Gives::default, |it| self.blocks(it.then.clone()))
    }

    fn blocks(&self, range: std::ops::Range<u16>) -> Gives {
        let blocks = range.map(|id| self.block(BlockId(id)).or_nothing());
        blocks.fold(Gives::default(), Gives::and)
    }

    /// A block comes with one outcome of its luck.
    fn block(&self, id: BlockId) -> Gives {
        let program = self.program;
        let block = program.block(id);
        let scores = usize::from(block.scores.start)..usize::from(block.scores.end);
        let points: i64 = program.scores[scores]
            .iter()
            .map(|score| score.points)
            .sum();
        let gives = Gives {
            points: Interval {
                least: points as f64,
                most: points as f64,
            },
            later: block.after > 0,
        };
        let outcomes = block.chance.and_then(|(chance, first)| {
            let outcomes = 0..program.chances[chance.index()].odds.len();
            let outcomes = outcomes.map(|it| self.block(BlockId::at(first.index() + it)));
            outcomes.reduce(Gives::or)
        });
        outcomes.map_or(gives, |outcomes| gives.and(outcomes))
    }
}

impl Fold for IntervalSolver<'_> {
    type Value = Interval;
    type Seen = ();
    type Tally = ();

    fn look(&self, _state: &State) {}

    fn ended(&self, _state: &State) -> Interval {
        Interval::default()
    }

    fn fold(&self, (): (), steps: &[Transition<Interval>]) -> Interval {
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

    fn root(&self, steps: &[Transition<Interval>]) -> Interval {
        expected(steps)
    }

    fn count(
        &self,
        _tally: &mut (),
        _seen: (),
        _steps: &[Transition<Interval>],
        _value: &Interval,
    ) {
    }

    fn join(&self, _tally: &mut (), _other: ()) {}

    fn beyond(&self, phase: PhaseId) -> Option<Interval> {
        debug_assert!(phase.index() < self.program.phases.len());
        Some(self.left[phase.index()])
    }
}

/// The mean over the ways in which luck may fall.
fn expected(steps: &[Transition<Interval>]) -> Interval {
    let mut mean = Interval::default();
    for step in steps {
        mean.least += step.odds * (step.points + step.to.least);
        mean.most += step.odds * (step.points + step.to.most);
    }
    mean
}

#[cfg(test)]
mod tests;
