//! How injects come.

use super::{ScriptedExercise, check, program};
use crate::engine::agenda;

#[test]
fn an_inject_with_a_moment_and_a_condition_comes_then_or_never() {
    check(
        "
values: {ready: false}
actions: {prepare: {label: Prepare, do: [ready = true]}}
phases:
  one:
    title: One
    injects:
      missed: {at: 1h, when: ready, MSG}
      other: {at: 1h, when: \"!ready\", MSG}
      met: {at: 2h, when: ready, MSG}
",
        "> start
         0 phase one
         > wait
         60 came other
         > take prepare
         60 taken prepare
         60 ready 0 -> 1
         > wait
         120 came met
         > wait
         600 ended over",
    );
}

#[test]
fn a_timed_inject_repeats_at_its_interval_where_its_condition_then_holds() {
    check(
        "
values: {on: true}
actions: {switch: {label: Switch, repeats: 9, do: [on = !on]}}
phases:
  one:
    title: One
    injects: {beep: {at: 1h, repeats: 4, every: 30m, when: on, MSG}}
",
        "> start
         0 phase one
         > wait
         60 came beep
         > take switch
         60 taken switch
         60 on 1 -> 0
         > until 100
         > take switch
         100 taken switch
         100 on 0 -> 1
         > wait
         120 came beep
         > wait
         150 came beep
         > wait
         600 ended over",
    );
}

#[test]
fn a_watched_inject_that_repeats_comes_again_its_interval_after_it_came_last() {
    check(
        "
values: {on: true, x: {min: 0, max: 9, initial: 0}}
actions:
  switch: {label: Switch, repeats: 9, do: [on = !on]}
  bring: {label: Bring, inject: beep}
phases:
  one:
    title: One
    injects: {beep: {when: on, repeats: 4, every: 1h, MSG}}
",
        "> start
         0 phase one
         0 came beep
         > wait
         60 came beep
         > take switch
         60 taken switch
         60 on 1 -> 0
         > until 90
         > take bring
         90 taken bring
         90 came beep
         > take switch
         90 taken switch
         90 on 0 -> 1
         > wait
         150 came beep
         > wait
         600 ended over",
    );
}

#[test]
fn an_inject_by_effect_comes_within_the_moment_and_only_once() {
    check(
        "
actions:
  bring: {label: Bring, repeats: 2, inject: [called, other], text: After.}
phases:
  one:
    title: One
    injects:
      called: {MSG, inject: chained}
      chained: {MSG}
      other: {MSG}
",
        "> start
         0 phase one
         > take bring
         0 taken bring
         0 told After.
         0 came called
         0 came chained
         0 came other
         > take bring
         0 taken bring
         0 told After.",
    );
}

#[test]
fn an_inject_brought_by_effect_does_not_come_by_its_condition_as_well() {
    check(
        "
values: {go: false}
actions: {bring: {label: Bring, inject: called, do: [go = true]}}
phases: {one: {title: One, injects: {called: {when: go, MSG}}}}
",
        "> start
         0 phase one
         > take bring
         0 taken bring
         0 go 0 -> 1
         0 came called
         > wait
         600 ended over",
    );
}

#[test]
fn a_timed_inject_brought_early_by_effect_does_not_come_again() {
    check(
        "
actions: {bring: {label: Bring, inject: called}}
phases: {one: {title: One, injects: {called: {at: 1h, MSG}}}}
",
        "> start
         0 phase one
         > take bring
         0 taken bring
         0 came called
         > wait
         600 ended over",
    );
}

#[test]
fn the_fields_of_a_block_take_place_in_their_order() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
actions:
  act:
    label: Act
    outcomes: [{odds: 1, do: [x += 4], text: Luck.}]
    chance: luck
    inject: called
    text: Words.
    because: For this.
    score: {points: 1}
    do: [x += 1, x += 2]
    when: x == 0
    then: [{do: [x = 9]}]
phases: {one: {title: One, injects: {called: {MSG}}}}
",
        "> start
         0 phase one
         > take act
         0 taken act
         0 x 0 -> 1
         0 x 1 -> 3
         0 points 1
         0 told Words.
         0 came called
         0 rolled luck 0
         0 x 3 -> 7
         0 told Luck.
         0 x 7 -> 9",
    );
}

#[test]
fn a_delayed_block_tests_its_condition_when_it_comes() {
    check(
        "
values: {go: false}
actions: {go: {label: Go, do: [go = true]}}
phases:
  one:
    title: One
    begins: [{after: 1h, when: go, text: First.}, {after: 2h, when: go, text: Second.}]
",
        "> start
         0 phase one
         > until 90
         > take go
         90 taken go
         90 go 0 -> 1
         > wait
         120 told Second.",
    );
}

#[test]
fn nothing_stays_due_once_an_inject_has_come_for_the_last_time() {
    let text =
        "phases: {one: {title: One, injects: {beep: {when: true, repeats: 2, every: 1h, MSG}}}}";
    let program = program(text);
    let mut exercise = ScriptedExercise::new(&program, 1);
    let mut due_after = |line| {
        exercise.act(line);
        agenda::entries(&program, exercise.state.words()).count()
    };
    assert_eq!(due_after("start"), 1, "it may come once more");
    assert_eq!(due_after("until 59"), 1);
    assert_eq!(due_after("until 60"), 0);
}

#[test]
fn an_inject_comes_at_its_moment_after_one_whose_condition_did_not_hold() {
    check(
        "
values: {ready: false}
actions: {prepare: {label: Prepare, do: [ready = true]}}
phases:
  one:
    title: One
    injects:
      never: {at: 1h, when: ready, MSG}
      later: {at: 2h, MSG}
      dated_never: {at: 2022-08-02 23:30, when: ready, MSG}
      dated: {at: 2022-08-03 00:00, MSG}
",
        "> start
         0 phase one
         > wait
         120 came later
         > wait
         180 came dated",
    );
}
