//! Liveness: which bits of a state can still be read, phase by phase.
//!
//! Two states of a phase that differ only in bits that are not live have the same future. The search keeps only live
//! bits, so such states become one. A phase may read what its own injects, decisions, actions and ends read, what may
//! still be under way from earlier phases, and what later phases read, except what their beginning overwrites. Order
//! within a phase is ignored: a bit that may be read is live throughout.

use crate::program::code::Code;
use crate::program::expression::Assign;
use crate::program::ids::{BlockId, CourseId, InjectId, PhaseId};
use crate::program::layout::Slot;
use crate::program::{Cause, Due, DueKind, Moving, Owner, Program};

/// For each phase, the live bits of each word of a state. Minutes of the agenda are left out: they are live while their
/// entry is set.
pub type Live = Vec<Box<[u64]>>;

/// The live bits of each phase. What `also` reads is live in every phase, and so are the slots that are shown.
#[must_use]
pub fn live(program: &Program, also: &[Code], shown: &[Slot]) -> Live {
    let width = program.initial.len();
    let mut after_end = ReadBits::new(program);
    for code in also {
        after_end.add_code(*code);
    }
    for slot in shown {
        after_end.add_slot(*slot);
    }
    // Last, since an effect at ENDEX reads its right side only if its value is live.
    after_end.add_endex();
    let mut live: Live = vec![vec![0; width].into_boxed_slice(); program.phases.len()];
    // Phases only go forward, so what follows a phase is known before it.
    for index in (0..program.phases.len()).rev() {
        let mut bits = after_end.clone();
        for end in &program.phases[index].ends {
            if let Some(next) = end.to.filter(|next| *next <= program.last) {
                bits.add(&before_phase(program, &live, next));
            }
        }
        bits.add_phase(PhaseId::at(index));
        live[index] = bits.words;
    }
    live
}

/// The bits that are live just before a phase begins.
fn before_phase<'p>(program: &'p Program, live: &Live, phase: PhaseId) -> ReadBits<'p> {
    let mut bits = ReadBits::new(program);
    bits.words.copy_from_slice(&live[phase.index()]);
    let begins = program.phases[phase.index()].begins.clone();
    // From the last block to the first: what a block overwrites is not live before it, unless it is read.
    for id in begins.rev().map(BlockId) {
        let block = program.block(id);
        if block.after == 0 && block.when.is_none() {
            for effect in program.effects_of(block).iter().rev() {
                if effect.assign == Assign::Set {
                    bits.clear(program.values[effect.value.index()].slot);
                }
                bits.add_code(effect.code);
            }
        }
        bits.add_block(id);
    }
    bits
}

impl Program {
    /// Whether an entry of the agenda may be set in a phase.
    fn may_be_due(&self, due: &Due, phase: PhaseId) -> bool {
        match due.kind {
            DueKind::Finish(course) => self.may_have_happened(Cause::Course(course), phase),
            DueKind::Later(block) => self.may_have_happened(self.block(block).cause, phase),
            DueKind::Deadline(decision) => self.phases[phase.index()].decisions.contains(&decision),
            DueKind::Again(inject) => self.injects[inject.index()].phase == phase,
        }
    }

    /// Whether a cause may have happened in a phase or before it.
    fn may_have_happened(&self, cause: Cause, phase: PhaseId) -> bool {
        match cause {
            Cause::Phase(begun) => begun <= phase,
            Cause::Inject(inject) => self.injects[inject.index()].phase <= phase,
            Cause::Course(course) => match self.courses[course.index()].owner {
                Owner::Option(decision, _) | Owner::Answer(decision, _) => self.phases
                    [..=phase.index()]
                    .iter()
                    .any(|earlier| earlier.decisions.contains(&decision)),
                Owner::Action(action) => self.actions[action.index()].stands[..=phase.index()]
                    .iter()
                    .any(|stands| *stands),
            },
            Cause::Endex => false,
        }
    }
}

/// Bits that something reads.
#[derive(Clone)]
struct ReadBits<'p> {
    program: &'p Program,
    words: Box<[u64]>,
}

impl<'p> ReadBits<'p> {
    fn new(program: &'p Program) -> Self {
        let words = vec![0; program.initial.len()].into_boxed_slice();
        Self { program, words }
    }

    fn add(&mut self, other: &Self) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    fn add_slot(&mut self, slot: Slot) {
        let (word, mask, _) = slot.pattern(0);
        self.words[usize::from(word)] |= mask;
    }

    fn clear(&mut self, slot: Slot) {
        let (word, mask, _) = slot.pattern(0);
        self.words[usize::from(word)] &= !mask;
    }

