//! What must hold, however it is played.

use crate::program::compile::Compiler;
use crate::program::rules::Rule;
use crate::scenario::{Demand, Placed};

impl Compiler<'_> {
    /// Compiles the rules. What they read is remembered in every phase, as with any other expression.
    pub fn compile_rules(&mut self) -> Vec<Rule> {
        let scenario = self.scenario;
        let mut rules = Vec::new();
        for (index, rule) in scenario.rules.iter().enumerate() {
            let is_same = |other: &&crate::scenario::Rule| other.id.value == rule.id.value;
            if let Some(first) = scenario.rules[..index].iter().find(is_same) {
                let headline = format!("rule `{}` is defined twice", rule.id.value);
                let finding = self.error("defined-twice", rule.id.place, headline);
                finding.related = Some((first.id.place, "first defined here".into()));
            }
            rules.extend(self.rule(&rule.demand));
        }
        rules
    }

    fn rule(&mut self, demand: &Demand) -> Option<Rule> {
        let mut code = |source: &Placed<String>| self.condition(source);
        Some(match demand {
            Demand::Always(source) => Rule::Always(code(source)?),
            Demand::Never(source) => Rule::Never(code(source)?),
            Demand::Eventually(source) => Rule::Eventually(code(source)?),
            Demand::Within {
                within,
                after,
                holds,
            } => {
                let (after, holds) = (code(after), code(holds));
                Rule::Within {
                    minutes: within.value.max(1),
                    after: after?,
                    holds: holds?,
                }
            }
        })
    }
}
