//! The names in a play.

use std::ops::Range;

use crate::finding::FileId;
use crate::lsp::position::bytes_of;
use crate::lsp::symbol::{Candidate, Symbol};
use crate::play::{Expectation, PlacedLine, PlayLine, WrittenName, parse};
use crate::scenario::schema::NameKind;

/// The last part of the name of a consent's question.
const CONSENT: &str = "consent";

/// The names of a play.
pub fn names(file: usize, text: &str) -> Vec<Candidate> {
    let (play, _) = parse(text, FileId(0));
    let mut found = Vec::new();
    for written in &play.lines {
        let found = &mut found;
        PlayNames {
            written,
            file,
            found,
        }
        .add_line();
    }
    found
}

struct PlayNames<'a> {
    written: &'a PlacedLine,
    file: usize,
    found: &'a mut Vec<Candidate>,
}

impl PlayNames<'_> {
    fn add_line(&mut self) {
        let written = self.written;
        match &written.line {
            PlayLine::Variant(name) => self.one(NameKind::Variant, name),
            PlayLine::Cut(name) => self.one(NameKind::Cut, name),
            PlayLine::Choose { decision, option } => self.choice(decision, option),
            PlayLine::Take(name) => self.one(NameKind::Action, name),
            PlayLine::WaitFor(name) => self.one(NameKind::Inject, name),
            PlayLine::Roll { chance, .. } => self.one(NameKind::Chance, chance),
            PlayLine::Expect(expectation) => self.expectation(expectation),
            PlayLine::Seed(_) | PlayLine::Wait | PlayLine::WaitUntil(_) | PlayLine::End => {}
        }
    }

    fn expectation(&mut self, expectation: &Expectation) {
        match expectation {
            Expectation::Value { value, with, .. } => {
                self.one(NameKind::Value, value);
                self.one_inside(NameKind::Word, &value.text, with);
            }
            Expectation::Came(name) | Expectation::NotCame(name) => {
                self.one(NameKind::Inject, name);
            }
            Expectation::Chosen { decision, option } => self.choice(decision, option),
            Expectation::Score { objective, .. } => self.one(NameKind::Objective, objective),
            Expectation::Phase(name) => self.one(NameKind::Phase, name),
            Expectation::Ending(name) => self.one(NameKind::Ending, name),
            Expectation::Total { .. } | Expectation::Time(_) => {}
        }
    }

    /// A decision and its option. The question of a consent is named after what it belongs to.
    fn choice(&mut self, decision: &WrittenName, option: &WrittenName) {
        let parts: Vec<(usize, &str)> = decision
            .text
            .split('.')
            .scan(decision.range.start, |at, part| {
                let start = *at;
                *at += part.len() + 1;
                Some((start, part))
            })
            .collect();
        let range = |(start, part): (usize, &str)| start..start + part.len();
        match parts.as_slice() {
            [of, name, (_, CONSENT)] => {
                self.add(range(*of), Symbol::new(NameKind::Inject, of.1));
                self.add(range(*name), Symbol::inside(NameKind::Option, of.1, name.1));
            }
            [of, (_, CONSENT)] => self.add(range(*of), Symbol::new(NameKind::Action, of.1)),
            _ => {
                self.one(NameKind::Inject, decision);
                self.one_inside(NameKind::Option, &decision.text, option);
            }
        }
    }

    fn one(&mut self, kind: NameKind, name: &WrittenName) {
        self.add(name.range.clone(), Symbol::new(kind, &name.text));
    }

    fn one_inside(&mut self, kind: NameKind, within: &str, name: &WrittenName) {
        self.add(name.range.clone(), Symbol::inside(kind, within, &name.text));
    }

    fn add(&mut self, range: Range<usize>, symbol: Symbol) {
        let range = bytes_of(self.written.within(&range));
        let candidate = Candidate::used(self.file, range, Vec::new(), symbol);
        self.found.push(candidate);
    }
}
