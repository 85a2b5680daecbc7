//! Rules of the author's that a play breaks.

use super::goals::Goal;
use super::{Claim, Proof};
use crate::finding::Finding;
use crate::program::rules::Rule;
use crate::scenario::Demand;
use crate::search::broken::{Kept, kept};
use crate::words;

pub(super) const NAME: &str = "broken-rule";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let program = proof.program;
    let written = &program.script.scenario.rules;
    for (rule, written) in program.rules.iter().zip(written) {
        let states_max = proof.budget.states_max;
        let name = &written.id.value;
        match kept(proof.solver, proof.facts.whole(), *rule, states_max) {
            Kept::Yes => {}
            Kept::Unknown if !proof.facts.whole() => {}
            Kept::Unknown => {
                let headline = format!("whether the rule `{name}` is kept could not be found out");
                let hint = "To follow its time, more states are needed than the budget allows: give more with `--states-max`.";
                let finding = Finding::warning(super::not_proven::NAME, written.id.place, headline);
                claims.push(Claim::new(finding.hint(hint), name));
            }
            Kept::No(way) => {
                let place = match &written.demand {
                    Demand::Always(source) | Demand::Never(source) | Demand::Eventually(source) => {
                        source.place
                    }
                    Demand::Within { within, .. } => within.place,
                };
                let mut finding = Finding::error(NAME, place, headline(name, *rule));
                if let Some(because) = &written.because {
                    finding = finding.hint(because.value.clone());
                }
                if let Some(way) = &way {
                    let moves = words::count(way.legs.len() as i64, "move", "moves");
                    finding =
                        finding.hint(format!("The shortest play that breaks it has {moves}."));
                }
                let mut claim = Claim::new(finding, name);
                claim.reads = rule.codes().collect();
                claim.goal = way.map(Goal::Known);
                claims.push(claim);
            }
        }
    }
}

fn headline(name: &str, rule: Rule) -> String {
    match rule {
        Rule::Always(_) => format!("the rule `{name}` is broken: at times this does not hold"),
        Rule::Never(_) => format!("the rule `{name}` is broken: at times this holds"),
        Rule::Eventually(_) => {
            format!("the rule `{name}` is broken: on some ways this never comes to hold")
        }
        Rule::Within { minutes, .. } => format!(
            "the rule `{name}` is broken: it may take longer than {}",
            words::duration(minutes)
        ),
    }
}
