//! Blocks: what happens, in the order of their fields.

use std::ops::Range;

use crate::finding::Finding;
use crate::program::compile::Compiler;
use crate::program::compile::limits::{CHAIN_MAX, INSTANCES_MAX};
use crate::program::ids::{BlockId, ChanceId, CourseId, InjectId, PhaseId};
use crate::program::{Block, Cause, Chance, Due, DueKind, Score};
use crate::scenario::{self, Placed};

/// Where a block is.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// What it belongs to.
    pub cause: Cause,
    /// Whether it lies within an outcome of chance.
    pub lucky: bool,
    /// How often it may happen.
    pub runs: u32,
    /// The phases in which it may happen; empty at ENDEX.
    pub phases: Vec<PhaseId>,
    /// Whether a later phase may have begun before it happens.
    pub delayed: bool,
    /// Whether the exercise is over, so that nothing can come later.
    pub endex: bool,
}

impl Surroundings {
    /// In some phases, `runs` times.
    pub fn within(cause: Cause, phases: Vec<PhaseId>, runs: u32) -> Self {
        Self {
            cause,
            lucky: false,
            runs,
            phases,
            delayed: false,
            endex: false,
        }
    }

    /// The same, for something that belongs to a course.
    pub fn for_course(&self, id: CourseId) -> Self {
        Self {
            cause: Cause::Course(id),
            ..self.clone()
        }
    }

    /// The same, some time later.
    pub fn later(&self) -> Self {
        Self {
            delayed: true,
            ..self.clone()
        }
    }
}

