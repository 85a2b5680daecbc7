//! Values that grow, and values at their bounds.

use super::{ScriptedExercise, check, program};

#[test]
fn growth_is_exact_and_a_reader_sees_the_floor() {
    check(
        "
values: {x: {min: 0, max: 100, initial: 0, grows: [{add: 10, every: 7m}]}}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > until 1
         > ? x
         x is 1
         > until 6
         > ? x
         x is 8
         > until 7
         > ? x
         x is 10
         > until 69
         > ? x
         x is 98
         > until 70
         70 x stops, wanted 100
         > ? x
         x is 100
         > until 90
         > ? x
         x is 100",
    );
}

#[test]
fn setting_clears_the_fraction_and_adding_keeps_it() {
    let text = "
values: {x: {min: 0, max: 100, initial: 0, grows: [{add: 1, every: 1h}]}}
actions: {set: {label: Set, do: [x = 5]}, add: {label: Add, do: [x += 5]}, take: {label: Take, do: [x -= 1]}}
phases: {one: {title: One}}
";
    check(
        text,
        "> start
         0 phase one
         > until 90
         > take set
         90 taken set
         90 x 1 -> 5
         > until 149
         > ? x
         x is 5
         > until 150
         > ? x
         x is 6",
    );
    check(
        text,
        "> start
         0 phase one
         > until 90
         > take add
         90 taken add
         90 x 1 -> 6
         > until 119
         > ? x
         x is 6
         > until 120
         > ? x
         x is 7
         > until 150
         > take take
         150 taken take
         150 x 7 -> 6
         > until 180
         > ? x
         x is 7",
    );
}

#[test]
fn several_rates_with_different_periods_add_up() {
    check(
        "
values:
  on: false
  x: {min: 0, max: 1000, initial: 0, grows: [{add: 1, every: 4m}, {add: 1, every: 6m, when: on}, {add: -1, every: 12m}]}
actions: {on: {label: On, do: [on = true]}}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > until 59
         > ? x
         x is 9
         > until 60
         > ? x
         x is 10
         > take on
         60 taken on
         60 on 0 -> 1
         > until 62
         > ? x
         x is 10
         > until 63
         > ? x
         x is 11
         > until 120
         > ? x
         x is 30",
    );
}

#[test]
fn a_rate_may_be_an_expression_of_what_does_not_grow() {
    check(
        "
values:
  people: {min: 0, max: 9, initial: 3}
  x: {min: -100, max: 100, initial: 0, grows: [{add: 2 - people, every: 1m}]}
actions: {leave: {label: Leave, do: [people = 1]}}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > until 10
         > ? x
         x is -10
         > take leave
         10 taken leave
         10 people 3 -> 1
         > until 30
         > ? x
         x is 10",
    );
}

