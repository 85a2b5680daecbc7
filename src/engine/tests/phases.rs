//! How phases begin and end.

use super::{ScriptedExercise, check, program};

#[test]
fn the_first_true_end_in_source_order_decides() {
    check(
        "
values: {a: false, b: false}
actions: {go: {label: Go, do: [a = true, b = true]}}
phases:
  one: {title: One, ends: [{when: b, to: three}, {when: a, to: two}, {at: 2h, to: two}]}
  two: {title: Two}
  three: {title: Three}
",
        "> start
         0 phase one
         > take go
         0 taken go
         0 a 0 -> 1
         0 b 0 -> 1
         0 phase three",
    );
}

#[test]
fn an_end_with_a_moment_and_a_condition_is_true_only_then() {
    check(
        "
values: {go: false}
actions: {go: {label: Go, do: [go = true]}}
phases:
  one: {title: One, ends: [{at: 1h, when: go, to: two}, {at: 2h, when: go, to: three}]}
  two: {title: Two}
  three: {title: Three}
",
        "> start
         0 phase one
         > until 61
         > take go
         61 taken go
         61 go 0 -> 1
         > wait
         120 phase three",
    );
}

#[test]
fn a_move_in_the_minute_of_an_end_comes_too_late_for_its_condition() {
    check(
        "
values: {go: false}
actions: {go: {label: Go, do: [go = true]}}
phases:
  one:
    title: One
    injects: {news: {at: 1h, MSG}}
    ends: [{at: 1h, when: go, to: two}, {at: 2h, to: three}]
  two: {title: Two}
  three: {title: Three}
",
        "> start
         0 phase one
         > wait
         60 came news
         > take go
         60 taken go
         60 go 0 -> 1
         > wait
         120 phase three",
    );
}

#[test]
fn a_condition_inject_comes_before_the_end_that_the_same_moment_makes_true() {
    check(
        "
values: {go: false}
actions: {go: {label: Go, do: [go = true]}}
phases:
  one:
    title: One
    injects: {news: {when: go, MSG}}
    ends: [{when: go, to: two}]
  two: {title: Two}
",
        "> start
         0 phase one
         > take go
         0 taken go
         0 go 0 -> 1
         0 came news
         0 phase two",
    );
}

#[test]
fn an_end_may_be_endex() {
    check(
        "
phases:
  one: {title: One, ends: [{at: 1h, to: endex}]}
  two: {title: Two}
",
        "> start\n0 phase one\n> wait\n60 ended over",
    );
}

#[test]
fn bands_make_numbers_coarse_when_the_phase_ends() {
    check(
        "
values:
  a: {min: 0, max: 9000, initial: 2999}
  b: {min: -500, max: 9000, initial: -1}
  c: {min: 0, max: 9000, initial: 4999}
  d: {min: 0, max: 9000, initial: 5000}
  e: {min: 5, max: 9000, initial: 7}
  g: {min: 0, max: 100, initial: 0, grows: [{add: 7, every: 10m}]}
phases:
  one:
    title: One
    ends: [{at: 1h, to: two}]
    bands: {a: 1000, b: 100, c: [0, 500, 5000], d: [0, 500, 5000], e: 10, g: 5}
  two: {title: Two}
",
        "> start
         0 phase one
         > wait
         60 a 2999 -> 2000
         60 b -1 -> -100
         60 c 4999 -> 500
         60 e 7 -> 5
         60 g 42 -> 40
         60 phase two
         > until 65
         > ? g
         g is 43",
    );
}

#[test]
fn the_first_ending_that_holds_is_the_ending() {
    for (taken, ending) in [("a", "first"), ("b", "second"), ("c", "last")] {
        let text = "
values: {x: {one_of: [none_yet, a, b, c], initial: none_yet}}
actions:
  a: {label: A, do: [x = a]}
  b: {label: B, do: [x = b]}
  c: {label: C, do: [x = c]}
phases: {one: {title: One, ends: [{when: x != none_yet, to: endex}]}}
endings:
  first: {title: First, text: First., when: x == a}
  second: {title: Second, text: Second., when: 'x in [a, b] && phase == one'}
  last: {title: Last, text: Last.}
";
        let number = ["a", "b", "c"]
            .iter()
            .position(|name| *name == taken)
            .map_or(0, |at| at + 1);
        check(
            text,
            &format!(
                "> start\n0 phase one\n> take {taken}\n0 taken {taken}\n0 x 0 -> {number}\n0 ended {ending}"
            ),
        );
    }
}

#[test]
fn what_a_skipped_phase_would_forget_at_its_end_is_forgotten() {
    let program = program(
        "
values: {go: false}
actions:
  act: {label: Act, in: [one, two]}
  leave: {label: Leave, in: [one], do: [go = true]}
phases:
  one: {title: One, ends: [{when: go, to: three}]}
  two: {title: Two}
  three: {title: Three}
",
    );
    let act = program.action_named("act").expect("an action");
    let used = program.actions[act.index()].used;
    let mut exercise = ScriptedExercise::new(&program, 1);
    let mut used_after = |line| {
        exercise.act(line);
        used.get(exercise.state.words())
    };
    assert_eq!(used_after("start"), 0);
    assert_eq!(used_after("take act"), 1);
    assert_eq!(used_after("take leave"), 0, "it stands in no later phase");
}
