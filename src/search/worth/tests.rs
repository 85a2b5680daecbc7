//! Verdicts of small scenarios, in which they are plain.

use std::ops::ControlFlow;

use super::{CourseVerdict, DecisionVerdict, MoveWorth, Verdicts, Worth, is_same};
use crate::engine::Move;
use crate::program::ProgramSetup;
use crate::program::compile::tests::{compiled, written};
use crate::search::table::AsWords;
use crate::search::{Budget, Solver, explore};

#[test]
fn a_worth_is_kept_as_words() {
    for exits in [false, true] {
        let worth = Worth {
            best: 1.5,
            worst: -2.25,
            random: 0.1,
            moves: (3, u16::MAX),
            endex: (70_000, u32::MAX),
            exits,
        };
        assert_eq!(Worth::from_words(worth.to_words()), worth);
    }
}

fn verdicts(text: &str) -> Verdicts {
    let (program, findings) = compiled(&written(text), &ProgramSetup::default());
    assert_eq!(findings, Vec::<String>::new(), "{text}");
    let program = program.expect("a scenario without findings compiles");
    let mut solver = Solver::new(&program, None);
    let budget = Budget {
        threads: 1,
        ..Budget::default()
    };
    explore(&mut solver, budget, &mut |_| ControlFlow::Continue(())).verdicts
}

/// The figures of a course: stood, best, sole, worst.
fn course([stood, best, sole, worst]: [u64; 4]) -> CourseVerdict {
    CourseVerdict {
        stood,
        best,
        sole,
        worst,
    }
}

#[test]
fn an_option_is_compared_with_the_others_of_its_question() {
    let ask = |options: &str| {
        verdicts(&format!(
            "
phases:
  one:
    title: One
    decisions: {{ask: {{at: 0m, ASK, within: 10m, default: a, options: {{{options}}}}}}}
    ends: [{{at: 1h, to: endex}}]
"
        ))
    };
    let option = |id: &str, points: i64| {
        format!("{id}: {{label: L, score: {{points: {points}}}, because: So.}}")
    };
    let of_three =
        |[a, b, c]: [i64; 3]| ask(&[option("a", a), option("b", b), option("c", c)].join(", "));
    let found = of_three([1, 3, 3]);
    let (worst, best) = (course([1, 0, 0, 1]), course([1, 1, 0, 0]));
    assert_eq!(found.courses, [worst, best, best]);
    assert_eq!(found.decisions, [DecisionVerdict { open: 1, same: 0 }]);
    // Three answers and a wait, then a wait from where it was answered, or where the default came.
    assert_eq!((found.steps, found.stuck), (vec![4 + 1 + 1], vec![0]));

    let found = of_three([1, 2, 3]);
    let (middle, sole) = (course([1, 0, 0, 0]), course([1, 1, 1, 0]));
    assert_eq!(found.courses, [worst, middle, sole]);

    let found = of_three([2, 2, 2]);
    assert_eq!(found.courses, [course([1, 1, 0, 1]); 3]);
    assert_eq!(found.decisions, [DecisionVerdict { open: 1, same: 1 }]);

    // Of one option there is nothing to compare.
    let found = ask(&option("a", 1));
    assert_eq!(found.courses, [course([0, 0, 0, 0])]);
    assert_eq!(found.decisions, [DecisionVerdict { open: 0, same: 0 }]);
}

#[test]
fn options_are_the_same_only_under_best_worst_and_random_play() {
    // After either the best is 2; after `b` one may do worse than after `a`.
    let found = verdicts(
        "
values: {low: false}
phases:
  one:
    title: One
    decisions:
      ask: {at: 0m, ASK, within: 10m, default: a, options: {a: {label: A}, b: {label: B, do: [low = true]}}}
      then:
        when: chosen.ask != none
        ASK
        within: 10m
        default: x
        options:
          x: {label: X, score: {points: 2}, because: So.}
          y: {label: Y, then: [{when: \"!low\", score: {points: 2}, because: So.}]}
    ends: [{at: 1h, to: endex}]
",
    );
    // The first is asked once, the second after either answer and in both minutes.
    assert_eq!(found.decisions[0], DecisionVerdict { open: 1, same: 0 });
    let (best, sole) = (course([1, 1, 0, 1]), found.courses[2]);
    assert_eq!(found.courses[..2], [best, best]);
    assert_eq!(sole.stood, found.decisions[1].open);
    assert_eq!(sole.stood - sole.sole, found.decisions[1].same);
}

#[test]
fn an_action_is_compared_with_every_other_move() {
    let act = |now: &str, points: i64| {
        verdicts(&format!(
            "
actions: {{act: {{label: Act, then: [{{{now}score: {{points: {points}}}, because: So.}}]}}}}
phases:
  one: {{title: One, injects: {{news: {{at: 30m, MSG}}}}, ends: [{{at: 1h, to: endex}}]}}
"
        ))
        .courses[0]
    };
    // As good now as later, and better than the last wait.
    assert_eq!(act("", 2), course([2, 2, 1, 1]));
    // Worse than a wait, both times.
    assert_eq!(act("", -2), course([2, 0, 0, 2]));
    // Better than a wait, as long as it gives anything.
    assert_eq!(act("when: now() < 30, ", 2), course([2, 2, 1, 1]));
}

#[test]
fn a_state_from_which_no_end_of_its_phase_can_come_is_stuck() {
    let found = verdicts(
        "
values: {go: false}
phases:
  one:
    title: One
    decisions: {ask: {at: 0m, ASK, within: 10m, default: stay, options: {stay: {label: Stay}, go: {label: Go, do: [go = true]}}}}
    ends: [{when: go, to: two}]
  two: {title: Two, ends: [{at: 1h, to: endex}]}
",
    );
    // Where it was answered, and where the default came.
    assert_eq!(found.stuck, [2, 0]);
    assert_eq!(found.steps, [3 + 1 + 1, 1]);
}

#[test]
fn moves_are_the_same_only_if_best_worst_and_random_play_after_them_are() {
    let with = |best, worst, random| MoveWorth {
        best,
        worst,
        random,
        ..MoveWorth::new(Move::Wait)
    };
    let one = || with(3.0, 1.0, 2.0);
    assert!(is_same(&[one(), one()]));
    for other in [
        with(4.0, 1.0, 2.0),
        with(3.0, 0.0, 2.0),
        with(3.0, 1.0, 2.5),
    ] {
        assert!(!is_same(&[one(), other]));
    }
}
