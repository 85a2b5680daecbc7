//! Bounds of small scenarios, in which they are plain.

use std::ops::ControlFlow;

use super::IntervalSolver;
use crate::program::compile::tests::{compiled, written};
use crate::program::{Program, ProgramSetup};
use crate::search::walk::Walked;
use crate::search::{Budget, Solver, explore};

fn program(text: &str) -> Program {
    let (program, findings) = compiled(&written(text), &ProgramSetup::default());
    assert_eq!(findings, Vec::<String>::new(), "{text}");
    program.expect("a scenario without findings compiles")
}

/// A scenario of two phases: what stands in the first besides its end, and what stands at the top.
fn two_phases(first: &str, top: &str) -> Program {
    program(&format!(
        "
phases:
  one:
    title: One
    ends: [{{at: 1h, to: two}}]
{first}
  two: {{title: Two, ends: [{{at: 3h, to: endex}}]}}
{top}
"
    ))
}

/// What may still come, from each phase on: the least and the most.
fn left(program: &Program) -> Vec<(f64, f64)> {
    let left = IntervalSolver::new(program).left;
    left.iter().map(|it| (it.least, it.most)).collect()
}

#[test]
fn points_that_need_not_come_bound_one_side_only() {
    let cases = [
        // In the first phase, and in the second.
        (
            "    begins: [{score: {points: 3}, because: So.}]",
            [(0.0, 3.0), (0.0, 0.0)],
        ),
        (
            "    begins: [{score: {points: -3}, because: So.}]",
            [(-3.0, 0.0), (0.0, 0.0)],
        ),
        (
            "    injects: {news: {at: 5m, MSG, score: {points: -5}, because: So.}}",
            [(-5.0, 0.0), (0.0, 0.0)],
        ),
        (
            "    injects: {news: {at: 5m, repeats: 3, every: 5m, MSG, score: {points: 2}, because: So.}}",
            [(0.0, 6.0), (0.0, 0.0)],
        ),
        // What comes later may come in a later phase; both of two may come.
        (
            "    begins: [{after: 2h, score: {points: 4}, because: So.}, {after: 3h, score: {points: -1}, because: So.}]",
            [(-1.0, 4.0), (-1.0, 4.0)],
        ),
        // One outcome comes with what its block gives: 1 with 5 or with -3.
        (
            "    begins: [{score: {points: 1}, because: So., chance: c, outcomes: [{odds: 1, score: {points: 5}, because: So.}, {odds: 1, score: {points: -3}, because: So.}]}]",
            [(-2.0, 6.0), (0.0, 0.0)],
        ),
        // A condition may hold, and is not looked at.
        (
            "    begins: [{when: now() > 5, score: {points: 2}, because: So.}]",
            [(0.0, 2.0), (0.0, 0.0)],
        ),
    ];
    for (first, wanted) in cases {
        assert_eq!(left(&two_phases(first, "")), wanted, "{first}");
    }
}