impl Compiler<'_> {
    /// Compiles a list of blocks, whose numbers follow one another.
    pub fn blocks(&mut self, blocks: &[scenario::Block], around: &Surroundings) -> Range<u16> {
        let first = self.reserve(blocks.len());
        for (index, block) in blocks.iter().enumerate() {
            self.fill(first + index, block, around);
        }
        first as u16..(first + blocks.len()) as u16
    }

    pub fn block(&mut self, block: &scenario::Block, around: &Surroundings) -> BlockId {
        let index = self.reserve(1);
        self.fill(index, block, around);
        BlockId::at(index)
    }

    fn reserve(&mut self, count: usize) -> usize {
        let first = self.blocks.len();
        self.blocks.resize_with(first + count, Block::default);
        first
    }

    fn fill(&mut self, index: usize, block: &scenario::Block, around: &Surroundings) {
        let when = block.when.as_ref().and_then(|when| self.condition(when));
        let after = block.after.as_ref().map_or(0, |after| after.value);
        let mut around = around.clone();
        let mut dues = 0..0;
        if let Some(written) = block.after.as_ref().filter(|_| after > 0) {
            if around.endex {
                self.error("after-endex", written.place, "nothing comes after ENDEX")
                    .hints
                    .push("Leave out `after`.".into());
            }
            dues = self.dues(DueKind::Later(BlockId::at(index)), around.runs, written);
            around = around.later();
        }
        let effects = self.effects.len();
        for effect in &block.effects {
            if let Some(effect) = self.effect(effect) {
                self.effects.push(effect);
            }
        }
        let scores = self.scores.len();
        for (objective, points) in &block.score {
            if let Some(objective) = self.names.objective(objective, &mut self.findings) {
                self.scores.push(Score {
                    objective,
                    points: points.value,
                });
            }
        }
        let brings = self.brings.len();
        for name in &block.injects {
            if let Some(inject) = self.names.inject(name, &mut self.findings) {
                self.check_brought(inject, name, &around);
                self.memory.brought.insert(inject);
                self.brings.push(inject);
            }
        }
        let because = block.because.as_ref().map(|text| self.text(text));
        let text = block.text.as_ref().map(|text| self.text(text));
        let mut compiled = Block {
            cause: around.cause,
            lucky: around.lucky,
            when,
            after,
            dues,
            effects: effects as u16..self.effects.len() as u16,
            scores: scores as u16..self.scores.len() as u16,
            because,
            text,
            brings: brings as u16..self.brings.len() as u16,
            chance: None,
            is_bare: false,
        };
        compiled.is_bare = compiled.effects.is_empty()
            && compiled.scores.is_empty()
            && compiled.brings.is_empty()
            && compiled.text.is_none()
            && compiled.after == 0
            && block.chance.is_none();
        self.blocks[index] = compiled;
        if let Some(chance) = &block.chance {
            self.blocks[index].chance = Some(self.chance(chance, &around));
        }
    }

    /// Entries of the agenda for something that may be under way several times at once.
    pub fn dues(&mut self, kind: DueKind, runs: u32, written: &Placed<i64>) -> Range<u16> {
        if runs > INSTANCES_MAX {
            let headline = format!(
                "this may be under way {runs} times at once; at most {INSTANCES_MAX} are allowed"
            );
            self.error("limit-exceeded", written.place, headline)
                .hints
                .push("Lower `repeats`.".into());
        }
        let first = self.dues.len();
        for _ in 0..runs.min(INSTANCES_MAX) {
            self.dues.push(Due::new(kind));
        }
        first as u16..self.dues.len() as u16
    }

    fn check_brought(&mut self, inject: InjectId, name: &Placed<String>, around: &Surroundings) {
        let Some((_, phase)) = self.names.written_inject(inject) else {
            return;
        };
        let comes = around.phases.iter().any(|now| {
            if around.delayed {
                *now <= phase
            } else {
                *now == phase
            }
        });
        if around.endex || !comes {
            let headline = format!(
                "`{}` belongs to another phase: it can never come from here",
                name.value
            );
            let hint = "An inject comes only while its own phase lasts. Move it, or let a condition bring it.";
            self.error("never-comes", name.place, headline)
                .hints
                .push(hint.into());
        }
    }

    fn chance(&mut self, chance: &scenario::Chance, around: &Surroundings) -> (ChanceId, BlockId) {
        let odds: Vec<u32> = chance
            .outcomes
            .iter()
            .map(|outcome| u32::try_from(outcome.odds.value).unwrap_or(1))
            .collect();
        let id = self.chance_named(&chance.name, odds);
        let first = self.reserve(chance.outcomes.len());
        let around = Surroundings {
            lucky: true,
            ..around.clone()
        };
        for (index, outcome) in chance.outcomes.iter().enumerate() {
            self.fill(first + index, &outcome.block, &around);
        }
        (id, BlockId::at(first))
    }

    fn chance_named(&mut self, name: &Placed<String>, odds: Vec<u32>) -> ChanceId {
        if let Some(index) = self.chance_numbers.get(&name.value).copied() {
            let broken =
                name.value.is_empty() || odds.contains(&0) || self.chances[index].odds.contains(&0);
            if self.chances[index].odds != odds && !broken {
                let first = self.chance_places[index];
                let headline = format!("chance `{}` has other odds elsewhere", name.value);
                let finding = Finding::error("defined-twice", name.place, headline);
                self.findings.push(
                    finding
                        .related(first, "first here")
                        .hint("Give one of them another name."),
                );
            }
            return ChanceId::at(index);
        }
        let total = odds.iter().map(|odds| u64::from(*odds)).sum();
        self.chances.push(Chance {
            name: name.value.clone(),
            odds,
            total,
        });
        self.chance_numbers
            .insert(name.value.clone(), self.chances.len() - 1);
        self.chance_places.push(name.place);
        ChanceId::at(self.chances.len() - 1)
    }

    /// Reports injects that bring one another in a ring: they would never come to an end within one moment.
    pub fn refuse_rings_of_injects(&mut self) {
        let mut state = vec![Visit::Unseen; self.injects.len()];
        for index in 0..self.injects.len() {
            self.visit(InjectId::at(index), 0, &mut state);
        }
    }

    /// The length of the longest chain of injects from this one on.
    fn visit(&mut self, id: InjectId, depth: usize, state: &mut [Visit]) -> usize {
        match state[id.index()] {
            Visit::Done(length) => return length,
            Visit::Open => {
                self.refuse_chain(
                    id,
                    "ring-of-injects",
                    "brings itself again through the injects that it brings",
                );
                return 0;
            }
            Visit::Unseen => {}
        }
        let mut length = 1;
        // Too long a chain is reported where it is first seen, and not followed further.
        let mut is_long = depth >= CHAIN_MAX;
        if !is_long {
            state[id.index()] = Visit::Open;
            for brought in self.brought_at_once(self.injects[id.index()].block) {
                length = length.max(1 + self.visit(brought, depth + 1, state));
            }
            is_long = length > CHAIN_MAX;
        }
        if is_long {
            self.refuse_chain(
                id,
                "limit-exceeded",
                "is part of too long a chain of injects",
            );
            length = 0;
        }
        state[id.index()] = Visit::Done(length);
        length
    }

    fn refuse_chain(&mut self, id: InjectId, rule: &'static str, what: &str) {
        if let Some((inject, _)) = self.names.written_inject(id) {
            let headline = format!("`{}` {what}", inject.id.value);
            self.error(rule, inject.id.place, headline).hints.push(
                "Give one of them its own `at` or `when`, or bring it by a block with `after`."
                    .into(),
            );
        }
    }

    /// The injects that a block and its outcomes bring within the moment.
    fn brought_at_once(&self, block: BlockId) -> Vec<InjectId> {
        let block = &self.blocks[block.index()];
        if block.after > 0 {
            return Vec::new();
        }
        let (first, end) = (block.brings.start, block.brings.end);
        let mut brought = self.brings[first.into()..end.into()].to_vec();
        if let Some((chance, first)) = block.chance {
            for outcome in 0..self.chances[chance.index()].odds.len() {
                brought.extend(self.brought_at_once(BlockId::at(first.index() + outcome)));
            }
        }
        brought
    }
}

/// How far the search for rings has come with an inject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Unseen,
    Open,
    Done(usize),
}
