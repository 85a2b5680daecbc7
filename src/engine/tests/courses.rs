//! What options and actions need, hold and take.

use super::check;

#[test]
fn what_takes_time_holds_people_until_then() {
    check(
        "
values: {people: {min: 0, max: 3, initial: 3}, x: {min: 0, max: 9, initial: 0}}
actions:
  work: {label: Work, repeats: 4, uses: {people: 2}, takes: 1h, do: [x += 1], then: [{do: [x += 2]}]}
  rest: {label: Rest, uses: {people: 1}, takes: 30m}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > take work
         0 taken work
         0 people 3 -> 1
         0 x 0 -> 1
         > no take work
         people: it takes 2, 1 left.
         > take rest
         0 taken rest
         0 people 1 -> 0
         > wait
         30 people 0 -> 1
         30 finished rest
         > wait
         60 people 1 -> 3
         60 finished work
         60 x 1 -> 3
         > take work
         60 taken work
         60 people 3 -> 1
         60 x 3 -> 4",
    );
}

#[test]
fn several_instances_of_one_action_are_under_way_at_once() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
actions: {work: {label: Work, repeats: 3, takes: 1h, then: [{do: [x += 1]}, {after: 10m, text: Later.}]}}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > take work
         0 taken work
         > take work
         0 taken work
         > until 5
         > take work
         5 taken work
         > no take work
         “Work” was used already.
         > wait
         60 finished work
         60 x 0 -> 1
         60 finished work
         60 x 1 -> 2
         > wait
         65 finished work
         65 x 2 -> 3
         > wait
         70 told Later.
         70 told Later.
         > wait
         75 told Later.",
    );
}

#[test]
fn an_option_stays_under_way_after_its_phase() {
    check(
        "
values: {people: {min: 0, max: 3, initial: 3}}
phases:
  one:
    title: One
    decisions:
      ask: {at: 0m, ASK, default: no, options: {no: {label: No}, do_it: {label: Do it, uses: {people: 3}, takes: 3h, then: [{text: Done.}]}}}
    ends: [{at: 1h, to: two}]
  two: {title: Two}
",
        "> start
         0 phase one
         0 came ask
         0 asked ask
         > choose ask do_it
         0 chosen ask do_it
         0 people 3 -> 0
         > wait
         60 phase two
         > wait
         180 people 0 -> 3
         180 finished do_it
         180 told Done.",
    );
}

#[test]
fn an_action_stands_only_in_its_phases_where_it_is_needed_and_as_often_as_it_says() {
    check(
        "
values: {ready: false}
actions:
  prepare: {label: Prepare, do: [ready = true]}
  early: {label: Early, in: [one]}
  late: {label: Late, in: [two], needs: ready, repeats: 2}
phases:
  one: {title: One, ends: [{at: 1h, to: two}]}
  two: {title: Two}
",
        "> start
         0 phase one
         > no take late
         “Late” is not for this phase.
         > take early
         0 taken early
         > no take early
         “Early” was used already.
         > wait
         60 phase two
         > no take early
         “Early” is not for this phase.
         > no take late
         “Late” is not possible now.
         > take prepare
         60 taken prepare
         60 ready 0 -> 1
         > take late
         60 taken late
         > take late
         60 taken late
         > no take late
         “Late” was used already.",
    );
}
