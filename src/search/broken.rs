//! The author's rules: whether any exercise breaks them, and the shortest that does.

use std::cell::Cell;

use crate::engine::State;
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::program::rules::CompiledRule;
use crate::scenario::Minutes;
use crate::search::Solver;
use crate::search::evidence::{EvidenceFound, Seek, Sight, Stretch, Witness, shortest};
use crate::search::narrow::Narrows;
use crate::search::walk::Tell;

/// How a rule fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleOutcome {
    /// Nothing breaks it.
    Yes,
    /// Something breaks it: the shortest way, if one was found within the budget.
    No(Option<Witness>),
    /// Nothing that was seen breaks it, but not everything was seen.
    Unknown,
}

/// Looks for the shortest way that breaks a rule. `whole` says whether the solver has seen every state.
pub fn look_for_breach(
    solver: &Solver,
    whole: bool,
    rule: CompiledRule,
    states_max: usize,
    tell: &mut Tell,
) -> RuleOutcome {
    let known = match rule {
        CompiledRule::Always(_) | CompiledRule::Never(_) => Some(is_seen_broken(solver, rule)),
        CompiledRule::Eventually(_) | CompiledRule::Within { .. } => None,
    };
    if known == Some(false) {
        return if whole {
            RuleOutcome::Yes
        } else {
            RuleOutcome::Unknown
        };
    }
    let mut watch = Watch {
        program: solver.program(),
        rule,
    };
    let narrows = Narrows::new(solver.program());
    let EvidenceFound { mut ways, whole } =
        shortest(solver.program(), &narrows, states_max, 1, &mut watch, tell);
    match ways.pop().flatten() {
        Some(way) => RuleOutcome::No(Some(way)),
        None if known == Some(true) => RuleOutcome::No(None),
        None if whole => RuleOutcome::Yes,
        None => RuleOutcome::Unknown,
    }
}

/// Whether any state that was explored breaks a rule about states.
fn is_seen_broken(solver: &Solver, rule: CompiledRule) -> bool {
    let (program, walk) = (solver.program(), solver.walk());
    let broken = Cell::new(false);
    let look = |words: &[u64]| broken.set(broken.get() || breaks(program, rule, words));
    let mut state = State::from_words(program, &program.initial);
    for phase in (0..program.phases.len()).map(PhaseId::at) {
        walk.each_state(phase, (0, 1), &mut state, look);
    }
    walk.finals().each(|words, _| look(words));
    broken.get()
}

/// Whether a state by itself breaks a rule.
fn breaks(program: &Program, rule: CompiledRule, words: &[u64]) -> bool {
    match rule {
        CompiledRule::Always(code) => !program.operations.holds(code, words),
        CompiledRule::Never(code) => program.operations.holds(code, words),
        CompiledRule::Eventually(_) | CompiledRule::Within { .. } => false,
    }
}

/// How a rule stands after a stretch of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It is broken.
    Broken,
    /// It may still be broken. The note is needed to judge it further on; at STARTEX it is 0.
    Open(u64),
    /// It holds, whatever follows.
    Kept,
}

/// Judges a rule after a stretch of an exercise, with the note from the stretches before it.
#[must_use]
pub fn judge(program: &Program, rule: CompiledRule, stretch: &Stretch, note: u64) -> Judged {
    let state = stretch.state;
    let holds = |code, state: &State| program.operations.holds(code, state.words());
    match rule {
        CompiledRule::Always(_) | CompiledRule::Never(_) => {
            if breaks(program, rule, state.words()) {
                Judged::Broken
            } else {
                Judged::Open(0)
            }
        }
        CompiledRule::Eventually(code) => {
            if holds(code, state) {
                Judged::Kept
            } else if state.ended(program).is_some() {
                Judged::Broken
            } else {
                Judged::Open(0)
            }
        }
        CompiledRule::Within {
            minutes,
            after,
            holds: wanted,
        } => {
            let now = state.now(program);
            // The note is one more than the minute since when `wanted` is owed, or 0.
            let mut owed = note;
            if owed > 0 {
                let last = owed as i64 - 1 + minutes;
                if now <= last {
                    owed *= u64::from(!holds(wanted, state));
                } else {
                    let then = stretch.state_at(program, last);
                    if !then.is_some_and(|then| holds(wanted, &then)) {
                        return Judged::Broken;
                    }
                    owed = 0;
                }
            }
            if owed == 0 && holds(after, state) && !holds(wanted, state) {
                owed = now as u64 + 1;
            }
            Judged::Open(owed)
        }
    }
}

/// Since which minute a way owes what a rule asks for within a time.
#[must_use]
pub fn owed_since(program: &Program, rule: CompiledRule, way: &Witness) -> Option<Minutes> {
    let mut note = 0;
    let mut judged = Judged::Open(note);
    way.play_with(program, &mut (), &mut |stretch| {
        if let Judged::Open(owed) = judged {
            note = owed;
            judged = judge(program, rule, stretch, note);
        }
    })?;
    (judged == Judged::Broken && note > 0).then_some(note as Minutes - 1)
}

/// Seeks what breaks a rule.
struct Watch<'p> {
    program: &'p Program,
    rule: CompiledRule,
}

impl Seek for Watch<'_> {
    fn step(&mut self, sight: &Sight, found: &mut Vec<usize>) -> Option<u64> {
        match judge(self.program, self.rule, &sight.stretch, sight.note) {
            Judged::Broken => {
                found.push(0);
                None
            }
            Judged::Open(note) => Some(note),
            Judged::Kept => None,
        }
    }
}

#[cfg(test)]
mod tests;
