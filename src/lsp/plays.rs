//! The names in a play.

use std::ops::Range;

use super::mentions::{Found, used};
use super::names::Symbol;
use crate::finding::FileId;
use crate::play::{Expectation, Line, Name, Written, parse};
use crate::scenario::schema::Of;

/// How the name of a consent ends.
const CONSENT: &str = "consent";

/// The names of a play.
pub fn mentions(file: usize, text: &str) -> Vec<Found> {
    let (play, _) = parse(text, FileId(0));
    let mut found = Vec::new();
    for written in &play.lines {
        let mut names = Names {
            written,
            file,
            found: &mut found,
        };
        names.line();
    }
    found
}

struct Names<'a> {
    written: &'a Written,
    file: usize,
    found: &'a mut Vec<Found>,
}

impl Names<'_> {
    fn line(&mut self) {
        let written = self.written;
        match &written.line {
            Line::Variant(name) => self.one(Of::Variant, name),
            Line::Cut(name) => self.one(Of::Cut, name),
            Line::Choose { decision, option } => self.choice(decision, option),
            Line::Take(name) => self.one(Of::Action, name),
            Line::WaitFor(name) => self.one(Of::Inject, name),
            Line::Roll { chance, .. } => self.one(Of::Chance, chance),
            Line::Expect(expectation) => self.expectation(expectation),
            Line::Seed(_) | Line::Wait | Line::WaitUntil(_) | Line::End => {}
        }
    }

    fn expectation(&mut self, expectation: &Expectation) {
        match expectation {
            Expectation::Value { value, with, .. } => {
                self.one(Of::Value, value);
                self.inside(Of::Word, &value.text, with);
            }
            Expectation::Came(name) | Expectation::NotCame(name) => self.one(Of::Inject, name),
            Expectation::Chosen { decision, option } => self.choice(decision, option),
            Expectation::Score { objective, .. } => self.one(Of::Objective, objective),
            Expectation::Phase(name) => self.one(Of::Phase, name),
            Expectation::Ending(name) => self.one(Of::Ending, name),
            Expectation::Total { .. } | Expectation::Time(_) => {}
        }
    }

    /// A decision and its option; a consent is named by what it belongs to.
    fn choice(&mut self, decision: &Name, option: &Name) {
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
                self.add(range(*of), Symbol::new(Of::Inject, of.1));
                self.add(range(*name), Symbol::inside(Of::Option, of.1, name.1));
            }
            [of, (_, CONSENT)] => self.add(range(*of), Symbol::new(Of::Action, of.1)),
            _ => {
                self.one(Of::Inject, decision);
                self.inside(Of::Option, &decision.text, option);
            }
        }
    }

    fn one(&mut self, of: Of, name: &Name) {
        self.add(name.range.clone(), Symbol::new(of, &name.text));
    }

    fn inside(&mut self, of: Of, within: &str, name: &Name) {
        self.add(name.range.clone(), Symbol::inside(of, within, &name.text));
    }

    fn add(&mut self, range: Range<usize>, symbol: Symbol) {
        let place = self.written.within(&range);
        let range = place.start as usize..place.end as usize;
        self.found.push(used(self.file, range, Vec::new(), symbol));
    }
}
