//! Liveness: which bits of a state anything can still read, phase by phase.
//!
//! Two states of a phase that differ only in bits that are not live have the same future. The search keeps live bits
//! only, so such states are one. What a phase may read is what its own injects, decisions, actions and ends read, what
//! may still be under way from earlier phases, and what the phases that may follow read, less what their beginning
//! overwrites. It does not follow the order of things within a phase: a bit that may be read is live throughout.

use crate::program::code::Code;
use crate::program::expression::Assign;
use crate::program::ids::{BlockId, CourseId, InjectId, PhaseId};
use crate::program::layout::Slot;
use crate::program::{Block, Cause, Due, DueKind, Moving, Owner, Program};

/// For each phase, the live bits of each word of a state in it. Minutes of the agenda are left out: they are live where
/// the entry is set.
pub type Live = Vec<Box<[u64]>>;

/// The live bits of each phase. What `also` reads is live in all of them.
#[must_use]
pub fn live(program: &Program, also: &[Code]) -> Live {
    let width = program.initial.len();
    let mut after_end = ReadBits::new(program);
    after_end.at_endex();
    for code in also {
        after_end.code(*code);
    }
    let mut live: Live = vec![vec![0; width].into_boxed_slice(); program.phases.len()];
    // Phases only go forward, so what follows a phase is known before it.
    for index in (0..program.phases.len()).rev() {
        let mut bits = after_end.clone();
        for end in &program.phases[index].ends {
            if let Some(next) = end.to.filter(|next| *next <= program.last) {
                bits.join(&entered(program, &live, next));
            }
        }
        bits.within(PhaseId::at(index));
        live[index] = bits.words;
    }
    live
}

/// The bits that are live just before a phase begins.
fn entered<'p>(program: &'p Program, live: &Live, phase: PhaseId) -> ReadBits<'p> {
    let mut bits = ReadBits::new(program);
    bits.words.copy_from_slice(&live[phase.index()]);
    let begins = program.phases[phase.index()].begins.clone();
    // From the last block to the first: what a block overwrites is not live before it, unless it is read.
    for id in begins.rev().map(BlockId) {
        let block = program.block(id);
        if block.after == 0 && block.when.is_none() {
            for effect in effects(program, block).iter().rev() {
                if effect.assign == Assign::Set {
                    bits.clear(program.values[effect.value.index()].slot);
                }
                bits.code(effect.code);
            }
        }
        bits.block(id);
    }
    bits
}

fn effects<'p>(program: &'p Program, block: &Block) -> &'p [crate::program::Effect] {
    &program.effects[usize::from(block.effects.start)..usize::from(block.effects.end)]
}

impl Program {
    /// Whether something may still be due in a phase.
    fn may_be_due(&self, due: &Due, phase: PhaseId) -> bool {
        match due.kind {
            DueKind::Finish(course) => self.begins_by(Cause::Course(course), phase),
            DueKind::Later(block) => self.begins_by(self.block(block).cause, phase),
            DueKind::Deadline(decision) => self.phases[phase.index()].decisions.contains(&decision),
            DueKind::Again(inject) => self.injects[inject.index()].phase == phase,
        }
    }

    /// Whether a cause may have had its effect in a phase, or before it.
    fn begins_by(&self, cause: Cause, phase: PhaseId) -> bool {
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

    fn join(&mut self, other: &Self) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    fn slot(&mut self, slot: Slot) {
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

    fn code(&mut self, code: Code) {
        let words = &mut self.words;
        self.program
            .operations
            .each_read(code, &mut |word, mask| words[word] |= mask);
    }

    fn at_endex(&mut self) {
        let program = self.program;
        for when in program.endings.iter().flatten() {
            self.code(*when);
        }
        // An effect counts once its value does, so until nothing is added.
        self.until_still(|bits| bits.blocks(program.endex.clone()));
    }

    /// Everything that may happen while a phase lasts.
    fn within(&mut self, phase: PhaseId) {
        let program = self.program;
        self.slot(program.clock);
        if program.phases[phase.index()].remembers_beginning {
            self.slot(program.began);
        }
        for (index, due) in program.dues.iter().enumerate() {
            if program.may_be_due(due, phase) {
                self.words[program.agenda.start + index / 64] |= 1 << (index % 64);
            }
        }
        self.until_still(|bits| bits.once_within(phase));
    }

    fn until_still(&mut self, mut add: impl FnMut(&mut Self)) {
        loop {
            let before = self.words.clone();
            add(self);
            if self.words == before {
                return;
            }
        }
    }

    fn once_within(&mut self, id: PhaseId) {
        let program = self.program;
        let phase = &program.phases[id.index()];
        for (index, inject) in program.injects.iter().enumerate() {
            if inject.phase == id {
                self.inject(InjectId::at(index));
            }
        }
        for when in phase.timed.iter().filter_map(|timed| timed.when) {
            self.code(when);
        }
        for watched in &phase.watched {
            self.code(watched.when);
        }
        for when in phase.ends.iter().filter_map(|end| end.when) {
            self.code(when);
        }
        for crossing in &phase.crossings {
            self.code(crossing.against);
            match crossing.moving {
                Moving::Grown(index) => {
                    let value = program.growing[index].value;
                    self.slot(program.values[value.index()].slot);
                }
                Moving::Since(slot) => self.slot(slot),
                Moving::Clock => {}
            }
        }
        for decision in &phase.decisions {
            for course in &program.decisions[decision.index()].options {
                self.course(*course);
            }
        }
        for action in &phase.actions {
            let action = &program.actions[action.index()];
            self.slot(action.used);
            self.course(action.course);
        }
        // What began earlier may come to its end here.
        for due in program
            .dues
            .iter()
            .filter(|due| program.may_be_due(due, id))
        {
            match due.kind {
                DueKind::Finish(course) => {
                    self.blocks(program.courses[course.index()].then.clone());
                }
                DueKind::Later(block) => self.block(block),
                DueKind::Deadline(_) | DueKind::Again(_) => {}
            }
        }
        for growing in &program.growing {
            if self.reads(program.values[growing.value.index()].slot) {
                for rate in &growing.rates {
                    self.code(rate.add);
                    if let Some(when) = rate.when {
                        self.code(when);
                    }
                }
            }
        }
    }

    fn inject(&mut self, id: InjectId) {
        let inject = &self.program.injects[id.index()];
        if let Some(came) = inject.came {
            self.slot(came);
        }
        self.block(inject.block);
    }

    fn course(&mut self, id: CourseId) {
        let program = self.program;
        let course = &program.courses[id.index()];
        if let Some(needs) = course.needs {
            self.code(needs);
        }
        for held in &program.uses[usize::from(course.uses.start)..usize::from(course.uses.end)] {
            self.slot(program.values[held.value.index()].slot);
        }
        self.block(course.block);
        self.blocks(course.then.clone());
        if let Some(consent) = &course.consent {
            self.slot(consent.refused);
            self.blocks(consent.then.clone());
        }
    }

    fn blocks(&mut self, range: std::ops::Range<u16>) {
        for id in range.map(BlockId) {
            self.block(id);
        }
    }

    fn block(&mut self, id: BlockId) {
        let program = self.program;
        let block = program.block(id);
        if let Some(when) = block.when {
            self.code(when);
        }
        for effect in effects(program, block) {
            if self.reads(program.values[effect.value.index()].slot) {
                self.code(effect.code);
            }
        }
        if let Some((chance, first)) = block.chance {
            for outcome in 0..program.chances[chance.index()].odds.len() {
                self.block(BlockId::at(first.index() + outcome));
            }
        }
    }
}
