//! A question whose answer depends on what is hidden, and what would give it away.

use std::ops::ControlFlow;

use super::{Packed, asked, narrows, needs_hindsight};
use crate::engine::{Move, State};
use crate::program::compile::tests::{compiled, written};
use crate::program::{Program, ProgramSetup};
use crate::search::weigh::weigh;
use crate::search::{Budget, Solver, explore};

/// Whether it is busy falls at STARTEX. Cutting is worth 3 where it is not, and -2 where it is; watching is worth 1.
const CUT: &str = "
values: {busy: {initial: false, hidden: true}, x: {min: 0, max: 9, initial: 0, grows: [{add: 1, every: 5h, when: busy}]}}
actions: {act: {label: Act}}
phases:
  one:
    title: One
    begins: [{chance: rush, outcomes: [{odds: 1, do: [busy = true]}, {odds: 1}]}]
    injects: {silent: {when: busy, do: [busy = true]}}
    decisions:
      ask:
        at: 10m
        ASK
        default: watch
        options:
          watch: {label: Watch, score: {points: 1}, because: So.}
          cut: {label: Cut, then: [{when: busy, score: {points: -2}, because: So.}, {when: \"!busy\", score: {points: 3}, because: So.}]}
          wait: {label: Wait}
    ends: [{at: 4h, to: endex}, {when: x >= 5, to: endex}]
";

fn program(text: &str) -> Program {
    let (program, findings) = compiled(&written(text), &ProgramSetup::default());
    assert_eq!(findings, Vec::<String>::new(), "{text}");
    program.expect("a scenario without findings compiles")
}

/// The pair of the question `ask`, on any number of threads.
fn pair(program: &Program) -> Option<(Packed, Packed)> {
    let mut solver = Solver::new(program, None);
    explore(&mut solver, Budget::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    let pairs_on = |threads| {
        let budget = Budget {
            threads,
            ..Budget::default()
        };
        needs_hindsight(&solver, budget, &mut |_| ControlFlow::Continue(()))
    };
    let pairs = pairs_on(1);
    assert_eq!(pairs_on(3), pairs);
    let ask = program.decision_named("ask").expect("it is there");
    if let Some((one, other)) = &pairs[ask.index()] {
        assert!(one < other, "the lesser comes first");
        let both = best(&solver, one) & best(&solver, other);
        assert_eq!(both, 0, "no option is best in both");
    }
    pairs.into_iter().nth(ask.index()).flatten()
}

/// The best options of the only question that is open in a state, one bit each.
fn best(solver: &Solver, (phase, packed): &Packed) -> u64 {
    let program = solver.program();
    let mut state = State::from_words(program, &program.initial);
    let narrows = narrows(program);
    let narrow = narrows.in_phase(*phase);
    state.fill(|words| narrow.unpack(program, packed, words));
    assert_eq!(asked(program, &state).len(), 1);
    let worths = weigh(solver, &state).expect("everything was solved");
    let best = worths.iter().map(|it| it.best).fold(f64::MIN, f64::max);
    let is_best = worths.iter().filter(|it| it.best > best - 1e-6);
    is_best.fold(0, |mask, it| match it.made {
        Move::Choose(_, option) => mask | 1 << option,
        Move::Take(_) | Move::Wait => mask,
    })
}

#[test]
fn hindsight_is_needed_where_nothing_that_a_seat_sees_tells_the_states_apart() {
    let injects = "injects: {silent: {when: busy, do: [busy = true]}";
    // What is changed in the text, and whether a pair is left.
    let cases = [
        ("", "", true),
        // A value on view tells it.
        (
            "busy: {initial: false, hidden: true}",
            "busy: {initial: false}",
            false,
        ),
        // A fraction of one does not, and a whole does.
        ("every: 5h", "every: 9m", false),
        // A message tells it, once it is remembered.
        (
            "{when: busy, do: [busy = true]}",
            "{when: busy, MSG}",
            false,
        ),
        // So do what can be done, what was asked, and when the question closes.
        ("{label: Act}", "{label: Act, needs: busy}", false),
        (
            injects,
            "injects: {silent: {when: busy, do: [busy = true]}, other: {when: busy, asks: {ASK, within: 5m, default: a, options: {a: {label: A}}}}",
            false,
        ),
        // Where an option is as good as the best in both, hindsight is not needed.
        ("{points: -2}", "{points: 1}", false),
        ("{points: -2}", "{points: 2}", false),
        ("{points: 3}", "{points: 1}", false),
        ("{points: 3}", "{points: 2}", true),
    ];
    for (from, to, needed) in cases {
        let text = CUT.replacen(from, to, 1);
        assert!(text != CUT || from == to, "{from}");
        assert_eq!(pair(&program(&text)).is_some(), needed, "{from} -> {to}");
    }
}

/// [`CUT`], where nothing but the board reads `x`.
fn on_view(from: &str, to: &str) -> Program {
    let unread = CUT.replace(", {when: x >= 5, to: endex}", "");
    let text = unread.replacen(from, to, 1);
    assert!(text != unread || from == to, "{from}");
    program(&text)
}

#[test]
fn a_value_that_only_the_board_reads_gives_it_away() {
    let cases = [
        // The question comes after ten minutes: a whole is on view by then, or not yet.
        ("every: 5h", "every: 9m", false),
        ("every: 5h", "every: 11m", true),
        // It is the same in both.
        ("every: 5h, when: busy", "every: 9m", true),
        // It is not on view.
        (
            "x: {min",
            "y: {initial: 0, min: 0, max: 9}, x: {hidden: true, min",
            true,
        ),
    ];
    for (from, to, needed) in cases {
        let program = on_view(from, to);
        assert_eq!(pair(&program).is_some(), needed, "{from} -> {to}");
    }
    // It may be set, too.
    assert_eq!(
        pair(&on_view("do: [busy = true]", "do: [busy = true, x = 7]")),
        None
    );
}

#[test]
fn nothing_is_said_where_the_values_on_view_are_too_many_to_search() {
    let program = on_view("every: 5h, when: busy", "every: 9m");
    let mut solver = Solver::new(&program, None);
    explore(&mut solver, Budget::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    let seen = solver.walk().state_count();
    let pairs_within = |states_max: usize| {
        let budget = Budget {
            threads: 1,
            states_max,
        };
        let pairs = needs_hindsight(&solver, budget, &mut |_| ControlFlow::Continue(()));
        pairs.into_iter().flatten().count()
    };
    // As many states once more, since `x` does not differ between them.
    assert_eq!([pairs_within(2 * seen), pairs_within(2 * seen - 1)], [1, 0]);
}

#[test]
fn states_of_different_minutes_do_not_look_alike() {
    // It is busy from the first half hour on, in every exercise.
    let text = CUT
        .replace(
            "{chance: rush, outcomes: [{odds: 1, do: [busy = true]}, {odds: 1}]}",
            "{after: 30m, do: [busy = true]}, {after: 30m, text: Told.}",
        )
        .replace("{silent: {when: busy, do: [busy = true]}}", "{}");
    assert_eq!(pair(&program(&text)), None);
}

/// A hidden value falls on one of three, which says what is best. `best` says so of each option; `seen` is beside it.
fn of_three(best: [&str; 3], seen: &str) -> Program {
    let [a, b, c] = best;
    program(&format!(
        "
values: {{which: {{one_of: [a, b, c], initial: a, hidden: true}}, seen: false}}
phases:
  one:
    title: One
    begins:
      - {{chance: which, outcomes: [{{odds: 1}}, {{odds: 1, do: [which = b]}}, {{odds: 1, do: [which = c]}}]}}
{seen}
    decisions:
      ask:
        at: 10m
        ASK
        default: a
        options:
          a: {{label: A, then: [{{when: '{a}', score: {{points: 1}}, because: So.}}]}}
          b: {{label: B, then: [{{when: '{b}', score: {{points: 1}}, because: So.}}]}}
          c: {{label: C, then: [{{when: '{c}', score: {{points: 1}}, because: So.}}]}}
    ends: [{{at: 4h, to: endex}}]
"
    ))
}

#[test]
fn hindsight_is_needed_where_two_states_have_no_best_option_in_common() {
    // The best are two of the three options, a different two each time: any two have one in common.
    let any_two = ["which != a", "which != b", "which != c"];
    assert_eq!(pair(&of_three(any_two, "")), None);
    // The first and the second have one in common, the first and the third as well, and the second and the third none.
    let last_two = ["which in [a, b]", "which in [a, c]", "which in [a]"];
    assert!(pair(&of_three(last_two, "")).is_some());
    // What is seen says whether the second and the third have one in common: the other way round the second time.
    for seen in ["seen", "!seen"] {
        let c = format!("{seen} && which != a");
        let coin = "      - {chance: seen, outcomes: [{odds: 1, do: [seen = true]}, {odds: 1}]}";
        let best = [last_two[0], last_two[1], &c];
        assert!(pair(&of_three(best, coin)).is_some(), "{seen}");
    }
}

#[test]
fn a_question_with_one_legal_option_asks_nothing() {
    let text = CUT.replace("wait: {label: Wait}", "wait: {label: Wait, needs: x > 3}");
    let program = program(&text.replace("cut: {label: Cut,", "cut: {label: Cut, needs: x > 3,"));
    let mut state =
        crate::engine::start(&program, &mut crate::engine::luck::Keyed::new(1), &mut ());
    let made = crate::engine::step(
        &program,
        &mut state,
        Move::Wait,
        &mut crate::engine::luck::Keyed::new(1),
        &mut (),
    );
    assert_eq!(made, Ok(()));
    assert_eq!(state.open(&program).len(), 1);
    assert_eq!(asked(&program, &state), []);
}

#[test]
fn the_pair_is_the_least_states_and_needs_no_second_search_where_no_value_is_left_out() {
    // On each side there are two hidden words.
    let text = "
values: {which: {one_of: [a, b, c, d], initial: a, hidden: true}}
phases:
  one:
    title: One
    begins:
      - {chance: which, outcomes: [{odds: 1, do: [which = c]}, {odds: 1, do: [which = b]}, {odds: 1, do: [which = d]}, {odds: 1}]}
    decisions:
      ask:
        at: 10m
        ASK
        default: left
        options:
          left: {label: Left, then: [{when: 'which in [a, b]', score: {points: 1}, because: So.}]}
          right: {label: Right, then: [{when: 'which in [c, d]', score: {points: 1}, because: So.}]}
    ends: [{at: 4h, to: endex}]
";
    let program = program(text);
    let mut solver = Solver::new(&program, None);
    explore(&mut solver, Budget::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    let nothing_left = Budget {
        threads: 1,
        states_max: 0,
    };
    let found = needs_hindsight(&solver, nothing_left, &mut |_| ControlFlow::Continue(()));
    let (one, other) = found[0].clone().expect("left and right look alike");
    let mut state = State::from_words(&program, &program.initial);
    let mut least: [Option<Packed>; 4] = [None, None, None, None];
    let phase = one.0;
    let walk = solver.walk();
    walk.each_packed(phase, (0, 1), &mut state, |packed, state| {
        if !asked(&program, state).is_empty() {
            let packed: Packed = (phase, packed.into());
            let side = &mut least[best(&solver, &packed) as usize];
            if side.as_ref().is_none_or(|it| packed < *it) {
                *side = Some(packed);
            }
        }
    });
    let mut wanted = [least[1].clone(), least[2].clone()].map(|it| it.expect("it was seen"));
    wanted.sort();
    assert_eq!([one, other], wanted);
}
