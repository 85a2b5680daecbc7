//! What an expression may come to.

use crate::program::code::Code;
use crate::program::compile::Compiler;
use crate::program::compile::expressions::Scope;
use crate::program::expression::{Expr, ExprKind};
use crate::program::ids::{DecisionId, ValueId};
use crate::scenario::ValueKind;
use crate::words;

/// Numbers that an expression may come to, both included.
pub type NumberRange = (i64, i64);

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Truth,
    Number(NumberRange),
    Word(WordList),
}

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordList {
    Value(ValueId),
    Phase,
    /// A decision's options, after `none`.
    Chosen(DecisionId),
}

/// A compiled expression with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    pub code: Code,
    pub kind: Type,
    /// It changes as time goes by.
    pub moves: bool,
}

impl Type {
    /// The list that its words come from.
    pub(super) fn words(self) -> Option<WordList> {
        match self {
            Self::Word(words) => Some(words),
            Self::Truth | Self::Number(_) => None,
        }
    }
}

impl Typed {
    pub(super) fn truth(code: Code, moves: bool) -> Self {
        let kind = Type::Truth;
        Self { code, kind, moves }
    }
}

impl Compiler<'_> {
    pub fn type_of_value(&self, id: ValueId) -> Type {
        match &self.scenario.values[id.index()].kind {
            ValueKind::Truth { .. } => Type::Truth,
            ValueKind::Number { min, max, .. } => Type::Number((min.value, max.value)),
            ValueKind::Word { .. } => Type::Word(WordList::Value(id)),
        }
    }

    /// The words of a list, in the order of their numbers.
    pub fn words(&self, words: WordList) -> Vec<&str> {
        match words {
            WordList::Value(id) => match &self.scenario.values[id.index()].kind {
                ValueKind::Word { words, .. } => {
                    words.iter().map(|word| word.value.as_str()).collect()
                }
                ValueKind::Truth { .. } | ValueKind::Number { .. } => Vec::new(),
            },
            WordList::Phase => {
                let phases = self.scenario.phases.iter();
                phases.map(|phase| phase.id.value.as_str()).collect()
            }
            WordList::Chosen(id) => {
                let options = self.names.options_of(id).iter();
                let options = options.map(|option| option.id.value.as_str());
                std::iter::once("none").chain(options).collect()
            }
        }
    }
}

impl Scope<'_, '_> {
    pub(super) fn describe(&self, kind: Type) -> String {
        match kind {
            Type::Truth => "a truth".into(),
            Type::Number(_) => "a number".into(),
            Type::Word(words) => {
                let list = self.compiler.words(words);
                format!("one of the words {}", words::list(&list))
            }
        }
    }

    pub(super) fn same_type(&self, left: Type, right: Type) -> bool {
        match (left, right) {
            (Type::Truth, Type::Truth) | (Type::Number(_), Type::Number(_)) => true,
            (Type::Word(a), Type::Word(b)) => {
                a == b || self.compiler.words(a) == self.compiler.words(b)
            }
            _ => false,
        }
    }

    /// The list of words that a node's value comes from, where its form says so.
    pub(super) fn word_list(&self, node: &Expr) -> Option<WordList> {
        let names = &self.compiler.names;
        match &node.kind {
            ExprKind::Name(name) => match names.values.get(name) {
                Some(number) => self.compiler.type_of_value(ValueId::at(number)).words(),
                None => (name == "phase").then_some(WordList::Phase),
            },
            ExprKind::Field(of, name, _) if of == "chosen" => {
                let number = names.decisions.get(name)?;
                Some(WordList::Chosen(DecisionId::at(number)))
            }
            ExprKind::If(_, yes, no) => self.word_list(yes).or_else(|| self.word_list(no)),
            _ => None,
        }
    }
}
