//! What must hold, however it is played.

use crate::program::compile::Compiler;
use crate::program::rules::CompiledRule;
use crate::scenario::{Demand, Placed};

impl Compiler<'_> {
    /// Compiles the rules. What they read is remembered in every phase, like what any expression reads.
    pub fn compile_rules(&mut self) -> Vec<CompiledRule> {
        let rules = self.scenario.rules.iter();
        rules.filter_map(|rule| self.rule(&rule.demand)).collect()
    }

    fn rule(&mut self, demand: &Demand) -> Option<CompiledRule> {
        let mut code = |source: &Placed<String>| self.condition(source);
        Some(match demand {
            Demand::Always(source) => CompiledRule::Always(code(source)?),
            Demand::Never(source) => CompiledRule::Never(code(source)?),
            Demand::Eventually(source) => CompiledRule::Eventually(code(source)?),
            Demand::Within {
                within,
                after,
                holds,
            } => {
                let (after, holds) = (code(after), code(holds));
                CompiledRule::Within {
                    minutes: within.value.max(1),
                    after: after?,
                    holds: holds?,
                }
            }
        })
    }
}
