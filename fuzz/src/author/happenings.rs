//! Injects, decisions, options and blocks.

use std::fmt::Write as _;

use super::{Author, DURATIONS, PERIODS, ROLES, WORDS};

const MESSAGE: &str = ", by: Somebody, via: note, title: News, text: News.";

impl Author<'_, '_> {
    pub fn inject(&mut self, phase: usize, inject: usize) {
        let _ = write!(self.text, "      i{phase}_{inject}: {{");
        self.trigger(inject == 0);
        if !self.choices.once_in(4) {
            self.text.push_str(MESSAGE);
            self.receivers();
        }
        self.happens(phase, Some(inject), 2);
        if let Some(options) = self.names.phases[phase][inject] {
            self.text.push_str(", asks: {");
            self.question(phase, Some(inject), options);
            self.text.push('}');
        }
        self.line("}");
    }

    /// When something comes. The first of a phase comes by itself.
    pub fn trigger(&mut self, by_itself: bool) {
        match self.choices.below(if by_itself { 4 } else { 5 }) {
            0 => {
                let at = self.moment();
                let _ = write!(self.text, "at: {at}");
            }
            1 => {
                let (at, when) = (self.moment(), self.truth_in_time(3));
                let _ = write!(self.text, "at: {at}, when: '{when}'");
            }
            2 | 3 => {
                let when = self.watched(3);
                let _ = write!(self.text, "when: '{when}'");
            }
            _ => {
                // Something, so that a comma may follow.
                self.text.push_str("maps: [It]");
                return;
            }
        }
        if self.choices.once_in(2) {
            let (repeats, every) = (2 + self.choices.below(5), self.choices.one(&PERIODS));
            let _ = write!(self.text, ", repeats: {repeats}, every: {every}");
        }
    }

    pub fn question(&mut self, phase: usize, inject: Option<usize>, options: usize) {
        self.text.push_str("question: What now?");
        if inject.is_none() || self.choices.once_in(4) {
            self.receivers();
        }
        if !self.choices.once_in(3) {
            let within = if self.choices.once_in(3) {
                self.date()
            } else {
                self.choices.one(&PERIODS).to_owned()
            };
            let _ = write!(self.text, ", within: {within}");
        }
        self.text.push_str(", default: o0, options: {");
        for option in 0..options {
            let _ = write!(self.text, "o{option}: {{label: Option");
            self.course(phase, Some(inject.unwrap_or(usize::MAX)), option == 0);
            self.text.push_str("},");
        }
        self.text.push('}');
    }

    /// What follows the label of an option or an action.
    pub fn course(&mut self, phase: usize, inject: Option<usize>, is_default: bool) {
        let free = self.names.numbers.iter().position(|it| !it.grows);
        if self.choices.once_in(2) {
            let takes = self.choices.one(&PERIODS);
            let _ = write!(self.text, ", takes: {takes}");
            if let Some(value) = free.filter(|_| !is_default && self.choices.once_in(2)) {
                let held = 1 + self.choices.below(3);
                let _ = write!(self.text, ", uses: {{n{value}: {held}}}");
            }
        }
        if !is_default && self.choices.once_in(3) {
            let needs = self.truth_in_time(2);
            let _ = write!(self.text, ", needs: '{needs}'");
        }
        if !is_default && self.choices.once_in(3) {
            let (of, within) = (self.choices.one(&ROLES), self.choices.one(&PERIODS));
            let default = self.choices.one(&["refuse", "agree"]);
            let _ = write!(
                self.text,
                ", consent: {{of: {of}, question: May we?, within: {within}, default: {default}"
            );
            if self.choices.once_in(2) {
                self.text.push_str(", refused: ");
                self.blocks(phase, inject);
            }
            self.text.push('}');
        }
        if self.choices.once_in(3) {
            self.text.push_str(", feedback: It is done.");
        }
        self.happens(phase, inject, 1);
        if self.choices.once_in(2) {
            self.text.push_str(", then: ");
            self.blocks(phase, inject);
        }
    }

    pub fn blocks(&mut self, phase: usize, inject: Option<usize>) {
        self.text.push('[');
        for _ in 0..=self.choices.below(2) {
            let when = self.truth_in_time(2);
            let _ = write!(self.text, "{{when: '{when}'");
            if self.choices.once_in(2) {
                let after = self.choices.one(&DURATIONS);
                let _ = write!(self.text, ", after: {after}");
            }
            if self.choices.once_in(2) {
                self.text.push_str(", text: Something is so.");
            }
            self.happens(phase, inject, 2);
            self.text.push_str("},");
        }
        self.text.push(']');
    }

    /// The fields that any block has: effects, points, injects, luck. An inject brings only what stands behind it, so
    /// that there are no rings.
    fn happens(&mut self, phase: usize, inject: Option<usize>, depth: usize) {
        if !self.choices.once_in(3) {
            self.text.push_str(", do: [");
            for _ in 0..=self.choices.below(2) {
                let effect = self.effect();
                let _ = write!(self.text, "'{effect}',");
            }
            self.text.push(']');
        }
        if self.choices.once_in(3) {
            let points = self.choices.one(&["1", "-3", "8", "0"]);
            let _ = write!(
                self.text,
                ", score: {{points: {points}}}, because: It is so."
            );
        }
        let first = match inject {
            Some(usize::MAX) => self.names.phases[phase].len(),
            Some(inject) => inject + 1,
            None => 0,
        };
        let behind = self.names.phases[phase].len().saturating_sub(first);
        if behind > 0 && self.choices.once_in(3) {
            let brought = first + self.choices.below(behind);
            let _ = write!(self.text, ", inject: i{phase}_{brought}");
        }
        if depth > 0 && !self.spent() && self.choices.once_in(4) {
            // The odds follow from the name, so that a name may stand in several places.
            let outcomes = 1 + self.choices.below(3);
            let _ = write!(self.text, ", chance: c{outcomes}, outcomes: [");
            for outcome in 0..outcomes {
                let _ = write!(self.text, "{{odds: {}", 1 + 3 * outcome);
                self.happens(phase, inject, depth - 1);
                self.text.push_str("},");
            }
            self.text.push(']');
        }
    }

    fn effect(&mut self) -> String {
        match self.choices.below(4) {
            0 => {
                let truth = self.choices.below(self.names.truths);
                format!("t{truth} = {}", self.truth_in_time(2))
            }
            1 => {
                let value = self.choices.below(self.names.words.len());
                let word = self.choices.one(WORDS[self.names.words[value]]);
                format!("w{value} = {word}")
            }
            _ => {
                let value = self.choices.below(self.names.numbers.len());
                let by = self.number_in_time(2);
                if self.choices.once_in(2) {
                    let assign = self.choices.one(&["+=", "-="]);
                    return format!("n{value} {assign} {by}");
                }
                // What can never fit is refused; what may just not fit is wanted.
                let truth = self.choices.below(self.names.truths);
                let within = self.names.numbers[value].min;
                format!("n{value} = t{truth} ? {by} : {within}")
            }
        }
    }
}
