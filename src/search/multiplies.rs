//! What multiplies the states of a phase: for each value, decision, action and so on, how many times fewer states there
//! would be without it.
//!
//! In a large phase only a share of the states is counted, chosen by hash, so that the same states always give the same
//! figures.

use crate::engine::State;
use crate::program::ids::{ActionId, DecisionId, DueId, InjectId, PhaseId, ValueId};
use crate::program::layout::Slot;
use crate::program::{Cause, Program};
use crate::search::threads::in_parts;
use crate::search::walk::{Fold, Walked};

/// Roughly how many states are counted for each thing: enough for two significant figures.
const COUNTED_MAX: usize = 1 << 15;

/// A thing that a state remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// What a value holds.
    Value(ValueId),
    /// Whether a decision is open, until when, and what was chosen.
    Decision(DecisionId),
    /// How often an action was used, when, and whether it is under way.
    Action(ActionId),
    /// How often an inject came, when, and from when on it may come again.
    Inject(InjectId),
    /// Blocks that are still to come, and when.
    Later(Cause),
    /// The minute.
    Clock,
}

/// By how much a thing multiplies the states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// The thing.
    pub thing: Thing,
    /// At least 1; in a large phase an estimate, right to about one per cent.
    pub times: f64,
}

/// A thing, and the bits of a state that hold it.
struct ThingBits {
    thing: Thing,
    bits: Vec<(usize, u64)>,
}

impl ThingBits {
    fn new(thing: Thing) -> Self {
        let bits = Vec::new();
        Self { thing, bits }
    }

    fn slots(mut self, slots: impl IntoIterator<Item = Slot>) -> Self {
        for slot in slots {
            let (word, mask, _) = slot.pattern(0);
            self.add(usize::from(word), mask);
        }
        self
    }

    fn dues(mut self, program: &Program, dues: impl IntoIterator<Item = DueId>) -> Self {
        for due in dues {
            self.add(
                program.agenda.start + due.index() / 64,
                1 << (due.index() % 64),
            );
            self = self.slots(program.dues[due.index()].slot);
        }
        self
    }

    fn add(&mut self, word: usize, mask: u64) {
        match self.bits.iter_mut().find(|(at, _)| *at == word) {
            Some((_, bits)) => *bits |= mask,
            None => self.bits.push((word, mask)),
        }
    }
}

/// Every thing that a state of the program may remember.
fn things(program: &Program) -> Vec<ThingBits> {
    let mut things = vec![ThingBits::new(Thing::Clock).slots([program.clock])];
    for (index, value) in program.values.iter().enumerate() {
        things.push(ThingBits::new(Thing::Value(ValueId::at(index))).slots([value.slot]));
    }
    for (index, decision) in program.decisions.iter().enumerate() {
        let id = DecisionId::at(index);
        let dues = decision.options.iter().flat_map(|course| {
            let course = &program.courses[course.index()];
            course.dues.clone().map(DueId)
        });
        let held = ThingBits::new(Thing::Decision(id))
            .slots(decision.chosen.into_iter().chain(decision.chosen_at))
            .dues(program, dues.chain([program.deadline(id)]));
        things.push(held);
    }
    for (index, action) in program.actions.iter().enumerate() {
        let dues = program.courses[action.course.index()].dues.clone();
        let held = ThingBits::new(Thing::Action(ActionId::at(index)))
            .slots([action.used].into_iter().chain(action.used_at))
            .dues(program, dues.map(DueId));
        things.push(held);
    }
    for (index, inject) in program.injects.iter().enumerate() {
        let held = ThingBits::new(Thing::Inject(InjectId::at(index)))
            .slots(inject.came.into_iter().chain(inject.came_at))
            .dues(program, inject.again.map(|again| again.due));
        things.push(held);
    }
    for block in program.blocks.iter().filter(|block| block.after > 0) {
        let dues = block.dues.clone().map(DueId);
        things.push(ThingBits::new(Thing::Later(block.cause)).dues(program, dues));
    }
    things
}

/// What multiplies the states of a phase, largest first. Factors of 1 are left out.
pub fn factors<F: Fold>(
    program: &Program,
    walk: &Walked<'_, F>,
    phase: PhaseId,
    threads: usize,
) -> Vec<Factor> {
    let states = walk.table(phase).len();
    // One in this many hashes is counted.
    let share = (states / COUNTED_MAX).next_power_of_two() as u64;
    let threads = threads.max(1);
    // A thing that no state holds multiplies nothing.
    let held = in_parts(threads, |part| {
        let mut held = vec![0; program.initial.len()];
        let mut state = State::from_words(program, &program.initial);
        walk.each_state(phase, (part, threads), &mut state, |words| {
            for (held, word) in held.iter_mut().zip(words) {
                *held |= word;
            }
        });
        held
    });
    let is_held = |(word, mask): &(usize, u64)| held.iter().any(|held| held[*word] & mask != 0);
    let mut things = things(program);
    things.retain(|thing| thing.bits.iter().any(is_held));
    let counted = |part: usize| {
        let mut kept = vec![Vec::new(); things.len() + 1];
        let mut state = State::from_words(program, &program.initial);
        let mut parts = vec![0; program.initial.len()];
        walk.each_state(phase, (part, threads), &mut state, |words| {
            // The hash is a sum over words, so that one word can be replaced.
            for (at, (part, word)) in parts.iter_mut().zip(words).enumerate() {
                *part = mixed(at, *word);
            }
            let whole = parts.iter().copied().fold(0, u64::wrapping_add);
            keep(&mut kept[0], whole, share);
            for (thing, kept) in things.iter().zip(&mut kept[1..]) {
                let mut without = whole;
                for (word, mask) in &thing.bits {
                    // Most states do not hold most things.
                    if words[*word] & mask != 0 {
                        without = without
                            .wrapping_sub(parts[*word])
                            .wrapping_add(mixed(*word, words[*word] & !mask));
                    }
                }
                keep(kept, without, share);
            }
        });
        kept
    };
    let mut parts = in_parts(threads, counted);
    let mut count = |index: usize| {
        let mut all: Vec<u64> = parts
            .iter_mut()
            .flat_map(|part| std::mem::take(&mut part[index]))
            .collect();
        all.sort_unstable();
        all.dedup();
        all.len().max(1)
    };
    let whole = count(0) as f64;
    let mut factors: Vec<Factor> = things
        .iter()
        .enumerate()
        .map(|(index, held)| Factor {
            thing: held.thing,
            times: (whole / count(index + 1) as f64).max(1.0),
        })
        .filter(|factor| factor.times > 1.0)
        .collect();
    factors.sort_by(|one, other| other.times.total_cmp(&one.times));
    factors
}

/// Keeps a hash if it belongs to the share that is counted.
fn keep(kept: &mut Vec<u64>, hash: u64, share: u64) {
    if hash.is_multiple_of(share) {
        kept.push(hash);
        // Many states differ only by the thing, so duplicates are removed now and then.
        if kept.len().is_power_of_two() && kept.len() > 4 * COUNTED_MAX {
            kept.sort_unstable();
            kept.dedup();
        }
    }
}

/// What a word at a position adds to a hash.
fn mixed(at: usize, word: u64) -> u64 {
    let mut mixed = word ^ (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}
