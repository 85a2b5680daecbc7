//! What a state must remember of the past: only what an expression or the rules of play read.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::compile::Compiler;
use crate::program::ids::{ActionId, DecisionId, DueId, InjectId, PhaseId};
use crate::program::layout::{Layout, Slot};
use crate::program::{Closes, Deadlines, Due, DueKind, Program};
use crate::scenario::Placed;

/// Slots for the past, each created when it is first needed.
#[derive(Default)]
pub struct Memory {
    came: BTreeMap<InjectId, Slot>,
    came_at: BTreeMap<InjectId, Slot>,
    chosen: BTreeMap<DecisionId, Slot>,
    chosen_at: BTreeMap<DecisionId, Slot>,
    used: BTreeMap<ActionId, Slot>,
    used_at: BTreeMap<ActionId, Slot>,
    /// What expressions read. The rest can be forgotten when its phase ends.
    came_read: BTreeSet<InjectId>,
    used_read: BTreeSet<ActionId>,
    /// Injects that an effect brings.
    pub brought: BTreeSet<InjectId>,
}

impl Compiler<'_> {
    /// The slot that counts how often an inject came, for an expression that reads it.
    pub fn came(&mut self, id: InjectId) -> Slot {
        self.memory.came_read.insert(id);
        self.came_count(id)
    }

    fn came_count(&mut self, id: InjectId) -> Slot {
        let written = self.names.written_inject(id);
        let repeats = written.map_or(1, |(inject, _)| repeats(inject.trigger.repeats.as_ref()));
        slot_for(
            &mut self.memory.came,
            id,
            &mut self.layout,
            i64::from(repeats),
        )
    }

    /// The slot that holds when an inject came.
    pub fn came_at(&mut self, id: InjectId) -> Slot {
        let most = self.scenario.lasts.value + 1;
        slot_for(&mut self.memory.came_at, id, &mut self.layout, most)
    }

    /// The slot that holds the option chosen.
    pub fn chosen(&mut self, id: DecisionId, options: usize) -> Slot {
        slot_for(
            &mut self.memory.chosen,
            id,
            &mut self.layout,
            options as i64,
        )
    }

    /// The slot that holds when an option was chosen.
    pub fn chosen_at(&mut self, id: DecisionId) -> Slot {
        let most = self.scenario.lasts.value + 1;
        slot_for(&mut self.memory.chosen_at, id, &mut self.layout, most)
    }

    /// The slot that counts how often an action was used, for an expression that reads it.
    pub fn used(&mut self, id: ActionId) -> Slot {
        self.memory.used_read.insert(id);
        self.used_count(id)
    }

    /// The slot that counts how often an action was used.
    pub fn used_count(&mut self, id: ActionId) -> Slot {
        let repeats = self
            .scenario
            .actions
            .get(id.index())
            .map_or(1, |action| repeats(action.repeats.as_ref()));
        slot_for(
            &mut self.memory.used,
            id,
            &mut self.layout,
            i64::from(repeats),
        )
    }

    /// The slot that holds when an action was used.
    pub fn used_at(&mut self, id: ActionId) -> Slot {
        let most = self.scenario.lasts.value + 1;
        slot_for(&mut self.memory.used_at, id, &mut self.layout, most)
    }

    /// Gives injects, decisions and actions the slots that were created for them.
    pub fn remember(&mut self, program: &mut Program) {
        let watched: BTreeSet<InjectId> = program
            .phases
            .iter()
            .flat_map(|phase| phase.watched.iter().map(|watched| watched.inject))
            .collect();
        for index in 0..program.injects.len() {
            let id = InjectId::at(index);
            if watched.contains(&id) || self.memory.brought.contains(&id) {
                self.came_count(id);
            }
            let came = self.memory.came.get(&id).copied();
            program.injects[index].came = came;
            program.injects[index].came_at = self.memory.came_at.get(&id).copied();
            if let Some(slot) = came.filter(|_| !self.memory.came_read.contains(&id)) {
                let phase = program.injects[index].phase;
                program.phases[phase.index()].forgets.push(slot);
            }
        }
        for (index, decision) in program.decisions.iter_mut().enumerate() {
            let id = DecisionId::at(index);
            decision.chosen = self.memory.chosen.get(&id).copied();
            decision.chosen_at = self.memory.chosen_at.get(&id).copied();
        }
        for index in 0..program.actions.len() {
            let id = ActionId::at(index);
            program.actions[index].used_at = self.memory.used_at.get(&id).copied();
            let used_read = self.memory.used_read.contains(&id);
            Self::forget_after_last_phase(program, index, used_read);
        }
    }

    /// The count of an action, and whether it was refused, matter only until its last phase ends.
    fn forget_after_last_phase(program: &mut Program, action: usize, used_read: bool) {
        let Some(last) = program.actions[action]
            .stands
            .iter()
            .rposition(|stands| *stands)
        else {
            return;
        };
        let course = &program.courses[program.actions[action].course.index()];
        let refused = course.consent.as_ref().map(|consent| consent.refused);
        let used = Some(program.actions[action].used).filter(|_| !used_read);
        program.phases[PhaseId::at(last).index()]
            .forgets
            .extend(refused.into_iter().chain(used));
    }

    /// Numbers what may be due (delayed things, then deadlines, then repeats). The words of the agenda come first, then the
    /// slots for the minutes of its entries: few entries are set at once, and the search keeps only those minutes.
    pub fn plan_agenda(&mut self, program: &mut Program) {
        program.first_deadline = program.dues.len();
        let deadlines =
            (0..program.decisions.len()).map(|it| DueKind::Deadline(DecisionId::at(it)));
        program.dues.extend(deadlines.map(Due::new));
        for (index, inject) in program.injects.iter_mut().enumerate() {
            if let Some(again) = &mut inject.again {
                again.due = DueId::at(program.dues.len());
                let kind = DueKind::Again(InjectId::at(index));
                program.dues.push(Due::new(kind));
            }
        }
        let first = self.layout.words();
        let words = program.dues.len().div_ceil(64);
        program.agenda = first..first + words;
        let count = program.decisions.len();
        program.deadlines = deadline_words(program.first_deadline, count, first);
        self.layout.add_words(words);
        let lasts = self.scenario.lasts.value;
        for index in 0..program.dues.len() {
            let (delay, minute) = match program.dues[index].kind {
                DueKind::Finish(course) => (Some(program.courses[course.index()].takes), None),
                DueKind::Later(block) => (Some(program.block(block).after), None),
                DueKind::Deadline(decision) => match program.decisions[decision.index()].closes {
                    Closes::After(within) => (Some(within), None),
                    Closes::On(minute) => (None, Some(minute)),
                    Closes::WithPhase => (None, None),
                },
                DueKind::Again(inject) => {
                    let again = program.injects[inject.index()].again;
                    (again.map(|again| again.every), None)
                }
            };
            program.dues[index].slot = delay.map(|delay| self.layout.slot(0, lasts + delay));
            program.dues[index].minute = minute;
        }
    }
}

