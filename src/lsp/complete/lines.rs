//! What may stand in a line of a play, and which decisions there are.

use super::Suggestions;
use crate::lsp::language::{ANSWERS, EXPECTED, VERBS, WAITED};
use crate::lsp::names::Mention;
use crate::scenario::schema::{NUMBER, NameKind};

/// What follows `expect`, before the name that it is about.
const COMPARED: [&str; 3] = ["==", "!=", "="];

impl Suggestions<'_> {
    /// What may follow the beginning of a line of a play.
    pub(super) fn play(&mut self, text: &str, start: usize) {
        let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        if text[line..start].contains('#') {
            return;
        }
        // Names of consents hold dots, at which a word begins.
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

    /// The injects that ask something, and the decisions that a moment asks.
    pub(super) fn decisions(&mut self) {
        let mut all = self.names.given(NameKind::Inject, None);
        all.retain(|it| !self.options(it).is_empty());
        self.mentions(&all);
    }

    fn options(&self, decision: &Mention) -> Vec<&Mention> {
        self.names
            .given(NameKind::Option, Some(&decision.symbol.name))
    }

    /// Whatever can be answered.
    fn questions(&mut self, begun: &str) {
        if begun.is_empty() {
            self.decisions();
        }
        self.consents(begun);
    }

    /// The next part of the name of a consent.
    fn consents(&mut self, begun: &str) {
        match begun.split('.').collect::<Vec<_>>().as_slice() {
            [one, ""]
                if self
                    .names
                    .given(NameKind::Action, None)
                    .iter()
                    .any(|it| it.symbol.name == *one) =>
            {
                self.words(&["consent"]);
            }
            [one, ""] => self.names(NameKind::Option, Some(one)),
            [_, _, ""] => self.words(&["consent"]),
            _ => {}
        }
    }
}