#[test]
fn of_the_options_of_a_question_one_counts_each_time_it_is_asked() {
    let asked = |fields: &str, options: &str| {
        let first = format!(
            "    decisions: {{ask: {{at: 5m, {fields} ASK, within: 10m, default: a, options: {{{options}}}}}}}"
        );
        left(&two_phases(&first, ""))
    };
    let options = "a: {label: A, score: {points: -1}, because: So.}, b: {label: B, score: {points: 4}, because: So.}";
    assert_eq!(asked("", options), [(-1.0, 4.0), (0.0, 0.0)]);
    assert_eq!(
        asked("repeats: 2, every: 20m,", options),
        [(-2.0, 8.0), (0.0, 0.0)]
    );
    // What an option leads to may come when its phase is over.
    let later = "{score: {points: 2}, because: So.}";
    let takes = format!("a: {{label: A, takes: 2h, then: [{later}]}}");
    assert_eq!(asked("", &takes), [(0.0, 2.0), (0.0, 2.0)]);
    assert_eq!(
        asked("", &format!("{takes}, b: {{label: B}}")),
        [(0.0, 2.0), (0.0, 2.0)]
    );
    let after = format!("a: {{label: A, then: [{{after: 2h, {}]}}", &later[1..]);
    assert_eq!(asked("", &after), [(0.0, 2.0), (0.0, 2.0)]);
    let at_once = format!("a: {{label: A, then: [{later}]}}");
    assert_eq!(asked("", &at_once), [(0.0, 2.0), (0.0, 0.0)]);
    // Refused, and then another option; or agreed to.
    let consent = "a: {label: A}, b: {label: B, consent: {of: exec, question: Well?, within: 1h, default: agree, refused: [{score: {points: -3}, because: So.}]}, score: {points: 5}, because: So.}";
    assert_eq!(asked("", consent), [(-3.0, 5.0), (0.0, 0.0)]);
    let later = consent.replace("refused: [{", "refused: [{after: 2h, ");
    assert_eq!(asked("", &later), [(-3.0, 5.0), (-3.0, 0.0)]);
    // A reward for being refused does not need the penalty of being agreed to.
    let reward = consent.replace("-3", "3").replace("5}", "-5}");
    assert_eq!(asked("", &reward), [(-5.0, 3.0), (0.0, 0.0)]);
}

#[test]
fn actions_count_up_to_the_last_phase_in_which_they_stand_and_the_end_to_the_last() {
    let act = |fields: &str| {
        let top = format!(
            "actions: {{act: {{label: Act, {fields} score: {{points: 3}}, because: So.}}}}"
        );
        left(&two_phases("", &top))
    };
    assert_eq!(act(""), [(0.0, 3.0), (0.0, 3.0)]);
    assert_eq!(act("in: [one], repeats: 2,"), [(0.0, 6.0), (0.0, 0.0)]);
    assert_eq!(act("in: [two],"), [(0.0, 3.0), (0.0, 3.0)]);
    let refused = "consent: {of: exec, question: Well?, within: 1h, default: agree, refused: [{score: {points: 1}, because: So.}]}, repeats: 2,";
    assert_eq!(act(refused), [(0.0, 7.0), (0.0, 7.0)]);
    let endex = "endex: [{score: {points: -2}, because: So.}]";
    assert_eq!(left(&two_phases("", endex)), [(-2.0, 0.0), (-2.0, 0.0)]);
}

/// Luck at STARTEX, then a question; what follows it is beyond a budget of one state.
const CHOICE: &str = "
actions: {act: {label: Act, score: {points: -7}, because: So.}}
phases:
  one:
    title: One
    begins: [{chance: c, outcomes: [{odds: 1, score: {points: 4}, because: So.}, {odds: 3, because: So.}]}]
    decisions:
      ask: {at: 0m, ASK, within: 10m, default: a, options: {a: {label: A}, b: {label: B, score: {points: 2}, because: So.}}}
    ends: [{at: 1h, to: endex}]
";

#[test]
fn beyond_the_budget_best_play_is_sure_of_what_its_surest_move_gives() {
    let program = program(CHOICE);
    let within = |states_max| {
        let budget = Budget {
            threads: 1,
            states_max,
        };
        let walk = Walked::new(&program, IntervalSolver::new(&program));
        let found = walk.whole(budget, &mut |_| ControlFlow::Continue(()));
        let found = found.value.expect("bounds need no more than one state");
        (found.least, found.most)
    };
    // After STARTEX, luck is 1, and anything from -7 to 6 may come. B is 2 for sure, with -7 to 6 to come.
    assert_eq!(within(0), (1.0 + 2.0 - 7.0, 1.0 + 2.0 + 6.0));
    // With everything seen, both are what best play comes to.
    assert_eq!(within(1_000), (3.0, 3.0));
    let mut solver = Solver::new(&program, None);
    let found = explore(&mut solver, Budget::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert_eq!(found.worth.map(|it| it.best), Some(3.0));
    assert_eq!(found.bounds, None);
}
