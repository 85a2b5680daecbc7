//! The author's own rules that some play breaks.

use super::goals::Goal;
use super::{Claim, Proof};
use crate::finding::Finding;
use crate::play::date;
use crate::program::Program;
use crate::program::rules::CompiledRule;
use crate::scenario::Demand;
use crate::search::broken::{RuleOutcome, look_for_breach, owed_since};
use crate::search::evidence::Witness;
use crate::search::sample::Breaks;
use crate::words;

pub(super) const NAME: &str = "broken-rule";

pub(super) fn run(proof: &Proof, claims: &mut Vec<Claim>) {
    let program = proof.program;
    for (index, rule) in program.rules.iter().enumerate() {
        let states_max = proof.budget.states_max;
        let (whole, tell) = (proof.facts.whole(), &mut |now| (proof.tell)(now));
        match look_for_breach(proof.solver, whole, *rule, states_max, tell) {
            RuleOutcome::Yes => {}
            RuleOutcome::Unknown if !whole || proof.stopped.get() => {}
            RuleOutcome::Unknown => {
                let id = &program.script.scenario.rules[index].id;
                let name = &id.value;
                let headline = format!("it is not known whether the rule `{name}` is kept");
                let hint = "Following its time needs more states than the budget allows: allow more with `--memory` or `--states-max`.";
                let finding = Finding::warning(super::not_proven::NAME, id.place, headline);
                claims.push(Claim::new(finding.hint(hint), name));
            }
            RuleOutcome::No(way) => {
                let shortest = way.as_ref().map(|way| {
                    let moves = words::count(way.legs.len() as i64, "move", "moves");
                    format!("The shortest play that breaks it has {moves}.")
                });
                claims.push(claim(program, index, shortest, way));
            }
        }
    }
}

/// A rule that random exercises broke.
pub(super) fn sample_claim(
    program: &Program,
    index: usize,
    plays: u64,
    breaks: &Breaks,
) -> Option<Claim> {
    let number = words::number(breaks.first? as i64);
    let figures = format!(
        "Of {} random exercises {} it; the first that does is number {number}.",
        words::number(plays as i64),
        words::count(breaks.plays as i64, "breaks", "break"),
    );
    Some(claim(program, index, Some(figures), breaks.way.clone()))
}

fn claim(program: &Program, index: usize, figures: Option<String>, way: Option<Witness>) -> Claim {
    let (rule, written) = (program.rules[index], &program.script.scenario.rules[index]);
    let place = match &written.demand {
        Demand::Always(source) | Demand::Never(source) | Demand::Eventually(source) => source.place,
        Demand::Within { within, .. } => within.place,
    };
    let name = &written.id.value;
    let mut finding = Finding::error(NAME, place, headline(name, rule));
    let because = written.because.iter().map(|it| it.value.clone());
    let times = way.as_ref().and_then(|way| times(program, rule, way));
    for hint in because.chain(figures).chain(times) {
        finding = finding.hint(hint);
    }
    let mut claim = Claim::new(finding, name);
    claim.reads = rule.codes().collect();
    claim.goal = way.map(Goal::Known);
    claim
}

/// When the time of a rule begins on a way that breaks it, and when it is over.
fn times(program: &Program, rule: CompiledRule, way: &Witness) -> Option<String> {
    let CompiledRule::Within { minutes, .. } = rule else {
        return None;
    };
    let since = owed_since(program, rule, way)?;
    Some(format!(
        "In that play its time begins at {} and is over after {}.",
        date(program, since),
        date(program, since + minutes)
    ))
}

fn headline(name: &str, rule: CompiledRule) -> String {
    match rule {
        CompiledRule::Always(_) => {
            format!("the rule `{name}` is broken: at times this does not hold")
        }
        CompiledRule::Never(_) => format!("the rule `{name}` is broken: at times this holds"),
        CompiledRule::Eventually(_) => {
            format!("the rule `{name}` is broken: on some ways this never holds")
        }
        CompiledRule::Within { minutes, .. } => format!(
            "the rule `{name}` is broken: it may take longer than {}",
            words::duration(minutes)
        ),
    }
}
