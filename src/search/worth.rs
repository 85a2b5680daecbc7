//! What a state is worth: the points still to come under best, worst and random play, and how long that may take.

use crate::engine::{Move, State};
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::search::notes::course_of;
use crate::search::table::AsWords;
use crate::search::walk::{Fold, Transition};

/// Figures that differ by less are equal: they were summed in different orders.
pub const EQUAL: f64 = 1e-9;

/// What a state is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worth {
    /// The mean of the points still to come if every move is the best one.
    pub best: f64,
    /// The same if every move is the worst one.
    pub worst: f64,
    /// The same if every legal move is equally likely.
    pub random: f64,
    /// Moves to ENDEX: fewest and most.
    pub moves: (u16, u16),
    /// Minutes from STARTEX to ENDEX: earliest and latest.
    pub endex: (u32, u32),
    /// Whether the phase can still end by one of its own ends.
    pub exits: bool,
}

impl AsWords for Worth {
    type Words = [u64; 5];

    fn to_words(self) -> [u64; 5] {
        let (fewest, most) = (u64::from(self.moves.0), u64::from(self.moves.1));
        let (earliest, latest) = (u64::from(self.endex.0), u64::from(self.endex.1));
        [
            self.best.to_bits(),
            self.worst.to_bits(),
            self.random.to_bits(),
            earliest | latest << 32,
            fewest | most << 16 | u64::from(self.exits) << 32,
        ]
    }

    fn from_words([best, worst, random, endex, rest]: [u64; 5]) -> Self {
        Self {
            best: f64::from_bits(best),
            worst: f64::from_bits(worst),
            random: f64::from_bits(random),
            moves: (rest as u16, (rest >> 16) as u16),
            endex: (endex as u32, (endex >> 32) as u32),
            exits: rest >> 32 & 1 != 0,
        }
    }
}

/// What states that enter a phase are worth, from an earlier search.
pub trait KnownWorths: Sync + std::fmt::Debug {
    /// What a packed state is worth, if that is known.
    fn worth(&self, phase: PhaseId, packed: &[u64]) -> Option<Worth>;
}

/// Works out [`Worth`], and counts which options are right.
#[derive(Clone, Copy, Debug)]
pub struct Worths<'p> {
    /// The program.
    pub program: &'p Program,
    /// What does not have to be worked out again.
    pub known: Option<&'p dyn KnownWorths>,
}

/// What a move is worth: its own points and those still to come after it.
#[derive(Clone, Copy, Debug)]
pub struct MoveWorth {
    /// The move.
    pub made: Move,
    /// With best play after it.
    pub best: f64,
    /// With worst play after it.
    pub worst: f64,
    /// With random play after it.
    pub random: f64,
}

impl MoveWorth {
    pub(super) fn new(made: Move) -> Self {
        Self {
            made,
            best: 0.0,
            worst: 0.0,
            random: 0.0,
        }
    }

    /// Adds one way in which its rolls may fall.
    pub(super) fn add(&mut self, odds: f64, points: f64, to: &Worth) {
        self.best += odds * (points + to.best);
        self.worst += odds * (points + to.worst);
        self.random += odds * (points + to.random);
    }
}

/// What each move of a state is worth, in order.
pub fn moves_of(steps: &[Transition<Worth>]) -> impl Iterator<Item = MoveWorth> {
    let moves = steps.chunk_by(|one, next| one.made == next.made);
    moves.map(|steps| {
        let mut worth = MoveWorth::new(steps[0].made);
        for step in steps {
            worth.add(step.odds, step.points, &step.to);
        }
        worth
    })
}

/// Counts over all states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// For each option, answer and action.
    pub courses: Vec<CourseVerdict>,
    /// For each decision.
    pub decisions: Vec<DecisionVerdict>,
    /// For each phase, the states from which none of its ends can come any more.
    pub stuck: Vec<u64>,
    /// For each phase, the transitions from its states.
    pub steps: Vec<u64>,
}

/// How an option or an action compares with the alternatives, in numbers of states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CourseVerdict {
    /// It could be taken, and so could an alternative: for an option, another option of the question.
    pub stood: u64,
    /// Nothing was better.
    pub best: u64,
    /// Everything else was worse.
    pub sole: u64,
    /// Nothing was worse.
    pub worst: u64,
}

/// How often a decision mattered, in numbers of states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecisionVerdict {
    /// Two of its options or more could be taken.
    pub open: u64,
    /// All of those came to the same, under best, worst and random play.
    pub same: u64,
}

