//! What the search notes of the steps it makes.

use crate::engine::{Event, Observer};
use crate::program::Program;
use crate::program::ids::ObjectiveId;
use crate::scenario::Minutes;

/// Sees the events of one step after another: the points of the step, and what ever happened.
#[derive(Clone, Debug)]
pub struct Notes {
    /// Points given since this was last set to 0.
    pub points: i64,
    /// The objective whose points count; none counts all.
    of: Option<ObjectiveId>,
    /// What ever happened.
    pub hits: Occurrences,
}

/// What ever happened, by the numbers of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrences {
    /// Injects that came.
    pub injects: Box<[bool]>,
    /// Options, answers and actions that a team could take.
    pub offered: Box<[bool]>,
    /// Options, answers and actions that began, chosen or by default.
    pub began: Box<[bool]>,
    /// Blocks of outcomes that luck chose.
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

    /// What happened here or there.
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
    /// Nothing has happened.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        Self::of(program, None)
    }

    /// The same, where the points of one objective count.
    #[must_use]
    pub fn of(program: &Program, of: Option<ObjectiveId>) -> Self {
        Self {
            points: 0,
            of,
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
                if self.of.is_none_or(|of| of == objective) {
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
            | Event::Told { .. }
            | Event::Wrote { .. }
            | Event::Saturated { .. } => {}
        }
    }
}

/// Adds up the points of a step.
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
