//! What must hold, however it is played.

use crate::program::compile::Compiler;
use crate::program::rules::Rule;
use crate::scenario::{Demand, Placed};

impl Compiler<'_> {
    /// Compiles the rules. What they read is remembered in every phase, as with any other expression.
    pub fn compile_rules(&mut self) -> Vec<Rule> {
        let rules = self.scenario.rules.iter();
        rules.filter_map(|rule| self.rule(&rule.demand)).collect()
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
