//! Questions, their deadlines and their defaults.

use super::check;

const ASKED_TWICE: &str = "
values: {x: {min: 0, max: 9, initial: 0}}
actions: {again: {label: Again, repeats: 3, inject: ask}}
phases:
  one:
    title: One
    injects:
      ask:
        at: 0m
        repeats: 2
        every: 9h
        MSG_FIELDS
        asks: {ASK, within: 2h, default: a, options: {a: {label: A, do: [x += 1]}, b: {label: B}}}
";

fn asked_twice() -> String {
    ASKED_TWICE.replace(
        "MSG_FIELDS",
        "by: Somebody\n        via: note\n        title: News\n        text: News.",
    )
}

#[test]
fn a_decision_asked_again_while_open_stays_open_with_its_first_deadline() {
    check(
        &asked_twice(),
        "> start
         0 phase one
         0 came ask
         0 asked ask
         > until 60
         > take again
         60 taken again
         60 came ask
         > wait
         120 default ask a
         120 x 0 -> 1
         > take again
         120 taken again
         > wait
         600 ended over",
    );
}

#[test]
fn a_decision_whose_date_is_past_takes_its_default_at_once() {
    check(
        "
startex: 2022-08-02 21:00
values: {x: {min: 0, max: 9, initial: 0}}
phases:
  one:
    title: One
    injects:
      ask:
        at: 9h
        MSG_FIELDS
        asks: {ASK, within: 2022-08-02 22:00, default: a, options: {a: {label: A, do: [x += 1]}, b: {label: B}}}
"
        .replace(
            "MSG_FIELDS",
            "by: Somebody\n        via: note\n        title: News\n        text: News.",
        )
        .as_str(),
        "> start
         0 phase one
         > wait
         540 came ask
         540 asked ask
         540 default ask a
         540 x 0 -> 1",
    );
}

#[test]
fn a_decision_asked_at_its_very_deadline_takes_its_default_at_once() {
    check(
        "
phases:
  one:
    title: One
    decisions:
      ask: {at: 90m, ASK, within: 2022-08-02 22:30, default: a, options: {a: {label: A}, b: {label: B}}}
",
        "> start
         0 phase one
         > wait
         90 came ask
         90 asked ask
         90 default ask a
         > no choose ask b
         `ask` is not open.",
    );
}

#[test]
fn a_decision_asked_again_after_its_answer_is_open_again() {
    check(
        &asked_twice(),
        "> start
         0 phase one
         0 came ask
         0 asked ask
         > choose ask b
         0 chosen ask b
         > no choose ask a
         `ask` is not open.
         > until 60
         > take again
         60 taken again
         60 came ask
         60 asked ask
         > wait
         180 default ask a
         180 x 0 -> 1",
    );
}

#[test]
fn the_end_of_a_phase_closes_open_decisions_and_drops_what_was_to_come() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
phases:
  one:
    title: One
    begins: [{after: 3h, do: [x += 5]}, {after: 4h, inject: dropped}]
    injects:
      open: {at: 1h, MSG, asks: {ASK, default: no, options: {yes: {label: Yes}, no: {label: No, do: [x += 1], inject: late}}}}
      late: {MSG}
      dropped: {at: 5h, MSG}
    ends: [{at: 2h, to: two}]
  two: {title: Two}
",
        "> start
         0 phase one
         > wait
         60 came open
         60 asked open
         > wait
         120 default open no
         120 x 0 -> 1
         120 came late
         120 phase two
         > wait
         180 x 1 -> 6
         600 ended over",
    );
}

#[test]
fn a_deadline_may_be_a_date() {
    check(
        "
phases:
  one:
    title: One
    decisions:
      ask: {at: 1h, ASK, within: 2022-08-02 23:30, default: a, options: {a: {label: A}}}
",
        "> start
         0 phase one
         > wait
         60 came ask
         60 asked ask
         > wait
         150 default ask a",
    );
}

#[test]
fn a_default_that_brings_its_question_again_asks_it_again() {
    check(
        "
phases:
  one:
    title: One
    injects:
      ask:
        at: 1h
        repeats: 3
        every: 1d
        by: Somebody
        via: note
        title: News
        text: News.
        asks: {ASK, within: 1h, default: a, options: {a: {label: A, inject: ask}}}
    ends: [{at: 150m, to: two}]
  two: {title: Two}
",
        "> start
         0 phase one
         > wait
         60 came ask
         60 asked ask
         > wait
         120 default ask a
         120 came ask
         120 asked ask
         > wait
         150 default ask a
         150 came ask
         150 asked ask
         150 default ask a
         150 phase two",
    );
}
