//! The names in a play.

use std::ops::Range;

use super::mentions::{NameAtCursor, used};
use super::names::Symbol;
use crate::finding::FileId;
use crate::play::{Expectation, PlacedLine, PlayLine, WrittenName, parse};
use crate::scenario::schema::NameKind;

/// How the name of a consent ends.
const CONSENT: &str = "consent";

/// The names of a play.
pub fn mentions(file: usize, text: &str) -> Vec<NameAtCursor> {
    let (play, _) = parse(text, FileId(0));
    let mut found = Vec::new();
    for written in &play.lines {
        let mut names = PlayNames {
            written,
            file,
            found: &mut found,
        };
        names.line();
    }
    found
}

struct PlayNames<'a> {
    written: &'a PlacedLine,
    file: usize,
    found: &'a mut Vec<NameAtCursor>,
}

impl PlayNames<'_> {
    fn line(&mut self) {
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
                self.inside(NameKind::Word, &value.text, with);
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

    /// A decision and its option; a consent is named by what it belongs to.
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
                self.inside(NameKind::Option, &decision.text, option);
            }
        }
    }

    fn one(&mut self, of: NameKind, name: &WrittenName) {
        self.add(name.range.clone(), Symbol::new(of, &name.text));
    }

    fn inside(&mut self, of: NameKind, within: &str, name: &WrittenName) {
        self.add(name.range.clone(), Symbol::inside(of, within, &name.text));
    }

    fn add(&mut self, range: Range<usize>, symbol: Symbol) {
        let place = self.written.within(&range);
        let range = place.start as usize..place.end as usize;
        self.found.push(used(self.file, range, Vec::new(), symbol));
    }
}