/// The slot for `0..=most` that remembers something about `id`.
fn slot_for<K: Ord>(slots: &mut BTreeMap<K, Slot>, id: K, layout: &mut Layout, most: i64) -> Slot {
    *slots.entry(id).or_insert_with(|| layout.slot(0, most))
}

/// Where `count` deadlines are in the agenda, whose first word is `word`. The first deadline is entry number `first`.
fn deadline_words(first: usize, count: usize, word: usize) -> Vec<Deadlines> {
    let last = first + count;
    let words = first / 64..last.div_ceil(64);
    let deadlines = |index: usize| {
        let (from, to) = (first.max(index * 64), last.min(index * 64 + 64));
        let shift = from - index * 64;
        Deadlines {
            word: word + index,
            mask: u64::MAX >> (64 - (to - from)) << shift,
            shift,
            first: from - first,
        }
    };
    words.filter(|_| first < last).map(deadlines).collect()
}

/// How often something may happen.
pub fn repeats(repeats: Option<&Placed<i64>>) -> u32 {
    repeats.map_or(1, |repeats| {
        u32::try_from(repeats.value).unwrap_or(1).max(1)
    })
}

#[cfg(test)]
mod tests {
    use super::deadline_words;

    #[test]
    fn each_deadline_has_its_bit_wherever_a_word_ends() {
        for first in [0, 1, 63, 64, 65, 127, 130] {
            for count in [0, 1, 2, 62, 63, 64, 65, 128, 200] {
                let mut found = Vec::new();
                for it in deadline_words(first, count, 7) {
                    for bit in (0..64).filter(|bit| it.mask >> bit & 1 == 1) {
                        assert_eq!(it.mask.trailing_zeros() as usize, it.shift);
                        found.push(((it.word - 7) * 64 + bit, it.first + bit - it.shift));
                    }
                }
                let wanted: Vec<_> = (0..count).map(|id| (first + id, id)).collect();
                assert_eq!(found, wanted, "{count} from {first} on");
            }
        }
    }
}