    fn reads(&self, slot: Slot) -> bool {
        let (word, mask, _) = slot.pattern(0);
        self.words[usize::from(word)] & mask != 0
    }

    fn add_code(&mut self, code: Code) {
        let words = &mut self.words;
        self.program
            .operations
            .each_read(code, &mut |word, mask| words[word] |= mask);
    }

    fn add_endex(&mut self) {
        let program = self.program;
        for when in program.endings.iter().flatten() {
            self.add_code(*when);
        }
        self.until_stable(|bits| bits.add_blocks(program.endex.clone()));
    }

    /// Adds what may be read while a phase lasts.
    fn add_phase(&mut self, phase: PhaseId) {
        let program = self.program;
        self.add_slot(program.clock);
        if program.phases[phase.index()].remembers_beginning {
            self.add_slot(program.began);
        }
        for (index, due) in program.dues.iter().enumerate() {
            if program.may_be_due(due, phase) {
                self.words[program.agenda.start + index / 64] |= 1 << (index % 64);
            }
        }
        self.until_stable(|bits| bits.add_phase_once(phase));
    }

    /// An effect reads its right side only if its value is live, so `add` is repeated until nothing new is live.
    fn until_stable(&mut self, mut add: impl FnMut(&mut Self)) {
        loop {
            let before = self.words.clone();
            add(self);
            if self.words == before {
                return;
            }
        }
    }

    fn add_phase_once(&mut self, id: PhaseId) {
        let program = self.program;
        let phase = &program.phases[id.index()];
        for (index, inject) in program.injects.iter().enumerate() {
            if inject.phase == id {
                self.add_inject(InjectId::at(index));
            }
        }
        for when in phase.timed.iter().filter_map(|timed| timed.when) {
            self.add_code(when);
        }
        for watched in &phase.watched {
            self.add_code(watched.when);
        }
        for when in phase.ends.iter().filter_map(|end| end.when) {
            self.add_code(when);
        }
        for crossing in &phase.crossings {
            self.add_code(crossing.against);
            match crossing.moving {
                Moving::Grown(index) => {
                    let value = program.growing[index].value;
                    self.add_slot(program.values[value.index()].slot);
                }
                Moving::Since(slot) => self.add_slot(slot),
                Moving::Clock => {}
            }
        }
        for decision in &phase.decisions {
            for course in &program.decisions[decision.index()].options {
                self.add_course(*course);
            }
        }
        for action in &phase.actions {
            let action = &program.actions[action.index()];
            self.add_slot(action.used);
            self.add_course(action.course);
        }
        // What began earlier may be finished here.
        for due in program
            .dues
            .iter()
            .filter(|due| program.may_be_due(due, id))
        {
            match due.kind {
                DueKind::Finish(course) => {
                    self.add_blocks(program.courses[course.index()].then.clone());
                }
                DueKind::Later(block) => self.add_block(block),
                DueKind::Deadline(_) | DueKind::Again(_) => {}
            }
        }
        for growing in &program.growing {
            if self.reads(program.values[growing.value.index()].slot) {
                for rate in &growing.rates {
                    self.add_code(rate.add);
                    if let Some(when) = rate.when {
                        self.add_code(when);
                    }
                }
            }
        }
    }

    fn add_inject(&mut self, id: InjectId) {
        let inject = &self.program.injects[id.index()];
        if let Some(came) = inject.came {
            self.add_slot(came);
        }
        self.add_block(inject.block);
    }

    fn add_course(&mut self, id: CourseId) {
        let program = self.program;
        let course = &program.courses[id.index()];
        if let Some(needs) = course.needs {
            self.add_code(needs);
        }
        for held in program.uses_of(course) {
            self.add_slot(program.values[held.value.index()].slot);
        }
        self.add_block(course.block);
        self.add_blocks(course.then.clone());
        if let Some(consent) = &course.consent {
            self.add_slot(consent.refused);
            self.add_blocks(consent.then.clone());
        }
    }

    fn add_blocks(&mut self, range: std::ops::Range<u16>) {
        for id in range.map(BlockId) {
            self.add_block(id);
        }
    }

    fn add_block(&mut self, id: BlockId) {
        let program = self.program;
        let block = program.block(id);
        if let Some(when) = block.when {
            self.add_code(when);
        }
        for effect in program.effects_of(block) {
            if self.reads(program.values[effect.value.index()].slot) {
                self.add_code(effect.code);
            }
        }
        if let Some((chance, first)) = block.chance {
            for outcome in 0..program.chances[chance.index()].odds.len() {
                self.add_block(BlockId::at(first.index() + outcome));
            }
        }
    }
}

#[cfg(test)]
mod tests;
