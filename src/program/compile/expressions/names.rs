//! Names: values, their words, the phase, and fields such as `chosen.x`.

use std::ops::Range;

use crate::program::code::{Operation, WordMask};
use crate::program::compile::expressions::{Scope, Type, Typed, WordList};
use crate::program::compile::names::unknown;
use crate::program::ids::{ActionId, DecisionId, InjectId, ValueId};
use crate::program::layout::Slot;
use crate::words;

impl Scope<'_, '_> {
    pub(super) fn name(
        &mut self,
        name: &str,
        range: &Range<usize>,
        words: Option<WordList>,
    ) -> Option<Typed> {
        if self.compiler.names.lost(name) {
            return None;
        }
        let value = self.compiler.names.values.get(name).map(ValueId::at);
        let word = words.and_then(|words| {
            let list = self.compiler.words(words);
            let position = list.iter().position(|word| *word == name)?;
            Some((words, position as i64))
        });
        match (value, word) {
            (Some(_), Some(_)) => {
                let place = self.place(range);
                let headline = format!("`{name}` is a value and also a word of the other side");
                self.compiler
                    .error("ambiguous-word", place, headline)
                    .hints
                    .push("Give the value or the word another name.".into());
                None
            }
            (Some(id), None) => Some(self.value(id)),
            (None, Some((words, position))) => {
                Some(self.typed(Operation::Constant(position), Type::Word(words), false))
            }
            (None, None) if name == "phase" => {
                let slot = self.compiler.phase;
                Some(self.typed(Operation::Slot(slot), Type::Word(WordList::Phase), false))
            }
            (None, None) => {
                self.report_unknown(name, range, words);
                None
            }
        }
    }

    fn report_unknown(&mut self, name: &str, range: &Range<usize>, words: Option<WordList>) {
        let place = self.place(range);
        let values = &self.compiler.names.values;
        let finding = match words {
            Some(words) => {
                let list = self.compiler.words(words);
                let finding = values.unknown_among("word", name, place, list.iter().copied());
                finding.hint(format!("The words here are {}.", words::list(&list)))
            }
            None => values.unknown(name, place),
        };
        self.report(finding);
    }

    fn value(&mut self, id: ValueId) -> Typed {
        let value = self.compiler.values[id.index()];
        let kind = self.compiler.type_of_value(id);
        let grows = !self.compiler.scenario.values[id.index()].grows.is_empty();
        let operation = if grows {
            Operation::Grown(value.slot, value.per)
        } else {
            Operation::Slot(value.slot)
        };
        self.typed(operation, kind, grows)
    }

    /// `chosen.x`, `taken.x` or `came.x`.
    pub(super) fn field(
        &mut self,
        of: &str,
        name: &str,
        name_range: &Range<usize>,
        range: &Range<usize>,
    ) -> Option<Typed> {
        let names = &self.compiler.names;
        if names.lost(name) {
            return None;
        }
        let table = match of {
            "chosen" => &names.decisions,
            "taken" => &names.actions,
            "came" => &names.injects,
            _ => {
                let fields = ["chosen", "taken", "came"];
                let finding = unknown("field", of, self.place(range), fields.into_iter());
                self.report(finding);
                return None;
            }
        };
        let Some(number) = table.get(name) else {
            let finding = table.unknown(name, self.place(name_range));
            self.report(finding);
            return None;
        };
        let slot = match of {
            "chosen" => {
                let id = DecisionId::at(number);
                let options = self.compiler.names.options_of(id).len();
                let slot = self.compiler.chosen(id, options);
                let kind = Type::Word(WordList::Chosen(id));
                return Some(self.typed(Operation::Slot(slot), kind, false));
            }
            "taken" => self.compiler.used(ActionId::at(number)),
            _ => self.compiler.came(InjectId::at(number)),
        };
        Some(self.positive(slot))
    }

    /// Whether a count is above zero.
    fn positive(&mut self, slot: Slot) -> Typed {
        let operations = &mut self.compiler.operations;
        let zero = operations.push(Operation::Bits(WordMask::new(slot, 0)));
        Typed::truth(operations.not(zero), false)
    }
}
