//! Completion in the lines of a play, and of decisions.

use super::Suggestions;
use crate::lsp::language::{ANSWERS, EXPECTED, VERBS, WAITED};
use crate::lsp::position::line_start;
use crate::lsp::symbol::{Mention, Symbol};
use crate::scenario::schema::{NUMBER, NameKind};

/// The signs that compare a value with a word.
const COMPARED: [&str; 3] = ["==", "!=", "="];

impl Suggestions<'_> {
    /// What may continue a line of a play.
    pub(super) fn play(&mut self, text: &str, start: usize) {
        let line = line_start(text, start);
        if text[line..start].contains('#') {
            return;
        }
        // The name of a consent contains dots, and a new word begins at each.
        let before = text[line..start].trim_end_matches(|it: char| !it.is_whitespace());
        let begun = &text[line + before.len()..start];
        let before: Vec<&str> = before.split_whitespace().collect();
        match before.as_slice() {
            [] => self.language(&VERBS),
            ["choose"] | ["expect", "chosen"] => self.questions(begun),
            ["choose", consent] | ["expect", "chosen", consent]
                if consent.ends_with(".consent") =>
            {
                self.language(&ANSWERS);
            }
            ["choose", decision] | ["expect", "chosen", decision] => {
                self.names(NameKind::Option, Some(decision));
            }
            ["take"] => self.names(NameKind::Action, None),
            ["wait"] => self.language(&WAITED),
            ["wait", "for"] => {
                if begun.is_empty() {
                    self.names(NameKind::Inject, None);
                }
                self.consents(begun);
            }
            ["expect", "inject"] | ["expect", "no", "inject"] => self.names(NameKind::Inject, None),
            ["roll"] => self.names(NameKind::Chance, None),
            ["variant"] => self.names(NameKind::Variant, None),
            ["cut"] => self.names(NameKind::Cut, None),
            ["expect"] => {
                self.names(NameKind::Value, None);
                self.language(&EXPECTED);
            }
            ["expect", "no"] => self.words(&["inject"]),
            ["expect", "score"] => self.names(NameKind::Objective, None),
            ["expect", "phase"] => self.names(NameKind::Phase, None),
            ["expect", "ending"] => self.names(NameKind::Ending, None),
            ["expect", value] if self.is_a(value, &NUMBER) => self.words(&["==", ">=", "<="]),
            ["expect", value] => self.names(NameKind::Word, Some(value)),
            ["expect", value, sign] if COMPARED.contains(sign) => {
                self.names(NameKind::Word, Some(value));
            }
            _ => {}
        }
    }

    /// The injects that ask a question, and the decisions without an inject.
    pub(super) fn decisions(&mut self) {
        let mut all = self.names.defined(NameKind::Inject, None);
        all.retain(|it| !self.options(it).is_empty());
        self.mentions(&all);
    }

    fn options(&self, decision: &Mention) -> Vec<&Mention> {
        let name = &decision.symbol.name;
        self.names.defined(NameKind::Option, Some(name))
    }

    /// Everything that can be answered.
    fn questions(&mut self, begun: &str) {
        if begun.is_empty() {
            self.decisions();
        }
        self.consents(begun);
    }

    /// The next part of a consent's name.
    fn consents(&mut self, begun: &str) {
        let is_action = |name: &str| self.names.has(&Symbol::new(NameKind::Action, name));
        match begun.split('.').collect::<Vec<_>>().as_slice() {
            [one, ""] if is_action(one) => self.words(&["consent"]),
            [one, ""] => self.names(NameKind::Option, Some(one)),
            [_, _, ""] => self.words(&["consent"]),
            _ => {}
        }
    }
}