impl Fold for Worths<'_> {
    type Value = Worth;
    type Seen = u16;
    type Tally = Verdicts;

    fn look(&self, state: &State) -> u16 {
        state.phase(self.program).0
    }

    fn ended(&self, state: &State) -> Worth {
        let now = state.now(self.program) as u32;
        Worth {
            endex: (now, now),
            ..Worth::default()
        }
    }

    fn fold(&self, _phase: u16, steps: &[Transition<Worth>]) -> Worth {
        let mut worth = Worth {
            best: f64::NEG_INFINITY,
            worst: f64::INFINITY,
            random: 0.0,
            ..spans(steps)
        };
        let mut count = 0.0;
        for of in moves_of(steps) {
            worth.best = worth.best.max(of.best);
            worth.worst = worth.worst.min(of.worst);
            worth.random += of.random;
            count += 1.0;
        }
        worth.random /= count;
        worth.moves = (
            worth.moves.0.saturating_add(1),
            worth.moves.1.saturating_add(1),
        );
        worth
    }

    fn root(&self, steps: &[Transition<Worth>]) -> Worth {
        let mut worth = spans(steps);
        for of in moves_of(steps) {
            (worth.best, worth.worst, worth.random) = (of.best, of.worst, of.random);
        }
        worth
    }

    fn count(&self, tally: &mut Verdicts, phase: u16, steps: &[Transition<Worth>], worth: &Worth) {
        tally.fit(self.program);
        let phase = usize::from(phase);
        tally.steps[phase] += steps.len() as u64;
        tally.stuck[phase] += u64::from(!worth.exits);
        if steps[0].made == Move::Wait {
            // Nothing but waiting was possible.
            return;
        }
        tally.compare(
            self.program,
            &moves_of(steps).collect::<Vec<_>>(),
            worth.best,
        );
    }

    fn join(&self, tally: &mut Verdicts, other: Verdicts) {
        tally.fit(self.program);
        tally.join(&other);
    }

    fn known(&self, phase: PhaseId, packed: &[u64]) -> Option<Worth> {
        self.known?.worth(phase, packed)
    }
}

/// The parts that do not depend on how well the team plays: extremes over all transitions.
fn spans(steps: &[Transition<Worth>]) -> Worth {
    let mut worth = Worth {
        moves: (u16::MAX, 0),
        endex: (u32::MAX, 0),
        ..Worth::default()
    };
    for Transition { to, leaves, .. } in steps {
        worth.moves = (worth.moves.0.min(to.moves.0), worth.moves.1.max(to.moves.1));
        worth.endex = (worth.endex.0.min(to.endex.0), worth.endex.1.max(to.endex.1));
        worth.exits |= leaves | to.exits;
    }
    worth
}

impl Verdicts {
    fn fit(&mut self, program: &Program) {
        if self.courses.is_empty() {
            self.courses = vec![CourseVerdict::default(); program.courses.len()];
            self.decisions = vec![DecisionVerdict::default(); program.decisions.len()];
            self.stuck = vec![0; program.phases.len()];
            self.steps = vec![0; program.phases.len()];
        }
    }

    fn join(&mut self, other: &Self) {
        for (here, there) in self.courses.iter_mut().zip(&other.courses) {
            here.stood += there.stood;
            here.best += there.best;
            here.sole += there.sole;
            here.worst += there.worst;
        }
        for (here, there) in self.decisions.iter_mut().zip(&other.decisions) {
            here.open += there.open;
            here.same += there.same;
        }
        let stuck = self.stuck.iter_mut().zip(&other.stuck);
        for (here, there) in stuck.chain(self.steps.iter_mut().zip(&other.steps)) {
            *here += there;
        }
    }

    /// Compares the options and actions of a state.
    fn compare(&mut self, program: &Program, moves: &[MoveWorth], best: f64) {
        let question = |of: &MoveWorth| match of.made {
            Move::Choose(decision, _) => Some(decision),
            Move::Take(_) | Move::Wait => None,
        };
        for group in
            moves.chunk_by(|one, next| question(one).is_some() && question(one) == question(next))
        {
            match (question(&group[0]), group) {
                (Some(decision), [_, _, ..]) => {
                    let verdict = &mut self.decisions[decision.index()];
                    verdict.open += 1;
                    verdict.same += u64::from(is_same(group));
                    for (number, of) in group.iter().enumerate() {
                        let others = group
                            .iter()
                            .enumerate()
                            .filter(|(other, _)| *other != number);
                        self.course(program, of, others.map(|(_, other)| other.best));
                    }
                }
                (None, [of]) if of.made != Move::Wait => {
                    // An action may be as good later, so it is compared with every other move.
                    let others = moves.iter().filter(|other| other.made != of.made);
                    self.course(program, of, others.map(|other| other.best));
                    debug_assert!(of.best <= best + EQUAL, "no move is better than the best");
                }
                _ => {}
            }
        }
    }

    fn course(&mut self, program: &Program, of: &MoveWorth, others: impl Iterator<Item = f64>) {
        let Some(course) = course_of(program, of.made) else {
            return;
        };
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for other in others {
            (least, most) = (least.min(other), most.max(other));
        }
        let verdict = &mut self.courses[course.index()];
        verdict.stood += 1;
        verdict.best += u64::from(of.best >= most - EQUAL);
        verdict.sole += u64::from(of.best > most + EQUAL);
        verdict.worst += u64::from(of.best <= least + EQUAL);
    }
}

/// Whether moves come to the same, however the team plays on.
fn is_same(moves: &[MoveWorth]) -> bool {
    let first = &moves[0];
    moves.iter().all(|of| {
        (of.best - first.best).abs() < EQUAL
            && (of.worst - first.worst).abs() < EQUAL
            && (of.random - first.random).abs() < EQUAL
    })
}

#[cfg(test)]
mod tests;
