//! What multiplies the states of a phase: for each value, decision and action, how many times fewer states there were
//! without it.
//!
//! Of a large phase a fixed share of the states without it is counted, chosen by their hashes, so that the same states
//! give the same figures every time.

use crate::engine::State;
use crate::program::ids::{ActionId, DecisionId, DueId, InjectId, PhaseId, ValueId};
use crate::program::layout::Slot;
use crate::program::{Cause, Program};
use crate::search::walk::{Fold, Walked};

/// States that are counted for each thing, about: enough for two figures.
const COUNTED_MAX: usize = 1 << 15;

/// A thing that a state remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// What a value holds.
    Value(ValueId),
    /// Whether a decision is open, until when, and what was chosen.
    Decision(DecisionId),
    /// How often an action was used, when, and what of it is under way.
    Action(ActionId),
    /// How often an inject came, when, and what keeps it from coming again.
    Inject(InjectId),
    /// Blocks that are to come later, and when.
    Later(Cause),
    /// The minute.
    Clock,
}

/// How many times more states there are because of a thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// The thing.
    pub thing: Thing,
    /// At least 1. Of a large phase estimated, to about one part in a hundred.
    pub times: f64,
}

/// The bits of a state that hold a thing: words and the bits of each.
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

/// Everything that a state of the program may remember.
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
            .slots(decision.chosen.into_iter().chain(decision.when))
            .dues(program, dues.chain([program.deadline(id)]));
        things.push(held);
    }
    for (index, action) in program.actions.iter().enumerate() {
        let dues = program.courses[action.course.index()].dues.clone();
        let held = ThingBits::new(Thing::Action(ActionId::at(index)))
            .slots([action.used].into_iter().chain(action.when))
            .dues(program, dues.map(DueId));
        things.push(held);
    }
    for (index, inject) in program.injects.iter().enumerate() {
        let held = ThingBits::new(Thing::Inject(InjectId::at(index)))
            .slots(inject.came.into_iter().chain(inject.when))
            .dues(program, inject.again.map(|again| again.due));
        things.push(held);
    }
    for block in program.blocks.iter().filter(|block| block.after > 0) {
        let dues = block.dues.clone().map(DueId);
        things.push(ThingBits::new(Thing::Later(block.cause)).dues(program, dues));
    }
    things
}

/// What multiplies the states of a phase, largest first; what does not is left out.
pub fn factors<F: Fold>(
    program: &Program,
    walk: &Walked<'_, F>,
    phase: PhaseId,
    threads: usize,
) -> Vec<Factor> {
    let states = walk.table(phase).len();
    // Some share of all hashes: a power of two.
    let share = (states / COUNTED_MAX).next_power_of_two() as u64;
    let threads = threads.max(1);
    // What no state holds multiplies nothing.
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
            // A hash that is a sum over words, so that one word can be exchanged.
            for (at, (part, word)) in parts.iter_mut().zip(words).enumerate() {
                *part = mixed(at, *word);
            }
            let whole = parts.iter().copied().fold(0, u64::wrapping_add);
            keep(&mut kept[0], whole, share);
            for (thing, kept) in things.iter().zip(&mut kept[1..]) {
                let mut without = whole;
                for (word, mask) in &thing.bits {
                    // Most things are not there in most states.
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

/// Does the parts of a work in as many threads, each with its number.
fn in_parts<T: Send>(threads: usize, part: impl Fn(usize) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let part = &part;
        let parts: Vec<_> = (0..threads)
            .map(|number| scope.spawn(move || part(number)))
            .collect();
        let joined = parts.into_iter().map(|part| {
            part.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        joined.collect()
    })
}

/// Keeps a hash that belongs to the share which is counted.
fn keep(kept: &mut Vec<u64>, hash: u64, share: u64) {
    if hash.is_multiple_of(share) {
        kept.push(hash);
        // Many states differ by one thing only; what is there already is thrown out now and then.
        if kept.len().is_power_of_two() && kept.len() > 4 * COUNTED_MAX {
            kept.sort_unstable();
            kept.dedup();
        }
    }
}

/// Part of a hash: what a word at this position adds to it.
fn mixed(at: usize, word: u64) -> u64 {
    let mut mixed = word ^ (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}
