//! Conditions: when they are tested, and which comes first.

use super::check;

#[test]
fn the_first_true_unfired_condition_fires_and_the_scan_starts_again() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
actions: {go: {label: Go, do: [x = 1]}}
phases:
  one:
    title: One
    injects:
      third: {when: x == 2, MSG, do: [x = 3]}
      first: {when: x == 1, MSG, do: [x = 2]}
      second: {when: x >= 1, MSG}
      fourth: {when: x == 3, MSG}
",
        "> start
         0 phase one
         > take go
         0 taken go
         0 x 0 -> 1
         0 came first
         0 x 1 -> 2
         0 came third
         0 x 2 -> 3
         0 came second
         0 came fourth",
    );
}

#[test]
fn a_condition_that_is_true_for_less_than_a_moment_fires_nothing() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
actions: {blink: {label: Blink, do: [x = 1, x = 0]}}
phases: {one: {title: One, injects: {seen: {when: x == 1, MSG}}}}
",
        "> start
         0 phase one
         > take blink
         0 taken blink
         0 x 0 -> 1
         0 x 1 -> 0",
    );
}

#[test]
fn a_condition_that_reads_nothing_holds_from_the_beginning() {
    check(
        "phases: {one: {title: One, injects: {always: {when: true, MSG}, never: {when: 1 > 2, MSG}}}}",
        "> start\n0 phase one\n0 came always\n> wait\n600 ended over",
    );
}

#[test]
fn a_condition_moves_with_whatever_in_a_list_moves() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0, saturates: true, grows: [{add: 1, every: 1m}]}}
phases:
  one:
    title: One
    injects:
      seen: {at: 5m, when: '5 in [x, 7]', MSG}
      timed: {at: 6m, when: '6 in [7, now()]', MSG}
      never: {at: 7m, when: '6 in [x, 8]', MSG}
",
        "> start
         0 phase one
         > wait
         5 came seen
         > wait
         6 came timed
         > wait
         600 ended over",
    );
}

#[test]
fn conditions_read_what_was_chosen_taken_and_what_came() {
    check(
        "
actions: {call: {label: Call}}
phases:
  one:
    title: One
    injects:
      ask: {at: 1h, MSG, asks: {ASK, default: a, options: {a: {label: A}, b: {label: B}}}}
      by_action: {when: taken.call, MSG}
      by_option: {when: chosen.ask == b, MSG}
      by_inject: {when: 'came.by_option && chosen.ask in [b] && chosen.ask != none', MSG}
",
        "> start
         0 phase one
         > take call
         0 taken call
         0 came by_action
         > wait
         60 came ask
         60 asked ask
         > choose ask b
         60 chosen ask b
         60 came by_option
         60 came by_inject",
    );
}

#[test]
fn conditions_on_the_clock_come_at_their_minute() {
    let cases = [
        ("now() > 90", 91),
        ("now() >= 90", 90),
        ("now() == 90", 90),
        ("now() != 0", 1),
        ("90 < now()", 91),
        ("now() >= 1h && now() >= 2h", 120),
        ("!(now() < 90)", 90),
        ("now() >= x + 7", 17),
        ("since(first) > 20", 51),
        ("since(first) >= 20 || now() == 45", 45),
        ("since(first) == 0", 30),
        ("since(first) != -1", 30),
        ("since(act) >= 5", 15),
        ("since(first) >= 1h ? now() >= 2h : false", 120),
    ];
    for (when, minute) in cases {
        let text = format!(
            "
values: {{x: {{min: 0, max: 99, initial: 10}}}}
actions: {{act: {{label: Act}}}}
phases:
  one:
    title: One
    begins: [{{after: 30m, inject: first}}]
    injects:
      watched: {{when: '{when}', MSG}}
      first: {{MSG}}
    ends: [{{when: came.watched, to: two}}]
  two: {{title: Two}}
"
        );
        let program = super::program(&text);
        let mut exercise = super::ScriptedExercise::new(&program, 1);
        let lines = ["start", "until 10", "take act", "until 599"];
        let events: Vec<String> = lines.iter().flat_map(|line| exercise.act(line)).collect();
        let came = events.iter().find(|event| event.ends_with("came watched"));
        assert_eq!(came, Some(&format!("{minute} came watched")), "{when}");
    }
}

#[test]
fn the_time_since_a_decision_counts_from_the_answer() {
    check(
        "
phases:
  one:
    title: One
    injects:
      ask: {at: 1h, MSG, asks: {ASK, default: a, options: {a: {label: A}}}}
      later: {when: since(ask) >= 30m, MSG}
",
        "> start
         0 phase one
         > wait
         60 came ask
         60 asked ask
         > until 100
         > choose ask a
         100 chosen ask a
         > wait
         130 came later",
    );
}

#[test]
fn a_list_of_phases_may_be_longer_than_a_word_has_bits() {
    let phase = |number: usize| {
        let to = if number == 79 {
            "endex".to_owned()
        } else {
            format!("p{}", number + 1)
        };
        let begins = "{when: 'phase in [p0, p3, p16]', do: [x += 1]}, {when: 'phase in [p0, p79]', do: [x += 10]}";
        format!("  p{number}: {{title: P, begins: [{begins}], ends: [{{at: 1m, to: {to}}}]}}\n")
    };
    let phases: String = (0..80).map(phase).collect();
    let text = format!("values: {{x: {{min: 0, max: 99, initial: 0}}}}\nphases:\n{phases}");
    let program = super::program(&text);
    let mut exercise = super::ScriptedExercise::new(&program, 1);
    exercise.act("start");
    exercise.act("until 100");
    assert_eq!(exercise.act("? x"), ["x is 23"]);
}

#[test]
fn division_rounds_towards_zero() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
phases:
  one:
    title: One
    begins:
      - {when: -7 / 2 == -3 && -7 % 2 == -1 && 7 / -2 == -3, do: [x += 1]}
",
        "> start\n0 phase one\n0 x 0 -> 1",
    );
}

#[test]
fn a_condition_is_tested_where_nothing_changed_but_what_it_reads() {
    let ask =
        "ask: {at: 1h, MSG, asks: {ASK, default: a, options: {a: {label: A, do: [x = true]}}}}";
    let until_chosen = "> start
         0 phase one
         > wait
         60 came ask
         60 asked ask
         > choose ask a
         60 chosen ask a
         60 x 0 -> 1
         ";
    check(
        &format!(
            "values: {{x: false}}\nphases: {{one: {{title: One, injects: {{{ask}, news: {{when: x, MSG}}}}}}}}"
        ),
        &format!("{until_chosen}60 came news"),
    );
    check(
        &format!(
            "values: {{x: false}}\nphases: {{one: {{title: One, injects: {{{ask}}}, ends: [{{when: x, to: two}}]}}, two: {{title: Two}}}}"
        ),
        &format!("{until_chosen}60 phase two"),
    );
}
