//! What is said of a rule, also where the search for a way that breaks it must stop early.

use std::ops::ControlFlow;

use super::{RuleOutcome, look_for_breach, owed_since};
use crate::program::compile::tests::{compiled, written};
use crate::program::{Program, ProgramSetup};
use crate::search::{Budget, Solver, explore};

/// Somebody may ring nine times; after half an hour it is late, whatever happens.
fn bell(rule: &str) -> Program {
    let text = format!(
        "
values: {{rings: {{min: 0, max: 9, initial: 0}}, late: false}}
actions: {{ring: {{label: Ring, repeats: 9, do: [rings += 1]}}}}
phases:
  one:
    title: One
    injects: {{bell: {{at: 30m, MSG, do: [late = true]}}}}
    ends: [{{at: 1h, to: endex}}]
rules: {{it: {{{rule}}}}}
"
    );
    let (program, findings) = compiled(&written(&text), &ProgramSetup::default());
    program.unwrap_or_else(|| panic!("{findings:?}"))
}

fn outcome(program: &Program, states_max: usize) -> RuleOutcome {
    let mut solver = Solver::new(program, None);
    let budget = Budget {
        threads: 1,
        ..Budget::default()
    };
    let go_on = &mut |_| ControlFlow::Continue(());
    explore(&mut solver, budget, go_on);
    look_for_breach(&solver, true, program.rules[0], states_max, go_on)
}

#[test]
fn a_rule_that_a_state_breaks_is_broken_though_no_way_to_it_is_found() {
    let program = bell("never: rings > 5");
    assert_eq!(outcome(&program, 1), RuleOutcome::No(None));
    let RuleOutcome::No(Some(way)) = outcome(&program, 100_000) else {
        panic!("six rings break it");
    };
    assert_eq!(way.legs.len(), 6);
    // Such a rule gives nobody time.
    assert_eq!(owed_since(&program, program.rules[0], &way), None);
}

#[test]
fn a_rule_whose_search_stops_early_is_not_said_to_be_kept() {
    let program = bell("eventually: late");
    assert_eq!(outcome(&program, 1), RuleOutcome::Unknown);
    assert_eq!(outcome(&program, 100_000), RuleOutcome::Yes);
}
