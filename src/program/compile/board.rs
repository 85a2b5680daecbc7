//! The situation board.

use crate::program::compile::Compiler;
use crate::program::compile::expressions::Type;
use crate::program::compile::names::{Happening, unknown};
use crate::program::script::{IndicatorScript, IndicatorSource};
use crate::scenario::{Indicator, IndicatorForm, Placed};

impl Compiler<'_> {
    pub fn compile_board(&mut self) -> Vec<IndicatorScript> {
        let scenario = self.scenario;
        scenario
            .board
            .iter()
            .filter_map(|indicator| self.indicator(indicator))
            .collect()
    }

    fn indicator(&mut self, indicator: &Indicator) -> Option<IndicatorScript> {
        let name = &indicator.of;
        let (shows, title) = if indicator.form == IndicatorForm::Clock {
            (self.clock(name)?, name.value.replace('_', " "))
        } else {
            let id = self.names.value(name, &mut self.findings)?;
            let value = &self.scenario.values[id.index()];
            if value.hidden {
                self.error(
                    "hidden-on-board",
                    name.place,
                    format!("`{}` is hidden", name.value),
                )
                .hints
                .push("Take it off the board, or leave out `hidden`.".into());
            }
            let is_number = matches!(self.type_of_value(id), Type::Number(_));
            if self.names.lost(&name.value) {
                return None;
            }
            if is_number == (indicator.form == IndicatorForm::Lamp) {
                let headline = if is_number {
                    "a lamp shows a truth or a word"
                } else {
                    "this shows a number"
                };
                self.error("wrong-type", name.place, headline);
            }
            let title = value
                .title
                .as_ref()
                .map_or_else(|| name.value.replace('_', " "), |title| title.value.clone());
            (IndicatorSource::Value(id), title)
        };
        Some(IndicatorScript {
            form: indicator.form,
            shows,
            title: indicator
                .title
                .as_ref()
                .map_or(title, |title| title.value.clone()),
            good: self.positions(shows, &indicator.good),
            bad: self.positions(shows, &indicator.bad),
            phases: self.phase_set(&indicator.phases),
            to: self.roles(&indicator.to),
        })
    }

    fn clock(&mut self, name: &Placed<String>) -> Option<IndicatorSource> {
        match self.names.happening(&name.value) {
            Some(Happening::Inject(id)) => Some(IndicatorSource::SinceInject(id)),
            Some(Happening::Decision(id)) => Some(IndicatorSource::SinceDecision(id)),
            Some(Happening::Action(id)) => Some(IndicatorSource::SinceAction(id)),
            None if self.names.lost(&name.value) => None,
            None => {
                let finding = self.names.unknown_happening(&name.value, name.place);
                self.findings.push(finding);
                None
            }
        }
    }

    /// The positions of some words among those that a lamp may show.
    fn positions(&mut self, shows: IndicatorSource, words: &[Placed<String>]) -> Vec<i64> {
        let IndicatorSource::Value(id) = shows else {
            return Vec::new();
        };
        let list = match self.type_of_value(id) {
            Type::Truth => vec!["false", "true"],
            Type::Word(list) => self.words(list),
            Type::Number(_) => return Vec::new(),
        };
        let list: Vec<String> = list.into_iter().map(str::to_owned).collect();
        let mut positions = Vec::new();
        for word in words {
            if let Some(position) = list.iter().position(|known| *known == word.value) {
                positions.push(position as i64);
            } else if !self.names.lost(&word.value) {
                let known = list.iter().map(String::as_str);
                let finding = unknown("word", &word.value, word.place, known);
                self.findings.push(finding);
            }
        }
        positions
    }
}
