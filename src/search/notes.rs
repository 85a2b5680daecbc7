//! What the search notes of the steps that it makes.

use crate::engine::{Event, Move, Observer};
use crate::program::Program;
use crate::program::ids::{CourseId, ObjectiveId};
use crate::scenario::Minutes;

/// Observes one step after another: the points of each, and what happened in any.
#[derive(Clone, Debug)]
pub struct Notes {
    /// Points since this was last set to 0.
    pub points: i64,
    /// The only objective whose points count; `None` counts all.
    counted: Option<ObjectiveId>,
    /// What has happened.
    pub hits: Occurrences,
}

/// What has happened at least once, by the numbers of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrences {
    /// Injects that came.
    pub injects: Box<[bool]>,
    /// Options, answers and actions that could be taken.
    pub offered: Box<[bool]>,
    /// Options, answers and actions that were taken, by choice or by default.
    pub began: Box<[bool]>,
    /// Blocks of outcomes that were rolled.
    pub outcomes: Box<[bool]>,
    /// Phases that began.
    pub phases: Box<[bool]>,
    /// Endings that were reached.
    pub endings: Box<[bool]>,
}

impl Occurrences {
    fn new(program: &Program) -> Self {
        let none = |count| vec![false; count].into_boxed_slice();
        Self {
            injects: none(program.injects.len()),
            offered: none(program.courses.len()),
            began: none(program.courses.len()),
            outcomes: none(program.blocks.len()),
            phases: none(program.phases.len()),
            endings: none(program.endings.len()),
        }
    }

    /// Adds what happened elsewhere.
    pub fn join(&mut self, other: &Self) {
        let join = |here: &mut [bool], there: &[bool]| {
            for (here, there) in here.iter_mut().zip(there) {
                *here |= there;
            }
        };
        join(&mut self.injects, &other.injects);
        join(&mut self.offered, &other.offered);
        join(&mut self.began, &other.began);
        join(&mut self.outcomes, &other.outcomes);
        join(&mut self.phases, &other.phases);
        join(&mut self.endings, &other.endings);
    }
}

impl Notes {
    /// Nothing has happened yet. Points count of one objective, or of all.
    #[must_use]
    pub fn counting(program: &Program, counted: Option<ObjectiveId>) -> Self {
        Self {
            points: 0,
            counted,
            hits: Occurrences::new(program),
        }
    }
}

impl Observer for Notes {
    #[inline]
    fn see(&mut self, _at: Minutes, event: Event) {
        match event {
            Event::Scored {
                points, objective, ..
            } => {
                if self.counted.is_none_or(|it| it == objective) {
                    self.points += points;
                }
            }
            Event::Came(id) => self.hits.injects[id.index()] = true,
            Event::Began(id) => self.hits.began[id.index()] = true,
            Event::Rolled { block, .. } => self.hits.outcomes[block.index()] = true,
            Event::PhaseBegan(id) => self.hits.phases[id.index()] = true,
            Event::Ended(id) => self.hits.endings[id.index()] = true,
            Event::PhaseEnded(_)
            | Event::Asked(_)
            | Event::Chosen { .. }
            | Event::Withdrawn(_)
            | Event::Taken(_)
            | Event::Finished(_)
            | Event::Read { .. }
            | Event::Wrote { .. }
            | Event::Saturated { .. } => {}
        }
    }
}

/// The sum of the points of a step.
#[derive(Clone, Copy, Debug, Default)]
pub struct PointSum(pub i64);

impl Observer for PointSum {
    #[inline]
    fn see(&mut self, _at: Minutes, event: Event) {
        if let Event::Scored { points, .. } = event {
            self.0 += points;
        }
    }
}

/// The course of a move; `None` for a wait.
#[must_use]
pub fn course_of(program: &Program, made: Move) -> Option<CourseId> {
    match made {
        Move::Choose(decision, option) => {
            let options = &program.decisions[decision.index()].options;
            options.get(usize::from(option)).copied()
        }
        Move::Take(action) => Some(program.actions[action.index()].course),
        Move::Wait => None,
    }
}
