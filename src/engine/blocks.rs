//! What blocks do: effects, points, texts, injects and luck, in this order.

use std::ops::Range;

use crate::engine::agenda;
use crate::engine::event::{Event, Observer};
use crate::engine::luck::Luck;
use crate::engine::run::Run;
use crate::program::Effect;
use crate::program::expression::Assign;
use crate::program::ids::{BlockId, CourseId, DueId, ValueId};
use crate::scenario::Minutes;

impl<L: Luck, O: Observer> Run<'_, L, O> {
    /// Lets neighbouring blocks happen, one after another.
    pub fn blocks(&mut self, range: Range<u16>) {
        for index in range {
            self.block(BlockId(index));
        }
    }

    /// Lets a block happen, or schedules it.
    #[inline]
    pub fn block(&mut self, id: BlockId) {
        let block = self.program.block(id);
        if block.is_bare {
            return;
        }
        if block.after > 0 {
            self.schedule(block.dues.clone(), self.now + block.after);
        } else {
            self.happen(id);
        }
    }

    /// Lets a block happen now, if its condition holds.
    pub fn happen(&mut self, id: BlockId) {
        let program = self.program;
        let block = program.block(id);
        if block
            .when
            .is_some_and(|when| !program.operations.holds(when, self.words))
        {
            return;
        }
        for effect in program.effects_of(block) {
            self.apply(*effect);
        }
        for score in program.scores_of(block) {
            self.see(Event::Scored {
                objective: score.objective,
                points: score.points,
                because: block.because,
                cause: block.cause,
                lucky: block.lucky,
            });
        }
        if let Some(text) = block.text {
            self.shown = true;
            self.see(Event::Read {
                text,
                cause: block.cause,
            });
        }
        for inject in program.brought_by(block) {
            self.deliver(*inject);
        }
        if let Some((id, first)) = block.chance {
            let chance = &program.chances[id.index()];
            let outcome = self.luck.roll(id, chance).min(chance.odds.len() - 1);
            let block = BlockId::at(first.index() + outcome);
            self.see(Event::Rolled {
                chance: id,
                outcome: outcome as u8,
                block,
            });
            self.happen(block);
        }
    }

    fn apply(&mut self, effect: Effect) {
        let number = self.program.operations.value(effect.code, self.words);
        let value = &self.program.values[effect.value.index()];
        let before = value.slot.get(self.words);
        let units = number.saturating_mul(value.per);
        let wanted = match effect.assign {
            Assign::Set => units,
            Assign::Add => before.saturating_add(units),
            Assign::Subtract => before.saturating_sub(units),
        };
        self.write(effect.value, before, wanted);
    }

    /// Writes fractions to a value, within its bounds.
    pub fn write(&mut self, id: ValueId, before: i64, wanted: i64) {
        let value = &self.program.values[id.index()];
        let after = wanted.clamp(value.min * value.per, value.max * value.per);
        if after != wanted && !value.saturates {
            self.see(Event::Saturated {
                value: id,
                wanted: wanted.div_euclid(value.per),
            });
        }
        if after != before {
            value.slot.set(self.words, after);
            self.mark(value.slot.mark());
            self.see(Event::Wrote {
                value: id,
                before: value.wholes(before),
                after: value.wholes(after),
            });
        }
    }

    /// Takes what a course uses (`sign` -1), or gives it back (`sign` 1).
    pub fn hold(&mut self, id: CourseId, sign: i64) {
        let program = self.program;
        for held in program.uses_of(&program.courses[id.index()]) {
            let value = &program.values[held.value.index()];
            let before = value.slot.get(self.words);
            self.write(held.value, before, before + sign * held.number);
        }
    }

    /// Sets the first free of some entries of the agenda.
    pub fn schedule(&mut self, dues: Range<u16>, minute: Minutes) {
        let free = dues
            .map(DueId)
            .find(|id| !agenda::is_set(self.program, self.words, *id));
        debug_assert!(
            free.is_some(),
            "compiling provides an entry for each time that this may be due"
        );
        if let Some(id) = free {
            agenda::set(self.program, self.words, id, minute);
        }
    }
}
