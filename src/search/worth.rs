//! What a state is worth: the points still to come under best, worst and random play, and how long it may take.

use crate::engine::{Move, State};
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::search::table::AsWords;
use crate::search::walk::{Fold, Transition};

/// Figures that differ by less are one: they were summed in different orders.
pub const EQUAL: f64 = 1e-9;

/// What is known of a state.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worth {
    /// Points still to come, on average over luck, where every move is the best.
    pub best: f64,
    /// Where every move is the worst.
    pub worst: f64,
    /// Where every move is any legal one, each as likely as another.
    pub random: f64,
    /// Moves to ENDEX, fewest and most.
    pub moves: (u16, u16),
    /// Minutes since STARTEX at which ENDEX comes, earliest and latest.
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

/// What some states that enter a phase are worth, from an earlier search.
pub trait KnownWorths: Sync + std::fmt::Debug {
    /// What a packed state is worth, where that is known.
    fn worth(&self, phase: PhaseId, packed: &[u64]) -> Option<Worth>;
}

/// Works out [`Worth`], and counts which options are right.
#[derive(Clone, Copy, Debug)]
pub struct Worths<'p> {
    /// Of this program.
    pub program: &'p Program,
    /// What need not be worked out again.
    pub known: Option<&'p dyn KnownWorths>,
}

/// What a move is worth: its points and what follows.
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

/// What each move of a state is worth, in order.
pub fn moves_of(steps: &[Transition<Worth>]) -> impl Iterator<Item = MoveWorth> {
    steps
        .chunk_by(|one, next| one.made == next.made)
        .map(|steps| {
            let mut worth = MoveWorth {
                made: steps[0].made,
                best: 0.0,
                worst: 0.0,
                random: 0.0,
            };
            for step in steps {
                worth.best += step.odds * (step.points + step.to.best);
                worth.worst += step.odds * (step.points + step.to.worst);
                worth.random += step.odds * (step.points + step.to.random);
            }
            worth
        })
}

/// How often what held, over all states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// For each option, answer and action.
    pub courses: Vec<CourseVerdict>,
    /// For each decision.
    pub decisions: Vec<DecisionVerdict>,
    /// For each phase: states from which none of its ends can come any more.
    pub stuck: Vec<u64>,
    /// For each phase: steps from its states, rolls counted apart.
    pub steps: Vec<u64>,
}

/// In how many states an option or an action was what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CourseVerdict {
    /// It could be taken, and something else as well: of an option, another one of the same question.
    pub stood: u64,
    /// Nothing was better.
    pub best: u64,
    /// Everything else was worse.
    pub sole: u64,
    /// Nothing was worse.
    pub worst: u64,
}

/// In how many states a decision was what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecisionVerdict {
    /// It was open, with two options or more that could be taken.
    pub open: u64,
    /// All of them came to the same, under best, worst and random play.
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
            // Nothing else could be done.
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

/// What does not depend on how well is played: the least and the most over all steps.
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

    /// Counts what each option and action was in a state.
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
                    // The same move may be as good later, so it is measured against the best of all.
                    let others = moves.iter().filter(|other| other.made != of.made);
                    self.course(program, of, others.map(|other| other.best));
                    debug_assert!(of.best <= best + EQUAL, "no move is better than the best");
                }
                _ => {}
            }
        }
    }

    fn course(&mut self, program: &Program, of: &MoveWorth, others: impl Iterator<Item = f64>) {
        let course = match of.made {
            Move::Choose(decision, option) => {
                program.decisions[decision.index()].options[usize::from(option)]
            }
            Move::Take(action) => program.actions[action.index()].course,
            Move::Wait => return,
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

/// Whether moves come to the same, however it is played on.
fn is_same(moves: &[MoveWorth]) -> bool {
    let first = &moves[0];
    moves.iter().all(|of| {
        (of.best - first.best).abs() < EQUAL
            && (of.worst - first.worst).abs() < EQUAL
            && (of.random - first.random).abs() < EQUAL
    })
}
