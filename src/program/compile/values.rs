//! Values: their slots, their growth, and their content at the start.

use crate::finding::Finding;
use crate::program::compile::limits::WORDS_MAX;
use crate::program::compile::names::{unknown, unreadable};
use crate::program::compile::{Compiler, ProgramSetup};
use crate::program::ids::{PhaseId, ValueId};
use crate::program::layout::TIME_MARK;
use crate::program::script::ValueScript;
use crate::program::{Growing, Rate, Value};
use crate::scenario::{self, Growth, Minutes, Placed, ValueKind};

/// The most fractions that a growing value may count: far below 64 bits.
const FRACTIONS_MAX: i64 = 1 << 53;

/// Where and how play starts.
#[derive(Debug)]
pub struct StartPoint {
    pub first: PhaseId,
    pub last: PhaseId,
    pub at: Minutes,
    pub cut: Option<usize>,
    /// What each value holds, in wholes.
    pub initial: Vec<i64>,
}

impl Compiler<'_> {
    /// Gives every value its slot.
    pub fn declare_values(&mut self) {
        for (index, value) in self.scenario.values.iter().enumerate() {
            let (min, max) = match &value.kind {
                ValueKind::Truth { .. } => (0, 1),
                ValueKind::Number {
                    min, max, initial, ..
                } => {
                    // Reading has reported bounds in the wrong order.
                    (min.value, max.value.max(min.value).max(initial.value))
                }
                ValueKind::Word { words, initial } => {
                    self.check_words(words, initial);
                    (0, words.len().saturating_sub(1) as i64)
                }
            };
            let per = self.fractions(index, min, max);
            let slot = self
                .layout
                .slot(min.saturating_mul(per), max.saturating_mul(per));
            self.values.push(Value {
                slot,
                per,
                min,
                max,
                saturates: value.saturates,
            });
        }
    }

    fn check_words(&mut self, words: &[Placed<String>], initial: &Placed<String>) {
        // The end of a list that is too long is reported once, below, and not searched.
        for (index, word) in words.iter().take(WORDS_MAX).enumerate() {
            self.findings.extend(unreadable(word, false));
            if let Some(first) = words[..index]
                .iter()
                .find(|first| first.value == word.value)
            {
                let finding = Finding::error(
                    "defined-twice",
                    word.place,
                    format!("the word `{}` is listed twice", word.value),
                );
                self.findings
                    .push(finding.related(first.place, "first listed here"));
            }
        }
        if words.len() > WORDS_MAX {
            let headline = format!(
                "a list holds at most {WORDS_MAX} words; this one has {}",
                words.len()
            );
            self.error("limit-exceeded", words[WORDS_MAX].place, headline);
        }
        let known = words.iter().any(|word| word.value == initial.value);
        if !known && !self.names.lost(&initial.value) {
            let names = words.iter().map(|word| word.value.as_str());
            self.findings
                .push(unknown("word", &initial.value, initial.place, names));
        }
    }

    /// How many fractions of a value make a whole: the least common multiple of its periods of growth.
    fn fractions(&mut self, index: usize, min: i64, max: i64) -> i64 {
        let value = &self.scenario.values[index];
        let mut per: i64 = 1;
        if self.names.lost(&value.id.value) {
            return 1;
        }
        for growth in &value.grows {
            if !matches!(value.kind, ValueKind::Number { .. }) {
                let headline = format!("`{}` is not a number: it cannot grow", value.id.value);
                self.error("wrong-type", growth.add.place, headline);
                return 1;
            }
            let every = growth.every.value.max(1);
            per = (per / gcd(per, every)).saturating_mul(every);
        }
        let largest = min.saturating_abs().max(max.saturating_abs());
        if largest.saturating_mul(per) > FRACTIONS_MAX {
            let place = value
                .grows
                .first()
                .map_or(value.id.place, |growth| growth.every.place);
            let headline = format!(
                "the periods of `{}` have too little in common for its bounds",
                value.id.value
            );
            self.error("limit-exceeded", place, headline)
                .hints
                .push("Use periods that divide one another, or narrower bounds.".into());
            return 1;
        }
        per
    }

    pub fn compile_growth(&mut self) -> Vec<Growing> {
        let scenario = self.scenario;
        let mut growing = Vec::new();
        for (index, value) in scenario.values.iter().enumerate() {
            let per = self.values[index].per;
            let rates: Vec<Rate> = value
                .grows
                .iter()
                .filter_map(|growth| self.rate(growth, per))
                .collect();
            if !rates.is_empty() {
                let reads = rates.iter().fold(0, |reads, rate| {
                    let when = rate.when.map_or(0, |when| self.operations.reads(when));
                    reads | when | self.operations.reads(rate.add)
                });
                growing.push(Growing {
                    value: ValueId::at(index),
                    rates,
                    // A rate that reads nothing is computed once, when everything is new.
                    reads: reads | TIME_MARK,
                });
            }
        }
        growing
    }

    fn rate(&mut self, growth: &Growth, per: i64) -> Option<Rate> {
        let add = self.number(&growth.add);
        let when = match &growth.when {
            None => None,
            Some(when) => {
                let typed = self.typed_condition(when)?;
                self.refuse_moving(typed.moves, when);
                Some(typed.code)
            }
        };
        let add = add?;
        self.refuse_moving(add.moves, &growth.add);
        Some(Rate {
            when,
            add: add.code,
            share: per / growth.every.value.max(1),
        })
    }

    fn refuse_moving(&mut self, moves: bool, source: &Placed<String>) {
        if moves {
            self.error("rate-reads-time", source.place, "a rate of growth may not read a growing value or the clock").hints.push("Otherwise the result would depend on how a wait is cut. Let an inject change a value that the rate reads.".into());
        }
    }

    /// Where play starts for a variant and a cut.
    pub fn start_point(&mut self, setup: &ProgramSetup) -> Option<StartPoint> {
        let scenario = self.scenario;
        let mut initial: Vec<i64> = (0..scenario.values.len())
            .map(|index| self.written_initial(index))
            .collect();
        if let Some(name) = &setup.variant {
            let Some(variant) = scenario
                .variants
                .iter()
                .find(|variant| variant.id.value == *name)
            else {
                let names = scenario
                    .variants
                    .iter()
                    .map(|variant| variant.id.value.as_str());
                self.findings
                    .push(unknown("variant", name, scenario.id.place, names));
                return None;
            };
            self.override_initial(&mut initial, &variant.initial);
        }
        let phases = scenario.phases.len();
        let Some(name) = &setup.cut else {
            let (first, last) = (PhaseId::at(0), PhaseId::at(phases.checked_sub(1)?));
            return Some(StartPoint {
                first,
                last,
                at: 0,
                cut: None,
                initial,
            });
        };
        let Some(number) = scenario.cuts.iter().position(|cut| cut.id.value == *name) else {
            let names = scenario.cuts.iter().map(|cut| cut.id.value.as_str());
            self.findings
                .push(unknown("cut", name, scenario.id.place, names));
            return None;
        };
        let cut = &scenario.cuts[number];
        self.override_initial(&mut initial, &cut.initial);
        let (first, last, at) = self.cut_span(cut)?;
        Some(StartPoint {
            first,
            last,
            at,
            cut: Some(number),
            initial,
        })
    }

    /// The first and the last phase of a cut, and when it starts.
    pub fn cut_span(&mut self, cut: &scenario::Cut) -> Option<(PhaseId, PhaseId, Minutes)> {
        let first = self.names.phase(&cut.from, &mut self.findings);
        let last = self.names.phase(&cut.to, &mut self.findings);
        let at = self.minute(&cut.at);
        let (first, last) = (first?, last?);
        if last < first {
            self.error(
                "wrong-order",
                cut.to.place,
                "this phase comes before the first one of the cut",
            );
        }
        Some((first, last, at))
    }

    fn written_initial(&self, index: usize) -> i64 {
        match &self.scenario.values[index].kind {
            ValueKind::Truth { initial } => i64::from(initial.value),
            ValueKind::Number { initial, .. } => initial.value,
            ValueKind::Word { words, initial } => words
                .iter()
                .position(|word| word.value == initial.value)
                .unwrap_or(0) as i64,
        }
    }

    pub fn override_initial(
        &mut self,
        initial: &mut [i64],
        written: &[(Placed<String>, Placed<String>)],
    ) {
        for (name, text) in written {
            let Some(id) = self.names.value(name, &mut self.findings) else {
                continue;
            };
            if let Some(number) = self.literal(id, text) {
                initial[id.index()] = number;
            }
        }
    }

    /// The content of a value, as it is written outside an expression.
    fn literal(&mut self, id: ValueId, text: &Placed<String>) -> Option<i64> {
        let value = &self.scenario.values[id.index()];
        if text.value.is_empty() || self.names.lost(&value.id.value) {
            return None;
        }
        match &value.kind {
            ValueKind::Truth { .. } => match text.value.as_str() {
                "true" => return Some(1),
                "false" => return Some(0),
                _ => {
                    self.error(
                        "wrong-type",
                        text.place,
                        format!("`{}` is true or false", value.id.value),
                    );
                }
            },
            ValueKind::Number { min, max, .. } => match text.value.parse() {
                Ok(number) if (min.value..=max.value).contains(&number) => return Some(number),
                _ => {
                    let headline = format!(
                        "`{}` is a number from {} to {}",
                        value.id.value, min.value, max.value
                    );
                    self.error("outside-bounds", text.place, headline);
                }
            },
            ValueKind::Word { words, .. } => {
                let position = words.iter().position(|word| word.value == text.value);
                if let Some(position) = position {
                    return Some(position as i64);
                }
                let names = words.iter().map(|word| word.value.as_str());
                self.findings
                    .push(unknown("word", &text.value, text.place, names));
            }
        }
        None
    }

    pub fn value_scripts(&self) -> Vec<ValueScript> {
        let script = |value: &scenario::Value| ValueScript {
            id: value.id.value.clone(),
            title: value.title.as_ref().map_or_else(
                || value.id.value.replace('_', " "),
                |title| title.value.clone(),
            ),
            unit: match &value.kind {
                ValueKind::Number {
                    unit: Some(unit), ..
                } => unit.value.clone(),
                _ => String::new(),
            },
            words: match &value.kind {
                ValueKind::Truth { .. } => vec!["false".into(), "true".into()],
                ValueKind::Number { .. } => Vec::new(),
                ValueKind::Word { words, .. } => {
                    words.iter().map(|word| word.value.clone()).collect()
                }
            },
            hidden: value.hidden,
        };
        self.scenario.values.iter().map(script).collect()
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