#[test]
fn growth_stops_at_both_bounds_and_comes_back_from_them_at_once() {
    check(
        "
values:
  up: true
  x: {min: -2, max: 2, initial: 0, saturates: true, grows: [{add: 1, every: 1m, when: up}, {add: -1, every: 1m, when: \"!up\"}]}
actions: {turn: {label: Turn, repeats: 9, do: [up = !up]}}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > until 50
         > ? x
         x is 2
         > take turn
         50 taken turn
         50 up 1 -> 0
         > until 51
         > ? x
         x is 1
         > until 99
         > ? x
         x is -2
         > take turn
         99 taken turn
         99 up 0 -> 1
         > until 100
         > ? x
         x is -1",
    );
}

/// The minute at which a condition on a growing value brings its inject, by brute force and by the engine.
#[test]
fn a_watched_comparison_fires_at_the_first_minute_at_which_it_holds() {
    let comparisons = [">", ">=", "<", "<=", "==", "!="];
    for (initial, add, every) in [
        (0, 10, 7),
        (20, -10, 7),
        (20, -3, 5),
        (-20, 1, 3),
        (0, 50, 1),
        (7, -1, 1),
        (-5, 7, 60),
    ] {
        for against in [-20, -7, -1, 0, 1, 7, 19, 20] {
            for how in comparisons {
                let text = format!(
                    "
lasts: 5h
values: {{x: {{min: -20, max: 20, initial: {initial}, saturates: true, grows: [{{add: {add}, every: {every}m}}]}}}}
phases: {{one: {{title: One, injects: {{hit: {{when: 'x {how} {against}', MSG}}}}}}}}
"
                );
                let program = program(&text);
                let mut exercise = ScriptedExercise::new(&program, 1);
                let mut events = exercise.act("start");
                events.extend(exercise.act("until 299"));
                let hit = events
                    .iter()
                    .find_map(|event| event.strip_suffix(" came hit").map(str::to_owned));
                // What design says, minute by minute: the floor of the exact value, within its bounds.
                let at = |minute: i64| {
                    (initial * every + add * minute)
                        .clamp(-20 * every, 20 * every)
                        .div_euclid(every)
                };
                let holds = |value: i64| match how {
                    ">" => value > against,
                    ">=" => value >= against,
                    "<" => value < against,
                    "<=" => value <= against,
                    "==" => value == against,
                    _ => value != against,
                };
                let wanted = (0..300)
                    .find(|minute| holds(at(*minute)))
                    .map(|minute| minute.to_string());
                assert_eq!(
                    hit, wanted,
                    "{initial} + {add} every {every}, x {how} {against}"
                );
            }
        }
    }
}

#[test]
fn an_inject_comes_in_the_minute_in_which_a_falling_value_reaches_its_edge() {
    // At 10 the value is 5, which is not below 5 yet: that comes a minute later.
    check(
        "
values: {x: {min: 0, max: 15, initial: 15, saturates: true, grows: [{add: -1, every: 1m}]}}
phases: {one: {title: One, injects: {news: {at: 10m, MSG}, low: {when: x < 5, MSG}}}}
",
        "> start
         0 phase one
         > wait
         10 came news
         > wait
         11 came low",
    );
}

#[test]
fn a_crossing_is_worked_out_again_when_the_rate_or_the_other_side_changes() {
    check(
        "
values:
  fast: false
  limit: {min: 0, max: 100, initial: 50}
  x: {min: 0, max: 100, initial: 0, grows: [{add: 1, every: 10m}, {add: 9, every: 10m, when: fast}]}
actions: {hurry: {label: Hurry, do: [fast = true]}, lower: {label: Lower, do: [limit = 20]}}
phases: {one: {title: One, injects: {hit: {when: x >= limit, MSG}}}}
",
        "> start
         0 phase one
         > until 105
         > take hurry
         105 taken hurry
         105 fast 0 -> 1
         > until 110
         > take lower
         110 taken lower
         110 limit 50 -> 20
         > wait
         115 came hit",
    );
}

#[test]
fn bounds_saturate_and_say_so_unless_that_is_meant() {
    check(
        "
values:
  strict: {min: 0, max: 5, initial: 3}
  loose: {min: 0, max: 5, initial: 3, saturates: true}
actions:
  up: {label: Up, do: [strict += 4, loose += 4]}
  down: {label: Down, repeats: 2, do: [strict -= 9, loose -= 9]}
  set: {label: Set, do: [strict = 7 - strict]}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > take up
         0 taken up
         0 strict stops, wanted 7
         0 strict 3 -> 5
         0 loose 3 -> 5
         > take down
         0 taken down
         0 strict stops, wanted -4
         0 strict 5 -> 0
         0 loose 5 -> 0
         > take down
         0 taken down
         0 strict stops, wanted -9
         > take set
         0 taken set
         0 strict stops, wanted 7
         0 strict 0 -> 5",
    );
}

#[test]
fn values_that_reach_a_bound_in_one_wait_are_told_in_the_order_of_time() {
    check(
        "
values:
  late: {min: 0, max: 9, initial: 0, grows: [{add: 1, every: 10m}]}
  early: {min: 0, max: 2, initial: 0, grows: [{add: 1, every: 10m}]}
  same: {min: -2, max: 0, initial: 0, grows: [{add: -1, every: 10m}]}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > wait
         20 early stops, wanted 2
         20 same stops, wanted -2
         90 late stops, wanted 9
         600 ended over",
    );
}

#[test]
fn extreme_numbers_stop_instead_of_overflowing() {
    // The reader's greatest number is 2^40, and no expression may reach 2^61.
    check(
        "
lasts: 1800d
values:
  big: {min: -1099511627776, max: 1099511627776, initial: 1099511627776}
  low: {min: -1099511627776, max: 1099511627776, initial: -1099511627776}
  x: {min: -1099511627776, max: 1099511627776, initial: 0, saturates: true, grows: [{add: big * 1048575, every: 7m}]}
  y: {min: -1099511627776, max: 1099511627776, initial: 0, saturates: true, grows: [{add: low * 1048575, every: 7m}]}
actions: {act: {label: Act, do: [x = big * 1048575, y -= low * 1048575, x += low * 1048575]}}
phases:
  one:
    title: One
    injects:
      reached: {when: x >= big, MSG}
      fallen: {when: y <= low, MSG}
      never: {when: now() > big * 1048575, MSG}
      nor: {when: since(reached) < low * 1048575, MSG}
",
        "> start
         0 phase one
         > wait
         1 came reached
         1 came fallen
         > take act
         1 taken act
         1 y -1099511627776 -> 1099511627776
         1 x 1099511627776 -> -1099511627776",
    );
}

#[test]
fn a_value_that_is_still_on_its_way_does_not_stop_with_another() {
    check(
        "
values:
  on: false
  first: {min: 0, max: 3, initial: 1, grows: [{add: 1, every: 10m}]}
  slow: {min: 0, max: 90, initial: 1, grows: [{add: 1, every: 10m}]}
  resting: {min: 0, max: 9, initial: 0, grows: [{add: 1, every: 10m, when: on}]}
  last: {min: -1, max: 9, initial: 2, grows: [{add: -1, every: 10m}]}
phases: {one: {title: One}}
",
        "> start
         0 phase one
         > until 5
         > wait
         20 first stops, wanted 3
         30 last stops, wanted -1
         600 ended over
         > ? slow
         slow is 61",
    );
}
